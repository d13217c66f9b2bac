"""The pages of notices: reading them, choosing mails, and leaving a source of mails from a link."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from participation.domain import notification as notices
from participation.domain import unsubscription
from participation.domain.following import choices_of, keep_choices
from participation.forms.notification import MailChoiceForm
from participation.foundation.errors import Missing
from participation.foundation.notices import all_kinds
from participation.foundation.pages import page_view
from participation.queries.notification import notices_of, unread_count
from participation.views.person import as_participant

PER_PAGE = 20
UNDO = "participation_choices_before"


@page_view("GET", sign_in=True)
@as_participant
def notification_list(request, person):
    page = Paginator(notices_of(person), PER_PAGE).get_page(request.GET.get("page"))
    context = {"notices": page, "unread": unread_count(person)}
    return TemplateResponse(request, "participation/pages/notifications.html", context)


@page_view("GET", "POST", sign_in=True)
@as_participant
def read_one(request, person, pk):
    if request.method == "POST":
        notices.mark_read(person, pk)
    return redirect("participation:notifications")


@page_view("GET", "POST", sign_in=True)
@as_participant
def read_all(request, person):
    if request.method == "POST":
        notices.mark_all_read(person)
        messages.success(request, _("All notices are marked as read."))
    return redirect("participation:notifications")


@page_view("GET", "POST", sign_in=True)
@as_participant
def mail_choices(request, person):
    before = choices_of(person)
    form = MailChoiceForm(request.POST or None, participant=person)
    if request.method == "POST" and form.is_valid() and form.save():
        remember_choices(request, before)
        messages.success(request, _("Your choice is saved."))
        return redirect("participation:mail_choices")
    context = {
        "form": form,
        "quiet": _quiet_things(person),
        "circles": person.subscriptions.filter(target=None).order_by("name", "pk"),
        "discussions": person.follows.filter(discussion__is_public=True).select_related("discussion"),
        "can_undo": UNDO in request.session,
    }
    return TemplateResponse(request, "participation/pages/mail_choices.html", context)


def remember_choices(request, before: dict) -> None:
    """Keep what the person had chosen in their session, for one step back."""
    request.session[UNDO] = before


@page_view("GET", "POST", sign_in=True)
@as_participant
def mail_choices_undo(request, person):
    before = request.session.pop(UNDO, None) if request.method == "POST" else None
    if before is not None:
        keep_choices(person, before)
        messages.success(request, _("Your choices are again as they were."))
    return redirect("participation:mail_choices")


def _quiet_things(person) -> list[dict]:
    rows = (
        person.unsubscriptions.filter(discussion__is_public=True).select_related("discussion").order_by("pk")
    )
    kinds = all_kinds()
    return [
        {"pk": row.pk, "title": row.discussion.title, "kind": kinds[row.kind].label}
        for row in rows
        if row.kind in kinds
    ]


@page_view("GET", "POST", sign_in=True)
@as_participant
def resubscribe(request, person, pk):
    if request.method == "POST":
        row = person.unsubscriptions.select_related("discussion").filter(pk=pk).first()
        if row is None:
            raise Missing
        unsubscription.resubscribe(person, kind=row.kind, discussion=row.discussion)
        messages.success(request, _("You get these mails again."))
    return redirect("participation:mail_choices")


@csrf_exempt  # the signed token is the key; mail programs post here without ever having seen our pages (RFC 8058)
@never_cache
@page_view("GET", "POST")
def unsubscribe(request, token):
    source = unsubscription.source_of(token)
    is_everything = source.discussion is None or "whole_kind" in request.POST
    if request.method == "POST":
        unsubscription.unsubscribe(
            source.participant, kind=source.kind, discussion=None if is_everything else source.discussion
        )
    title = source.discussion.title if source.discussion and source.discussion.is_public else ""
    context = {
        "source": source,
        "title": title,
        "is_done": request.method == "POST",
        "is_everything": is_everything,
    }
    return TemplateResponse(request, "participation/pages/unsubscribe.html", context)


urls = [
    path("notices/", notification_list, name="notifications"),
    path("notices/read/", read_all, name="notifications_read"),
    path("notices/<int:pk>/read/", read_one, name="notification_read"),
    path("notices/mails/", mail_choices, name="mail_choices"),
    path("notices/mails/undo/", mail_choices_undo, name="mail_choices_undo"),
    path("notices/mails/<int:pk>/again/", resubscribe, name="resubscribe"),
    path("notices/unsubscribe/<str:token>/", unsubscribe, name="unsubscribe"),
]
