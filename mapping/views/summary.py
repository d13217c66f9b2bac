"""Everything that is written about a place, section by section, for who checks it before it is sent or decided."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from mapping.languages import name_of_language
from mapping.models import LearningPlace


@dataclass(frozen=True)
class Section:
    """One part of what is written: the step it belongs to, and (name, value) of each fact; "" where nothing is said."""

    step: str
    title: str
    facts: list[tuple[str, str]]


def sections_of(place: LearningPlace) -> list[Section]:
    """Return what is written about the place in the order of the steps of a registration."""
    return [
        Section("what", _("The place"), _facts(place, "name", "category", "summary", "organisation")),
        Section("where", _("Where it is"), _where(place)),
        Section("hours", _("When it is open"), _facts(place, "opening_hours", "hours_remark")),
        Section("people", _("For whom"), _people(place)),
        Section("more", _("Contact and more"), _facts(place, "description", "website", "email", "phone")),
    ]


def _facts(place: LearningPlace, *names: str) -> list[tuple[str, str]]:
    return [(capfirst(str(place._meta.get_field(name).verbose_name)), _value(place, name)) for name in names]


def _value(place: LearningPlace, name: str) -> str:
    shown = getattr(place, f"get_{name}_display", None)
    value = shown() if shown else getattr(place, name)
    return "" if value is None else str(value)


def _where(place: LearningPlace) -> list[tuple[str, str]]:
    if place.is_online:
        return [(_("Address"), _("a digital space without an address"))]
    point = f"{place.latitude}, {place.longitude}" if place.has_point else ""
    return [
        (_("Address"), place.address),
        (_("Point on the map"), point),
        (_("Neighbourhood"), _value(place, "neighbourhood")),
    ]


def _people(place: LearningPlace) -> list[tuple[str, str]]:
    return [
        *_facts(place, "what_to_learn"),
        (_("Topics"), ", ".join(topic.name for topic in place.topics.all())),
        (_("For whom"), ", ".join(audience.name for audience in place.audiences.all())),
        *_facts(place, "cost"),
        (_("Languages"), ", ".join(name_of_language(code) for code in place.language_codes)),
        *_facts(place, "step_free", "accessible_toilet", "hearing_loop", "quiet_space", "access_note"),
    ]
