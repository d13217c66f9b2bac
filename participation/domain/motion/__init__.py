"""Motions: moved, amended, put off, withdrawn; and the votes on them."""

from participation.domain.motion.moving import (
    amend_motion,
    change_motion,
    move_motion,
    table_motion,
    withdraw_motion,
)
from participation.domain.motion.voting import abort_vote, cast_vote, close_vote, open_vote

__all__ = [
    "abort_vote",
    "amend_motion",
    "cast_vote",
    "change_motion",
    "close_vote",
    "move_motion",
    "open_vote",
    "table_motion",
    "withdraw_motion",
]
