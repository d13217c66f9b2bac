"""Tables of results for people with a spreadsheet."""

from budgeting.queries.result import AreaResult, Result
from budgeting.reasons import Wording
from participation.foundation.spreadsheets import write_csv

RESULT_COLUMNS = (
    "area",
    "project_id",
    "title",
    "cost",
    "currency",
    "votes",
    "score",
    "funded",
    "funded_under_other_rule",
    "reason",
)


def result_csv(result: Result) -> str:
    """Return the official results of all areas, a line for each project; cells are harmless in a spreadsheet (X16)."""
    currency = result.box.rules["budget"]["currency"]
    return write_csv(RESULT_COLUMNS, (row for area in result.areas for row in _rows(area, currency)))


def _rows(area: AreaResult, currency: str):
    words = Wording(currency, area.titles, area.with_points)
    for line in area.lines:
        yield (
            area.frozen["name"],
            line.project.code,
            line.project.title,
            f"{line.project.cost_cents // 100}.{line.project.cost_cents % 100:02d}",
            currency,
            line.votes,
            line.score,
            "yes" if line.is_funded else "no",
            "yes" if line.project_id in area.other_winners else "no",
            words.reason(line.reason),
        )
