"""Rehearsing a count before the vote: any rules on invented ballots, or on those of a vote whose result is published.

The ballots of a vote that is open, sealed or counted but not published are never touched: nobody may learn how it stands (V19).
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from budgeting.counting import RULES, Election, Project, RuleSpec, count, read_pabulib
from budgeting.counting.analysis import analyse
from budgeting.counting.labels import VotersByLabel, voters_by_label
from budgeting.counting.synthetic import HABITS, synthetic_election
from budgeting.domain.count import verified_content
from budgeting.domain.election_file import CENTS, VOTE_TYPES
from budgeting.domain.gate import K
from budgeting.enums import BallotStyle, RehearsalBallots, RehearsalState
from budgeting.models import Area, Rehearsal
from budgeting.queries.rehearsal import projects_to_rehearse, published_ballots
from budgeting.rules import may_run_budget
from participation.foundation.audit import record
from participation.foundation.errors import Conflict, Invalid, NotAllowed

# Names under which rules are chosen -> their settings; utilities follow the ballot.
RULES_TO_TRY: Mapping[str, Mapping[str, str]] = {
    name: settings
    for name, settings in {
        "most-votes": {"rule": "greedy", "utility": "cost"},
        "votes-per-cost": {"rule": "greedy", "utility": "cardinality"},
        "equal-shares": {"rule": "equal-shares", "utility": "cost", "completion": "add1+utilitarian"},
        "equal-shares-by-number": {
            "rule": "equal-shares",
            "utility": "cardinality",
            "completion": "add1+utilitarian",
        },
        "equal-shares-bare": {"rule": "equal-shares", "utility": "cost", "completion": "none"},
        "phragmen": {"rule": "phragmen", "utility": "cost"},
        "maximin": {"rule": "maximin", "utility": "cost"},
    }.items()
    if settings["rule"] in RULES
}
_WITH_POINTS = {"cost": "points-x-cost", "cardinality": "points"}


def rehearse(
    area: Area, *, ballots: str, rules: list[str], voters: int | None = None, seed: str = "", by
) -> Rehearsal:
    """Ask for a rehearsal on the projects of an area; a task counts it, and its page says how far it is.

    Raises NotAllowed; Invalid for unknown rules or a wrong number of voters; Conflict where there is no project, or where
    real ballots are asked for before the result of their vote is published.
    """
    if not may_run_budget(by):
        raise NotAllowed(_("Only people who run budgets may rehearse a count."))
    if not rules or set(rules) - set(RULES_TO_TRY):
        raise Invalid(_("Choose at least one of the rules."), field="rules")
    if ballots == RehearsalBallots.PUBLISHED:
        if published_ballots(area) is None:
            raise Conflict(
                _(
                    "The ballots of this vote are secret until its result is published, and nobody may try a count on "
                    "them before. Choose invented ballots."
                ),
                field="ballots",
                code="secret",
            )
        voters, seed = None, ""
    elif ballots not in RehearsalBallots.values:
        raise Invalid(_("Choose on which ballots to try."), field="ballots")
    else:
        if voters is None or not 1 <= voters <= Rehearsal.MAX_VOTERS:
            raise Invalid(
                _("Write a number of voters from 1 to %(most)d.") % {"most": Rehearsal.MAX_VOTERS},
                field="voters",
            )
        if not projects_to_rehearse(area):
            raise Conflict(
                _("There is no project on the ballot of this area yet. Put projects on it first."),
                field="area",
            )
    with transaction.atomic():
        rehearsal = Rehearsal.objects.create(
            area=area,
            ballots=ballots,
            voters=voters,
            seed=seed,
            rules=[r for r in RULES_TO_TRY if r in rules],
        )
        record("budgeting.rehearse", area.budget, by=by, area=area.pk, ballots=str(ballots))
        # Tasks lie on a floor above the domain and are looked up by name, so that imports go one way.
        transaction.on_commit(lambda: import_string("budgeting.tasks.run_rehearsal").enqueue(rehearsal.pk))
    return rehearsal


def run_rehearsal(pk: int) -> bool:
    """Count a rehearsal under each of its rules; return whether it was still to be done. Asking twice counts once."""
    if not Rehearsal.objects.filter(pk=pk, state=RehearsalState.WAITING).update(state=RehearsalState.RUNNING):
        return False
    rehearsal = Rehearsal.objects.select_related("area__budget").get(pk=pk)
    try:
        election, labels, titles = _election(rehearsal)
        told = []
        for number, name in enumerate(rehearsal.rules, start=1):
            told.append(_tried(name, rehearsal, election, labels))
            Rehearsal.objects.filter(pk=pk).update(progress=100 * number // len(rehearsal.rules))
    except Exception as error:
        Rehearsal.objects.filter(pk=pk).update(
            state=RehearsalState.FAILED,
            problem=str(
                getattr(error, "message", "") or _("The count broke off. Please tell the operators.")
            )[:300],
        )
        raise
    rehearsal.outcome = {
        "voters": election.num_votes,
        "budget": election.money(election.budget),
        "digest": election.digest,
        "projects": [
            {
                "code": project.id,
                "title": titles.get(project.id, project.name),
                "cost": election.money(project.cost),
                "votes": votes,
            }
            for project, votes in zip(election.projects, election.votes, strict=True)
        ],
        "rules": told,
    }
    rehearsal.state, rehearsal.progress = RehearsalState.READY, 100
    rehearsal.save(update_fields=["outcome", "state", "progress"])
    return True


def _tried(name: str, rehearsal: Rehearsal, election: Election, labels: VotersByLabel) -> dict:
    settings: dict[str, Any] = dict(RULES_TO_TRY[name])
    if election.has_points:
        settings["utility"] = _WITH_POINTS[settings["utility"]]
    spec = RuleSpec(**settings, seed=rehearsal.seed, threshold=1)
    outcome = count(election, spec)
    told = analyse(election, outcome, labels=labels, least=K).as_dict()
    return {"name": name, "spec": asdict(spec), "winners": list(outcome.winners), "analysis": told}


def _election(rehearsal: Rehearsal) -> tuple[Election, VotersByLabel, dict[str, str]]:
    """Return the ballots to count, what is known of groups of voters, and the titles by code."""
    area = rehearsal.area
    if rehearsal.ballots == RehearsalBallots.PUBLISHED:
        file = published_ballots(area)
        if file is None:
            raise Conflict(_("The ballots of this vote are secret until its result is published."))
        parsed = read_pabulib(verified_content(file))
        return parsed.election, voters_by_label(parsed), {}
    projects = projects_to_rehearse(area)
    style = BallotStyle(area.ballot_style)
    election = synthetic_election(
        [
            Project(p.code, p.cost_cents, p.title, (("category", (p.source or {}).get("category", "")),))
            for p in projects
        ],
        budget=area.amount_cents,
        money_scale=CENTS,
        voters=rehearsal.voters or 1,
        seed=rehearsal.seed,
        habits=HABITS[rehearsal.ballots],
        vote_type=VOTE_TYPES[style],
        most_projects=area.max_choices,
        most_cost=area.amount_cents if style == BallotStyle.KNAPSACK else None,
    )
    return election, {}, {}
