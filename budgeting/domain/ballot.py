"""Saving and casting ballots.

One cast: hold the box FOR SHARE (so closing waits for it) and the voter's roll entry FOR UPDATE (so one person's
submissions queue up), take the time from the database, check against the frozen rules, supersede and insert, log,
commit. Only then may anybody be answered: `cast_ballot` opens the transaction itself.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from budgeting import link_secret
from budgeting.domain.box import append_event, digest_of, open_box
from budgeting.domain.roll import eligible_voter, held_roll_entry
from budgeting.enums import BoxEvent, Channel
from budgeting.models import Area, Ballot, BallotBox, BallotDraft, BallotLine, Submission
from budgeting.queries.box import FrozenArea, box_of, frozen_area
from budgeting.queries.roll import Voter
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, Missing, Unprocessable
from participation.foundation.locks import read_for_share, stand_in_line
from participation.foundation.money import format_money
from participation.models import Participant

ATTEMPTS = 3
NOT_ON_THIS_BALLOT = _(
    "One of the projects is not on this ballot. Please open the ballot again and choose from its list."
)


@dataclass(frozen=True)
class Receipt:
    """What a voter gets for a cast ballot. `tracker` is stored nowhere; `changed` says that it replaced another."""

    area: Area
    tracker: str
    changed: bool


def cast_ballot(
    area: Area,
    *,
    voter: Participant,
    choices: Sequence[int],
    idempotency_key: uuid.UUID,
    channel: str = Channel.WEB,
) -> Receipt:
    """Put the voter's ballot for `area` into the box, in the place of an earlier one, and return its receipt.

    `choices` are project ids. The same key with the same choices gives the same receipt, however often it comes.
    Raises Conflict before and after voting, Missing where the voter has no ballot, NotAllowed for who may not vote,
    Invalid (field "choices") for a ballot against the rules, Unprocessable for a used key with other choices, and
    SecretMissing. Then nothing is changed.
    """
    box_id = _box_id(area)
    for _attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                return _cast(box_id, area, voter, choices, idempotency_key, channel)
        except IntegrityError:
            continue  # somebody was quicker: read again, and answer like the one who was
    raise Conflict(_("Something changed at the same moment. Nothing was cast. Please try again."))


def save_draft(area: Area, *, voter: Participant, choices: Sequence[int]) -> None:
    """Keep the voter's choices for `area` without casting them; they may still go beyond the limits.

    Raises what `cast_ballot` raises, except about limits and keys.
    """
    box_id = _box_id(area)
    with transaction.atomic():
        box = _held_box(box_id)
        now = database_now()
        _refuse_unless_open(box, now)
        person, frozen = _voter_and_area(box, area, voter, now)
        chosen = _own_projects(frozen, choices)
        key = link_secret.link_key(link_secret.read_secret(box.public_id), person.person_key, area.pk)
        BallotDraft.objects.update_or_create(
            area=area,
            link_key=key,
            defaults={"choices": chosen},
            create_defaults={"box": box, "choices": chosen},
        )


def receipt_for(area: Area, *, voter: Participant, idempotency_key: uuid.UUID) -> Receipt:
    """Return once more the receipt of the voter's own submission, while the box is not sealed; else raise Missing."""
    box = box_of(area.budget)
    if box is None:
        raise Missing
    now = database_now()
    person, _frozen = _voter_and_area(box, area, voter, now)
    if box.sealed_at is not None:
        raise Missing
    secret = link_secret.read_secret(box.public_id)
    key = link_secret.link_key(secret, person.person_key, area.pk)
    submission = _submission(secret, key, idempotency_key)
    if submission is None:
        raise Missing
    return _receipt(area, secret, key, idempotency_key, submission.ballot)


def check_choices(frozen: FrozenArea, choices: Sequence[int]) -> list[int]:
    """Return the choices in the order of the frozen list, or raise Invalid (field "choices") saying what is wrong."""
    chosen = _own_projects(frozen, choices)
    if not chosen:
        raise Invalid(_("Please choose at least one project."), field="choices", code="empty")
    if frozen.max_choices is not None and len(chosen) > frozen.max_choices:
        most = frozen.max_choices
        raise Invalid(
            ngettext(
                "You have chosen %(chosen)d projects. Please choose at most %(most)d project.",
                "You have chosen %(chosen)d projects. Please choose at most %(most)d projects.",
                most,
            )
            % {"chosen": len(chosen), "most": most},
            field="choices",
            code="too_many",
        )
    limit = frozen.money_limit_cents
    total = frozen.total_cents(chosen)
    if limit is not None and total > limit:
        raise Invalid(
            _(
                "Your projects cost %(total)s together, which is %(over)s too much. Please take some off your ballot."
            )
            % {
                "total": format_money(total, frozen.currency),
                "over": format_money(total - limit, frozen.currency),
            },
            field="choices",
            code="over_budget",
        )
    return chosen


def _own_projects(frozen: FrozenArea, choices: Sequence[int]) -> list[int]:
    if any(choice not in frozen.projects for choice in choices):
        raise Invalid(NOT_ON_THIS_BALLOT, field="choices", code="foreign")
    if len(set(choices)) != len(choices):
        raise Invalid(_("A project can be chosen only once."), field="choices", code="twice")
    # In the order of the frozen list, never that of choosing or of the person's shuffled page.
    return [project for project in frozen.projects if project in set(choices)]


