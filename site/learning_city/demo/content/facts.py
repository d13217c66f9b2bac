"""Shapes of the demo city's facts: plain frozen records, no framework."""

from dataclasses import dataclass
from textwrap import dedent
from typing import Any

CITY_WIDE = "city-wide"


def prose(text: str) -> str:
    """Unwrap hand-wrapped source text: paragraphs stay apart by one blank line, single line breaks vanish."""
    blocks = dedent(text).strip().split("\n\n")
    return "\n\n".join(" ".join(block.split()) for block in blocks)


@dataclass(frozen=True)
class Neighbourhood:
    """One of the ten parts of the city; `boundary` is a GeoJSON Polygon in EPSG:4326."""

    slug: str
    name: str
    boundary: dict[str, Any]
    population: dict[str, int]
    description: str

    @property
    def inhabitants(self) -> int:
        return sum(self.population.values())


@dataclass(frozen=True)
class Venue:
    """A named address in the city; `longitude` and `latitude` are EPSG:4326 degrees."""

    slug: str
    name: str
    address: str
    neighbourhood: str
    longitude: float
    latitude: float


@dataclass(frozen=True)
class Person:
    """A fictional resident; `role` says what the demo lets this person do."""

    slug: str
    name: str
    email: str
    neighbourhood: str
    role: str
    birth_year: int
    about: str = ""
    language: str = "en"
    verified: bool = True


@dataclass(frozen=True)
class Organisation:
    """A community group, school, firm or institution with the people who act for it."""

    slug: str
    name: str
    kind: str
    description: str
    neighbourhood: str
    venue: str
    people: tuple[str, ...]
    email: str


@dataclass(frozen=True)
class Proposal:
    """A learning project somebody asks the city to pay for; costs are whole cents of a euro."""

    slug: str
    budget: str
    title: str
    summary: str
    description: str
    learning_goal: str
    learners: int
    audience: str
    cost_cents: int
    area: str
    venue: str
    author: str
    organisation: str
    category: str
    motif: str
    alt: str
    seed: int
    key_features: tuple[str, ...] = ()
    sdgs: tuple[int, ...] = (4,)
    status: str = "accepted"
    review: str = ""
    reviewed_cost_cents: int | None = None
    popularity: float = 1.0

    @property
    def is_refused(self) -> bool:
        return self.status == "refused"

    @property
    def final_cost_cents(self) -> int:
        """What goes on the ballot: the reviewer's figure where there is one, else the author's estimate."""
        return self.cost_cents if self.reviewed_cost_cents is None else self.reviewed_cost_cents


@dataclass(frozen=True)
class Comment:
    """A remark under a proposal; `reply_to` is the position of the remark it answers, within the proposal."""

    proposal: str
    author: str
    text: str
    day: int
    reply_to: int | None = None


@dataclass(frozen=True)
class Milestone:
    """A promised step of a funded project; `day` counts from the start of the implementation."""

    proposal: str
    title: str
    day: int
    done: bool


@dataclass(frozen=True)
class Update:
    """News from a funded project; `day` counts from the start of the implementation."""

    proposal: str
    author: str
    title: str
    text: str
    day: int


@dataclass(frozen=True)
class Outcome:
    """What people learned in a finished project: planned and reached learners, and a sentence."""

    proposal: str
    learners_reached: int
    text: str


@dataclass(frozen=True)
class BudgetArea:
    """A pot of money with its own ballot; `neighbourhood` is empty for the whole city."""

    slug: str
    name: str
    neighbourhood: str
    amount_cents: int
    ballot: str
    max_choices: int | None
    rule: str


@dataclass(frozen=True)
class Budget:
    """One participatory budget of the demo city with the texts its pages show; texts are paragraphs.

    `stage` is the kind of the phase it is in ("finished" when all are over); `phase_notes` has one sentence for each
    phase. `ballots` voters with `ballot_seed` and `ballot_style` go to `generate_ballots`.
    """

    key: str
    slug: str
    title: str
    stage: str
    summary: str
    intro: str
    how_it_works: str
    phase_notes: dict[str, str]
    areas: tuple[BudgetArea, ...]
    ballots: int = 0
    ballot_seed: int = 0
    ballot_style: str = "five"


@dataclass(frozen=True)
class PageText:
    """An information page: title, lead and sections of heading and paragraphs."""

    slug: str
    title: str
    lead: str
    sections: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class PlaceKind:
    """A kind of learning place; `parent` is the slug of the kind it belongs to, or empty."""

    slug: str
    name: str
    parent: str
    symbol: str
    description: str


@dataclass(frozen=True)
class Place:
    """A learning place. `point` is latitude and longitude in EPSG:4326 degrees; facts not stated are empty.

    `stewards` are slugs of people; `source_key` is set where the place comes from the register of buildings.
    """

    slug: str
    name: str
    kind: str
    summary: str
    description: str
    what_to_learn: str
    topics: tuple[str, ...]
    audiences: tuple[str, ...]
    is_online: bool
    street: str
    postal_code: str
    neighbourhood: str
    point: tuple[float, float] | None
    opening_hours: str
    hours_remark: str
    has_phone: bool
    email: str
    website: str
    cost: str
    languages: str
    step_free: str
    accessible_toilet: str
    hearing_loop: str
    quiet_space: str
    access_note: str
    organisation: str
    stewards: tuple[str, ...]
    motif: str
    verified_by: str
    verified_days_ago: int | None
    source_key: str
    phone: str = ""


@dataclass(frozen=True)
class Registration:
    """A place that waits for a moderator; `person` is a slug, or empty for somebody who came with `email` alone."""

    place: Place
    person: str
    email: str
    message: str
    days_ago: int


@dataclass(frozen=True)
class PlaceChange:
    """Somebody who looks after a place changed it so many days ago; `was` has the facts that stood there before."""

    place: str
    person: str
    was: dict[str, str]
    days_ago: int


@dataclass(frozen=True)
class PlaceError:
    """Somebody says that a place is not as the map says; `kind` as in the form of the map."""

    place: str
    person: str
    kind: str
    text: str
    days_ago: int
