"""The facts of participatory budgeting."""

from budgeting.models.ballot import (
    Ballot,
    BallotBox,
    BallotDraft,
    BallotEvent,
    BallotLine,
    RollEntry,
    Submission,
)
from budgeting.models.budget import Area, ParticipatoryBudget, Phase
from budgeting.models.committee import (
    CommitteeRanking,
    CommitteeVoice,
    ProjectAdoption,
    RankedProposal,
)
from budgeting.models.count import Count, ElectionFile, ProjectResult
from budgeting.models.project import Milestone, Project, ProjectUpdate
from budgeting.models.proposal import Proposal, ProposalPicture, Review, Support
from budgeting.models.rehearsal import Rehearsal

__all__ = [
    "Area",
    "Ballot",
    "BallotBox",
    "BallotDraft",
    "BallotEvent",
    "BallotLine",
    "CommitteeRanking",
    "CommitteeVoice",
    "Count",
    "ElectionFile",
    "Milestone",
    "ParticipatoryBudget",
    "Phase",
    "Project",
    "ProjectAdoption",
    "ProjectResult",
    "ProjectUpdate",
    "Proposal",
    "ProposalPicture",
    "RankedProposal",
    "Rehearsal",
    "Review",
    "RollEntry",
    "Submission",
    "Support",
]
