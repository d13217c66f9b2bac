"""Counting as arithmetic: elections in, outcomes with their steps and reasons out; no framework, no clock, no chance."""

from budgeting.counting.areas import count_areas, split_areas
from budgeting.counting.comparing import RuleResult, compare_rules
from budgeting.counting.election import Ballot, Ballots, Election, Project, group_ballots
from budgeting.counting.limits import Limits, Quota
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
from budgeting.counting.rankings import RANKINGS, with_rankings
from budgeting.counting.rules import COMPLETIONS, RULES, TIES, UTILITIES, RuleSpec
from budgeting.counting.tally import count
from budgeting.counting.ties import lot_number, tie_ranks

__all__ = [
    "COMPLETIONS",
    "RANKINGS",
    "RULES",
    "TIES",
    "UTILITIES",
    "Ballot",
    "Ballots",
    "Comparison",
    "Election",
    "Explanation",
    "FileRule",
    "Limits",
    "Outcome",
    "PabulibError",
    "PabulibTables",
    "PabulibWarning",
    "ParsedFile",
    "Project",
    "Quota",
    "RuleResult",
    "RuleSpec",
    "Step",
    "Tie",
    "compare_rules",
    "compare_with_official",
    "count",
    "count_areas",
    "group_ballots",
    "lot_number",
    "read_pabulib",
    "rule_for",
    "split_areas",
    "tables_from",
    "tables_of",
    "tie_ranks",
    "with_rankings",
    "write_pabulib",
]
