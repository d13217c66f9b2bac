"""Races around the ballot box on PostgreSQL, each with a negative control that shows the race when its guard is gone."""

import datetime as dt
import threading
import time
import uuid
from contextlib import contextmanager, suppress
from functools import partial

import pytest
import time_machine
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from budgeting import link_secret
from budgeting.domain import ballot as casting
from budgeting.domain import box as boxes
from budgeting.domain.ballot import Receipt, cast_ballot, save_draft
from budgeting.domain.box import close_voting, open_box, seal
from budgeting.domain.roll import ensure_roll_entry
from budgeting.enums import BallotStyle, BoxEvent
from budgeting.models import Ballot, BallotBox, BallotDraft, BallotEvent, RollEntry, Submission
from participation.foundation.errors import Conflict
from tests.budgeting.voting import contents, current_choices, ids, make_voting, vote
from tests.factories import RegisterEntryFactory, VerifiedParticipantFactory
from tests.races.conftest import at_once

WAIT = 20


def voters(number: int) -> list:
    """That many residents; their register entries share one neighbourhood."""
    first = RegisterEntryFactory()
    entries = [
        first,
        *(RegisterEntryFactory(neighbourhood=first.neighbourhood) for _more in range(number - 1)),
    ]
    return [VerifiedParticipantFactory(register_entry=entry) for entry in entries]


def on_the_roll(area, people) -> None:
    """Put people on the roll beforehand, so that no unique key makes them wait for each other."""
    RollEntry.objects.bulk_create(
        RollEntry(
            budget=area.budget,
            person_key=person.register_entry.person_key,
            neighbourhood=person.register_entry.neighbourhood,
        )
        for person in people
    )


def roll_lock_skipped(monkeypatch):
    whole = casting.eligible_voter
    monkeypatch.setattr(casting, "eligible_voter", lambda *args, hold=False: whole(*args))


def share_lock_skipped(monkeypatch):
    monkeypatch.setattr(casting, "read_for_share", lambda rows: rows.first())
    monkeypatch.setattr(casting, "stand_in_line", lambda *args: None)


def meet_before_the_insert(monkeypatch, number: int, timeout: float = 1.0):
    """Let submissions wait for each other after they have read what is there and before they write."""
    meeting = threading.Barrier(number)
    whole = link_secret.tracker

    def tracker(*args):
        with suppress(threading.BrokenBarrierError):
            meeting.wait(timeout)
        return whole(*args)

    monkeypatch.setattr(link_secret, "tracker", tracker)


@contextmanager
def without_constraints(*names: str):
    """Take these unique constraints of the ballots away; put them back when the double ballots are gone."""
    constraints = [found for found in Ballot._meta.constraints if found.name in names]
    assert len(constraints) == len(names)
    with connection.schema_editor() as schema:
        for constraint in constraints:
            schema.remove_constraint(Ballot, constraint)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE budgeting_submission, budgeting_ballotline, budgeting_ballot CASCADE")
        with connection.schema_editor() as schema:
            for constraint in constraints:
                schema.add_constraint(Ballot, constraint)


@contextmanager
def without_trigger(table: str, name: str):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {name}")


