"""The table that a text is read into: who is open when, what contradicts, and how it is written in OSM notation."""

from dataclasses import dataclass, field

from mapping.opening_hours.notation import WEEKDAYS
from mapping.opening_hours.refusal import NotUnderstood
from mapping.opening_hours.seasons import Season

DAY = 24 * 60
ALL_DAYS = (*WEEKDAYS, "PH")


@dataclass(frozen=True, order=True)
class Hours:
    """Minutes from midnight; a comment makes them uncertain ("during the Festival only")."""

    start: int
    end: int
    comment: str = ""

    def overlaps(self, other: "Hours", *, later: int = 0) -> bool:
        return self.start < other.end + later and other.start + later < self.end


@dataclass
class Table:
    """The hours of one season (None: the whole year)."""

    season: Season | None = None
    days: dict[str, list[tuple[Hours, int]]] = field(
        default_factory=dict
    )  # with the size of the group they came in
    off: dict[str, int] = field(default_factory=dict)
    nth: dict[str, list[Hours]] = field(default_factory=dict)
    nth_off: list[str] = field(default_factory=list)
    is_off: bool = False

    def open(self, days: frozenset[str], spans: list[Hours], written: str) -> None:
        for day in days:
            rows = self.days.setdefault(day, [])
            for hours in spans:
                if any(hours == other for other, _ in rows):
                    continue
                if any(hours.overlaps(other) for other, _ in rows):
                    raise NotUnderstood(written, "contradiction")
                rows.append((hours, len(days)))

    def close(self, days: frozenset[str], written: str) -> None:
        for day in days:
            if self.off.setdefault(day, len(days)) != len(days):
                raise NotUnderstood(written, "contradiction")

    def subtract(self, days: frozenset[str], closed: list[Hours], written: str) -> None:
        """Take a pause out of hours that contain it ("closed Wednesday 9-10am for staff training")."""
        for day in days:
            rows = self.days.get(day, [])
            for pause in closed:
                around = [row for row in rows if row[0].start <= pause.start and pause.end <= row[0].end]
                if len(around) != 1:
                    raise NotUnderstood(written, "contradiction")
                (hours, size) = around[0]
                rows.remove(around[0])
                pieces = (
                    Hours(hours.start, pause.start, hours.comment),
                    Hours(pause.end, hours.end, hours.comment),
                )
                rows += [(piece, size) for piece in pieces if piece.start < piece.end]

    def settle(self, written: str) -> None:
        """Apply the closed days and look for contradictions between days."""
        for day, size in self.off.items():
            rows = self.days.get(day, [])
            if any(group <= size for _, group in rows):
                raise NotUnderstood(written, "contradiction")
            self.days.pop(day, None)
        for number, day in enumerate(WEEKDAYS):
            following = self.days.get(WEEKDAYS[(number + 1) % 7], [])
            for hours, _ in self.days.get(day, []):
                if any(hours.overlaps(other, later=DAY) for other, _ in following):
                    raise NotUnderstood(written, "contradiction")
        if any(selector[:2] in self.days for selector in self.nth):
            raise NotUnderstood(written, "contradiction")
        if set(self.nth) & set(self.nth_off):
            raise NotUnderstood(written, "contradiction")

    @property
    def has_hours(self) -> bool:
        return bool(self.days or self.nth)


def written(table: Table) -> str:
    """A season's rules in OSM notation."""
    season = table.season
    if season and season.before:
        partial, words = season.before
        return f"{_rules(table, season.osm)}; {_rules(table, partial, words)}"
    return _rules(table, season.osm if season else "")


def _rules(table: Table, selector: str, uncertain: str = "") -> str:
    prefix = f"{selector} " if selector else ""
    if table.is_off:
        return f"{prefix}off"
    by_hours: dict[tuple[str, str], list[str]] = {}
    for day in WEEKDAYS:
        rows = sorted(hours for hours, _ in table.days.get(day, []))
        comments = list(dict.fromkeys(hours.comment for hours in rows))
        for comment in comments:
            times = _times([hours for hours in rows if hours.comment == comment])
            by_hours.setdefault((times, comment), []).append(day)
    named = [day for days in by_hours.values() for day in days]
    joint = (
        ", " if len(named) > len(set(named)) else "; "
    )  # a comma adds to the same day, a semicolon overrides
    main = joint.join(
        f"{prefix}{_day_list(days)} {times}".removesuffix(" ") + _comment(comment or uncertain)
        for (times, comment), days in by_hours.items()
    )
    if main == "Mo-Su 00:00-24:00":
        main = "24/7"
    rules = [main] if main else []
    for nth, spans in table.nth.items():
        rules += [f"{prefix}{nth} {_times(spans)}{_comment(spans[0].comment or uncertain)}"]
    rules += [f"{prefix}{nth} off" for nth in table.nth_off]
    if table.days.get("PH"):
        rows = sorted(hours for hours, _ in table.days["PH"])
        if len({hours.comment for hours in rows}) > 1:
            raise NotUnderstood("PH", "contradiction")
        rules.append(f"{prefix}PH {_times(rows)}".removesuffix(" ") + _comment(rows[0].comment or uncertain))
    if "PH" in table.off:
        rules.append(f"{prefix}PH off")
    if not table.has_hours and set(table.off) - {"PH"}:
        rules.insert(0, f"{prefix}{_day_list([day for day in WEEKDAYS if day in table.off])} off")
    return "; ".join(rules)


def _comment(words: str) -> str:
    return f' unknown "{words}"' if words else ""


def _times(rows: list[Hours]) -> str:
    """``09:00-12:00,14:00-18:00``; empty for the whole day with a comment, as "Saturday varies" has no hours."""
    joined: list[Hours] = []
    for hours in sorted(rows):
        if joined and joined[-1].end == hours.start and hours.end <= DAY:
            joined[-1] = Hours(joined[-1].start, hours.end, hours.comment)
        else:
            joined.append(hours)
    if joined and joined[0].comment and (joined[0].start, joined[0].end) == (0, DAY):
        return ""
    return ",".join(f"{_clock(hours.start)}-{_clock(hours.end)}" for hours in joined)


def _clock(minutes: int) -> str:
    if minutes > DAY:
        minutes -= DAY
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _day_list(days: list[str]) -> str:
    """``Mo-We,Fr``: three or more days in a row are a range."""
    numbers = sorted(WEEKDAYS.index(day) for day in days)
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    pieces = []
    for run in runs:
        names = [WEEKDAYS[number] for number in run]
        pieces += [f"{names[0]}-{names[-1]}"] if len(run) > 2 else names
    return ",".join(pieces)
