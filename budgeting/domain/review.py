"""The review: what the city says to a proposal, and the project that an accepted one becomes."""

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from budgeting.domain.proposal import tell_author
from budgeting.enums import ProjectStatus, ProposalStatus, ReviewOutcome
from budgeting.models import ParticipatoryBudget, Project, Proposal, Review
from budgeting.rules import may_review_proposals, review_is_open
from budgeting.validators import is_frozen
from participation.foundation.audit import record
from participation.foundation.clock import database_now
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.foundation.text import clean_text

MAX_REASON = 3000


def decide(
    proposal: Proposal, *, reviewer, outcome: str, cost_cents: int | None = None, public_reason: str
) -> Review:
    """Say whether a proposal is feasible, what it costs (cents) and why, for everybody to read.

    A feasible proposal becomes a project on the ballot, or its project follows a changed decision; one that is not
    feasible leaves the ballot. Possible from the review phase until voting freezes the rules; the author is told.
    Raises NotAllowed, Invalid (fields "outcome", "cost_cents", "public_reason"), Conflict or Missing.
    """
    if not may_review_proposals(reviewer):
        raise NotAllowed(_("You may not review proposals."))
    reason = clean_text(public_reason)
    _refuse_incomplete(outcome, cost_cents, reason)
    with transaction.atomic():
        # The budget's row first: the freeze takes it too, and numbers on the ballot are given out one at a time.
        budget = ParticipatoryBudget.objects.select_for_update(of=("self",)).get(pk=proposal.budget_id)
        proposal = (
            Proposal.objects.select_for_update(of=("self",))
            .select_related("author", "discussion")
            .get(pk=proposal.pk)
        )
        proposal.budget = budget
        if not proposal.is_public:
            raise Missing
        if is_frozen(budget):
            raise Conflict(
                _("Voting has opened with the projects as they are, so decisions cannot change any more.")
            )
        if not review_is_open(reviewer, budget):
            raise Conflict(
                _("The review has not begun yet. Proposals can still be changed by their authors.")
            )
        before = Review.objects.filter(proposal=proposal).values_list("outcome", "cost_cents").first()
        is_feasible = outcome == ReviewOutcome.FEASIBLE
        review, _is_new = Review.objects.update_or_create(
            proposal=proposal,
            defaults={
                "reviewer": getattr(reviewer, "participant", None),
                "outcome": outcome,
                "cost_cents": cost_cents,
                "public_reason": reason,
                "decided_at": database_now(),
            },
        )
        proposal.status = ProposalStatus.ACCEPTED if is_feasible else ProposalStatus.REJECTED
        proposal.save(update_fields=["status", "changed_at"])
        if is_feasible and cost_cents:
            project = make_project(proposal, cost_cents=cost_cents, by=reviewer)
            told = {"project": project.code}
        else:
            _take_off_the_ballot(proposal, by=reviewer)
            told = {}
        record(
            "budgeting.decide_proposal",
            proposal,
            by=reviewer,
            outcome=outcome,
            cost_cents=cost_cents,
            reason=reason,
            before=list(before) if before else None,
            **told,
        )
        _tell(proposal, is_feasible, reason, review)
    return review


def make_project(proposal: Proposal, *, cost_cents: int, by=None) -> Project:
    """Put an accepted proposal on the ballot with the next number of its budget; bring its project up to date if it has one.

    Call it inside a transaction that holds the budget's row (`decide` does).
    """
    project = proposal.projects.first()
    values = {
        "area": proposal.area,
        "title": proposal.title,
        "summary": proposal.summary,
        "cost_cents": cost_cents,
        "latitude": proposal.latitude,
        "longitude": proposal.longitude,
    }
    if project is not None:
        Project.objects.filter(pk=project.pk).update(**values)
        project.refresh_from_db()
        return project
    project = Project.objects.create(
        budget=proposal.budget, discussion=proposal.discussion, code=_next_code(proposal.budget), **values
    )
    project.proposals.add(proposal)
    record("budgeting.make_project", project, by=by, proposal=proposal.pk, code=project.code)
    return project


def _next_code(budget: ParticipatoryBudget) -> str:
    codes = Project.objects.filter(budget=budget).values_list("code", flat=True)
    return str(max((int(code) for code in codes if code.isascii() and code.isdigit()), default=0) + 1)


def _take_off_the_ballot(proposal: Proposal, *, by) -> None:
    for project in proposal.projects.filter(status=ProjectStatus.ON_BALLOT):
        project.proposals.remove(proposal)
        if not project.proposals.exists():
            record("budgeting.remove_project", project, by=by, code=project.code)
            project.delete()


def _refuse_incomplete(outcome: str, cost_cents: int | None, reason: str) -> None:
    if outcome not in ReviewOutcome.values:
        raise Invalid(_("Please choose whether the proposal is feasible."), field="outcome")
    if not reason:
        raise Invalid(_("Please write the reason. Everybody can read it."), field="public_reason")
    if len(reason) > MAX_REASON:
        raise Invalid(
            _("Please use at most %(most)d characters.") % {"most": MAX_REASON}, field="public_reason"
        )
    if outcome == ReviewOutcome.FEASIBLE and not (cost_cents and cost_cents > 0):
        raise Invalid(
            _("Please write what the project will cost: this amount stands on the ballot."),
            field="cost_cents",
        )


def _tell(proposal: Proposal, is_feasible: bool, reason: str, review: Review) -> None:
    if is_feasible:
        title = format_lazy(_("Your proposal “{title}” will be on the ballot"), title=proposal.title)
    else:
        title = format_lazy(
            _("The city cannot put your proposal “{title}” on the ballot"), title=proposal.title
        )
    tell_author(
        proposal,
        kind="budgeting.decided",
        title=title,
        text=reason,
        event=f"decided-{review.decided_at:%Y%m%d%H%M%S%f}",
    )
