"""Reporting an error on the map, and answering the reports on one's own places."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mapping.domain.report import answer_reports, report_error
from mapping.forms.report import AnswerForm, ReportForm, report_words
from mapping.queries.place import place_for
from mapping.queries.report import open_reports, reported_places_of, reported_places_of_address
from mapping.rules import looks_after
from mapping.views.person import actor_for, address_let_in
from participation.foundation.errors import Missing, Refused
from participation.foundation.pages import page_view
from participation.foundation.trail import breadcrumbs


@page_view("GET", "POST")
def report_place(page, request, pk):
    """Say that something is wrong; nobody needs an account for it."""
    place = place_for(request.user, pk)
    if not place.is_public:
        raise Missing
    asks_address = getattr(request.user, "participant", None) is None
    form = ReportForm(request.POST if request.method == "POST" else None, asks_address=asks_address)
    if request.method == "POST" and form.is_valid():
        try:
            report_error(place, by=request.user, **form.cleaned_data)
        except Missing:
            raise
        except Refused as refusal:
            form.tell(refusal)
        else:
            messages.success(request, _("Thank you! Somebody will look at it and mend the entry."))
            return redirect(page.url_of("place", place.pk))
    place_url = page.url_of("place", place.pk)
    context = {
        "page": page,
        "breadcrumbs": breadcrumbs(page, (place_url, place.name), ("", _("Report an error"))),
        "place": place,
        "place_url": place_url,
        "edit_url": page.url_of("edit_place", place.pk) if looks_after(request.user, place) else "",
        "form": form,
    }
    status = 400 if form.is_bound else 200
    return TemplateResponse(request, "mapping/pages/report_place.html", context, status=status)


@page_view("GET")
def own_reports(page, request):
    """Show what others say is wrong at the places that somebody looks after."""
    context = {
        "page": page,
        "breadcrumbs": breadcrumbs(page, ("", _("Errors at my places"))),
        "rows": [
            {
                "place": place,
                "reports": [report_words(report) for report in place.waiting],
                "url": page.url_of("answer_reports", place.pk),
            }
            for place in _reported(request)
        ],
        "is_known": request.user.is_authenticated or bool(address_let_in(request)),
        "mine_url": page.url_of("own_places"),
        "manage_url": page.url_of("manage_link"),
    }
    return TemplateResponse(request, "mapping/pages/own_reports.html", context)


def _reported(request) -> list:
    participant = getattr(request.user, "participant", None)
    if participant is not None:
        return reported_places_of(participant)
    address = address_let_in(request)
    return reported_places_of_address(address) if address else []


@page_view("GET", "POST")
def answer_own_reports(page, request, pk):
    """Answer the reports on one place that somebody looks after."""
    place = place_for(request.user, pk)
    by = actor_for(request, place)
    if not looks_after(by, place):
        raise Missing
    waiting = open_reports().filter(place=place)
    form = AnswerForm(request.POST if request.method == "POST" else None, reports=waiting)
    if request.method == "POST" and form.is_valid():
        answer = dict(form.cleaned_data)
        chosen = [report.pk for report in answer.pop("reports")]
        try:
            number = answer_reports(place, pks=chosen, by=by, **answer)
        except Refused as refusal:
            form.tell(refusal)
        else:
            words = ngettext("One report is answered.", "%(number)d reports are answered.", number)
            messages.success(request, words % {"number": number})
            return redirect(page.url_of("own_reports"))
    context = {
        "page": page,
        "breadcrumbs": breadcrumbs(
            page, (page.url_of("own_reports"), _("Errors at my places")), ("", place.name)
        ),
        "place": place,
        "place_url": page.url_of("place", place.pk),
        "edit_url": page.url_of("edit_place", place.pk),
        "close_url": page.url_of("close_place", place.pk) if place.is_public else "",
        "list_url": page.url_of("own_reports"),
        "form": form,
        "is_waiting": form.is_bound or waiting.exists(),
    }
    status = 400 if form.is_bound else 200
    return TemplateResponse(request, "mapping/pages/answer_reports.html", context, status=status)


urls = [
    path("<int:pk>/report/", report_place, name="report_place"),
    path("reports/", own_reports, name="own_reports"),
    path("reports/<int:pk>/", answer_own_reports, name="answer_reports"),
]
