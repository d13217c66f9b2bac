"""Opinion groups: votes on statements in, groups and what unites and divides them out; numpy, no framework, no clock."""

from participation.opinion.analysis import (
    Analysis,
    Dot,
    Group,
    Place,
    Representative,
    Said,
    Settings,
    StatementResult,
)
from participation.opinion.engine import Engine
from participation.opinion.votes import AGREE, DISAGREE, PASS, Key, VoteError, VoteMatrix

__all__ = [
    "AGREE",
    "DISAGREE",
    "PASS",
    "Analysis",
    "Dot",
    "Engine",
    "Group",
    "Key",
    "Place",
    "Representative",
    "Said",
    "Settings",
    "StatementResult",
    "VoteError",
    "VoteMatrix",
]
