"""What the residents' register holds."""

from collections.abc import Iterable, Iterator

from django.db.models import Count, Q

from participation.models import Neighbourhood, RegisterEntry, RegisterImport

# SQLite takes at most 32,766 variables in one statement, PostgreSQL twice that.
CHUNK = 10_000


def chunks(items: list, size: int = CHUNK) -> Iterator[list]:
    """Cut `items` into lists of at most `size`."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def neighbourhoods_by_word() -> dict[str, int]:
    """Return the key of each neighbourhood by its short name and by its name, both in small letters."""
    found: dict[str, int] = {}
    for pk, name, slug in Neighbourhood.objects.values_list("pk", "name", "slug"):
        found[name.strip().casefold()] = found[slug.casefold()] = pk
    return found


def entries_by_key(keys: Iterable[str]) -> dict[str, tuple[int, int, object, bool]]:
    """Return (pk, neighbourhood, may vote from, is active) of the entries with these person keys, by key."""
    return {
        key: (pk, neighbourhood, since, is_active)
        for chunk in chunks(list(keys))
        for pk, key, neighbourhood, since, is_active in RegisterEntry.objects.filter(
            person_key__in=chunk
        ).values_list("pk", "person_key", "neighbourhood_id", "may_vote_from", "is_active")
    }


def register_by_neighbourhood() -> list[tuple[str, int, int]]:
    """Return (neighbourhood, residents in the register, of these with a verified account)."""
    rows = Neighbourhood.objects.annotate(
        residents=Count("register_entries", filter=Q(register_entries__is_active=True)),
        verified=Count("register_entries__participant", filter=Q(register_entries__is_active=True)),
    )
    return [(row.name, row.residents, row.verified) for row in rows]


def latest_imports(most: int = 10):
    """Return the newest imports with who brought them in."""
    return RegisterImport.objects.select_related("imported_by").order_by("-imported_at", "-pk")[:most]
