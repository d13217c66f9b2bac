"""XML read with expat alone: no document type, no entities, nothing fetched, nothing recursed."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any
from xml.parsers import expat

from mapping.spatial.reading.refusal import Unreadable

MAX_DEPTH = 64
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")


def _refuse(*_declaration: Any) -> int:
    raise Unreadable("xml-entities")


class SafeXml:
    """A parser that takes pieces of XML in any encoding and refuses what could reach beyond the file."""

    def __init__(
        self,
        start: Callable[[str, dict[str, str]], None] | None = None,
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        # Before any entity can be declared or used there must be a document type; refused, there is nothing to expand.
        self._parser.StartDoctypeDeclHandler = _refuse
        self._parser.EntityDeclHandler = _refuse
        self._parser.ExternalEntityRefHandler = _refuse
        self._parser.StartElementHandler = self._open
        self._parser.EndElementHandler = self._close
        self._start, self._end = start, end
        self._depth = 0
        if text:
            self._parser.CharacterDataHandler = text

    @property
    def line(self) -> int:
        return self._parser.CurrentLineNumber

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Unreadable("too-deep", line=self.line, limit=MAX_DEPTH)
        if self._start:
            self._start(name.rpartition(" ")[2], attributes)

    def _close(self, name: str) -> None:
        self._depth -= 1
        if self._end:
            self._end(name.rpartition(" ")[2])

    def feed(self, piece: bytes, *, last: bool = False) -> None:
        try:
            self._parser.Parse(piece, last)
        except expat.ExpatError as error:
            raise Unreadable("xml", line=error.lineno, why=expat.ErrorString(error.code)) from None
        except Unreadable:
            raise
        except (ValueError, LookupError):  # an encoding that Python does not know, or one of several bytes
            raise Unreadable("xml", why="unknown encoding") from None


def looks_like_xml(start: bytes) -> bool:
    """Say whether these first bytes of a file may begin XML in any encoding that expat knows."""
    return start.lstrip()[:1] == b"<" or start.startswith(_MARKS)


def root_of(content: bytes) -> str:
    """Return the name of the first element, without its namespace."""
    found: list[str] = []

    class Found(Exception):
        pass

    def start(name: str, _attributes: dict[str, str]) -> None:
        found.append(name)
        raise Found

    with suppress(Found):
        SafeXml(start).feed(content, last=True)
    return found[0] if found else ""
