"""The result of a budget: who won and why, turnout, the rule, and everything needed to count again."""

from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from budgeting import explanations
from budgeting.enums import Channel
from budgeting.queries.box import box_of
from budgeting.queries.result import AreaResult, Result, files_of, result_of
from budgeting.reasons import RULE_NAMES, Wording, command_line
from budgeting.views.election_file import described_files
from participation.foundation.errors import Missing
from participation.foundation.money import format_money
from participation.foundation.pages import page_view
from participation.foundation.trail import breadcrumbs

PER_PAGE = 50


@page_view("GET")
def results(page, request, area=None):
    """The result of one area, or of all areas together where there are several and none is chosen."""
    result = result_of(page, request.user, area_id=area)
    if result is None:
        if area is not None:
            raise Missing
        return _not_yet(page, request)
    if not result.areas:
        raise Missing
    frozen = result.box.rules["areas"]
    alone = len(frozen) == 1
    trail = [(page.url_of("results"), _("Result"))]
    if area is not None and not alone:
        trail.append(("", result.areas[0].frozen["name"]))
    context = {
        "page": page,
        "breadcrumbs": breadcrumbs(page, *trail),
        "box": result.box,
        "result": result,
        "currency": result.box.rules["budget"]["currency"],
        "stats": _stats(result),
        "channels": _channels(result.channels),
        "tabs": [] if alone else _tabs(page, frozen, area),
        "summary": [] if alone or area is not None else [_summary(page, each) for each in result.areas],
        "downloads": described_files(
            page,
            result.box,
            files_of(result.box, area_id=area),
            official={each.official.outcome_file_id for each in result.areas},
        ),
        "has_trackers": not page.is_imported,
    }
    if alone or area is not None:
        context |= _area(request, result, result.areas[0])
    response = TemplateResponse(request, "budgeting/pages/results.html", context)
    if result.box.published_at is None:
        response.headers["Cache-Control"] = "private, no-store"
    return response


def _not_yet(page, request) -> TemplateResponse:
    context = {
        "page": page,
        "breadcrumbs": breadcrumbs(page, (page.url_of("results"), _("Result"))),
        "box": box_of(page),
    }
    return TemplateResponse(request, "budgeting/pages/results_later.html", context)


def _stats(result: Result) -> list[tuple]:
    """Return (words, figure) of what the result comes to; several areas are added up."""
    box, currency = result.box, result.box.rules["budget"]["currency"]
    funded = sum(len(area.funded) for area in result.areas)
    projects = sum(len(area.lines) for area in result.areas)
    ballots = sum(area.official.ballots for area in result.areas)
    stats = [
        (_("projects funded"), _("%(funded)d of %(all)d") % {"funded": funded, "all": projects}),
        (_("spent"), format_money(result.spent_cents, currency)),
        (_("left"), format_money(result.amount_cents - result.spent_cents, currency)),
    ]
    whole = len(result.areas) == len(box.rules["areas"])
    if whole and box.participants is not None:
        stats.append((_("people voted"), number_format(box.participants, force_grouping=True)))
    else:
        stats.append((_("ballots"), number_format(ballots, force_grouping=True)))
    if whole and result.turnout is not None:
        share = number_format(result.turnout * 100, decimal_pos=1)
        stats.append((_("turnout"), _("%(share)s %%") % {"share": share}))
    return stats


def _channels(channels) -> list[tuple]:
    """Return (words, number of people) for each way of voting; nothing where a group would be too small to be told."""
    return [(Channel(channel).label, number) for channel, number in channels.items()]


def _tabs(page, frozen, area) -> list[tuple]:
    tabs = [(page.url_of("results"), _("All areas"), area is None)]
    return tabs + [
        (page.url_of("area_results", each["id"]), each["name"], each["id"] == area) for each in frozen
    ]


def _summary(page, area: AreaResult) -> dict:
    return {
        "name": area.frozen["name"],
        "url": page.url_of("area_results", area.frozen["id"]),
        "area": area,
        "funded": [
            (line.project.title, page.url_of("project", line.project_id), line) for line in area.funded
        ],
    }


def _area(request, result: Result, area: AreaResult) -> dict:
    """Return the context of one area's tables and sentences."""
    page, box = result.box.budget, result.box
    words = Wording(box.rules["budget"]["currency"], area.titles, area.with_points)
    most = max((line.score for line in area.lines), default=0) or 1
    rest = Paginator(area.not_funded, PER_PAGE).get_page(request.GET.get("page"))
    official, other = area.official, area.other
    told = official.comparison.get("official")
    accounts = {each["project"]: each for each in official.analysis.get("projects", [])}
    return _pictures(area, words) | {
        "area": area,
        "funded": [_row(page, line, words, most) for line in area.funded],
        "rest_page": rest,
        "rest": [
            _row(page, line, words, most)
            | {
                "needed": explanations.needed(
                    words, accounts.get(line.project.code), line.reason, official.rule
                )
            }
            for line in rest
        ],
        "with_points": area.with_points,
        "area_channels": _channels(area.channels),
        "rule_name": RULE_NAMES[official.rule["rule"]],
        "rule_sentences": words.rule(official.rule, official.comparison.get("details", {})),
        "ties": [words.tie(tie) for tie in official.comparison.get("ties", [])],
        "other_name": RULE_NAMES[other.rule["rule"]] if other else "",
        "other": other,
        "only_here": [(line.project.title, line) for line in area.only_here],
        "only_there": [(line.project.title, line) for line in area.only_there],
        "official": words.comparison(told) if told else "",
        "official_is_same": told["same"] if told else None,
        "command": command_line(official.ballots_file.name, official.rule),
    }


def _pictures(area: AreaResult, words: Wording) -> dict:
    """Return what the count meant for the voters; nothing for counts that were published before that was written down."""
    told = area.official.analysis
    if not told:
        return {}
    counts = [(_("This result"), told, [line.project.code for line in area.funded])]
    if area.other and area.other.analysis:
        winners = [line.project.code for line in area.lines if line.project_id in area.other_winners]
        counts.append((RULE_NAMES[area.other.rule["rule"]], area.other.analysis, winners))
    return {
        "analysis": told,
        "for_voters": explanations.for_voters(told),
        "voters_by_projects": explanations.voters_by_projects(told),
        "waterfall": explanations.waterfall(words, told),
        "groupings": explanations.groupings(words, told),
        "overlap": explanations.overlap(words, told),
        "effective": explanations.effective_votes(words, told),
        "compared": (
            explanations.compared(words, counts, [line.project.code for line in area.lines])
            if len(counts) > 1
            else None
        ),
    }


def _row(page, line, words: Wording, most: int) -> dict:
    return {
        "line": line,
        "url": page.url_of("project", line.project_id),
        "share": line.score / most,
        "reason": words.reason(line.reason),
    }


urls = [
    path("results/", results, name="results"),
    path("results/<int:area>/", results, name="area_results"),
]
