"""A committee's own page, and how people ask to come in."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.domain import joining
from participation.enums import MeetingState
from participation.forms.committee import JoinForm
from participation.foundation.clock import database_now
from participation.foundation.errors import Missing
from participation.models import Seat
from participation.queries.circle import resource_url
from participation.queries.committee import readable_committees
from participation.queries.decision import decisions_of
from participation.queries.meeting import coming_first, meetings_of, when_words, where_words
from participation.queries.membership import membership_of, seats_on
from participation.rules import may_take_part
from participation.views.committee.frame import committee_view, frame_of
from participation.views.person import as_participant

DECISIONS_SHOWN = 4
RESOURCES_SHOWN = 20


@committee_view("GET")
def overview(page, request, standing):
    today = timezone.localdate()
    seats = seats_on(page, today) if page.pk else []
    context = {
        **frame_of(page, request, standing, "committee"),
        "seats": seats,
        "vacant": sum(1 for seat in seats if not seat.holders and seat.is_open),
        "own_membership": membership_of(page, request.user, today),
        "parts": readable_committees(request.user).filter(parent_committee=page.pk).order_by("title"),
        "part_of": readable_committees(request.user).filter(pk=page.parent_committee_id).first(),
        "next": _next_meeting(page, request.user) if page.pk else None,
        "decisions": [
            (decision, page.url_of("decision", decision.pk))
            for decision in decisions_of(request.user, page)[:DECISIONS_SHOWN]
        ]
        if page.pk
        else [],
        "resources": [
            (resource_url(page, each), each) for each in page.resources.defer("content")[:RESOURCES_SHOWN]
        ]
        if page.pk
        else [],
        "resources_url": page.url_of("resources") if page.pk and may_take_part(request.user, page) else "",
    }
    return TemplateResponse(request, "participation/pages/committee.html", context)


def _next_meeting(page, user) -> dict | None:
    """Return what the page tells of the next announced meeting, or None."""
    meeting = coming_first(meetings_of(user, page), database_now()).exclude(state=MeetingState.DRAFT).first()
    if meeting is None:
        return None
    return {
        "title": meeting.title,
        "url": page.url_of("meeting", meeting.pk),
        "when": when_words(meeting),
        "where": where_words(meeting),
        "is_running": meeting.state == MeetingState.RUNNING,
    }


def _seat_of(page, pk: int | None) -> Seat | None:
    if pk is None:
        return None
    seat = page.seats.filter(pk=pk, is_abolished=False).first()
    if seat is None:
        raise Missing
    return seat


@committee_view("GET", "POST", sign_in=True)
def join(page, request, standing, pk=None):
    return _join(request, page, standing, _seat_of(page, pk))


@as_participant
def _join(request, person, page, standing, seat):
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        joining.ask_to_join(page, participant=person, seat=seat, why=form.cleaned_data["why"])
        messages.success(request, _("Thank you. We tell you as soon as the committee has decided."))
        return redirect(page.url)
    context = {
        **frame_of(page, request, standing, "", (page.url_of("join"), _("Join"))),
        "form": form,
        "seat": seat,
    }
    return TemplateResponse(request, "participation/pages/committee_join.html", context)


@committee_view("POST", sign_in=True)
def withdraw(page, request, standing):
    own = page.join_requests.filter(participant__user=request.user, state="open").first()
    if own is None:
        raise Missing
    joining.withdraw_request(own, by=request.user)
    messages.success(request, _("Your request is taken back."))
    return redirect(page.url)


urls = [
    path("", overview, name="committee"),
    path("join/", join, name="join"),
    path("join/seat/<int:pk>/", join, name="apply"),
    path("join/withdraw/", withdraw, name="withdraw_request"),
]
