"""The organiser's side: the codes for the doors of an event's sessions, and giving a badge to an address."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from learning_events.domain.credential import door_token, offer_award
from learning_events.forms.badge import GiveForm
from learning_events.models import EventPage
from learning_events.queries.credential import achievements_at, awards_at
from learning_events.queries.issuer import base_url
from learning_events.queries.session import sessions_of
from learning_events.rules import may_give_badges_at
from learning_events.views.badges.public import qr_code
from participation.foundation.errors import Missing, Refused
from participation.foundation.pages import page_view

SESSIONS_SHOWN = 60
AWARDS_SHOWN = 100


def _event_for(user, pk: int) -> EventPage:
    event = EventPage.objects.filter(pk=pk).first()
    if event is None or not may_give_badges_at(user, event):
        raise Missing
    return event


@never_cache
@page_view("GET", "POST", sign_in=True)
def give_badges(request, pk):
    """Show which badges an event has, who was offered one, and the codes for its doors; offer one to an address."""
    event = _event_for(request.user, pk)
    achievements = achievements_at(event)
    form = GiveForm(request.POST if request.method == "POST" else None, achievements=achievements)
    if request.method == "POST" and form.is_valid():
        try:
            offer_award(by=request.user, event=event, **form.cleaned_data)
        except Missing:
            raise
        except Refused as refusal:
            form.tell(refusal)
        else:
            messages.success(request, _("The letter is on its way. They decide whether they want the badge."))
            return redirect("learning_events:give_badges", event.pk)
    context = {
        "event": event,
        "achievements": list(achievements),
        "sessions": list(sessions_of(event)[:SESSIONS_SHOWN]),
        "awards": list(awards_at(event)[:AWARDS_SHOWN]),
        "form": form,
        "breadcrumbs": [("/", _("Home")), (event.url, event.title), ("", _("Badges"))],
    }
    status = 400 if form.is_bound else 200
    return TemplateResponse(request, "learning_events/pages/give_badges.html", context, status=status)


@never_cache
@page_view("GET", sign_in=True)
def door_code(request, pk, session_pk, achievement_pk):
    """Show one code for the door of one session, to print or to hold up."""
    event = _event_for(request.user, pk)
    session = sessions_of(event).select_related("event").filter(pk=session_pk).first()
    achievement = achievements_at(event).filter(pk=achievement_pk).first()
    if session is None or achievement is None:
        raise Missing
    address = base_url() + reverse("learning_events:door", args=[door_token(session, achievement)])
    context = {
        "event": event,
        "session": session,
        "achievement": achievement,
        "address": address,
        "qr": qr_code(address),
        "breadcrumbs": [
            ("/", _("Home")),
            (reverse("learning_events:give_badges", args=[event.pk]), _("Badges")),
            ("", _("Code for the door")),
        ],
    }
    return TemplateResponse(request, "learning_events/pages/door_code.html", context)


urls = [
    path("badges/give/<int:pk>/", give_badges, name="give_badges"),
    path("badges/give/<int:pk>/<int:session_pk>/<int:achievement_pk>/", door_code, name="door_code"),
]
