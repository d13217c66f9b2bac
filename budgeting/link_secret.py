"""The link secret of a ballot box: a file outside the database, the only thing that can say which ballot is whose.

While voting lasts it lets a person change the vote: `link_key` is HMAC-SHA256 under the secret of the person's key and
the area, so two areas' ballots of one person do not resemble each other. Once the box is sealed the file is destroyed,
and then nothing joins a person to choices. Nothing here is kept in memory between calls: a destroyed secret is gone in
every server process at once.
"""

import base64
import hashlib
import hmac
import os
import uuid
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from participation.foundation.errors import Refused

SECRET_BYTES = 32
TRACKER_BYTES = 16
GROUP = 4


class SecretMissing(Refused):
    """The secret of an open box cannot be read: nobody can cast until the server is mended."""

    status = 503
    code = "secret_missing"

    def __init__(self):
        super().__init__(
            _(
                "The ballot box cannot take votes at this moment. Your choices were not cast. Please try again later."
            )
        )


def path_of(box_id: uuid.UUID) -> Path:
    return Path(settings.BALLOT_SECRETS_DIR) / f"{box_id}.key"


def make_secret(box_id: uuid.UUID) -> None:
    """Write a new secret of 32 random bytes, readable by the server alone, and wait until it is on the disk.

    Raises FileExistsError when there is one already.
    """
    path = path_of(box_id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(os.urandom(SECRET_BYTES))
        file.flush()
        os.fsync(file.fileno())
    _sync_folder(path.parent)


def read_secret(box_id: uuid.UUID) -> bytes:
    """Return the secret; raise SecretMissing when it is not there or not whole."""
    try:
        secret = path_of(box_id).read_bytes()
    except OSError:
        raise SecretMissing from None
    if len(secret) != SECRET_BYTES:
        raise SecretMissing
    return secret


def destroy_secret(box_id: uuid.UUID) -> None:
    """Overwrite and remove the secret; nothing happens when it is gone already.

    Overwriting helps on plain disks only: where the storage keeps old blocks or backups, its own deletion must follow
    (docs/architecture.md says so to the people who run the site).
    """
    path = path_of(box_id)
    try:
        with path.open("r+b") as file:
            file.write(os.urandom(SECRET_BYTES))
            file.flush()
            os.fsync(file.fileno())
    except FileNotFoundError:
        return
    path.unlink(missing_ok=True)
    _sync_folder(path.parent)


def link_key(secret: bytes, person_key: str, area_id: int) -> str:
    """Return the name under which the box knows one person's ballot in one area (64 hexadecimal digits)."""
    return _keyed(secret, "link", person_key, area_id).hex()


def tracker(secret: bytes, link_key: str, idempotency_key: uuid.UUID) -> str:
    """Return the receipt of one submission: 128 bits as groups of letters and digits; a replay gives the same."""
    code = (
        base64.b32encode(_keyed(secret, "tracker", link_key, idempotency_key)[:TRACKER_BYTES])
        .decode()
        .rstrip("=")
    )
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def tracker_digest(tracker: str) -> str:
    """Return what the box stores and publishes of a tracker: SHA-256 of its letters and digits in capitals."""
    plain = "".join(character for character in tracker.upper() if character.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()


def submission_key(secret: bytes, link_key: str, idempotency_key: uuid.UUID) -> uuid.UUID:
    """Return how the box remembers an idempotency key, so that one found elsewhere (a session) leads to no ballot."""
    return uuid.UUID(bytes=_keyed(secret, "submission", link_key, idempotency_key)[:16])


def _keyed(secret: bytes, *parts: object) -> bytes:
    return hmac.new(secret, "|".join(map(str, parts)).encode(), hashlib.sha256).digest()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
