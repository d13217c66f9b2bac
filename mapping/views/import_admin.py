"""Bringing places in: upload a file, say what its columns mean, read what would happen, and do it, or take it back."""

import functools

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mapping.domain.bringing_in import (
    MAX_BYTES,
    Reading,
    carry_out,
    prepare,
    sentences,
    table_of,
    take_file,
    throw_away,
    undo_import,
)
from mapping.enums import RowState
from mapping.forms.importing import PlaceFileForm, ReadingForm
from mapping.models import PlaceImport
from mapping.queries.bringing_in import imports
from mapping.rules import may_import_places
from participation.foundation.errors import Refused
from participation.foundation.spreadsheets import write_csv

LIST, READING, REPORT = "place_imports", "place_import", "place_import_report"
TABLE, UNDO, DISCARD = "place_import_table", "place_import_undo", "place_import_discard"
PER_PAGE = 50
# What somebody must look at comes first in the report.
_FIRST = [
    RowState.WRONG,
    RowState.CONFLICT,
    RowState.GONE,
    RowState.LEFT,
    RowState.CHANGED,
    RowState.NEW,
    RowState.UNCHANGED,
]
REPORT_COLUMNS = ("line", "number", "name", "result", "what")


def for_importers(*methods: str):
    """Let in whom the rule allows; others of the staff get Wagtail's own refusal."""

    def decorate(view):
        @functools.wraps(view)
        @require_http_methods([*methods, "HEAD"] if "GET" in methods else list(methods))
        def receive(request, *args, **kwargs):
            if not may_import_places(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return receive

    return decorate


def admin_page(request, template: str, title: str, **context):
    context |= {"page_title": title, "header_icon": "download"}
    return TemplateResponse(request, f"mapping/admin/{template}", context)


@for_importers("GET", "POST")
def import_list(request):
    """List what was brought in, and take the next file."""
    form = PlaceFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            taken = take_file(
                file.read(MAX_BYTES + 1),
                name=file.name,
                crs=form.cleaned_data["crs"].strip(),
                sheet=form.cleaned_data["sheet"].strip(),
                by=request.user,
            )
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else "file", str(refusal.message))
        else:
            return redirect(READING, taken.pk)
    numbers = Paginator(imports(), PER_PAGE).get_page(request.GET.get("p"))
    return admin_page(request, "imports.html", _("Bring places in"), form=form, numbers=numbers)


@for_importers("GET", "POST")
def import_reading(request, pk):
    """Say what the columns mean; then the rows are looked over."""
    place_import = get_object_or_404(PlaceImport.objects.select_related("source"), pk=pk)
    if place_import.finished_at is not None:
        return redirect(REPORT, pk)
    try:
        table = table_of(place_import)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect(LIST)
    form = ReadingForm(
        request.POST or None,
        table=table,
        reading=Reading.from_json(place_import.reading),
        source=place_import.source,
    )
    if request.method == "POST" and form.is_valid() and (source := form.chosen_source()):
        try:
            prepare(place_import, reading=form.chosen_reading(), source=source, table=table, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            return redirect(REPORT, pk)
    return admin_page(
        request,
        "import_reading.html",
        _("What the columns mean"),
        form=form,
        table=table,
        place_import=place_import,
    )


@for_importers("GET", "POST")
def import_report(request, pk):
    """Show what would happen or has happened, row by row; a POST brings the file in."""
    place_import = get_object_or_404(PlaceImport.objects.select_related("source"), pk=pk)
    if request.method == "POST":
        try:
            carry_out(place_import, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal.message))
        else:
            messages.success(request, _("The places have been brought in."))
        return redirect(REPORT, pk)
    report = place_import.report
    if "counts" not in report and place_import.finished_at is None:
        return redirect(READING, pk)
    counts = report.get("counts", {})
    states = [(state.value, state.label, counts.get(state.value, 0)) for state in RowState]
    wanted = request.GET.get("state", "")
    rows = [row for row in report.get("rows", []) if wanted not in RowState.values or row["state"] == wanted]
    rows.sort(key=lambda row: _FIRST.index(row["state"]))
    numbers = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    listed = [
        {**row, "state_words": RowState(row["state"]).label, "told": sentences(row)}
        for row in numbers.object_list
    ]
    return admin_page(
        request,
        "import_report.html",
        _("What has happened") if place_import.finished_at else _("What would happen"),
        place_import=place_import,
        states=[entry for entry in states if entry[2]],
        wanted=wanted,
        numbers=numbers,
        rows=listed,
        wrong=counts.get(RowState.WRONG, 0),
        undone="undone" in report,
    )


@for_importers("GET")
def import_table(request, pk):
    """Give the report as a table for spreadsheets."""
    place_import = get_object_or_404(PlaceImport, pk=pk)
    rows = (
        (row.get("line", ""), row.get("key", ""), row["name"], row["state"], " ".join(sentences(row)))
        for row in place_import.report.get("rows", [])
    )
    # A byte order mark, so that spreadsheets read the file as UTF-8.
    response = HttpResponse(
        write_csv(REPORT_COLUMNS, rows).encode("utf-8-sig"), content_type="text/csv; charset=utf-8"
    )
    name = slugify(place_import.file_name.rsplit(".", 1)[0]) or "places"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-report.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@for_importers("POST")
def import_undo(request, pk):
    """Take an import back."""
    place_import = get_object_or_404(PlaceImport, pk=pk)
    try:
        undo_import(place_import, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("The import was taken back."))
    return redirect(REPORT, pk)


@for_importers("POST")
def import_discard(request, pk):
    """Throw a file away that was not brought in."""
    place_import = get_object_or_404(PlaceImport, pk=pk)
    try:
        throw_away(place_import, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("The file was thrown away; nothing was brought in."))
    return redirect(LIST)


admin_urls = [
    path("place-imports/", import_list, name=LIST),
    path("place-imports/<int:pk>/", import_reading, name=READING),
    path("place-imports/<int:pk>/report/", import_report, name=REPORT),
    path("place-imports/<int:pk>/table/", import_table, name=TABLE),
    path("place-imports/<int:pk>/undo/", import_undo, name=UNDO),
    path("place-imports/<int:pk>/discard/", import_discard, name=DISCARD),
]
