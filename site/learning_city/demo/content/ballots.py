"""Believable approval ballots from a seed: popular projects, loyal neighbourhoods, tastes, and lengths as in real votes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from learning_city.demo.content.facts import CITY_WIDE, Proposal
from learning_city.demo.content.geography import neighbourhoods, venues
from learning_city.demo.content.proposals import CATEGORIES, proposals


@dataclass(frozen=True)
class BallotProject:
    """What the generator knows of a project; `neighbourhood` is None where nobody is nearer than others."""

    popularity: float
    neighbourhood: int | None = None
    taste: int = 0


@dataclass(frozen=True)
class BallotStyle:
    """How many projects people tick: the share of ballots with 1, 2, ... choices up to the limit."""

    lengths: tuple[float, ...]
    local_loyalty: float
    taste_strength: float

    @property
    def limit(self) -> int:
        return len(self.lengths)


# Shares of ballot lengths follow public Pabulib data: Lodz 2022 (limit 5), Gdynia 2024 (limit 3), Warsaw 2022
# Bielany (limit 15).
STYLES: dict[str, BallotStyle] = {
    "five": BallotStyle((0.16, 0.09, 0.11, 0.14, 0.50), 2.6, 1.9),
    "three": BallotStyle((0.27, 0.11, 0.62), 2.2, 1.6),
    "fifteen": BallotStyle(
        (0.11, 0.05, 0.035, 0.03, 0.035, 0.02, 0.03, 0.025, 0.025, 0.03, 0.025, 0.025, 0.02, 0.025, 0.515),
        2.6,
        1.6,
    ),
}
_CHUNK = 8_000


def generate_ballots(
    projects: Sequence[BallotProject],
    voters: int,
    seed: int,
    style: str = "five",
    *,
    neighbourhood_weights: Sequence[float] | None = None,
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield one (neighbourhood index, ascending project indexes) per voter; same arguments, same ballots.

    Each voter ranks the projects by popularity times loyalty times taste with Gumbel noise (so a project is picked
    in proportion to its weight) and ticks as many as the style's lengths say. `neighbourhood_weights` defaults to the
    inhabitants of the ten neighbourhoods who are old enough.
    """
    import numpy as np

    habit = STYLES[style]
    shares = np.array(neighbourhood_weights or _electorate(), dtype=float)
    rng = np.random.default_rng(seed)
    weights = np.log(np.array([project.popularity for project in projects], dtype=float))
    homes = np.array([-1 if project.neighbourhood is None else project.neighbourhood for project in projects])
    tastes = np.array([project.taste for project in projects])
    taste_count = int(tastes.max()) + 1
    limit = min(habit.limit, len(projects))
    steps = np.cumsum(habit.lengths)
    home_steps = np.cumsum(shares / shares.sum())
    for start in range(0, voters, _CHUNK):
        count = min(_CHUNK, voters - start)
        home = np.minimum(np.searchsorted(home_steps, rng.random(count), side="right"), len(shares) - 1)
        taste = rng.integers(0, taste_count, size=(count, 2))
        length = np.minimum(np.searchsorted(steps, rng.random(count) * steps[-1], side="right") + 1, limit)
        score = weights - np.log(-np.log(rng.random((count, len(projects))) + 1e-300))
        score += np.log(habit.local_loyalty) * (homes[None, :] == home[:, None])
        liked = (tastes[None, :] == taste[:, :1]) | (tastes[None, :] == taste[:, 1:])
        score += np.log(habit.taste_strength) * liked
        order = np.argsort(-score, axis=1, kind="stable")[:, :limit]
        for voter_home, ticks, ranked in zip(home.tolist(), length.tolist(), order.tolist(), strict=True):
            yield voter_home, tuple(sorted(ranked[:ticks]))


def ballot_projects(on_ballot: Sequence[Proposal]) -> tuple[BallotProject, ...]:
    """What the generator needs of proposals, in their order; a place in the neighbourhood is what makes it near."""
    index = {neighbourhood.slug: position for position, neighbourhood in enumerate(neighbourhoods())}
    tastes = {category: position for position, category in enumerate(CATEGORIES)}
    return tuple(
        BallotProject(
            popularity=proposal.popularity,
            neighbourhood=index[venues()[proposal.venue].neighbourhood],
            taste=tastes[proposal.category],
        )
        for proposal in on_ballot
    )


def on_ballot(budget: str, area: str = CITY_WIDE) -> tuple[Proposal, ...]:
    """The accepted proposals of one area of a budget, in their order."""
    return tuple(
        proposal for proposal in proposals(budget) if proposal.area == area and proposal.status == "accepted"
    )


def _electorate() -> tuple[float, ...]:
    """Inhabitants of each neighbourhood from sixteen on (about a sixth of the group from 6 to 17)."""
    return tuple(
        people["6-17"] / 6 + people["18-29"] + people["30-64"] + people["65+"]
        for people in (neighbourhood.population for neighbourhood in neighbourhoods())
    )
