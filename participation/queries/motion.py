"""Motions, who may vote on one now, and what the differences between two texts are."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import QuerySet

from participation.enums import MajorityRule, MotionState, SeatRole
from participation.foundation.errors import Missing
from participation.models import Attendance, Meeting, Membership, Motion
from participation.queries.attendance import present_voters

_WORDS = re.compile(r"\s+|[^\W_]+|.", re.DOTALL)
UNDECIDED = (MotionState.DRAFT, MotionState.VOTING)


def motions_of(meeting: Meeting) -> QuerySet[Motion]:
    """Return all motions of a meeting in their order, with who moved them."""
    return (
        Motion.objects.filter(item__meeting=meeting)
        .select_related("item", "moved_by", "seconded_by", "amends", "candidate", "elects_seat")
        .order_by("item__position", "item_id", "position", "pk")
    )


def motion_of(meeting: Meeting, pk: int) -> Motion:
    """Return a motion of the meeting; raises Missing."""
    motion = motions_of(meeting).filter(pk=pk).first() if pk < 2**63 else None
    if motion is None:
        raise Missing
    motion.item.meeting = meeting
    return motion


def entitled_now(motion: Motion) -> QuerySet[Attendance]:
    """Return the attendances of who may vote on a motion now: members with a vote who are there and not recused."""
    return (
        present_voters(motion.item.meeting)
        .exclude(membership__in=motion.item.recusals.values("membership"))
        .select_related("membership__participant")
    )


def own_membership(meeting: Meeting, user) -> Membership | None:
    """Return the membership with which `user` is on the attendance list."""
    person = getattr(user, "participant", None)
    if person is None:
        return None
    attendance = (
        meeting.attendances.filter(membership__participant=person)
        .exclude(membership__seat__role=SeatRole.ADVISER)
        .select_related("membership")
        .first()
    )
    return attendance.membership if attendance is not None else None


def is_carried(majority: str, *, yes: int, no: int, members: int) -> bool:
    """Say whether so many votes carry a motion; `members` are all members with a vote, there or not.

    >>> is_carried("simple", yes=3, no=3, members=9), is_carried("absolute", yes=5, no=0, members=9)
    (False, True)
    >>> is_carried("two-thirds", yes=4, no=2, members=9), is_carried("two-thirds", yes=0, no=0, members=9)
    (True, False)
    """
    if majority == MajorityRule.ABSOLUTE:
        return 2 * yes > members
    if majority == MajorityRule.TWO_THIRDS:
        return yes > 0 and yes * 3 >= (yes + no) * 2
    return yes > no


@dataclass(frozen=True)
class Difference:
    """A stretch of text: "same", "gone" or "new"."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Difference]:
    """Return how one text becomes the other, word by word, in reading order."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    found: list[Difference] = []
    for kind, old_from, old_to, new_from, new_to in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        gone, come = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        if kind == "equal":
            found.append(Difference("same", gone))
            continue
        if gone:
            found.append(Difference("gone", gone))
        if come:
            found.append(Difference("new", come))
    return found


def in_words(found: list[Difference]) -> str:
    """Return differences as plain text, for who sees no colours: [-gone-] {+new+}."""
    shapes = {"same": "%s", "gone": "[-%s-]", "new": "{+%s+}"}
    return "".join(shapes[each.kind] % each.text for each in found)
