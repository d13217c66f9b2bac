"""What somebody has learned never counts for a vote: the ballot box cannot even ask."""

from pathlib import Path

import budgeting


def test_budgets_know_nothing_of_badges_and_learning():
    sources = [
        path for path in Path(budgeting.__file__).parent.rglob("*.py") if "migrations" not in path.parts
    ]

    told = [path.name for path in sources if "learning_events" in path.read_text()]

    assert len(sources) > 50
    assert told == []
