"""The festival in figures, for everybody: a page with tables, and the same for spreadsheets."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from learning_events.queries.report import (
    FEWEST,
    Figures,
    Report,
    Table,
    festival_before,
    others_to_compare,
    report_of,
)
from learning_events.report_files import report_csv
from learning_events.views.frame import breadcrumbs
from participation.foundation.pages import page_view

NONE = "none"


def _asked(page, request) -> tuple[Report, Report | None, list]:
    """Return the report, that of the festival it is compared with, and all that it could be compared with."""
    others = list(others_to_compare(page))
    wanted = request.GET.get("with", "")
    by_pk = {str(other.pk): other for other in others}
    other = None if wanted == NONE else by_pk.get(wanted) or festival_before(page, others)
    return report_of(page), report_of(other) if other else None, others


def _lines(table: Table, before: Report | None) -> list[dict]:
    earlier = next((each.lines for each in before.tables if each.key == table.key), {}) if before else {}
    names = [*table.lines, *(name for name in earlier if name not in table.lines)]
    most = max((line.events for line in table.lines.values()), default=0) or 1
    return [
        {
            "name": name,
            "now": table.lines.get(name, Figures()),
            "before": earlier.get(name, Figures()) if before else None,
            "share": table.lines[name].events / most if name in table.lines else 0,
        }
        for name in names
    ]


@page_view("GET")
def report(page, request):
    now, before, others = _asked(page, request)
    query = f"?with={before.festival.pk}" if before else f"?with={NONE}"
    context = {
        **page.get_context(request),
        "breadcrumbs": breadcrumbs(page, (page.url_of("report"), _("The festival in figures"))),
        "report": now,
        "before": before,
        "others": others,
        "chosen": before.festival.pk if before else None,
        "none": NONE,
        "fewest": FEWEST,
        "tables": [
            {"title": each.title, "key": each.key, "lines": _lines(each, before)} for each in now.tables
        ],
        "csv_url": page.url_of("report_file") + query,
        "address": page.url_of("report"),
    }
    return TemplateResponse(request, "learning_events/pages/report.html", context)


@page_view("GET")
def report_file(page, request):
    now, before, _others = _asked(page, request)
    response = HttpResponse("\ufeff" + report_csv(now, before), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="festival.csv"'
    response.headers["Cache-Control"] = "no-cache"
    return response


urls = [path("report/", report, name="report"), path("report/csv/", report_file, name="report_file")]
