"""Meetings of committees: planned, announced, changed, cancelled, repeated, and people who register for them."""

from participation.domain.meeting.planning import (
    MeetingFacts,
    announce_meeting,
    cancel_meeting,
    change_meeting,
    plan_meeting,
)
from participation.domain.meeting.registration import register_for, unregister_from
from participation.domain.meeting.series import plan_series
from participation.domain.meeting.telling import remind_of_meetings

__all__ = [
    "MeetingFacts",
    "announce_meeting",
    "cancel_meeting",
    "change_meeting",
    "plan_meeting",
    "plan_series",
    "register_for",
    "remind_of_meetings",
    "unregister_from",
]
