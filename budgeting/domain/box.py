"""Freezing, extending, closing and sealing the ballot box.

Whoever changes when or whether votes are taken holds the box's row FOR UPDATE, and so waits for every voter who is
between reading that it is open and committing (they hold it FOR SHARE).
"""

import datetime as dt
import hashlib
import json
import logging
import secrets
import uuid
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from budgeting import link_secret
from budgeting.enums import BallotStyle, BoxEvent, PhaseKind, ProjectStatus
from budgeting.models import BallotBox, BallotEvent, ParticipatoryBudget, Phase, Project, RollEntry
from budgeting.queries.box import box_of, count_eligible, count_participants
from budgeting.rules import may_run_budget
from participation.foundation.audit import record
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, NotAllowed
from participation.foundation.locks import stand_in_line
from participation.foundation.text import clean_line

logger = logging.getLogger(__name__)

RULES_FORMAT = 1
TIES = "cost-votes-lot"
WEB_STYLES = {BallotStyle.APPROVAL, BallotStyle.KNAPSACK}
ROLL_BATCH = 5000


def canonical(content: Any) -> bytes:
    """Return `content` as the one JSON text that is digested: sorted keys, no spaces, UTF-8."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest_of(content: Any) -> str:
    return hashlib.sha256(canonical(content)).hexdigest()


def append_event(
    box: BallotBox, kind: BoxEvent, on: dt.date, detail: dict, *, ballot_id=None, content=None
) -> BallotEvent:
    """Add a line to the box's log; its digest is over `content` (default: the detail), which holds no identity."""
    told = {"kind": kind, "on": on.isoformat(), "detail": detail, "content": content}
    return BallotEvent.objects.create(
        box=box, kind=kind, ballot_id=ballot_id, on=on, detail=detail, digest=digest_of(told)
    )


def open_box(budget: ParticipatoryBudget) -> BallotBox | None:
    """Return the budget's box; freeze it first when voting has opened by the database's clock (no job has to run).

    None before voting opens. Raises what `freeze` raises.
    """
    box = box_of(budget)
    if box is not None:
        return box
    phase = budget.phase(PhaseKind.VOTING)
    if phase is None or not phase.is_open_at(database_now()):
        return None
    return freeze(budget)


def freeze(budget: ParticipatoryBudget, *, by=None) -> BallotBox:
    """Write down, once and for good, by which rules this budget is voted on, and make its box and link secret.

    Areas without a project on the ballot are left out: there is nothing to decide. Returns the one box, however many
    ask at the same time. Raises Conflict when there is nothing to vote on or no time to do it, NotAllowed for somebody
    without the permission (`by=None`: the dates themselves).
    """
    if by is not None and not may_run_budget(by):
        raise NotAllowed(_("You may not freeze the rules of this budget."))
    made_secret_of: uuid.UUID | None = None
    try:
        with transaction.atomic():
            budget = ParticipatoryBudget.objects.select_for_update(of=("self",)).get(pk=budget.pk)
            box = box_of(budget)
            if box is not None:
                return box
            now = database_now()
            box = _new_box(budget, now)
            _make_secret(box)
            made_secret_of = box.public_id
            box.save(force_insert=True)
            append_event(box, BoxEvent.FROZEN, now.date(), {"rules": box.rules_digest})
            record("budgeting.freeze", budget, by=by, rules_digest=box.rules_digest)
            return box
    except IntegrityError:
        if made_secret_of:
            link_secret.destroy_secret(made_secret_of)
        winner = box_of(budget)
        if winner is None:
            raise
        return winner
    except Exception:
        if made_secret_of:
            link_secret.destroy_secret(made_secret_of)
        raise


def _new_box(budget: ParticipatoryBudget, now: dt.datetime) -> BallotBox:
    phase = budget.phase(PhaseKind.VOTING)
    if phase is None:
        raise Conflict(_("This budget has no voting phase. Add one to the page, then freeze the rules."))
    if phase.closes_at <= now:
        raise Conflict(
            _("The voting phase of this budget is over. Give it a later end, then freeze the rules.")
        )
    if not budget.live:
        raise Conflict(_("The page of this budget is not published. Publish it, then freeze the rules."))
    tie_seed = secrets.token_hex(16)
    rules = {
        "format": RULES_FORMAT,
        "budget": {"id": budget.pk, "title": budget.title, "currency": budget.currency},
        "opens_at": phase.opens_at.astimezone(dt.UTC).isoformat(),
        "closes_at": phase.closes_at.astimezone(dt.UTC).isoformat(),
        "ties": TIES,
        "tie_seed": tie_seed,
        "areas": _areas_to_vote_on(budget),
    }
    return BallotBox(
        budget=budget,
        rules=rules,
        rules_digest=digest_of(rules),
        tie_seed=tie_seed,
        frozen_at=now,
        opens_at=phase.opens_at,
        closes_at=phase.closes_at,
    )


