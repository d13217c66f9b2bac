"""The page of all committees, and starting a study circle."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.api.calendar import public_calendar
from participation.domain.circle import start_circle
from participation.forms.committee import CircleForm, CommitteeFilterForm
from participation.foundation.pages import page_view
from participation.foundation.trail import breadcrumbs
from participation.queries.circle import circles_near
from participation.queries.committee import find_committees, vacant_seats, with_figures
from participation.views.person import as_participant

PER_PAGE = 40
NEAR_SHOWN = 6


@page_view("GET")
def committee_list(page, request):
    form = CommitteeFilterForm(request.GET)
    wanted = form.wanted
    today = timezone.localdate()
    found = Paginator(with_figures(find_committees(request.user, **wanted), today), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        **page.get_context(request),
        "breadcrumbs": breadcrumbs(page),
        "form": form,
        "is_filtered": any(wanted.values()),
        "committees": found,
        "vacant": vacant_seats(today).count(),
        "start_url": page.url_of("start_circle"),
        "calendar_url": page.url_of("committees_calendar"),
    }
    return TemplateResponse(request, "participation/pages/committees.html", context)


@page_view("GET", "POST", sign_in=True)
def start(page, request):
    return _start(request, page)


@as_participant
def _start(request, person, page):
    form = CircleForm(request.POST or None, initial={"neighbourhood": person.neighbourhood_id})
    if request.method == "POST" and form.is_valid():
        start_circle(page, participant=person, **form.cleaned_data)
        messages.success(
            request, _("Thank you. An editor looks at your circle and publishes it; we tell you then.")
        )
        return redirect(page.url)
    context = {
        **page.get_context(request),
        "breadcrumbs": breadcrumbs(page, (page.url_of("start_circle"), _("Start a study circle"))),
        "form": form,
        "near": circles_near(person.neighbourhood)[:NEAR_SHOWN],
    }
    return TemplateResponse(request, "participation/pages/circle_start.html", context)


@page_view("GET")
def committees_calendar(page, request):
    """The meetings of all public committees, the same for everybody."""
    return public_calendar()


urls = [
    path("", committee_list, name="committees"),
    path("calendar.ics", committees_calendar, name="committees_calendar"),
    path("start-a-circle/", start, name="start_circle"),
]
