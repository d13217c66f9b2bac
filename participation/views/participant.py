"""A person's own pages: welcome, profile, becoming verified."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from participation.domain.participant import ensure_participant, introduce, verify_by_register
from participation.forms.participant import ProfileForm, VerifyForm, WelcomeForm
from participation.foundation.errors import Missing, Refused
from participation.foundation.pages import page_view
from participation.queries.participant import own_things, participant_of, verifiers


@page_view("GET", "POST", sign_in=True)
def welcome(request):
    """Ask for a public name and the neighbourhood, then go on to where the person wanted to go."""
    next_url = request.POST.get("next", request.GET.get("next", ""))
    if not (next_url.startswith("/") and url_has_allowed_host_and_scheme(next_url, allowed_hosts=None)):
        next_url = "/"
    participant = participant_of(request.user)
    form = WelcomeForm(request.POST or None, participant=participant)
    if request.method == "POST" and form.is_valid():
        introduce(request.user, **form.cleaned_data)
        return redirect(next_url)
    return TemplateResponse(request, "participation/pages/welcome.html", {"form": form, "next_url": next_url})


@page_view("GET", "POST", sign_in=True)
def profile(request):
    """Show and change what the person says about themselves, and lead to everything else that is theirs."""
    participant = ensure_participant(request.user)
    form = ProfileForm(request.POST or None, participant=participant)
    if request.method == "POST" and form.is_valid():
        introduce(request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("participation:profile")
    context = {"form": form, "participant": participant, "own_things": own_things(participant)}
    return TemplateResponse(request, "participation/pages/profile.html", context)


@page_view("GET", "POST", sign_in=True)
def verify(request):
    """Take register number and date of birth, and make a resident of who the register knows."""
    participant = ensure_participant(request.user)
    form = VerifyForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid() and not participant.is_verified:
        try:
            verify_by_register(participant, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
            status = refusal.status
        else:
            messages.success(request, _("You are verified. You can now vote."))
            return redirect("participation:profile")
    others = verifiers(getattr(settings, "PARTICIPATION_VERIFIERS", ())).values()
    context = {"form": form, "participant": participant, "verifiers": others}
    return TemplateResponse(request, "participation/pages/verify.html", context, status=status)


@page_view("POST", sign_in=True)
def begin_verifier(request, name):
    """Hand the person over to another service that can prove who they are."""
    verifier = verifiers(getattr(settings, "PARTICIPATION_VERIFIERS", ())).get(name)
    if verifier is None:
        raise Missing
    return verifier.begin(request, ensure_participant(request.user))


urls = [
    path("me/", profile, name="profile"),
    path("me/welcome/", welcome, name="welcome"),
    path("me/verify/", verify, name="verify"),
    path("me/verify/<slug:name>/", begin_verifier, name="begin_verifier"),
]
