"""StreamField blocks that show live content of a participatory budget on any page."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from budgeting.queries.budget import count_public_proposals, standing_of
from budgeting.queries.proposal import cards_of, in_order, public_proposals
from participation.foundation.pages import open_to_all


class BudgetStatusBlock(blocks.StructBlock):
    """Where a budget stands today, what one can do now, and its money."""

    budget = blocks.PageChooserBlock(page_type="budgeting.ParticipatoryBudget", label=_("Budget"))

    class Meta:
        icon = "calendar-alt"
        label = _("Budget: what happens now")
        template = "budgeting/blocks/status.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        budget = context["budget"] = open_to_all(value["budget"])
        if budget is not None:
            context["standing"] = standing_of(budget)
            context["proposal_count"] = count_public_proposals(budget)
            context["amount_cents"] = sum(area.amount_cents for area in budget.areas.all())
        return context


class ProposalCardsBlock(blocks.StructBlock):
    """A handful of proposals of a budget; the random ones change every day, so that each gets its turn."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    budget = blocks.PageChooserBlock(page_type="budgeting.ParticipatoryBudget", label=_("Budget"))
    order = blocks.ChoiceBlock(
        label=_("Which"),
        choices=[
            ("random", _("random, new every day")),
            ("newest", _("newest")),
            ("supported", _("most supported")),
        ],
        default="random",
    )
    number = blocks.IntegerBlock(label=_("How many"), default=3, min_value=1, max_value=12)

    class Meta:
        icon = "list-ul"
        label = _("Proposals of a budget")
        template = "budgeting/blocks/proposals.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        budget = open_to_all(value["budget"])
        if budget is None:
            return context
        rows = in_order(public_proposals(budget), value["order"], timezone.localdate().isoformat())
        ids = list(rows.values_list("pk", flat=True)[: value["number"]])
        context |= {"budget": budget, "proposals": cards_of(ids)}
        return context
