"""Everything the demo city is made of: pure facts and small seeded generators, no framework."""

from learning_city.demo.content.ballots import (
    STYLES,
    BallotProject,
    BallotStyle,
    ballot_projects,
    generate_ballots,
    on_ballot,
)
from learning_city.demo.content.budgets import budgets
from learning_city.demo.content.comments import comments
from learning_city.demo.content.facts import CITY_WIDE
from learning_city.demo.content.followup import milestones, outcomes, updates
from learning_city.demo.content.geography import (
    AGE_GROUPS,
    CITY_NAME,
    RIVER_NAME,
    landscape,
    neighbourhoods,
    venues,
)
from learning_city.demo.content.organisations import organisations
from learning_city.demo.content.pages import (
    HOME_INTRO,
    HOME_LEAD,
    HOME_TITLE,
    PLACES_INTRO,
    PLACES_SUMMARY,
    PLACES_TITLE,
    RECOMMENDED,
    pages,
)
from learning_city.demo.content.people import everyone, people, personas
from learning_city.demo.content.pictures import MOTIFS, picture_alt, render_picture
from learning_city.demo.content.places import places
from learning_city.demo.content.proposals import CATEGORIES, FOCAL_AREAS, proposals
from learning_city.demo.content.reviews import reviews

__all__ = [
    "AGE_GROUPS",
    "CATEGORIES",
    "CITY_NAME",
    "CITY_WIDE",
    "FOCAL_AREAS",
    "HOME_INTRO",
    "HOME_LEAD",
    "HOME_TITLE",
    "MOTIFS",
    "PLACES_INTRO",
    "PLACES_SUMMARY",
    "PLACES_TITLE",
    "RECOMMENDED",
    "RIVER_NAME",
    "STYLES",
    "BallotProject",
    "BallotStyle",
    "ballot_projects",
    "budgets",
    "comments",
    "everyone",
    "generate_ballots",
    "landscape",
    "milestones",
    "neighbourhoods",
    "on_ballot",
    "organisations",
    "outcomes",
    "pages",
    "people",
    "personas",
    "picture_alt",
    "places",
    "proposals",
    "render_picture",
    "reviews",
    "updates",
    "venues",
]
