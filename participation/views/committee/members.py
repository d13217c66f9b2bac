"""Who is a member and who was, what they have declared, and how one leaves again."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.domain import joining, membership
from participation.domain.access import take_access
from participation.enums import TermEnd
from participation.forms.committee import InterestForm
from participation.foundation.errors import Missing
from participation.foundation.pages import page_view
from participation.foundation.trail import trail_of
from participation.queries.membership import former_members, membership_of, seats_on
from participation.views.committee.frame import committee_view, frame_of
from participation.views.person import as_participant

FORMER_SHOWN = 60


@committee_view("GET")
def members(page, request, standing):
    today = timezone.localdate()
    context = {
        **frame_of(page, request, standing, "members", (page.url_of("members"), _("Members"))),
        "seats": seats_on(page, today),
        "former": former_members(page, today)[:FORMER_SHOWN],
        "own_membership": membership_of(page, request.user, today),
    }
    return TemplateResponse(request, "participation/pages/committee_members.html", context)


@committee_view("GET", "POST", sign_in=True)
def interests(page, request, standing):
    own = membership_of(page, request.user, timezone.localdate())
    if own is None:
        raise Missing
    form = InterestForm(request.POST if "text" in request.POST else None)
    if request.method == "POST":
        if "end" in request.POST:
            interest = own.interests.filter(pk=_number(request.POST["end"])).first()
            if interest is None:
                raise Missing
            membership.end_interest(interest, by=request.user)
            messages.success(request, _("It is noted that this is over."))
            return redirect(page.url_of("interests"))
        if form.is_valid():
            membership.declare_interest(own, text=form.cleaned_data["text"], by=request.user)
            messages.success(request, _("Your declaration is on the page of members now."))
            return redirect(page.url_of("interests"))
    context = {
        **frame_of(page, request, standing, "members", (page.url_of("interests"), _("My interests"))),
        "form": form,
        "own": own,
        "interests": own.interests.all(),
    }
    return TemplateResponse(request, "participation/pages/committee_interests.html", context)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


@committee_view("GET", "POST", sign_in=True)
def leave(page, request, standing):
    own = membership_of(page, request.user, timezone.localdate())
    person = getattr(request.user, "participant", None)
    has_access = person is not None and page.accesses.filter(participant=person).exists()
    if own is None and not has_access:
        raise Missing
    if request.method == "POST":
        if own is not None:
            membership.end_term(own, because=TermEnd.STEPPED_DOWN, by=request.user)
        if has_access:
            take_access(page, participant=person, by=request.user)
        messages.success(request, _("You have left the committee. Thank you for what you did."))
        return redirect(page.url if not page.is_private else "/")
    context = {
        **frame_of(page, request, standing, "members", (page.url_of("leave"), _("Leave"))),
        "own": own,
    }
    return TemplateResponse(request, "participation/pages/committee_leave.html", context)


@page_view("GET", "POST")
def invitation(page, request, token):
    """Who holds the mailed link sees the committee's name even where it is private: it was invited to know."""
    found = joining.invitation_behind(token, page)
    if request.method == "POST" and "decline" in request.POST:
        joining.decline_invitation(found)
        messages.success(request, _("You said no. The committee is not told why."))
        return redirect("/")
    if request.method == "POST":
        return _accept(request, page, found)
    context = {
        **page.get_context(request),
        "committee": page,
        "invitation": found,
        "breadcrumbs": [] if page.is_private else [*trail_of(page), ("", _("Invitation"))],
    }
    return TemplateResponse(request, "participation/pages/committee_invitation.html", context)


@page_view("GET", "POST", sign_in=True)
@as_participant
def _accept(request, person, page, found):
    joining.accept_invitation(found, participant=person)
    messages.success(request, _("Welcome. You are part of it now."))
    return redirect(page.url)


urls = [
    path("members/", members, name="members"),
    path("members/interests/", interests, name="interests"),
    path("members/leave/", leave, name="leave"),
    path("invitation/<path:token>/", invitation, name="invitation"),
]
