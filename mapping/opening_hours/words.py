"""The vocabulary of opening hours, English and German, and the cutting of a text into tokens of it."""

import re
from dataclasses import dataclass
from typing import Any

from mapping.opening_hours.notation import WEEKDAYS
from mapping.opening_hours.refusal import NotUnderstood

EVERY_DAY = frozenset(WEEKDAYS)

LONG_DAYS = (
    (r"mondays?|mon|montags?", "Mo"),
    (r"tuesdays?|tues?|dienstags?", "Tu"),
    (r"wednesdays?|weds?|mittwochs?", "We"),
    (r"thursdays?|thurs?|thu|donnerstags?", "Th"),
    (r"fridays?|fri|freitags?", "Fr"),
    (r"saturdays?|sat|samstags?|sonnabends?", "Sa"),
    (r"sundays?|sun|sonntags?", "Su"),
)
_SHORT_DAYS = {
    "Mo": "Mo",
    "Tu": "Tu",
    "Di": "Tu",
    "We": "We",
    "Mi": "We",
    "Th": "Th",
    "Do": "Th",
    "Fr": "Fr",
    "Sa": "Sa",
    "Su": "Su",
    "So": "Su",
}
LONG_MONTHS = (
    "jan(?:uary|uar)?|jänner",
    "feb(?:ruary|ruar)?",
    "mar(?:ch)?|märz|maerz|mrz",
    "apr(?:il)?",
    "may|mai",
    "june?|juni",
    "july?|juli",
    "aug(?:ust)?",
    "sept?(?:ember)?",
    "oct(?:ober)?|okt(?:ober)?",
    "nov(?:ember)?",
    "dec(?:ember)?|dez(?:ember)?",
)
_MONTH = "|".join(LONG_MONTHS)
_NTH = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "last": -1,
    "1.": 1,
    "2.": 2,
    "3.": 3,
    "4.": 4,
    "letzt": -1,
    "erst": 1,
    "zweit": 2,
    "dritt": 3,
    "viert": 4,
}
_APPOINTMENT = (
    r"by (?:prior )?(?:appointment|arrangement)(?: only)?|on request|"
    r"(?:nur )?nach (?:vereinbarung|absprache|terminvereinbarung)|auf anfrage"
)

