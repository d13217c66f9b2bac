"""Whole sentences about a count, made from its data: why a project won or lost, by which rule, and what differs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from participation.foundation.money import format_money

# What the counting library calls them -> our words. `%(votes)s` is "12 votes" or "30 points".
REASONS = {
    "funded": gettext_lazy(
        "With %(votes)s it was number %(rank)s on the list, and its cost fitted into the %(money_before)s left."
    ),
    "does-not-fit": gettext_lazy(
        "With %(votes)s it was number %(rank)s on the list, but only %(money_left)s was left and it costs %(cost)s."
    ),
    "lost-tie": gettext_lazy(
        "It was level with %(tied_with)s, and the tie rule took that first. After that only %(money_left)s was left."
    ),
    "after-stop": gettext_lazy(
        "With %(votes)s it was number %(rank)s on the list. The count ended before it, at %(stopped_by)s, whose cost "
        "no longer fitted."
    ),
    "below-threshold": gettext_lazy("With %(votes)s it stayed below the %(threshold)s that a project needs."),
    "over-budget": gettext_lazy("It costs %(cost)s, more than the whole amount of %(budget)s."),
    "no-support": gettext_lazy("Nobody supported it."),
    "shares-funded": gettext_lazy(
        "Its %(supporters)s paid for it together in round %(round)s, each with at most about %(share)s of an equal share "
        "of %(endowment)s."
    ),
    "shares-funded-by-points": gettext_lazy(
        "Its %(supporters)s paid for it together in round %(round)s, each with at most about %(share)s a point from an "
        "equal share of %(endowment)s."
    ),
    "shares-free": gettext_lazy("It costs nothing and has %(supporters)s."),
    "shares-missing": gettext_lazy(
        "Its %(supporters)s had %(supporters_money)s of their shares left together, %(missing)s less than it costs."
    ),
    "completion-funded": gettext_lazy(
        "Its supporters could not pay for it from their shares, but with %(votes)s it was next when the rest of the money "
        "was given out, and %(money_before)s was left."
    ),
    "completion-does-not-fit": gettext_lazy(
        "Its %(supporters)s had %(supporters_money)s of their shares left together, and of the rest of the money only "
        "%(money_left)s remained when its turn came."
    ),
    "fixed": gettext_lazy("It was fixed as a winner before the vote."),
    "excluded": gettext_lazy("It cannot be built beside %(excluded_by)s, which was funded first."),
    "needs-others": gettext_lazy("It needs %(needs)s, which was not funded before it."),
    "quota-money": gettext_lazy("For “%(quota)s” only %(left)s was left, and it costs %(cost)s."),
    "quota-projects": gettext_lazy("“%(quota)s” may have no more than %(most)s projects."),
    "funded-without-support": gettext_lazy(
        "Nobody supported it, but its cost still fitted into the %(money_before)s left at the end."
    ),
    "phragmen-funded": gettext_lazy(
        "Its %(supporters)s could pay for it together in round %(round)s, when every voter had been given %(load)s."
    ),
    "phragmen-stopped": gettext_lazy(
        "It was next, when every voter would have been given %(load)s, but only %(money_left)s was left. There the count ended."
    ),
    "phragmen-too-late": gettext_lazy(
        "The count ended at %(stopped_by)s, whose cost no longer fitted, when every voter had been given %(load)s. "
        "Its %(supporters)s would have needed %(needed)s each."
    ),
    "maximin-funded": gettext_lazy(
        "With it, in round %(round)s, the costs could be spread so evenly that no supporter bore more than %(load)s."
    ),
    "maximin-does-not-fit": gettext_lazy(
        "Others let the costs be spread more evenly, and after them only %(money_left)s was left."
    ),
}
_MONEY = (
    "cost",
    "budget",
    "money_before",
    "money_left",
    "share",
    "endowment",
    "supporters_money",
    "missing",
    "left",
    "load",
    "needed",
)

COMPARISONS = {
    "no-official-result": gettext_lazy("The file does not say which projects won."),
    "no-official-winner": gettext_lazy(
        "The file marks no project as a winner; the official result seems to be missing."
    ),
    "same": gettext_lazy("Our count under the rule “%(rule)s” names exactly the official winners."),
    "same-with-extra": gettext_lazy(
        "Our count under the rule “%(rule)s” names exactly the projects won by that rule; %(extra)s won officially "
        "through extra money or a local rule."
    ),
    "rule-unknown": gettext_lazy(
        "The file does not say which rule was used; we counted by score, and the official winners differ."
    ),
    "votes-missing": gettext_lazy(
        "The winners differ because votes that counted officially are not in the file: %(comment)s"
    ),
    "exclusions-missing": gettext_lazy(
        "The winners differ because some projects excluded each other, and the file does not say which. %(comment)s"
    ),
    "tie": gettext_lazy(
        "The winners differ only between projects that were exactly level; the city broke the tie in another way."
    ),
    "local-rule": gettext_lazy("The winners differ; the file explains the local rule: %(comment)s"),
    "custom-rule": gettext_lazy(
        "The winners differ; the city used a rule of its own, “%(rule)s”, which the file does not describe."
    ),
    "different": gettext_lazy("The winners differ, and the file gives no reason."),
}

_TIES = {
    "lexicographic": gettext_lazy(
        "If projects are exactly level, the one whose number comes first as text goes first."
    ),
    "cost-score-name": gettext_lazy(
        "If projects are exactly level, the cheaper one goes first, then the one with more votes, then the one whose "
        "number comes first as text."
    ),
    "cost-votes-lot": gettext_lazy(
        "If projects are exactly level, the cheaper one goes first, then the one with more votes, then a lot decides that "
        "was drawn and published before voting opened."
    ),
}

RULE_NAMES = {
    "greedy": gettext_lazy("most votes first"),
    "equal-shares": gettext_lazy("method of equal shares"),
    "phragmen": gettext_lazy("sequential Phragmén"),
    "maximin": gettext_lazy("maximin support"),
}


@dataclass(frozen=True)
class Wording:
    """What sentences about one area need: the currency, the projects' titles by code, and whether points were given."""

    currency: str
    titles: Mapping[str, str] = field(default_factory=dict)
    with_points: bool = False

    def score(self, number: int) -> str:
        """Return "12 votes" or "30 points"."""
        shown = {"number": number_format(number, force_grouping=True)}
        if self.with_points:
            return ngettext("%(number)s point", "%(number)s points", number) % shown
        return ngettext("%(number)s vote", "%(number)s votes", number) % shown

    def money(self, text: object) -> str:
        """Return decimal text of the currency as an amount in writing."""
        return format_money(int(Decimal(str(text)) * 100), self.currency)

    def project(self, code: str) -> str:
        return f"“{self.titles.get(code, code)}”"

    def reason(self, reason: Mapping) -> str:
        """Return why a project won or lost, in one or two sentences."""
        shown: dict[str, object] = {
            key: self.money(value) if key in _MONEY else value
            for key, value in reason.items()
            if key != "kind"
        }
        if "score" in reason:
            shown["votes"] = self.score(reason["score"])
        if "threshold" in reason:
            shown["threshold"] = self.score(reason["threshold"])
        if "supporters" in reason:
            number = reason["supporters"]
            shown["supporters"] = ngettext("%(number)s supporter", "%(number)s supporters", number) % {
                "number": number_format(number, force_grouping=True)
            }
        if "tied_with" in reason:
            shown["tied_with"] = ", ".join(self.project(code) for code in reason["tied_with"])
        if "needs" in reason:
            shown["needs"] = ", ".join(self.project(code) for code in reason["needs"])
        for key in ("stopped_by", "excluded_by"):
            if key in reason:
                shown[key] = self.project(reason[key])
        return str(REASONS[reason["kind"]]) % shown

    def comparison(self, told: Mapping) -> str:
        """Return our winners beside the official ones of an imported file, in a sentence."""
        shown = dict(told["numbers"])
        shown["extra"] = ", ".join(self.project(code) for code in told["extra"])
        return str(COMPARISONS[told["kind"]]) % shown

    def tie(self, tie: Mapping) -> str:
        """Return which projects a tie that mattered was between, in the order in which they were taken."""
        return ", ".join(self.project(code) for code in tie["projects"])

    def rule(self, spec: Mapping, details: Mapping) -> list[str]:
        """Return the rule of a count in plain sentences, tie rule last."""
        return [
            *(_greedy(self, spec) if spec["rule"] == "greedy" else _equal_shares(self, spec, details)),
            str(_TIES[spec["ties"]]),
        ]