def waiting_backends() -> int:
    """How many connections to this database wait for somebody's lock."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0]


def wait_until(question) -> None:
    for _look in range(WAIT * 50):
        if question():
            return
        time.sleep(0.02)
    raise AssertionError("it did not come to that")


# One ballot for each person


def test_v2_eight_first_ballots_of_sixty_voters_are_sixty():
    area, people = make_voting(), voters(60)

    answers = at_once([partial(vote, area, person, 0) for person in people for _press in range(8)])

    assert [type(answer) for answer in answers] == [Receipt] * 480
    assert Ballot.objects.filter(is_current=True).count() == 60
    assert RollEntry.objects.filter(voted_on__isnull=False).count() == 60
    assert BallotEvent.objects.filter(kind=BoxEvent.CAST).count() == 60
    assert BallotEvent.objects.filter(kind=BoxEvent.CHANGED).count() == 420


def test_v2_control_without_lock_and_constraint_one_person_has_two_ballots(monkeypatch):
    area, (person,) = make_voting(), voters(1)
    on_the_roll(area, [person])
    roll_lock_skipped(monkeypatch)
    meet_before_the_insert(monkeypatch, 2)

    with without_constraints("one_live_ballot_per_voter_and_area", "ballot_versions_differ"):
        at_once([partial(vote, area, person, 0)] * 2)

        assert Ballot.objects.filter(is_current=True).count() == 2


def test_v6_with_the_constraint_alone_both_get_an_answer_and_one_ballot_is_live(monkeypatch):
    area, (person,) = make_voting(), voters(1)
    on_the_roll(area, [person])
    roll_lock_skipped(monkeypatch)
    meet_before_the_insert(monkeypatch, 2)

    answers = at_once([partial(vote, area, person, place) for place in (0, 1)])

    assert sorted(answer.changed for answer in answers) == [False, True]
    assert sorted(Ballot.objects.values_list("version", "is_current")) == [(1, False), (2, True)]


def test_v6_with_the_lock_alone_one_ballot_is_live(monkeypatch):
    area, (person,) = make_voting(), voters(1)
    meet_before_the_insert(monkeypatch, 2, timeout=0.3)

    with without_constraints("one_live_ballot_per_voter_and_area", "ballot_versions_differ"):
        on_the_roll(area, [person])
        at_once([partial(vote, area, person, 0)] * 2)

        assert Ballot.objects.filter(is_current=True).count() == 1


def test_v17_eight_presses_of_one_button_give_one_receipt():
    area, (person,), key = make_voting(), voters(1), uuid.uuid4()

    answers = at_once([partial(vote, area, person, 0, 1, key=key)] * 8)

    assert answers == [answers[0]] * 8
    assert isinstance(answers[0], Receipt)
    assert Ballot.objects.count() == Submission.objects.count() == 1


def test_v3_two_ballots_of_sixty_percent_never_become_one_of_more():
    area = make_voting(ballot_style=BallotStyle.KNAPSACK, max_choices=None, costs=(36_000_00, 36_000_00))
    (person,) = voters(1)

    at_once([partial(vote, area, person, place) for place in (0, 1)] * 4)

    assert len(current_choices(area)) == 1
    assert Ballot.objects.get(is_current=True).total_cents == 36_000_00


def test_v4_ten_parallel_ballots_never_hold_more_than_the_limit():
    area = make_voting(costs=(1_000_00,) * 10, max_choices=5)
    (person,) = voters(1)

    jobs = [partial(vote, area, person, *((place + step) % 10 for step in range(5))) for place in range(10)]
    at_once(jobs, workers=10)

    assert [len(choices) for choices in current_choices(area)] == [5]


def test_the_roll_entry_of_eight_first_submissions_is_one():
    area, (person,) = make_voting(), voters(1)

    def enrol():
        with transaction.atomic():
            return ensure_roll_entry(area.budget, person, day=timezone.localdate())

    answers = at_once([enrol] * 8)

    assert [type(answer) for answer in answers] == [RollEntry] * 8
    assert RollEntry.objects.count() == 1


def test_drafts_saved_at_once_are_one_draft():
    area, (person,) = make_voting(), voters(1)

    answers = at_once(
        [partial(save_draft, area, voter=person, choices=ids(area, place % 4)) for place in range(8)]
    )

    assert answers == [None] * 8
    assert BallotDraft.objects.count() == 1


def test_voters_do_not_wait_for_each_other(monkeypatch):
    area, (slow, quick) = make_voting(), voters(2)
    midway, done = threading.Event(), threading.Event()
    whole = casting._write_lines

    def write_lines(*args):
        if threading.current_thread().name == "slow":
            midway.set()
            assert done.wait(WAIT)
        whole(*args)

    monkeypatch.setattr(casting, "_write_lines", write_lines)

    def cast_slowly():
        threading.current_thread().name = "slow"
        return vote(area, slow)

    def cast_quickly():
        assert midway.wait(WAIT)
        receipt = vote(area, quick)
        done.set()
        return receipt

    answers = at_once([cast_slowly, cast_quickly])

    assert [type(answer) for answer in answers] == [Receipt, Receipt]


# Freezing


def test_eight_first_visitors_freeze_one_box():
    area = make_voting(frozen=False)
    before = set(settings.BALLOT_SECRETS_DIR.glob("*"))

    answers = at_once([partial(open_box, area.budget)] * 8)

    assert {answer.pk for answer in answers} == {BallotBox.objects.get().pk}
    assert set(settings.BALLOT_SECRETS_DIR.glob("*")) - before == {link_secret.path_of(answers[0].public_id)}
    assert BallotEvent.objects.count() == 1


def test_a_freeze_that_lost_the_race_gives_the_winners_box(monkeypatch):
    area = make_voting(frozen=False)
    before = set(settings.BALLOT_SECRETS_DIR.glob("*"))
    meeting = threading.Barrier(2)
    whole = boxes._new_box
    monkeypatch.setattr(
        boxes.ParticipatoryBudget.objects,
        "select_for_update",
        lambda **kw: boxes.ParticipatoryBudget.objects.all(),
    )

    def new_box(*args):
        meeting.wait(WAIT)
        return whole(*args)

    monkeypatch.setattr(boxes, "_new_box", new_box)

    answers = at_once([partial(open_box, area.budget)] * 2)

    assert {answer.pk for answer in answers} == {BallotBox.objects.get().pk}
    assert len(set(settings.BALLOT_SECRETS_DIR.glob("*")) - before) == 1


# Closing


class Close:
    """A voter who is past the check that voting is open, and an officer who ends voting at that very moment."""

    def __init__(self, monkeypatch, officer, *, sealing=True):
        self.area, self.officer, self.sealing = make_voting(), officer, sealing
        self.voter = voters(1)[0]
        self.checked, self.ended = threading.Event(), threading.Event()
        self.box = BallotBox.objects.get()
        whole = casting.check_choices

        def check_choices(*args):
            self.checked.set()
            # Where the end waits for this voter, it does not come, and the voter goes on after a moment.
            self.ended.wait(1)
            return whole(*args)

        monkeypatch.setattr(casting, "check_choices", check_choices)

    def end(self):
        assert self.checked.wait(WAIT)
        close_voting(self.box, by=self.officer, reason="The time has come.")
        if self.sealing:
            seal(self.box, by=self.officer)
        stored = Ballot.objects.count()
        self.ended.set()
        return stored

    def run(self):
        return at_once([partial(vote, self.area, self.voter), self.end])


def test_v7_the_close_waits_for_who_is_just_casting(monkeypatch, officer):
    close = Close(monkeypatch, officer)

    receipt, stored_at_the_end = close.run()

    assert isinstance(receipt, Receipt)
    sealed = BallotEvent.objects.get(kind=BoxEvent.SEALED)
    assert sealed.detail["ballots"] == sealed.detail["participants"] == stored_at_the_end == 1


def test_v7_control_without_the_share_lock_a_ballot_comes_after_the_close(monkeypatch, officer):
    share_lock_skipped(monkeypatch)
    close = Close(monkeypatch, officer, sealing=False)

    receipt, stored_at_the_end = close.run()

    assert isinstance(receipt, Receipt)
    assert (stored_at_the_end, Ballot.objects.count()) == (0, 1)


def test_v7_control_without_lock_and_trigger_a_ballot_is_missing_from_the_totals(monkeypatch, officer):
    share_lock_skipped(monkeypatch)
    close = Close(monkeypatch, officer)

    with without_trigger("budgeting_ballot", "ballot_not_after_the_seal"):
        close.run()

    assert BallotEvent.objects.get(kind=BoxEvent.SEALED).detail["ballots"] == 0
    assert Ballot.objects.count() == 1


def test_v7_with_the_trigger_alone_the_late_ballot_is_told_closed(monkeypatch, officer):
    share_lock_skipped(monkeypatch)
    close = Close(monkeypatch, officer)

    refusal, _stored = close.run()

    assert isinstance(refusal, Conflict)
    assert refusal.code == "closed"
    assert Ballot.objects.count() == 0


@pytest.mark.parametrize("in_line", [True, False])
def test_who_ends_voting_is_not_passed_by_newcomers(monkeypatch, officer, in_line):
    if not in_line:
        # The control: with the row lock alone a newcomer joins at once, and the officer may wait for ever.
        monkeypatch.setattr(casting, "stand_in_line", lambda *args: None)
    area, (early, late) = make_voting(), voters(2)
    box = BallotBox.objects.get()
    inside, leave = threading.Event(), threading.Event()
    whole = casting._write_lines

    def write_lines(*args):
        if not inside.is_set():
            inside.set()
            assert leave.wait(WAIT)
        whole(*args)

    monkeypatch.setattr(casting, "_write_lines", write_lines)

    def end():
        assert inside.wait(WAIT)
        return close_voting(box, by=officer, reason="The time has come.")

    def come_late():
        wait_until(lambda: waiting_backends() == 1)
        return vote(area, late)

    def let_go():
        wait_until(lambda: waiting_backends() == (2 if in_line else 1))
        if not in_line:
            wait_until(lambda: Ballot.objects.count() == 1)  # the newcomer's; the first is not committed
        leave.set()

    receipt, closed, newcomer, _nothing = at_once([partial(vote, area, early), end, come_late, let_go])

    assert isinstance(receipt, Receipt)
    assert isinstance(closed, BallotBox)
    assert isinstance(newcomer, Conflict if in_line else Receipt)


def test_v7_a_storm_of_votes_while_voting_is_closed_and_sealed(officer):
    area, people = make_voting(), voters(120)
    box = BallotBox.objects.get()
    begun = threading.Semaphore(0)

    def cast(person):
        begun.release()
        return vote(area, person, 0)

    def end():
        for _voter in range(40):
            assert begun.acquire(timeout=WAIT)
        close_voting(box, by=officer, reason="The time has come.")
        return seal(box, by=officer)

    jobs = [partial(cast, person) for person in people]
    answers = at_once([end, *jobs])

    cast_in_time = [answer for answer in answers[1:] if isinstance(answer, Receipt)]
    late = [answer for answer in answers[1:] if not isinstance(answer, Receipt)]
    sealed = BallotEvent.objects.get(kind=BoxEvent.SEALED).detail
    digests = {link_secret.tracker_digest(receipt.tracker) for receipt in cast_in_time}
    assert digests == set(Ballot.objects.filter(is_current=True).values_list("tracker_digest", flat=True))
    assert sealed["ballots"] == sealed["participants"] == len(cast_in_time) >= 1
    assert late
    assert {(type(answer), answer.code) for answer in late} == {(Conflict, "closed")}
    assert contents(box)["roll"] == len(cast_in_time)


def test_two_officers_who_seal_at_once_seal_once(officer):
    area = make_voting()
    vote(area)
    box = BallotBox.objects.get()
    close_voting(box, by=officer, reason="The time has come.")

    answers = at_once([partial(seal, box, by=officer)] * 4)

    assert [type(answer) for answer in answers] == [BallotBox] * 4
    assert BallotEvent.objects.filter(kind=BoxEvent.SEALED).count() == 1
    assert not link_secret.path_of(box.public_id).exists()


def test_after_the_seal_not_even_row_versions_join_a_person_to_a_ballot(officer):
    def joined():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM budgeting_rollentry r JOIN budgeting_ballot b ON r.xmin::text = b.xmin::text"
            )
            return cursor.fetchone()[0]

    area = make_voting()
    for person in voters(5):
        vote(area, person)
    assert joined() == 5  # there is something to leak

    box = BallotBox.objects.get()
    close_voting(box, by=officer, reason="The time has come.")
    seal(box, by=officer)

    assert joined() == 0


@pytest.mark.parametrize("late_by", [dt.timedelta(0), dt.timedelta(seconds=-1)])
def test_v8_the_databases_clock_decides_not_the_servers(late_by):
    area, (person,) = make_voting(), voters(1)
    now = timezone.now()
    BallotBox.objects.update(closes_at=now + late_by)

    with time_machine.travel(now - dt.timedelta(days=2), tick=False), pytest.raises(Conflict) as refusal:
        cast_ballot(area, voter=person, choices=ids(area, 0), idempotency_key=uuid.uuid4())

    assert refusal.value.code == "closed"
