"""Saving and casting ballots: what goes into the box, and everything that does not."""

import datetime as dt
import re
import uuid

import pytest
from django.db import connection
from django.utils import timezone
from wagtail.models import ReferenceIndex

from budgeting import link_secret
from budgeting.domain.ballot import cast_ballot, receipt_for, save_draft
from budgeting.domain.box import digest_of, freeze
from budgeting.domain.roll import ensure_roll_entry
from budgeting.enums import BallotStyle, BoxEvent, Channel, PhaseKind, ProjectStatus
from budgeting.models import Ballot, BallotBox, BallotDraft, BallotEvent, BallotLine, Project, RollEntry
from participation.enums import VerificationMethod
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed, Unprocessable
from participation.models import Participant
from tests.budgeting.voting import contents, current_choices, end_voting, ids, make_voting, vote
from tests.factories import (
    NeighbourhoodFactory,
    ParticipantFactory,
    ProjectFactory,
    RegisterEntryFactory,
    VerifiedParticipantFactory,
    make_budget,
)

pytestmark = pytest.mark.django_db


def box_of(area) -> BallotBox:
    return BallotBox.objects.get(budget=area.budget)


# Casting


def test_a_resident_casts_a_ballot():
    area, voter = make_voting(), VerifiedParticipantFactory()

    receipt = vote(area, voter, 2, 0)

    ballot = Ballot.objects.get()
    assert current_choices(area) == [ids(area, 0, 2)]
    assert (ballot.version, ballot.style, ballot.channel) == (1, "approval", "web")
    assert ballot.total_cents == 40_000_00
    assert ballot.cast_on == timezone.localdate()
    assert ballot.tracker_digest == link_secret.tracker_digest(receipt.tracker)
    assert not receipt.changed
    entry = RollEntry.objects.get()
    assert (entry.person_key, entry.voted_on, entry.channel) == (
        voter.register_entry.person_key,
        timezone.localdate(),
        Channel.WEB,
    )


def test_the_receipt_is_128_bits_in_groups_and_stored_nowhere():
    area = make_voting()

    receipt = vote(area)

    assert re.fullmatch(r"([A-Z2-7]{4}-){6}[A-Z2-7]{2}", receipt.tracker)
    for model in (Ballot, BallotEvent, BallotLine, RollEntry):
        for row in model.objects.values():
            assert receipt.tracker not in str(row)
            assert receipt.tracker.replace("-", "") not in str(row)


def test_a_receipt_typed_by_hand_has_the_same_digest():
    assert link_secret.tracker_digest("abcd-2345 EF") == link_secret.tracker_digest("ABCD2345EF")


def test_a_ballot_can_be_changed_until_the_close():
    area, voter = make_voting(), VerifiedParticipantFactory()
    first = vote(area, voter, 0)

    second = vote(area, voter, 1, 2)

    assert second.changed
    assert second.tracker != first.tracker
    assert current_choices(area) == [ids(area, 1, 2)]
    assert list(Ballot.objects.order_by("version").values_list("version", "is_current")) == [
        (1, False),
        (2, True),
    ]
    assert RollEntry.objects.count() == 1


def test_the_log_holds_what_was_cast_as_a_digest_without_identity():
    area, voter = make_voting(), VerifiedParticipantFactory()

    vote(area, voter, 1)

    ballot, event = Ballot.objects.get(), BallotEvent.objects.get(kind=BoxEvent.CAST)
    content = {"ballot": str(ballot.pk), "choices": ids(area, 1), "tracker": ballot.tracker_digest}
    told = {"kind": "cast", "on": event.on.isoformat(), "detail": event.detail, "content": content}
    assert event.digest == digest_of(told)
    assert event.detail == {"area": area.pk, "version": 1}


def test_v22_lines_lie_in_the_order_of_the_frozen_list_not_of_choosing():
    area = make_voting()

    vote(area, None, 3, 0, 2)

    assert list(BallotLine.objects.order_by("pk").values_list("project_id", "position")) == list(
        zip(ids(area, 0, 2, 3), (1, 3, 4), strict=True)
    )


def test_two_areas_of_one_person_look_like_two_people():
    budget = make_budget(phase=PhaseKind.VOTING)
    home = NeighbourhoodFactory()
    city = make_voting(budget=budget, frozen=False)
    quarter = make_voting(budget=budget, neighbourhood=home)
    voter = VerifiedParticipantFactory(register_entry__neighbourhood=home)

    vote(city, voter)
    vote(quarter, voter)

    assert len(set(Ballot.objects.values_list("link_key", flat=True))) == 2
    assert RollEntry.objects.get().neighbourhood == home


