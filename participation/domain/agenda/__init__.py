"""The agenda of a meeting: planned, suggested, decided on, put in order, with documents, and what returns by itself."""

from participation.domain.agenda.documents import add_document, remove_document
from participation.domain.agenda.items import (
    accept_item,
    add_item,
    change_item,
    decline_item,
    move_item,
    publish_agenda,
    remove_item,
    suggest_item,
)
from participation.domain.agenda.returning import bring_back

__all__ = [
    "accept_item",
    "add_document",
    "add_item",
    "bring_back",
    "change_item",
    "decline_item",
    "move_item",
    "publish_agenda",
    "remove_document",
    "remove_item",
    "suggest_item",
]
