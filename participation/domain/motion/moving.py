"""Moving a motion or an amendment, changing its words before the vote, putting it off and taking it back.

An amendment holds the whole text as it would be. It keeps the text that it was written for: once another one has changed
that, it has to be written anew before anybody can vote on it, so that nobody votes on words they have not seen.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from participation.domain.rights import locked_meeting, refuse_unless_keeper
from participation.enums import AgendaItemState, MajorityRule, MeetingState, MotionState, VoteMethod
from participation.foundation.audit import record
from participation.foundation.errors import Conflict, Invalid, Missing, invalid_from
from participation.foundation.text import clean_line, clean_text
from participation.models import AgendaItem, Meeting, Membership, Motion, Participant, Seat

MOST_A_MEETING = 100
OPEN = (MeetingState.DRAFT, MeetingState.ANNOUNCED, MeetingState.RUNNING)


def move_motion(
    item: AgendaItem,
    *,
    by,
    title: str,
    text: str,
    moved_by: Membership | None = None,
    seconded_by: Membership | None = None,
    method: str = VoteMethod.HANDS,
    majority: str = MajorityRule.SIMPLE,
    elects_seat: Seat | None = None,
    candidate: Participant | None = None,
) -> Motion:
    """Move something for decision under an item of the agenda.

    Raises NotAllowed, Missing, Conflict for an item that is not on the agenda of a meeting to come or in session, Invalid
    naming the field.
    """
    refuse_unless_keeper(item.meeting.committee, by)
    with transaction.atomic():
        meeting = _open(item.meeting)
        motion = _new(meeting, item, title, text, moved_by, seconded_by, method, majority)
        motion.elects_seat, motion.candidate = elects_seat, candidate
        if elects_seat is not None and elects_seat.committee_id != meeting.committee_id:
            raise Invalid(_("This seat is not one of the committee's."), field="elects_seat")
        if (elects_seat is None) != (candidate is None):
            raise Invalid(_("An election needs both, a seat and a candidate."), field="candidate")
        _check(motion)
        motion.save(force_insert=True)
        record("participation.motion.move", meeting, by=by, motion=motion.pk)
    return motion


def amend_motion(
    motion: Motion,
    *,
    by,
    title: str,
    text: str,
    moved_by: Membership | None = None,
    seconded_by: Membership | None = None,
    method: str = VoteMethod.HANDS,
    majority: str = MajorityRule.SIMPLE,
) -> Motion:
    """Move another text for a motion on which nobody votes yet; `text` is the whole of it.

    Raises Conflict once the vote has begun or for an amendment of an amendment, Invalid when it changes nothing.
    """
    refuse_unless_keeper(motion.item.meeting.committee, by)
    with transaction.atomic():
        meeting = _open(motion.item.meeting)
        main = locked_motion(motion, meeting)
        if main.amends_id is not None:
            raise Conflict(_("An amendment cannot be amended. Please amend the motion itself."))
        _refuse_unless_moved(main)
        amendment = _new(meeting, main.item, title, text, moved_by, seconded_by, method, majority)
        amendment.amends, amendment.base_text = main, main.text
        if amendment.text == main.text:
            raise Invalid(
                _("This amendment changes nothing. Please write the text as it should be."), field="text"
            )
        _check(amendment)
        amendment.save(force_insert=True)
        record("participation.motion.move", meeting, by=by, motion=amendment.pk, amends=main.pk)
    return amendment


def change_motion(
    motion: Motion,
    *,
    by,
    title: str,
    text: str,
    moved_by: Membership | None = None,
    seconded_by: Membership | None = None,
    method: str,
    majority: str,
) -> Motion:
    """Change a motion or amendment before its vote; an amendment is then one of the motion as it reads now.

    Raises Conflict once the vote has begun: what is voted on stays as it was (the database refuses it, too).
    """
    refuse_unless_keeper(motion.item.meeting.committee, by)
    with transaction.atomic():
        meeting = _open(motion.item.meeting)
        motion = locked_motion(motion, meeting)
        _refuse_unless_moved(motion)
        motion.title, motion.text = clean_line(title), clean_text(text)
        motion.moved_by, motion.seconded_by, motion.method, motion.majority = (
            moved_by,
            seconded_by,
            method,
            majority,
        )
        if motion.amends is not None:
            motion.base_text = motion.amends.text
            if motion.text == motion.base_text:
                raise Invalid(
                    _("This amendment changes nothing. Please write the text as it should be."), field="text"
                )
        _check(motion)
        motion.save()
        record("participation.motion.change", meeting, by=by, motion=motion.pk)
    return motion


def table_motion(motion: Motion, *, by) -> Motion:
    """Put a motion off: it stands again, by itself, on the agenda of the next meeting."""
    if motion.amends_id is not None:
        raise Conflict(
            _("Only a motion can be put off, with its amendments. Withdraw the amendment instead.")
        )
    return _end(motion, by=by, state=MotionState.TABLED, action="participation.motion.table")


def withdraw_motion(motion: Motion, *, by) -> Motion:
    """Take a motion or an amendment back before its vote."""
    return _end(motion, by=by, state=MotionState.WITHDRAWN, action="participation.motion.withdraw")


def _end(motion: Motion, *, by, state: str, action: str) -> Motion:
    refuse_unless_keeper(motion.item.meeting.committee, by)
    with transaction.atomic():
        meeting = _open(motion.item.meeting)
        motion = locked_motion(motion, meeting)
        if motion.state == state:
            return motion
        _refuse_unless_moved(motion)
        motion.amendments.filter(state=MotionState.DRAFT).update(state=MotionState.WITHDRAWN)
        motion.state = state
        motion.save(update_fields=["state"])
        record(action, meeting, by=by, motion=motion.pk)
    return motion


def locked_motion(motion: Motion, meeting: Meeting | None = None) -> Motion:
    """Lock a motion until the transaction ends, and return it as it is then; raises Missing when it is gone."""
    found = (
        Motion.objects.select_for_update(of=("self",))
        .select_related("item__meeting__committee", "amends")
        .filter(pk=motion.pk)
        .first()
    )
    if found is None:
        raise Missing
    if meeting is not None:
        if found.item.meeting_id != meeting.pk:
            raise Missing
        found.item.meeting = meeting
    return found


def _refuse_unless_moved(motion: Motion) -> None:
    if motion.state == MotionState.VOTING:
        raise Conflict(
            _("The vote on this has begun, so its text stays as it is. Break the vote off to change it."),
            code="voting",
        )
    if motion.state != MotionState.DRAFT:
        raise Conflict(_("This is “%(state)s” already.") % {"state": motion.get_state_display()})


def _open(meeting: Meeting) -> Meeting:
    meeting = locked_meeting(meeting)
    if meeting.state not in OPEN:
        raise Conflict(_("This meeting is over or cancelled; nothing more can be moved."))
    return meeting


def _new(meeting: Meeting, item: AgendaItem, title, text, moved_by, seconded_by, method, majority) -> Motion:
    on_agenda = meeting.agenda_items.filter(pk=item.pk, state=AgendaItemState.ON_AGENDA).first()
    if on_agenda is None:
        raise Conflict(_("Something can be moved only under an item that is on the agenda."))
    on_agenda.meeting = meeting
    if Motion.objects.filter(item__meeting=meeting).count() >= MOST_A_MEETING:
        raise Conflict(_("A meeting has at most %(most)d motions.") % {"most": MOST_A_MEETING})
    last = on_agenda.motions.aggregate(last=Max("position"))["last"] or 0
    return Motion(
        item=on_agenda,
        position=last + 1,
        title=clean_line(title),
        text=clean_text(text),
        moved_by=moved_by,
        seconded_by=seconded_by,
        method=method,
        majority=majority,
    )


def _check(motion: Motion) -> None:
    if not motion.title:
        raise Invalid(_("Please give it a title."), field="title")
    if not motion.text:
        raise Invalid(_("Please write what should be decided, word by word."), field="text")
    committee = motion.item.meeting.committee_id
    for name in ("moved_by", "seconded_by"):
        member = getattr(motion, name)
        if member is not None and member.committee_id != committee:
            raise Invalid(_("This is no member of the committee."), field=name)
    if motion.moved_by is not None and motion.moved_by == motion.seconded_by:
        raise Invalid(_("Somebody else has to second it."), field="seconded_by")
    try:
        motion.clean_fields(exclude=["item", "amends", "moved_by", "seconded_by", "elects_seat", "candidate"])
    except ValidationError as error:
        raise invalid_from(error) from None
