"""Minutes: who may read which, the text that counts, and its versions."""

from django.db.models import QuerySet
from wagtail.models import Revision

from participation.enums import MinutesState
from participation.foundation.errors import Missing
from participation.models import Meeting, Minutes
from participation.rules import has_access_to_read, may_keep_committee, may_read_committee

INSIDE = (MinutesState.CHECKED, MinutesState.APPROVED, MinutesState.PUBLISHED)


def may_read_minutes(user, minutes: Minutes) -> bool:
    """Say who reads minutes: everybody once published, the committee's people once checked, a draft its keepers."""
    committee = minutes.meeting.committee
    if not may_read_committee(user, committee):
        return False
    if minutes.state == MinutesState.PUBLISHED or may_keep_committee(user, committee):
        return True
    return minutes.state in INSIDE and has_access_to_read(user, committee)


def minutes_for(user, meeting: Meeting) -> Minutes:
    """Return the minutes of a meeting; raises Missing for those that `user` may not read (yet)."""
    minutes = (
        Minutes.objects.select_related(
            "latest_revision", "live_revision", "written_by", "approved_at_meeting"
        )
        .filter(meeting=meeting)
        .first()
    )
    if minutes is None:
        raise Missing
    minutes.meeting = meeting
    if not may_read_minutes(user, minutes):
        raise Missing
    return minutes


def public_minutes() -> QuerySet[Minutes]:
    """Return the minutes that are published, with their meetings; who may read the committee is another question."""
    return Minutes.objects.filter(state=MinutesState.PUBLISHED).select_related("meeting__committee")


def text_of(minutes: Minutes) -> str:
    """Return the text that counts: the published one of approved minutes, else the latest revision's."""
    if minutes.live or minutes.latest_revision is None:
        return minutes.body
    return body_of(minutes.latest_revision)


def version_of(minutes: Minutes) -> int:
    """Return the number of the latest revision: what an editor has seen."""
    return minutes.latest_revision_id or 0


def versions_of(minutes: Minutes) -> list[Revision]:
    """Return all revisions, the latest first, with who saved them."""
    return list(minutes.revisions.select_related("user__participant").order_by("-created_at", "-pk"))


def body_of(revision: Revision) -> str:
    """Return the HTML of one version."""
    return str(revision.content.get("body", ""))
