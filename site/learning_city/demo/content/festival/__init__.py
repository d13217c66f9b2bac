"""The festival of learning of the demo city: its own words, its kinds of events, and what happens in nine days."""

from functools import cache

from learning_city.demo.content.festival import growing, making, moving, talking
from learning_city.demo.content.festival.shapes import Event

TITLE = "Festival of Learning"
SUMMARY = "Nine days, seventy hosts, and a city that opens its doors and shows how things are done."
THEME = "Ask somebody who knows"
INTRO = """For nine days Aldermouth is one large classroom without marks. Bakers, bell ringers, nurses and crane operators
let others look over their shoulder, and most of it costs nothing.

Come as you are. Where seats are few you can register; everywhere else you just turn up. Who has no computer calls the
festival desk."""
LAST_YEAR_TITLE = "Festival of Learning, last year"
LAST_YEAR_THEME = "Hands first"
PARTNERS = (
    ("City of Aldermouth", "https://aldermouth.example.org/"),
    ("Aldermouth Libraries", "https://libraries.example.org/"),
    ("Technical College Foundation", ""),
    ("Harbour Savings Bank", ""),
)
PHONE = "+44 1632 960 400"

# slug -> name, colour of the series
KINDS = {
    "workshop": ("Workshop", 1),
    "course": ("Short course", 2),
    "tour": ("Guided tour", 3),
    "talk": ("Talk", 4),
    "open-doors": ("Open doors", 5),
    "concert": ("Concert or show", 6),
    "language-table": ("Language table", 2),
    "reading": ("Reading", 4),
    "come-and-try": ("Come and try", 1),
    "discussion": ("Discussion", 6),
    "walk": ("Walk", 3),
    "advice": ("Advice", 5),
    "exhibition": ("Exhibition", 6),
    "play": ("Play and learn", 1),
    "online": ("Online session", 4),
    "try-it": ("Test and compare", 5),
}
# Who organises what happens at places of these kinds that belong to nobody else: short name -> name.
UMBRELLAS = {
    "faith": ("round-table-of-religions", "Round Table of Religions"),
    "sport": ("aldermouth-sports-association", "Aldermouth Sports Association"),
    "family": ("family-houses", "Family Houses of Aldermouth"),
    "home": ("open-kitchens-and-attics", "Open Kitchens and Attics"),
    "digital": ("digital-alder", "Digital Alder"),
    "college": ("evening-college-association", "Evening College Association"),
    "museum": ("museums-of-aldermouth", "Museums of Aldermouth"),
    "work": ("chamber-of-crafts", "Chamber of Crafts and Trade"),
}


@cache
def events() -> tuple[Event, ...]:
    """Return all events, by what one does there."""
    return (*making.EVENTS, *talking.EVENTS, *moving.EVENTS, *growing.EVENTS)