def _areas_to_vote_on(budget: ParticipatoryBudget) -> list[dict]:
    projects: dict[int, list[dict]] = {}
    for project in Project.objects.filter(budget=budget, status=ProjectStatus.ON_BALLOT).order_by("pk"):
        projects.setdefault(project.area_id, []).append(
            {"id": project.pk, "code": project.code, "title": project.title, "cost_cents": project.cost_cents}
        )
    areas = []
    for area in budget.areas.all():
        if area.pk not in projects:
            continue
        if area.ballot_style not in WEB_STYLES:
            raise Conflict(
                _(
                    "The ballot of %(area)s (%(style)s) cannot be filled in here yet. Choose another kind of ballot for it."
                )
                % {"area": area.name, "style": area.get_ballot_style_display()}
            )
        areas.append(
            {
                "id": area.pk,
                "name": area.name,
                "neighbourhood": area.neighbourhood_id,
                "amount_cents": area.amount_cents,
                "ballot_style": area.ballot_style,
                "max_choices": area.max_choices,
                "rule": area.rule,
                "projects": projects[area.pk],
            }
        )
    if not areas:
        raise Conflict(
            _("There is no project on the ballot yet. Accept proposals first, then freeze the rules.")
        )
    return areas


def _make_secret(box: BallotBox) -> None:
    # Before the commit: a box without its secret must never be seen. A secret without a box is only an unused file.
    try:
        link_secret.make_secret(box.public_id)
    except OSError as error:
        logger.error("The link secret of a ballot box could not be written: %s", error)
        raise link_secret.SecretMissing from error


def extend_voting(box: BallotBox, *, closes_at: dt.datetime, by, reason: str) -> BallotBox:
    """Let voting last until `closes_at`; only before the close, only to a later time, with a reason for everybody.

    Raises NotAllowed, Invalid (fields "closes_at", "reason") or Conflict; returns the box as it now is.
    """
    reason = _reason(by, reason)
    with transaction.atomic():
        box = _locked(box)
        now = database_now()
        _refuse_when_over(box, now)
        if closes_at <= box.closes_at:
            raise Invalid(
                _("Voting can only be extended to a later time than now planned."), field="closes_at"
            )
        before, box.closes_at = box.closes_at, closes_at
        box.save(update_fields=["closes_at"])
        detail = {"from": _utc(before), "to": _utc(closes_at), "reason": reason}
        append_event(box, BoxEvent.EXTENDED, now.date(), detail)
        _move_phases(box)
        record("budgeting.extend_voting", box.budget, by=by, **detail)
    return box


def close_voting(box: BallotBox, *, by, reason: str) -> BallotBox:
    """End voting now, earlier than planned, with a reason for everybody. Whoever is just casting still gets in.

    Raises NotAllowed, Invalid (field "reason") or Conflict; returns the box as it now is.
    """
    reason = _reason(by, reason)
    with transaction.atomic():
        box = _locked(box)
        now = database_now()
        _refuse_when_over(box, now)
        if now <= box.opens_at:
            raise Conflict(_("Voting has not opened yet, so it cannot be closed."))
        before, box.closes_at = box.closes_at, now
        box.save(update_fields=["closes_at"])
        detail = {"from": _utc(before), "to": _utc(now), "reason": reason}
        append_event(box, BoxEvent.CLOSED, now.date(), detail)
        _move_phases(box)
        record("budgeting.close_voting", box.budget, by=by, **detail)
    return box


def seal(box: BallotBox, *, by) -> BallotBox:
    """Close the box for good after the end of voting: from here on nothing can be cast and nothing be linked.

    Writes down how many could vote and did, drops drafts and idempotency keys, and after the commit destroys the link
    secret. Sealing a sealed box only makes sure that the secret is gone. Raises NotAllowed, or Conflict while voting
    lasts.
    """
    if not may_run_budget(by):
        raise NotAllowed(_("You may not seal the ballot box of this budget."))
    with transaction.atomic():
        box = _locked(box)
        if box.sealed_at is None:
            now = database_now()
            if now < box.closes_at:
                raise Conflict(
                    _("Voting is still open. The ballot box can be sealed when it has closed."), code="open"
                )
            _seal_now(box, now, by)
        if box.secret_destroyed_at is None:
            transaction.on_commit(lambda: _destroy_secret(box, by))
    return box


