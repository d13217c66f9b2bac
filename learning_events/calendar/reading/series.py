"""One event of an iCalendar file: its repetition, its exceptions, and the entries that change single dates."""

import datetime as dt
import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from learning_events.calendar.events import (
    Attendance,
    Moment,
    SourceCost,
    SourceEvent,
    SourcePlace,
    SourceSession,
    Status,
)
from learning_events.calendar.reading.clocks import LONGEST, Clocks, LeftOut, length_of, moment_in
from learning_events.calendar.reading.collecting import Collector, made_uid, stamp
from learning_events.calendar.reading.lines import Component, Line, values_of
from learning_events.calendar.reading.text import cost_of, position_of
from learning_events.calendar.recurrence import (
    MOST,
    TWO_YEARS,
    Frequency,
    NotRepeatable,
    Rule,
    check,
    from_rrule,
    local_dates,
    on_the_clock,
    to_rrule,
)

_LISTED_DAYS = 10  # what reading one date written by hand costs, in days counted through


@dataclass(slots=True)
class _Change:
    """One entry that changes a date of the series, or all from that date on."""

    entry: Component
    of: Moment
    start: Moment
    length: dt.timedelta | None
    from_here_on: bool
    used: bool = field(default=False)


class Series:
    """The entries of one uid: the event itself and the changes of single dates."""

    def __init__(self, uid: str, entries: list[Component], clocks: Clocks, collector: Collector) -> None:
        self.uid, self.clocks, self.collector = uid, clocks, collector
        self.limits = collector.limits
        self.length = dt.timedelta()
        masters = [entry for entry in entries if entry.first("RECURRENCE-ID") is None]
        changes = [entry for entry in entries if entry.first("RECURRENCE-ID") is not None]
        self.master = max(masters, key=_newness) if masters else None
        self.main = self.master or changes[0]
        self.note, self.problems = collector.writer(self.main.line, uid)
        if len(masters) > 1:
            self.note("uid-twice")
        if self.master is None:
            self.note("no-master")
        newest: dict[tuple[str, str], Component] = {}
        for entry in sorted(changes, key=_newness):
            for line in entry.all("RECURRENCE-ID")[:1]:
                newest[line.value, line.params.get("RANGE", "")] = entry
        self.change_entries = list(newest.values())

    # --- the event ---

    def event(self) -> SourceEvent:
        entry, text, texts = self.main, self.collector.text, self.collector.texts
        limits = self.limits
        title = text(entry.text("SUMMARY"), "SUMMARY", self.note, limits.max_title)
        description = text(entry.text("DESCRIPTION"), "DESCRIPTION", self.note)
        if not title:
            title = description.partition("\n")[0][:80] or text(
                entry.text("LOCATION"), "LOCATION", self.note, 80
            )
            if not title:
                raise LeftOut("no-name")
            self.note("no-title", title=title)
        sessions = self._sessions(title)
        if not sessions:
            raise LeftOut("no-sessions")
        uid = self.uid[:500]
        if not uid:
            uid = made_uid(title, min(sessions, key=lambda session: stamp(session.start)).start)
            sessions = [replace(session, uid=uid + session.uid) for session in sessions]
        online = self.collector.address(entry.text("CONFERENCE"), self.note)
        place = self._place()
        languages = {line.params["LANGUAGE"] for line in entry.all("SUMMARY") if line.params.get("LANGUAGE")}
        categories = [value for line in entry.all("CATEGORIES") for value in values_of(line.value)]
        return SourceEvent(
            uid=uid,
            is_uid_made=not self.uid,
            title=title,
            sessions=tuple(sessions),
            description=description,
            url=self.collector.address(entry.text("URL"), self.note),
            organiser=self._organiser(),
            place=place,
            attendance=self._attendance(online, place),
            online_url=online,
            languages=texts(sorted(languages), "LANGUAGE", self.note),
            cost=self._cost(),
            categories=texts(categories, "CATEGORIES", self.note),
            image_url=self._image(),
            sequence=_sequence(entry),
            changed_at=self._changed_at(),
            problems=tuple(self.problems),
        )

    def _place(self) -> SourcePlace:
        written = self.collector.text(self.main.text("LOCATION"), "LOCATION", self.note, 1_000)
        name, _comma, address = written.partition(",") if "\n" not in written else written.partition("\n")
        place = SourcePlace(name.strip()[: self.limits.max_title], address.strip())
        position = self.main.text("GEO")
        if position:
            try:
                latitude, _mark, longitude = position.replace(",", ";").partition(";")
                found = position_of(latitude, longitude)
            except ValueError:
                self.note("position", value=position)
            else:
                if found:
                    place = replace(place, latitude=found[0], longitude=found[1])
        return place

    def _attendance(self, online: str, place: SourcePlace) -> Attendance:
        if online:
            return "mixed" if place else "online"
        return "in-person" if place else ""

    def _organiser(self) -> str:
        line = self.main.first("ORGANIZER")
        # Only the name: the address is a person's, and nobody agreed to our keeping it.
        name = line.params.get("CN", "") if line else ""
        return "" if "@" in name else self.collector.text(name, "ORGANIZER", self.note, self.limits.max_title)

    def _cost(self) -> SourceCost:
        if self.main.text("X-COST-TYPE").lower() == "free":
            return SourceCost("free", "")
        return cost_of(
            self.collector.text(self.main.text("X-COST"), "X-COST", self.note, self.limits.max_title)
        )

    def _image(self) -> str:
        for line in self.main.all("IMAGE"):
            if line.params.get("VALUE", "URI").upper() == "URI":
                return self.collector.address(line.value, self.note)
        return ""

    def _changed_at(self) -> dt.datetime | None:
        for name in ("LAST-MODIFIED", "DTSTAMP"):
            try:
                moment = moment_in(self.main.text(name), dt.UTC)
            except ValueError:
                continue
            if isinstance(moment, dt.datetime):
                return moment.astimezone(dt.UTC)
        return None

    # --- its dates ---

    def _sessions(self, title: str) -> list[SourceSession]:
        changes = [change for entry in self.change_entries if (change := self._change(entry))]
        sessions = []
        if self.master is not None:
            start, clock, length = self._times(self.master)
            self.length = length or self.length
            if not isinstance(start, dt.datetime):
                changes = [replace(change, of=_date(change.of)) for change in changes]
            following = sorted((c for c in changes if c.from_here_on), key=lambda c: stamp(c.of))
            from_here_on = [stamp(change.of) for change in following]
            by_date = {stamp(change.of): change for change in changes if not change.from_here_on}
            for original in self._dates(start, clock):
                change = by_date.get(stamp(original)) or by_date.get(stamp(_date(original)))
                if change is not None:
                    change.used = True
                    sessions.append(self._changed(change, title, original))
                    continue
                reached = bisect_right(from_here_on, stamp(original))
                latest = following[reached - 1] if reached else None
                sessions.append(self._following(latest, title, original, clock, length))
            for change in following:
                change.used = True
        for change in changes:
            if not change.used:
                wanted = self.collector.since is None or _date(change.of) >= self.collector.since
                if self.master is not None and wanted and not _is_cancelled(change.entry):
                    self.note("no-such-date", value=stamp(change.of))
                if self.master is None or not _is_cancelled(change.entry):
                    sessions.append(
                        self._changed(change, title, None if self.master is not None else change.of)
                    )
        return sessions

    def _following(
        self,
        change: _Change | None,
        title: str,
        original: Moment,
        clock: dt.tzinfo,
        length: dt.timedelta | None,
    ) -> SourceSession:
        uid = self._session_uid(original)
        status: Status = (
            "cancelled" if self.master is not None and _is_cancelled(self.master) else "scheduled"
        )
        if change is None:
            return self._session(uid, original, length, status)
        start = original
        if (
            isinstance(original, dt.datetime)
            and isinstance(change.start, dt.datetime)
            and isinstance(change.of, dt.datetime)
        ):
            shift = change.start.replace(tzinfo=None) - change.of.astimezone(change.start.tzinfo).replace(
                tzinfo=None
            )
            start = on_the_clock((original.astimezone(clock) + shift).replace(tzinfo=None), clock)
        elif not isinstance(change.start, dt.datetime) and not isinstance(original, dt.datetime):
            start = original + (change.start - _date(change.of))
        if _is_cancelled(change.entry):
            status = "cancelled"
        elif start != original:
            status = "moved"
        session = self._session(uid, start, change.length, status, self._note_of(change.entry, title))
        return replace(session, previous_start=self._shown(original)) if status == "moved" else session

    def _changed(self, change: _Change, title: str, original: Moment | None) -> SourceSession:
        uid = self._session_uid(original if original is not None else change.of, single=False)
        status: Status = "scheduled"
        if _is_cancelled(change.entry):
            status = "cancelled"
        elif original is not None and stamp(change.start) != stamp(original):
            status = "moved"
        session = self._session(uid, change.start, change.length, status, self._note_of(change.entry, title))
        if status == "moved" and original is not None:
            session = replace(session, previous_start=self._shown(original))
        return session

    def _note_of(self, entry: Component, title: str) -> str:
        own = self.collector.text(entry.text("SUMMARY"), "SUMMARY", self.note, self.limits.max_title)
        return own if own and own != title else ""

    def _session_uid(self, original: Moment, *, single: bool = True) -> str:
        uid = self.uid[:400]
        if single and self.master is not None and not self._repeats():
            return uid
        return f"{uid}#{stamp(original)}"

    def _repeats(self) -> bool:
        return any(self.main.first(name) for name in ("RRULE", "RDATE"))

    def _session(
        self, uid: str, start: Moment, length: dt.timedelta | None, status: Status, note: str = ""
    ) -> SourceSession:
        end: Moment | None = None
        if length is not None:
            if isinstance(start, dt.datetime):
                end = self._shown(start.astimezone(dt.UTC) + length)
            else:
                end = start + max(length - dt.timedelta(days=1), dt.timedelta())
        shown = self._shown(start)
        return SourceSession(uid, shown, end, self._zone_name(start), status=status, note=note)

    def _zone_name(self, start: Moment) -> str:
        clock = start.tzinfo if isinstance(start, dt.datetime) else None
        return clock.key if isinstance(clock, ZoneInfo) else self.clocks.zone.key

    def _shown(self, moment: Moment) -> Moment:
        """Return a time in the clock of a real zone: what the file defined itself or gave in UTC is shown in the city's."""
        if not isinstance(moment, dt.datetime):
            return moment
        line = self.main.first("DTSTART")
        clock = (
            self.clocks.called(line.params["TZID"], line.number) if line and line.params.get("TZID") else None
        )
        return moment.astimezone(clock if isinstance(clock, ZoneInfo) else self.clocks.zone)

    # --- reading times ---

    def _moment(self, line: Line, text: str | None = None) -> tuple[Moment, dt.tzinfo]:
        tzid = line.params.get("TZID", "")
        clock = self.clocks.called(tzid, line.number) if tzid else self.clocks.zone
        written = (line.value if text is None else text).strip()
        moment = moment_in(written, clock)
        return moment, dt.UTC if written[-1:] in "Zz" else clock

    def _times(self, entry: Component) -> tuple[Moment, dt.tzinfo, dt.timedelta | None]:
        """Return an entry's start, its clock and how long it lasts, None for not stated."""
        line = entry.first("DTSTART")
        if line is None or not line.value.strip():
            raise LeftOut("no-start", entry.line)
        try:
            start, clock = self._moment(line)
        except (ValueError, OverflowError):
            raise LeftOut("start", line.number, value=line.value) from None
        if line.params.get("VALUE", "").upper() == "DATE":
            start = _date(start)
        return start, clock, self._length(entry, start)

    def _length(self, entry: Component, start: Moment) -> dt.timedelta | None:
        whole_day = None if isinstance(start, dt.datetime) else dt.timedelta(days=1)
        if line := entry.first("DTEND"):
            try:
                end, _clock = self._moment(line)
                length = _between(start, end)
            except (ValueError, OverflowError):
                self.note("end", value=line.value)
                return whole_day
            if length < dt.timedelta():
                self.note("end-before-start")
                return whole_day
            if length > LONGEST:
                self.note("end", value=line.value)
                return whole_day
            return max(length, whole_day) if whole_day else length
        if line := entry.first("DURATION"):
            try:
                return max(length_of(line.value), whole_day or dt.timedelta())
            except ValueError:
                self.note("duration", value=line.value)
        return whole_day

    def _change(self, entry: Component) -> _Change | None:
        line = entry.first("RECURRENCE-ID")
        assert line is not None  # noqa: S101 — entries without one are masters
        try:
            of, _clock = self._moment(line)
            start, _clock, length = self._times(entry)
        except (ValueError, OverflowError):
            self.note("moment", value=line.value, field="RECURRENCE-ID")
            return None
        except LeftOut as left:
            if not _is_cancelled(entry):
                self.note(left.code, **left.params)
                return None
            start, length = of, None
        return _Change(entry, of, start, length, line.params.get("RANGE", "").upper() == "THISANDFUTURE")

    def _dates(self, start: Moment, clock: dt.tzinfo) -> list[Moment]:
        """Return the dates of the series as the file gives them, without its exceptions, in order."""
        assert self.master is not None  # noqa: S101
        found: dict[str, Moment] = {}
        rules = [line for line in self.master.all("RRULE") if line.value.strip()]
        if not rules:
            found[stamp(start)] = start
        for line in rules:
            for moment in self._repeated(line, start, clock):
                found[stamp(moment)] = moment
        for moment in self._listed("RDATE", start, whole_days_for_times=False):
            found.setdefault(stamp(moment), moment)
            if not rules and start != moment:
                found.setdefault(stamp(start), start)
        out = {stamp(moment) for moment in self._listed("EXDATE", start, whole_days_for_times=True)}
        for line in self.master.all("EXRULE"):
            out |= {stamp(moment) for moment in self._repeated(line, start, clock)}
        kept = [m for m in found.values() if stamp(m) not in out and stamp(_date(m)) not in out]
        if len(kept) > MOST:
            raise LeftOut(
                "rule",
                text=rules[0].value if rules else "RDATE",
                why=str(NotRepeatable("too-many", limit=MOST)),
            )
        return sorted(kept, key=stamp)

    def _repeated(self, line: Line, start: Moment, clock: dt.tzinfo) -> list[Moment]:
        naive = dt.datetime.combine(_date(start), dt.time())
        if isinstance(start, dt.datetime):
            naive = start.astimezone(clock).replace(tzinfo=None)
        try:
            rule = from_rrule(line.value)
            if not isinstance(start, dt.datetime):
                rule = replace(rule, hours=(), minutes=(), seconds=())
            check(replace(rule, until=None), naive)
        except NotRepeatable as error:
            raise LeftOut("rule", line.number, text=line.value, why=str(error)) from None
        return self._counted(rule, naive, start, clock, self._end_of_window(rule, naive))

    def _end_of_window(self, rule: Rule, naive: dt.datetime) -> dt.datetime:
        """Return how far the series is followed: two years from its start or from the first wanted day."""
        since = self.collector.since
        begin = max(naive, dt.datetime.combine(since, dt.time())) if since else naive
        end = begin + TWO_YEARS
        until = rule.until
        beyond = rule.count is None and (until is None or _date(until) > end.date())
        if beyond:
            self.note("series-cut", until=end.date().isoformat())
        return end

    def _counted(
        self, rule: Rule, naive: dt.datetime, start: Moment, clock: dt.tzinfo, end: dt.datetime
    ) -> list[Moment]:
        since = self.collector.since
        # A day of room, because the day of `since` begins elsewhere on other clocks.
        first = dt.datetime.combine(since, dt.time()) - self.length - dt.timedelta(days=1) if since else naive
        step = {Frequency.DAILY: 1, Frequency.WEEKLY: 7}.get(rule.frequency, 0) * rule.interval
        if step and rule.count is None and first > naive:
            # Nothing before matters, and whole steps keep the days that the rule hits.
            naive += dt.timedelta(days=(first - naive).days // step * step)
        if not self.collector.may_count((end - naive).days + 1):
            raise LeftOut("series-work")
        moments: list[Moment] = []
        for moment in local_dates(rule, naive, clock, end):
            if moment < first:
                continue
            if len(moments) >= MOST:
                raise LeftOut("rule", text=to_rrule(rule), why=str(NotRepeatable("too-many", limit=MOST)))
            moments.append(on_the_clock(moment, clock) if isinstance(start, dt.datetime) else moment.date())
        return moments

    def _listed(self, name: str, start: Moment, *, whole_days_for_times: bool) -> list[Moment]:
        """Return the dates written one by one; of a period (RDATE), its start."""
        assert self.master is not None  # noqa: S101
        moments: list[Moment] = []
        for line in self.master.all(name):
            for piece in line.value.split(","):
                written = piece.partition("/")[0].strip()
                if not written:
                    continue
                try:
                    moment, _clock = self._moment(line, written)
                except (ValueError, OverflowError):
                    self.note("moment", value=piece.strip(), field=name)
                    continue
                if not isinstance(start, dt.datetime):
                    moment = _date(moment)
                elif not isinstance(moment, dt.datetime) and not whole_days_for_times:
                    moment = on_the_clock(dt.datetime.combine(moment, start.time()), start.tzinfo or dt.UTC)
                moments.append(moment)
                if len(moments) > MOST * 2 or not self.collector.may_count(_LISTED_DAYS):
                    raise LeftOut("series-work")
        return moments


def _newness(entry: Component) -> tuple[int, str]:
    return (_sequence(entry), entry.text("LAST-MODIFIED") or entry.text("DTSTAMP"))


def _sequence(entry: Component) -> int:
    written = entry.text("SEQUENCE")
    return int(written) if re.fullmatch(r"[0-9]{1,9}", written) else 0


def _is_cancelled(entry: Component) -> bool:
    return entry.text("STATUS").upper() == "CANCELLED"


def _date(moment: Moment) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment


def _between(start: Moment, end: Moment) -> dt.timedelta:
    if isinstance(start, dt.datetime) and isinstance(end, dt.datetime):
        return end.astimezone(dt.UTC) - start.astimezone(dt.UTC)
    if isinstance(start, dt.datetime) and not isinstance(end, dt.datetime):
        return dt.datetime.combine(end, dt.time(), start.tzinfo) - start
    return _date(end) - _date(start)
