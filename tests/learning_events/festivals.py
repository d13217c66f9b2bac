"""Festivals, events and sessions as the tests need them, made by the domain's own functions where there are some."""

import datetime as dt
from typing import Any

from django.contrib.auth import get_user_model
from wagtail.models import Site

from learning_events.domain.session import add_session
from learning_events.enums import Booking
from learning_events.models import EventKind, EventPage, Festival, Session
from tests import factories

FIRST_DAY = dt.date(2026, 9, 12)


def make_festival(*, slug: str = "festival", title: str = "Festival of learning", **fields: Any) -> Festival:
    """Return a published festival of nine days below the site's first page."""
    fields = {"starts_on": FIRST_DAY, "ends_on": FIRST_DAY + dt.timedelta(days=8), **fields}
    festival = Festival(title=title, slug=slug, zone="Europe/Berlin", **fields)
    Site.objects.get(is_default_site=True).root_page.add_child(instance=festival)
    return festival


def make_event(festival: Festival, *, title: str = "Bread for beginners", **fields: Any) -> EventPage:
    """Return a published event, or with `live=False` a draft; many-to-many values are given as lists."""
    many = {name: fields.pop(name) for name in ("topics", "audiences", "key_features") if name in fields}
    fields.setdefault("summary", "Bake a loaf that rises.")
    fields.setdefault("venue_name", "Old bakery")
    if "kind" not in fields:
        fields["kind"] = EventKind.objects.get_or_create(slug="workshop", defaults={"name": "Workshop"})[0]
    event = EventPage(title=title, **fields)
    for name, values in many.items():
        getattr(event, name).set(values)
    festival.add_child(instance=event)
    return event


def make_session(
    event: EventPage, *, day: int = 0, hour: int = 18, hours: float = 2, **facts: Any
) -> Session:
    """Return a session on the given day of the festival, counted from 0, at `hour` on Berlin's clock."""
    festival = event.get_parent().specific
    starts_at = dt.datetime.combine(festival.starts_on + dt.timedelta(days=day), dt.time(hour))
    facts = {
        "starts_at": starts_at,
        "ends_at": starts_at + dt.timedelta(hours=hours),
        "zone": "Europe/Berlin",
        **facts,
    }
    return add_session(event, facts=facts, by=an_editor())


def an_editor():
    """Return somebody who runs the festival."""
    user = get_user_model().objects.filter(email="runs@example.org").first()
    if user is None:
        user = factories.ParticipantFactory(
            display_name="Rita Runs", user__email="runs@example.org", user__is_superuser=True
        ).user
    return user


def with_seats(event: EventPage, seats: int, **facts: Any) -> Session:
    """Return a session of the event that people register for."""
    if event.booking == Booking.OPEN:
        event.booking = Booking.SEATS
        event.save()
    return make_session(event, seats=seats, **facts)
