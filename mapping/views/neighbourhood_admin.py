"""Neighbourhoods in the Wagtail admin: brought in from files, and what the map does when one is changed by hand."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mapping.domain.bringing_in import MAX_BYTES
from mapping.domain.neighbourhoods_import import neighbourhoods_changed
from mapping.domain.neighbourhoods_upload import (
    MAX_PEOPLE_BYTES,
    carry_out,
    outlines_of,
    people_columns,
    people_of,
    take_outlines,
    throw_away,
)
from mapping.forms.neighbourhood_file import NeighbourhoodFileForm, NeighbourhoodReadingForm
from mapping.models import NeighbourhoodFile
from mapping.views.import_admin import admin_page, for_importers
from participation.foundation.errors import Refused
from participation.models import Neighbourhood

LIST, READING, DISCARD = "neighbourhood_imports", "neighbourhood_import", "neighbourhood_import_discard"


def after_one(_request, instance) -> None:
    """After a neighbourhood was added or changed, let map and coverage follow."""
    if isinstance(instance, Neighbourhood):
        neighbourhoods_changed()


def after_some(_request, instances) -> None:
    """After neighbourhoods were deleted, one or many at a time, let map and coverage follow."""
    if any(isinstance(instance, Neighbourhood) for instance in instances):
        neighbourhoods_changed()


@for_importers("GET", "POST")
def neighbourhood_files(request):
    """Take files of neighbourhoods, and list those that wait."""
    form = NeighbourhoodFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, people = form.cleaned_data["file"], form.cleaned_data["people"]
        try:
            held = take_outlines(
                file.read(MAX_BYTES + 1),
                name=file.name,
                people=people.read(MAX_PEOPLE_BYTES + 1) if people else None,
                crs=form.cleaned_data["crs"].strip(),
                sheet=form.cleaned_data["sheet"].strip(),
                by=request.user,
            )
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else "file", str(refusal.message))
        else:
            return redirect(READING, held.pk)
    waiting = NeighbourhoodFile.objects.defer("content", "people")
    return admin_page(
        request, "neighbourhood_files.html", _("Bring neighbourhoods in"), form=form, waiting=waiting
    )


@for_importers("GET", "POST")
def neighbourhood_reading(request, pk):
    """Say what the columns mean, see what would happen, and only then let it happen."""
    held = get_object_or_404(NeighbourhoodFile, pk=pk)
    try:
        table, people = outlines_of(held), people_of(held)
        columns = people_columns(people) if people else []
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect(LIST)
    form = NeighbourhoodReadingForm(request.POST or None, table=table, people_columns=columns)
    report = None
    if request.method == "POST" and form.is_valid():
        brings = "bring" in request.POST
        try:
            report = carry_out(held, table, **form.answers(people), dry_run=not brings, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            if brings:
                words = ngettext(
                    "%(number)d neighbourhood is new or changed.",
                    "%(number)d neighbourhoods are new or changed.",
                    len(report.new) + len(report.changed),
                )
                messages.success(request, words % {"number": len(report.new) + len(report.changed)})
                return redirect(LIST)
    return admin_page(
        request,
        "neighbourhood_reading.html",
        _("What the columns mean"),
        form=form,
        held=held,
        table=table,
        lists=_lists(report) if report else [],
        report=report,
    )


def _lists(report) -> list[tuple[str, list[str]]]:
    """Return what the report says as (words, names), without what is empty."""
    told = [
        (_("New"), report.new),
        (_("Changed"), report.changed),
        (_("Unchanged"), report.unchanged),
        (_("Not in the file, left as it is"), report.not_in_file),
        (_("Outline repaired"), report.repaired),
    ]
    if report.people is not None:
        together = [f"{name}: {', '.join(parts)}" for name, parts in report.people.merged.items()]
        told += [
            (_("Without people"), report.people.unmatched_areas),
            (_("Counted together in the table of people"), together),
            (_("Stands twice in the table of people, the first counts"), report.people.repeated),
            (_("In the table of people alone"), report.people.unmatched_rows),
        ]
    return [(words, list(names)) for words, names in told if names]


@for_importers("POST")
def neighbourhood_discard(request, pk):
    """Throw files away that were not brought in."""
    throw_away(get_object_or_404(NeighbourhoodFile, pk=pk), by=request.user)
    messages.success(request, _("The file was thrown away; nothing was brought in."))
    return redirect(LIST)


admin_urls = [
    path("neighbourhood-imports/", neighbourhood_files, name=LIST),
    path("neighbourhood-imports/<int:pk>/", neighbourhood_reading, name=READING),
    path("neighbourhood-imports/<int:pk>/discard/", neighbourhood_discard, name=DISCARD),
]
