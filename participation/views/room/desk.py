"""Running a room on one screen: plain forms; a POST says in `do` what is to be done."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.domain import room as acts
from participation.domain.attendance import call_item
from participation.enums import MeetingState, RoomState, StatementState
from participation.forms.room import ReasonForm, RoomForm, SayForm, WallForm
from participation.foundation.errors import Invalid, Missing, Refused
from participation.models import Room
from participation.queries.agenda import item_of
from participation.queries.meeting import meeting_for
from participation.queries.room import room_for, room_of
from participation.queries.room.statement import shown_with_votes, statement_of, waiting_statements
from participation.rules import may_keep_committee
from participation.views.committee_page import around, committee_view
from participation.views.room.frame import code_context, room_context

LONGEST_NUMBER = 18


@dataclass
class Desk:
    """What lies before who runs the room: the room, what was sent, and the form that came back with a mistake."""

    request: object
    room: Room
    bound: dict[str, forms.Form] = field(default_factory=dict)

    @property
    def user(self):
        return self.request.user

    def number(self, name: str) -> int:
        """Return a number that was sent; raises Missing for what is none."""
        text = self.request.POST.get(name, "")
        if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
            raise Missing
        return int(text)

    def filled(self, kind: type[forms.Form], name: str) -> dict:
        """Return what a form says; one with mistakes is kept for the page, and raises Invalid."""
        form = kind(self.request.POST, prefix=name)
        self.bound[name] = form
        if not form.is_valid():
            raise Invalid(
                _("Nothing has been changed yet. Please look at what is marked below."), code="form"
            )
        return form.cleaned_data


def _seed(desk: Desk) -> None:
    acts.add_seed(desk.room, by=desk.user, text=desk.filled(SayForm, "seed")["text"])


def _show(desk: Desk) -> None:
    acts.show_statement(statement_of(desk.room, desk.number("statement")), by=desk.user)


def _hide(desk: Desk) -> None:
    statement = statement_of(desk.room, desk.number("statement"))
    reason = desk.filled(ReasonForm, f"hide-{statement.pk}")["reason"]
    acts.hide_statement(statement, by=desk.user, reason=reason)


def _call(desk: Desk) -> None:
    call_item(item_of(desk.room.meeting, desk.number("item")), by=desk.user)


def _extend(desk: Desk) -> None:
    item = item_of(desk.room.meeting, desk.number("item"))
    acts.extend_item(desk.room, item, desk.number("minutes"), by=desk.user)


def _close(desk: Desk) -> None:
    if desk.request.POST.get("sure") != "yes":
        raise Invalid(_("Closing is for good. Please tick that you mean it."), field="sure")
    acts.close_room(desk.room, by=desk.user)


EVENT_WORDS = {
    "prepared": gettext_lazy("room prepared"),
    "changed": gettext_lazy("settings changed"),
    "open": gettext_lazy("room opened"),
    "paused": gettext_lazy("break began"),
    "closed": gettext_lazy("room closed"),
    "wall": gettext_lazy("big screen changed"),
    "called": gettext_lazy("item called"),
    "extended": gettext_lazy("item got more time"),
    "meeting-opened": gettext_lazy("meeting opened"),
    "meeting-closed": gettext_lazy("meeting closed"),
    "guest": gettext_lazy("a guest came in"),
    "said": gettext_lazy("something was said"),
    "shown": gettext_lazy("a statement is shown"),
    "hidden": gettext_lazy("a statement was hidden"),
}
# What comes with every tick of a vote would push all else off the list.
UNTOLD = ("votes", "groups")

HANDLERS: dict[str, Callable[[Desk], object]] = {
    "open": lambda desk: acts.open_room(desk.room, by=desk.user),
    "pause": lambda desk: acts.pause_room(desk.room, by=desk.user),
    "close": _close,
    "wall": lambda desk: acts.show_on_wall(desk.room, desk.request.POST.get("wall", ""), by=desk.user),
    "seed": _seed,
    "show": _show,
    "hide": _hide,
    "call": _call,
    "extend": _extend,
}


@committee_view("GET", "POST", rule=may_keep_committee, sign_in=True)
def run(page, request, pk):
    """Show the desk to who keeps the committee's meetings; a POST does one thing and comes back."""
    desk = Desk(request, room_for(request.user, page, pk))
    status = 200
    if request.method == "POST":
        do = request.POST.get("do", "")
        handler = HANDLERS.get(do)
        if handler is None:
            raise Missing
        try:
            handler(desk)
        except Refused as refusal:
            if isinstance(refusal, Missing):
                raise
            status = refusal.status
            form = next(iter(desk.bound.values()), None)
            if form is not None and refusal.code != "form":
                form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("Done."))
            return redirect(
                f"{page.url_of('run_room', pk)}#{'statements' if do in _ABOUT_STATEMENTS else do}"
            )
        desk.room = room_for(request.user, page, pk)
    return TemplateResponse(request, "participation/pages/room_run.html", _context(page, desk), status=status)


_ABOUT_STATEMENTS = ("seed", "show", "hide")


def _context(page, desk: Desk) -> dict:
    room = desk.room

    def form(name: str, kind, **given):
        return desk.bound.get(name) or kind(prefix=name, **given)

    return {
        **room_context(page, desk.request, room, _("Run the room")),
        **code_context(desk.request, room),
        "waiting": [(each, form(f"hide-{each.pk}", ReasonForm)) for each in waiting_statements(room)],
        "shown": [(each, form(f"hide-{each.pk}", ReasonForm)) for each in shown_with_votes(room)],
        "hidden": room.statements.filter(state=StatementState.HIDDEN).order_by("pk"),
        "seed_form": form("seed", SayForm),
        "wall_form": WallForm(initial={"wall": room.wall}),
        "is_closed": room.state == RoomState.CLOSED,
        "is_in_session": room.meeting.state == MeetingState.RUNNING,
        "events": [
            (event, EVENT_WORDS.get(event.kind, event.kind))
            for event in room.events.exclude(kind__in=UNTOLD).select_related("person").order_by("-seq")[:12]
        ],
        "error_forms": [each for each in desk.bound.values() if each.errors],
    }


@committee_view("GET", "POST", rule=may_keep_committee, sign_in=True)
def settings(page, request, pk):
    """Prepare the meeting's room, or change how it works."""
    meeting = meeting_for(request.user, page, pk)
    room = room_of(request.user, meeting)
    form = RoomForm(request.POST or None, instance=room)
    if request.method == "POST" and form.is_valid():
        try:
            if room is None:
                acts.prepare_room(meeting, by=request.user, **form.facts)
            else:
                acts.change_room(room, by=request.user, **form.facts)
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.message)
        else:
            messages.success(
                request,
                _("The room is ready. Open it when people are there.") if room is None else _("Changed."),
            )
            return redirect(page.url_of("run_room", pk))
    title = _("Prepare a live room") if room is None else _("How the room works")
    above = [(page.url_of("meetings"), _("Meetings")), (page.url_of("meeting", pk), meeting.title)]
    context = {
        **around(page, request, "meetings", *above, ("", title)),
        "title": title,
        "form": form,
        "room": room,
        "back": page.url_of("run_room" if room else "meeting", pk),
    }
    status = 400 if form.is_bound else 200
    return TemplateResponse(request, "participation/pages/room_settings.html", context, status=status)


urls = [
    path("meetings/<int:pk>/room/run/", run, name="run_room"),
    path("meetings/<int:pk>/room/settings/", settings, name="room_settings"),
]
