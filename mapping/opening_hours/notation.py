"""OSM opening_hours notation: one canonical form, and a refusal of what would be evaluated wrongly.

Source: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification. The notation is parsed by
opening-hours-py. Where that library reads something else than the specification says, and we can see it in the
string, the string is refused or written so that both agree; ``docs/opening-hours.md`` lists the places.
"""

import re
from datetime import datetime
from functools import lru_cache
from itertools import islice, zip_longest

from opening_hours import OpeningHours

from mapping.opening_hours.refusal import NotUnderstood

MAX_LENGTH = 1000
_MOST_COMPARED = 1500
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

_DAY = "Mo|Tu|We|Th|Fr|Sa|Su|PH"
_MONTH = "|".join(MONTHS)
_COMMENT = re.compile(r'"[^"]*"')
_DAY_LIST = re.compile(rf"\b((?:{_DAY})(?:\[[-\d,]{{1,12}}\])?)\s*,\s+(?=(?:{_DAY})\b)", re.I)
_STATED_COMMENT = re.compile(r'(\b(?:open|off|closed|unknown)\s*)?""', re.I)
_DATE = re.compile(rf"\b({_MONTH})\s*(\d{{1,2}})(?![\d:])(?:\s*-\s*(\d{{1,2}})(?![\d:]))?", re.I)
_SPAN = re.compile(r"(?<![\d+:-])(\d{1,2}):(\d\d)\s*-\s*(\d{1,2}):(\d\d)")
_FULL_DAY = re.compile(r"(?<!\d)0?0:00\s*-\s*24:00|24/7")
_TIME = re.compile(r"\d\d:\d\d|sunrise|sunset|dawn|dusk|24/7")
_WEEKDAY_RULE = re.compile(
    rf'((?:{_DAY})(?:[-,](?:{_DAY}))*) (\d\d:\d\d-\d\d:\d\d(?:,\d\d:\d\d-\d\d:\d\d)*)((?: open| unknown)?(?: "")?)'
)

# What opening-hours-py 2.1 accepts and evaluates otherwise than the specification says.
_REFUSED = (
    ("open_end", re.compile(r"(?::\d\d|\))\s*\+")),  # it stops at midnight, as open
    ("fallback", re.compile(r"\|\|")),  # it replaces whole days, not the closed hours
    ("school_holidays", re.compile(r"\bSH(?![a-z])")),  # it has no calendar of them
    ("repeated", re.compile(r":\d\d\s*/")),  # points in time would count as open throughout
    ("easter", re.compile(r"easter(?:\s*[+-]\s*\d+\s*days?)?+\s*-|-\s*(?:\d{4}\s*)?easter", re.I)),
    # A sun that rises after the closing time would open the whole night.
    (
        "sun",
        re.compile(
            r"(?:sunrise|dawn)(?:\s*[+-]\s*\d\d:\d\d\s*\))?\s*-\s*0\d:"
            r"|(?:1[5-9]|2\d):\d\d\s*-\s*\(?(?:sunset|dusk)",
            re.I,
        ),
    ),
)


def check(osm: str) -> str:
    """The canonical form of hours in OSM notation.

    The canonical form has two-digit hours and days, ``off`` for closed, hours written out (``Mo 00:00-24:00``) and
    a state before every comment. A comment alone means "unknown" (specification, rule modifiers).

    Raises ``NotUnderstood`` for anything that is not the notation, and for notation we would evaluate wrongly.
    """
    if len(osm) > MAX_LENGTH:
        raise NotUnderstood(osm, "too_long")
    return _check(osm)


@lru_cache(maxsize=8192)
def _check(osm: str) -> str:
    if not osm.strip():
        raise NotUnderstood(osm, "empty")
    masked, comments = _mask(osm)
    masked = _DAY_LIST.sub(r"\1,", " ".join(masked.split()))
    masked = re.sub(r"\s*[;,]$", "", masked)
    _refuse_wrong_readings(masked)
    stated = _STATED_COMMENT.sub(lambda found: f'{found[1] or " unknown "}""', masked)
    canonical = _canonical(_unmask(" ".join(stated.split()), comments), masked)
    # The library drops what it does not know how to write (steps, offsets): what is not stable is not understood.
    if _canonical(canonical, _mask(canonical)[0]) != canonical:
        raise NotUnderstood(osm, "syntax")
    return canonical


