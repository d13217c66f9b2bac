"""StreamField blocks that show the programme on any page."""

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from learning_events.enums import SessionStatus
from learning_events.finding import Finding
from participation.foundation.clock import database_now
from participation.foundation.pages import open_to_all


class ProgrammeBlock(blocks.StructBlock):
    """The next sessions of a festival, with the way to all of them."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    festival = blocks.PageChooserBlock(page_type="learning_events.Festival", label=_("Festival"))
    kinds = blocks.ListBlock(
        SnippetChooserBlock("learning_events.EventKind", label=_("Kind of event")),
        label=_("Only these kinds of events"),
        default=[],
        required=False,
        help_text=_("None for all."),
    )
    number = blocks.IntegerBlock(label=_("How many"), default=4, min_value=1, max_value=12)

    class Meta:
        icon = "calendar-alt"
        label = _("Next events")
        template = "learning_events/blocks/programme.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        festival = open_to_all(value["festival"])
        if festival is None:
            return context
        query = QueryDict(mutable=True)
        query.setlist("kind", [kind.slug for kind in value["kinds"] if kind])
        asked = Finding(festival, query)
        coming = asked.sessions.filter(status=SessionStatus.PLANNED, ends_at__gt=database_now())
        (rows,) = asked.shown(coming.order_by("starts_at", "pk")[: value["number"]])
        address = asked.form.query()
        context |= {
            "festival": festival,
            "rows": rows,
            "list_url": festival.url_of("list") + (f"?{address}" if address else ""),
        }
        return context
