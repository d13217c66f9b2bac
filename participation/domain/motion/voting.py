"""Votes: opened on a quorum, cast once by each who is there and not recused, closed and told in numbers.

In a secret ballot nothing joins a person and a choice: one row says that somebody has voted, another one, with a random
name, says what. All ballots of a motion are thrown into one heap anew with every vote, in an order by lot, so that neither
their order in a table nor the transaction that wrote them tells whose is whose.
"""

import secrets
import uuid
from collections import Counter
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from participation.domain.attendance import in_session
from participation.domain.decision import decide
from participation.domain.motion.election import seat_who_was_elected, tell_of_empty_seat
from participation.domain.motion.moving import locked_motion
from participation.domain.rights import refuse_unless_keeper
from participation.enums import MotionState, VoteChoice, VoteMethod
from participation.foundation.audit import record
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.models import Meeting, Membership, Motion, MotionVote, SecretBallot
from participation.queries.attendance import quorum_of
from participation.queries.motion import UNDECIDED, entitled_now, is_carried
from participation.rules import may_keep_committee, may_read_committee


def open_vote(motion: Motion, *, by) -> Motion:
    """Begin the vote on a motion or amendment; from now on its text stays as it is.

    Raises Conflict: code "quorum" when too few are there, "overlap" while another vote of the meeting is on, "amendments"
    while some are undecided, "outdated" for an amendment of a text that has changed since, "closed" otherwise.
    """
    refuse_unless_keeper(motion.item.meeting.committee, by)
    with transaction.atomic():
        meeting = in_session(motion.item.meeting)
        motion = locked_motion(motion, meeting)
        if motion.state == MotionState.VOTING:
            return motion
        if motion.state != MotionState.DRAFT:
            raise Conflict(
                _("This is “%(state)s” already.") % {"state": motion.get_state_display()}, code="closed"
            )
        other = Motion.objects.filter(item__meeting=meeting, state=MotionState.VOTING).first()
        if other is not None:
            raise Conflict(
                _("The vote on “%(title)s” is still on. Close it or break it off first: one vote at a time.")
                % {"title": other.title},
                code="overlap",
            )
        if motion.amendments.filter(state__in=UNDECIDED).exists():
            raise Conflict(
                _("There are amendments to this motion. Please vote on them first, or withdraw them."),
                code="amendments",
            )
        if motion.amends is not None:
            if motion.amends.state != MotionState.DRAFT:
                raise Conflict(_("The motion that this would amend is decided on already."), code="closed")
            if motion.base_text != motion.amends.text:
                raise Conflict(
                    _(
                        "The motion has changed since this amendment was written. Please write the amendment anew."
                    ),
                    code="outdated",
                )
        _refuse_without_quorum(meeting)
        motion.state, motion.vote_opened_at = MotionState.VOTING, database_now()
        motion.save(update_fields=["state", "vote_opened_at"])
        _touch(meeting)
        record("participation.motion.open_vote", meeting, by=by, motion=motion.pk, method=motion.method)
    return motion


def cast_vote(motion: Motion, membership: Membership, *, choice: str, by) -> None:
    """Cast a member's vote: in a roll call what the secretary heard or the member says, in a secret ballot the member alone.

    In a roll call the later word counts until the vote is closed; a secret ballot is cast once. Raises NotAllowed for
    somebody else's vote, who is not there, recused or without a vote; Conflict ("closed", "voted"); Invalid (field
    "choice").
    """
    person = getattr(by, "participant", None)
    is_own = person is not None and membership.participant_id == person.pk
    committee = motion.item.meeting.committee
    if not may_read_committee(by, committee):
        raise Missing
    if choice not in VoteChoice.values:
        raise Invalid(_("Please choose yes, no, or abstain."), field="choice")
    with transaction.atomic():
        motion = locked_motion(motion)
        if motion.method == VoteMethod.HANDS:
            raise Conflict(
                _("This is a vote by show of hands: the secretary writes down the numbers."), code="closed"
            )
        if not is_own and (motion.method == VoteMethod.SECRET or not may_keep_committee(by, committee)):
            raise NotAllowed(_("Everybody casts their own vote."), code="not_yours")
        if motion.state != MotionState.VOTING:
            raise Conflict(_("There is no vote on this now."), code="closed")
        if motion.item.recusals.filter(membership=membership).exists():
            raise NotAllowed(
                _("Who has declared a conflict of interest on this item has no vote on it."), code="recused"
            )
        if not entitled_now(motion).filter(membership=membership).exists():
            raise NotAllowed(
                _("Only members with a vote who are noted as present can vote. Please ask the secretary."),
                code="absent",
            )
        _write(motion, membership, choice)


def _write(motion: Motion, membership: Membership, choice: str) -> None:
    is_secret = motion.method == VoteMethod.SECRET
    vote = MotionVote.objects.filter(motion=motion, membership=membership).first()
    if vote is None:
        MotionVote.objects.create(motion=motion, membership=membership, choice="" if is_secret else choice)
    elif is_secret:
        raise Conflict(_("You have voted already; a secret ballot cannot be changed."), code="voted")
    else:
        MotionVote.objects.filter(pk=vote.pk).update(choice=choice)
    if is_secret:
        _into_the_heap(motion, choice)


