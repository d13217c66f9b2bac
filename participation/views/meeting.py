"""Meetings: the list of a committee, one meeting, planning and cancelling, and who comes."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from participation.calendars import calendar_of
from participation.domain.meeting import (
    announce_meeting,
    cancel_meeting,
    change_meeting,
    plan_meeting,
    plan_series,
    register_for,
    unregister_from,
)
from participation.enums import MeetingForm, MeetingState, RegistrationState
from participation.forms.meeting import CancelMeetingForm, MeetingPlanForm, NewMeetingForm, RegisterForm, tell
from participation.foundation.clock import database_now
from participation.foundation.errors import Refused
from participation.foundation.venues import venue_with
from participation.meeting_cards import TONES, card_of
from participation.models import Meeting
from participation.queries.meeting import (
    coming_first,
    meeting_for,
    meetings_of,
    open_polls,
    past,
    place_in_line,
    registration_of,
    sees_online_address,
    when_words,
)
from participation.queries.room import room_of
from participation.queries.running import motion_views
from participation.rules import may_keep_committee
from participation.views.agenda import agenda_context
from participation.views.committee_page import around, committee_view
from participation.views.minutes import minutes_context
from participation.views.motion import votes_context
from participation.views.person import as_participant

PER_PAGE = 20


@committee_view("GET")
def meeting_list(page, request):
    """Show the committee's meetings: those to come first, the past ones below."""
    now = database_now()
    meetings = meetings_of(request.user, page).select_related("committee")
    numbers = Paginator(past(meetings, now), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **around(page, request, "meetings", ("", _("Meetings"))),
        "coming": [card_of(meeting) for meeting in coming_first(meetings, now)[:50]],
        "numbers": numbers,
        "past": [card_of(meeting) for meeting in numbers],
        "polls": [(page.url_of("date_poll", poll.pk), poll) for poll in open_polls(request.user, page)],
        "calendar_url": page.url_of("meetings_calendar"),
    }
    if may_keep_committee(request.user, page):
        context |= {"new_url": page.url_of("new_meeting"), "new_poll_url": page.url_of("new_date_poll")}
    return TemplateResponse(request, "participation/pages/meetings.html", context)


@committee_view("GET")
def meeting_detail(page, request, pk):
    """Show one meeting."""
    return shown(page, request, meeting_for(request.user, page, pk))


def shown(page, request, meeting: Meeting, *, register_form=None, status=200, **more) -> TemplateResponse:
    """Return the meeting's page; a form with mistakes comes back in it."""
    now = database_now()
    keeps = may_keep_committee(request.user, page)
    own = registration_of(meeting, request.user)
    context = {
        **around(page, request, "meetings", (page.url_of("meetings"), _("Meetings")), ("", meeting.title)),
        "meeting": meeting,
        "state": capfirst(meeting.get_state_display()),
        "tone": TONES[MeetingState(meeting.state)],
        "when": when_words(meeting),
        "facts": _facts(meeting),
        "venue": venue_with(meeting.place_key) if meeting.place_key else None,
        "online_url": meeting.online_url if sees_online_address(request.user, meeting, now=now) else "",
        "is_online": meeting.form != MeetingForm.IN_PERSON,
        "calendar_url": page.url_of("meeting_calendar", meeting.pk),
        "own": own,
        "own_line": place_in_line(own) if own and own.state == RegistrationState.WAITING else 0,
        "can_register": meeting.takes_registrations
        and meeting.state == MeetingState.ANNOUNCED
        and now < meeting.ends_at,
        "seats_left": meeting.capacity - meeting.taken if meeting.capacity is not None else None,
        "register_form": register_form or RegisterForm(meeting=meeting, initial=_answers(own)),
        "urls": {
            name: page.url_of(name, meeting.pk)
            for name in (
                "register_for_meeting", "unregister_from_meeting", "change_meeting", "announce_meeting", "cancel_meeting",
            )
        },
        "keeps": keeps,
        "registrations": _registrations(meeting) if keeps else [],
        **agenda_context(page, request, meeting, now=now, keeps=keeps),
        **votes_context(page, request, meeting),
        **minutes_context(page, request, meeting),
        **_live_room(page, request, meeting, keeps=keeps),
        **_outcome(page, meeting),
        "run_url": page.url_of("run_meeting", meeting.pk)
        if meeting.state in (MeetingState.ANNOUNCED, MeetingState.RUNNING, MeetingState.ENDED)
        else "",
        **more,
    }  # fmt: skip
    return TemplateResponse(request, "participation/pages/meeting.html", context, status=status)


