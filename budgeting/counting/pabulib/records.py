"""Bytes to records: lines whatever their ends, and cells with or without quotation marks."""

import io
import re
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from budgeting.counting.pabulib.tables import PabulibError

MAX_RECORD_LINES = 1000
MAX_RECORD = 1_000_000
BLOCK = 1 << 22

_QUOTED = re.compile(r'"((?:[^"]++|"")*+)"')


class Lines:
    """The lines of a stream with their numbers, whatever the line ends are, even mixed ones."""

    def __init__(self, stream: BinaryIO) -> None:
        self.number = 0
        self._stream = stream
        self._raw: Iterator[bytes] = iter(stream)
        self._pieces: list[bytes] = []

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        if not self._pieces:
            raw = next(self._raw)
            self._pieces = raw.removesuffix(b"\n").removesuffix(b"\r").split(b"\r")[::-1]
        piece = self._pieces.pop()
        self.number += 1
        if self.number == 1:
            if piece.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise PabulibError("The file is stored as UTF-16.", fix="Save it as UTF-8.", line=1)
            piece = piece.removeprefix(b"\xef\xbb\xbf")
        if b"\0" in piece:
            raise PabulibError("The line holds a NUL character.", fix="Remove it.", line=self.number)
        try:
            return piece.decode()
        except UnicodeDecodeError as error:
            raise PabulibError(
                f"Byte {error.start + 1} of the line is not UTF-8.",
                fix="Save the file as UTF-8 (in a spreadsheet: 'CSV UTF-8').",
                line=self.number,
            ) from error

    def blocks(self) -> Iterator[bytes]:
        """Yield what has not been read as blocks of whole lines; nothing where a line was read in part.

        A block that cannot be used is given back with `give_back`, which ends the blocks.
        """
        while not self._pieces and (block := self._stream.read(BLOCK)):
            if not block.endswith(b"\n"):
                block += self._stream.readline()
            yield block

    def give_back(self, block: bytes) -> None:
        """Read this block again line by line, and after it the rest of the stream."""
        self._raw = chain(io.BytesIO(block), self._stream)


def records(lines: Lines) -> Iterator[tuple[int, str, list[str]]]:
    """Yield (number of the first line, raw text, cells) for each record that is not blank."""
    for text in lines:
        number = lines.number
        if '"' not in text:
            if text and not text.isspace():
                yield number, text, text.split(";")
            continue
        record = text
        cells = _cells(record)
        taken = 1
        while cells is None:
            more = next(lines, None) if taken < MAX_RECORD_LINES and len(record) < MAX_RECORD else None
            if more is None:
                raise PabulibError(
                    "A quotation mark is opened and never closed.",
                    fix='Close it, or write a quotation mark inside a quoted cell twice ("").',
                    line=number,
                )
            record += "\n" + more
            taken += 1
            # Only a quotation mark can close the cell: without this a long cell would cost quadratic time.
            cells = _cells(record) if '"' in more else None
        yield number, record, cells


def _cells(record: str) -> list[str] | None:
    """Split a record at its semicolons; return None where a quoted cell goes on in the next line.

    A cell that starts with a quotation mark but goes on after the closing one, as in `"Odkupmy" i my`, is not quoted
    but holds quotation marks: such cells exist in real files.
    """
    cells = []
    at = 0
    while True:
        if record.startswith('"', at):
            quoted = _QUOTED.match(record, at)
            if quoted is None:
                return None
            end = quoted.end()
            if end == len(record) or record[end] == ";":
                cells.append(quoted[1].replace('""', '"'))
            else:
                end = _end_of_cell(record, at)
                cells.append(record[at:end])
        else:
            end = _end_of_cell(record, at)
            cells.append(record[at:end])
        if end == len(record):
            return cells
        at = end + 1


def _end_of_cell(record: str, at: int) -> int:
    end = record.find(";", at)
    return len(record) if end < 0 else end