def _into_the_heap(motion: Motion, choice: str) -> None:
    """Add a ballot and write all of them anew in an order by lot; the motion's row is locked."""
    heap = [*motion.secret_ballots.values_list("choice", flat=True), choice]
    motion.secret_ballots.all().delete()
    secrets.SystemRandom().shuffle(heap)
    SecretBallot.objects.bulk_create(
        [SecretBallot(pk=uuid.uuid4(), motion=motion, choice=each) for each in heap]
    )


def close_vote(motion: Motion, *, by, counted: dict[str, int] | None = None) -> Motion:
    """End a vote and say what came of it; a show of hands needs what was `counted` ("yes", "no", "abstain").

    A motion that is adopted becomes a decision, an amendment the text of its motion. Raises Conflict: code "quorum" when
    too many have left meanwhile, "closed" when there is no vote on; Invalid (field "counted") for impossible numbers.
    """
    refuse_unless_keeper(motion.item.meeting.committee, by)
    with transaction.atomic():
        meeting = in_session(motion.item.meeting)
        motion = locked_motion(motion, meeting)
        if motion.state != MotionState.VOTING:
            raise Conflict(_("There is no vote on this now."), code="closed")
        quorum = _refuse_without_quorum(meeting)
        # Who has voted and left since had a vote, too.
        entitled = set(entitled_now(motion).values_list("membership", flat=True))
        entitled |= set(motion.votes.values_list("membership", flat=True))
        counts = _counts(motion, counted)
        if sum(counts.values()) > len(entitled):
            raise Invalid(
                _(
                    "%(votes)d votes are more than the %(entitled)d members who have one now. Please count again."
                )
                % {"votes": sum(counts.values()), "entitled": len(entitled)},
                field="counted",
            )
        motion.yes, motion.no, motion.abstain = (counts[choice] for choice in VoteChoice.values)
        motion.entitled, motion.vote_closed_at = len(entitled), database_now()
        carried = is_carried(motion.majority, yes=motion.yes, no=motion.no, members=quorum.members)
        motion.state = MotionState.ADOPTED if carried else MotionState.REJECTED
        motion.save(update_fields=["yes", "no", "abstain", "entitled", "vote_closed_at", "state"])
        if carried and motion.amends is not None:
            Motion.objects.filter(pk=motion.amends.pk).update(text=motion.text)
        elif carried:
            decide(motion, meeting)
            if seat_who_was_elected(motion) is None:
                tell_of_empty_seat(motion)
        _touch(meeting)
        record(
            "participation.motion.close_vote",
            meeting,
            by=by,
            motion=motion.pk,
            state=motion.state,
            yes=motion.yes,
            no=motion.no,
            abstain=motion.abstain,
        )
    return motion


def abort_vote(motion: Motion, *, by) -> Motion:
    """Break a vote off, for example when the quorum is lost: all votes are void, and the motion stands as before."""
    refuse_unless_keeper(motion.item.meeting.committee, by)
    with transaction.atomic():
        meeting = in_session(motion.item.meeting)
        motion = locked_motion(motion, meeting)
        if motion.state != MotionState.VOTING:
            raise Conflict(_("There is no vote on this now."), code="closed")
        motion.votes.all().delete()
        motion.secret_ballots.all().delete()
        motion.state, motion.vote_opened_at = MotionState.DRAFT, None
        motion.save(update_fields=["state", "vote_opened_at"])
        _touch(meeting)
        record("participation.motion.abort_vote", meeting, by=by, motion=motion.pk)
    return motion


def _counts(motion: Motion, counted: dict[str, int] | None) -> dict[str, int]:
    if motion.method != VoteMethod.HANDS:
        rows: Any = motion.secret_ballots if motion.method == VoteMethod.SECRET else motion.votes
        found = Counter(rows.values_list("choice", flat=True))
        return {choice: found[choice] for choice in VoteChoice.values}
    counted = counted or {}
    numbers = {choice: counted.get(choice) for choice in VoteChoice.values}
    if any(number is None or not 0 <= number <= 10_000 for number in numbers.values()):
        raise Invalid(_("Please write how many said yes, no, and abstained; 0 for nobody."), field="counted")
    return {choice: int(number or 0) for choice, number in numbers.items()}


def _refuse_without_quorum(meeting: Meeting):
    quorum = quorum_of(meeting)
    if not quorum.is_reached:
        raise Conflict(
            _(
                "There is no quorum: %(present)d of %(members)d members with a vote are there, %(needed)d are needed."
            )
            % {"present": quorum.present, "members": quorum.members, "needed": quorum.needed},
            code="quorum",
        )
    return quorum


def _touch(meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(version=meeting.version + 1)
