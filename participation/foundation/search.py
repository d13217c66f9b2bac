"""Searching by words, the same on SQLite and PostgreSQL: no matter of case, accents or the order of words."""

import re
import unicodedata

from django.db.models import Q, QuerySet

MAX_WORDS = 8
MAX_LENGTH = 100
# Letters people leave the marks off when they type; each stands for all in its row.
_ALIKE = [
    "aàáâãäåāăą", "cçćč", "dďđ", "eèéêëēėęě", "gğ", "iìíîïīįı", "lł", "nñńň", "oòóôõöøō", "rř", "sśšşß", "tťţ",
    "uùúûüūůű", "yýÿ", "zźżž",
]  # fmt: skip
# What Unicode does not take apart into a letter and a mark.
_UNFOLDED = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe"})
_ROW_OF = {letter: row for row in _ALIKE for letter in row}


def matching(rows: QuerySet, words: str, fields: list[str]) -> QuerySet:
    """Keep the rows in which every word of `words` occurs in at least one of `fields`; at most eight words count.

    `icontains` would not do: SQLite folds the case of ASCII letters only.
    """
    text = unicodedata.normalize("NFC", words.replace("\x00", " "))[:MAX_LENGTH]
    for word in text.split()[:MAX_WORDS]:
        pattern = _pattern(word)
        any_field = Q()
        for field in fields:
            any_field |= Q(**{f"{field}__iregex": pattern})
        rows = rows.filter(any_field)
    return rows


def fold(text: str) -> str:
    """Return `text` as it is compared with what people type: lower case, without marks on letters, single blanks.

    >>> fold("Stadtbücherei  Ærø STRAßE")
    'stadtbucherei aero strasse'
    """
    plain = unicodedata.normalize("NFKD", text[:10_000].casefold().translate(_UNFOLDED))
    return " ".join("".join(letter for letter in plain if not unicodedata.combining(letter)).split())


def _pattern(word: str) -> str:
    return "".join(_either(letter) for letter in word.lower())


def _either(letter: str) -> str:
    row = _ROW_OF.get(letter)
    if row:
        return f"[{row}{row.upper()}]"
    return re.escape(letter)
