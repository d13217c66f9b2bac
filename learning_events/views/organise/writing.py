"""Writing an event in small steps: every step is saved, and nothing that was typed is lost."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from learning_events.domain import event as events
from learning_events.domain.event_picture import change_picture
from learning_events.forms.event import SendForm, WhatForm
from learning_events.models import EventPage
from learning_events.queries.deadline import submissions_are_closed
from learning_events.queries.event import standing_of
from learning_events.queries.session import sessions_of
from learning_events.rules import is_trusted_organiser, may_run_festival
from learning_events.views.organise import steps
from learning_events.views.organise.frame import organiser_view, own_event_of, trail
from participation.forms.picture import PictureForms
from participation.foundation.errors import Conflict, Missing, Refused


@dataclass(frozen=True)
class _HeldPicture:
    """The one picture of an event, the way the picture forms take it."""

    pk: int
    image: Any
    alt_text: str


@organiser_view("GET", "POST")
def submit(page, request):
    """Say what it takes, and begin with the first step."""
    is_closed = not page.takes_submissions or submissions_are_closed(page)
    form = WhatForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            event = events.draft_event(page, facts=form.facts(), by=request.user)
        except Refused as refusal:
            form.tell(refusal)
        else:
            return redirect(steps.step_url(page, event, steps.step_after("what")))
    context = {
        "page": page,
        "breadcrumbs": trail(page, ("", _("Submit an event"))),
        "form": form,
        "step": steps.STEPS[0],
        "steps": steps.listed_steps(page, None, "what"),
        "is_closed": is_closed and not may_run_festival(request.user),
        "mine_url": page.url_of("my_events"),
        "calendars_url": steps.address_of(page, "calendars"),
    }
    status = 400 if form.is_bound else 200
    return TemplateResponse(request, "learning_events/pages/organise/submit.html", context, status=status)


@organiser_view("GET", "POST")
def event_step(page, request, pk, step):
    """Show one step, and keep what is written in it."""
    now = next((each for each in steps.STEPS if each.key == step), None)
    if now is None:
        raise Missing
    event = own_event_of(page, request.user, pk)
    written = event.get_latest_revision_as_object()
    is_sent = request.method == "POST"
    form = now.form(request.POST if is_sent else None, event=written, user=request.user)
    pictures = _pictures(request, written) if step == "picture" else None
    conflict = None
    if is_sent and not form.searches and all([form.is_valid(), pictures is None or pictures.is_valid()]):
        try:
            _save(event, form, pictures, by=request.user)
        except Conflict as refusal:
            conflict = refusal
        except Refused as refusal:
            form.tell(refusal)
        else:
            return redirect(_next_url(page, request, event, step))
    if conflict is not None and conflict.code == "changed_meanwhile":
        form.data = form.data.copy()
        form.data["version"] = conflict.details["version"]
    context = {
        **_context(page, event, written, step, now.title),
        "form": form,
        "pictures": pictures,
        "step": now,
        "conflict": conflict,
        "lost_files": is_sent and bool(request.FILES),
    }
    looks = form.searches
    if looks:
        form.errors.clear()
    status = conflict.status if conflict else 400 if is_sent and not looks else 200
    return TemplateResponse(request, "learning_events/pages/organise/step.html", context, status=status)


def _save(event: EventPage, form, pictures: PictureForms | None, *, by) -> None:
    version = form.cleaned_data.get("version")
    if pictures is not None:
        change_picture(event, by=by, pictures=pictures.changes(), expected_version=version)
    else:
        events.change_event(event, facts=form.facts(), by=by, expected_version=version, hand_in=False)


def _pictures(request, written: EventPage) -> PictureForms:
    is_sent = request.method == "POST"
    held = (
        [_HeldPicture(written.picture_id, written.picture, written.picture_alt)] if written.picture_id else []
    )
    return PictureForms(
        request.POST if is_sent else None, request.FILES if is_sent else None, stored=held, most=1
    )


def _next_url(page, request, event: EventPage, step: str) -> str:
    if "later" in request.POST:
        messages.success(request, _("Your event is saved. You can go on at any time."))
        return page.url_of("own_event", event.pk)
    return steps.step_url(page, event, steps.step_after(step))


def _context(page, event: EventPage, written: EventPage, current: str, title) -> dict:
    before = steps.step_before(current)
    standing = standing_of(event)
    order = steps.order_of_steps()
    return {
        "page": page,
        "breadcrumbs": trail(page, (page.url_of("own_event", event.pk), written.title), ("", title)),
        "event": event,
        "written": written,
        "standing": standing,
        "steps": steps.listed_steps(page, written, current, sessions_of(event).exists()),
        "number": order.index(current) + 1,
        "most": len(order),
        "own_url": page.url_of("own_event", event.pk),
        "back_url": steps.step_url(page, event, before) if before else "",
    }


@organiser_view("GET", "POST")
def event_check(page, request, pk):
    """Show all that was written, and hand it in."""
    event = own_event_of(page, request.user, pk)
    written = event.get_latest_revision_as_object()
    is_sent = request.method == "POST"
    submission = getattr(event, "submission", None)
    form = SendForm(
        request.POST if is_sent else None, initial={"message": getattr(submission, "message", "")}
    )
    if is_sent and form.is_valid():
        try:
            event = events.send_event(event, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
        else:
            if event.live and not event.has_unpublished_changes:
                messages.success(request, _("Thank you! Everybody can see it in the programme now."))
            else:
                messages.success(
                    request, _("Thank you! It is with the editors now. They tell you what they decide.")
                )
            return redirect(page.url_of("own_event", event.pk))
    context = {
        **_context(page, event, written, "check", steps.CHECK),
        "form": form,
        "sections": [
            (section, steps.step_url(page, event, section.step)) for section in steps.sections_of(written)
        ],
        "sessions": [(session, "") for session in sessions_of(event)],
        "sessions_url": steps.step_url(page, event, "sessions"),
        "missing": steps.missing_links(page, event, events.missing_for_sending(written)),
        "publishes": may_run_festival(request.user) or is_trusted_organiser(request.user, written),
    }
    status = 400 if is_sent else 200
    return TemplateResponse(request, "learning_events/pages/organise/check.html", context, status=status)


urls = [
    path("submit/", submit, name="submit"),
    path("my-events/<int:pk>/check/", event_check, name="event_check"),
    path("my-events/<int:pk>/step/<slug:step>/", event_step, name="event_step"),
]
