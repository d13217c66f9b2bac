"""A random order that stays the same for one person and differs between people."""

import hashlib
import secrets

from django.conf import settings
from django.db.models import F, QuerySet
from django.db.models.functions import Mod

# A prime above any row number used as a key; products stay inside a signed 64-bit integer.
_PRIME = 2_147_483_647


def seed_of(request) -> str:
    """Return this visitor's seed, kept in a cookie so that paging and coming back show the same order."""
    if request.user.is_authenticated:
        return f"user-{request.user.pk}"
    seed = request.COOKIES.get("order", "")
    if not (len(seed) == 16 and seed.isalnum()):
        seed = secrets.token_hex(8)
        request.new_order_seed = seed
    return seed


def keep_seed(request, response) -> None:
    """Give a new visitor the seed to keep for a month; without the cookie each page would be shuffled anew."""
    if seed := getattr(request, "new_order_seed", ""):
        response.set_cookie(
            "order",
            seed,
            max_age=30 * 24 * 3600,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def shuffled(rows: QuerySet, seed: str) -> QuerySet:
    """Order `rows` by numbers drawn from `seed` and their primary keys alone (the same on every database).

    Squared twice: a straight line through the keys alone would put the first and the last of them on top twice as often.
    """
    digest = hashlib.sha256(seed.encode()).digest()
    factor, *shifts = (int.from_bytes(digest[at : at + 4], "big") % (_PRIME - 1) + 1 for at in (0, 4, 8, 12))
    lot = Mod(F("pk") * factor + shifts[0], _PRIME)
    for shift in shifts[1:]:
        lot = Mod(lot * lot + shift, _PRIME)
    return rows.annotate(lot=lot).order_by("lot", "pk")
