"""Changes after the deadline: an organiser asks, an editor grants them, which makes them, or says why not."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from learning_events.domain.event import change_event, locked
from learning_events.domain.event_news import tell_decided
from learning_events.domain.session import change_session
from learning_events.enums import ChangeState
from learning_events.models import ChangeRequest, EventPage, Session
from learning_events.rules import may_run_festival
from participation.foundation.audit import record
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed

# What may be wished for in figures and words, so that granting it makes the change. Times are naive, in ISO's notation, on
# the clock of the session's zone.
EVENT_WISHES = ("title", "summary", "description", "leaders", "venue_name", "venue_address", "access_note")
SESSION_TIMES = ("starts_at", "ends_at")
SESSION_WISHES = (*SESSION_TIMES, "room", "note", "seats")
LONGEST_TEXT = 2000
MOST_OPEN = 20


def ask_for_change(
    event: EventPage,
    *,
    by,
    text: str,
    session: Session | None = None,
    wishes: Mapping[str, Any] | None = None,
) -> ChangeRequest:
    """Ask the editors to change a public event or one of its sessions.

    `text` says what and why; `wishes` the new facts (EVENT_WISHES, with a session SESSION_WISHES), which granting writes.
    Raises NotAllowed, Invalid (field "text") or Conflict: the event is not public, so it can simply be changed.
    """
    text = text.strip()
    if not text:
        raise Invalid(_("Please say what should change, and why."), field="text")
    if len(text) > LONGEST_TEXT:
        raise Invalid(_("Please use at most %(most)d characters.") % {"most": LONGEST_TEXT}, field="text")
    kept = _as_json(wishes or {}, SESSION_WISHES if session is not None else EVENT_WISHES)
    with transaction.atomic():
        event = locked(event, by)
        if not event.live:
            raise Conflict(_("This event is not public. You can change it yourself."))
        if session is not None and session.event.translation_key != event.translation_key:
            raise Missing
        if event.change_requests.filter(state=ChangeState.OPEN).count() >= MOST_OPEN:
            raise Conflict(
                _("The editors have not answered your other wishes yet. Please wait for their answers.")
            )
        request = ChangeRequest.objects.create(
            event=event, session=session, participant=getattr(by, "participant", None), text=text, wishes=kept
        )
        record("learning_events.ask_for_change", event, by=by, request=request.pk)
    return request


def grant_change(request: ChangeRequest, *, by, answer: str = "") -> ChangeRequest:
    """Make the change that was wished for in figures and words, and tell who asked; `answer` is a word to them.

    Raises NotAllowed, Conflict (decided already, or the change is not possible any more) or Invalid.
    """
    with transaction.atomic():
        request = _to_decide(request, by)
        if request.wishes and request.session is not None:
            change_session(request.session, facts=_as_facts(request.wishes), by=by)
        elif request.wishes:
            change_event(request.event, facts=request.wishes, by=by)
        _decide(request, ChangeState.GRANTED, answer, by)
        record("learning_events.grant_change", request.event, by=by, request=request.pk)
    return request


def decline_change(request: ChangeRequest, *, by, answer: str) -> ChangeRequest:
    """Say no to a change, with a reason for who asked. Raises NotAllowed, Conflict (decided already) or Invalid."""
    if not answer.strip():
        raise Invalid(_("Please say why not, in a sentence that the organiser may read."), field="answer")
    with transaction.atomic():
        request = _to_decide(request, by)
        _decide(request, ChangeState.DECLINED, answer, by)
        record("learning_events.decline_change", request.event, by=by, request=request.pk)
    return request


def _to_decide(request: ChangeRequest, by) -> ChangeRequest:
    if not may_run_festival(by):
        raise NotAllowed(_("Only the people who run the festival decide about its events."))
    found = (
        ChangeRequest.objects.select_for_update(of=("self",))
        .select_related("event", "session__event", "participant")
        .filter(pk=request.pk)
        .first()
    )
    if found is None:
        raise Missing
    if found.state != ChangeState.OPEN:
        raise Conflict(_("Somebody has decided this already."))
    return found


def _decide(request: ChangeRequest, state: ChangeState, answer: str, by) -> None:
    request.state, request.answer = state, answer.strip()[:LONGEST_TEXT]
    request.decided_at, request.decided_by = database_now(), by
    request.save(update_fields=["state", "answer", "decided_at", "decided_by"])
    tell_decided(request)


def _as_json(wishes: Mapping[str, Any], known: tuple[str, ...]) -> dict[str, Any]:
    unknown = set(wishes) - set(known)
    if unknown:
        raise ValueError(f"Not to be wished for: {sorted(unknown)}")
    return {
        name: value.isoformat() if isinstance(value, dt.datetime) else value for name, value in wishes.items()
    }


def _as_facts(wishes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: parse_datetime(value) if name in SESSION_TIMES else value for name, value in wishes.items()}
