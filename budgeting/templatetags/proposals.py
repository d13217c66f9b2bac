"""A proposal as a card."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext

from budgeting.enums import ProposalStatus
from budgeting.models import Proposal
from participation.foundation.money import format_money

register = template.Library()

CARDS_KEPT = 4096  # in each server process, about a kilobyte each

# On the list, a proposal that simply waits for its review needs no badge.
_TONES = {ProposalStatus.ACCEPTED: "good", ProposalStatus.REJECTED: "bad"}


@register.simple_tag
def proposal_card(proposal: Proposal, budget, proposals_url: str, heading: str = "") -> SafeString:
    """Draw a proposal that `queries.proposal.cards_of` has prepared."""
    cover = proposal.cover
    return _drawn(
        get_language(),
        heading or "h3",
        f"{proposals_url}{proposal.pk}/",
        proposal.title,
        proposal.summary,
        proposal.area.name if proposal.area else "",
        proposal.cost_cents,
        budget.currency,
        proposal.status,
        proposal.support_count,
        proposal.comment_count,
        (cover.url, cover.alt_text) if cover else None,
    )


# Kept under all that a card is made of, so it cannot be old: whatever changes, another card is drawn.
@lru_cache(maxsize=CARDS_KEPT)
def _drawn(
    language: str | None,
    heading: str,
    url: str,
    title: str,
    summary: str,
    area: str,
    cost_cents: int | None,
    currency: str,
    status: str,
    supports: int,
    comments: int,
    cover: tuple[str, str] | None,
) -> SafeString:
    meta = []
    if area:
        meta.append(("map", area))
    if cost_cents:
        meta.append(("coins", format_money(cost_cents, currency)))
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
    card = {"title": title, "url": url, "text": summary, "meta": meta, "heading": heading}
    if tone := _TONES.get(ProposalStatus(status)):
        card |= {"status": capfirst(ProposalStatus(status).label), "tone": tone}
    if cover:
        card |= {"picture": cover[0], "picture_alt": cover[1]}
    return render_to_string("participation/components/card.html", card)
