"""The report of an import as it is stored, shown and downloaded: counts, and a line for each row."""

from typing import Any

from django.utils.translation import gettext as _

from mapping.domain.bringing_in.comparing import Plan, Planned, shown
from mapping.domain.bringing_in.reading import TARGETS
from mapping.enums import RowState
from mapping.models import LearningPlace

MOST_ROWS = 50_000


def report_of(plan: Plan, *, every_row: bool) -> dict[str, Any]:
    """Return counts and rows as JSON; without `every_row` only those that are not simply new or unchanged."""
    rows = [
        _line(planned)
        for planned in plan.rows
        if every_row
        or planned.state not in (RowState.NEW, RowState.UNCHANGED)
        or planned.notes
        or (planned.row is not None and planned.row.notes)
    ]
    return {"counts": plan.counts(), "rows": rows[:MOST_ROWS]}


def _line(planned: Planned) -> dict[str, Any]:
    row = planned.row
    line: dict[str, Any] = {"state": str(planned.state), "name": planned.name}
    if row is not None:
        line |= {"line": row.line, "key": row.key}
    if planned.pk is not None:
        line["place"] = planned.pk
    for name, differences in (("changes", planned.changes), ("conflicts", planned.conflicts)):
        if differences:
            line[name] = [
                [label_of(each), shown(each, old), shown(each, new)]
                for each, (old, new) in differences.items()
            ]
    notes = [*(row.notes if row is not None else []), *planned.notes]
    if notes:
        line["notes"] = notes
    if row is not None and row.problems:
        line["problems"] = [
            [str(TARGETS.get(problem.field, problem.field)), problem.words] for problem in row.problems
        ]
    return line


def label_of(name: str) -> str:
    """Return what a column of a place is called."""
    if name in ("topics", "audiences", "status"):
        return str(LearningPlace._meta.get_field(name).verbose_name)
    return str(LearningPlace._meta.get_field(name.removesuffix("_id")).verbose_name)


def sentences(line: dict[str, Any]) -> list[str]:
    """Return what a line of the report has to say, as sentences."""
    told = [
        _("%(field)s: %(words)s") % {"field": field, "words": words}
        for field, words in line.get("problems", [])
    ]
    told += [
        _("%(field)s: “%(old)s” becomes “%(new)s”.") % {"field": field, "old": old or "–", "new": new or "–"}
        for field, old, new in line.get("changes", [])
    ]
    told += [
        _("%(field)s: changed here to “%(old)s”, which is kept; the file says “%(new)s”.")
        % {"field": field, "old": old or "–", "new": new or "–"}
        for field, old, new in line.get("conflicts", [])
    ]
    return told + line.get("notes", [])
