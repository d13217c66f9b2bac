"""Scouts: becoming one, leaving, and the list of places to look at."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from mapping.domain.scout import become_scout, stop_scouting
from mapping.queries.verification import (
    neighbourhoods_to_scout,
    open_questions,
    places_to_look_at,
    scouting_of,
)
from mapping.views.person import named_or_stranger
from mapping.words import verified_words
from participation.foundation.pages import page_view
from participation.foundation.trail import breadcrumbs
from participation.models import Neighbourhood

PER_PAGE = 30
QUESTIONS_SHOWN = 30


@page_view("GET")
@named_or_stranger
def scout(page, request):
    """Say what scouts do; to a scout, which places wait for a look. Nobody is shown who the other scouts are."""
    context = {
        "page": page,
        "breadcrumbs": breadcrumbs(page, ("", _("Be a scout"))),
        "here_url": page.url_of("scout"),
        "join_url": page.url_of("scout_join"),
        "leave_url": page.url_of("scout_leave"),
    }
    participant = getattr(request.user, "participant", None)
    if participant is not None:
        context |= _lists(page, request, participant)
    return TemplateResponse(request, "mapping/pages/scout.html", context)


def _lists(page, request, participant) -> dict:
    now = timezone.now()
    mine = scouting_of(participant)
    free = list(neighbourhoods_to_scout(participant))
    context = {"mine": mine, "free": free, "home": participant.neighbourhood_id}
    if not mine:
        return context
    asked = [question.place for question in open_questions(participant, now)[:QUESTIONS_SHOWN]]
    others = places_to_look_at(participant, now).exclude(pk__in=[place.pk for place in asked])
    numbers = Paginator(others, PER_PAGE).get_page(request.GET.get("page"))
    return context | {
        "asked": [_row(page, place) for place in asked],
        "others": [_row(page, place) for place in numbers.object_list],
        "numbers": numbers,
    }


def _row(page, place) -> dict:
    return {
        "place": place,
        "url": page.url_of("look", place.pk),
        "words": verified_words(place.verified_on, place.get_verified_by_display()),
    }


@page_view("POST", sign_in=True)
@named_or_stranger
def scout_join(page, request):
    neighbourhood = _neighbourhood(request)
    become_scout(neighbourhood, by=request.user)
    messages.success(
        request, _("Thank you! You are a scout in %(neighbourhood)s now.") % {"neighbourhood": neighbourhood}
    )
    return redirect(page.url_of("scout"))


@page_view("POST", sign_in=True)
@named_or_stranger
def scout_leave(page, request):
    neighbourhood = _neighbourhood(request)
    stop_scouting(neighbourhood, by=request.user)
    messages.success(
        request,
        _("You are not a scout in %(neighbourhood)s any more. Thank you for your help!")
        % {"neighbourhood": neighbourhood},
    )
    return redirect(page.url_of("scout"))


def _neighbourhood(request) -> Neighbourhood:
    return get_object_or_404(Neighbourhood, slug=request.POST.get("neighbourhood", "").replace("\x00", ""))


urls = [
    path("scout/", scout, name="scout"),
    path("scout/join/", scout_join, name="scout_join"),
    path("scout/leave/", scout_leave, name="scout_leave"),
]
