"""Organisers bring their own calendar: give it, read what would happen, bring it in, and see what each reading changed."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning_events.domain import calendars as domain
from learning_events.domain.calendars.words import moment_words
from learning_events.enums import RunState, SourceState
from learning_events.forms.calendars import CalendarForm, NextFileForm
from learning_events.models import CalendarSource
from learning_events.queries.calendars import (
    calendars_of,
    drafts_of,
    organisations_of,
    waiting_of,
    with_numbers,
)
from learning_events.views.organise.frame import organiser_view, trail
from participation.foundation.errors import Missing, Refused

PER_PAGE = 50
TONES = {
    SourceState.PREVIEW: "warn",
    SourceState.ACTIVE: "good",
    SourceState.TROUBLE: "bad",
    SourceState.STOPPED: "quiet",
}
FORMATS = {
    "ics": "iCalendar",
    "jsonld": "JSON-LD",
    "frab": "frab",
    "xcri": "XCRI-CAP",
}
STATE_TONES = {"new": "good", "changed": "info", "gone": "warn", "left": "bad"}


@organiser_view("GET")
def calendars(page, request):
    """List the calendars that somebody brought along to this festival."""
    listed = [
        {
            "source": source,
            "url": page.url_of("calendar_source", source.pk),
            "tone": TONES[source.state],
            "state": _state(source),
        }
        for source in calendars_of(page, request.user.participant)
    ]
    context = {
        "page": page,
        "breadcrumbs": trail(page, ("", _("My calendars"))),
        "rows": listed,
        "new_url": page.url_of("new_calendar"),
        "mine_url": page.url_of("my_events"),
    }
    return TemplateResponse(request, "learning_events/pages/calendars/calendars.html", context)


@organiser_view("GET", "POST")
def new_calendar(page, request):
    """Take an address or a file, and look at it; nothing changes yet."""
    is_sent = request.method == "POST"
    form = CalendarForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        organisations=organisations_of(request.user.participant),
    )
    if is_sent and form.is_valid():
        try:
            source, _run = domain.add_source(page, form.given(), by=request.user)
        except Refused as refusal:
            form.tell(refusal)
        else:
            return redirect(page.url_of("calendar_source", source.pk))
    context = {
        "page": page,
        "breadcrumbs": trail(
            page, (page.url_of("calendars"), _("My calendars")), ("", _("Bring a calendar along"))
        ),
        "form": form,
        "list_url": page.url_of("calendars"),
    }
    status = 400 if form.is_bound else 200
    return TemplateResponse(
        request, "learning_events/pages/calendars/new_calendar.html", context, status=status
    )


@organiser_view("GET", "POST")
def calendar_source(page, request, pk):
    """Show what the last reading found or did; a POST does what its `action` says."""
    source = _source(page, request.user, pk)
    form = NextFileForm()
    status = 200
    if request.method == "POST":
        action = ACTIONS.get(request.POST.get("action", ""))
        if action is None:
            raise Missing
        form = NextFileForm(request.POST, request.FILES) if action is _next_file else form
        try:
            if action(request, source, form):
                return redirect(
                    page.url_of("calendars")
                    if action is _throw_away
                    else page.url_of("calendar_source", source.pk)
                )
        except Refused as refusal:
            if not form.is_bound:
                messages.error(request, str(refusal.message))
                return redirect(page.url_of("calendar_source", source.pk))
            form.tell(refusal)
        status = 400
        source = _source(page, request.user, pk)
    return TemplateResponse(
        request,
        "learning_events/pages/calendars/calendar.html",
        _context(page, request, source, form),
        status=status,
    )


def _state(source: CalendarSource) -> str:
    """Return the state in words; a file is read once and not kept up to date by itself."""
    if source.state == SourceState.ACTIVE and not source.address:
        return _("brought in")
    return source.get_state_display()


def _source(page, user, pk: int) -> CalendarSource:
    source = with_numbers(CalendarSource.objects.filter(festival=page, pk=pk)).first()
    if source is None or not domain.may_keep_source(user, source):
        raise Missing
    return source


def _context(page, request, source: CalendarSource, form) -> dict:
    runs = list(source.runs.all()[:10])
    wanted = request.GET.get("run", "")
    run = next((each for each in runs if str(each.pk) == wanted), runs[0] if runs else None)
    lines = run.differences if run is not None else []
    shown = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    held_back = bool(runs and runs[0].counts.get("held_back")) and source.content is not None
    return {
        "page": page,
        "breadcrumbs": trail(page, (page.url_of("calendars"), _("My calendars")), ("", source.title)),
        "source": source,
        "tone": TONES[source.state],
        "state": _state(source),
        "format": FORMATS.get(source.format, source.format),
        "is_preview": source.state == SourceState.PREVIEW,
        "held_back": held_back and source.state != SourceState.PREVIEW,
        "run": run,
        "runs": [(each, f"?run={each.pk}", each == run) for each in runs],
        "was_preview": run is not None and run.state == RunState.PREVIEW,
        "counts": run.counts if run is not None else {},
        "shown": shown,
        "lines": [_line(page, line) for line in shown.object_list],
        "problems": [domain.problem_words(problem) for problem in run.problems] if run is not None else [],
        "waiting": [_waiting(page, row) for row in waiting_of(source)],
        "drafts": len(drafts_of(source)) if source.events_count else 0,
        "form": form,
        "list_url": page.url_of("calendars"),
    }


def _line(page, line: dict) -> dict:
    words = {
        "new": _("new"),
        "changed": _("changed"),
        "gone": _("not in the calendar any more"),
        "left": _("left out"),
    }
    state = line["state"]
    return {
        "title": line["title"],
        "state": words[state],
        "tone": STATE_TONES[state],
        "told": domain.sentences(line),
        "number": line.get("sessions_count", 0),
        "url": page.url_of("own_event", line["event"]) if line.get("event") else "",
    }


def _waiting(page, row) -> dict:
    told = []
    for entry in row.waiting:
        words = _("New date: %(now)s.") if entry["what"] == "added" else _("Now: %(now)s.")
        told.append(words % {"now": moment_words(entry["session"]["start"])})
    return {"row": row, "told": told, "url": page.url_of("own_event", row.event_id)}


def _bring_in(request, source: CalendarSource, _form) -> bool:
    run = domain.bring_in(source, by=request.user, cancels_many=request.POST.get("many") == "yes")
    new = run.counts["new"]
    words = ngettext(
        "%(number)d event is a draft of yours now.", "%(number)d events are drafts of yours now.", new
    )
    messages.success(
        request, words % {"number": new} if new else _("The calendar is brought in; no event is new.")
    )
    return True


def _look_again(request, source: CalendarSource, _form) -> bool:
    domain.look_again(source, by=request.user)
    return True


def _next_file(request, source: CalendarSource, form) -> bool:
    if not form.is_valid():
        return False
    domain.look_again(source, by=request.user, given=form.given())
    return True


def _sync(request, source: CalendarSource, _form) -> bool:
    run = domain.sync_source(source, by=request.user)
    if run is None:
        messages.success(request, _("Nothing has changed in the calendar."))
    elif run.state == RunState.REFUSED:
        messages.error(request, run.words)
    else:
        messages.success(request, _("The changes of the calendar are brought in."))
    return True


def _stop(request, source: CalendarSource, _form) -> bool:
    domain.stop_source(source, by=request.user)
    messages.success(request, _("We ask this calendar no more. Its events stay."))
    return True


def _throw_away(request, source: CalendarSource, _form) -> bool:
    domain.throw_away(source, by=request.user)
    messages.success(request, _("The calendar is forgotten; nothing was brought in."))
    return True


def _take_over(request, source: CalendarSource, _form) -> bool:
    row = next((each for each in waiting_of(source) if str(each.pk) == request.POST.get("event")), None)
    if row is None:
        raise Missing
    domain.take_over(row, by=request.user)
    messages.success(
        request, _("“%(title)s” now has the times of your calendar.") % {"title": row.event.title}
    )
    return True


def _hand_in(request, source: CalendarSource, _form) -> bool:
    sent, missing = domain.hand_in_drafts(source, drafts_of(source), by=request.user)
    words = ngettext("%(number)d event is handed in.", "%(number)d events are handed in.", sent)
    told = words % {"number": sent}
    if missing:
        more = ngettext(
            "%(number)d event still misses something; open it to see what.",
            "%(number)d events still miss something; open them to see what.",
            missing,
        )
        told = f"{told} {more % {'number': missing}}"
    (messages.warning if missing else messages.success)(request, told)
    return True


ACTIONS = {
    "bring-in": _bring_in,
    "again": _look_again,
    "file": _next_file,
    "sync": _sync,
    "stop": _stop,
    "throw-away": _throw_away,
    "take-over": _take_over,
    "hand-in": _hand_in,
}

urls = [
    path("calendars/", calendars, name="calendars"),
    path("calendars/new/", new_calendar, name="new_calendar"),
    path("calendars/<int:pk>/", calendar_source, name="calendar_source"),
]
