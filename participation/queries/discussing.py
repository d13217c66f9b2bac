"""The discussions of a committee's agenda items and decisions: who may begin one, and how much is said in each."""

from collections.abc import Iterable

from participation.enums import AgendaItemState, MeetingState
from participation.foundation.errors import Missing
from participation.models import AgendaItem, Decision, Meeting
from participation.queries.agenda import may_see_agenda
from participation.queries.comment import comment_counts


def discussed_item(user, meeting: Meeting, pk: int) -> AgendaItem:
    """Return an item that is on an agenda which `user` sees; raises Missing."""
    found = (
        meeting.agenda_items.filter(pk=pk, state=AgendaItemState.ON_AGENDA)
        .select_related("suggested_by", "discussion__committee")
        .first()
        if pk < 2**63 and may_see_agenda(user, meeting)
        else None
    )
    if found is None:
        raise Missing
    found.meeting = meeting
    return found


def agenda_is_out(meeting: Meeting) -> bool:
    """Say whether readers of the committee see the agenda: what is discussed is discussed by all of them."""
    return meeting.state != MeetingState.DRAFT and (
        meeting.agenda_published_at is not None or meeting.state in (MeetingState.RUNNING, MeetingState.ENDED)
    )


def said_about(things: Iterable[AgendaItem | Decision]) -> dict[int, int]:
    """Return `{key of the item or decision: number of comments}` of those about which something is said; one query."""
    begun = {thing.discussion_id: thing.pk for thing in things if thing.discussion_id is not None}
    return {begun[pk]: number for pk, number in comment_counts(begun).items()} if begun else {}
