"""Which version of the public programme is the present one: whoever knows its tag need not read the programme again."""

import datetime as dt
from dataclasses import dataclass
from hashlib import sha256

from wagtail.models import PageViewRestriction

from learning_events.models import ProgrammeVersion


@dataclass(frozen=True)
class Version:
    """A state of the programme. `changed_at` (UTC) is when its sessions or events last changed, None for never."""

    number: int = 0
    changed_at: dt.datetime | None = None

    @property
    def tag(self) -> str:
        return sha256(repr((self.number, self.changed_at)).encode()).hexdigest()[:24]


def present_version() -> Version:
    """Return the present version; one query."""
    row = ProgrammeVersion.objects.filter(pk=1).values_list("number", "changed_at").first()
    return Version(*row) if row else Version()


def closed_pages() -> list[tuple[int, int, str]]:
    """Return which pages ask for a password or a sign-in, which raises no version; one query."""
    closed = PageViewRestriction.objects.order_by("pk")
    return list(closed.values_list("pk", "page_id", "restriction_type"))
