"""Motions, amendments and votes: what is defined, and what can never be."""

import uuid
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from participation.domain.attendance import (
    add_guest,
    close_meeting,
    note_attendance,
    note_leaving,
    recuse,
    save_notes,
)
from participation.domain.decision import record_decision
from participation.domain.motion import (
    abort_vote,
    amend_motion,
    cast_vote,
    change_motion,
    close_vote,
    move_motion,
    open_vote,
    withdraw_motion,
)
from participation.enums import AccessLevel, AttendanceState, MotionState, SeatRole, VoteMethod
from participation.foundation.errors import Conflict, Invalid, NotAllowed, Refused
from participation.models import (
    AgendaItem,
    Attendance,
    Decision,
    Membership,
    Motion,
    MotionVote,
    Seat,
    SecretBallot,
)
from participation.queries.attendance import needed_for_quorum, quorum_of
from participation.queries.due import due_for
from participation.queries.motion import differences, in_words, is_carried
from tests.participation.meetings import (
    a_motion,
    in_session,
    keeper_of,
    let_in,
    make_committee,
    seat,
    the_item,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def committee(clock):
    return make_committee()


@pytest.fixture
def keeper(committee):
    return keeper_of(committee)


def own(member):
    return member.participant.user


def code_of(function, *args, **kwargs) -> str:
    with pytest.raises(Refused) as refusal:
        function(*args, **kwargs)
    return refusal.value.code


def test_a_show_of_hands_makes_a_numbered_decision(committee, keeper):
    meeting, _members = in_session(committee, by=keeper)
    first, second = a_motion(meeting, by=keeper), a_motion(meeting, by=keeper, title="And the door")

    for motion in (first, second):
        open_vote(motion, by=keeper)
        motion = close_vote(motion, by=keeper, counted={"yes": 3, "no": 1, "abstain": 1})
        assert (motion.state, motion.entitled) == (MotionState.ADOPTED, 5)

    assert list(Decision.objects.order_by("pk").values_list("number", "title")) == [
        ("2026-1", "Paint it"),
        ("2026-2", "And the door"),
    ]
    decision = record_decision(
        the_item(meeting),
        by=keeper,
        title="Blue",
        text="We take blue.",
        replaces=Decision.objects.get(number="2026-1"),
    )
    assert decision.number == "2026-3"
    assert Decision.objects.get(number="2026-1").replaced_by == decision


def test_more_votes_than_voters_and_half_a_count_are_refused(committee, keeper):
    meeting, _members = in_session(committee, by=keeper)
    motion = open_vote(a_motion(meeting, by=keeper), by=keeper)

    for counted in ({"yes": 6, "no": 0, "abstain": 0}, {"yes": 3}, {"yes": -1, "no": 0, "abstain": 0}, None):
        with pytest.raises(Invalid) as refusal:
            close_vote(motion, by=keeper, counted=counted)
        assert refusal.value.field == "counted"
    motion.refresh_from_db()
    assert motion.state == MotionState.VOTING


def test_a_roll_call_says_who_voted_how_and_the_later_word_counts(committee, keeper):
    meeting, members = in_session(committee, by=keeper)
    motion = open_vote(a_motion(meeting, by=keeper, method=VoteMethod.ROLL_CALL), by=keeper)

    cast_vote(motion, members[0], choice="yes", by=keeper)
    cast_vote(motion, members[0], choice="no", by=keeper)
    cast_vote(motion, members[1], choice="yes", by=own(members[1]))
    with pytest.raises(NotAllowed):
        cast_vote(motion, members[2], choice="yes", by=own(members[1]))
    motion = close_vote(motion, by=keeper)

    assert (motion.yes, motion.no, motion.abstain, motion.state) == (1, 1, 0, MotionState.REJECTED)
    assert set(motion.votes.values_list("membership__name", "choice")) == {
        ("Member 1", "no"),
        ("Member 2", "yes"),
    }


def test_a_secret_ballot_joins_nobody_to_a_choice(committee, keeper):
    meeting, members = in_session(committee, by=keeper)
    motion = open_vote(a_motion(meeting, by=keeper, method=VoteMethod.SECRET), by=keeper)
    heaps = []
    for member, choice in zip(members, ("yes", "yes", "no", "yes", "abstain"), strict=True):
        cast_vote(motion, member, choice=choice, by=own(member))
        heaps.append(set(SecretBallot.objects.values_list("pk", flat=True)))

    assert code_of(cast_vote, motion, members[0], choice="no", by=own(members[0])) == "voted"
    assert code_of(cast_vote, motion, members[0], choice="no", by=keeper) == "not_yours"
    motion = close_vote(motion, by=keeper)

    assert (motion.yes, motion.no, motion.abstain) == (3, 1, 1)
    assert set(MotionVote.objects.values_list("choice", flat=True)) == {""}
    # With every vote all ballots get new names, so none can be followed from one moment to the next.
    assert all(not (before & after) for before, after in pairwise(heaps))
    names = {field.name for field in SecretBallot._meta.get_fields()}
    assert names == {"id", "motion", "choice"}, "no order, no time, nobody"


def test_only_who_is_there_and_not_recused_votes(committee, keeper, citizen):
    adviser = seat(committee, "Ada Adviser", role=SeatRole.ADVISER)
    meeting, members = in_session(committee, by=keeper, present=4)
    note_attendance(
        meeting, by=keeper, states={Attendance.objects.get(membership=adviser).pk: AttendanceState.PRESENT}
    )
    recuse(the_item(meeting), members[0], by=own(members[0]), reason="It is my shop")
    motion = open_vote(a_motion(meeting, by=keeper, method=VoteMethod.ROLL_CALL), by=keeper)

    assert code_of(cast_vote, motion, members[0], choice="yes", by=own(members[0])) == "recused"
    assert code_of(cast_vote, motion, members[0], choice="yes", by=keeper) == "recused"
    assert code_of(cast_vote, motion, members[4], choice="yes", by=own(members[4])) == "absent"
    assert code_of(cast_vote, motion, adviser, choice="yes", by=own(adviser)) == "absent"
    assert code_of(cast_vote, motion, members[1], choice="yes", by=citizen) == "not_yours"
    assert code_of(cast_vote, motion, members[1], choice="maybe", by=own(members[1])) == "invalid"
    cast_vote(motion, members[1], choice="yes", by=own(members[1]))
    with pytest.raises(Conflict):
        recuse(the_item(meeting), members[1], by=keeper, reason="Too late")
    assert close_vote(motion, by=keeper).entitled == 3
    assert code_of(cast_vote, motion, members[2], choice="yes", by=own(members[2])) == "closed"


def test_one_vote_at_a_time_and_amendments_first(committee, keeper):
    meeting, _members = in_session(committee, by=keeper)
    motion, other = a_motion(meeting, by=keeper), a_motion(meeting, by=keeper, title="Another")
    green = amend_motion(motion, by=keeper, title="Blue", text="We paint the hall blue.")
    cheap = amend_motion(motion, by=keeper, title="Cheap", text="We paint the hall green, if it is cheap.")

    assert code_of(open_vote, motion, by=keeper) == "amendments"
    open_vote(green, by=keeper)
    assert code_of(open_vote, other, by=keeper) == "overlap"
    close_vote(green, by=keeper, counted={"yes": 5, "no": 0, "abstain": 0})
    motion.refresh_from_db()
    assert motion.text == "We paint the hall blue."
    assert not Decision.objects.exists()
    assert code_of(open_vote, cheap, by=keeper) == "outdated"
    change_motion(
        cheap,
        by=keeper,
        title="Cheap",
        text="We paint the hall blue, if it is cheap.",
        method="hands",
        majority="simple",
    )
    open_vote(cheap, by=keeper)
    close_vote(cheap, by=keeper, counted={"yes": 1, "no": 4, "abstain": 0})
    open_vote(motion, by=keeper)
    close_vote(motion, by=keeper, counted={"yes": 5, "no": 0, "abstain": 0})
    assert Decision.objects.get().text == "We paint the hall blue."


def test_a_motion_stays_as_it_was_when_the_vote_began(committee, keeper):
    meeting, _members = in_session(committee, by=keeper)
    motion = open_vote(a_motion(meeting, by=keeper), by=keeper)
    same = {"title": "Other", "text": "Other", "method": "hands", "majority": "simple"}

    assert code_of(change_motion, motion, by=keeper, **same) == "voting"
    assert code_of(amend_motion, motion, by=keeper, title="x", text="y") == "voting"
    assert code_of(withdraw_motion, motion, by=keeper) == "voting"
    for changed in ({"text": "Other"}, {"title": "Other"}, {"base_text": "Other"}):
        with pytest.raises(IntegrityError, match="has begun"), transaction.atomic():
            Motion.objects.filter(pk=motion.pk).update(**changed)
    close_vote(motion, by=keeper, counted={"yes": 5, "no": 0, "abstain": 0})
    with pytest.raises(IntegrityError, match="has begun"), transaction.atomic():
        Motion.objects.filter(pk=motion.pk).update(text="Afterwards")


def test_the_database_takes_votes_only_while_one_is_on(committee, keeper):
    meeting, members = in_session(committee, by=keeper)
    motion = a_motion(meeting, by=keeper, method=VoteMethod.SECRET)

    with pytest.raises(IntegrityError, match="no vote"), transaction.atomic():
        MotionVote.objects.create(motion=motion, membership=members[0])
    with pytest.raises(IntegrityError, match="no vote"), transaction.atomic():
        SecretBallot.objects.create(pk=uuid.uuid4(), motion=motion, choice="yes")
    open_vote(motion, by=keeper)
    cast_vote(motion, members[0], choice="yes", by=own(members[0]))
    with pytest.raises(IntegrityError, match="stays as it was cast"), transaction.atomic():
        SecretBallot.objects.update(choice="no")


def test_quorum_is_needed_to_begin_and_lost_on_the_way(committee, keeper):
    meeting, members = in_session(committee, by=keeper, members=6, present=3)
    motion = a_motion(meeting, by=keeper, method=VoteMethod.ROLL_CALL)
    assert quorum_of(meeting).needed == 4
    add_guest(meeting, by=keeper, name="Gerd Guest")
    assert code_of(open_vote, motion, by=keeper) == "quorum"
    late = Attendance.objects.get(membership=members[3])
    note_attendance(meeting, by=keeper, states={late.pk: AttendanceState.REMOTE})
    open_vote(motion, by=keeper)
    cast_vote(motion, members[3], choice="yes", by=own(members[3]))

    note_leaving(Attendance.objects.select_related("meeting__committee").get(pk=late.pk), by=keeper)

    assert code_of(close_vote, motion, by=keeper) == "quorum"
    with pytest.raises(Conflict):
        close_meeting(meeting, by=keeper)
    abort_vote(motion, by=keeper)
    motion.refresh_from_db()
    assert (motion.state, motion.vote_opened_at, MotionVote.objects.count()) == (MotionState.DRAFT, None, 0)
    change_motion(motion, by=keeper, title="Again", text="Anew.", method="hands", majority="simple")


@pytest.mark.parametrize(
    ("members", "percent", "needed"),
    [(9, 50, 5), (10, 50, 6), (5, 100, 5), (5, 0, 0), (0, 50, 0), (3, 66, 2), (3, 67, 3)],
)
def test_how_many_a_quorum_needs(members, percent, needed):
    assert needed_for_quorum(members, percent) == needed


@pytest.mark.parametrize(
    ("majority", "yes", "no", "members", "carried"),
    [
        ("simple", 1, 0, 9, True),
        ("simple", 2, 2, 9, False),
        ("absolute", 4, 0, 8, False),
        ("absolute", 5, 3, 9, True),
        ("two-thirds", 4, 2, 9, True),
        ("two-thirds", 5, 3, 9, False),
        ("two-thirds", 0, 0, 9, False),
    ],
)
def test_what_carries_a_motion(majority, yes, no, members, carried):
    assert is_carried(majority, yes=yes, no=no, members=members) is carried


def test_differences_are_told_by_words():
    found = differences("We paint the hall green.", "We paint the old hall, blue.")

    assert in_words(found) == "We paint the {+old +}hall{+,+} [-green-]{+blue+}."
    assert "".join(each.text for each in found if each.kind != "new") == "We paint the hall green."
    assert "".join(each.text for each in found if each.kind != "gone") == "We paint the old hall, blue."


def test_what_cannot_be_moved(committee, keeper):
    meeting, members = in_session(committee, by=keeper)
    item = the_item(meeting)
    other = seat(make_committee(slug="other"), "Otto Other")

    for wrong, field in (
        ({"title": " "}, "title"),
        ({"text": ""}, "text"),
        ({"moved_by": other}, "moved_by"),
        ({"moved_by": members[0], "seconded_by": members[0]}, "seconded_by"),
        ({"method": "dice"}, "method"),
    ):
        with pytest.raises(Invalid) as refusal:
            move_motion(item, by=keeper, **{"title": "x", "text": "y", **wrong})
        assert refusal.value.field == field
    motion = a_motion(meeting, by=keeper)
    with pytest.raises(Invalid):
        amend_motion(motion, by=keeper, title="Nothing", text=motion.text)


def test_notes_of_two_people_are_never_overwritten_unread(committee, keeper):
    meeting, _members = in_session(committee, by=keeper)
    item = the_item(meeting)
    version = save_notes(item, by=keeper, text="Mine", version=0)

    with pytest.raises(Conflict) as refusal:
        save_notes(item, by=keeper, text="Theirs", version=0)

    assert refusal.value.details == {"text": "Mine", "version": version}
    assert save_notes(item, by=keeper, text="Mine", version=0) == version, (
        "sent twice, because the answer was lost"
    )
    assert save_notes(item, by=keeper, text="Both", version=version) == version + 1
    assert AgendaItem.objects.get(pk=item.pk).notes == "Both"


def test_an_election_that_gives_nobody_the_seat_is_told_to_the_chair(committee, keeper):
    meeting, members = in_session(committee, by=keeper)
    chair = let_in(committee, AccessLevel.LEAD, "Cleo Chairwoman")
    vacant = Seat.objects.create(committee=committee, role=SeatRole.DEPUTY)
    candidate = members[0].participant  # who has a seat already, and a person has one vote
    motion = a_motion(meeting, by=keeper, elects_seat=vacant, candidate=candidate)

    motion = close_vote(open_vote(motion, by=keeper), by=keeper, counted={"yes": 4, "no": 0, "abstain": 0})

    assert motion.state == MotionState.ADOPTED
    assert not vacant.memberships.exists()
    notice = chair.notifications.get(kind="participation.due")
    assert notice.title == "Paint it: elected, but not seated"
    assert notice.text.startswith("Member 1 was elected, but the rules of seats")
    assert notice.path == committee.url_of("seat", vacant.pk)

    def due():
        return [each.words for each in due_for(committee, timezone.now()) if "elected" in each.words]

    assert due() == ["Member 1 was elected (“Paint it”) but has no seat yet. Seat the person by hand."]
    Membership.objects.create(
        committee=committee, seat=vacant, participant=candidate, name="Member 1", from_on=timezone.localdate()
    )
    assert due() == []
