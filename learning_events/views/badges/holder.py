"""The holder's side: the page of one's own badge, the door where it is picked up, and the guardian's answer."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from learning_events.domain.credential import (
    accept_at_door,
    accept_award,
    answer_for_minor,
    award_for_guardian,
    behind_door,
    consent_age,
    decline_award,
    erase_award,
    holder_path,
    may_hold,
)
from learning_events.forms.badge import AcceptForm
from learning_events.models import Award
from learning_events.queries.credential import award_of_holder
from learning_events.views.badges.public import badge_context
from participation.foundation.errors import Missing, Refused
from participation.foundation.pages import page_view


@never_cache
@page_view("GET", "POST")
def own_badge(request, holder_key):
    """Look at a badge that one was offered, say yes or no, and later keep or erase it."""
    award = award_of_holder(holder_key)
    if award.participant_id is not None and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    may_hold(award, request.user)
    form = None
    if award.is_open:
        form = _accept_form(request, asks_address=False)
    if request.method == "POST":
        answer = _decide(request, award, form)
        if answer is not None:
            return answer
    context = {
        **(badge_context(award) if award.is_public else {"award": award, "achievement": award.achievement}),
        "form": form,
        "age": consent_age(),
        "breadcrumbs": [("/", _("Home")), ("", award.achievement.name)],
    }
    status = 400 if request.method == "POST" else 200
    return TemplateResponse(request, "learning_events/pages/own_badge.html", context, status=status)


def _decide(request, award: Award, form):
    """Do what was pressed; return where to go, None to show the form again."""
    pressed = request.POST.get("do")
    if pressed == "erase" and award.is_public:
        erase_award(award, by=request.user)
        messages.success(request, _("Your badge is erased here. Copies that you have kept are yours."))
        return redirect("/")
    if pressed == "decline":
        decline_award(award, by=request.user)
        messages.success(request, _("All right: no badge is issued."))
        return redirect(holder_path(award))
    if pressed == "accept" and form is not None and form.is_valid():
        try:
            award = accept_award(award, by=request.user, **form.wishes)
        except Missing:
            raise
        except Refused as refusal:
            form.tell(refusal)
        else:
            return redirect(holder_path(award))
    return None


@never_cache
@page_view("GET", "POST")
def door(request, token):
    """Pick up a badge where one has just learned: the QR code at the door leads here. Nothing is kept before the yes."""
    session, achievement = behind_door(token)
    has_account = getattr(request.user, "participant", None) is not None
    form = _accept_form(request, asks_address=not has_account)
    if request.method == "POST" and form.is_valid():
        try:
            award = accept_at_door(token, by=request.user, **form.wishes)
        except Missing:
            raise
        except Refused as refusal:
            form.tell(refusal)
        else:
            return redirect(holder_path(award))
    context = {
        "session": session,
        "event": session.event,
        "achievement": achievement,
        "form": form,
        "age": consent_age(),
        "breadcrumbs": [("/", _("Home")), (session.event.url, session.event.title), ("", _("Your badge"))],
    }
    status = 400 if form.is_bound else 200
    return TemplateResponse(request, "learning_events/pages/badge_door.html", context, status=status)


@never_cache
@page_view("GET", "POST")
def guardian(request, token):
    """Agree to a minor's badge or not; the mailed link is all that is needed."""
    award = award_for_guardian(token)
    context = {"award": award, "achievement": award.achievement, "age": consent_age(), "answered": ""}
    pressed = request.POST.get("do")
    if request.method == "POST" and pressed in ("agree", "refuse"):
        answer_for_minor(token, agrees=pressed == "agree")
        context["answered"] = pressed
    return TemplateResponse(request, "learning_events/pages/badge_guardian.html", context)


def _accept_form(request, *, asks_address: bool) -> AcceptForm:
    is_sent = request.method == "POST" and request.POST.get("do") == "accept"
    return AcceptForm(request.POST if is_sent else None, asks_address=asks_address)


urls = [
    path("badges/mine/<slug:holder_key>/", own_badge, name="own_badge"),
    path("badges/door/<path:token>/", door, name="door"),
    path("badges/guardian/<path:token>/", guardian, name="guardian"),
]