def _mask(osm: str) -> tuple[str, list[str]]:
    """The string with empty comments, and the comments."""
    if osm.count('"') % 2:
        raise NotUnderstood(osm, "syntax")
    comments = [" ".join(comment.split()) for comment in _COMMENT.findall(osm)]
    if any(ord(letter) < 32 for comment in comments for letter in comment):
        raise NotUnderstood(osm, "syntax")
    return _COMMENT.sub('""', osm), comments


def _unmask(masked: str, comments: list[str]) -> str:
    remaining = iter(comments)
    return re.sub('""', lambda _: next(remaining), masked)


def _refuse_wrong_readings(masked: str) -> None:
    for reason, pattern in _REFUSED:
        found = pattern.search(masked)
        if found:
            raise NotUnderstood(masked[max(0, found.start() - 12) : found.end() + 12], reason)
    for found in _DATE.finditer(masked):
        last = DAYS_IN_MONTH[[month.lower() for month in MONTHS].index(found[1].lower())]
        first_on, last_on = int(found[2]), int(found[3] or found[2])
        if not 1 <= first_on <= last_on <= last:
            raise NotUnderstood(found[0], "impossible_date")
    for found in re.finditer(r"-\s*\d\d\s*/\s*(\d+)", masked):
        if not 2 <= int(found[1][:4]) <= 26:
            raise NotUnderstood(found[0], "step")
    for found in re.finditer(r"\b(\d{4})\s*-\s*(\d{4})\b", masked):
        if found[1] == found[2]:
            raise NotUnderstood(found[0], "syntax")
    for found in _SPAN.finditer(masked):
        start, end = int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])
        if end <= start and min(len(found[1]), len(found[3])) == 1:
            raise NotUnderstood(found[0], "ambiguous")  # 9:00-5:00: night or afternoon?


def parse(osm: str, **place) -> OpeningHours:
    """The library's table. Raises ``NotUnderstood`` whatever the library raises, its panics included."""
    try:
        # Coordinates count only while the zone may be guessed from them; a zone that is given still wins.
        return OpeningHours(osm, auto_country=False, auto_timezone="coords" in place, **place)
    except Exception as error:
        if type(error).__name__ == "UnknownCountryError":
            raise NotUnderstood(str(place.get("country")), "country") from error
        raise NotUnderstood(osm, "syntax") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise NotUnderstood(osm, "syntax") from error


def _canonical(osm: str, given: str) -> str:
    table = parse(osm)
    if any("capitalized" not in warning for warning in table.warnings):
        raise NotUnderstood(osm, "syntax")
    masked, comments = _mask(str(table))
    masked = re.sub(r"\bclosed\b", "off", masked)
    masked = re.sub(r"\bweek(?=\d)", "week ", masked)
    masked = re.sub(rf"(?<=\d)(?=(?:{_MONTH})\b)", " ", masked)
    masked = re.sub(r"\b(PH|easter) (\d+) days?", r"\1 +\2 days", masked)
    masked = re.sub(rf"\b({_MONTH}) (\d)(?![\d:])", r"\1 0\2", masked)
    masked = re.sub(rf"(\d{{4}} (?:{_MONTH}) \d\d)-9999 Dec 31", r"\1+", masked)
    if len(re.findall("/", given.replace("24/7", ""))) != len(re.findall("/", masked.replace("24/7", ""))):
        raise NotUnderstood(given, "step")
    pieces = re.split(r"(; |, )", masked)
    rules, joints = pieces[::2], pieces[1::2]
    _refuse_lists_of_selectors(rules, joints, given)
    rules = [_written_out(rule) for rule in rules]
    plain = rules[0] + "".join(joint + rule for joint, rule in zip(joints, rules[1:], strict=True))
    _refuse_other_meaning(table, parse(_unmask(plain, comments)), given)
    # Masked comments go back by their order, so the order of the rules stays below.
    return _unmask(_joined(plain, rules, joints), comments)


