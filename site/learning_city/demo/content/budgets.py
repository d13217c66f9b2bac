"""The four participatory budgets of the demo city: areas, money, rules and the words on their pages."""

from functools import cache

from learning_city.demo.content.facts import CITY_WIDE, Budget, BudgetArea, prose
from learning_city.demo.content.geography import neighbourhoods

APPROVAL, KNAPSACK = "approval", "knapsack"
EQUAL_SHARES, GREEDY = "equal-shares", "greedy"

_HOW_IT_WORKS = """
    Anyone who lives in Aldermouth may propose a learning project: something people will be able to do afterwards that
    they cannot do now. Say who will learn, what it costs and where it happens. We help with the figures.

    City officers check each proposal: is it legal, is it possible, what does it really cost? They do not judge whether
    it is a good idea. Each refusal has a reason that everybody can read.

    Then you vote, on the web, at a desk in any library, or on paper. All routes count the same. You may change your
    vote until voting closes.

    The count can be repeated by anyone from the published file. Funded projects report what became of the money and
    of the learning.
"""


def _area(slug: str, amount_euros: int, ballot: str, max_choices: int | None, rule: str) -> BudgetArea:
    names = {neighbourhood.slug: neighbourhood.name for neighbourhood in neighbourhoods()}
    return BudgetArea(
        slug=slug,
        name=names.get(slug, "Whole city"),
        neighbourhood="" if slug == CITY_WIDE else slug,
        amount_cents=amount_euros * 100,
        ballot=ballot,
        max_choices=max_choices,
        rule=rule,
    )


@cache
def budgets() -> dict[str, Budget]:
    """The budgets by key; the key is what `Proposal.budget` refers to."""
    found = (
        Budget(
            key="2026",
            slug="budget",
            title="Learning Budget 2026",
            stage="voting",
            summary="You decide which learning projects Aldermouth pays for: 400,000 euros for the whole city and "
            "195,000 for three neighbourhoods.",
            intro=prose("""
                Forty-one ideas came in, thirty of them as finished proposals. Twenty-six are on the ballot: a music
                school in a bus, reading rooms without a sign on the door, a swimming course for every nine-year-old in
                Northfields.

                Everybody votes for projects of the whole city. Residents of Northfields, The Saltings and Tramsheds
                have a second ballot for their own neighbourhood; next year it is the turn of all the others.
            """),
            how_it_works=prose(_HOW_IT_WORKS),
            phase_notes={
                "submission": "Everybody could propose a project, with help at the libraries' advice evenings.",
                "review": "City officers checked law, place and cost, and gave public reasons.",
                "voting": "Verified residents from sixteen on vote. You may change your vote until the last minute.",
                "counting": "The ballot box is sealed, counted and published for anyone to count again.",
                "implementation": "Funded projects begin in spring and report here what people have learned.",
            },
            areas=(
                _area(CITY_WIDE, 400_000, APPROVAL, 5, EQUAL_SHARES),
                _area("northfields", 90_000, KNAPSACK, None, GREEDY),
                _area("the-saltings", 50_000, APPROVAL, 2, EQUAL_SHARES),
                _area("tramsheds", 55_000, KNAPSACK, None, EQUAL_SHARES),
            ),
        ),
        Budget(
            key="2027",
            slug="budget-next",
            title="Learning Budget 2027",
            stage="submission",
            summary="What should people in Aldermouth be able to learn next? Propose a project for your neighbourhood "
            "or for the whole city.",
            intro=prose("""
                The call is open. You do not need to be an expert, a club or good at spelling. You need an idea of what
                people will learn, and somebody who would teach it.

                This time all ten neighbourhoods have money of their own: 40,000 euros each, and 350,000 for the whole
                city. Your draft is saved while you think. Advice evenings take place in every branch library, and the
                officers answer by e-mail and by telephone.
            """),
            how_it_works=prose(_HOW_IT_WORKS),
            phase_notes={
                "submission": "Propose, comment and support. You may change or withdraw your proposal until the end.",
                "review": "City officers check law, place and cost, and talk with you before they refuse anything.",
                "voting": "Verified residents from sixteen on vote, for the city and for their own neighbourhood.",
                "counting": "The ballot box is sealed, counted and published for anyone to count again.",
                "implementation": "Funded projects begin and report here what people have learned.",
            },
            areas=(
                _area(CITY_WIDE, 350_000, APPROVAL, 5, EQUAL_SHARES),
                *(
                    _area(neighbourhood.slug, 40_000, KNAPSACK, None, EQUAL_SHARES)
                    for neighbourhood in neighbourhoods()
                ),
            ),
        ),
        Budget(
            key="2025",
            slug="budget-2025",
            title="Learning Budget 2025",
            stage="implementation",
            summary="40,000 residents shared out 600,000 euros among twenty-four projects. See what won, why, and what "
            "people have learned so far.",
            intro=prose("""
                For the first time more than a fifth of all who may vote took part, and for the first time we counted by
                the Method of Equal Shares: every voter has the same share of the money, and a project wins when those
                who want it can pay for it together. So large groups got much, and small groups got something.

                Below is each project with the reason why it won or lost, in numbers and in a sentence. The ballots can
                be downloaded. Please count them again.
            """),
            how_it_works=prose(_HOW_IT_WORKS),
            phase_notes={
                "submission": "Sixty-two ideas came in, thirty-three became proposals.",
                "review": "Twenty-four proposals were found feasible.",
                "voting": "Voting took three weeks: on the web, at the libraries' desks and on paper.",
                "counting": "The count was made in public in the Central Library, and repeated by two schools.",
                "implementation": "The funded projects are at work and report here.",
            },
            areas=(_area(CITY_WIDE, 600_000, APPROVAL, 5, EQUAL_SHARES),),
            ballots=40_000,
            ballot_seed=2025,
            ballot_style="five",
        ),
        Budget(
            key="2024-youth",
            slug="youth-budget-2024",
            title="Youth Budget 2024",
            stage="finished",
            summary="30,000 euros, proposed, voted on and spent by people between twelve and twenty.",
            intro=prose("""
                The Youth Council wanted to know whether it works. It does: eight projects, 1,240 voters, a welding
                course, a rehearsal room and three hundred plates without noodles. This little budget is why there is a
                big one now.
            """),
            how_it_works=prose("""
                Whoever was between twelve and twenty could propose and vote, in the schools or on the web. Everybody
                had three votes. The projects with the most votes won until the money was spent.
            """),
            phase_notes={
                "submission": "Fourteen ideas came from eleven schools and one bus stop.",
                "review": "The Youth Council and a patient officer checked the costs.",
                "voting": "Voting was for one week in June.",
                "counting": "Counted aloud on the steps of City Hall.",
                "implementation": "All funded projects are finished.",
            },
            areas=(_area(CITY_WIDE, 30_000, APPROVAL, 3, GREEDY),),
            ballots=1_240,
            ballot_seed=2024,
            ballot_style="three",
        ),
    )
    return {budget.key: budget for budget in found}
