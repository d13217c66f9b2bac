"""What stands beside the hours: other parts of the house, brackets, remarks.

An aside may be left unevaluated only when it cannot change the hours we show; what might change them is read or refused.
"""

import re
from dataclasses import dataclass

from mapping.opening_hours.refusal import NotUnderstood
from mapping.opening_hours.words import LONG_DAYS, LONG_MONTHS, tokens

_DAY_OR_MONTH = "|".join([*(pattern for pattern, _ in LONG_DAYS), *LONG_MONTHS])
_TELLS_TIME = re.compile(
    rf"\d|\b(?:{_DAY_OR_MONTH}|noon|midnight|daily|täglich|weekdays?|week-?ends?|wochenenden?|bank holidays?|"
    rf"public holidays?|feiertag\w*)\b",
    re.I,
)
_CHANGES_HOURS = re.compile(
    r"\b(?:winter|summer|sommer|spring|autumn|season|saison|short|long|kürz|läng|early|earlier|late|later|früher|später|"
    r"lunch|mittag|evening|abend|morning|vormittag|nachmittag|afternoon|half|alternate|every other|fortnight|temporar|"
    r"vorübergehend|permanent|dauerhaft|until|bis|from|ab|currently|derzeit|reopen|change|geändert|no longer|nicht mehr|"
    r"cancel|suspend|abgesagt|entfällt|ausfall|refurb|renov|umbau|moved|verzogen|notice|foreseeable|rest of)",
    re.I,
)
# Their own hours are not those of the house.
_PART = r"(?:swimming |main |dive )*(?:pools?|gym|café|cafe|soft play|turkish baths|baths|reception|shop|sauna|bistro|kiosk)"
_OF_A_PART = re.compile(
    rf"(?:last|letzter?)\s+(?:\w+\s+)?(?:admissions?|entry|entries|orders?|einlass)\b|{_PART}(?:\s+closes\s+at\b|\s*:)",
    re.I,
)
_HOUSE = re.compile(
    r"(?:the\s+|our\s+)?(?:(?:visitor|community|learning|main|central|sports|leisure|arts)\s+)*"
    r"(?:centre|center|venue|library|museum|building|gallery|bibliothek|zentrum|haus)(?P<more>\s+and\s+toilets?)?",
    re.I,
)
_HOURS_LABEL = re.compile(
    r"(?:our\s+)?(?:opening\s+(?:hours|times)|hours|open|öffnungszeiten|geöffnet)", re.I
)
_LABEL_LINE = re.compile(r"[ \t]*([^\W\d_][^:\d\n]{0,60}):[ \t]*")
_BRACKET = re.compile(r"\(([^()]{0,300})\)")
_STAYS_CLOSED = re.compile(
    r"(?:the\s+\w+\s+)?(?:will\s+not|not|does\s+not)\s+(?:be\s+)?open\s+(on\s+\w+)\s+(from\s+[^.;]{3,40})",
    re.I,
)
_CLOSED_THEN = re.compile(r"closed\s+([^:]{2,30}):?\s+([^:]{3,40}?)\s+(for\s+[^\d]{3,40})", re.I)
# Closed on days that no calendar of ours knows. "Closed for refurbishment" is another matter.
_REMARK_CLAUSE = re.compile(
    r"(?:closed|geschlossen|not open)\s+(?:(?:on|for|during|in|over|an|bei|während)\s+)?(?:the\s+|all\s+|den\s+|der\s+)?(?:"
    r"(?:match|race|game|event|election|training|inset)\s*-?days?|(?:school|university)\s+(?:holidays?|vacations?)|"
    r"(?:schul|semester)?ferien|bad\s+weather|heavy\s+rain|schlechtem\s+wetter|regen|"
    r"(?:private\s+)?(?:events|functions)|veranstaltungen|christmas|easter|weihnachten|ostern|staff\s+training)"
    r"(?=\s*(?:[.;,\n)]|$))",
    re.I,
)
_SAYS_CLOSED = re.compile(r"\b(?:closed|geschlossen|not open|shut|zu)\b", re.I)


@dataclass(frozen=True)
class Bracket:
    """What a bracket says: a remark, a condition that makes its hours uncertain, or closed times to be read."""

    remark: str = ""
    condition: str = ""
    closed: str = ""
    inline: str = ""


def split_parts(text: str) -> tuple[str, list[str]]:
    """The hours of the house, and the hours of its other parts word for word (``Café: Mon, 9am-3pm``).

    A line that ends in a colon and names neither days nor months begins a part. Raises ``NotUnderstood`` if the
    first one is not the house itself, and for a season without dates.
    """
    house: list[str] = []
    parts: list[list[str]] = []
    remarks: list[str] = []
    for line in text.split("\n"):
        label = _LABEL_LINE.fullmatch(line)
        if not label or _TELLS_TIME.search(label[1]) or _HOURS_LABEL.fullmatch(label[1].strip()):
            (parts[-1] if parts else house).append(line)
            continue
        name = label[1].strip()
        if re.search(r"\b(?:winter|summer|sommer|spring|autumn|term|ferien)", name, re.I):
            raise NotUnderstood(name, "season")
        if any(row.strip() for row in house) or parts:
            if not re.fullmatch(rf"{_PART}(?:\s+and\s+{_PART})*", name, re.I):
                raise NotUnderstood(name, "words")
            parts.append([f"{name}:"])
        elif house_name := _HOUSE.fullmatch(name):
            remarks += [name] if house_name["more"] else []
        else:
            raise NotUnderstood(name, "words")
    remarks += [
        f"{name} " + "; ".join(" ".join(row.split()) for row in rows if row.strip()) for name, *rows in parts
    ]
    return "\n".join(house), remarks


def brackets(text: str) -> tuple[str, list[Bracket]]:
    """The text with each bracket replaced by a control character, U+0002, and what the brackets say in order."""
    found = [_read_bracket(" ".join(match[1].split())) for match in _BRACKET.finditer(text)]
    return _BRACKET.sub("\x02", text), found


def _read_bracket(words: str) -> Bracket:
    stays_closed = _STAYS_CLOSED.fullmatch(words)
    if stays_closed:
        return Bracket(closed=f"{stays_closed[2]}: {stays_closed[1]} closed")
    closed = _CLOSED_THEN.fullmatch(words)
    if closed:
        return Bracket(closed=f"{closed[1]}: {closed[2]}", remark=words)
    if _OF_A_PART.match(words):
        return Bracket(remark=words)
    if _TELLS_TIME.search(words):
        tokens(words)  # refuses what it does not know
        return Bracket(inline=words)
    if _CHANGES_HOURS.search(words) or not re.search(r"[^\W\d_]{2,}", words):
        raise NotUnderstood(words, "words")
    if _SAYS_CLOSED.fullmatch(words):
        return Bracket(inline=words)
    if _SAYS_CLOSED.search(words) and not _REMARK_CLAUSE.fullmatch(words):
        raise NotUnderstood(words, "words")
    if re.search(r"\b(?:only|nur)\b", words, re.I):
        return Bracket(condition=words)
    return Bracket(remark=words)


def take_remarks(text: str) -> tuple[str, list[str]]:
    """The text without clauses like "closed on match days", and those clauses; they have no day or hour in them."""
    remarks = []

    def keep(match: re.Match[str]) -> str:
        remarks.append(match[0].strip())
        return ""

    return _REMARK_CLAUSE.sub(keep, text), remarks
