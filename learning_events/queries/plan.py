"""Personal programmes: whose they are, what is in them, what overlaps, how far it is, and what changed since."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import F, QuerySet

from learning_events.enums import SessionStatus
from learning_events.models import Festival, Plan, PlannedSession
from learning_events.queries.session import public_events
from learning_events.queries.where import place_of, where_of

# The cookie that keeps the key of a nameless programme; it is set with the first star.
COOKIE = "festival_plan"
WALKING_M_PER_MINUTE = 4500 / 60
DETOUR = 1.3
# Nobody walks further than this between two sessions; the page then speaks of the distance alone.
WALKABLE_M = 6000


@dataclass(frozen=True)
class Walk:
    """The way from one session to the next: metres as the crow flies, minutes on foot by streets."""

    metres: int
    minutes: int
    is_walkable: bool
    is_too_long: bool


@dataclass(frozen=True)
class PlannedRow:
    """One session of a personal programme, as its page shows it; times on the session's own clock."""

    planned: PlannedSession
    starts_at: dt.datetime
    ends_at: dt.datetime
    where: str
    overlaps: tuple[PlannedSession, ...]
    walk: Walk | None
    changes: tuple[str, ...]
    was_starts_at: dt.datetime
    was_ends_at: dt.datetime

    @property
    def session(self):
        return self.planned.session


@dataclass(frozen=True)
class PlannedDay:
    """The sessions of one day, in the order of time."""

    date: dt.date
    rows: tuple[PlannedRow, ...]


def plan_with_key(key: str) -> Plan | None:
    """Return the programme that a link or feed names, also after it was taken into another one."""
    if not key:
        return None
    plan = Plan.objects.select_related("merged_into").filter(key=key).first()
    return plan.merged_into if plan is not None and plan.merged_into is not None else plan


def plan_of(user, key: str) -> Plan | None:
    """Return the programme of who is signed in, else the nameless one whose key the browser keeps.

    A browser's key alone never opens the programme of an account: others may use the same computer afterwards.
    """
    participant = getattr(user, "participant", None) if user.is_authenticated else None
    if participant is not None:
        own = Plan.objects.filter(participant=participant).first()
        if own is not None:
            return own
    return Plan.objects.filter(key=key, participant=None, merged_into=None).first() if key else None


def planned_ids(user, key: str) -> set[int]:
    """Return the numbers of the sessions somebody starred; asks nothing for who has neither key nor account."""
    if not key and not getattr(user, "is_authenticated", False):
        return set()
    plan = plan_of(user, key)
    if plan is None:
        return set()
    return set(PlannedSession.objects.filter(plan=plan).values_list("session_id", flat=True))


def planned_of(plan: Plan, festival: Festival) -> QuerySet[PlannedSession]:
    """Return what is planned at this festival and still public, cancelled sessions too, in the order of time."""
    return (
        PlannedSession.objects.filter(
            plan=plan,
            session__event__in=public_events().filter(path__startswith=festival.path).values("pk"),
        )
        .select_related(
            "session__place", "session__event__place", "session__event__kind", "session__event__locale"
        )
        .order_by("session__starts_at", "session_id")
    )


def count_lost(plan: Plan, festival: Festival) -> int:
    """Count planned sessions of the festival whose event is not public any more."""
    planned = PlannedSession.objects.filter(plan=plan, session__event__path__startswith=festival.path)
    return planned.exclude(session__event__in=public_events().values("pk")).count()


def days_of(planned: Sequence[PlannedSession]) -> list[PlannedDay]:
    """Arrange by day on each session's own clock, with what overlaps, the way from the last one, and what changed."""
    taking_place = [each for each in planned if not each.session.is_cancelled]
    days: dict[dt.date, list[PlannedRow]] = {}
    before: dict[dt.date, PlannedSession] = {}
    for each in planned:
        session = each.session
        zone = ZoneInfo(session.zone)
        starts_at = session.starts_at.astimezone(zone)
        previous = before.get(starts_at.date())
        days.setdefault(starts_at.date(), []).append(
            PlannedRow(
                planned=each,
                starts_at=starts_at,
                ends_at=session.ends_at.astimezone(zone),
                where=where_of(session),
                overlaps=() if session.is_cancelled else _overlapping(each, taking_place),
                walk=None if session.is_cancelled or previous is None else walk_between(previous, each),
                changes=changes_of(each),
                was_starts_at=each.seen_starts_at.astimezone(zone),
                was_ends_at=each.seen_ends_at.astimezone(zone),
            )
        )
        if not session.is_cancelled:
            before[starts_at.date()] = each
    return [PlannedDay(date, tuple(rows)) for date, rows in sorted(days.items())]


def changes_of(planned: PlannedSession) -> tuple[str, ...]:
    """Return what changed since its owner last looked: any of "cancelled", "restored", "time" and "place"."""
    session = planned.session
    changed = []
    if session.status != planned.seen_status:
        changed.append("cancelled" if session.status == SessionStatus.CANCELLED else "restored")
    if (session.starts_at, session.ends_at) != (planned.seen_starts_at, planned.seen_ends_at):
        changed.append("time")
    if where_of(session)[:300] != planned.seen_where:
        changed.append("place")
    return tuple(changed)


def unseen_count(plan: Plan) -> int:
    """Count planned sessions that moved or were cancelled since their owner last looked; places are compared on the page."""
    same = PlannedSession.objects.filter(
        plan=plan,
        session__status=F("seen_status"),
        session__starts_at=F("seen_starts_at"),
        session__ends_at=F("seen_ends_at"),
    )
    return PlannedSession.objects.filter(plan=plan).exclude(pk__in=same.values("pk")).count()


def walk_between(first: PlannedSession, second: PlannedSession) -> Walk | None:
    """Return the way between two sessions by straight line, times 1.3, at 4.5 km/h; None where a point is missing."""
    from participation.foundation.distance import distance_m

    here, there = place_of(first.session), place_of(second.session)
    if here is None or there is None or here == there:
        return None
    points = [here.latitude, here.longitude, there.latitude, there.longitude]
    degrees = [float(each) for each in points if each is not None]
    if len(degrees) < 4:
        return None
    metres = float(distance_m(*degrees))
    minutes = math.ceil(metres * DETOUR / WALKING_M_PER_MINUTE)
    free = (second.session.starts_at - first.session.ends_at).total_seconds() / 60
    is_walkable = metres <= WALKABLE_M
    return Walk(round(metres), minutes, is_walkable, is_walkable and 0 <= free < minutes)


def _overlapping(planned: PlannedSession, others: Sequence[PlannedSession]) -> tuple[PlannedSession, ...]:
    session = planned.session
    if session.is_all_day:
        return ()
    return tuple(
        other
        for other in others
        if other.pk != planned.pk
        and not other.session.is_all_day
        and other.session.starts_at < session.ends_at
        and session.starts_at < other.session.ends_at
    )
