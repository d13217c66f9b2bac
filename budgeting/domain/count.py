"""Counting a sealed ballot box from the files that will be published, and counting it again to check."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from budgeting.counting import Election, Outcome, RuleSpec, compare_with_official, count, read_pabulib
from budgeting.counting.analysis import analyse
from budgeting.counting.labels import VotersByLabel, voters_by_label
from budgeting.domain.box import append_event
from budgeting.domain.counting_rule import other_spec, spec_of
from budgeting.domain.election_file import (
    CENTS,
    ballots_file,
    content_of,
    file_stem,
    store_file,
    trackers_file,
)
from budgeting.domain.gate import GateReport, K
from budgeting.enums import BoxEvent, FileKind
from budgeting.models import Area, BallotBox, Count, ElectionFile, Project, ProjectResult
from budgeting.queries.count import ballots_by_channel, counts_of, voters_by_channel
from budgeting.rules import may_run_budget
from participation.foundation.audit import record
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, NotAllowed


def count_box(box: BallotBox, *, by, small_areas_confirmed: bool = False) -> BallotBox:
    """Count every area of a sealed box under its frozen rule and, to compare, under the other one; store files and results.

    Nothing of it is shown before `publish_result`. Where at least one but fewer than `K` people voted, publishing their
    ballots would show how somebody voted: the officer has to confirm that. All areas are counted or none.
    Raises NotAllowed, or Conflict while the box is not sealed, when it is counted already, or with unconfirmed small areas.
    """
    if not may_run_budget(by):
        raise NotAllowed(_("You may not count the ballots of this budget."))
    with transaction.atomic():
        box = BallotBox.objects.select_for_update(of=("self",)).select_related("budget").get(pk=box.pk)
        if box.sealed_at is None:
            raise Conflict(
                _("Seal the ballot box first: only then it is certain that nothing changes any more.")
            )
        if box.counted_at is not None:
            raise Conflict(_("The ballots are counted already."), code="counted")
        reports = count_areas(box)
        small = [
            frozen["name"]
            for frozen, report in zip(box.rules["areas"], reports, strict=True)
            if not report.passed
        ]
        if small and not small_areas_confirmed:
            raise Conflict(
                _(
                    "Fewer than %(k)d people voted in %(areas)s. Publishing these ballots would show how somebody voted. "
                    "Confirm that you want to count and publish them all the same."
                )
                % {"k": K, "areas": ", ".join(small)},
                code="small_areas",
                details={"areas": small},
            )
        record("budgeting.count", box.budget, by=by, small_areas=small)
    return box


def count_areas(box: BallotBox, *, with_official: bool = False) -> list[GateReport]:
    """Make the files and counts of every area inside the caller's transaction; return what the gate did to each area.

    `with_official` compares the official count with the winners that an imported file names.
    """
    now = database_now()
    areas = Area.objects.in_bulk([frozen["id"] for frozen in box.rules["areas"]])
    reports, told = [], []
    for frozen in box.rules["areas"]:
        area = areas[frozen["id"]]
        published = ballots_file(box, area)
        reports.append(published.report)
        stem = file_stem(box, area)
        file = store_file(box, kind=FileKind.BALLOTS, name=f"{stem}.pb", content=published.content, area=area)
        parsed = read_pabulib(published.content)
        election, labels = parsed.election, voters_by_label(parsed)
        spec = spec_of(box, area)
        official = _count(
            box, area, file, election, spec, labels=labels, name=f"{stem}-count.json", is_official=True
        )
        if with_official:
            _compare(official, election)
        other = other_spec(spec, style=frozen["ballot_style"])
        _count(
            box,
            area,
            file,
            election,
            other,
            labels=labels,
            name=f"{stem}-{other.rule}.json",
            is_official=False,
        )
        told.append(
            {
                "area": area.pk,
                "gate": published.report.as_dict(),
                "channels": _shown(ballots_by_channel(box, area)),
                "file": file.sha256,
            }
        )
    if not box.budget.is_imported:
        store_file(
            box, kind=FileKind.TRACKERS, name=f"{file_stem(box)}-trackers.txt", content=trackers_file(box)
        )
    box.counted_at = now
    box.save(update_fields=["counted_at"])
    detail = {"areas": told, "channels": _shown(voters_by_channel(box))}
    append_event(box, BoxEvent.COUNTED, now.date(), detail)
    return reports


def _shown(counts: Mapping[str, int]) -> dict[str, int]:
    """Return the figures by channel, or none at all where one channel had so few voters that they could be known."""
    return dict(counts) if len(counts) > 1 and all(number >= K for number in counts.values()) else {}


def _count(
    box: BallotBox,
    area: Area,
    file: ElectionFile,
    election: Election,
    spec: RuleSpec,
    *,
    labels: VotersByLabel,
    name: str,
    is_official: bool,
) -> Count:
    outcome = count(election, spec)
    stored = Count.objects.create(
        box=box,
        area=area,
        is_official=is_official,
        label=spec.rule,
        rule=asdict(spec),
        engine_version=outcome.version,
        ballots_file=file,
        outcome_file=store_file(
            box, kind=FileKind.OUTCOME, name=name, content=outcome.to_json_bytes(), area=area
        ),
        ballots=election.num_votes,
        spent_cents=outcome.total_cost * CENTS // election.money_scale,
        comparison={"details": dict(outcome.details), "ties": _ties(outcome)},
        analysis=analyse(election, outcome, labels=labels, least=K).as_dict(),
    )
    _store_results(stored, area, election, outcome)
    return stored


def _ties(outcome: Outcome) -> list[dict]:
    return [{"stage": tie.stage, "projects": list(tie.projects)} for tie in outcome.ties if tie.decisive]


def _store_results(stored: Count, area: Area, election: Election, outcome: Outcome) -> None:
    """Store what the outcome says of each project, the winners first, each part by score."""
    pks = dict(Project.objects.filter(area=area).values_list("code", "pk"))
    winners = set(outcome.winners)
    places = range(len(election.projects))
    order = sorted(places, key=lambda at: (election.projects[at].id not in winners, -election.scores[at], at))
    ProjectResult.objects.bulk_create(
        ProjectResult(
            count=stored,
            project_id=pks[election.projects[at].id],
            position=position,
            votes=election.votes[at],
            score=election.scores[at],
            is_funded=election.projects[at].id in winners,
            reason={"kind": explanation.kind, **explanation.numbers},
        )
        for position, at in enumerate(order, start=1)
        for explanation in [outcome.explanation(election.projects[at].id)]
    )


def _compare(stored: Count, election: Election) -> None:
    told = compare_with_official(election, count(election, RuleSpec(**stored.rule)))
    stored.comparison["official"] = {
        "kind": told.kind,
        "rule": told.rule,
        "same": told.same,
        "sentence": told.text,
        "extra": list(told.extra),
        "only_ours": list(told.only_ours),
        "only_official": list(told.only_official),
        "numbers": dict(told.numbers),
    }
    stored.save(update_fields=["comparison"])


@dataclass(frozen=True, slots=True)
class Recount:
    """A count repeated: `same` says that the new outcome has the bytes of the published one."""

    count: Count
    same: bool
    outcome: Outcome
    engine_version: str


def recount(box: BallotBox) -> list[Recount]:
    """Repeat every count of a box from its published files alone; reads the database only for files and rules.

    Raises Conflict when nothing is published yet, or when a file is not what its digest says.
    """
    if box.published_at is None:
        raise Conflict(
            _("The result of this budget is not published yet, so there is nothing to count again.")
        )
    repeated = []
    elections: dict[int, Election] = {}
    for stored in counts_of(box.budget, with_files=True):
        file = stored.ballots_file
        if file.pk not in elections:
            elections = {file.pk: read_pabulib(verified_content(file)).election}
        outcome = count(elections[file.pk], RuleSpec(**stored.rule))
        same = outcome.to_json_bytes() == verified_content(stored.outcome_file)
        repeated.append(Recount(stored, same, outcome, outcome.version))
    return repeated


def explain_counts(box: BallotBox) -> int:
    """Derive what older counts of a box meant from their published files, where that is not written down; return how many.

    Files, outcomes and digests stay as they are. Raises what `recount` raises, and Conflict where a count cannot be repeated.
    """
    told = 0
    for again in recount(box):
        if again.count.analysis:
            continue
        if not again.same:
            raise Conflict(_("This count cannot be repeated from its file, so it is not explained either."))
        parsed = read_pabulib(verified_content(again.count.ballots_file))
        again.count.analysis = analyse(
            parsed.election, again.outcome, labels=voters_by_label(parsed), least=K
        ).as_dict()
        again.count.save(update_fields=["analysis"])
        told += 1
    return told


def verified_content(file: ElectionFile) -> bytes:
    """Return a file's bytes; raise Conflict when they are not those whose digest was published."""
    content = content_of(file)
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise Conflict(
            _("The file %(name)s is not the one that was published: its SHA-256 differs.")
            % {"name": file.name},
            code="file_changed",
        )
    return content
