"""StreamField blocks that show what committees do on any page."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from participation.enums import MeetingState
from participation.foundation.clock import database_now
from participation.foundation.pages import open_to_all
from participation.meeting_cards import card_of
from participation.queries.meeting import coming_first, public_meetings


class NextMeetingsBlock(blocks.StructBlock):
    """The next meetings that everybody may know of, of one committee or of all."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    page = blocks.PageChooserBlock(
        label=_("Committee, or the page of all committees"),
        page_type=["participation.Committee", "participation.CommitteesPage"],
    )
    number = blocks.IntegerBlock(label=_("How many"), default=3, min_value=1, max_value=12)

    class Meta:
        icon = "date"
        label = _("Next meetings")
        template = "participation/blocks/next_meetings.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        page = open_to_all(value["page"])
        if page is None:
            return context
        meetings = public_meetings().filter(committee__path__startswith=page.path)
        coming = coming_first(meetings, database_now()).exclude(state=MeetingState.CANCELLED)
        context |= {
            "page": page,
            "cards": [
                {**card_of(meeting), "text": meeting.committee.title} for meeting in coming[: value["number"]]
            ],
        }
        return context
