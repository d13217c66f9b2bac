"""The lines and components of iCalendar (RFC 5545, 3.1 and 3.6), each with its number; nothing recursed, nothing guessed."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from learning_events.calendar.reading.refusal import Limits, Unreadable
from learning_events.calendar.reading.text import Notes

_NAME = re.compile(r"(?:[A-Za-z0-9-]+\.)?([A-Za-z0-9-]+)\s*")
_QUOTE_OR_COLON = re.compile(r'[":]')
_QUOTE_OR_SEMICOLON = re.compile(r'[";]')
_ESCAPED = re.compile(r"\\([nN,;:\\\"])")
_CARET = re.compile(r"\^([n^'])")
_CARETS = {"n": "\n", "^": "^", "'": '"'}


class Line(NamedTuple):
    """A property: where it stands, its name in capitals, its parameters and its value as written."""

    number: int
    name: str
    params: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        return unescaped(self.value)


@dataclass(slots=True)
class Component:
    """What stands between BEGIN and END."""

    name: str
    line: int
    properties: list[Line] = field(default_factory=list)
    children: list["Component"] = field(default_factory=list)

    def all(self, name: str) -> list[Line]:
        return [line for line in self.properties if line.name == name]

    def first(self, name: str) -> Line | None:
        return next((line for line in self.properties if line.name == name), None)

    def text(self, name: str) -> str:
        """Return the text of the first line of that name that has any."""
        return next(
            (line.text.strip() for line in self.properties if line.name == name and line.value.strip()), ""
        )


def unescaped(value: str) -> str:
    return (
        _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value) if "\\" in value else value
    )


def values_of(value: str) -> list[str]:
    """Return the texts of a list that commas separate, those of the texts themselves being escaped."""
    if "\\" not in value:
        return [piece.strip() for piece in value.split(",")]
    return [unescaped(piece).strip() for piece in _split(value)]


def _split(value: str) -> list[str]:
    pieces, begin, skip = [], 0, False
    for at, letter in enumerate(value):
        if skip:
            skip = False
        elif letter == "\\":
            skip = True
        elif letter == ",":
            pieces.append(value[begin:at])
            begin = at + 1
    return [*pieces, value[begin:]]


def lines_of(content: bytes, limits: Limits, notes: Notes) -> Iterator[Line]:
    """Yield the lines put together again (folding is done in octets, sometimes within a letter) and taken apart."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            content = content.decode("utf-16").encode()
        except (UnicodeDecodeError, UnicodeEncodeError):
            raise Unreadable("encoding", line=1) from None
    raw = content.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    if len(raw) > limits.max_parts:
        raise Unreadable("too-many-parts", line=limits.max_parts + 1, limit=limits.max_parts)
    odd_letters = False
    at = 0
    while at < len(raw):
        number, pieces = at + 1, [raw[at]]
        at += 1
        while at < len(raw) and raw[at][:1] in (b" ", b"\t"):
            pieces.append(raw[at][1:])
            at += 1
        whole = b"".join(pieces)
        if not whole.strip():
            continue
        try:
            text = whole.decode()
        except UnicodeDecodeError:
            text = whole.decode("cp1252", "replace")
            if not odd_letters:
                notes.add("encoding", number)
            odd_letters = True
        line = _taken_apart(number, text)
        if line is None:
            notes.add("line", number, text=text)
        else:
            yield line


def _taken_apart(number: int, text: str) -> Line | None:
    """Return NAME;PARAM=VALUE:VALUE as a line, None for what is none. Whatever a quotation mark holds separates nothing."""
    head, colon, value = text.partition(":")
    if '"' in head:
        end = _outside_quotes(text, _QUOTE_OR_COLON)
        if not end:  # a mark that is never closed: the first colon will have to do
            end = [len(head)]
        head, colon, value = text[: end[0]], ":", text[end[0] + 1 :]
    found = _NAME.match(head)
    if not colon or not found or (found.end() < len(head) and head[found.end()] != ";"):
        return None
    params: dict[str, str] = {}
    rest = head[found.end() + 1 :]
    if rest:
        for piece in _pieces(rest):
            name, _equals, written = piece.partition("=")
            params[name.strip().upper()] = _CARET.sub(
                lambda caret: _CARETS[caret[1]], written.strip().strip('"')
            )
    return Line(number, found[1].upper(), params, value)


def _outside_quotes(text: str, wanted: re.Pattern[str]) -> list[int]:
    places, inside = [], False
    for found in wanted.finditer(text):
        if found[0] == '"':
            inside = not inside
        elif not inside:
            places.append(found.start())
    return places


def _pieces(text: str) -> list[str]:
    if '"' not in text:
        return text.split(";")
    cuts = [-1, *_outside_quotes(text, _QUOTE_OR_SEMICOLON), len(text)]
    return [text[begin + 1 : end] for begin, end in pairwise(cuts)]


_KEPT = {"VCALENDAR", "VEVENT", "VTIMEZONE", "STANDARD", "DAYLIGHT"}
_PARENTS = {"STANDARD": "VTIMEZONE", "DAYLIGHT": "VTIMEZONE"}
_CALLED = {"VTODO": "todo", "VJOURNAL": "journal", "VFREEBUSY": "freebusy", "VALARM": "alarm"}


def components_of(
    content: bytes, limits: Limits, notes: Notes, skipped: Counter[str]
) -> tuple[list[Component], list[Component], dict[str, str]]:
    """Return the events, the time zones and the calendar's own texts; count what is passed over, alarms among it."""
    events: list[Component] = []
    zones: list[Component] = []
    calendar: dict[str, str] = {}
    open_ones: list[Component] = []
    count = 0
    for line in lines_of(content, limits, notes):
        if line.name == "BEGIN":
            count += 1
            if count > limits.max_components:
                raise Unreadable("too-many-parts", line=line.number, limit=limits.max_components)
            if len(open_ones) >= limits.max_nesting:
                raise Unreadable("too-deep", line=line.number, limit=limits.max_nesting)
            open_ones.append(Component(line.value.strip().upper(), line.number))
        elif line.name == "END":
            name = line.value.strip().upper()
            if all(component.name != name for component in open_ones):
                notes.add("end-without-begin", line.number, name=name)
                continue
            while (done := open_ones.pop()).name != name:
                _not_closed(done, notes, skipped)
            _close(done, open_ones, events, zones, skipped)
            if len(events) > limits.max_events:
                raise Unreadable("too-many-events", line=line.number, limit=limits.max_events)
        elif open_ones and open_ones[-1].name in _KEPT:
            if open_ones[-1].name == "VCALENDAR":
                calendar.setdefault(line.name, line.text.strip())
            else:
                open_ones[-1].properties.append(line)
    for component in reversed(open_ones):
        _not_closed(component, notes, skipped)
    return events, zones, calendar


def _close(
    done: Component,
    open_ones: list[Component],
    events: list[Component],
    zones: list[Component],
    skipped: Counter[str],
) -> None:
    parent = open_ones[-1].name if open_ones else ""
    if done.name == "VEVENT" and parent in ("VCALENDAR", ""):
        events.append(done)
    elif done.name == "VTIMEZONE":
        zones.append(done)
    elif done.name in _PARENTS and parent == "VTIMEZONE":
        open_ones[-1].children.append(done)
    elif done.name != "VCALENDAR":
        skipped[_CALLED.get(done.name, "other")] += 1


def _not_closed(component: Component, notes: Notes, skipped: Counter[str]) -> None:
    if component.name == "VEVENT":
        notes.add("not-closed", component.line)
        skipped["event"] += 1
