"""Plain English sentences for the reasons of a count."""

from collections.abc import Mapping

SENTENCES = {
    "funded": "Funded: place {rank} with a score of {score}; it cost {cost} and {money_before} was left.",
    "does-not-fit": "Not funded: place {rank} with a score of {score}; it cost {cost} but only {money_left} was left.",
    "lost-tie": (
        "Not funded: it was level with {tied_with}, and the tie rule took that first. "
        "It cost {cost} and {money_left} was left after that."
    ),
    "after-stop": (
        "Not funded: place {rank} with a score of {score}. The count ended before it, "
        "at project {stopped_by}, which no longer fitted the budget."
    ),
    "below-threshold": "Not funded: its score of {score} is below the {threshold} that a project needs.",
    "over-budget": "Not funded: it costs {cost}, more than the whole budget of {budget}.",
    "no-support": "Not funded: nobody supported it.",
    "shares-funded": (
        "Funded in round {round}: its {supporters} supporters paid the {cost} together, "
        "each up to about {share} from an equal share of {endowment}."
    ),
    "shares-funded-by-points": (
        "Funded in round {round}: its {supporters} supporters paid the {cost} together, "
        "each up to about {share} for a point from an equal share of {endowment}."
    ),
    "shares-free": "Funded: it costs nothing and has {supporters} supporters.",
    "shares-missing": (
        "Not funded: its {supporters} supporters had {supporters_money} left together, {missing} less than its cost of {cost}."
    ),
    "completion-funded": (
        "Funded with the money left over: its supporters could not pay for it from their shares, "
        "but it was next by score ({score}); it cost {cost} and {money_before} was left."
    ),
    "completion-does-not-fit": (
        "Not funded: its {supporters} supporters had {supporters_money} of the {cost} left together, "
        "and of the money left over only {money_left} remained when its turn came."
    ),
    "fixed": "Funded: it was fixed as a winner before the vote; it cost {cost}.",
    "excluded": "Not funded: it excludes {excluded_by}, which was funded first.",
    "needs-others": "Not funded: it needs {needs}, which was not funded before it.",
    "quota-money": "Not funded: it cost {cost}, but for {quota} only {left} was left.",
    "quota-projects": "Not funded: {quota} may have no more than {most} projects.",
    "funded-without-support": (
        "Funded: nobody supported it, but its cost of {cost} still fitted into the {money_before} left at the end."
    ),
    "phragmen-funded": (
        "Funded in round {round}: its {supporters} supporters could pay the {cost} together "
        "when every voter had been given {load}."
    ),
    "phragmen-stopped": (
        "Not funded: it was next, when every voter would have been given {load}, but it cost {cost} and only "
        "{money_left} was left. With that the count ended."
    ),
    "phragmen-too-late": (
        "Not funded: the count ended when {stopped_by} no longer fitted the budget, after every voter had been given {load}. "
        "Its {supporters} supporters would have needed {needed} each."
    ),
    "maximin-funded": (
        "Funded in round {round}: with it the costs could be spread over supporters so that nobody bore more than {load}; "
        "it cost {cost}."
    ),
    "maximin-does-not-fit": (
        "Not funded: others let the costs be spread more evenly, and after them only {money_left} was left. It cost {cost}."
    ),
}


def sentence(kind: str, numbers: Mapping[str, int | str | list[str]]) -> str:
    """Return the sentence for one kind of reason with its numbers filled in."""
    shown = {key: ", ".join(value) if isinstance(value, list) else value for key, value in numbers.items()}
    return SENTENCES[kind].format_map(shown)
