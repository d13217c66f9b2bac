"""What became of a festival in figures: events, sessions, seats and people by kind, neighbourhood, audience and Key Feature.

People are told in groups of at least five (k-anonymity with k = 5, Sweeney 2002): smaller groups are left out, and where
the groups of a table add up to its total, a second one too, so that nobody can subtract.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from learning_events.enums import SessionStatus
from learning_events.models import EventPage, Festival, Session
from learning_events.queries.registration import attendance_of
from learning_events.queries.session import public_events
from mapping.enums import Cost, Stated

FEWEST = 5


@dataclass
class Figures:
    """Counts of one group of events; people are None where they are not told."""

    events: int = 0
    sessions: int = 0
    cancelled: int = 0
    seats: int = 0
    registered: int | None = 0
    came: int | None = 0


@dataclass(frozen=True)
class Table:
    """One way to look at the events: `lines` by name, in their order; `adds_up` where each session is in one line only."""

    key: str
    title: str
    lines: Mapping[str, Figures]
    adds_up: bool


@dataclass(frozen=True)
class Report:
    """A festival in figures."""

    festival: Festival
    total: Figures
    tables: list[Table]
    organisers: int = 0
    free: int = 0
    step_free: int = 0
    online: int = 0
    languages: int = 0
    days: int = 0


@dataclass
class _Groups:
    """Figures by name, and which events were counted there already."""

    lines: dict[str, Figures] = field(default_factory=dict)
    events: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def add(self, name: str, event: int, session: Mapping[str, Any] | None) -> None:
        line = self.lines.setdefault(name, Figures())
        if event not in self.events[name]:
            self.events[name].add(event)
            line.events += 1
        if session is not None:
            _add_session(line, session)


def report_of(festival: Festival) -> Report:
    """Return the figures of the public events of a festival; as many queries for one event as for a thousand."""
    events = list(_events_of(festival).values(*_OF_EVENTS))
    sessions = _sessions_by_key(festival)
    audiences = _names_of(festival, "audiences", "audience__name")
    features = _features_of(festival)
    kinds, places, people, themes = _Groups(), _Groups(), _Groups(), _Groups()
    total = Figures(events=len(events))
    for event in events:
        pk, own = event["pk"], sessions.get(event["translation_key"], [])
        for each in own:
            _add_session(total, each)
        rows: list[dict[str, Any] | None] = [*own] or [None]
        for session in rows:
            kinds.add(event["kind__name"] or _("not stated"), pk, session)
            places.add(_neighbourhood(event, session), pk, session)
            for name in audiences.get(pk) or [_("everybody")]:
                people.add(name, pk, session)
            for name in features.get(pk, ()):
                themes.add(name, pk, session)
    _hide_few([total], adds_up=False)
    return Report(
        festival=festival,
        total=total,
        tables=[
            _table("neighbourhood", _("By neighbourhood in which they took place"), places, adds_up=True),
            _table("kind", _("By kind of event"), kinds, adds_up=True),
            _table("audience", _("By audience"), people, adds_up=False),
            _table(
                "key_feature", _("By Key Feature of Learning Cities"), themes, adds_up=False, by_name=True
            ),
        ],
        organisers=len({event["organisation_id"] for event in events} - {None}),
        free=sum(event["cost"] == Cost.FREE for event in events),
        step_free=sum(event["step_free"] == Stated.YES for event in events),
        online=sum(event["attendance"] != "in-person" for event in events),
        languages=len({code for event in events for code in event["languages"].split()}),
        days=(festival.ends_on - festival.starts_on).days + 1,
    )


def others_to_compare(festival: Festival) -> QuerySet[Festival]:
    """Return the other festivals that everybody may see, in the same language, the newest first."""
    same = Festival.objects.live().public().filter(locale=festival.locale_id)
    return same.exclude(pk=festival.pk).order_by("-starts_on", "-pk")


def festival_before(festival: Festival, others: Iterable[Festival]) -> Festival | None:
    """Return the last of the others that began before this one."""
    return next((other for other in others if other.starts_on < festival.starts_on), None)


_OF_EVENTS = (
    "pk", "translation_key", "kind__name", "organisation_id", "cost", "step_free", "attendance", "languages",
    "place__neighbourhood__name",
)  # fmt: skip


def _events_of(festival: Festival) -> QuerySet[EventPage]:
    return public_events().filter(path__startswith=festival.path, depth=festival.depth + 1).order_by("pk")


def _sessions_by_key(festival: Festival) -> dict[Any, list[dict[str, Any]]]:
    keys = _events_of(festival).order_by().values("translation_key")
    rows = list(
        Session.objects.filter(event__translation_key__in=keys)
        .order_by("pk")
        .values("pk", "event__translation_key", "status", "seats", "place_id", "place__neighbourhood__name")
    )
    numbers = attendance_of(row["pk"] for row in rows)
    found: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["event__translation_key"]].append({**row, "numbers": numbers.get(row["pk"])})
    return found


def _names_of(festival: Festival, relation: str, name: str) -> dict[int, list[str]]:
    through = getattr(EventPage, relation).through
    rows = through.objects.filter(eventpage__in=_events_of(festival).order_by().values("pk"))
    found: dict[int, list[str]] = defaultdict(list)
    for event, word in rows.order_by("pk").values_list("eventpage_id", name):
        found[event].append(word)
    return found


def _features_of(festival: Festival) -> dict[int, list[str]]:
    through = EventPage.key_features.through
    rows = through.objects.filter(eventpage__in=_events_of(festival).order_by().values("pk"))
    found: dict[int, list[str]] = defaultdict(list)
    for event, number, name in rows.order_by("pk").values_list(
        "eventpage_id", "keyfeature__number", "keyfeature__name"
    ):
        found[event].append(f"{number} {name}")
    return found


def _neighbourhood(event: Mapping[str, Any], session: Mapping[str, Any] | None) -> str:
    name = event["place__neighbourhood__name"]
    if session is not None and session["place_id"] is not None:
        name = session["place__neighbourhood__name"]
    return name or _("online or elsewhere")


def _add_session(line: Figures, session: Mapping[str, Any]) -> None:
    if session["status"] == SessionStatus.CANCELLED:
        line.cancelled += 1
        return
    line.sessions += 1
    line.seats += session["seats"] or 0
    if session["numbers"] is not None:
        line.registered = (line.registered or 0) + session["numbers"].registered
        line.came = (line.came or 0) + (session["numbers"].came or 0)


def _table(key: str, title: str, groups: _Groups, *, adds_up: bool, by_name: bool = False) -> Table:
    _hide_few(list(groups.lines.values()), adds_up=adds_up)
    order = sorted(groups.lines, key=lambda name: name if by_name else (-groups.lines[name].events, name))
    return Table(key, title, {name: groups.lines[name] for name in order}, adds_up)


def _hide_few(lines: list[Figures], *, adds_up: bool) -> None:
    for name in ("registered", "came"):
        numbers = [(getattr(line, name), line) for line in lines if getattr(line, name)]
        few = [line for number, line in numbers if number < FEWEST]
        enough = sorted(
            ((number, place) for place, (number, _line) in enumerate(numbers) if number >= FEWEST),
        )
        if adds_up and len(few) == 1 and enough:
            few.append(numbers[enough[0][1]][1])
        for line in few:
            setattr(line, name, None)
