"""Figures of coverage in words that everybody understands; page, block and files say them alike."""

from collections.abc import Sequence
from math import floor, log10
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mapping.queries.coverage import CoverageChoice, Figures
from mapping.spatial.age_groups import CHILDREN, ELDERLY, EVERYONE, ages_of

# From so many kinds of places on, a sentence would be a list.
_MOST_KINDS = 3


def group_label(group: str) -> str:
    """Return the heading of a group: "Children (under 18)"."""
    ages = ages_of(group)
    if group == EVERYONE:
        return _("Everyone")
    if group == CHILDREN:
        return _("Children (under 18)")
    if group == ELDERLY:
        return _("65 and over")
    if ages is None:
        return group
    if ages[1] is None:
        return _("%(from)d years and over") % {"from": ages[0]}
    return _("%(from)d to %(to)d years") % {"from": ages[0], "to": ages[1]}


def people_of(group: str) -> str:
    """Return the group as a sentence names it, in the plural: "children"."""
    ages = ages_of(group)
    if group == EVERYONE:
        return _("residents")
    if group == CHILDREN:
        return _("children")
    if group == ELDERLY:
        return _("people aged 65 and over")
    if ages is None:
        return _("residents of the group “%(group)s”") % {"group": group}
    if ages[1] is None:
        return _("people aged %(from)d and over") % {"from": ages[0]}
    return _("people aged %(from)d to %(to)d") % {"from": ages[0], "to": ages[1]}


def about(people: float) -> str:
    """Write a number of people no more exactly than it is known: 9437 -> "about 9,400"."""
    if people < 0.5:
        return pgettext("number of people", "no")
    if people < 10:
        return _("fewer than 10")
    digits = 3 if people >= 100_000 else 2
    step = 10 ** max(1, floor(log10(people)) + 1 - digits)
    return _("about %(number)s") % {"number": number_format(round(people / step) * step, force_grouping=True)}


def of_100(share: float) -> str:
    """Write a share (0 to 1) as people of a hundred: 0.354 -> "35"."""
    if 0 < share < 0.005:
        return _("fewer than 1")
    if 0.995 <= share < 1:
        return _("more than 99")
    return str(round(share * 100))


def places_words(choice: CoverageChoice, kinds: Sequence[str]) -> str:
    """Return the chosen places as a sentence names one of them; `kinds` are the names of the chosen kinds."""
    if not kinds:
        words = _("a learning place")
    elif len(kinds) == 1:
        words = _("a place of the kind “%(kind)s”") % {"kind": kinds[0]}
    elif len(kinds) <= _MOST_KINDS:
        listed = _(" or ").join(f"“{kind}”" for kind in kinds)
        words = _("a place of the kind %(kinds)s") % {"kinds": listed}
    else:
        words = _("a place of one of %(number)d chosen kinds") % {"number": len(kinds)}
    asked = [
        told
        for is_asked, told in (
            (choice.open_in_evening, _("open in the evening")),
            (choice.open_on_sunday, _("open on Sundays")),
            (choice.step_free, _("with an entrance without steps")),
            (choice.free, _("free of charge")),
        )
        if is_asked
    ]
    return f"{words} ({', '.join(asked)})" if asked else words


def sentence(figures: Figures, *, group: str, distance_m: int, kinds: Sequence[str]) -> str:
    """Say who lives near the chosen places: "35 of 100 residents live within 800 metres of a learning place"."""
    told: dict[str, Any] = {
        "people": people_of(group),
        "distance": number_format(distance_m, force_grouping=True),
        "places": places_words(figures.choice, kinds),
    }
    share = figures.share(group, distance_m)
    if share is None:
        return _("How many %(people)s live within %(distance)s metres of %(places)s is not known.") % told
    if share == 0:
        return _("None of the %(people)s live within %(distance)s metres of %(places)s.") % told
    told["number"] = of_100(share)
    return _("%(number)s of 100 %(people)s live within %(distance)s metres of %(places)s.") % told


def left_out(figures: Figures, *, group: str, distance_m: int) -> str:
    """Say how many do not, and how many children among them where everybody is asked about; "" where nobody is left out."""
    without = figures.without(group, distance_m)
    if figures.share(group, distance_m) is None or without < 0.5:
        return ""
    children = (
        figures.without(CHILDREN, distance_m) if group == EVERYONE and CHILDREN in figures.groups else 0
    )
    told = {"number": about(without), "people": people_of(group), "children": about(children)}
    if children >= 0.5:
        return _("That leaves out %(number)s %(people)s, %(children)s of them children.") % told
    return _("That leaves out %(number)s %(people)s.") % told