# The order matters: what comes first is tried first.
_GRAMMAR: tuple[tuple[str, str], ...] = (
    ("newline", r"\n"),
    ("space", r"\s+"),
    (
        "all_day",
        r"24\s?/\s?7|(?:24 ?(?:hours|stunden|hrs|std\.?|h)|(?:a)?round the clock|rund um die uhr)(?: (?:a|per|each) day)?\b",
    ),
    (
        "remark",
        rf"(?:(?:or|oder|otherwise|sonst|sowie)(?: also)?|and at other times|und)\s+(?:{_APPOINTMENT})\b",
    ),
    (
        "remark",
        r"(?:see|check|siehe|vgl\.)\s+(?:the |our |unser |unsere )?(?:programme?|website|aushang)\b[^.;\n\d]*",
    ),
    ("maybe", rf"(?:{_APPOINTMENT}|varies|variable|(?:times|hours) vary|unterschiedlich|wechselnd)\b"),
    ("holidays", r"sonn-?\s*(?:und|u\.|&|/)\s*(?:an\s+)?feiertag(?:e|en|s)?\b"),
    (
        "holiday",
        r"(?:bank|public|national|statutory) (?:holidays?|hols?)\b|(?:gesetzlichen? )?feiertag(?:e|en|s)?\b",
    ),
    (
        "every_day",
        r"(?:daily|every ?day|all days|(?:7|seven) days (?:a|per) week|7 days/week|"
        r"täglich|taeglich|jeden tag|alle tage)\b",
    ),
    ("working_days", r"weekdays?\b"),
    ("weekend", r"week-?ends?\b|wochenenden?\b"),
    (
        "date",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?\s*(?:of\s+)?(?P<month>{_MONTH})\b\.?(?:,?\s*(?P<year>(?:19|20)\d\d)\b)?",
    ),
    (
        "date",
        rf"(?P<month2>{_MONTH})\b\.?\s*(?P<day2>\d{{1,2}})(?:st|nd|rd|th)\b(?:,?\s*(?P<year2>(?:19|20)\d\d)\b)?",
    ),
    ("date", rf"(?P<mid>mid|mitte)[- ](?P<month3>{_MONTH})\b\.?"),
    ("date", rf"(?P<month4>{_MONTH})\b\.?(?:,?\s*(?P<year4>(?:19|20)\d\d)\b(?!\s*-\s*\d))?"),
    ("nth", r"(?:first|second|third|fourth|last|1st|2nd|3rd|4th)\b"),
    (
        "nth",
        r"[1-4]\.(?=\s*(?:und|u\.|,|&|mon|die|mit|don|fre|sam|son))|(?:erst|zweit|dritt|viert|letzt)e[rnms]?\b",
    ),
    ("of_month", r"(?:(?:of|in) (?:the|each|every) month|(?:im|des|eines jeden|jeden) monats?)\b"),
    ("long_day", "(?:" + "|".join(pattern for pattern, _ in LONG_DAYS) + r")\b(?:\.(?!\s*\n))?"),
    # In small letters "so", "do" and "we" are words, unless a dash or an hour follows; WE is a German weekend.
    (
        "short_day",
        r"(?!(?-i:WE)\b)(?:mo|tu|th|fr|sa|su|di|mi|(?-i:We|Do|So|DO|SO)|(?:we|do|so)(?=\s*[-:]|,?\s+\d))"
        r"(?![a-zäöüß])\.?",
    ),
    (
        "vague_days",
        r"(?:werktags?|werktage|wochentags?|wochentage|working days|work ?days|business days)\b|(?-i:WE)\b",
    ),
    (
        "clock",
        r"(?:(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d))?|(?P<digits>\d{3,4}))(?![\d:]|[.]\d)"
        r"(?P<clock24>\s?(?:uhr|hrs?|h)(?![a-z]))?"
        r"(?P<half>\s?(?:a\.m\.?|p\.m\.?|am|pm)(?![a-zäöü])|\s?(?:noon|midday|midnight)\b)?",
    ),
    ("named_clock", r"(?:noon|midday|midnight|mitternacht)\b"),
    ("closed", r"(?:closed|geschlossen|ruhetage?|shut|not open)\b"),
    ("except", r"(?:except(?: for)?(?: on)?|excluding|apart from|außer|ausser|ausgenommen)\b"),
    ("until", r"(?:until|till|til|bis)\b"),
    ("to", r"-+|~|→|(?:to|thru|through)\b"),
    ("from", r"(?:from|von|ab|since|seit)\b"),
    ("between", r"(?:between|zwischen)\b"),
    ("and", r"(?:and|und|sowie)\b|u\.|&|/|\+(?=\s?[a-z])"),
    ("every", r"(?:every|each|jede[nrs]?)\b"),
    (
        "filler",
        r"(?:open(?:ing)?(?: hours| times?)?|hours|öffnungszeiten|geöffnet|offen|on|an|am|im|in|the|der|den|die|"
        r"jeweils|immer|uhr|hrs)\b",
    ),
    ("colon", r":"),
    ("comma", r","),
    ("stop", r"[.;]"),
    ("bracket", "\x02"),
    ("word", r"[^\W\d_]+"),
    ("junk", r"\d+|."),
)
_TOKEN = re.compile(
    "|".join(f"(?P<k{number}>{pattern})" for number, (_, pattern) in enumerate(_GRAMMAR)), re.I
)

# A German "am" after an hour is "on": "10-12 am Montag". With "am Mo" nobody can tell.
_ON_GERMAN_DAY = re.compile(
    r"(?<=\d)\s+am(?=\s+(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonn|wochenende|feiertag|[1-4]\. |erst|"
    r"zweit|dritt|viert|letzt))",
    re.I,
)
_ON_PERHAPS = re.compile(r"\d\s+am\s+(?:Mo|Di|Mi|Do|Fr|Sa|So)\b(?!-)")


@dataclass(frozen=True)
class Clock:
    """A time as written. ``style``: "am", "pm", "24" (certainly a 24-hour clock) or "" (could be either)."""

    minutes: int
    style: str


@dataclass(frozen=True)
class CalendarDate:
    """A date or a whole month (``day`` None), of one year or of all (``year`` None)."""

    month: int
    day: int | None = None
    year: int | None = None
    is_mid: bool = False