def test_casting_leaves_no_trace_in_the_queue_of_tasks(django_capture_on_commit_callbacks):
    area, voter = make_voting(), VerifiedParticipantFactory()

    with django_capture_on_commit_callbacks() as callbacks:
        vote(area, voter, 0)

    assert callbacks == []
    assert not ReferenceIndex.objects.filter(
        base_content_type__app_label="budgeting", object_id=Ballot.objects.get().pk
    )


@pytest.mark.parametrize("projects", [4, 40])
def test_casting_takes_the_same_few_queries(django_assert_max_num_queries, projects):
    area = make_voting(costs=(1_000_00,) * projects, max_choices=None)
    voter, key = VerifiedParticipantFactory(), uuid.uuid4()
    choices = ids(area, *range(projects))
    area = type(area).objects.get(pk=area.pk)

    # SAVEPOINT and RELEASE (BEGIN and COMMIT outside of a test), and on PostgreSQL the line and two looks at its clock.
    most = 18 if connection.vendor == "postgresql" else 15
    with django_assert_max_num_queries(most):
        cast_ballot(area, voter=voter, choices=choices, idempotency_key=key)


# Who may vote


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ({"is_active": False}, "moved_away"),
        ({"may_vote_from": timezone.localdate() + dt.timedelta(days=1)}, "too_young"),
        ({"may_vote_from": timezone.localdate()}, ""),
        ({"may_vote_from": None}, ""),
    ],
)
def test_v20_the_register_decides_who_may_vote(entry, code):
    area = make_voting()
    voter = VerifiedParticipantFactory(register_entry=RegisterEntryFactory(**entry))

    if not code:
        vote(area, voter)
        return
    with pytest.raises(NotAllowed) as refusal:
        vote(area, voter)
    assert refusal.value.code == code
    assert contents(box_of(area))["ballots"] == 0


def test_somebody_who_is_not_verified_may_not_vote():
    area = make_voting()

    for person in (ParticipantFactory(), VerifiedParticipantFactory(user__is_active=False)):
        with pytest.raises(NotAllowed):
            vote(area, person)
        with pytest.raises(NotAllowed):
            save_draft(area, voter=person, choices=ids(area, 0))

    assert contents(box_of(area)) == {**contents(box_of(area)), "ballots": 0, "drafts": 0, "roll": 0}


def test_a_neighbourhoods_ballot_is_for_its_people():
    home, elsewhere = NeighbourhoodFactory(), NeighbourhoodFactory()
    area = make_voting(neighbourhood=home)

    vote(area, VerifiedParticipantFactory(register_entry__neighbourhood=home))
    with pytest.raises(Missing):
        vote(area, VerifiedParticipantFactory(register_entry__neighbourhood=elsewhere))

    assert contents(box_of(area))["ballots"] == 1


def test_a_move_during_voting_gives_no_second_area():
    budget = make_budget(phase=PhaseKind.VOTING)
    old, new = NeighbourhoodFactory(), NeighbourhoodFactory()
    first = make_voting(budget=budget, neighbourhood=old, frozen=False)
    second = make_voting(budget=budget, neighbourhood=new)
    voter = VerifiedParticipantFactory(register_entry__neighbourhood=old)
    vote(first, voter)

    voter.register_entry.neighbourhood = new
    voter.register_entry.save()

    with pytest.raises(Missing):
        vote(second, voter)
    assert vote(first, voter).changed


def test_v11_an_account_made_anew_finds_the_vote_already_cast():
    area, voter = make_voting(), VerifiedParticipantFactory()
    resident = voter.register_entry
    vote(area, voter, 0)

    voter.user.delete()
    again = VerifiedParticipantFactory(register_entry=resident, verified_by=VerificationMethod.REGISTER)
    receipt = vote(area, again, 1)

    assert receipt.changed
    assert current_choices(area) == [ids(area, 1)]
    assert RollEntry.objects.count() == 1


def test_v12_who_has_voted_on_paper_cannot_vote_online():
    area, voter = make_voting(), VerifiedParticipantFactory()
    entry = ensure_roll_entry(area.budget, voter, day=timezone.localdate())
    entry.voted_on, entry.channel = timezone.localdate(), Channel.PAPER
    entry.save()

    with pytest.raises(Conflict) as refusal:
        vote(area, voter)

    assert refusal.value.code == "voted_elsewhere"


def test_a_blocked_roll_entry_casts_nothing():
    area, voter = make_voting(), VerifiedParticipantFactory()
    ensure_roll_entry(area.budget, voter, day=timezone.localdate())
    RollEntry.objects.update(is_blocked=True)

    with pytest.raises(NotAllowed):
        vote(area, voter)


