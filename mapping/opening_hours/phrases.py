"""From words to phrases: ranges of days, spans of time, parts of the year, the first Tuesday of the month."""

import re
from dataclasses import dataclass
from typing import Any

from mapping.opening_hours import clocks, seasons
from mapping.opening_hours.notation import WEEKDAYS
from mapping.opening_hours.refusal import NotUnderstood
from mapping.opening_hours.words import Token

_GERMAN = re.compile(
    r"\b(?:uhr|(?:mon|diens|donners|frei|sams|sonn)tags?|mittwochs?|sonnabends?|bis|und|täglich|geschlossen|"
    r"feiertag\w*|von|ab|außer|wochenende|öffnungszeiten|geöffnet|januar|februar|märz|mai|juni|juli|oktober|dezember)\b"
    r"|\b(?-i:Di|Mi|Do|So)\b",
    re.I,
)
_TO = ("to", "until")


@dataclass(frozen=True)
class Phrase:
    """``days`` (set of days), ``nth`` (list of selectors), ``hours`` (start, end), ``season``, or a word's kind."""

    kind: str
    text: str
    value: Any = None


def phrases(found: list[Token], text: str) -> list[Phrase]:
    """Raises ``NotUnderstood``: a time without its end, a number of a weekday without "of the month", and so on."""
    signs = [token.value.style for token in found if token.kind == "clock"]
    has_24 = any(
        token.kind == "clock" and token.value.style == "24" and _is_24(token.text) for token in found
    )
    context = clocks.Context(has_24 and not {"am", "pm"} & set(signs), bool(_GERMAN.search(text)))
    made: list[Phrase] = []
    at = 0
    while at < len(found):
        phrase, taken = _next(found, at, context)
        if phrase:
            made.append(phrase)
        at += taken
    return _with_seasons_joined(made)


def _is_24(text: str) -> bool:
    return not re.search(r"noon|midday|night|am|pm|[ap]\.m", text.lower())


def _next(found: list[Token], at: int, context: clocks.Context) -> tuple[Phrase | None, int]:
    token = found[at]
    kinds = tuple(other.kind for other in found[at : at + 4])
    written = " ".join(other.text for other in found[at : at + 3])
    if token.kind == "every":
        if kinds[1:2] not in (("days",), ("nth",)):
            raise NotUnderstood(written, "words")
        return None, 1
    if token.kind == "from" and kinds[1:4:2] == ("days", "days"):
        return None, 1  # from Monday to Friday
    if token.kind == "days":
        if len(kinds) > 2 and kinds[1] in _TO and kinds[2] == "days":
            return Phrase("days", written, _day_range(token.value, found[at + 2].value, written)), 3
        return Phrase("days", token.text, token.value), 1
    if token.kind == "nth":
        return _nth(found, at)
    if token.kind == "all_day":
        return Phrase("hours", token.text, (0, 24 * 60)), 1
    if token.kind == "between" and kinds[1:] == ("clock", "and", "clock"):
        pair = clocks.span(found[at + 1].value, found[at + 3].value, context, written)
        return Phrase("hours", written, pair), 4
    if token.kind in ("clock", "from") and "clock" in kinds[:2]:
        return _span(found, at, context)
    if token.kind in ("date", "from", "until"):
        return _season(found, at)
    if token.kind in ("between", "of_month"):
        raise NotUnderstood(written, "syntax")
    return Phrase(token.kind, token.text, token.value), 1


def _span(found: list[Token], at: int, context: clocks.Context) -> tuple[Phrase, int]:
    first = at + (found[at].kind == "from")
    kinds = [token.kind for token in found[first : first + 3]]
    written = " ".join(token.text for token in found[at : first + 3])
    if len(kinds) < 3 or kinds[1] not in _TO or kinds[2] != "clock":
        raise NotUnderstood(written, "no_end")
    if all(re.fullmatch(r"(?:19|20)\d\d", found[place].text) for place in (first, first + 2)):
        raise NotUnderstood(written, "ambiguous")  # 1900-2100: hours or years?
    pair = clocks.span(found[first].value, found[first + 2].value, context, written)
    return Phrase("hours", written, pair), first + 3 - at


def _day_range(first: frozenset[str], last: frozenset[str], written: str) -> frozenset[str]:
    if len(first) != 1 or len(last) != 1 or first == last or "PH" in first | last:
        raise NotUnderstood(written, "syntax")
    start, end = WEEKDAYS.index(next(iter(first))), WEEKDAYS.index(next(iter(last)))
    return frozenset(WEEKDAYS[(start + step) % 7] for step in range((end - start) % 7 + 1))


def _nth(found: list[Token], at: int) -> tuple[Phrase, int]:
    numbers = []
    here = at
    while here < len(found) and found[here].kind in ("nth", "and", "comma"):
        if found[here].kind == "nth":
            numbers.append(found[here].value)
        here += 1
    written = " ".join(token.text for token in found[at : here + 2])
    # "Every second Tuesday" is every other week; only with the month it is certain.
    if [token.kind for token in found[here : here + 2]] != ["days", "of_month"]:
        raise NotUnderstood(written, "ambiguous")
    days = found[here].value
    if len(days) != 1 or "PH" in days or len(set(numbers)) != len(numbers):
        raise NotUnderstood(written, "syntax")
    selector = (
        f"{next(iter(days))}[{','.join(str(number) for number in sorted(numbers, key=lambda n: n % 9))}]"
    )
    return Phrase("nth", written, [selector]), here + 2 - at


def _season(found: list[Token], at: int) -> tuple[Phrase, int]:
    sign = found[at].kind
    first = at + (sign != "date")
    kinds = [token.kind for token in found[first : first + 3]]
    if not kinds or kinds[0] != "date":
        raise NotUnderstood(" ".join(token.text for token in found[at : at + 3]), "syntax")
    is_range = len(kinds) > 2 and kinds[1] in _TO and kinds[2] == "date" and sign != "until"
    end = first + (3 if is_range else 1)
    written = " ".join(token.text for token in found[at:end])
    last = found[end - 1].value
    following = found[end] if end < len(found) else None
    is_month = last.day is None and last.year is None
    if following and following.kind == "clock" and is_month and following.text.isdigit():
        raise NotUnderstood(f"{written} {following.text}", "ambiguous")  # April 9-17: days or hours?
    if is_range:
        season = seasons.between(found[first].value, last, written)
    else:
        season = {"date": seasons.only, "from": seasons.since, "until": seasons.until}[sign](last, written)
    return Phrase("season", written, season), end - at


def _with_seasons_joined(made: list[Phrase]) -> list[Phrase]:
    """``April, May and October`` is one part of the year."""
    joined: list[Phrase] = []
    for phrase in made:
        if phrase.kind == "season" and len(joined) > 1 and joined[-1].kind in ("comma", "and"):
            before = joined[-2]
            if before.kind == "season":
                first, second = before.value, phrase.value
                if first.years or second.years or first.before or second.before or first.meets(second):
                    raise NotUnderstood(f"{before.text} {phrase.text}", "season")
                both = seasons.Season(f"{first.osm},{second.osm}", first.days | second.days)
                joined[-2:] = [Phrase("season", f"{before.text}, {phrase.text}", both)]
                continue
        joined.append(phrase)
    return joined
