"""The steps in which an event is written, and what is written in each, for who checks it before it is handed in."""

from dataclasses import dataclass

from django.urls import NoReverseMatch
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from learning_events.enums import Booking
from learning_events.forms.event import (
    AboutForm,
    AccessForm,
    BookingForm,
    PeopleForm,
    PictureStepForm,
    StepForm,
    WhatForm,
    WhereForm,
)
from learning_events.models import EventPage, Festival
from mapping.languages import name_of_language


@dataclass(frozen=True)
class Step:
    """One page of writing an event."""

    key: str
    title: Promise
    form: type[StepForm]


STEPS = (
    Step("what", gettext_lazy("What is it?"), WhatForm),
    Step("about", gettext_lazy("What happens there?"), AboutForm),
    Step("people", gettext_lazy("Who is it for?"), PeopleForm),
    Step("where", gettext_lazy("Where is it?"), WhereForm),
    Step("access", gettext_lazy("Access and cost"), AccessForm),
    Step("booking", gettext_lazy("Registration and contact"), BookingForm),
    Step("picture", gettext_lazy("A picture"), PictureStepForm),
)
SESSIONS = gettext_lazy("When is it?")
CHECK = gettext_lazy("Check and hand in")
MOST = len(STEPS) + 2
# In which step something that is missing is written.
STEP_OF = {"summary": "what", "kind": "what", "place": "where"}


def step_url(page: Festival, event: EventPage, key: str) -> str:
    """Return the path of a step, of the sessions ("sessions") or of the last look ("check")."""
    if key in ("sessions", "check"):
        return page.url_of(f"event_{key}", event.pk)
    return page.url_of("event_step", event.pk, key)


def step_after(key: str) -> str:
    """Return the key of the next page; the sessions come after the registration, because of the seats."""
    order = order_of_steps()
    return order[order.index(key) + 1]


def step_before(key: str) -> str:
    order = order_of_steps()
    at = order.index(key)
    return order[at - 1] if at else ""


def order_of_steps() -> list[str]:
    return ["what", "about", "people", "where", "access", "booking", "sessions", "picture", "check"]


def listed_steps(
    page: Festival, event: EventPage | None, current: str, has_sessions: bool = False
) -> list[dict]:
    """Return the steps with what is done; before the event has begun none can be opened."""
    titles = {step.key: step.title for step in STEPS} | {"sessions": SESSIONS, "check": CHECK}
    written = {section.step for section in sections_of(event) if section.is_written} if event else set()
    if has_sessions:
        written.add("sessions")
    return [
        {
            "title": titles[key],
            "url": step_url(page, event, key) if event is not None and key != current else "",
            "state": "current" if key == current else "done" if key in written else "",
        }
        for key in order_of_steps()
    ]


@dataclass(frozen=True)
class Section:
    """What is written in one step: (name, value) of each fact that is stated."""

    step: str
    title: Promise
    facts: list[tuple[str, str]]

    @property
    def is_written(self) -> bool:
        """Whether somebody has said something: how people take part and whether they register is never empty."""
        return len(self.facts) > (1 if self.step in ("where", "booking") else 0)


def sections_of(event: EventPage) -> list[Section]:
    """Return what is written about the event in the order of the steps."""
    names = {
        "what": ("title", "kind", "summary", "organisation"),
        "about": ("description", "what_to_learn", "topics", "leaders"),
        "people": ("audiences", "age_from", "age_to", "languages"),
        "where": ("attendance", "place", "venue_name", "venue_address", "online_url"),
        "access": (
            *("step_free", "accessible_toilet", "hearing_loop", "quiet_space", "sign_language"),
            *("access_note", "cost", "cost_note"),
        ),
        "booking": ("booking", "booking_url", "contact_email", "contact_phone", "website"),
        "picture": ("picture_alt",),
    }
    return [
        Section(
            step.key,
            step.title,
            [fact for fact in (_fact(event, name) for name in names[step.key]) if fact[1]],
        )
        for step in STEPS
    ]


def _fact(event: EventPage, name: str) -> tuple[str, str]:
    label = capfirst(str(event._meta.get_field(name).verbose_name))
    if name in ("topics", "audiences"):
        return label, ", ".join(str(row) for row in getattr(event, name).all())
    if name == "languages":
        return label, ", ".join(name_of_language(code) for code in event.language_codes)
    value = getattr(event, name)
    if value is None or value == "":
        return label, ""
    shown = getattr(event, f"get_{name}_display", None)
    return label, capfirst(str(shown())) if shown else str(value)


def with_bookings(page: Festival, event: EventPage, sessions) -> list[tuple]:
    """Return the sessions, of a public event each with the address of the list of who comes, else with ""."""
    shown = event.live and event.booking in (Booking.SEATS, Booking.DRAW)
    return [(each, address_of(page, "bookings", each.pk) if shown else "") for each in sessions]


def address_of(page: Festival | EventPage, name: str, *args) -> str:
    """Return the address of a page that another part of the festival may offer, "" where it does not."""
    try:
        return page.url_of(name, *args)
    except NoReverseMatch:
        return ""


def missing_links(page: Festival, event: EventPage, missing: dict) -> list[tuple[str, str]]:
    """Return (what to do, where) for everything that is missing."""
    return [
        (str(words), step_url(page, event, STEP_OF.get(name, "sessions"))) for name, words in missing.items()
    ]
