"""Rich text of a few kinds of blocks: read from clean HTML, and written and read in a plain notation that needs no script.

The notation, line by line: `## ` a heading, `### ` a smaller one, `- ` a point of a list, `1. ` a numbered one, `> ` a
quotation; blocks are parted by an empty line; within a line **bold**, *italic* and [words](https://address). A backslash
takes the meaning from the sign behind it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

BLOCKS = ("p", "h3", "h4", "blockquote")
LISTS = {"ul": "list", "ol": "numbered"}
ADDRESS = re.compile(r"(?:https?://|mailto:|/(?!/))[^\s()<>\"']+\Z")
_SIGNS = re.compile(r"([\\*\[\]])")
_STARTS = re.compile(r"(#{2,3} |- |\d+\. |> )")
_PREFIX = {"h3": "## ", "h4": "### ", "blockquote": "> ", "p": ""}


@dataclass(frozen=True)
class Run:
    """Some letters that look alike; `href` is empty for no link."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


@dataclass(frozen=True)
class Block:
    """A paragraph, heading or quotation (one item), or a list (an item a point).

    `kind` is p, h3, h4, blockquote, list or numbered.
    """

    kind: str
    items: tuple[tuple[Run, ...], ...]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[str, list[list[Run]]]] = []
        self.lists: list[str] = []
        self.bold = self.italic = 0
        self.href = ""

    def _begin(self, kind: str) -> None:
        self.blocks.append((kind, [[]]))

    def handle_starttag(self, tag, attrs):
        if tag in LISTS:
            self.lists.append(LISTS[tag])
            self.blocks.append((LISTS[tag], []))
        elif tag == "li":
            kind = self.lists[-1] if self.lists else "list"
            if not self.blocks or self.blocks[-1][0] != kind:
                self.blocks.append((kind, []))
            self.blocks[-1][1].append([])
        elif tag in BLOCKS and not self.lists:
            self._begin(tag)
        elif tag in ("b", "strong"):
            self.bold += 1
        elif tag in ("i", "em"):
            self.italic += 1
        elif tag == "a":
            href = dict(attrs).get("href") or ""
            self.href = href if ADDRESS.match(href) else ""
        elif tag == "br":
            self.handle_data("\n")

    def handle_endtag(self, tag):
        if tag in LISTS and self.lists:
            self.lists.pop()
        elif tag in ("b", "strong"):
            self.bold = max(0, self.bold - 1)
        elif tag in ("i", "em"):
            self.italic = max(0, self.italic - 1)
        elif tag == "a":
            self.href = ""

    def handle_data(self, data):
        if not self.blocks or not self.blocks[-1][1]:
            if not data.strip():
                return
            self._begin("p")
        run = Run(re.sub(r"[ \t\r\f]+", " ", data), bool(self.bold), bool(self.italic), self.href)
        self.blocks[-1][1][-1].append(run)