def test_the_roll_entry_is_made_once():
    area, voter = make_voting(), VerifiedParticipantFactory()

    first = ensure_roll_entry(area.budget, voter, day=timezone.localdate())
    second = ensure_roll_entry(area.budget, voter, day=timezone.localdate())

    assert first == second


# When


def test_v8_nothing_is_cast_before_voting_opens():
    early = make_voting(frozen=False, phase=PhaseKind.REVIEW)
    voter = VerifiedParticipantFactory()

    with pytest.raises(Conflict) as refusal:
        vote(early, voter)
    assert refusal.value.code == "not_open"
    box = freeze(early.budget)
    with pytest.raises(Conflict) as refusal:
        vote(early, voter)
    assert refusal.value.code == "not_open"

    assert contents(box)["ballots"] == 0


def test_v7_nothing_is_cast_after_the_close():
    area, voter = make_voting(), VerifiedParticipantFactory()
    box = end_voting(box_of(area))

    with pytest.raises(Conflict) as refusal:
        vote(area, voter)
    assert refusal.value.code == "closed"
    with pytest.raises(Conflict):
        save_draft(area, voter=voter, choices=ids(area, 0))

    assert contents(box)["ballots"] == contents(box)["drafts"] == contents(box)["roll"] == 0


def test_the_first_voter_freezes_the_rules_that_the_dates_have_opened():
    area = make_voting(frozen=False)

    vote(area)

    assert box_of(area).events.first().kind == BoxEvent.FROZEN


def test_without_the_secret_nothing_is_cast():
    area, voter = make_voting(), VerifiedParticipantFactory()
    box = box_of(area)
    link_secret.path_of(box.public_id).write_bytes(b"half")
    before = contents(box)

    for damage in (lambda: None, link_secret.path_of(box.public_id).unlink):
        damage()
        with pytest.raises(link_secret.SecretMissing) as refusal:
            vote(area, voter)
        assert refusal.value.status == 503

    assert contents(box) == before


# What


def test_v13_a_project_that_is_not_on_this_ballot_is_refused_and_nothing_changed():
    area, voter = make_voting(frozen=False), VerifiedParticipantFactory()
    withdrawn = ProjectFactory(area=area, status=ProjectStatus.NOT_FUNDED)
    freeze(area.budget)
    late = ProjectFactory(area=area)
    elsewhere = ProjectFactory(area=make_voting(budget=make_budget(phase=PhaseKind.VOTING, slug="other")))
    vote(area, voter, 0)
    before = contents(box_of(area)), current_choices(area)

    for stranger in (withdrawn.pk, late.pk, elsewhere.pk, 0, -1, 10**30):
        with pytest.raises(Invalid) as refusal:
            cast_ballot(area, voter=voter, choices=[*ids(area, 1), stranger], idempotency_key=uuid.uuid4())
        assert (refusal.value.status, refusal.value.field) == (400, "choices")
        with pytest.raises(Invalid):
            save_draft(area, voter=voter, choices=[stranger])

    assert (contents(box_of(area)), current_choices(area)) == before


@pytest.mark.parametrize(("places", "code"), [((), "empty"), ((0, 0), "twice"), ((0, 1, 2, 3), "too_many")])
def test_a_ballot_against_the_rules_is_refused(places, code):
    area, voter = make_voting(), VerifiedParticipantFactory()

    with pytest.raises(Invalid) as refusal:
        cast_ballot(area, voter=voter, choices=ids(area, *places), idempotency_key=uuid.uuid4())

    assert (refusal.value.code, refusal.value.field) == (code, "choices")
    assert contents(box_of(area))["ballots"] == 0


def test_an_approval_ballot_may_cost_more_than_there_is():
    area = make_voting()

    vote(area, None, 1, 2, 3)

    assert Ballot.objects.get().total_cents == 90_000_00


def test_v3_a_ballot_up_to_the_money_never_costs_more():
    area = make_voting(ballot_style=BallotStyle.KNAPSACK, max_choices=None)
    voter = VerifiedParticipantFactory()

    vote(area, voter, 0, 1, 2)  # exactly the amount
    with pytest.raises(Invalid) as refusal:
        vote(area, voter, 0, 1, 3)

    assert refusal.value.code == "over_budget"
    assert "€10,000" in str(refusal.value.message)
    assert current_choices(area) == [ids(area, 0, 1, 2)]


def test_v9_the_frozen_cost_decides_whatever_the_project_says_now():
    area = make_voting(ballot_style=BallotStyle.KNAPSACK, max_choices=None)

    Project.objects.update(cost_cents=900_000_00)

    vote(area, None, 0, 1, 2)
    assert Ballot.objects.get().total_cents == 60_000_00


