"""XLSX workbooks: every cell as the text a person saw, or nearly."""

import io
import warnings
from datetime import date, datetime, time
from typing import Any

from mapping.spatial.reading.archive import Archive, open_archive
from mapping.spatial.reading.refusal import Limits, Unreadable
from mapping.spatial.reading.table import Builder, Table, headings
from mapping.spatial.reading.xml import SafeXml, looks_like_xml

_HEADING_WITHIN = 20


def read_workbook(content: bytes, limits: Limits, sheet: str | None = None) -> Table:
    """Read one sheet, the first unless `sheet` names another; the heading may stand below a few lines of title."""
    with open_archive(content, limits) as archive:
        for name in archive.names:
            _look_through(archive, name)
    cells = _cells(content, limits, sheet)
    builder = Builder("xlsx", limits)
    at = _heading(cells)
    line, first = cells[at]
    width = max(
        (n for _l, row in cells[at:] for n, text in enumerate(row, start=1) if text is not None), default=0
    )
    if width > limits.max_columns:
        raise Unreadable("too-many-columns", limit=limits.max_columns)
    names = headings(list(first[:width]) + [None] * (width - len(first)), line=line)
    builder.name_columns(names, line=line)
    for line, row in cells[at + 1 :]:
        builder.add(line, zip(names, row[:width] + [None] * (width - len(row)), strict=True))
    return builder.table()


def _look_through(archive: Archive, name: str) -> None:
    """Refuse a part with entities before openpyxl sees it, whatever the part is called."""
    xml: list[SafeXml] = []

    def take(piece: bytes) -> None:
        if xml:
            xml[0].feed(piece)
        elif not opened and looks_like_xml(piece):
            xml.append(SafeXml())
            xml[0].feed(piece)
        opened.append(True)

    opened: list[bool] = []
    archive.stream(name, take)
    if xml:
        xml[0].feed(b"", last=True)


def _cells(content: bytes, limits: Limits, sheet: str | None) -> list[tuple[int, list[str | None]]]:
    import openpyxl
    from openpyxl.cell.read_only import EMPTY_CELL

    rows: list[tuple[int, list[str | None]]] = []
    count, most_cells = 0, min(limits.max_cells, limits.max_workbook_cells)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of styles and extensions that nobody here needs
            book = openpyxl.load_workbook(
                io.BytesIO(content), read_only=True, data_only=True, keep_links=False
            )
            try:
                for line, row in enumerate(
                    _sheet(book, sheet).iter_rows(max_col=limits.max_columns + 1), start=1
                ):
                    texts = [None if cell is EMPTY_CELL else _text(cell) for cell in row]
                    while texts and texts[-1] is None:
                        texts.pop()
                    if not texts:
                        if line > 2 * limits.max_rows:
                            break  # a stray mark far below the table
                        continue
                    rows.append((line, texts))
                    count += len(texts)
                    if len(rows) > limits.max_rows + _HEADING_WITHIN:
                        raise Unreadable("too-many-rows", line=line, limit=limits.max_rows)
                    if count > most_cells:
                        raise Unreadable("too-many-cells", line=line, limit=most_cells)
            finally:
                book.close()
    except (Unreadable, MemoryError):
        raise
    except Exception:  # a damaged part makes openpyxl raise almost anything
        raise Unreadable("workbook") from None
    if not rows:
        raise Unreadable("no-heading")
    return rows


def _sheet(book, name: str | None):  # type: ignore[no-untyped-def]
    if name is None:
        return book.worksheets[0]
    if name not in book.sheetnames:
        raise Unreadable("sheet", name=name[:80], found=", ".join(book.sheetnames)[:200])
    return book[name]


def _heading(cells: list[tuple[int, list[str | None]]]) -> int:
    """Return which row names the columns: the first with at least half as many texts as the fullest near the top."""
    near = [sum(text is not None for text in row) for _line, row in cells[:_HEADING_WITHIN]]
    return next(i for i, count in enumerate(near) if 2 * count >= max(near))


def _text(cell: Any) -> str | None:
    value = cell.value
    match value:
        case None:
            return None
        case bool():
            return "true" if value else "false"
        case int():
            shown = cell.number_format
            # A postal code shown as 01067 is stored as 1067.
            return str(value).zfill(len(shown)) if shown and set(shown) == {"0"} else str(value)
        case float():
            return repr(value)
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
        case date() | time():
            return value.isoformat()
        case _:
            return str(value) or None