def _threshold(words: Wording, spec: Mapping) -> list[str]:
    if not spec["threshold"]:
        return []
    return [_("A project needs at least %(score)s.") % {"score": words.score(spec["threshold"])}]


def _greedy(words: Wording, spec: Mapping) -> list[str]:
    by_cost = spec["utility"] in ("cardinality", "points")
    if by_cost:
        first = _("The projects are put in order by what they got for each unit of their cost, most first.")
    elif words.with_points:
        first = _("The projects are put in order by their points, most first.")
    else:
        first = _("The projects are put in order by their votes, most first.")
    then = (
        _(
            "Going down the list, each project is funded whose cost still fits into the money left; others are passed over."
        )
        if spec["skip"]
        else _(
            "Going down the list, each project is funded until one no longer fits into the money left; there it ends."
        )
    )
    return [first, then, *_threshold(words, spec)]


def _equal_shares(words: Wording, spec: Mapping, details: Mapping) -> list[str]:
    told = [
        _(
            "The money is shared equally among all who voted. A project is funded when its supporters can pay for it together."
        ),
        _("In each round the project goes first that costs each of its supporters least for what they gain."),
    ]
    if "add1" in spec["completion"] and "endowment" in details:
        told.append(
            _(
                "Each share began as %(first)s and was raised to %(last)s, as far as the money for funded projects reaches."
            )
            % {"first": words.money(details["endowment_at_first"]), "last": words.money(details["endowment"])}
        )
    if spec["completion"].endswith("utilitarian"):
        told.append(_("What is left after that goes to the projects with most votes whose cost still fits."))
    return told + _threshold(words, spec)


def command_line(file_name: str, spec: Mapping) -> str:
    """Return the command with which anybody repeats a count from the downloaded file."""
    words = [
        "python -m budgeting.counting",
        file_name,
        f"--rule {spec['rule']}",
        f"--utility {spec['utility']}",
    ]
    words += [f"--completion {spec['completion']}", f"--ties {spec['ties']}"]
    if spec["seed"]:
        words.append(f"--seed {spec['seed']}")
    if spec["threshold"]:
        words.append(f"--threshold {spec['threshold']}")
    if not spec["skip"]:
        words.append("--no-skip")
    return " ".join([*words, "--json"])
