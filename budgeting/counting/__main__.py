"""Command line: count a Pabulib file under a rule and print the outcome.

Exit codes: 0 counted, 1 the file could not be opened, 2 the options are wrong, 3 the file is not a readable election.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from budgeting.counting.official import compare_with_official, rule_for
from budgeting.counting.outcome import Outcome
from budgeting.counting.pabulib import PabulibError, read_pabulib
from budgeting.counting.rules import COMPLETIONS, RULES, TIES, UTILITIES, RuleSpec
from budgeting.counting.tally import count

COUNTED, NOT_OPENED, WRONG_OPTIONS, NOT_READABLE = range(4)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m budgeting.counting",
        description="Count a participatory budget from a Pabulib file and say why each project won or lost.",
        epilog="Exit codes: 0 counted, 1 file not opened, 2 wrong options, 3 file not readable as an election.",
    )
    parser.add_argument("file", type=Path, metavar="FILE.pb")
    parser.add_argument(
        "--rule",
        choices=(*RULES, "file"),
        default="greedy",
        help="'file' is the rule that the file itself names",
    )
    parser.add_argument("--utility", choices=UTILITIES, default="cost")
    parser.add_argument("--completion", choices=COMPLETIONS, default="none")
    parser.add_argument("--ties", choices=TIES, default="cost-votes-lot")
    parser.add_argument("--seed", default="", help="seed of the published lot (cost-votes-lot)")
    parser.add_argument("--threshold", type=int, default=0, help="least score a project needs")
    parser.add_argument(
        "--no-skip", action="store_true", help="greedy: stop at the first project that does not fit"
    )
    parser.add_argument("--json", action="store_true", help="print the outcome as canonical JSON")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; wrong options leave through SystemExit(2)."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        spec = RuleSpec(
            rule="greedy" if options.rule == "file" else options.rule,
            utility=options.utility,
            completion=options.completion,
            ties=options.ties,
            seed=options.seed,
            threshold=options.threshold,
            skip=not options.no_skip,
        )
    except ValueError as error:
        parser.error(str(error))
    try:
        parsed = read_pabulib(options.file)
    except OSError as error:
        print(f"{options.file} could not be opened: {error.strerror}.", file=sys.stderr)
        return NOT_OPENED
    except PabulibError as error:
        print(f"{options.file}: {error}", file=sys.stderr)
        return NOT_READABLE
    if options.rule == "file":
        spec = rule_for(dict(parsed.election.meta)).spec
    for warning in parsed.warnings:
        print(f"{options.file}: {warning}", file=sys.stderr)
    outcome = count(parsed.election, spec)
    if options.json:
        content = outcome.to_json_bytes()
    else:
        lines = _summary(outcome, {project.id: project.name for project in parsed.election.projects})
        if options.rule == "file":
            lines.append(compare_with_official(parsed.election, outcome).text)
        content = ("\n".join(lines) + "\n").encode()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()
    return COUNTED


def _summary(outcome: Outcome, names: dict[str, str]) -> list[str]:
    shown = outcome.as_dict()
    lines = [
        f"{len(outcome.winners)} of {len(names)} projects won; {shown['total_cost']} of {shown['budget']} is spent.",
        f"Voters: {outcome.num_votes}. Digest: {outcome.digest}",
    ]
    lines += [f"{e.project} {names[e.project]}".rstrip() + f": {e.text}" for e in outcome.explanations]
    for tie in outcome.ties:
        effect = "decided who won" if tie.decisive else "changed only the order"
        lines.append(f"Tie at step {tie.step} ({effect}): {', '.join(tie.projects)}.")
    return lines


if __name__ == "__main__":
    sys.exit(main())
