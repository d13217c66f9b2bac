"""Statements: said, checked, and voted on. Votes are written without touching the room, so that nobody waits for anybody."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from participation.domain.room.coming_in import acting
from participation.domain.room.events import locked_room, note
from participation.enums import RoomState, StatementCheck, StatementChoice, StatementState
from participation.foundation.audit import record
from participation.foundation.bell import count_after_commit
from participation.foundation.errors import Conflict, Invalid, Missing
from participation.foundation.text import clean_line
from participation.models import Room, RoomPerson, Statement, StatementVote

LONGEST = 280
MOST_WAITING = 5
MOST_OF_ONE = 30
MOST_IN_ROOM = 2000


def say(room: Room, *, by: RoomPerson, text: str, key: str = "") -> Statement:
    """Return a new statement of somebody in the room, who agrees with it by saying it; the same form sent twice makes one.

    Raises Invalid (field "text"), Conflict when the room is not open, says it already, or `by` has said enough for now.
    """
    text = _cleaned(text)
    try:
        with transaction.atomic():
            room = acting(room, by)
            if key and (earlier := Statement.objects.filter(author=by, key=key).first()):
                return earlier
            _refuse_too_many(room, by)
            if Statement.objects.filter(
                room=room, text__iexact=text, state__in=(StatementState.SHOWN, StatementState.WAITING)
            ).exists():
                raise Conflict(_("Somebody has said this already. You can agree with it."), code="said")
            shown = room.check_statements == StatementCheck.AFTER
            said = Statement.objects.create(
                room=room,
                author=by,
                text=text,
                key=key,
                state=StatementState.SHOWN if shown else StatementState.WAITING,
            )
            StatementVote.objects.create(room=room, statement=said, person=by, choice=StatementChoice.AGREE)
            note(room, "said", by=by, statement=said.pk)
    except IntegrityError:  # the other of two clicks was quicker
        return Statement.objects.get(author=by, key=key)
    return said


def add_seed(room: Room, *, by, text: str) -> Statement:
    """Return a statement that who runs the room begins with; it is shown at once. Raises Invalid, Conflict."""
    text = _cleaned(text)
    with transaction.atomic():
        room = locked_room(room, by=by)
        if room.state == RoomState.CLOSED:
            raise Conflict(_("This room is closed; what happened in it stays as it is."), code="closed")
        if room.statements.filter(text__iexact=text).exists():
            raise Conflict(_("This statement is there already."), code="said", field="text")
        said = Statement.objects.create(room=room, text=text, state=StatementState.SHOWN, is_seed=True)
        note(room, "said", statement=said.pk)
        record("participation.room.seed", room.meeting, by=by, statement=said.pk)
    return said


def show_statement(statement: Statement, *, by) -> Statement:
    """Show a statement that waited for a check or was hidden; twice is as once."""
    return _judge(statement, StatementState.SHOWN, by=by)


def hide_statement(statement: Statement, *, by, reason: str) -> Statement:
    """Hide a statement for a reason that its author reads; raises Invalid (field "reason") without one."""
    reason = clean_line(reason)
    if not reason or len(reason) > 200:
        raise Invalid(_("Please say why, in at most 200 characters. Its author reads it."), field="reason")
    return _judge(statement, StatementState.HIDDEN, by=by, reason=reason)


def _judge(statement: Statement, state: StatementState, *, by, reason: str = "") -> Statement:
    with transaction.atomic():
        room = locked_room(statement.room, by=by)
        if room.state == RoomState.CLOSED:
            raise Conflict(_("This room is closed; what happened in it stays as it is."), code="closed")
        found = room.statements.select_for_update(of=("self",)).get(pk=statement.pk)
        if found.state == state:
            return found
        found.state, found.hidden_because = state, reason
        found.save(update_fields=["state", "hidden_because"])
        note(room, str(state), statement=found.pk)
        record(f"participation.room.{'show' if state == StatementState.SHOWN else 'hide'}", room.meeting,
               by=by, statement=found.pk)  # fmt: skip
    return found


def cast_vote(room: Room, *, by: RoomPerson, statement: int, choice: int) -> None:
    """Write what `by` says to a statement; the last word counts.

    One INSERT that replaces an earlier vote, no lock that others wait for: the version rises with the next tick
    (`tell_votes`). Raises Invalid for another choice, Missing for a statement that is not shown in this room, Conflict.
    """
    if choice not in StatementChoice.values:
        raise Invalid(_("Please choose agree, disagree or pass."), field="choice")
    with transaction.atomic():
        room = acting(room, by)
        shown = Statement.objects.filter(pk=statement, room=room, state=StatementState.SHOWN)
        if not 0 < statement < 2**63 or not shown.exists():
            raise Missing(_("This statement is not there any more."))
        StatementVote.objects.bulk_create(
            [StatementVote(room=room, statement_id=statement, person=by, choice=choice)],
            update_conflicts=True,
            unique_fields=["person", "statement"],
            update_fields=["choice", "changed_at"],
        )
        count_after_commit(room.pk, lambda: tell_votes(room.pk))


def tell_votes(room: int) -> None:
    """Raise the version of a room in which votes were cast: once for all that came since the last tick."""
    with transaction.atomic():
        found = Room.objects.filter(pk=room).exclude(state=RoomState.CLOSED).first()
        if found is not None:
            note(found, "votes")


def _cleaned(text: str) -> str:
    text = clean_line(text)
    if not text or len(text) > LONGEST:
        raise Invalid(
            _("Please write one statement of at most %(number)d characters.") % {"number": LONGEST},
            field="text",
        )
    return text


def _refuse_too_many(room: Room, by: RoomPerson) -> None:
    own = Statement.objects.filter(author=by)
    if own.filter(state=StatementState.WAITING).count() >= MOST_WAITING:
        raise Conflict(
            _("Some of your statements wait for a check. Please wait until that is done."), code="waiting"
        )
    if own.count() >= MOST_OF_ONE or room.statements.count() >= MOST_IN_ROOM:
        raise Conflict(_("There are very many statements now. Please vote on what others say."), code="full")
