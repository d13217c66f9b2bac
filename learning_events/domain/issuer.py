"""The keys that sign badges: the private parts are files outside of the database, which only the server can read."""

import os
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from learning_events.credentials import bits, keys, writing
from learning_events.models import IssuerKey, StatusList
from learning_events.queries.issuer import issuer, status_list_url
from participation.foundation.audit import record
from participation.foundation.clock import database_now
from participation.foundation.errors import Refused
from participation.foundation.locks import stand_in_line


class KeyMissing(Refused):
    """The private key cannot be read: nothing can be signed until the server is mended."""

    status = 503
    code = "key_missing"

    def __init__(self):
        super().__init__(_("We cannot issue badges at this moment. Please try again later."))


def signing_key() -> tuple[bytes, str]:
    """Return the present key as (private PEM, name); the first use of a site makes it. Raises KeyMissing."""
    key = IssuerKey.objects.first()
    if key is None:
        with transaction.atomic():
            stand_in_line(IssuerKey, 0, alone=True)
            key = IssuerKey.objects.first() or renew_key()
    try:
        return _path_of(key.name).read_bytes(), key.name
    except OSError:
        raise KeyMissing from None


def renew_key(*, by=None) -> IssuerKey:
    """Make a new key that signs from now on; badges signed before stay valid under theirs."""
    private, public = keys.new_key()
    name = keys.name_of(public)
    path = _path_of(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(private)
        file.flush()
        os.fsync(file.fileno())
    with transaction.atomic():
        key = IssuerKey.objects.create(name=name, public_pem=public.decode())
        record("learning_events.renew_badge_key", key, by=by)
    return key


def signed_status_list(found: StatusList) -> str:
    """Return the signed list of revoked badges as others fetch it."""
    private, name = signing_key()
    return writing.status_list(
        status_list_url(found.pk),
        bytes(found.revoked),
        did=issuer().did,
        private_pem=private,
        key_name=name,
        now=database_now(),
    )


def take_index() -> tuple[StatusList, int]:
    """Return a random bit that nobody has had before, inside a transaction."""
    found = (
        StatusList.objects.select_for_update().filter(number_taken__lt=bits.FULL).order_by("pk").first()
    ) or StatusList.objects.create()
    index = bits.free_index(bytes(found.taken))
    found.taken = bits.with_bit(bytes(found.taken), index)
    found.number_taken += 1
    found.save(update_fields=["taken", "number_taken"])
    return found, index


def set_revoked(found: StatusList, index: int) -> None:
    """Say in the list that this bit's badge is revoked, inside a transaction."""
    locked = StatusList.objects.select_for_update().get(pk=found.pk)
    locked.revoked = bits.with_bit(bytes(locked.revoked), index)
    locked.save(update_fields=["revoked", "changed_at"])


def _path_of(name: str) -> Path:
    return Path(settings.CREDENTIAL_KEYS_DIR) / f"{name}.pem"