def _live_room(page, request, meeting: Meeting, *, keeps: bool) -> dict:
    """Return the way into the meeting's live room, and for its keepers the way to prepare one."""
    room = room_of(request.user, meeting)
    found = {"live_room": room, "room_url": page.url_of("room", meeting.pk)} if room is not None else {}
    if keeps and room is None and meeting.state in (MeetingState.ANNOUNCED, MeetingState.RUNNING):
        found["prepare_room_url"] = page.url_of("room_settings", meeting.pk)
    return found


def _outcome(page, meeting: Meeting) -> dict:
    """Return what came of a meeting that has begun; drafts of minutes are none of it."""
    if meeting.state not in (MeetingState.RUNNING, MeetingState.ENDED):
        return {}
    motions = [
        view for view in motion_views(meeting) if meeting.state == MeetingState.ENDED or view.has_result
    ]
    return {
        "motions": motions,
        "decisions": [
            (page.url_of("decision", decision.pk), decision) for decision in meeting.decisions.order_by("pk")
        ],
        "actions": list(meeting.actions.order_by("pk")),
    }


def _answers(own) -> dict:
    return {"comes_online": own.comes_online, "needs": own.needs} if own else {}


def _registrations(meeting: Meeting) -> list:
    return list(
        meeting.registrations.exclude(state=RegistrationState.CANCELLED)
        .select_related("participant")
        .order_by("state", "registered_at", "pk")
    )


def _facts(meeting: Meeting) -> list[tuple]:
    """Return (name, value) of what is known; accessibility is said where somebody has stated it."""
    words = {True: _("yes"), False: _("no")}
    facts = [(_("When"), when_words(meeting)), (_("How people meet"), meeting.get_form_display())]
    if meeting.venue_name or meeting.venue_address:
        facts.append((_("Where"), ", ".join(filter(None, (meeting.venue_name, meeting.venue_address)))))
    if meeting.form != MeetingForm.ONLINE:
        facts += [
            (label, words[value])
            for label, value in (
                (_("Without steps"), meeting.is_step_free),
                (_("Hearing loop"), meeting.has_hearing_loop),
            )
            if value is not None
        ]
    facts += [
        (label, value)
        for label, value in (
            (_("Interpretation"), meeting.interpretation),
            (_("Help with taking part"), meeting.access_note),
        )
        if value
    ]
    return facts


@committee_view("GET", "POST", rule=may_keep_committee, sign_in=True)
def new_meeting(page, request):
    """Plan a meeting, or a series of them."""
    form = NewMeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and not form.searches:
        try:
            if form.rule:
                made = plan_series(
                    page,
                    by=request.user,
                    facts=form.facts,
                    rule=form.rule,
                    first_on=form.cleaned_data["day"],
                    begins=form.cleaned_data["begin"],
                    until_on=form.cleaned_data["until"],
                )
                messages.success(
                    request,
                    _("%(number)d meetings are planned. Announce each when it is ready.")
                    % {"number": len(made)},
                )
                return redirect(page.url_of("meetings"))
            meeting = plan_meeting(page, by=request.user, facts=form.facts)
        except Refused as refusal:
            form.tell(refusal)
        else:
            messages.success(request, _("The meeting is planned. Only you see it until you announce it."))
            return redirect(page.url_of("meeting", meeting.pk))
    return _form_page(page, request, form, _("Plan a meeting"))


@committee_view("GET", "POST", rule=may_keep_committee, sign_in=True)
def meeting_change(page, request, pk):
    """Change a meeting."""
    meeting = meeting_for(request.user, page, pk)
    form = MeetingPlanForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid() and not form.searches:
        try:
            version = form.cleaned_data["version"]
            change_meeting(
                meeting, by=request.user, facts=form.facts, version=-1 if version is None else version
            )
        except Refused as refusal:
            form.tell(refusal)
        else:
            messages.success(request, _("The meeting is changed."))
            return redirect(page.url_of("meeting", meeting.pk))
    return _form_page(page, request, form, _("Change the meeting"), meeting=meeting)


