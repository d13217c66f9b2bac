"""Sessions that somebody planned or has seats for, for calendar programs."""

from collections.abc import Callable

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from learning_events.calendar.writing import calendar_of
from learning_events.feeds.programme import NEVER
from learning_events.models import EventPage, Festival, Plan, Session
from learning_events.queries.session import public_events, public_sessions
from learning_events.queries.source import source_events

Absolute = Callable[[str], str]


def calendar_of_plan(festival: Festival, plan: Plan, *, absolute: Absolute) -> bytes:
    """Return a personal programme, cancelled sessions too; `absolute` makes a whole address of a path."""
    sessions = public_sessions().filter(planned__plan=plan, event__path__startswith=festival.path)
    name = _("My programme: %(festival)s") % {"festival": festival.title}
    return _calendar(sessions, public_events(), name, absolute)


def calendar_of_session(festival: Festival, session: Session, *, absolute: Absolute) -> bytes:
    """Return one session, whether its event is public or not, for somebody who has a seat there."""
    sessions = Session.objects.filter(pk=session.pk)
    return _calendar(sessions, EventPage.objects.filter(pk=session.event_id), festival.title, absolute)


def _calendar(
    sessions: QuerySet[Session], events: QuerySet[EventPage], name: str, absolute: Absolute
) -> bytes:
    # The same sessions give the same bytes.
    made_at = sessions.order_by().aggregate(last=Max("changed_at"))["last"] or NEVER
    found = source_events(sessions, events, lambda event: absolute(event.url or "/"))
    return b"".join(calendar_of(found, name=name, made_at=made_at))
