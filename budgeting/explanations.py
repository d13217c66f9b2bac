"""What a count meant for the voters, in sentences, tables and the shapes of charts; made from the analysis stored with it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from budgeting.reasons import RULE_NAMES, Wording

COLUMNS = {
    "age": gettext_lazy("Age"),
    "sex": gettext_lazy("Sex"),
    "voting_method": gettext_lazy("Way of voting"),
    "neighborhood": gettext_lazy("Area"),
    "district": gettext_lazy("Area"),
    "area": gettext_lazy("Area"),
    "subunit": gettext_lazy("Area"),
    "education": gettext_lazy("Education"),
}
LABELS = {
    "F": gettext_lazy("women"),
    "M": gettext_lazy("men"),
    "internet": gettext_lazy("online"),
    "paper": gettext_lazy("on paper"),
}
STAGES = {
    "equal-shares": gettext_lazy("Its supporters paid for it."),
    "completion": gettext_lazy("It was paid from the rest of the money."),
    "greedy": gettext_lazy("It was the next on the list whose cost fitted."),
    "phragmen": gettext_lazy("Its supporters had saved up for it."),
    "maximin": gettext_lazy("It spread the costs most evenly over the voters."),
    "fixed": gettext_lazy("It was fixed before the vote."),
}
_MOST_ROUNDS_IN_TABLE = 24
_MOST_PAIRS = 8


def number(value: float, decimals: int = 0) -> str:
    """Write a number the way the reader's language does."""
    # Django cuts decimals off; we round.
    return number_format(round(value, decimals), decimal_pos=decimals, force_grouping=True)


def percent(part: float, whole: float) -> str:
    """Write a share as whole percent."""
    share = part / whole if whole else 0
    return _("%(share)s %%") % {"share": number(share * 100)}


def needed(words: Wording, account: Mapping | None, reason: Mapping, spec: Mapping) -> str:
    """Return in a sentence how many more supporters would have sufficed for a loser; nothing where that is not known."""
    more = account and account["more_supporters"]
    if not more:
        return ""
    short = (
        _("They were %(missing)s short of its cost.") % {"missing": words.money(reason["missing"])} + " "
        if reason["kind"] == "completion-does-not-fit" and "missing" in reason
        else ""
    )
    return short + _sufficed(words, more, spec)


def _sufficed(words: Wording, more: int, spec: Mapping) -> str:
    shown = {"number": number(more)}
    if spec["rule"] == "equal-shares":
        sentence = ngettext(
            "About %(number)s more supporter with a whole share would have sufficed.",
            "About %(number)s more supporters, each with a whole share, would have sufficed.",
            more,
        )
    elif words.with_points:
        sentence = ngettext(
            "%(number)s more point would have sufficed.", "%(number)s more points would have sufficed.", more
        )
    else:
        sentence = ngettext(
            "%(number)s more vote would have sufficed.", "%(number)s more votes would have sufficed.", more
        )
    return sentence % shown


def for_voters(analysis: Mapping) -> list[str]:
    """Return what the voters as a whole got, in sentences."""
    voters, nothing = analysis["voters"], analysis["with_nothing"]
    if not voters:
        return []
    return [
        _("%(number)s of %(all)s voters (%(share)s) see at least one project funded that they voted for.")
        % {
            "number": number(voters - nothing),
            "all": number(voters),
            "share": percent(voters - nothing, voters),
        },
        _("On average %(number)s of the funded projects were on a voter's ballot.")
        % {"number": number(analysis["projects_per_voter"], 1)},
    ]


def voters_by_projects(analysis: Mapping) -> list[tuple[str, int]]:
    """Return (how many funded projects were on the ballot, voters), the long tail added up, as rows of a bar chart."""
    counts = list(analysis["winners_by_voters"])
    if len(counts) > 8:
        counts = [*counts[:7], sum(counts[7:])]
        last = _("7 or more")
    else:
        last = ""
    rows = [(_("none") if at == 0 else number(at), voters) for at, voters in enumerate(counts)]
    if last:
        rows[-1] = (last, rows[-1][1])
    return rows


def waterfall(words: Wording, analysis: Mapping) -> list[dict[str, Any]]:
    """Return one row for each funded project: what it took from the money, and the bars of what was left before and after."""
    whole = float(Decimal(analysis["budget"])) or 1.0
    rows = []
    for told in analysis["rounds"]:
        cost, left = float(Decimal(told["cost"])) / whole, float(Decimal(told["left"])) / whole
        rows.append(
            {
                "number": told["number"],
                "title": words.titles.get(told["project"], told["project"]),
                "how": _each(words, told) or STAGES.get(told["stage"], ""),
                "cost": words.money(told["cost"]),
                "left": words.money(told["left"]),
                "left_width": f"{max(left, 0) * 100:.2f}%",
                "cost_x": f"{max(left, 0) * 100:.2f}%",
                "cost_width": f"{max(cost, 0.004) * 100:.2f}%",
            }
        )
    return rows


def _each(words: Wording, told: Mapping) -> str:
    if told["stage"] != "equal-shares" or not told["in_full"]:
        return ""
    shown = {
        "number": number(told["in_full"]),
        "all": number(told["supporters"]),
        "amount": words.money(told["each"]),
    }
    if words.with_points:
        return _("%(number)s of %(all)s supporters paid the full price of %(amount)s a point.") % shown
    if told["in_full"] == told["supporters"]:
        return _("All %(all)s supporters paid %(amount)s each.") % shown
    return _("%(number)s of %(all)s supporters paid %(amount)s each, the others what they had left.") % shown


