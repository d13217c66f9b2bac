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
    """Order `rows` by a permutation of their primary keys that depends on `seed` alone (same on every database)."""
    digest = hashlib.sha256(seed.encode()).digest()
    factor = int.from_bytes(digest[:4], "big") % (_PRIME - 1) + 1
    shift = int.from_bytes(digest[4:8], "big") % _PRIME
    first = Mod(F("pk") * factor + shift, _PRIME)
    # Twice, so that neighbours in the first pass do not stay neighbours.
    return rows.annotate(lot=Mod(first * 48271 + shift, _PRIME)).order_by("lot", "pk")
