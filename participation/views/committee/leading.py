"""What those who lead a committee decide: who comes in, who has which seat, and how it works."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.domain import joining, membership
from participation.domain.committee import change_settings
from participation.enums import AccessLevel, InvitationState
from participation.forms.committee import (
    AnswerForm,
    EndTermForm,
    InvitationForm,
    SeatForm,
    SeatPersonForm,
    SettingsForm,
)
from participation.foundation.errors import Missing, Refused
from participation.queries.committee import open_requests
from participation.queries.membership import seats_on
from participation.views.committee.frame import committee_view, frame_of


def _page(page, request, standing, template: str, name: str, title: str, **context) -> TemplateResponse:
    frame = frame_of(
        page, request, standing, "lead", (page.url_of("lead"), _("Lead")), (page.url_of(name), title)
    )
    return TemplateResponse(
        request, f"participation/pages/committee_{template}.html", {**frame, "title": title, **context}
    )


@committee_view("GET", level=AccessLevel.LEAD)
def lead(page, request, standing):
    context = {
        **frame_of(page, request, standing, "lead", (page.url_of("lead"), _("Lead"))),
        "requests": open_requests(page).count(),
        "invitations": page.invitations.filter(state=InvitationState.OPEN).count(),
        "accesses": page.accesses.count(),
    }
    return TemplateResponse(request, "participation/pages/committee_lead.html", context)


@committee_view("GET", level=AccessLevel.LEAD)
def requests(page, request, standing):
    return _page(
        page,
        request,
        standing,
        "requests",
        "requests",
        _("Requests"),
        requests=open_requests(page),
        answered=page.join_requests.exclude(state="open").select_related("participant")[:20],
    )


@committee_view("GET", "POST", level=AccessLevel.LEAD)
def join_request(page, request, standing, pk):
    asked = page.join_requests.select_related("participant__neighbourhood", "seat").filter(pk=pk).first()
    if asked is None:
        raise Missing
    form = AnswerForm(request.POST or None, seat=asked.seat)
    if request.method == "POST" and form.is_valid():
        try:
            if "decline" in request.POST:
                joining.decline_request(asked, answer=form.cleaned_data["answer"], by=request.user)
                messages.success(request, _("The person reads your answer."))
            else:
                joining.accept_request(asked, until_on=form.cleaned_data.get("until_on"), by=request.user)
                messages.success(request, _("The person is told, and is part of the committee now."))
            return redirect(page.url_of("requests"))
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
    return _page(page, request, standing, "request", "requests", _("Request"), asked=asked, form=form)


@committee_view("GET", "POST", level=AccessLevel.LEAD)
def invitations(page, request, standing):
    form = InvitationForm(request.POST or None, committee=page)
    if request.method == "POST" and form.is_valid():
        try:
            joining.invite_person(page, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
        else:
            messages.success(request, _("The invitation is on its way. It lasts for 30 days."))
            return redirect(page.url_of("invitations"))
    waiting = page.invitations.filter(state=InvitationState.OPEN).select_related("seat")
    return _page(
        page, request, standing, "invitations", "invitations", _("Invitations"), form=form, waiting=waiting
    )


@committee_view("POST", level=AccessLevel.LEAD)
def take_back(page, request, standing, pk):
    invitation = page.invitations.filter(pk=pk).first()
    if invitation is None:
        raise Missing
    joining.take_back_invitation(invitation, by=request.user)
    messages.success(request, _("The invitation is taken back; its link leads nowhere."))
    return redirect(page.url_of("invitations"))


@committee_view("GET", "POST", level=AccessLevel.LEAD)
def seats(page, request, standing):
    form = SeatForm(request.POST or None, new=True)
    if request.method == "POST" and form.is_valid():
        try:
            membership.add_seat(page, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
        else:
            messages.success(request, _("The seat is added."))
            return redirect(page.url_of("seats"))
    return _page(
        page,
        request,
        standing,
        "seats",
        "seats",
        _("Seats"),
        form=form,
        seats=seats_on(page, timezone.localdate()),
    )


@committee_view("GET", "POST", level=AccessLevel.LEAD)
def seat(page, request, standing, pk):
    """Change a seat, give it to somebody, end the term in it, or abolish it: one form for each."""
    found = page.seats.filter(pk=pk, is_abolished=False).first()
    if found is None:
        raise Missing
    today = timezone.localdate()
    holder = found.memberships.on(today).select_related("participant").first()
    action = request.POST.get("action", "") if request.method == "POST" else ""
    forms = {
        "change": SeatForm(
            request.POST if action == "change" else None,
            initial={"title": found.title, "is_open": found.is_open},
        ),
        "end": EndTermForm(request.POST if action == "end" else None, initial={"on": today}),
        "give": SeatPersonForm(
            request.POST if action == "give" else None, committee=page, initial={"from_on": today}
        ),
    }
    try:
        if action == "abolish":
            membership.abolish_seat(found, by=request.user)
            messages.success(request, _("The seat is abolished. Its history stays."))
            return redirect(page.url_of("seats"))
        if action in forms and forms[action].is_valid():
            _act(action, forms[action].cleaned_data, found, holder, request.user)
            messages.success(request, _("The change is saved."))
            return redirect(page.url_of("seat", pk))
    except Refused as refusal:
        if action not in forms:
            raise
        form = forms[action]
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
    return _page(
        page,
        request,
        standing,
        "seat",
        "seats",
        str(found),
        seat=found,
        holder=holder,
        past=found.memberships.exclude(pk=holder.pk if holder else None).order_by("-from_on")[:20],
        forms=forms,
    )


def _act(action: str, cleaned: dict, found, holder, by) -> None:
    if action == "change":
        membership.change_seat(found, **cleaned, by=by)
    elif action == "end":
        if holder is None:
            raise Missing
        membership.end_term(holder, **cleaned, by=by)
    else:
        membership.seat_person(found, **cleaned, by=by)


@committee_view("GET", "POST", level=AccessLevel.LEAD)
def committee_settings(page, request, standing):
    form = SettingsForm(
        request.POST or None,
        initial={
            "privacy": page.privacy,
            "takes_join_requests": page.takes_join_requests,
            "quorum_percent": page.quorum_percent,
        },
    )
    if request.method == "POST" and form.is_valid():
        change_settings(page, **form.cleaned_data, by=request.user)
        messages.success(request, _("The change is saved."))
        return redirect(page.url_of("lead"))
    return _page(page, request, standing, "settings", "settings", _("Settings"), form=form)


urls = [
    path("lead/", lead, name="lead"),
    path("lead/requests/", requests, name="requests"),
    path("lead/requests/<int:pk>/", join_request, name="request"),
    path("lead/invitations/", invitations, name="invitations"),
    path("lead/invitations/<int:pk>/take-back/", take_back, name="take_back_invitation"),
    path("lead/seats/", seats, name="seats"),
    path("lead/seats/<int:pk>/", seat, name="seat"),
    path("lead/settings/", committee_settings, name="settings"),
]
