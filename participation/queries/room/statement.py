"""Statements as one person meets them: which comes next, what is theirs, what waits for a check."""

from django.db.models import Count, Q, QuerySet

from participation.enums import StatementChoice, StatementState
from participation.foundation.errors import Missing
from participation.models import Room, RoomPerson, Statement


def shown_with_votes(room: Room) -> QuerySet[Statement]:
    """Return the statements that are shown in their order, each with `agree`, `disagree` and `passed`."""
    return (
        room.statements.filter(state=StatementState.SHOWN)
        .annotate(
            agree=Count("votes", filter=Q(votes__choice=StatementChoice.AGREE)),
            disagree=Count("votes", filter=Q(votes__choice=StatementChoice.DISAGREE)),
            passed=Count("votes", filter=Q(votes__choice=StatementChoice.PASS)),
        )
        .order_by("pk")
    )


def waiting_statements(room: Room) -> QuerySet[Statement]:
    """Return what waits for a check, the oldest first."""
    return room.statements.filter(state=StatementState.WAITING).select_related("author").order_by("pk")


def own_statements(person: RoomPerson) -> QuerySet[Statement]:
    """Return what a person has said in the room, the newest first."""
    return person.statements.order_by("-pk")


def statement_of(room: Room, pk: int) -> Statement:
    """Return a statement of the room; raises Missing."""
    found = room.statements.filter(pk=pk).first() if 0 < pk < 2**63 else None
    if found is None:
        raise Missing
    found.room = room
    return found