@dataclass(frozen=True)
class Token:
    kind: str
    text: str
    value: Any = None


def tokens(text: str) -> list[Token]:
    """The words of a text. Raises ``NotUnderstood`` ("words", "ambiguous") for what is not in the vocabulary."""
    perhaps = _ON_PERHAPS.search(text)
    if perhaps:
        raise NotUnderstood(perhaps[0], "ambiguous")
    text = _ON_GERMAN_DAY.sub(" on", text)
    found = []
    for match in _TOKEN.finditer(text):
        kind = _GRAMMAR[int(str(match.lastgroup)[1:])][0]  # the outermost group closes last
        if kind in ("word", "junk"):
            raise NotUnderstood(_around(text, match), "words")
        if kind == "vague_days":
            raise NotUnderstood(match[0], "ambiguous")  # with Saturday or without?
        if kind not in ("space", "filler"):
            found.append(_token(kind, match))
    return found


def _around(text: str, match: re.Match[str]) -> str:
    """The unknown word and the words after it in its line, so that the person recognises the place."""
    line = text[match.start() : match.start() + 80].split("\n")[0]
    return " ".join(line.split()[:4])


def _token(kind: str, match: re.Match[str]) -> Token:
    text = match[0].strip()
    if kind == "newline":
        return Token("stop", "\n")
    if kind == "date":
        return Token(kind, text, _date(match))
    if kind == "clock":
        return Token(kind, text, _clock(match))
    if kind == "named_clock":
        name = text.lower()
        return Token("clock", text, Clock(12 * 60 if name in ("noon", "midday") else 24 * 60, "24"))
    if kind == "nth":
        return Token(kind, text, next(nth for word, nth in _NTH.items() if text.lower().startswith(word)))
    days = _days(kind, text)
    return Token("days", text, days) if days else Token(kind, text)


def _days(kind: str, text: str) -> frozenset[str] | None:
    if kind == "short_day":
        return frozenset({_SHORT_DAYS[text.rstrip(".").capitalize()]})
    if kind == "long_day":
        name = text.rstrip(".")
        return frozenset({next(day for pattern, day in LONG_DAYS if re.fullmatch(pattern, name, re.I))})
    return {
        "holidays": frozenset({"Su", "PH"}),
        "holiday": frozenset({"PH"}),
        "every_day": EVERY_DAY,
        "working_days": frozenset(WEEKDAYS[:5]),
        "weekend": frozenset(WEEKDAYS[5:]),
    }.get(kind)


def _date(match: re.Match[str]) -> CalendarDate:
    name = match["month"] or match["month2"] or match["month3"] or match["month4"]
    month = next(number for number, names in enumerate(LONG_MONTHS, 1) if re.fullmatch(names, name, re.I))
    day, year = match["day"] or match["day2"], match["year"] or match["year2"] or match["year4"]
    return CalendarDate(month, int(day) if day else None, int(year) if year else None, bool(match["mid"]))


def _clock(match: re.Match[str]) -> Clock:
    digits, text = match["digits"], match[0].strip()
    hour = int(digits[:-2]) if digits else int(match["hour"])
    minute = int(digits[-2:]) if digits else int(match["minute"] or 0)
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        raise NotUnderstood(text, "words")
    half = (match["half"] or "").strip().lower().replace(".", "")
    if half:
        return _with_half(text, hour, minute, half)
    written = digits or match["hour"]
    certain = hour > 12 or hour == 0 or written.startswith("0") or bool(match["clock24"])
    # Four digits without a sign, 1030, and 10:00 with two digits on both sides are how 24-hour clocks are written.
    certain = certain or len(digits or "") == 4
    return Clock(hour * 60 + minute, "24" if certain else "")


def _with_half(text: str, hour: int, minute: int, half: str) -> Clock:
    if half in ("noon", "midday", "midnight"):
        if hour != 12 or minute:
            raise NotUnderstood(text, "words")
        return Clock(24 * 60 if half == "midnight" else 12 * 60, "24")
    if hour > 12:
        if half == "am":
            raise NotUnderstood(text, "contradiction")
        return Clock(hour * 60 + minute, "24")
    if hour == 0:
        if half == "pm":
            raise NotUnderstood(text, "contradiction")
        return Clock(minute, "24")
    return Clock((hour % 12 + (12 if half == "pm" else 0)) * 60 + minute, half)
