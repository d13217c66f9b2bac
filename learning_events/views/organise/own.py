"""A person's own events: how far each is, what is missing, and what can be done with it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from learning_events.domain import event as events
from learning_events.domain.copying import copy_event, sessions_to_copy
from learning_events.enums import ChangeState, EventStage
from learning_events.forms.event import ReasonForm
from learning_events.models import EventPage
from learning_events.queries.deadline import changes_are_closed, submissions_are_closed
from learning_events.queries.event import events_of, standing_of, standings_of
from learning_events.queries.session import sessions_of
from learning_events.rules import may_change_event, may_run_festival
from learning_events.stage_words import tone_of
from learning_events.views.organise import steps
from learning_events.views.organise.frame import organiser_view, own_event_of, trail
from participation.foundation.errors import Missing, Refused

ON_A_PAGE = 30
EARLIER_SHOWN = 50


@organiser_view("GET")
def my_events(page, request):
    """List what one writes for this festival, and what one could copy from earlier ones."""
    mine = events_of(request.user.participant)
    shown = Paginator(mine.child_of(page), ON_A_PAGE).get_page(request.GET.get("page"))
    standings = standings_of(shown.object_list)
    earlier = mine.exclude(pk__in=EventPage.objects.child_of(page).values("pk")).order_by("-pk")[
        :EARLIER_SHOWN
    ]
    context = {
        "page": page,
        "breadcrumbs": trail(page),
        "shown": shown,
        "rows": [_row(page, event, standings[event.pk]) for event in shown.object_list],
        "earlier": [(event, page.url_of("event_copy", event.pk)) for event in earlier],
        "submit_url": page.url_of("submit"),
        "takes_events": page.takes_submissions and not submissions_are_closed(page),
        "calendars_url": steps.address_of(page, "calendars"),
    }
    return TemplateResponse(request, "learning_events/pages/organise/my_events.html", context)


def _row(page, event: EventPage, standing) -> dict:
    return {
        "event": event,
        "title": event.draft_title or event.title,
        "standing": standing,
        "tone": tone_of(standing),
        "url": page.url_of("own_event", event.pk),
    }


@organiser_view("GET")
def own_event(page, request, pk):
    """Say how far an event is, and lead on."""
    event = own_event_of(page, request.user, pk)
    written = event.get_latest_revision_as_object()
    standing = standing_of(event)
    missing = events.missing_for_sending(written)
    runs = may_run_festival(request.user)
    is_closed = event.live and changes_are_closed(page) and not runs
    can_change = (
        (runs or not standing.is_reviewed) and not is_closed and standing.stage != EventStage.DECLINED
    )
    context = {
        "page": page,
        "breadcrumbs": trail(page, ("", written.title)),
        "event": event,
        "written": written,
        "standing": standing,
        "tone": tone_of(standing),
        "missing": steps.missing_links(page, event, missing),
        "can_change": can_change,
        "is_closed": is_closed,
        "can_send": can_change and (event.has_unpublished_changes if event.live else True),
        "can_delete": not event.live and event.first_published_at is None and not standing.is_reviewed,
        "has_changes": event.live and event.has_unpublished_changes,
        "sessions": steps.with_bookings(page, event, sessions_of(event)),
        "coming": sessions_of(event).filter(status="planned", ends_at__gt=events.database_now()).exists(),
        "sections": [
            (section, steps.step_url(page, event, section.step)) for section in steps.sections_of(written)
        ],
        "requests": event.change_requests.select_related("session").order_by("-created_at")[:20],
        "open_state": ChangeState.OPEN,
        "sessions_url": steps.step_url(page, event, "sessions"),
        "check_url": steps.step_url(page, event, "check"),
        "urls": {
            name: page.url_of(f"event_{name}", event.pk)
            for name in ("withdraw", "call_off", "copy", "delete", "discard", "ask")
        },
        "poster_url": steps.address_of(event, "poster") if event.live else "",
    }
    return TemplateResponse(request, "learning_events/pages/organise/own_event.html", context)


@organiser_view("GET", "POST")
def event_withdraw(page, request, pk):
    """Ask before an event, or a change, is taken back from the editors."""
    event = own_event_of(page, request.user, pk)
    if request.method == "POST":
        events.withdraw_event(event, by=request.user)
        messages.success(request, _("You have it back. Change it, and hand it in again when you are ready."))
        return redirect(page.url_of("own_event", event.pk))
    return _ask(
        page,
        request,
        event,
        title=_("Take it back?"),
        words=_("The editors stop looking at it. What you wrote stays, and you can hand it in again."),
        button=_("Take it back"),
    )


@organiser_view("GET", "POST")
def event_discard(page, request, pk):
    """Ask before unpublished changes of a public event are thrown away."""
    event = own_event_of(page, request.user, pk)
    if request.method == "POST":
        events.discard_changes(event, by=request.user)
        messages.success(request, _("Your changes are gone. The event is as everybody sees it."))
        return redirect(page.url_of("own_event", event.pk))
    return _ask(
        page,
        request,
        event,
        title=_("Throw the changes away?"),
        words=_("The event stays in the programme as everybody sees it now. This cannot be undone."),
        button=_("Throw them away"),
        is_bad=True,
    )


@organiser_view("GET", "POST")
def event_delete(page, request, pk):
    """Ask before a draft is deleted."""
    event = own_event_of(page, request.user, pk)
    if request.method == "POST":
        events.delete_draft(event, by=request.user)
        messages.success(request, _("The draft is deleted."))
        return redirect(page.url_of("my_events"))
    return _ask(
        page,
        request,
        event,
        title=_("Delete this draft?"),
        words=_("Everything in it is deleted, with its sessions. This cannot be undone."),
        button=_("Delete the draft"),
        is_bad=True,
    )


@organiser_view("GET", "POST")
def event_call_off(page, request, pk):
    """Ask why, then cancel all that is to come; the event stays in the programme as cancelled."""
    event = own_event_of(page, request.user, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            events.call_off_event(event, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.tell(refusal)
        else:
            messages.success(request, _("All coming sessions are cancelled, and the programme says so."))
            return redirect(page.url_of("own_event", event.pk))
    return _ask(
        page,
        request,
        event,
        form=form,
        title=_("Call the event off?"),
        words=_(
            "All sessions that are still to come are cancelled. They stay in the programme with your reason, and people who "
            "registered are told."
        ),
        button=_("Call it off"),
        is_bad=True,
    )


def _ask(page, request, event: EventPage, *, form=None, is_bad=False, **words) -> TemplateResponse:
    context = {
        **words,
        "page": page,
        "event": event,
        "form": form,
        "is_bad": is_bad,
        "breadcrumbs": trail(page, (page.url_of("own_event", event.pk), event.title), ("", words["title"])),
        "back_url": page.url_of("own_event", event.pk),
    }
    status = 400 if form is not None and form.is_bound else 200
    return TemplateResponse(request, "learning_events/pages/organise/ask.html", context, status=status)


@organiser_view("GET", "POST")
def event_copy(page, request, pk):
    """Begin a new event from one of one's own, of this festival or an earlier one."""
    source = EventPage.objects.select_related("submission", "organisation").filter(pk=pk).first()
    if source is None or not may_change_event(request.user, source):
        raise Missing
    if request.method == "POST":
        copy = copy_event(source, festival=page, by=request.user)
        messages.success(
            request, _("Here is your copy. Please look at the days and at everything else that is new.")
        )
        return redirect(page.url_of("own_event", copy.pk))
    context = {
        "page": page,
        "breadcrumbs": trail(page, ("", _("Copy an event"))),
        "source": source,
        "number": len(sessions_to_copy(source, page)),
        "back_url": page.url_of("my_events"),
    }
    return TemplateResponse(request, "learning_events/pages/organise/copy.html", context)


urls = [
    path("my-events/", my_events, name="my_events"),
    path("my-events/<int:pk>/", own_event, name="own_event"),
    path("my-events/<int:pk>/withdraw/", event_withdraw, name="event_withdraw"),
    path("my-events/<int:pk>/discard/", event_discard, name="event_discard"),
    path("my-events/<int:pk>/delete/", event_delete, name="event_delete"),
    path("my-events/<int:pk>/call-off/", event_call_off, name="event_call_off"),
    path("my-events/<int:pk>/copy/", event_copy, name="event_copy"),
]
