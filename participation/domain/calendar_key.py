"""A person's own calendar of meetings: its key is made anew or taken away at will; a calendar program needs no account."""

import secrets
from hashlib import sha256

from django.db import transaction

from participation.foundation.clock import database_now
from participation.foundation.errors import Missing
from participation.models import CalendarKey, Participant

LENGTH = 43  # 32 random bytes in base64


@transaction.atomic
def make_key(participant: Participant) -> str:
    """Return a new key; one made before opens nothing from now on. It is told once: only its SHA-256 is kept."""
    Participant.objects.select_for_update().get(pk=participant.pk)
    key = secrets.token_urlsafe(32)
    CalendarKey.objects.update_or_create(
        participant=participant, defaults={"digest": _digest(key), "made_at": database_now()}
    )
    return key


def revoke_key(participant: Participant) -> bool:
    """Let the person's key open nothing any more; return whether there was one."""
    gone, _rows = CalendarKey.objects.filter(participant=participant).delete()
    return bool(gone)


def holder_of(key: str) -> Participant:
    """Return whose calendar the key opens; raises Missing for a wrong or revoked one, and for a closed account."""
    found = None
    if len(key) == LENGTH:
        rows = Participant.objects.select_related("user")
        found = rows.filter(calendar_key__digest=_digest(key), user__is_active=True).first()
    if found is None:
        raise Missing
    return found


def _digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()
