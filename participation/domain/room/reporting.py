"""The report of a room: what it was when it closed."""

from collections.abc import Iterable
from typing import Any

from participation.enums import StatementState
from participation.models import Room
from participation.queries.room import sections_of
from participation.queries.room.statement import shown_with_votes


def report_of(room: Room) -> dict[str, Any]:
    """Return the room's sections as they are now, and every statement that was shown with its votes; names nobody."""
    shown: Iterable[Any] = shown_with_votes(room)
    return {
        "sections": sections_of(room),
        "guests": room.people.filter(is_guest=True).count(),
        "hidden": room.statements.filter(state=StatementState.HIDDEN).count(),
        "statements": [
            {
                "id": each.pk,
                "text": each.text,
                "is_seed": each.is_seed,
                "agree": each.agree,
                "disagree": each.disagree,
                "pass": each.passed,
            }
            for each in shown
        ],
    }
