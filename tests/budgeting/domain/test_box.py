"""Freezing, extending, closing and sealing the ballot box."""

import datetime as dt
import hashlib
import json
import stat
import uuid

import pytest
from django.utils import timezone
from wagtail.models import PageLogEntry

from budgeting import link_secret
from budgeting.domain.ballot import save_draft
from budgeting.domain.box import canonical, close_voting, extend_voting, freeze, open_box, seal
from budgeting.enums import BallotStyle, BoxEvent, PhaseKind
from budgeting.models import (
    Ballot,
    BallotBox,
    BallotDraft,
    BallotEvent,
    Phase,
    Project,
    RollEntry,
    Submission,
)
from participation.foundation.errors import Conflict, Invalid, NotAllowed
from tests.budgeting.voting import contents, end_voting, ids, make_voting, vote
from tests.factories import (
    AreaFactory,
    NeighbourhoodFactory,
    RegisterEntryFactory,
    VerifiedParticipantFactory,
    make_budget,
)

pytestmark = pytest.mark.django_db


def box_of(area) -> BallotBox:
    return BallotBox.objects.get(budget=area.budget)


# Freezing


def test_freezing_writes_down_rules_that_everybody_can_digest_anew():
    area = make_voting(costs=(10_000_00, 20_000_00), frozen=False)

    box = freeze(area.budget)

    box = BallotBox.objects.get(pk=box.pk)
    assert box.rules["areas"] == [
        {
            "id": area.pk,
            "name": area.name,
            "neighbourhood": None,
            "amount_cents": 60_000_00,
            "ballot_style": "approval",
            "max_choices": 3,
            "rule": "equal-shares",
            "projects": [
                {
                    "id": project.pk,
                    "code": project.code,
                    "title": project.title,
                    "cost_cents": project.cost_cents,
                }
                for project in area.projects.order_by("pk")
            ],
        }
    ]
    assert box.rules["ties"] == "cost-votes-lot"
    assert box.rules["tie_seed"] == box.tie_seed
    text = json.dumps(box.rules, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(text.encode()).hexdigest() == box.rules_digest
    assert list(box.events.values_list("kind", flat=True)) == [BoxEvent.FROZEN]


def test_the_secret_is_made_once_for_the_server_alone(settings):
    area = make_voting(frozen=False)

    box = freeze(area.budget)

    path = link_secret.path_of(box.public_id)
    assert len(path.read_bytes()) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.parent == settings.BALLOT_SECRETS_DIR


def test_freezing_twice_gives_the_same_box(officer):
    area = make_voting(frozen=False)

    first, second = freeze(area.budget, by=officer), freeze(area.budget)

    assert first == second
    assert PageLogEntry.objects.filter(page=area.budget.page_ptr, action="budgeting.freeze").count() == 1


def test_the_dates_freeze_when_voting_opens_and_not_before():
    early = make_voting(frozen=False, phase=PhaseKind.REVIEW)
    due = make_voting(frozen=False, budget=make_budget(phase=PhaseKind.VOTING, slug="due"))

    assert open_box(early.budget) is None
    assert open_box(due.budget) == BallotBox.objects.get()


def test_an_officer_may_freeze_before_voting_opens(officer):
    area = make_voting(frozen=False, phase=PhaseKind.REVIEW)

    box = freeze(area.budget, by=officer)

    assert box.opens_at == area.budget.phase(PhaseKind.VOTING).opens_at > timezone.now()


def test_only_who_runs_the_budget_may_freeze_it(editor):
    area = make_voting(frozen=False)

    with pytest.raises(NotAllowed):
        freeze(area.budget, by=editor)

    assert not BallotBox.objects.exists()


def test_nothing_to_vote_on_is_not_frozen(settings):
    area = make_voting(costs=(), frozen=False)
    before = set(settings.BALLOT_SECRETS_DIR.glob("*"))

    with pytest.raises(Conflict):
        freeze(area.budget)

    assert not BallotBox.objects.exists()
    assert set(settings.BALLOT_SECRETS_DIR.glob("*")) == before


def test_an_area_without_projects_has_no_ballot():
    area = make_voting(frozen=False)
    AreaFactory(budget=area.budget)

    box = freeze(area.budget)

    assert [frozen["id"] for frozen in box.rules["areas"]] == [area.pk]


@pytest.mark.parametrize("style", [BallotStyle.POINTS, BallotStyle.RANKING])
def test_a_ballot_that_has_no_page_is_not_frozen(style):
    area = make_voting(ballot_style=style, frozen=False)

    with pytest.raises(Conflict):
        freeze(area.budget)


def test_a_phase_that_is_over_is_not_frozen():
    area = make_voting(frozen=False, phase=PhaseKind.COUNTING)

    with pytest.raises(Conflict):
        freeze(area.budget)


def test_without_a_home_for_the_secret_nothing_is_frozen(settings, tmp_path):
    (tmp_path / "file").touch()
    settings.BALLOT_SECRETS_DIR = tmp_path / "file" / "secrets"
    area = make_voting(frozen=False)

    with pytest.raises(link_secret.SecretMissing):
        freeze(area.budget)

    assert not BallotBox.objects.exists()


def test_v9_later_changes_of_the_page_do_not_reach_the_box():
    area = make_voting()
    digest = box_of(area).rules_digest

    Project.objects.update(cost_cents=1)
    freeze(area.budget)

    assert box_of(area).rules_digest == digest
    assert hashlib.sha256(canonical(box_of(area).rules)).hexdigest() == digest


# Extending and closing


def test_voting_is_extended_with_a_reason_that_is_logged(officer):
    area = make_voting()
    box = box_of(area)
    later = box.closes_at + dt.timedelta(days=40)

    extend_voting(box, closes_at=later, by=officer, reason="The site was down on Monday.")

    box.refresh_from_db()
    assert box.closes_at == later
    event = box.events.last()
    assert (event.kind, event.detail["reason"]) == (BoxEvent.EXTENDED, "The site was down on Monday.")
    phases = {phase.kind: phase for phase in Phase.objects.filter(budget=area.budget)}
    assert phases["voting"].closes_at == later
    fresh = type(area.budget).objects.get(pk=area.budget.pk)
    assert fresh.phase_at(later - dt.timedelta(hours=1)).kind == PhaseKind.VOTING
    assert fresh.phase_at(later).kind in (PhaseKind.COUNTING, PhaseKind.IMPLEMENTATION)


def test_an_extension_reaches_the_newest_revision_too(officer):
    area = make_voting()
    area.budget.save_revision()
    box = box_of(area)
    later = box.closes_at + dt.timedelta(days=2)

    extend_voting(box, closes_at=later, by=officer, reason="More time.")

    draft = type(area.budget).objects.get(pk=area.budget.pk).get_latest_revision_as_object()
    assert {phase.kind: phase.closes_at for phase in draft.phases.all()}["voting"] == later


@pytest.mark.parametrize("days", [0, -1])
def test_voting_is_never_extended_backwards(officer, days):
    box = box_of(make_voting())

    with pytest.raises(Invalid) as refusal:
        extend_voting(box, closes_at=box.closes_at + dt.timedelta(days=days), by=officer, reason="Why not")

    assert refusal.value.field == "closes_at"


def test_an_end_that_has_passed_stays(officer):
    box = end_voting(box_of(make_voting()))
    later = timezone.now() + dt.timedelta(days=1)

    with pytest.raises(Conflict):
        extend_voting(box, closes_at=later, by=officer, reason="Too late")
    with pytest.raises(Conflict):
        close_voting(box, by=officer, reason="Again")


def test_voting_closes_early_with_a_reason(officer):
    area = make_voting()

    box = close_voting(box_of(area), by=officer, reason="A court has ordered it.")

    assert box.closes_at <= timezone.now()
    with pytest.raises(Conflict) as refusal:
        vote(area)
    assert refusal.value.code == "closed"
    entry = PageLogEntry.objects.get(page=area.budget.page_ptr, action="budgeting.close_voting")
    assert (entry.user, entry.data["reason"]) == (officer, "A court has ordered it.")


@pytest.mark.parametrize(
    "act", [close_voting, lambda box, **kw: extend_voting(box, closes_at=box.closes_at, **kw)]
)
def test_the_end_moves_only_with_a_reason_and_the_right(act, officer, editor):
    box = box_of(make_voting())

    with pytest.raises(Invalid):
        act(box, by=officer, reason="  ")
    with pytest.raises(NotAllowed):
        act(box, by=editor, reason="Because")


# Sealing


def test_an_open_box_is_not_sealed(officer):
    box = box_of(make_voting())

    with pytest.raises(Conflict):
        seal(box, by=officer)


def test_only_who_runs_the_budget_may_seal(resident):
    box = end_voting(box_of(make_voting()))

    with pytest.raises(NotAllowed):
        seal(box, by=resident)


def test_sealing_writes_the_totals_and_forgets_who_is_whose(officer, django_capture_on_commit_callbacks):
    area = make_voting()
    RegisterEntryFactory()
    RegisterEntryFactory(is_active=False)
    changing = VerifiedParticipantFactory()
    vote(area, changing, 0)
    vote(area, changing, 1)
    vote(area)
    save_draft(area, voter=VerifiedParticipantFactory(), choices=ids(area, 0))
    box = end_voting(box_of(area))

    with django_capture_on_commit_callbacks(execute=True):
        seal(box, by=officer)

    box.refresh_from_db()
    assert box.sealed_at is not None
    assert (box.participants, box.eligible) == (2, 4)
    assert box.secret_destroyed_at is not None
    assert not link_secret.path_of(box.public_id).exists()
    assert not BallotDraft.objects.exists()
    assert not Submission.objects.exists()
    assert box.events.last().detail == {"ballots": 2, "versions": 3, "participants": 2, "eligible": 4}
    actions = PageLogEntry.objects.filter(page=area.budget.page_ptr, user=officer).values_list(
        "action", flat=True
    )
    assert set(actions) == {"budgeting.seal", "budgeting.destroy_secret"}


def test_who_can_vote_is_counted_where_there_is_something_to_vote_on(officer):
    here, there = NeighbourhoodFactory(), NeighbourhoodFactory()
    area = make_voting(neighbourhood=here)
    today = timezone.localdate()
    RegisterEntryFactory(neighbourhood=here, may_vote_from=today)
    RegisterEntryFactory(neighbourhood=here, may_vote_from=today + dt.timedelta(days=400))
    RegisterEntryFactory(neighbourhood=there)
    box = end_voting(box_of(area))

    assert seal(box, by=officer).eligible == 1


def test_sealing_twice_changes_nothing(officer, django_capture_on_commit_callbacks):
    area = make_voting()
    vote(area)
    box = end_voting(box_of(area))
    with django_capture_on_commit_callbacks(execute=True):
        seal(box, by=officer)
    before = contents(box)

    with django_capture_on_commit_callbacks(execute=True):
        seal(box, by=officer)

    assert contents(box) == before
    assert PageLogEntry.objects.filter(action="budgeting.destroy_secret").count() == 1


def test_a_secret_that_would_not_go_is_destroyed_by_sealing_again(
    officer, django_capture_on_commit_callbacks
):
    box = end_voting(box_of(make_voting()))
    path = link_secret.path_of(box.public_id)
    path.unlink()
    path.mkdir()
    with django_capture_on_commit_callbacks(execute=True):
        seal(box, by=officer)
    box.refresh_from_db()
    assert (box.sealed_at is not None, box.secret_destroyed_at) == (True, None)
    path.rmdir()

    with django_capture_on_commit_callbacks(execute=True):
        seal(box, by=officer)

    box.refresh_from_db()
    assert box.secret_destroyed_at is not None


def test_after_the_seal_nothing_joins_a_person_to_choices(officer, django_capture_on_commit_callbacks):
    area = make_voting(costs=tuple(range(1_000_00, 13_000_00, 1_000_00)), max_choices=None)
    voters = [VerifiedParticipantFactory() for _ in range(12)]
    for place, voter in enumerate(voters):
        vote(area, voter, place)
    order_of_voting = list(RollEntry.objects.order_by("pk").values_list("person_key", flat=True))
    box = end_voting(box_of(area))
    secret = link_secret.read_secret(box.public_id)
    keys = {voter.register_entry.person_key for voter in voters}
    # There is something to leak: with the secret, every ballot is somebody's.
    names = {link_secret.link_key(secret, key, area.pk) for key in keys}
    assert set(Ballot.objects.values_list("link_key", flat=True)) == names

    with django_capture_on_commit_callbacks(execute=True):
        seal(box, by=officer)

    with pytest.raises(link_secret.SecretMissing):
        link_secret.read_secret(box.public_id)
    order_of_roll = list(RollEntry.objects.order_by("pk").values_list("person_key", flat=True))
    assert order_of_roll == sorted(order_of_voting) != order_of_voting
    identities = keys | {str(voter.pk) for voter in voters} | {voter.user.email for voter in voters}
    for event in BallotEvent.objects.filter(box=box):
        assert not any(len(identity) > 8 and identity in json.dumps(event.detail) for identity in identities)


def test_v7_nothing_is_cast_into_a_sealed_box(officer):
    area = make_voting()
    voter = VerifiedParticipantFactory()
    key = uuid.uuid4()
    vote(area, voter, 0, key=key)
    box = end_voting(box_of(area))
    seal(box, by=officer)
    before = contents(box)

    for again in (key, uuid.uuid4()):
        with pytest.raises(Conflict) as refusal:
            vote(area, voter, 0, key=again)
        assert refusal.value.code == "closed"

    assert contents(box) == before
