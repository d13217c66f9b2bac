"""Which version of the map is the present one."""

from dataclasses import dataclass

from mapping.models import MapVersion


@dataclass(frozen=True)
class Version:
    """A state of the map: `stamp` is random, so that no two states are ever taken for the same; `before` are older stamps."""

    number: int = 0
    stamp: str = ""
    before: tuple[str, ...] = ()


def present_version() -> Version:
    """Return the present version; one query."""
    row = MapVersion.objects.filter(pk=1).values_list("number", "stamp", "before").first()
    return Version(row[0], row[1], tuple(row[2].split())) if row else Version()
