"""Decisions and attendance as tables: CSV for people, JSON for programs."""

import json
from collections.abc import Iterable
from typing import Any

from participation.models import Committee, Decision
from participation.queries.attendance import attendance_figures

DECISION_COLUMNS = (
    "number", "decided_on", "title", "text", "meeting", "method", "yes", "no", "abstain", "entitled", "replaced_by",
)  # fmt: skip
ATTENDANCE_COLUMNS = (
    "meeting", "title", "starts_at", "members", "members_came", "members_excused", "guests_came",
)  # fmt: skip


def decision_rows(decisions: Iterable[Decision]) -> list[tuple]:
    """Return decisions with the numbers of their votes, never who voted how."""
    rows = []
    for each in decisions:
        motion = each.motion
        votes = (
            (motion.method, motion.yes, motion.no, motion.abstain, motion.entitled) if motion else (None,) * 5
        )
        replaced = each.replaced_by.number if each.replaced_by else None
        rows.append(
            (
                each.number,
                each.decided_on.isoformat(),
                each.title,
                each.text,
                each.meeting_id,
                *votes,
                replaced,
            )
        )
    return rows


def attendance_rows(committee: Committee) -> list[tuple]:
    """Return how many came to each meeting that was held; figures alone, nobody's name."""
    return [
        (
            meeting.pk,
            meeting.title,
            meeting.starts_at.isoformat(),
            meeting.members,
            meeting.members_came,
            meeting.members_excused,
            meeting.guests_came,
        )
        for meeting in attendance_figures(committee)
    ]


def as_json(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    """Return rows as a JSON list of objects."""
    names = list(columns)
    return json.dumps([dict(zip(names, row, strict=True)) for row in rows], ensure_ascii=False, indent=1)
