"""The agenda as its readers see it: numbered, with the time at which each item is planned."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet

from participation.enums import AgendaItemState, MeetingState
from participation.foundation.errors import Missing
from participation.models import AgendaDocument, AgendaItem, Meeting
from participation.queries.meeting import local
from participation.rules import may_keep_committee, may_read_committee


@dataclass
class AgendaRow:
    """One item with its number ("2" or "2.1"), its planned begin on the meeting's clock, and what stands below it."""

    item: AgendaItem
    number: str
    starts_at: dt.datetime
    documents: list[AgendaDocument] = field(default_factory=list)
    parts: list["AgendaRow"] = field(default_factory=list)
    discuss_url: str = ""
    comment_count: int = 0

    @property
    def minutes(self) -> int:
        """Return the minutes planned with those of the parts."""
        return self.item.minutes + sum(part.item.minutes for part in self.parts)


def may_see_agenda(user, meeting: Meeting) -> bool:
    """Say whether the agenda is shown: to keepers always, to other readers once it is published or the meeting began."""
    if may_keep_committee(user, meeting.committee):
        return True
    is_out = meeting.agenda_published_at is not None or meeting.state in (
        MeetingState.RUNNING,
        MeetingState.ENDED,
    )
    return is_out and meeting.state != MeetingState.DRAFT and may_read_committee(user, meeting.committee)


def agenda_of(meeting: Meeting) -> list[AgendaRow]:
    """Return the items that are on the agenda in their order, parts below them; two queries."""
    documents = Prefetch("documents", AgendaDocument.objects.defer("content"))
    items = list(
        meeting.agenda_items.filter(state=AgendaItemState.ON_AGENDA)
        .select_related("suggested_by", "from_action", "approves_minutes")
        .prefetch_related(documents)
        .order_by("position", "pk")
    )
    below: dict[int, list[AgendaItem]] = {}
    for item in items:
        item.meeting = meeting
        if item.parent_id is not None:
            below.setdefault(item.parent_id, []).append(item)
    moment = local(meeting.starts_at, meeting.zone)
    rows: list[AgendaRow] = []
    for item in items:
        if item.parent_id is not None:
            continue
        row = AgendaRow(item, str(len(rows) + 1), moment, list(item.documents.all()))
        at = moment + dt.timedelta(minutes=item.minutes)
        for count, part in enumerate(below.get(item.pk, []), start=1):
            row.parts.append(AgendaRow(part, f"{row.number}.{count}", at, list(part.documents.all())))
            at += dt.timedelta(minutes=part.minutes)
        rows.append(row)
        moment = at
    return rows


def flat(rows: list[AgendaRow]) -> list[AgendaRow]:
    """Return the rows one after the other, parts behind what they belong to."""
    return [each for row in rows for each in (row, *row.parts)]


def suggestions_for(user, meeting: Meeting) -> QuerySet[AgendaItem]:
    """Return the suggestions that are not on the agenda: all of them to keepers, to others their own."""
    rows = meeting.agenda_items.exclude(state=AgendaItemState.ON_AGENDA).select_related("suggested_by")
    rows = rows.order_by("suggested_at", "pk")
    if may_keep_committee(user, meeting.committee):
        return rows
    person = getattr(user, "participant", None)
    return rows.filter(suggested_by=person) if person is not None else rows.none()


def item_of(meeting: Meeting, pk: int) -> AgendaItem:
    """Return an item of the meeting, on the agenda or suggested; raises Missing."""
    item = (
        meeting.agenda_items.select_related("suggested_by", "parent").filter(pk=pk).first()
        if pk < 2**63
        else None
    )
    if item is None:
        raise Missing
    item.meeting = meeting
    return item


def document_for(user, meeting: Meeting, pk: int) -> AgendaDocument:
    """Return a document with its content, for who may see the item it belongs to; raises Missing."""
    rows = AgendaDocument.objects.select_related("item").filter(item__meeting=meeting)
    document = rows.filter(pk=pk).first() if pk < 2**63 and may_see_agenda(user, meeting) else None
    if document is None:
        raise Missing
    if document.item.state != AgendaItemState.ON_AGENDA and not may_keep_committee(user, meeting.committee):
        raise Missing
    document.item.meeting = meeting
    return document
