"""Learning places of Northfields: the most children of the city, and the fewest places for them."""

from functools import partial

from learning_city.demo.content.facts import Place
from learning_city.demo.content.places.writing import listed, write

_write = partial(write, "northfields")
_listed = partial(listed, "northfields")

PLACES: tuple[Place, ...] = (
    _write(
        "Northfields Pool",
        "sport",
        "Loved and leaking: two pools, four lanes, nine hundred club members.",
        """The roof drips on lane three, so that swimmers there learn to hurry. Courses for women are on Tuesday and
        Thursday evenings behind drawn curtains.""",
        venue="northfields-pool",
        learn="Swimming at any age, lifesaving from twelve.",
        topics="moving health",
        audience="children women families",
        hours="Mo-Fr 06:30-21:00; Sa,Su 09:00-18:00; PH 10:00-16:00",
        reach="pew",
        cost="paid",
        languages="en so ar",
        access="yyny",
        note="A lift lowers you into the water. The leak is marked.",
        organisation="harbour-swimmers",
        motif="swimming",
        seen="steward 38",
    ),
    _write(
        "Long Green Pavilion",
        "community",
        "One room for thirty-three thousand neighbours; please book.",
        venue="long-green",
        learn="Whatever somebody offers: last week Somali, car insurance and the accordion.",
        topics="languages money music",
        audience="families young older newcomers",
        hours="Mo-Fr 14:00-19:00; Sa 10:00-13:00; PH off",
        cost="free",
        languages="en so ur",
        access="yp-n",
        motif="circle",
        seen="scout 410",
    ),
    _write(
        "Block Nine Community Flat",
        "community",
        "Homework in the bedroom, sewing in the kitchen, the freezer for everybody.",
        """Flat 3 on the ground floor, run by the tenants' council since 1998. The bell is broken; knock on the window
        with the geranium.""",
        venue="block-nine",
        learn="Homework, sewing, small repairs, and how to write to a landlord.",
        topics="reading crafts repairing democracy",
        audience="children families women",
        hours="Mo-Th 15:00-18:30; We 15:00-20:30",
        cost="free",
        languages="en so ar fa",
        access="yn-n",
        organisation="rowan-court",
        seen="steward 52",
    ),
    _write(
        "Dariush's Poetry Terminus",
        "home",
        "At the end of the line a bus driver reads a poem while the engine cools.",
        learn="Writing four lines between two departures.",
        topics="reading languages",
        audience="young newcomers",
        remark="Tuesdays and Fridays when the 17:52 arrives, at the Larch Avenue terminus.",
        reach="",
        cost="free",
        languages="fa en",
        access="y---",
        stewards="dariush-kazemi",
        seen="steward 210",
    ),
    _listed("0401", "Northfields Comprehensive School", "school", "7 Larch Avenue", "Mo-Fr 07:30-17:00; PH off", access="y---"),
    _listed("0402", "Tower Road Primary School", "school", "30 Tower Road", "Mo-Fr 07:45-16:00; PH off", access="p---"),
    _listed("0403", "Larch Avenue Nursery", "family", "16 Larch Avenue", "Mo-Fr 06:00-18:00; PH off"),
)  # fmt: skip