def _refuse_other_meaning(table: OpeningHours, rewritten: OpeningHours, given: str) -> None:
    """What we write must mean what was read: the same text to the library, the same hours in sample years.

    Its own text is not enough: it writes ``2012Nov 00:00-24:00``, which it reads as one day.
    """
    if str(rewritten) != str(table):
        raise NotUnderstood(given, "syntax")
    named = sorted({int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", given)})
    for year in (2024, *named[:2], *named[-2:]):
        start, end = datetime(year, 1, 1), datetime(year + 1, 1, 8)
        pair = (islice(hours.intervals(start, end), _MOST_COMPARED) for hours in (table, rewritten))
        if not all(one == other for one, other in zip_longest(*pair)):
            raise NotUnderstood(given, "syntax")


def _is_off(rule: str) -> bool:
    return bool(re.search(r"(?:^| )off\b", rule))


def _refuse_lists_of_selectors(rules: list[str], joints: list[str], given: str) -> None:
    """``2012, Jan 10:00-12:00`` would be two rules, the first one open all day."""
    bare = [bool(not _TIME.search(rule) and not re.search(r"\b(?:off|unknown)\b", rule)) for rule in rules]
    listed = any(bare[place] for place, joint in enumerate(joints) if joint == ", ")
    if listed and sum(bare) > len(_FULL_DAY.findall(given)):
        raise NotUnderstood(given, "syntax")


def _written_out(rule: str) -> str:
    stated = re.search(r"(?:^| )(?:off|unknown|open)\b", rule)
    if '""' in rule and not stated:
        rule = rule.replace('""', 'open ""')
        stated = re.search(r"(?:^| )open\b", rule)
    if not _TIME.search(rule) and (not stated or stated[0].strip() == "open"):
        at = stated.start() if stated else len(rule)
        rule = f"{rule[:at]} 00:00-24:00{rule[at:]}".strip()
    return rule


def wraps(times: str) -> bool:
    """Whether some span of the string ends on the next day."""
    return any(
        (int(h2), int(m2)) <= (int(h1), int(m1)) or (int(h2), int(m2)) > (24, 0)
        for h1, m1, h2, m2 in _SPAN.findall(times)
    )


def _weekdays(selector: str) -> set[str]:
    days: set[str] = set()
    for piece in selector.split(","):
        first, _, last = piece.partition("-")
        if not last:
            days.add(first)
            continue
        at, end = WEEKDAYS.index(first), WEEKDAYS.index(last)
        days.update(WEEKDAYS[(at + step) % 7] for step in range((end - at) % 7 + 1))
    return days


def _joined(plain: str, rules: list[str], joints: list[str]) -> str:
    """The rules in one string; hours past midnight are kept from being cut off by the next day's rule.

    In ``Fr 20:00-02:00; Sa 10:00-14:00`` the library lets the second rule end Friday's night at midnight. Rules of
    different weekdays mean the same joined by a comma, which cuts nothing.
    """
    if "; " not in joints or not any(wraps(rule) for rule in rules):
        return plain
    taken: set[str] = set()
    opening = True
    text = ""
    for rule in rules:
        simple = _WEEKDAY_RULE.fullmatch(rule)
        if simple and opening and not ((days := _weekdays(simple[1])) & taken) and "PH" not in days:
            taken |= days
            text += (", " if text else "") + rule
        elif simple is None and _is_off(rule) and not re.search(r"(?:Mo|Tu|We|Th|Fr|Sa|Su)\b", rule):
            opening = False
            text += "; " + rule
        elif rule == rules[0] and all(_is_off(other) and "PH" in other for other in rules[1:]):
            text = rule
        elif (off := re.fullmatch(rf"((?:{_DAY})(?:[-,](?:{_DAY}))*) off", rule)) and "PH" not in off[1]:
            if _weekdays(off[1]) & taken:
                raise NotUnderstood(plain, "past_midnight")
            taken |= _weekdays(off[1])
        else:
            raise NotUnderstood(plain, "past_midnight")
    return text.removeprefix("; ")
