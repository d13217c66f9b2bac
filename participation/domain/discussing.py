"""Beginning the discussion of an agenda item or a decision of a committee, and keeping its title true."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from participation.domain.rights import refuse_unless_taking_part
from participation.enums import AgendaItemState
from participation.foundation.errors import Conflict, Missing
from participation.models import AgendaItem, Committee, Decision, Discussion
from participation.queries.discussing import agenda_is_out


def discussion_of_item(item: AgendaItem, *, by) -> Discussion:
    """Return the discussion of an item on an agenda that its readers see, begun by the first who asks for it.

    Raises Missing, NotAllowed, Conflict for an agenda that is not published yet.
    """
    meeting = item.meeting
    refuse_unless_taking_part(meeting.committee, by)
    with transaction.atomic():
        found = AgendaItem.objects.select_for_update(of=("self",)).filter(pk=item.pk).first()
        if found is None or found.state != AgendaItemState.ON_AGENDA:
            raise Missing
        if not agenda_is_out(meeting):
            raise Conflict(_("This can be discussed as soon as the agenda is published."))
        path = meeting.committee.url_of("discuss_item", meeting.pk, item.pk)
        return _begun(found, meeting.committee, title=item.title, path=path)


def discussion_of_decision(decision: Decision, *, by) -> Discussion:
    """Return the discussion of a decision, begun by the first who asks for it; raises Missing, NotAllowed."""
    committee = decision.committee
    refuse_unless_taking_part(committee, by)
    with transaction.atomic():
        found = Decision.objects.select_for_update(of=("self",)).filter(pk=decision.pk).first()
        if found is None:
            raise Missing
        title = f"{decision.number} {decision.title}"
        return _begun(found, committee, title=title, path=committee.url_of("decision", decision.pk))


def _begun(thing: AgendaItem | Decision, committee: Committee, *, title: str, path: str) -> Discussion:
    if thing.discussion is None:
        thing.discussion = Discussion.objects.create(
            title=title, path=path, committee=committee, is_public=True
        )
        thing.save(update_fields=["discussion"])
    return thing.discussion


def rename_discussion(item: AgendaItem) -> None:
    """Let the discussion of an item have its new title."""
    Discussion.objects.filter(agenda_item=item).update(title=item.title)


def end_discussion(item: AgendaItem) -> None:
    """Take what was said about an item that leaves the agenda out of sight."""
    Discussion.objects.filter(agenda_item=item).update(is_public=False, is_open=False)


def renew_addresses(page: Page) -> None:
    """Lead comments and follows to the matters of committees again after `page`, a committee or one above it, has moved."""
    with transaction.atomic():
        for committee in Committee.objects.descendant_of(page, inclusive=True):
            discussions = list(committee.discussions.select_related("agenda_item", "decision"))
            for discussion in discussions:
                discussion.path = _path_of(discussion, committee)
            Discussion.objects.bulk_update(discussions, ["path"], batch_size=500)


def _path_of(discussion: Discussion, committee: Committee) -> str:
    if (item := getattr(discussion, "agenda_item", None)) is not None:
        return committee.url_of("discuss_item", item.meeting_id, item.pk)
    if (decision := getattr(discussion, "decision", None)) is not None:
        return committee.url_of("decision", decision.pk)
    return discussion.path
