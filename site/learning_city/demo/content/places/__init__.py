"""The learning places of Aldermouth: many where the trams go, few where the buses end."""

from dataclasses import replace
from functools import cache

from learning_city.demo.content.facts import Place
from learning_city.demo.content.places import (
    barrow_heath,
    everywhere,
    lantern_hill,
    millrace,
    northfields,
    old_quay,
    orchard_end,
    ropewalk,
    stories,
    the_saltings,
    tramsheds,
    weirside,
)

_MODULES = (
    old_quay, lantern_hill, tramsheds, northfields, millrace, weirside, ropewalk, the_saltings, orchard_end,
    barrow_heath, everywhere,
)  # fmt: skip


@cache
def places() -> dict[str, Place]:
    """All places that are or were on the map, by slug; those that still wait for a moderator are in `stories`."""
    found = [place for module in _MODULES for place in module.PLACES]
    found += [stories.CLOSED, stories.MERGED, stories.TWICE]
    # 01632 960000 to 960999 are kept for stories (Ofcom): nobody's telephone rings.
    return {
        place.slug: replace(place, phone=f"01632 960{number:03}" if place.has_phone else "")
        for number, place in enumerate(found, start=101)
    }
