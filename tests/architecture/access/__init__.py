"""The tables of who gets what where (P10), an app a file; `rows` says how a row reads."""

from tests.architecture.access import (
    account,
    admin,
    badges,
    budgeting,
    calendars,
    committees,
    learning_events,
    mapping,
    meetings,
    organise,
    participation,
    plan,
    rooms,
    seats,
    site,
)
from tests.architecture.access.admin import OPEN_TO_ALL
from tests.architecture.access.rows import OUTSIDERS, STAFF_ROLES, Row
from tests.architecture.access.visiting import visit, word_for
from tests.architecture.world import STRANGER

_APPS = (
    participation,
    budgeting,
    mapping,
    learning_events,
    organise,
    badges,
    plan,
    seats,
    calendars,
    committees,
    meetings,
    rooms,
)

EVERYBODY: list[Row] = [row for table in (site, account, *_APPS) for row in table.ROWS]
# Who gets a page of the admin, section by section.
SECTIONS: dict[str, set[str]] = {
    section: who for table in (admin, *_APPS) for section, who in table.SECTIONS.items()
}
OPEN_TO_STAFF: set[str] = set().union(*(table.OPEN_TO_STAFF for table in (admin, *_APPS)))
MAY_ACT_FOR_STRANGERS: set[str] = set().union(
    *(getattr(table, "MAY_ACT_FOR_STRANGERS", ()) for table in (account, *_APPS))
)
# Whose parameters are tried, as a stranger and as a resident.
TAKE_PARAMETERS = {
    STRANGER: [address for table in (site, account, *_APPS) for address in table.TAKE_PARAMETERS],
    "resident": [address for table in _APPS for address in table.TAKE_PARAMETERS_OF_RESIDENTS],
}

__all__ = [
    "EVERYBODY",
    "MAY_ACT_FOR_STRANGERS",
    "OPEN_TO_ALL",
    "OPEN_TO_STAFF",
    "OUTSIDERS",
    "SECTIONS",
    "STAFF_ROLES",
    "TAKE_PARAMETERS",
    "Row",
    "visit",
    "word_for",
]
