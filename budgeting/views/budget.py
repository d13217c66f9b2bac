"""The budget's own page: what it is, where it stands, and what one can do now."""

from dataclasses import dataclass

from django.template.response import TemplateResponse
from django.urls import path
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from budgeting.enums import PhaseKind
from budgeting.queries.budget import Standing, count_proposals_by_area, standing_of
from budgeting.queries.proposal import cards_of, find_proposals, in_order
from participation.foundation.money import format_money
from participation.foundation.ordering import keep_seed, seed_of
from participation.foundation.pages import page_view
from participation.foundation.trail import breadcrumbs

SHOWN = 6


@dataclass(frozen=True)
class Invitation:
    """What to do now: a sentence, and buttons as (address, words), the main one first."""

    title: object
    text: object
    buttons: tuple


@page_view("GET")
def overview(page, request):
    standing = standing_of(page)
    by_area = count_proposals_by_area(page)
    ids = (
        list(in_order(find_proposals(page), "", seed_of(request)).values_list("pk", flat=True)[:SHOWN])
        if page.pk
        else []
    )
    areas = list(page.areas.all())
    context = {
        **page.get_context(request),
        "breadcrumbs": breadcrumbs(page),
        "standing": standing,
        "phases": phase_steps(page, standing),
        "days_left": days_left_words(standing),
        "invitation": invitation(page, standing),
        "areas": [
            (area, by_area.get(area.pk, 0), page.url_of("proposals") + f"?area={area.pk}") for area in areas
        ],
        "stats": [
            (_("to spend"), format_money(sum(area.amount_cents or 0 for area in areas), page.currency)),
            (_("proposals"), sum(by_area.values())),
            (_("areas"), len(areas)),
        ],
        "proposals": cards_of(ids),
        "proposals_url": page.url_of("proposals"),
    }
    response = TemplateResponse(request, "budgeting/pages/budget.html", context)
    keep_seed(request, response)
    return response


def phase_steps(page, standing: Standing) -> list[dict]:
    """Return the budget's phases for `components/phases.html`."""
    steps = []
    for phase in sorted(page.phases.all(), key=lambda each: each.opens_at):
        if standing.phase is not None and phase.kind == standing.phase.kind:
            state = "current"
        elif standing.next_phase is None or phase.opens_at < standing.next_phase.opens_at:
            state = "done"
        else:
            state = ""
        first, last = localtime(phase.opens_at), localtime(phase.closes_at)
        dates = f"{date_format(first, 'SHORT_DATE_FORMAT')} – {date_format(last, 'SHORT_DATE_FORMAT')}"
        steps.append({"name": _PHASE_NAMES[phase.kind], "dates": dates, "state": state, "note": phase.note})
    return steps


_PHASE_NAMES = {
    PhaseKind.SUBMISSION: _("Propose"),
    PhaseKind.REVIEW: _("Review"),
    PhaseKind.VOTING: _("Vote"),
    PhaseKind.COUNTING: _("Count"),
    PhaseKind.IMPLEMENTATION: _("Make it happen"),
}


def days_left_words(standing: Standing) -> str:
    """Return how long the phase still runs, in words; nothing when no phase runs."""
    if standing.days_left is None:
        return ""
    if standing.days_left == 0:
        return str(_("Closes today"))
    return ngettext("%(days)d day left", "%(days)d days left", standing.days_left) % {
        "days": standing.days_left
    }


def invitation(page, standing: Standing) -> Invitation:
    """Return what one can do now on this budget."""
    proposals = (page.url_of("proposals"), _("See the proposals"))
    closes = date_format(localtime(standing.phase.closes_at), "DATETIME_FORMAT") if standing.phase else ""
    opens = date_format(localtime(standing.next_phase.opens_at), "DATE_FORMAT") if standing.next_phase else ""
    match standing.stage:
        case PhaseKind.SUBMISSION:
            title, text = (
                _("What would you like the city to learn?"),
                _("You can propose a project until %(date)s."),
            )
            return Invitation(
                title,
                text % {"date": closes},
                ((page.url_of("new_proposal"), _("Propose a project")), proposals),
            )
        case PhaseKind.REVIEW:
            title = _("The city checks every proposal")
            text = _(
                "What each project costs and whether it can be done. You can support and discuss the proposals."
            )
            return Invitation(title, text, (proposals,))
        case PhaseKind.VOTING:
            title, text = (
                _("Choose what the city pays for"),
                _("You can vote, and change your vote, until %(date)s."),
            )
            projects = (page.url_of("projects"), _("See the projects"))
            return Invitation(
                title, text % {"date": closes}, ((page.url_of("vote"), _("Vote now")), projects)
            )
        case PhaseKind.COUNTING:
            title = _("The votes are being counted")
            text = _("The result and everything needed to count again yourself will be published here.")
            return Invitation(title, text, (proposals,))
        case PhaseKind.IMPLEMENTATION | "published" | "over" if standing.has_result:
            title, text = (
                _("The result is here"),
                _("See what won and why, and follow what becomes of the projects."),
            )
            links = (
                (page.url_of("results"), _("See the result")),
                (page.url_of("projects"), _("Follow the projects")),
            )
            return Invitation(title, text, links)
        case "before" | "between":
            name = _PHASE_NAMES[standing.next_phase.kind]
            text = _("Next step: %(phase)s, from %(date)s.") % {"phase": name, "date": opens}
            return Invitation(_("Soon it goes on"), text, (proposals,))
    return Invitation(_("This budget is over"), _("You can still read what people proposed."), (proposals,))


urls = [path("", overview, name="overview")]
