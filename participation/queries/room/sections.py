"""What everybody in a room sees alike, as sections of plain values: sockets, streams, polls, the API and the page show these.

A section says nothing about the person who looks, and no word in a language: pages have the words. Times are milliseconds
since 1970 (UTC).
"""

import datetime as dt
from typing import Any

from participation.enums import MeetingState, StatementState
from participation.models import OpinionPicture, Room
from participation.queries.agenda import agenda_of, flat

LATEST = 6
Section = dict[str, Any]


def sections_of(room: Room) -> dict[str, Section]:
    """Return all sections of a room by name; the number of queries does not depend on what is in it."""
    picture = OpinionPicture.objects.filter(room=room).first()
    return {
        "room": room_section(room),
        "agenda": agenda_section(room),
        "counts": counts_section(room),
        "statements": statements_section(room),
        "groups": groups_section(room, picture),
    }


def room_section(room: Room) -> Section:
    return {"state": room.state, "prompt": room.prompt, "wall": room.wall, "access": room.access}


def agenda_section(room: Room) -> Section:
    """Return the items with their times, and the one that is on; nothing of an agenda that is not published."""
    meeting = room.meeting
    is_on = meeting.state == MeetingState.RUNNING
    if not (meeting.agenda_published_at or meeting.state in (MeetingState.RUNNING, MeetingState.ENDED)):
        return {"points": [], "now": None}
    rows = flat(agenda_of(meeting))
    open_rows = [row for row in rows if row.item.opened_at and not row.item.closed_at]
    current = open_rows[-1] if is_on and open_rows else None
    points = []
    for row in rows:
        item = row.item
        state = "now" if row is current else "done" if item.closed_at else "next"
        points.append(
            {
                "id": item.pk,
                "number": row.number,
                "title": item.title,
                "minutes": item.minutes + item.extra_minutes,
                "extra": item.extra_minutes,
                "state": state,
            }
        )
    now = None
    if current is not None and current.item.opened_at is not None:
        item = current.item
        length = dt.timedelta(minutes=item.minutes + item.extra_minutes)
        now = {
            "id": item.pk,
            "number": current.number,
            "title": item.title,
            "minutes": item.minutes + item.extra_minutes,
            "began": _ms(current.item.opened_at),
            "ends": _ms(current.item.opened_at + length),
        }
    return {"points": points, "now": now}


def counts_section(room: Room) -> Section:
    """Return how many came, voted, said something, and what waits for a check."""
    states = list(room.statements.values_list("state", flat=True))
    votes = room.votes.filter(statement__state=StatementState.SHOWN)
    return {
        "people": room.people.count(),
        "voters": votes.values("person").distinct().count(),
        "votes": votes.count(),
        "statements": states.count(StatementState.SHOWN),
        "waiting": states.count(StatementState.WAITING),
    }


def statements_section(room: Room) -> Section:
    """Return the latest statements, the newest first; who wrote them is not told."""
    latest = room.statements.filter(state=StatementState.SHOWN).order_by("-pk")[:LATEST]
    return {"latest": [{"id": each.pk, "text": each.text} for each in latest]}


def groups_section(room: Room, picture: OpinionPicture | None) -> Section:
    """Return the opinion groups, or how many people are still missing."""
    content = picture.content if picture is not None else {}
    return {"needed": room.groups_from, "is_shown": bool(content), **content}


def _ms(moment: dt.datetime) -> int:
    return round(moment.timestamp() * 1000)
