"""Hours as people write them, in English and German, read into OSM notation or refused; never guessed."""

import re
import unicodedata
from dataclasses import dataclass

from mapping.opening_hours import asides
from mapping.opening_hours.clauses import Reader
from mapping.opening_hours.notation import MAX_LENGTH, check
from mapping.opening_hours.phrases import phrases
from mapping.opening_hours.refusal import NotUnderstood
from mapping.opening_hours.words import Token, tokens

_DASHES = re.compile("[\u2010-\u2015\u2212\u2043\u30fc\uff0d\ufe58\ufe63~\u301c\u02d7]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_FULL_DAY = re.compile(r"(?<!\d)00:00-24:00|24/7(?! (?:off|unknown))")
_SPAN = re.compile(r"(?<!\d)(\d\d):(\d\d)\s*-\s*(\d\d):(\d\d)")


@dataclass(frozen=True)
class Understood:
    """``osm``: the canonical notation. ``was_osm``: the text was notation already.

    ``remarks``: words kept for people to read that are not evaluated ("closed on match days", "by appointment",
    the hours of the café). Show them beside the hours.
    """

    osm: str
    was_osm: bool
    remarks: tuple[str, ...] = ()


def understand(text: str) -> Understood:
    """Read opening hours from OSM notation or from English or German text of at most 1,000 characters.

    Raises ``NotUnderstood`` with the words that could not be read; for notation that we would evaluate wrongly,
    with the reason that ``check`` gives.
    """
    if len(text) > MAX_LENGTH:
        raise NotUnderstood(text[:80], "too_long")
    if not text.strip():
        raise NotUnderstood(text, "empty")
    notation_refusal = None
    try:
        return Understood(_strict_notation(text), was_osm=True)
    except NotUnderstood as refusal:
        notation_refusal = refusal
    try:
        osm, remarks = _read(_plain(text))
        return Understood(check(osm), False, tuple(remarks))
    except NotUnderstood:
        if notation_refusal.reason not in ("syntax", "ambiguous"):
            raise notation_refusal from None
        raise


def _strict_notation(text: str) -> str:
    """Notation with two-digit hours, and hours for every day that it names as open."""
    osm = check(text)
    bare = re.sub(r'"[^"]*"', "", text)
    if re.search(r"(?<![\d:])\d:\d\d", bare):
        raise NotUnderstood(text, "ambiguous")  # 9:00-5:00 is how people write, not the specification
    written_out = len(_FULL_DAY.findall(re.sub(r'"[^"]*"', "", osm)))
    if written_out > len(_FULL_DAY.findall(bare)):
        raise NotUnderstood(text, "no_times")
    for hour, minute, end_hour, end_minute in _SPAN.findall(bare):
        if (0, 0) < (int(end_hour), int(end_minute)) < (int(hour), int(minute)) < (11, 0):
            raise NotUnderstood(text, "ambiguous")  # 09:00-05:00
    return osm


def _plain(text: str) -> str:
    """One kind of dash, of blank and of line end; full-width letters become ordinary ones."""
    text = unicodedata.normalize("NFKC", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > MAX_LENGTH:
        raise NotUnderstood(text[:80], "too_long")
    text = _DASHES.sub("-", _INVISIBLE.sub("", text))
    if any(ord(letter) < 32 and letter not in "\n\t" for letter in text):
        raise NotUnderstood(text, "words")
    text = re.sub(r"[ \t_]+", " ", text)
    # "10am-5pmSun, 12pm-5pm": a line end that was lost in a copy.
    return re.sub(r"(?<=\d[ap]m)(?=[A-Z])", "\n", text).strip()


def _read(text: str) -> tuple[str, list[str]]:
    text, remarks = asides.split_parts(text)
    text, said = asides.brackets(text)
    text, clauses = asides.take_remarks(text)
    if "(" in text or ")" in text:
        raise NotUnderstood(text, "words")
    reader = Reader(text)
    waiting = iter(said)
    row: list[Token] = []
    for token in tokens(text):
        if token.kind != "bracket":
            row.append(token)
            continue
        bracket = next(waiting)
        if bracket.remark:
            remarks.append(bracket.remark)
        if bracket.condition:
            row.append(Token("condition", bracket.condition))
        if bracket.inline:
            row += tokens(bracket.inline)
        if bracket.closed:
            reader.add_closed(phrases(tokens(bracket.closed), bracket.closed), bracket)
    osm = reader.read(phrases(row, text))
    remarks = [*clauses, *reader.remarks, *remarks]
    return osm, remarks
