"""A closed room as tables, in the columns of the public Polis exports.

People stand in them by numbers in an order that nobody can tell, and no file says who wrote a statement or when somebody voted:
who knows one vote or one sentence of a person shall not find the others by it. All times are the hour in which the room opened.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from participation.enums import StatementChoice, StatementState
from participation.models import Room

# Rooms with fewer voters are not told vote by vote.
FEWEST = 15
Table = tuple[tuple[str, ...], Iterable[tuple[Any, ...]]]


def votes_table(room: Room) -> Table:
    """Return who (a number) said what (1, 0, -1) to which statement."""
    moment, words = _hour(room)
    numbers = _numbers(room)
    rows = [
        (moment, words, statement, numbers[person], choice)
        for person, statement, choice in _votes(room)
        if person in numbers
    ]
    return ("timestamp", "datetime", "comment-id", "voter-id", "vote"), sorted(rows, key=lambda row: row[2:4])


def comments_table(room: Room) -> Table:
    """Return the statements that were shown, with their votes."""
    moment, words = _hour(room)
    counts: dict[int, dict[int, int]] = {}
    for _person, statement, choice in _votes(room):
        counts.setdefault(statement, {}).setdefault(choice, 0)
        counts[statement][choice] += 1
    rows = [
        (
            moment,
            words,
            pk,
            "",
            counts.get(pk, {}).get(StatementChoice.AGREE, 0),
            counts.get(pk, {}).get(StatementChoice.DISAGREE, 0),
            1,
            text,
        )
        for pk, text in _shown(room)
    ]
    columns = (
        "timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body",
    )  # fmt: skip
    return columns, rows


def people_table(room: Room) -> Table:
    """Return one row for each voter with a column for each statement; empty where they have not seen it."""
    statements = [pk for pk, _text in _shown(room)]
    numbers = _numbers(room)
    said: dict[int, dict[int, int]] = {}
    for person, statement, choice in _votes(room):
        if person in numbers:
            said.setdefault(numbers[person], {})[statement] = choice
    rows = []
    for number in sorted(said):
        votes = said[number]
        choices = list(votes.values())
        rows.append(
            (
                number,
                "",
                "",
                len(choices),
                choices.count(StatementChoice.AGREE),
                choices.count(StatementChoice.DISAGREE),
                *(votes.get(pk, "") for pk in statements),
            )
        )
    columns = ("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree")
    return (*columns, *map(str, statements)), rows


FILES: dict[str, tuple[Any, Callable[[Room], Table]]] = {
    "comments": (_("Statements with their votes"), comments_table),
    "votes": (_("Every vote, by numbers instead of names"), votes_table),
    "participants-votes": (_("One row for each voter"), people_table),
}


def _shown(room: Room) -> list[tuple[int, str]]:
    return list(room.statements.filter(state=StatementState.SHOWN).order_by("pk").values_list("pk", "text"))


def _votes(room: Room) -> list[tuple[int, int, int]]:
    rows = room.votes.filter(statement__state=StatementState.SHOWN)
    return list(rows.values_list("person_id", "statement_id", "choice"))


def _numbers(room: Room) -> dict[int, int]:
    """Return a number for each voter, in the order of a digest over what they said: it does not follow who came when."""
    said: dict[int, list[tuple[int, int]]] = {}
    for person, statement, choice in _votes(room):
        said.setdefault(person, []).append((statement, choice))
    if len(said) < FEWEST:
        return {}

    def digest(person: int) -> str:
        return hashlib.sha256(f"{room.code}{sorted(said[person])}".encode()).hexdigest()

    return {person: number for number, person in enumerate(sorted(said, key=digest))}


def _hour(room: Room) -> tuple[int, str]:
    opened = (room.opened_at or room.meeting.starts_at).astimezone(dt.UTC)
    hour = opened.replace(minute=0, second=0, microsecond=0)
    return round(hour.timestamp() * 1000), hour.strftime("%a %b %d %H:%M:%S UTC %Y")
