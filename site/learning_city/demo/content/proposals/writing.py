"""How the proposals of the demo city are written down, and the vocabulary they share."""

from learning_city.demo.content.facts import CITY_WIDE, Proposal, prose
from learning_city.demo.content.pictures import picture_alt

CATEGORIES: dict[str, str] = {
    "digital": "Digital life",
    "language": "Languages",
    "reading": "Reading and writing",
    "families": "Families",
    "nature": "Nature and food",
    "making": "Making and repairing",
    "culture": "Music, stage and history",
    "health": "Health and care",
    "work": "Work and money",
    "moving": "Sport and getting around",
    "science": "Science and technology",
    "community": "Living together",
}

# The twelve focal areas under which the Key Features of Learning Cities (UNESCO, Beijing 2013) are grouped.
FOCAL_AREAS: dict[str, str] = {
    "1.1": "Empowered individuals and social cohesion",
    "1.2": "Economic and cultural prosperity",
    "1.3": "Sustainable development",
    "2.1": "Inclusive learning in the education system",
    "2.2": "Learning in families and communities",
    "2.3": "Learning for and in the workplace",
    "2.4": "Modern learning technologies",
    "2.5": "Quality in learning",
    "2.6": "A culture of learning throughout life",
    "3.1": "Political will and commitment",
    "3.2": "Participation of all stakeholders",
    "3.3": "Resources well used",
}


def write(
    budget: str,
    slug: str,
    title: str,
    summary: str,
    description: str,
    *,
    goal: str,
    learners: int,
    audience: str,
    euros: int,
    venue: str,
    author: str,
    category: str,
    motif: str,
    features: str,
    area: str = CITY_WIDE,
    organisation: str = "",
    sdgs: tuple[int, ...] = (4,),
    status: str = "accepted",
    review: str = "",
    reviewed_euros: int | None = None,
    popularity: float = 1.0,
) -> Proposal:
    """A proposal from hand-wrapped text; `features` lists focal areas ("1.1 2.2"), money is whole euros."""
    return Proposal(
        slug=slug,
        budget=budget,
        title=title,
        summary=prose(summary),
        description=prose(description),
        learning_goal=prose(goal),
        learners=learners,
        audience=audience,
        cost_cents=euros * 100,
        area=area,
        venue=venue,
        author=author,
        organisation=organisation,
        category=category,
        motif=motif,
        alt=picture_alt(motif),
        seed=sum(ord(letter) * (place + 1) for place, letter in enumerate(slug)),
        key_features=tuple(features.split()),
        sdgs=sdgs,
        status=status,
        review=prose(review),
        reviewed_cost_cents=None if reviewed_euros is None else reviewed_euros * 100,
        popularity=popularity,
    )
