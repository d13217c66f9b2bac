"""What one person alone sees in a room: their next statement, how far they have come, what became of their own."""

from typing import Any

import numpy as np

from participation.enums import StatementState
from participation.models import OpinionPicture, Room, RoomPerson, Statement
from participation.opinion.lottery import draw

# The lots of a statement that nobody has voted on yet (`opinion.lottery.priorities`).
NEWCOMER = 2.25**2


def own_section(room: Room, person: RoomPerson | None) -> dict[str, Any]:
    """Return {"next", "voted", "left", "own"}; for somebody who has not come in, the first statement and nothing else."""
    votes = dict(person.votes.values_list("statement_id", "choice")) if person is not None else {}
    shown = list(room.statements.filter(state=StatementState.SHOWN).order_by("pk").only("pk", "text"))
    open_ones = [each for each in shown if each.pk not in votes]
    following = next_statement(room, person, open_ones, len(votes))
    own = person.statements.order_by("-pk") if person is not None else ()
    return {
        "next": {"id": following.pk, "text": following.text} if following is not None else None,
        "voted": len(shown) - len(open_ones),
        "left": len(open_ones),
        "own": [
            {"id": each.pk, "text": each.text, "state": each.state, "reason": each.hidden_because}
            for each in own
        ],
    }


def next_statement(
    room: Room, person: RoomPerson | None, open_ones: list[Statement], voted: int
) -> Statement | None:
    """Return the statement a person meets next, by lot (`opinion.lottery`); reloading the page does not change it.

    People's own statements never come: they have agreed to them already.
    """
    if not open_ones:
        return None
    lots = OpinionPicture.objects.filter(room=room).values_list("lots", flat=True).first() or {}
    weights = np.array([lots.get(str(each.pk), NEWCOMER) for each in open_ones], dtype=np.float64)
    seed = (room.pk, person.pk if person is not None else 0, voted)
    return open_ones[draw(weights, np.ones(len(open_ones), dtype=np.bool_), 1, seed=seed)[0]]
