"""Counting as arithmetic: elections in, outcomes with their steps and reasons out; no framework, no clock, no chance."""

from budgeting.counting.election import Ballot, Election, Project, group_ballots
from budgeting.counting.official import Comparison, FileRule, compare_with_official, rule_for
from budgeting.counting.outcome import Explanation, Outcome, Step, Tie
from budgeting.counting.pabulib import (
    PabulibError,
    PabulibTables,
    PabulibWarning,
    ParsedFile,
    read_pabulib,
    tables_from,
    tables_of,
    write_pabulib,
)
from budgeting.counting.rules import COMPLETIONS, RULES, TIES, UTILITIES, RuleSpec
from budgeting.counting.tally import count
from budgeting.counting.ties import lot_number, tie_ranks

__all__ = [
    "COMPLETIONS",
    "RULES",
    "TIES",
    "UTILITIES",
    "Ballot",
    "Comparison",
    "Election",
    "Explanation",
    "FileRule",
    "Outcome",
    "PabulibError",
    "PabulibTables",
    "PabulibWarning",
    "ParsedFile",
    "Project",
    "RuleSpec",
    "Step",
    "Tie",
    "compare_with_official",
    "count",
    "group_ballots",
    "lot_number",
    "read_pabulib",
    "rule_for",
    "tables_from",
    "tables_of",
    "tie_ranks",
    "write_pabulib",
]
