"""A meeting in session on one page, for its secretary: plain forms, each of which works by itself.

The page takes what is to be done in `do`. Typing notes goes to an address of its own, so that a script may keep what was
typed while the network is gone and send it later; without a script the same forms post and come back.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from django import forms
from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from participation.domain import attendance, decision, minutes, motion
from participation.enums import AttendanceState, MeetingState, MinutesState, VoteChoice, VoteMethod
from participation.forms.meeting import tell
from participation.forms.running import (
    ActionForm,
    ActionReportForm,
    AmendmentForm,
    CountForm,
    DecisionForm,
    GuestForm,
    MotionForm,
    RecusalForm,
    members_of,
)
from participation.foundation.errors import Invalid, Missing, Refused
from participation.models import Committee, Meeting, Minutes
from participation.queries.agenda import item_of
from participation.queries.attendance import THERE, quorum_of
from participation.queries.meeting import meeting_for, when_words
from participation.queries.motion import entitled_now, motion_of
from participation.queries.running import ItemView, MotionView, items_of
from participation.rules import may_keep_committee
from participation.views.committee_page import around, committee_view

LONGEST_NUMBER = 18


@dataclass
class Desk:
    """What lies before the secretary: the meeting, what was sent, and the forms that came back with mistakes."""

    page: Committee
    request: object
    meeting: Meeting
    bound: dict[str, forms.Form] = field(default_factory=dict)
    worked_on: int | None = None

    @property
    def user(self):
        return self.request.user

    @property
    def sent(self):
        return self.request.POST

    @cached_property
    def members(self) -> dict:
        """Return what forms need that offer the members of the meeting, read once."""
        return {"meeting": self.meeting, "listed": list(members_of(self.meeting).values_list("pk", "name"))}

    def number(self, name: str) -> int:
        """Return a number that was sent; raises Missing for what is none."""
        text = self.sent.get(name, "")
        if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
            raise Missing
        return int(text)

    def item(self):
        found = item_of(self.meeting, self.number("item"))
        self.worked_on = found.pk
        return found

    def motion(self):
        found = motion_of(self.meeting, self.number("motion"))
        self.worked_on = found.item_id
        return found

    def filled(self, kind: type[forms.Form], name: str, **given) -> dict:
        """Return what a form says; one with mistakes is kept for the page, and raises Invalid."""
        form = kind(self.sent, prefix=name, **given)
        self.bound[name] = form
        if not form.is_valid():
            raise Invalid(
                _("Nothing has been changed yet. Please look at what is marked below."), code="form"
            )
        return form.cleaned_data


def _open(desk: Desk) -> str:
    attendance.open_meeting(desk.meeting, by=desk.user)
    return "attendance"


def _close(desk: Desk) -> str:
    attendance.close_meeting(desk.meeting, by=desk.user)
    return "end"


def _attend(desk: Desk) -> str:
    states = {
        int(name.removeprefix("state-")): value
        for name, value in desk.sent.items()
        if name.startswith("state-") and name[6:].isascii() and name[6:].isdigit() and len(name) < 24
    }
    attendance.note_attendance(desk.meeting, by=desk.user, states=states)
    return "attendance"


def _leave(desk: Desk) -> str:
    found = desk.meeting.attendances.filter(pk=desk.number("attendance")).first()
    if found is None:
        raise Missing
    found.meeting = desk.meeting
    attendance.note_leaving(found, by=desk.user)
    return "attendance"


def _guest(desk: Desk) -> str:
    attendance.add_guest(desk.meeting, by=desk.user, **desk.filled(GuestForm, "guest"))
    return "attendance"


def _call(desk: Desk) -> str:
    item = attendance.call_item(desk.item(), by=desk.user)
    return f"item-{item.pk}"


def _recuse(desk: Desk) -> str:
    item = desk.item()
    said = desk.filled(RecusalForm, f"recusal-{item.pk}", **desk.members)
    attendance.recuse(item, said["membership"], by=desk.user, reason=said["reason"])
    return f"item-{item.pk}"


def _move(desk: Desk) -> str:
    item = desk.item()
    said = desk.filled(MotionForm, f"motion-{item.pk}", **desk.members)
    made = motion.move_motion(item, by=desk.user, **said)
    return f"motion-{made.pk}"


def _amend(desk: Desk) -> str:
    found = desk.motion()
    said = desk.filled(AmendmentForm, f"amendment-{found.pk}", **desk.members)
    made = motion.amend_motion(found, by=desk.user, **said)
    return f"motion-{made.pk}"


def _change(desk: Desk) -> str:
    found = desk.motion()
    said = desk.filled(MotionForm, f"change-{found.pk}", elections=False, **desk.members)
    motion.change_motion(found, by=desk.user, **said)
    return f"motion-{found.pk}"


def _with_motion(act: Callable) -> Callable[[Desk], str]:
    def handle(desk: Desk) -> str:
        found = desk.motion()
        act(found, by=desk.user)
        return f"motion-{found.pk}"

    return handle


def _close_vote(desk: Desk) -> str:
    found = desk.motion()
    counted = desk.filled(CountForm, f"count-{found.pk}") if found.method == VoteMethod.HANDS else None
    motion.close_vote(found, by=desk.user, counted=counted)
    return f"motion-{found.pk}"


def _roll(desk: Desk) -> str:
    """Write down what was said in a roll call; who said nothing is left out."""
    found = desk.motion()
    for each in list(entitled_now(found)):
        choice = desk.sent.get(f"vote-{each.pk}", "")
        if choice:
            motion.cast_vote(found, each.membership, choice=choice, by=desk.user)
    return f"motion-{found.pk}"


def _decide(desk: Desk) -> str:
    item = desk.item()
    said = desk.filled(DecisionForm, f"decision-{item.pk}", committee=desk.page)
    decision.record_decision(item, by=desk.user, **said)
    return f"item-{item.pk}"


def _act(desk: Desk) -> str:
    item = desk.item()
    said = desk.filled(ActionForm, f"action-{item.pk}", committee=desk.page)
    decision.give_action(desk.page, by=desk.user, item=item, **said)
    return f"item-{item.pk}"


def _report(desk: Desk) -> str:
    item = desk.item()
    if item.from_action is None:
        raise Missing
    said = desk.filled(ActionReportForm, f"report-{item.pk}")
    item.from_action.committee = desk.page
    decision.close_action(item.from_action, by=desk.user, **said)
    return f"item-{item.pk}"


def _approve(desk: Desk) -> str:
    item = desk.item()
    minutes.approve_minutes(item, by=desk.user)
    return f"item-{item.pk}"


HANDLERS: dict[str, Callable[[Desk], str]] = {
    "open": _open,
    "close": _close,
    "attendance": _attend,
    "leave": _leave,
    "guest": _guest,
    "call": _call,
    "recuse": _recuse,
    "move": _move,
    "amend": _amend,
    "change": _change,
    "open-vote": _with_motion(motion.open_vote),
    "abort-vote": _with_motion(motion.abort_vote),
    "close-vote": _close_vote,
    "roll": _roll,
    "table": _with_motion(motion.table_motion),
    "withdraw": _with_motion(motion.withdraw_motion),
    "decide": _decide,
    "act": _act,
    "report": _report,
    "approve": _approve,
}


@committee_view("GET", "POST", rule=may_keep_committee, sign_in=True)
def run(page, request, pk):
    """Show the meeting to who keeps it; a POST does one thing, and comes back to where it was done."""
    desk = Desk(page, request, meeting_for(request.user, page, pk))
    if desk.meeting.state not in (MeetingState.ANNOUNCED, MeetingState.RUNNING, MeetingState.ENDED):
        raise Missing
    status = 200
    if request.method == "POST":
        handler = HANDLERS.get(request.POST.get("do", ""))
        if handler is None:
            raise Missing
        try:
            anchor = handler(desk)
        except Refused as refusal:
            if isinstance(refusal, Missing):
                raise
            status = refusal.status
            _say(desk, refusal)
        else:
            messages.success(request, _("Noted."))
            return redirect(_back_to(page, pk, anchor, desk.worked_on))
    desk.meeting.refresh_from_db()
    desk.meeting.committee = page
    return TemplateResponse(request, "participation/pages/run.html", _context(desk), status=status)


def _back_to(page: Committee, pk: int, anchor: str, item: int | None = None) -> str:
    """Return the address to come back to; its item stays the one that is worked on."""
    query = f"?item={item}" if item else ""
    return f"{page.url_of('run_meeting', pk)}{query}#{anchor}"


def _say(desk: Desk, refusal: Refused) -> None:
    """Show a refusal at the field it is about, and at the top, where the page begins."""
    form = next(iter(desk.bound.values()), None)
    if form is not None and refusal.code != "form":
        tell(form, refusal, {"counted": "yes"})
    messages.error(desk.request, refusal.message)


def _context(desk: Desk) -> dict:
    page, request, meeting = desk.page, desk.request, desk.meeting
    quorum = quorum_of(meeting)
    rows = list(
        meeting.attendances.select_related("membership__seat").order_by("membership__seat__position", "pk")
    )
    is_on = meeting.state == MeetingState.RUNNING
    views = items_of(meeting)
    active = _active(desk, views)
    return {
        **around(
            page,
            request,
            "meetings",
            (page.url_of("meetings"), _("Meetings")),
            (page.url_of("meeting", meeting.pk), meeting.title),
            ("", _("Run the meeting")),
        ),
        "meeting": meeting,
        "when": when_words(meeting),
        "state": meeting.get_state_display(),
        "quorum": quorum,
        "is_on": is_on,
        "members": [row for row in rows if row.membership_id],
        "guests": [row for row in rows if not row.membership_id],
        "there": THERE,
        "states": AttendanceState.choices,
        "guest_form": desk.bound.get("guest") or GuestForm(prefix="guest"),
        "items": [_item(desk, view, view.item.pk == active, is_on) for view in views],
        "active": active,
        "back": page.url_of("meeting", meeting.pk),
        "minutes_url": page.url_of("draft_minutes", meeting.pk),
        "minutes": Minutes.objects.filter(meeting=meeting).first(),
        "error_forms": [form for form in desk.bound.values() if form.errors],
    }


def _active(desk: Desk, views: list[ItemView]) -> int:
    """Return the item whose forms are shown: the one worked on, asked for, or called; the others are summed up."""
    asked = desk.sent.get("item", "") or desk.request.GET.get("item", "")
    motions = {each.pk: view.item.pk for view in views for each in view.all_motions}
    about = desk.sent.get("motion", "")
    if about.isascii() and about.isdigit() and len(about) <= LONGEST_NUMBER and int(about) in motions:
        return motions[int(about)]
    keys = [view.item.pk for view in views]
    if asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_NUMBER and int(asked) in keys:
        return int(asked)
    called = [view.item.pk for view in views if view.is_current]
    return (called or keys or [0])[-1 if called else 0]


def _item(desk: Desk, view: ItemView, is_active: bool, is_on: bool) -> dict:
    item, page = view.item, desk.page
    if not is_active:
        return {
            "view": view,
            "item": item,
            "is_active": False,
            "motions": [{"view": each, "motion": each.motion} for each in view.motions],
            "notes_url": page.url_of("meeting_notes", desk.meeting.pk, item.pk),
        }

    def form(name: str, kind, **given):
        return desk.bound.get(name) or kind(prefix=name, **given)

    own = {
        "recusal": form(f"recusal-{item.pk}", RecusalForm, **desk.members),
        "motion": form(f"motion-{item.pk}", MotionForm, **desk.members),
        "decision": form(f"decision-{item.pk}", DecisionForm, committee=page),
        "action": form(f"action-{item.pk}", ActionForm, committee=page),
    }
    if item.from_action is not None:
        told = {"state": item.from_action.state, "report": item.from_action.report}
        own["report"] = form(f"report-{item.pk}", ActionReportForm, initial=told)
    approves = item.approves_minutes
    return {
        "view": view,
        "item": item,
        "is_active": True,
        "forms": own,
        "wrong": {name for name, each in own.items() if each.is_bound},
        "motions": [_motion(desk, each) for each in view.motions],
        "notes_url": page.url_of("meeting_notes", desk.meeting.pk, item.pk),
        "can_approve": is_on and approves is not None and approves.state == MinutesState.CHECKED,
    }


def _motion(desk: Desk, view: MotionView) -> dict:
    found = view.motion
    names = {name: desk.bound.get(f"{name}-{found.pk}") for name in ("amendment", "change", "count")}
    same = {"title": found.title, "text": found.text}
    told = {
        **same,
        **{name: getattr(found, name) for name in ("moved_by", "seconded_by", "method", "majority")},
    }
    made = {
        "amendment": names["amendment"]
        or AmendmentForm(prefix=f"amendment-{found.pk}", initial={"text": found.text}, **desk.members),
        "change": names["change"]
        or MotionForm(prefix=f"change-{found.pk}", initial=told, elections=False, **desk.members),
        "count": names["count"] or CountForm(prefix=f"count-{found.pk}"),
    }
    roll = []
    if view.is_voting and found.method == VoteMethod.ROLL_CALL:
        found.item.meeting = desk.meeting
        said = {vote.membership_id: vote.choice for vote in found.votes.all()}
        roll = [(each, said.get(each.membership_id, "")) for each in entitled_now(found)]
    return {
        "view": view,
        "motion": found,
        "forms": made,
        "wrong": {name for name, form in names.items() if form is not None},
        "roll": roll,
        "choices": VoteChoice.choices,
        "amendments": [_motion(desk, each) for each in view.amendments],
    }


@committee_view("POST", rule=may_keep_committee, sign_in=True)
def notes(page, request, pk, item):
    """Keep the notes on an item; answers JSON to the script that asks for it, a page to everybody else."""
    found = item_of(meeting_for(request.user, page, pk), item)
    wants_json = request.headers.get("Accept", "").startswith("application/json")
    text, version = request.POST.get("notes", ""), request.POST.get("version", "")
    number = int(version) if version.isascii() and version.isdigit() and len(version) < LONGEST_NUMBER else -1
    try:
        new = attendance.save_notes(found, by=request.user, text=text, version=number)
    except Refused as refusal:
        if wants_json:
            said = {"message": str(refusal.message), "code": refusal.code, **refusal.details}
            return JsonResponse(said, status=refusal.status)
        if refusal.code != "version":
            raise
        context = {
            **around(
                page,
                request,
                "meetings",
                (page.url_of("run_meeting", pk), found.meeting.title),
                ("", found.title),
            ),
            "item": found,
            "message": refusal.message,
            "theirs": refusal.details["text"],
            "version": refusal.details["version"],
            "mine": text,
            "notes_url": page.url_of("meeting_notes", pk, item),
            "back": page.url_of("run_meeting", pk),
        }
        return TemplateResponse(request, "participation/pages/run_notes.html", context, status=409)
    if wants_json:
        return JsonResponse({"version": new})
    messages.success(request, _("The notes are kept."))
    return redirect(_back_to(page, pk, f"item-{item}", item))


urls = [
    path("meetings/<int:pk>/run/", run, name="run_meeting"),
    path("meetings/<int:pk>/run/<int:item>/notes/", notes, name="meeting_notes"),
]
