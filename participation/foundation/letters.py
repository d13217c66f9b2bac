"""A letter's plain text as paragraphs for its HTML part, where the site's own addresses become links with words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Line:
    """One line of a paragraph; with `address` it is a link whose words are `words`."""

    words: str
    address: str = ""


def paragraphs_of(text: str, *, site: str) -> list[list[Line]]:
    """Return the lines of each paragraph of a letter.

    `site` is where addresses of the site begin ("https://city.example.org"). An address must stand at the end of a line;
    "Your programme: ADDRESS" is a link called "Your programme". One that stands alone belongs to the sentence before it.
    No other address becomes a link: strangers may have typed it (X12).
    """
    found: list[list[Line]] = []
    for block in _blocks(text):
        lines = [_line(line, site) for line in block]
        if found and len(lines) == 1 and lines[0].address:
            found[-1] += lines
        else:
            found.append(lines)
    return found


def _blocks(text: str) -> Iterator[list[str]]:
    block: list[str] = []
    for line in [*text.splitlines(), ""]:
        if line.strip():
            block.append(line.strip())
        elif block:
            yield block
            block = []


def _line(line: str, site: str) -> Line:
    before, _space, last = line.rpartition(" ")
    if not last.startswith(f"{site}/"):
        return Line(line)
    return Line(before.rstrip(" :") or _("Open this page"), last)
