"""Who may do what with a budget's proposals, as sentences; each is asked by pages, forms, API and domain alike."""

from django.db.models import Q

from budgeting.enums import PhaseKind, ProjectStatus, ProposalStatus
from budgeting.validators import is_frozen
from participation.foundation.clock import database_now
from participation.foundation.rules import has_permission, is_signed_in, rule
from participation.rules import committee_is_private, has_public_name, may_keep_committee

may_review_proposals = has_permission("budgeting.review_proposal")
may_run_budget = has_permission("budgeting.run_budget")


@rule
def submission_is_open(_user, budget) -> bool:
    phase = budget.phase(PhaseKind.SUBMISSION)
    return phase is not None and phase.is_open_at(database_now())


@rule
def review_is_open(_user, budget) -> bool:
    """From the day the review begins (or, without that phase, the call is over) until voting has frozen the rules."""
    review, submission = budget.phase(PhaseKind.REVIEW), budget.phase(PhaseKind.SUBMISSION)
    begins = review.opens_at if review else submission.closes_at if submission else None
    return begins is not None and begins <= database_now() and not is_frozen(budget)


@rule
def support_is_open(_user, budget) -> bool:
    """From the day the call opens until voting begins."""
    submission, voting = budget.phase(PhaseKind.SUBMISSION), budget.phase(PhaseKind.VOTING)
    now = database_now()
    return (
        submission is not None
        and submission.opens_at <= now
        and (voting is None or now < voting.opens_at)
        and not is_frozen(budget)
    )


@rule
def budget_is_published(_user, budget) -> bool:
    return budget.live


may_propose = is_signed_in & has_public_name & budget_is_published & submission_is_open


@rule
def is_author(user, proposal) -> bool:
    participant = getattr(user, "participant", None)
    return participant is not None and proposal.author_id == participant.pk


@rule
def acts_for_its_organisation(user, proposal) -> bool:
    participant = getattr(user, "participant", None)
    if participant is None or proposal.organisation_id is None:
        return False
    return participant.organisation_roles.filter(organisation_id=proposal.organisation_id).exists()


is_its_own = is_signed_in & (is_author | acts_for_its_organisation)


@rule
def proposal_is_public(_user, proposal) -> bool:
    return proposal.is_public


@rule
def proposal_can_change(user, proposal) -> bool:
    """A draft or a proposal nobody has decided on yet, while the call is open."""
    return proposal.status in (ProposalStatus.DRAFT, ProposalStatus.SUBMITTED) and submission_is_open(
        user, proposal.budget
    )


@rule
def takes_support(user, proposal) -> bool:
    return proposal.status in (ProposalStatus.SUBMITTED, ProposalStatus.ACCEPTED) and support_is_open(
        user, proposal.budget
    )


@rule
def can_be_decided(user, proposal) -> bool:
    return proposal.is_public and review_is_open(user, proposal.budget)


may_edit_proposal = is_its_own & proposal_can_change
may_support = is_signed_in & has_public_name & takes_support
may_decide = may_review_proposals & can_be_decided
may_hide_proposal = may_review_proposals | has_permission("participation.moderate_comment")


@rule
def proposal_is_hidden(_user, proposal) -> bool:
    return proposal.status == ProposalStatus.HIDDEN


# Drafts and what was withdrawn are nobody else's business, not even the city's.
may_see_proposal = proposal_is_public | is_its_own | (may_hide_proposal & proposal_is_hidden)


@rule
def result_is_published(_user, box) -> bool:
    return box is not None and box.published_at is not None


@rule
def box_is_counted(_user, box) -> bool:
    return box is not None and box.counted_at is not None


may_see_result = result_is_published | (may_run_budget & box_is_counted)


@rule
def project_is_followed_up(_user, project) -> bool:
    return project.status in (ProjectStatus.FUNDED, ProjectStatus.UNDERWAY, ProjectStatus.DONE)


@rule
def stands_behind_project(user, project) -> bool:
    """The author of a proposal the project came from, or somebody who acts for the organisation behind it."""
    person = getattr(user, "participant", None)
    if person is None or not user.is_active:
        return False
    theirs = Q(author=person) | Q(organisation__roles__participant=person)
    return project.proposals.filter(theirs).exists()


@rule
def looks_after_project(user, project) -> bool:
    """Who keeps or leads the committee that has adopted the project's follow-up."""
    adoption = getattr(project, "adoption", None)
    return adoption is not None and may_keep_committee(user, adoption.committee)


may_report_on = project_is_followed_up & (may_run_budget | stands_behind_project | looks_after_project)


@rule
def committee_is_published(_user, committee) -> bool:
    return committee.live


# What a committee says is public, so one that nobody may know of has to stay silent.
committee_speaks_in_public = committee_is_published & ~committee_is_private
may_speak_for = may_keep_committee & committee_speaks_in_public


def is_at_home_in(committee, area) -> bool:
    """Say whether an area is the committee's: that of its neighbourhood, or for a city-wide committee the whole city's."""
    return area is not None and area.neighbourhood_id == committee.neighbourhood_id


@rule
def project_can_be_adopted(_user, project) -> bool:
    return project.status in (ProjectStatus.FUNDED, ProjectStatus.UNDERWAY)
