"""StreamField blocks of the site's own pages; blocks that show live content come from the plugins."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

TEXT_FEATURES = ["bold", "italic", "link", "ol", "ul", "h3", "h4"]


class StepBlock(blocks.StructBlock):
    """One step of a way through something."""

    title = blocks.CharBlock(label=_("Step"), max_length=80)
    text = blocks.CharBlock(label=_("In one sentence"), max_length=200, required=False)


class StepsBlock(blocks.StructBlock):
    """How something works, in at most seven steps."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=2, max_num=7)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "learning_city/blocks/steps.html"


class TeaserBlock(blocks.StructBlock):
    """A card that leads to another page."""

    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.CharBlock(label=_("Text"), max_length=240, required=False)
    picture = ImageChooserBlock(label=_("Picture"), required=False)
    page = blocks.PageChooserBlock(label=_("Page"))


class TeasersBlock(blocks.StructBlock):
    """Two to four cards side by side."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    cards = blocks.ListBlock(TeaserBlock(), label=_("Cards"), min_num=2, max_num=4)

    class Meta:
        icon = "grip"
        label = _("Cards")
        template = "learning_city/blocks/teasers.html"


class NoteBlock(blocks.StructBlock):
    """A note that stands out from the text."""

    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False)
    text = blocks.RichTextBlock(label=_("Text"), features=["bold", "italic", "link"])

    class Meta:
        icon = "help"
        label = _("Note")
        template = "learning_city/blocks/note.html"


class TextBlocks(blocks.StreamBlock):
    """What an information page is made of."""

    text = blocks.RichTextBlock(
        label=_("Text"),
        icon="pilcrow",
        features=["h2", *TEXT_FEATURES],
        template="learning_city/blocks/text.html",
    )
    steps = StepsBlock()
    cards = TeasersBlock()
    note = NoteBlock()
