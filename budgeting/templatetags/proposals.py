"""A proposal as a card."""

from django import template
from django.utils.text import capfirst
from django.utils.translation import ngettext

from budgeting.enums import ProposalStatus
from budgeting.models import Proposal
from participation.foundation.money import format_money

register = template.Library()

# On the list, a proposal that simply waits for its review needs no badge.
_TONES = {ProposalStatus.ACCEPTED: "good", ProposalStatus.REJECTED: "bad"}


@register.inclusion_tag("participation/components/card.html")
def proposal_card(proposal: Proposal, budget, proposals_url: str, heading: str = "") -> dict:
    """Draw a proposal that `queries.proposal.cards_of` has prepared."""
    tone = _TONES.get(proposal.status)
    meta = []
    if proposal.area:
        meta.append(("map", proposal.area.name))
    if proposal.cost_cents:
        meta.append(("coins", format_money(proposal.cost_cents, budget.currency)))
    supports, comments = proposal.support_count, proposal.comment_count
    meta.append(
        (
            "heart",
            ngettext("%(number)d supports it", "%(number)d support it", supports) % {"number": supports},
        )
    )
    if comments:
        meta.append(
            ("chat", ngettext("%(number)d comment", "%(number)d comments", comments) % {"number": comments})
        )
    card = {
        "title": proposal.title,
        "url": f"{proposals_url}{proposal.pk}/",
        "text": proposal.summary,
        "meta": meta,
        "heading": heading or "h3",
    }
    if tone:
        card |= {"status": capfirst(proposal.get_status_display()), "tone": tone}
    if proposal.cover:
        card |= {"picture": proposal.cover.url, "picture_alt": proposal.cover.alt_text}
    return card
