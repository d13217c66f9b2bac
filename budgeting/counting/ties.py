"""Tie rules: a stated order of the projects, fixed before the count starts."""

import hashlib

from budgeting.counting.election import Election


def lot_number(seed: str, project_id: str) -> str:
    """Return the project's place in the lot: SHA-256 of seed, line feed and id (UTF-8) as hexadecimal digits.

    The smallest number is drawn first. Anyone can repeat the draw: `printf 'SEED\\nID' | sha256sum`.
    """
    return hashlib.sha256(f"{seed}\n{project_id}".encode()).hexdigest()


def tie_ranks(election: Election, ties: str, seed: str = "") -> tuple[int, ...]:
    """Return each project's rank (0 wins every tie) under one of the tie rules in `rules.TIES`.

    lexicographic: smallest id, compared as text by Unicode code points (`10` comes before `9`).
    cost-score-name: lowest cost, then highest score, then smallest id as text.
    cost-votes-lot: lowest cost, then highest score, then smallest lot number.
    """
    projects = election.projects
    keys: list[tuple[int, int, str, str]]
    if ties == "lexicographic":
        keys = [(0, 0, "", project.id) for project in projects]
    else:
        lots = [lot_number(seed, p.id) if ties == "cost-votes-lot" else "" for p in projects]
        keys = [
            (project.cost, -score, lot, project.id)
            for project, score, lot in zip(projects, election.scores, lots, strict=True)
        ]
    ranks = [0] * len(projects)
    for rank, project in enumerate(sorted(range(len(projects)), key=keys.__getitem__)):
        ranks[project] = rank
    return tuple(ranks)