def _cast(
    box_id: int,
    area: Area,
    voter: Participant,
    choices: Sequence[int],
    idempotency_key: uuid.UUID,
    channel: str,
) -> Receipt:
    box = _held_box(box_id)
    now = database_now()
    if box.sealed_at is not None:
        _refuse_unless_open(box, now)
    person, frozen = _voter_and_area(box, area, voter, now, hold=True)
    secret = link_secret.read_secret(box.public_id)
    key = link_secret.link_key(secret, person.person_key, area.pk)
    body = digest_of({"area": area.pk, "choices": sorted(set(choices))})

    entry = held_roll_entry(box.budget_id, person)
    earlier = _submission(secret, key, idempotency_key)
    if earlier is not None:
        if earlier.body_digest != body:
            raise Unprocessable(
                _(
                    "This page was already used to cast other choices. Please open your ballot again and check it."
                )
            )
        return _receipt(area, secret, key, idempotency_key, earlier.ballot)

    # Waiting for the lock may have taken the voter past the end.
    now = database_now()
    _refuse_unless_open(box, now)
    chosen = check_choices(frozen, choices)
    today = timezone.localdate(now)
    replaced = Ballot.objects.filter(area=area, link_key=key, is_current=True).only("pk", "version").first()
    if replaced is not None:
        Ballot.objects.filter(pk=replaced.pk).update(is_current=False)
    tracker = link_secret.tracker(secret, key, idempotency_key)
    ballot = Ballot.objects.create(
        box=box,
        area=area,
        link_key=key,
        version=replaced.version + 1 if replaced else 1,
        style=frozen.ballot_style,
        channel=channel,
        total_cents=frozen.total_cents(chosen),
        tracker_digest=link_secret.tracker_digest(tracker),
        cast_on=today,
    )
    _write_lines(ballot, frozen, chosen)
    append_event(
        box,
        BoxEvent.CHANGED if replaced else BoxEvent.CAST,
        today,
        {"area": area.pk, "version": ballot.version},
        ballot_id=ballot.pk,
        content={"ballot": str(ballot.pk), "choices": chosen, "tracker": ballot.tracker_digest},
    )
    Submission.objects.create(
        box=box,
        link_key=key,
        idempotency_key=link_secret.submission_key(secret, key, idempotency_key),
        body_digest=body,
        ballot=ballot,
    )
    if entry.voted_on is None:
        entry.voted_on, entry.channel = today, channel
        entry.save(update_fields=["voted_on", "channel"])
    BallotDraft.objects.filter(area=area, link_key=key).delete()
    return _receipt(area, secret, key, idempotency_key, ballot)


def _write_lines(ballot: Ballot, frozen: FrozenArea, chosen: Sequence[int]) -> None:
    places = {project: place for place, project in enumerate(frozen.projects, start=1)}
    BallotLine.objects.bulk_create(
        BallotLine(ballot=ballot, project_id=project, position=places[project]) for project in chosen
    )


def _box_id(area: Area) -> int:
    """Return the id of the area's box, which the first voter finds frozen when the dates have opened voting."""
    found = BallotBox.objects.filter(budget_id=area.budget_id).values_list("pk", flat=True).first()
    if found is not None:
        return found
    box = open_box(area.budget)
    if box is None:
        raise Conflict(_("Voting has not opened yet. Nothing was cast."), code="not_open")
    return box.pk


def _held_box(box_id: int) -> BallotBox:
    """Return the box as it is now that it is held FOR SHARE: closing and sealing wait for this transaction."""
    stand_in_line(BallotBox, box_id)
    box = read_for_share(BallotBox.objects.filter(pk=box_id))
    if box is None:
        raise Missing
    return box


def _refuse_unless_open(box: BallotBox, now: dt.datetime) -> None:
    if now < box.opens_at:
        raise Conflict(_("Voting has not opened yet. Nothing was cast."), code="not_open")
    if box.sealed_at is not None or now >= box.closes_at:
        raise Conflict(_("Voting has closed. This ballot was not cast."), code="closed")


def _voter_and_area(
    box: BallotBox, area: Area, participant: Participant, now: dt.datetime, *, hold: bool = False
) -> tuple[Voter, FrozenArea]:
    person = eligible_voter(box.budget_id, participant, timezone.localdate(now), hold=hold)
    frozen = frozen_area(box, area.pk)
    if frozen is None or not person.may_vote_in(frozen):
        raise Missing(_("You have no ballot here. Please look at your ballots again."))
    return person, frozen


def _submission(secret: bytes, link_key: str, idempotency_key: uuid.UUID) -> Submission | None:
    stored = link_secret.submission_key(secret, link_key, idempotency_key)
    return (
        Submission.objects.select_related("ballot").filter(link_key=link_key, idempotency_key=stored).first()
    )


def _receipt(area: Area, secret: bytes, link_key: str, idempotency_key: uuid.UUID, ballot: Ballot) -> Receipt:
    return Receipt(area, link_secret.tracker(secret, link_key, idempotency_key), ballot.version > 1)
