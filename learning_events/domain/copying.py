"""Last year's event again: all that was said of it, and its sessions on the same days of the week of this festival."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from learning_events.calendar.recurrence import on_the_clock
from learning_events.domain.event import FACTS, MANY, draft_event
from learning_events.domain.session import copy_sessions
from learning_events.enums import SessionStatus
from learning_events.models import EventPage, Festival, Session
from learning_events.queries.deadline import festival_of
from learning_events.queries.session import sessions_of
from learning_events.rules import may_change_event
from participation.foundation.audit import record
from participation.foundation.clock import database_now
from participation.foundation.errors import NotAllowed
from participation.rules import may_act_for

WEEK = dt.timedelta(days=7)


def copy_event(event: EventPage, *, festival: Festival, by) -> EventPage:
    """Begin a new draft in `festival` from an event of this or an earlier one, with the `sessions_to_copy`.

    The organisation stays where `by` acts for it. Raises NotAllowed for an event that `by` does not organise, and what
    `draft_event` raises.
    """
    if not may_change_event(by, event):
        raise NotAllowed(_("You can copy your own events, and those of organisations that you act for."))
    organisation = event.organisation if event.organisation and may_act_for(by, event.organisation) else None
    facts = {
        name: list(getattr(event, name).all()) if name in MANY else getattr(event, name)
        for name in FACTS
        if name != "organisation"
    }
    with transaction.atomic():
        copy = draft_event(festival, facts=facts, by=by, organisation=organisation)
        EventPage.objects.filter(pk=copy.pk).update(copied_from=event)
        copy.copied_from = event
        copy_sessions(copy, sessions_to_copy(event, festival), by=by)
        copy.save_revision(user=by, log_action=False, clean=False)
        record("learning_events.copy_event", copy, by=by, source=event.pk)
    return copy


def sessions_to_copy(event: EventPage, festival: Festival) -> list[tuple[Session, dt.datetime, dt.datetime]]:
    """Return (session, begin, end) of those that come along to `festival`, in UTC.

    Cancelled ones stay behind, and those that would be over there: a course may have begun weeks before its festival.
    """
    before, now = festival_of(event), database_now()
    moved = []
    for session in sessions_of(event).exclude(status=SessionStatus.CANCELLED):
        zone = ZoneInfo(session.zone)
        day = session.starts_at.astimezone(zone).date()
        shift = same_weekday(day, before, festival) - day
        begin, end = _shifted(session.starts_at, shift, zone), _shifted(session.ends_at, shift, zone)
        if end > now:
            moved.append((session, begin, end))
    return moved


def same_weekday(day: dt.date, before: Festival, now: Festival) -> dt.date:
    """Return the day of the festival `now` that is to it what `day` was to the festival `before`.

    It is the same day of the week in the same week, counted from the week of the first day. A day that lay inside the
    festival stays inside, a week earlier or later if need be; one outside keeps its distance in weeks.
    """
    weeks = (_monday(day) - _monday(before.starts_on)) // WEEK
    moved = _monday(now.starts_on) + weeks * WEEK + dt.timedelta(days=day.weekday())
    if before.starts_on <= day <= before.ends_on:
        if moved < now.starts_on and moved + WEEK <= now.ends_on:
            return moved + WEEK
        if moved > now.ends_on and moved - WEEK >= now.starts_on:
            return moved - WEEK
    return moved


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _shifted(moment: dt.datetime, shift: dt.timedelta, zone: ZoneInfo) -> dt.datetime:
    """Return the moment at the same hour of the clock some days later, in UTC."""
    local = moment.astimezone(zone).replace(tzinfo=None)
    return on_the_clock(local + shift, zone).astimezone(dt.UTC)