def _seal_now(box: BallotBox, now: dt.datetime, by) -> None:
    box.drafts.all().delete()
    box.submissions.all().delete()
    box.sealed_at = now
    box.participants = count_participants(box)
    box.eligible = max(count_eligible(box), box.participants)
    box.save(update_fields=["sealed_at", "participants", "eligible"])
    _rewrite_roll(box)
    totals = {
        "ballots": box.ballots.filter(is_current=True).count(),
        "versions": box.ballots.count(),
        "participants": box.participants,
        "eligible": box.eligible,
    }
    append_event(box, BoxEvent.SEALED, now.date(), totals)
    record("budgeting.seal", box.budget, by=by, **totals)


def _rewrite_roll(box: BallotBox) -> None:
    """Write the roll anew in the order of its keys.

    Row numbers, places on the disk and PostgreSQL's transaction numbers (`xmin`) of the roll tell in which order, and in
    which transaction, people voted; those of the ballots tell the same. After this only the ballots' are left.
    """
    roll = RollEntry.objects.filter(budget_id=box.budget_id)
    fields = ["budget_id", "person_key", "neighbourhood_id", "channel", "voted_on", "is_blocked"]
    entries = [RollEntry(**values) for values in roll.order_by("person_key").values(*fields)]
    roll.delete()
    RollEntry.objects.bulk_create(entries, batch_size=ROLL_BATCH)


def _destroy_secret(box: BallotBox, by) -> None:
    try:
        link_secret.destroy_secret(box.public_id)
    except OSError as error:
        # The box stays sealed; its page says that the secret is still there, and sealing again tries again.
        logger.error("The link secret of a sealed ballot box could not be destroyed: %s", error)
        return
    with transaction.atomic():
        now = database_now()
        if BallotBox.objects.filter(pk=box.pk, secret_destroyed_at=None).update(secret_destroyed_at=now):
            record("budgeting.destroy_secret", box.budget, by=by)
        box.secret_destroyed_at = now


def _reason(by, reason: str) -> str:
    if not may_run_budget(by):
        raise NotAllowed(_("You may not change when voting ends."))
    reason = clean_line(reason)
    if not reason:
        raise Invalid(_("Please give a reason. Everybody can read it."), field="reason")
    return reason


def _locked(box: BallotBox) -> BallotBox:
    stand_in_line(BallotBox, box.pk, alone=True)
    return BallotBox.objects.select_for_update(of=("self",)).select_related("budget").get(pk=box.pk)


def _refuse_when_over(box: BallotBox, now: dt.datetime) -> None:
    if box.sealed_at is not None or now >= box.closes_at:
        raise Conflict(_("Voting has closed already. Its end cannot be changed any more."), code="closed")


def _utc(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat()


def _move_phases(box: BallotBox) -> None:
    """Let the page's dates follow the box: voting ends, and counting begins, when the box closes.

    The newest revision is mended as well, or the next save in the editor would bring the old dates back.
    """
    phases = {phase.kind: phase for phase in Phase.objects.filter(budget_id=box.budget_id)}
    changed = {}
    if voting := phases.get(PhaseKind.VOTING):
        voting.closes_at = box.closes_at
        changed[voting.pk] = voting
    for kind in (PhaseKind.COUNTING, PhaseKind.IMPLEMENTATION):
        phase = phases.get(kind)
        if phase and (kind == PhaseKind.COUNTING or phase.opens_at < box.closes_at):
            length = phase.closes_at - phase.opens_at
            phase.opens_at = box.closes_at
            if phase.closes_at <= phase.opens_at:
                phase.closes_at = phase.opens_at + length
            changed[phase.pk] = phase
    Phase.objects.bulk_update(changed.values(), ["opens_at", "closes_at"])
    revision = box.budget.latest_revision
    if revision is None:
        return
    for stored in revision.content.get("phases", []):
        if phase := changed.get(stored.get("pk")):
            stored["opens_at"], stored["closes_at"] = _utc(phase.opens_at), _utc(phase.closes_at)
    revision.save(update_fields=["content"])
