"""Minutes: drafted from the meeting, edited, checked, approved at a later meeting, published, and corrected for all to see."""

from participation.domain.minutes.drafting import draft_minutes
from participation.domain.minutes.stages import (
    approve_minutes,
    check_minutes,
    correct_minutes,
    publish_minutes,
    return_minutes,
    save_minutes,
)

__all__ = [
    "approve_minutes",
    "check_minutes",
    "correct_minutes",
    "draft_minutes",
    "publish_minutes",
    "return_minutes",
    "save_minutes",
]
