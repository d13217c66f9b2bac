"""What an analysis of a room says: numbers for everybody, with nothing about fewer than five people."""

from dataclasses import asdict, dataclass
from typing import Any

from participation.opinion.votes import Key


@dataclass(frozen=True, slots=True)
class Settings:
    """How much has to be there before something is said; the defaults are those of Polis except for the two marked ours."""

    people_to_show: int = 30
    """Ours: below so many people with a vote, nothing but counts is told."""
    smallest_group: int = 5
    """Ours: smaller groups are not described, nor can their votes be told from the totals."""
    votes_to_group: int = 7
    """Who has seen so many statements (or all there are) is placed in a group, and stays placed."""
    people_to_group: int = 15
    """If fewer have, those who have seen most are placed too until there are so many."""
    most_groups: int = 5
    base_clusters: int = 100
    equal_results: int = 4
    """Another number of groups is shown only after so many analyses in a row have found it."""
    listed: int = 5
    """The length of each list of statements."""
    trials: int = 20
    """How often groups are formed again from half of the statements to see who stays where."""


@dataclass(frozen=True, slots=True)
class Said:
    """How many people agree, disagree and pass; together they have seen the statement."""

    agree: int
    disagree: int
    passed: int

    @property
    def seen(self) -> int:
        """Return how many have seen the statement."""
        return self.agree + self.disagree + self.passed


@dataclass(frozen=True, slots=True)
class StatementResult:
    """What is told about one statement; `groups` has the described groups in the order of `Analysis.groups`."""

    statement: Key
    everybody: Said
    groups: tuple[Said, ...]
    shared_agreement: float
    """Group-informed consensus, 0 to 1: near 1 only if every group agrees."""
    shared_disagreement: float
    gap: float
    """0 to 1: how far the shares of agreement of the two most different groups lie apart."""


@dataclass(frozen=True, slots=True)
class Representative:
    """A statement on which a group differs from all others: of `said` so many, and `times` as likely as the others."""

    statement: Key
    agrees: bool
    said: Said
    times: float
    sure: bool
    """Whether both the share and the difference pass a one-sided test at 90 %."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group of at least five people. `label` stays with a group from one analysis to the next."""

    label: int
    people: int
    centre: tuple[float, float]
    stays: int
    """Of 100 people of this group, so many would be in it too if only half of the statements had been asked."""
    representative: tuple[Representative, ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """The mean place on the map of `people` (at least five) neighbours of one group."""

    x: float
    y: float
    people: int
    label: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """One analysis. It names no person; if `shown` is false, it tells counts only and all lists are empty."""

    shown: bool
    people: int
    """People with at least one vote."""
    missing: int
    """How many more people must vote before results are shown."""
    votes: int
    people_placed: int = 0
    """People with enough votes to be placed in a group, those in groups too small to be described included."""
    too_small: int = 0
    """People in groups too small to be described."""
    explained: tuple[float, float] = (0.0, 0.0)
    """The share of all differences in opinion that the map's two axes show, each 0 to 1."""
    silhouette: float = 0.0
    """How clearly the groups stand apart, -1 to 1: above 0.5 clearly, below 0.25 hardly (Kaufman and Rousseeuw 1990)."""
    stays: int = 0
    """Of 100 people placed, so many would be in the same group if only half of the statements had been asked."""
    groups: tuple[Group, ...] = ()
    dots: tuple[Dot, ...] = ()
    statements: tuple[StatementResult, ...] = ()
    """Every statement that is not set aside, in the order in which they were added."""
    unites: tuple[Key, ...] = ()
    """What all groups agree on, best first."""
    unites_against: tuple[Key, ...] = ()
    """What all groups disagree with, best first."""
    majority: tuple[Key, ...] = ()
    """What most people agree with, whatever their group."""
    majority_against: tuple[Key, ...] = ()
    divides: tuple[Key, ...] = ()
    """On what two groups differ most, and more than chance would have it."""
    engine: int = 1
    """The version of these rules."""

    def as_dict(self) -> dict[str, Any]:
        """Return the same as lists, numbers and text, ready for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Place:
    """Where one person stands: for that person's eyes only. `label` is None without a described group."""

    x: float
    y: float
    label: int | None
    votes: int
    votes_missing: int
    """How many more votes it takes to be placed in a group."""
