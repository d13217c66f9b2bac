"""Live rooms with people, statements and votes, for tests."""

from participation.domain.room import add_seed, open_room, prepare_room
from participation.models import Committee, Room, RoomPerson, Statement, StatementVote
from tests.participation.meetings import keeper_of, make_committee, make_meeting


def make_room(
    committee: Committee | None = None, *, by=None, is_open: bool = True, statements=(), **settings
) -> Room:
    """Return the room of a meeting that begins soon, with these statements to begin with."""
    committee = committee or make_committee()
    by = by or keeper_of(committee)
    meeting = make_meeting(committee, by=by, days=0.01)
    room = prepare_room(meeting, by=by, **{"prompt": "How shall we use the depot?", **settings})
    for text in statements:
        add_seed(room, by=by, text=text)
    return open_room(room, by=by) if is_open else room


def fill(room: Room, *, people: int, camps: int = 2) -> list[RoomPerson]:
    """Let so many people answer every statement: each camp agrees with every so manieth one, and all agree with the first."""
    came = RoomPerson.objects.bulk_create(
        RoomPerson(room=room, name=f"Person {number}", is_guest=True) for number in range(people)
    )
    statements = list(room.statements.order_by("pk"))
    StatementVote.objects.bulk_create(
        StatementVote(
            room=room,
            statement=statement,
            person=person,
            choice=1 if at == 0 or at % camps == number % camps else -1,
        )
        for number, person in enumerate(came)
        for at, statement in enumerate(statements)
    )
    return came


def the_statement(room: Room, text: str) -> Statement:
    return Statement.objects.get(room=room, text=text)
