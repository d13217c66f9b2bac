"""Bytes to records: lines whatever their ends, and cells with or without quotation marks."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from budgeting.counting.pabulib.tables import PabulibError

MAX_RECORD_LINES = 1000
MAX_RECORD = 1_000_000

_QUOTED = re.compile(r'"((?:[^"]++|"")*+)"')


def records(stream: BinaryIO) -> Iterator[tuple[int, str, list[str]]]:
    """Yield (number of the first line, raw text, cells) for each record that is not blank."""
    lines = _lines(stream)
    for number, text in lines:
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
            record += "\n" + more[1]
            taken += 1
            # Only a quotation mark can close the cell: without this a long cell would cost quadratic time.
            cells = _cells(record) if '"' in more[1] else None
        yield number, record, cells


def _lines(stream: BinaryIO) -> Iterator[tuple[int, str]]:
    """Yield (line number, text without its line end), whatever the line ends are, even mixed ones."""
    number = 0
    for raw in stream:
        pieces = raw.removesuffix(b"\n").removesuffix(b"\r").split(b"\r")
        for piece in pieces:
            number += 1
            if number == 1:
                if piece.startswith((b"\xff\xfe", b"\xfe\xff")):
                    raise PabulibError("The file is stored as UTF-16.", fix="Save it as UTF-8.", line=1)
                piece = piece.removeprefix(b"\xef\xbb\xbf")
            if b"\0" in piece:
                raise PabulibError("The line holds a NUL character.", fix="Remove it.", line=number)
            try:
                yield number, piece.decode()
            except UnicodeDecodeError as error:
                raise PabulibError(
                    f"Byte {error.start + 1} of the line is not UTF-8.",
                    fix="Save the file as UTF-8 (in a spreadsheet: 'CSV UTF-8').",
                    line=number,
                ) from error


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