def _form_page(page, request, form, title, *, meeting=None) -> TemplateResponse:
    above = [(page.url_of("meeting", meeting.pk), meeting.title)] if meeting else []
    context = {
        **around(page, request, "meetings", (page.url_of("meetings"), _("Meetings")), *above, ("", title)),
        "title": title,
        "form": form,
        "meeting": meeting,
        "back": page.url_of("meeting", meeting.pk) if meeting else page.url_of("meetings"),
    }
    wrong = form.is_bound and not form.searches
    return TemplateResponse(
        request, "participation/pages/meeting_form.html", context, status=400 if wrong else 200
    )


@committee_view("POST", rule=may_keep_committee, sign_in=True)
def meeting_announce(page, request, pk):
    """Announce a meeting."""
    meeting = announce_meeting(meeting_for(request.user, page, pk), by=request.user)
    messages.success(request, _("The meeting is announced, and the committee's people are invited."))
    return redirect(page.url_of("meeting", meeting.pk))


@committee_view("GET", "POST", rule=may_keep_committee, sign_in=True)
def meeting_cancel(page, request, pk):
    """Ask why, then cancel a meeting."""
    meeting = meeting_for(request.user, page, pk)
    form = CancelMeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_meeting(meeting, by=request.user, because=form.cleaned_data["because"])
        except Refused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, _("The meeting is cancelled; who was invited hears of it."))
            return redirect(page.url_of("meeting", meeting.pk))
    context = {
        **around(
            page, request, "meetings", (page.url_of("meeting", meeting.pk), meeting.title), ("", _("Cancel"))
        ),
        "meeting": meeting,
        "when": when_words(meeting),
        "form": form,
        "back": page.url_of("meeting", meeting.pk),
    }
    return TemplateResponse(
        request, "participation/pages/meeting_cancel.html", context, status=400 if form.is_bound else 200
    )


@committee_view("POST", sign_in=True)
def meeting_register(page, request, pk):
    """Say that one comes."""

    def register(request, _person):
        meeting = meeting_for(request.user, page, pk)
        form = RegisterForm(request.POST, meeting=meeting)
        if form.is_valid():
            try:
                registration = register_for(meeting, by=request.user, **form.cleaned_data)
            except Refused as refusal:
                tell(form, refusal)
            else:
                messages.success(
                    request,
                    _("You are on the waiting list. We write to you when a seat is free.")
                    if registration.state == RegistrationState.WAITING
                    else _("You are registered. See you there!"),
                )
                return redirect(page.url_of("meeting", meeting.pk))
        return shown(page, request, meeting, register_form=form, status=400)

    return as_participant(register)(request)


@committee_view("POST", sign_in=True)
def meeting_unregister(page, request, pk):
    """Take it back."""
    meeting = meeting_for(request.user, page, pk)
    unregister_from(meeting, by=request.user)
    messages.success(request, _("You are not registered any more."))
    return redirect(page.url_of("meeting", meeting.pk))


@committee_view("GET")
def meeting_calendar(page, request, pk):
    """Return one meeting for a calendar program."""
    meeting = meeting_for(request.user, page, pk)
    return calendar_response(calendar_of([meeting], name=meeting.title), f"meeting-{meeting.pk}.ics")


@committee_view("GET")
def meetings_calendar(page, request):
    """Return the committee's meetings of the last year and all to come as a calendar to subscribe to."""
    meetings = meetings_of(request.user, page).exclude(state=MeetingState.DRAFT).select_related("committee")
    found = meetings.order_by("-starts_at", "pk")[:500]
    return calendar_response(calendar_of(found, name=page.title), "meetings.ics")


def calendar_response(content: bytes, name: str) -> HttpResponse:
    """Return a calendar as a file."""
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


urls = [
    path("meetings/", meeting_list, name="meetings"),
    path("meetings/new/", new_meeting, name="new_meeting"),
    path("meetings/calendar.ics", meetings_calendar, name="meetings_calendar"),
    path("meetings/<int:pk>/", meeting_detail, name="meeting"),
    path("meetings/<int:pk>/change/", meeting_change, name="change_meeting"),
    path("meetings/<int:pk>/announce/", meeting_announce, name="announce_meeting"),
    path("meetings/<int:pk>/cancel/", meeting_cancel, name="cancel_meeting"),
    path("meetings/<int:pk>/register/", meeting_register, name="register_for_meeting"),
    path("meetings/<int:pk>/unregister/", meeting_unregister, name="unregister_from_meeting"),
    path("meetings/<int:pk>/meeting.ics", meeting_calendar, name="meeting_calendar"),
]