def blocks_of(html: str) -> list[Block]:
    """Return what stands in clean HTML; other tags than ours lend their words to the block they stand in."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    blocks = []
    for kind, items in reader.blocks:
        kept = [tuple(_trimmed(runs)) for runs in items]
        kept = [runs for runs in kept if runs]
        if kept:
            blocks.append(Block(kind, tuple(kept)))
    return blocks


def _trimmed(runs: list[Run]) -> Iterator[Run]:
    """Yield runs without blanks at both ends, neighbours that look alike joined."""
    joined: list[Run] = []
    for run in runs:
        if joined and (joined[-1].bold, joined[-1].italic, joined[-1].href) == (
            run.bold,
            run.italic,
            run.href,
        ):
            run = Run(joined.pop().text + run.text, run.bold, run.italic, run.href)
        joined.append(run)
    while joined and not joined[0].text.strip():
        joined.pop(0)
    while joined and not joined[-1].text.strip():
        joined.pop()
    for number, run in enumerate(joined):
        text = run.text.lstrip() if number == 0 else run.text
        text = text.rstrip() if number == len(joined) - 1 else text
        yield Run(text, run.bold, run.italic, run.href)


def html_of(blocks: Iterable[Block]) -> str:
    """Return blocks as HTML of our few tags, everything escaped."""
    pieces = []
    for block in blocks:
        if block.kind in LISTS.values():
            tag = "ul" if block.kind == "list" else "ol"
            points = "".join(f"<li>{_runs_html(runs)}</li>" for runs in block.items)
            pieces.append(f"<{tag}>{points}</{tag}>")
        else:
            pieces += [f"<{block.kind}>{_runs_html(runs)}</{block.kind}>" for runs in block.items]
    return "".join(pieces)


def _runs_html(runs: Iterable[Run]) -> str:
    pieces = []
    for run in runs:
        text = escape(run.text).replace("\n", "<br/>")
        text = f"<i>{text}</i>" if run.italic else text
        text = f"<b>{text}</b>" if run.bold else text
        pieces.append(f'<a href="{escape(run.href)}">{text}</a>' if run.href else text)
    return "".join(pieces)


def notation_of(html: str) -> str:
    """Return clean HTML in the plain notation."""
    pieces = []
    for block in blocks_of(html):
        if block.kind == "list":
            pieces.append("\n".join(f"- {_runs_notation(runs)}" for runs in block.items))
        elif block.kind == "numbered":
            pieces.append(
                "\n".join(f"{n}. {_runs_notation(runs)}" for n, runs in enumerate(block.items, start=1))
            )
        else:
            text = _runs_notation(block.items[0])
            if block.kind == "p" and _STARTS.match(text):
                text = "\\" + text
            pieces.append(_PREFIX[block.kind] + text)
    return "\n\n".join(pieces)


def _runs_notation(runs: Iterable[Run]) -> str:
    pieces = []
    for run in runs:
        text = _SIGNS.sub(r"\\\1", run.text).replace("\n", " ")
        sign = ("**" if run.bold else "") + ("*" if run.italic else "")
        if sign and text.strip():
            inner = text.strip()
            before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
            text = f"{before}{sign}{inner}{sign[::-1]}{after}"
        pieces.append(f"[{text}]({run.href})" if run.href else text)
    return "".join(pieces)


def html_from(notation: str) -> str:
    """Return the HTML of a text in the plain notation: nothing in it becomes a tag that we did not write."""
    return html_of(_blocks_from(notation))


def _blocks_from(notation: str) -> Iterator[Block]:
    kind, items = "", []  # type: str, list[tuple[Run, ...]]

    def ended() -> Iterator[Block]:
        nonlocal kind, items
        if items:
            yield Block(kind, tuple(items))
        kind, items = "", []

    paragraph: list[str] = []

    def paragraph_ended() -> Iterator[Block]:
        if paragraph:
            runs = tuple(_runs_from(" ".join(paragraph)))
            paragraph.clear()
            if runs:
                yield Block("p", (runs,))

    for raw in notation.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        line = raw.strip()
        found = _STARTS.match(line + " ")
        sign = found[1].strip() if found else ""
        words = line[len(sign) :].strip()
        if not line:
            yield from paragraph_ended()
            yield from ended()
        elif sign in ("##", "###", ">"):
            yield from paragraph_ended()
            yield from ended()
            runs = tuple(_runs_from(words))
            if runs:
                yield Block({"##": "h3", "###": "h4", ">": "blockquote"}[sign], (runs,))
        elif sign:
            yield from paragraph_ended()
            wanted = "list" if sign == "-" else "numbered"
            if kind != wanted:
                yield from ended()
                kind = wanted
            runs = tuple(_runs_from(words))
            if runs:
                items.append(runs)
        else:
            yield from ended()
            paragraph.append(line)
    yield from paragraph_ended()
    yield from ended()


_INLINE = re.compile(r"\\(.)|\[([^\[\]\n]{1,500})\]\(([^()\s]{1,500})\)|(\*{1,2})", re.DOTALL)


def _runs_from(text: str) -> Iterator[Run]:
    bold = italic = False
    at = 0

    def run(words: str) -> Iterator[Run]:
        if words:
            yield Run(words, bold, italic)

    for found in _INLINE.finditer(text):
        yield from run(text[at : found.start()])
        at = found.end()
        plain, words, address, sign = found.groups()
        if plain is not None:
            yield from run(plain)
        elif words is not None:
            if ADDRESS.match(address):
                yield Run(re.sub(r"\\(.)", r"\1", words).replace("*", ""), bold, italic, address)
            else:
                yield from run(found[0])
        elif sign == "**":
            bold = not bold
        else:
            italic = not italic
    yield from run(text[at:])
