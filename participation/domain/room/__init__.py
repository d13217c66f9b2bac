"""What is done in a live room: running it, coming in, statements and votes, opinion groups, and the report of its end."""

from participation.domain.room.coming_in import come_in, come_in_as_guest
from participation.domain.room.running import (
    change_room,
    close_room,
    extend_item,
    open_room,
    pause_room,
    prepare_room,
    show_on_wall,
)
from participation.domain.room.statement import (
    add_seed,
    cast_vote,
    hide_statement,
    say,
    show_statement,
    tell_votes,
)

__all__ = [
    "add_seed",
    "cast_vote",
    "change_room",
    "close_room",
    "come_in",
    "come_in_as_guest",
    "extend_item",
    "hide_statement",
    "open_room",
    "pause_room",
    "prepare_room",
    "say",
    "show_on_wall",
    "show_statement",
    "tell_votes",
]