def test_v18_an_invalid_ballot_does_not_burn_the_key():
    area, voter, key = make_voting(), VerifiedParticipantFactory(), uuid.uuid4()

    with pytest.raises(Invalid):
        vote(area, voter, 0, 1, 2, 3, key=key)
    vote(area, voter, 0, 1, key=key)

    assert current_choices(area) == [ids(area, 0, 1)]


# The same press of the button again


def test_v17_the_same_key_and_choices_give_the_same_receipt():
    area, voter, key = make_voting(), VerifiedParticipantFactory(), uuid.uuid4()
    first = vote(area, voter, 0, 1, key=key)
    before = contents(box_of(area))

    again = [vote(area, voter, 1, 0, key=key) for _ in range(4)]

    assert again == [first] * 4
    assert contents(box_of(area)) == before


def test_v17_the_same_key_with_other_choices_is_refused():
    area, voter, key = make_voting(), VerifiedParticipantFactory(), uuid.uuid4()
    vote(area, voter, 0, key=key)

    with pytest.raises(Unprocessable) as refusal:
        vote(area, voter, 1, key=key)

    assert refusal.value.status == 422
    assert current_choices(area) == [ids(area, 0)]


def test_a_repeat_that_crosses_the_close_still_gets_its_receipt():
    area, voter, key = make_voting(), VerifiedParticipantFactory(), uuid.uuid4()
    first = vote(area, voter, 0, key=key)
    end_voting(box_of(area))

    assert vote(area, voter, 0, key=key) == first
    with pytest.raises(Conflict):
        vote(area, voter, 0)


def test_a_key_of_somebody_else_is_just_a_new_key():
    area, key = make_voting(), uuid.uuid4()

    first, second = vote(area, None, 0, key=key), vote(area, None, 1, key=key)

    assert first.tracker != second.tracker
    assert contents(box_of(area))["live"] == 2


def test_a_key_kept_in_a_session_leads_to_no_ballot_without_the_secret():
    area, key = make_voting(), uuid.uuid4()

    vote(area, None, 0, key=key)

    assert not box_of(area).submissions.filter(idempotency_key=key).exists()


def test_v6_a_conflict_that_only_the_database_sees_gets_the_answer_of_a_second_try(monkeypatch):
    area, voter = make_voting(), VerifiedParticipantFactory()
    whole, tries = link_secret.tracker, []

    def tracker(secret, link_key, idempotency_key):
        if not tries:
            # Somebody else's insert, after this one has looked and before it writes.
            Ballot.objects.create(
                box=box_of(area),
                area=area,
                link_key=link_key,
                style="approval",
                channel="web",
                tracker_digest="f" * 64,
                cast_on=timezone.localdate(),
            )
        tries.append(1)
        return whole(secret, link_key, idempotency_key)

    monkeypatch.setattr(link_secret, "tracker", tracker)

    receipt = vote(area, voter, 0)

    assert len(tries) > 1
    assert Ballot.objects.get().tracker_digest == link_secret.tracker_digest(receipt.tracker)


def test_v14_a_receipt_is_shown_to_its_voter_only():
    area, voter, key = make_voting(), VerifiedParticipantFactory(), uuid.uuid4()
    receipt = vote(area, voter, 0, key=key)

    assert receipt_for(area, voter=voter, idempotency_key=key) == receipt
    with pytest.raises(Missing):
        receipt_for(area, voter=VerifiedParticipantFactory(), idempotency_key=key)
    with pytest.raises(Missing):
        receipt_for(area, voter=voter, idempotency_key=uuid.uuid4())


# Drafts


def test_a_draft_is_kept_and_replaced_and_gone_when_cast():
    area, voter = make_voting(), VerifiedParticipantFactory()

    save_draft(area, voter=voter, choices=ids(area, 0))
    save_draft(area, voter=voter, choices=ids(area, 3, 2, 1, 0))

    assert [draft.choices for draft in BallotDraft.objects.all()] == [ids(area, 0, 1, 2, 3)]
    assert not RollEntry.objects.exists()
    vote(area, voter, 1)
    assert not BallotDraft.objects.exists()


def test_a_draft_names_nobody():
    area, voter = make_voting(), VerifiedParticipantFactory()

    save_draft(area, voter=voter, choices=ids(area, 0))

    assert voter.register_entry.person_key not in str(BallotDraft.objects.values())


def test_f29_a_project_that_vanishes_while_it_is_voted_for_is_a_plain_refusal():
    area, voter = make_voting(), VerifiedParticipantFactory()
    choices = ids(area, 0)
    Project.objects.filter(pk=choices[0]).delete()

    with pytest.raises(Conflict):
        cast_ballot(area, voter=voter, choices=choices, idempotency_key=uuid.uuid4())

    assert contents(box_of(area))["ballots"] == 0
    assert Participant.objects.filter(pk=voter.pk).exists()
