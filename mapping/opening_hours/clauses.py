"""From phrases to the table: which hours belong to which days."""

from dataclasses import dataclass

from mapping.opening_hours.asides import Bracket
from mapping.opening_hours.notation import WEEKDAYS
from mapping.opening_hours.phrases import Phrase
from mapping.opening_hours.refusal import NotUnderstood
from mapping.opening_hours.seasons import Season
from mapping.opening_hours.table import Hours, Table, written
from mapping.opening_hours.words import EVERY_DAY

_JOINTS = ("comma", "and", "colon", "to")


@dataclass
class Group:
    """Days, plain or of the month, and the days taken out of them ("except Sundays")."""

    days: frozenset[str]
    nth: list[str]
    without: frozenset[str]
    text: str


class Reader:
    """Reads the phrases of one text. The order of a clause is told by its first phrase:

    days first (``Mon-Fri, 9am-5pm, Sat 10am-1pm``) or times first (``9am-6pm Mon-Thu, 9am-2pm Fridays``). A clause
    ends at a line end, full stop or semicolon. A part of the year followed by a colon or a line end holds for the
    clauses after it; without one, only for its own clause.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.remarks: list[str] = []
        self.tables: dict[str, Table] = {}
        self.season: Season | None = None
        self.season_was_header = True
        self.implied: set[str] = set()  # seasons with hours that name no day
        self.subtractions: list[tuple[Table, frozenset[str], list[Hours], str]] = []
        self.overrides: list[str] = []

    def add_closed(self, found: list[Phrase], bracket: Bracket) -> None:
        """A bracket that takes hours away: a weekly pause, or days that end with a date."""
        kinds = [phrase.kind for phrase in found if phrase.kind not in _JOINTS]
        by_kind = {phrase.kind: phrase for phrase in found}
        if kinds == ["season", "days", "closed"]:
            season, days = by_kind["season"].value, by_kind["days"].value
            if not season.years or "PH" in days:
                raise NotUnderstood(bracket.closed, "season")
            names = ",".join(day for day in WEEKDAYS if day in days)
            self.overrides.append(f"{season.osm} {names} off")
            return
        if kinds == ["days", "hours"]:
            start, end = by_kind["hours"].value
            self.subtractions.append(
                (self._table(None), by_kind["days"].value, [Hours(start, end)], bracket.closed)
            )
            return
        raise NotUnderstood(bracket.closed, "words")

    def read(self, found: list[Phrase]) -> str:
        """The hours in OSM notation. Raises ``NotUnderstood``."""
        clauses: list[list[Phrase]] = [[]]
        for phrase in found:
            if phrase.kind == "stop":
                clauses.append([])
            elif phrase.kind == "remark":
                self.remarks.append(phrase.text)
            else:
                clauses[-1].append(phrase)
        waiting: list[Phrase] = []
        for clause in clauses:
            clause = _stripped(clause)
            if not clause:
                continue
            if waiting and clause[0].kind not in ("hours", "closed", "maybe"):
                raise NotUnderstood(waiting[0].text, "no_times")
            clause = [*waiting, *clause]
            waiting = []
            if all(phrase.kind in ("days", *_JOINTS) for phrase in clause):
                waiting = clause  # "Monday" in a line of its own, its hours in the next
                continue
            self._read_clause(clause)
        if waiting:
            raise NotUnderstood(waiting[0].text, "no_times")
        return self._written()

    def _read_clause(self, clause: list[Phrase]) -> None:
        clause = self._without_closed_seasons(clause)
        clause = _stripped(clause)
        places = [place for place, phrase in enumerate(clause) if phrase.kind == "season"]
        for place in places:
            if place and _kinds(clause[place + 1 : place + 2]) != ["colon"]:
                raise NotUnderstood(clause[place].text, "season")
        starts = [0, *(place for place in places if place)]
        for start, end in zip(starts, [*starts[1:], len(clause)], strict=True):
            self._read_statements(_stripped(clause[start:end], keep_colon=True))

    def _without_closed_seasons(self, clause: list[Phrase]) -> list[Phrase]:
        """Takes out "closed in August" and, at the end, "August closed"; they say nothing about other clauses."""
        place = 0
        while place < len(clause):
            pair = [phrase for phrase in clause[place : place + 3] if phrase.kind != "colon"][:2]
            size = 3 if _kinds(clause[place + 1 : place + 2]) == ["colon"] else 2
            is_last = place + size >= len(clause) or clause[place + size].kind == "comma"
            after_days = place > 0 and clause[place - 1].kind in ("days", "nth", "season")
            if _kinds(pair) in (["closed", "season"], ["season", "closed"]) and is_last and not after_days:
                season = next(phrase.value for phrase in pair if phrase.kind == "season")
                self._table(season).is_off = True
                self.season_was_header = self.season is None
                clause = clause[:place] + clause[place + size :]
            else:
                place += 1
        return clause

    def _read_statements(self, clause: list[Phrase]) -> None:
        if clause and clause[0].kind == "season":
            self.season = clause[0].value
            clause = clause[1:]
            self.season_was_header = not clause or clause[0].kind == "colon"
        elif clause and self.season and not self.season_was_header:
            raise NotUnderstood(clause[0].text, "season")
        clause = _stripped(clause)
        if not clause:
            return
        table = self._table(self.season)
        if _kinds(clause) == ["closed"]:
            table.is_off = True
            return
        Statements(clause, table, self.implied).read()

    def _table(self, season: Season | None) -> Table:
        return self.tables.setdefault(season.osm if season else "", Table(season))

    def _written(self) -> str:
        for table, days, closed, text in self.subtractions:
            table.subtract(days, closed, text)
        tables = [
            table
            for table in self.tables.values()
            if table.has_hours or table.off or table.is_off or table.nth_off
        ]
        if not tables:
            raise NotUnderstood(self.text, "no_times")
        opening = [table for table in tables if table.has_hours]
        for table in tables:
            if table.is_off and (table.has_hours or table.off):
                raise NotUnderstood(self.text, "contradiction")
            table.settle(self.text)
        for number, table in enumerate(opening):
            if any(_meet(table.season, other.season) for other in opening[:number]):
                raise NotUnderstood(table.season.osm if table.season else self.text, "season")
        if self.overrides and any(table.season for table in tables):
            raise NotUnderstood(self.text, "season")
        off = [table for table in tables if not table.has_hours]
        if len(off) > 1 and any(table.season is None and table.is_off for table in off):
            raise NotUnderstood(self.text, "contradiction")
        if opening and any(table.is_off and table.season is None for table in off):
            raise NotUnderstood(self.text, "contradiction")
        return "; ".join([*(written(table) for table in [*opening, *off]), *self.overrides])


def _meet(one: Season | None, other: Season | None) -> bool:
    return one is None or other is None or one.meets(other)


class Statements:
    """One clause without its season: days, hours, closed, uncertain."""

    def __init__(self, clause: list[Phrase], table: Table, implied: set[str]) -> None:
        self.clause, self.table, self.implied = clause, table, implied
        self.at = 0
        self.text = " ".join(phrase.text for phrase in clause)

    def read(self) -> None:
        last: Group | None = None
        is_hours_first = self._kind() == "hours"
        while self.at < len(self.clause):
            kind = self._kind()
            if kind == "except":
                self.at += 1
                taken = self._group()
                if last is None or taken.nth or not taken.days <= last.days | {"PH"}:
                    raise NotUnderstood(taken.text, "syntax")
                self.table.close(taken.days, taken.text)
            elif kind == "hours":
                last = self._hours_then_days(is_hours_first)
            elif kind in ("closed", "maybe"):
                self._state_then_days()
            elif kind in ("days", "nth"):
                if is_hours_first and not self._is_split():
                    raise NotUnderstood(self.clause[self.at].text, "no_times")
                last = self._group()
                self._skip()
                self._state_or_hours(last)
            else:
                raise NotUnderstood(self.clause[self.at].text, "syntax")
            self._skip()

    def _kind(self) -> str:
        return self.clause[self.at].kind if self.at < len(self.clause) else ""

    def _skip(self) -> None:
        while self._kind() in _JOINTS:
            self.at += 1

    def _is_split(self) -> bool:
        """Times-first, but these days are followed by "closed" or "by arrangement": they are theirs."""
        rest = [phrase.kind for phrase in self.clause[self.at :] if phrase.kind not in _JOINTS]
        while rest and rest[0] in ("days", "nth"):
            rest.pop(0)
        return bool(rest) and rest[0] in ("closed", "maybe")

    def _group(self, *, until_comma: bool = False) -> Group:
        days: frozenset[str] = frozenset()
        nth: list[str] = []
        without: frozenset[str] = frozenset()
        text = ""
        while True:
            kind = self._kind()
            if kind in ("days", "nth"):
                phrase = self.clause[self.at]
                text = f"{text} {phrase.text}".strip()
                if kind == "nth":
                    nth += phrase.value
                elif phrase.value & days:
                    raise NotUnderstood(text, "contradiction")
                else:
                    days |= phrase.value
                self.at += 1
            elif (
                kind in ("comma", "and", "to")
                and self._follows("days", "nth")
                and not (until_comma and kind == "comma")
            ):
                if kind == "to":
                    raise NotUnderstood(text, "syntax")
                self.at += 1
            elif kind == "except" and self._follows("days") and days:
                self.at += 1
                without |= self._group(until_comma=until_comma).days
                if not without <= days | {"PH"}:
                    raise NotUnderstood(text, "contradiction")
                break
            else:
                break
        if not days and not nth:
            raise NotUnderstood(self.text, "syntax")
        return Group(days - without, nth, without - days, text)

    def _follows(self, *kinds: str) -> bool:
        return self.at + 1 < len(self.clause) and self.clause[self.at + 1].kind in kinds

    def _spans(self) -> list[Hours]:
        """Hours joined by commas or "and", and the condition behind them if there is one."""
        pairs: list[tuple[int, int]] = []
        while self._kind() == "hours":
            pairs.append(self.clause[self.at].value)
            self.at += 1
            if self._kind() in ("comma", "and") and self._follows("hours"):
                self.at += 1
        comment = ""
        if self._kind() in ("condition", "maybe"):
            # "9-5 (term time only)", "Mon-Fri 9-5 by appointment"
            comment = self.clause[self.at].text.replace('"', "'")
            self.at += 1
        return [Hours(start, end, comment) for start, end in pairs]

    def _hours_then_days(self, is_hours_first: bool) -> Group:
        spans = self._spans()
        self._skip_before("days", "nth")
        if self._kind() in ("days", "nth"):
            if not is_hours_first:
                raise NotUnderstood(self.text, "no_days")
            group = self._group(until_comma=self._is_split())
        elif is_hours_first and self.at >= len(self.clause):
            group = Group(EVERY_DAY, [], frozenset(), self.text)
            self.implied.add(self.table.season.osm if self.table.season else "")
            self._open(group, spans, is_implied=True)
            return group
        else:
            raise NotUnderstood(self.text, "no_days")
        self._open(group, spans)
        return group

    def _skip_before(self, *kinds: str) -> None:
        place = self.at
        while place < len(self.clause) and self.clause[place].kind in _JOINTS:
            place += 1
        if place < len(self.clause) and self.clause[place].kind in kinds:
            self.at = place

    def _state_then_days(self) -> None:
        """``closed Mondays``; or closed alone after hours, which says nothing certain."""
        state = self.clause[self.at]
        self.at += 1
        self._skip()
        if state.kind == "maybe" and len(self.clause) == 1:
            self._open(Group(EVERY_DAY, [], frozenset(), state.text), [Hours(0, 24 * 60, state.text)])
            return
        if state.kind == "maybe" or self._kind() not in ("days", "nth"):
            raise NotUnderstood(self.text, "syntax")
        group = self._group()
        self._skip()
        if self._kind() in ("hours", "maybe", "closed"):
            raise NotUnderstood(self.text, "ambiguous")  # closed Sat, Sun 10-4
        self._close(group)

    def _state_or_hours(self, group: Group) -> None:
        kind = self._kind()
        if kind == "closed":
            self.at += 1
            self._close(group)
        elif kind == "maybe":
            phrase = self.clause[self.at]
            self.at += 1
            self._open(group, [Hours(0, 24 * 60, phrase.text)])
        elif kind == "hours":
            self._open(group, self._spans())
        else:
            raise NotUnderstood(group.text, "no_times")

    def _close(self, group: Group) -> None:
        if group.without:
            raise NotUnderstood(group.text, "syntax")
        self.table.nth_off += group.nth
        self.table.close(group.days, group.text)

    def _open(self, group: Group, spans: list[Hours], *, is_implied: bool = False) -> None:
        key = self.table.season.osm if self.table.season else ""
        if key in self.implied and not is_implied and group.days - {"PH"}:
            raise NotUnderstood(self.text, "no_days")
        if is_implied and any(day in self.table.days for day in WEEKDAYS):
            raise NotUnderstood(self.text, "no_days")
        self.table.open(group.days, spans, self.text)
        self.table.close(group.without, self.text)
        for selector in group.nth:
            if selector in self.table.nth:
                raise NotUnderstood(self.text, "contradiction")
            self.table.nth[selector] = spans


def _kinds(clause: list[Phrase]) -> list[str]:
    return [phrase.kind for phrase in clause]


def _stripped(clause: list[Phrase], *, keep_colon: bool = False) -> list[Phrase]:
    """Without commas, dashes and "and" at both ends."""
    soft = [joint for joint in _JOINTS if not (keep_colon and joint == "colon")]
    while clause and clause[0].kind in soft:
        clause = clause[1:]
    while clause and clause[-1].kind in soft:
        clause = clause[:-1]
    return clause
