"""The festival's report as a table for spreadsheets: a line for each group, and first that of the whole festival."""

from collections.abc import Iterator

from learning_events.queries.report import Figures, Report
from participation.foundation.spreadsheets import write_csv

REPORT_COLUMNS = (
    "table", "name", "events", "sessions", "cancelled", "seats", "registered", "came", "events_before", "sessions_before",
    "cancelled_before", "seats_before", "registered_before", "came_before",
)  # fmt: skip


def report_csv(report: Report, before: Report | None) -> str:
    """Return the figures; empty cells are people that are not told, or a festival that there was not."""
    return write_csv(REPORT_COLUMNS, _rows(report, before))


def _rows(report: Report, before: Report | None) -> Iterator[list[object]]:
    yield [
        "festival",
        report.festival.title,
        *_cells(report.total),
        *_cells(before.total if before else None),
    ]
    for table in report.tables:
        earlier = next((each.lines for each in before.tables if each.key == table.key), {}) if before else {}
        for name in [*table.lines, *(name for name in earlier if name not in table.lines)]:
            now = table.lines.get(name, Figures())
            yield [table.key, name, *_cells(now), *_cells(earlier.get(name, Figures()) if before else None)]


def _cells(line: Figures | None) -> list[object]:
    if line is None:
        return [""] * 6
    numbers = (line.events, line.sessions, line.cancelled, line.seats, line.registered, line.came)
    return ["" if number is None else number for number in numbers]
