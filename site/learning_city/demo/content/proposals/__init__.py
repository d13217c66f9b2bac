"""Seventy-eight proposals of learning projects, by budget."""

from learning_city.demo.content.facts import Proposal
from learning_city.demo.content.proposals import finished_2025, submission_2027, voting_2026, youth_2024
from learning_city.demo.content.proposals.writing import CATEGORIES, FOCAL_AREAS

ALL: tuple[Proposal, ...] = (
    *voting_2026.PROPOSALS,
    *submission_2027.PROPOSALS,
    *finished_2025.PROPOSALS,
    *youth_2024.PROPOSALS,
)


def proposals(budget: str = "") -> tuple[Proposal, ...]:
    """All proposals, or those of the budget with this key ("2026", "2027", "2025", "2024-youth")."""
    return tuple(proposal for proposal in ALL if not budget or proposal.budget == budget)


__all__ = ["ALL", "CATEGORIES", "FOCAL_AREAS", "proposals"]