def groupings(words: Wording, analysis: Mapping) -> list[dict[str, Any]]:
    """Return for each known attribute of voters a table: share of the voters, share of the money, projects per voter."""
    return [
        {
            "name": COLUMNS.get(told["column"], told["column"].replace("_", " ").capitalize()),
            "rows": [_group(words, analysis, group) for group in _all_groups(told)],
        }
        for told in analysis["groupings"]
    ]


def _all_groups(told: Mapping) -> Sequence[Mapping]:
    return [*told["groups"], *([told["untold"]] if told["untold"] else [])]


def _group(words: Wording, analysis: Mapping, group: Mapping) -> dict[str, Any]:
    spent = float(Decimal(analysis["spent"])) or 1.0
    of_voters = group["voters"] / (analysis["voters"] or 1)
    of_money = float(Decimal(group["paid"])) / spent
    return {
        "label": LABELS.get(group["label"], group["label"]) or _("not told, or too few to tell"),
        "voters": group["voters"],
        "of_voters": percent(of_voters, 1),
        "voters_share": of_voters,
        "paid": words.money(group["paid"]),
        "of_money": percent(of_money, 1),
        "money_share": of_money,
        "projects": number(group["projects_per_voter"], 1),
        "nothing": percent(group["with_nothing"], group["voters"]),
    }


def overlap(words: Wording, analysis: Mapping) -> dict[str, Any]:
    """Return who shares voters: the pairs with most overlap in sentences, and the cells of a matrix."""
    told = analysis["overlap"]
    codes, both = told["projects"], told["both"]
    if len(codes) < 2:
        return {}
    pairs = sorted(
        (
            (both[a][b] / min(both[a][a], both[b][b]), a, b)
            for a in range(len(codes))
            for b in range(a)
            if both[a][b]
        ),
        reverse=True,
    )[:_MOST_PAIRS]
    titles = [words.titles.get(code, code) for code in codes]
    return {
        "pairs": [
            {
                "first": titles[first],
                "second": titles[second],
                "voters": both[first][second],
                "share": share,
                "percent": percent(share, 1),
            }
            for share, a, b in pairs
            for first, second in [(a, b) if both[a][a] <= both[b][b] else (b, a)]
        ],
        "rows": [
            {
                "number": a + 1,
                "title": titles[a],
                "cells": [
                    {
                        "percent": percent(both[a][b], both[a][a]),
                        "radius": f"{9 * (both[a][b] / (both[a][a] or 1)) ** 0.5:.1f}",
                        "is_itself": a == b,
                    }
                    for b in range(len(codes))
                ],
            }
            for a in range(len(codes))
        ],
    }


def effective_votes(words: Wording, analysis: Mapping) -> dict[str, Any]:
    """Return the effective votes of each project that mattered, round by round, with the line of a small chart."""
    told = analysis["effective"]
    rounds = told["rounds"][:_MOST_ROUNDS_IN_TABLE]
    if not rounds:
        return {}
    most = max((max(votes) for votes in told["votes"]), default=0) or 1
    rows = []
    for code, votes in zip(told["projects"], told["votes"], strict=True):
        shown = votes[: len(rounds)]
        won = code in told["rounds"]
        if won and code not in rounds:
            continue
        at = rounds.index(code) if won else len(rounds) - 1
        line = shown[: at + 1]
        step = 100 / max(len(rounds) - 1, 1)
        rows.append(
            {
                "title": words.titles.get(code, code),
                "won_at": at if won else None,
                "cells": [
                    {"value": number(value), "won": won and place == at} if place <= at else {"value": ""}
                    for place, value in enumerate(shown)
                ],
                "points": " ".join(
                    f"{n * step:.1f},{30 - 28 * value / most:.1f}" for n, value in enumerate(line)
                ),
                "end_x": f"{(len(line) - 1) * step:.1f}",
                "end_y": f"{30 - 28 * line[-1] / most:.1f}",
            }
        )
    return {
        "rounds": [at + 1 for at in range(len(rounds))],
        "rows": rows,
        "is_cut": len(told["rounds"]) > len(rounds),
    }


def compared(
    words: Wording, counts: Sequence[tuple[str, Mapping, Sequence[str]]], order: Sequence[str]
) -> dict[str, Any]:
    """Return rules side by side: (name, analysis, winners) for each; figures first, then each project that any of them funds."""
    figures = [
        (_("Projects funded"), [number(told["funded"]) for _name, told, _w in counts]),
        (_("Spent"), [words.money(told["spent"]) for _name, told, _w in counts]),
        (
            _("Voters with at least one funded project"),
            [percent(told["voters"] - told["with_nothing"], told["voters"]) for _name, told, _w in counts],
        ),
        (
            _("Funded projects per voter"),
            [number(told["projects_per_voter"], 1) for _name, told, _w in counts],
        ),
    ]
    sets = [frozenset(winners) for _name, _told, winners in counts]
    funded = [code for code in order if any(code in winners for winners in sets)]
    funded.sort(key=lambda code: -sum(code in winners for winners in sets))
    return {
        "names": [name for name, _told, _winners in counts],
        "figures": figures,
        "rows": [
            {
                "title": words.titles.get(code, code),
                "wins": [code in winners for winners in sets],
                "all": all(code in winners for winners in sets),
            }
            for code in funded
        ],
    }


def name_of(spec: Mapping) -> str:
    return str(RULE_NAMES.get(spec["rule"], spec["rule"]))
