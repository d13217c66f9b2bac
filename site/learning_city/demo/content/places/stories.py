"""What has happened to places: registered and waiting, changed, reported, closed, merged, and twice on the map."""

from functools import partial

from learning_city.demo.content.facts import Place, PlaceChange, PlaceError, Registration
from learning_city.demo.content.places.writing import write

WAITING: tuple[Registration, ...] = (
    Registration(
        write(
            "northfields",
            "The Stairwell Library",
            "library",
            "Shelves on eleven landings of Tower Road 44. The thrillers are on the ninth, for the exercise.",
            at="44 Tower Road",
            learn="Reading, and meeting the people above.",
            topics="reading",
            audience="children families",
            hours="Mo-Su 08:00-20:00",
            cost="free",
            languages="en so",
            access="yn--",
            organisation="rowan-court",
            motif="books",
        ),
        "fatou-diallo",
        "",
        "The caretaker agrees, I have it in writing. The shelves are screwed to the wall.",
        3,
    ),
    Registration(
        write(
            "northfields",
            "Abel's Drone Field",
            "nature",
            "Flying small drones over a meadow where nobody minds, with somebody who knows the law.",
            street="Meadow behind Larch Avenue",
            learn="Flying, landing, asking for permission.",
            topics="science computers",
            audience="young children",
            hours="Sa 14:00-17:00",
            cost="free",
            access="y---",
        ),
        "abel-girma",
        "",
        "I do not have a drone yet. But I have the field.",
        6,
    ),
    Registration(
        write(
            "weirside",
            "Jam and Spanish",
            "home",
            "We cook jam and speak Spanish. Beginners stir.",
            at="18 Weir Lane",
            learn="Spanish verbs and setting points.",
            topics="languages cooking",
            audience="older beginners",
            remark="Wednesdays from six until it sets.",
            reach="e",
            cost="free",
            languages="es en",
        ),
        "",
        "jam.and.spanish@example.org",
        "My daughter says one needs an account for everything nowadays, but apparently not.",
        1,
    ),
    Registration(
        write(
            "old-quay",
            "Quayside Bouldering Loft",
            "sport",
            "Climbing without ropes, three metres up at most, signed and spoken courses.",
            at="40 Net Loft Lane",
            learn="Climbing, falling softly.",
            topics="moving",
            audience="deaf young women",
            hours="Mo-Fr 16:00-22:00; Sa,Su 10:00-18:00",
            cost="paid",
            languages="en",
            access="pp--",
            organisation="deaf-centre",
        ),
        "clara-nyberg",
        "",
        "Opening next month. May we be on the map before the paint is dry?",
        10,
    ),
)

_old_quay = partial(write, "old-quay")
CLOSED: Place = write(
    "tramsheds",
    "Ticket Office Internet Café",
    "digital",
    "Ten computers in the old ticket office.",
    at="3 Station Road",
    learn="Computers for beginners.",
    topics="computers",
    hours="Mo-Fr 10:00-18:00",
    cost="paid",
    seen="staff 700",
)
CLOSED_FOR = "station-hall-learning-desk"
CLOSED_BECAUSE = "The ticket office has become a bakery. The computers, and the man who explains them, moved to the Station Hall."

MERGED: Place = _old_quay(
    "Customs House (Harbour Museum)",
    "museum",
    "Harbour museum in the old customs house.",
    at="2 Fish Quay",
    hours="Tu-Su 10:00-17:00",
    seen="import 800",
)
MERGED_INTO = "customs-house-museum"

# The register of buildings knows the hall by its other name, and nobody has noticed yet.
TWICE: Place = write(
    "orchard-end",
    "Pippin Hall Community Hall",
    "community",
    at="6 Pippin Square",
    hours="Mo-Fr 09:00-12:00,16:00-21:00",
    reach="p",
    access="y---",
    seen="import 62",
    key="RPB-0907",
)
TWICE_AS = "pippin-hall"

# What stood there before; what came instead is what the place says today.
CHANGES: tuple[PlaceChange, ...] = (
    PlaceChange(
        "central-library",
        "vikram-rao",
        {
            "opening_hours": "Mo-Fr 09:00-19:00; Sa 10:00-16:00; PH off",
            "summary": "Four floors of books, tables and patience.",
        },
        140,
    ),
    PlaceChange("central-library", "dmitri-volkov", {"hearing_loop": "no", "phone": "01632 960042"}, 41),
    PlaceChange(
        "tramsheds-branch-library",
        "vikram-rao",
        {"opening_hours": "Mo-Fr 10:00-18:00; PH off", "quiet_space": "no"},
        77,
    ),
    PlaceChange("mill-three-makerspace", "mei-chen", {"step_free": "no", "accessible_toilet": ""}, 30),
    PlaceChange("welcome-house", "layla-haddad", {"languages": "en ar ti so fa tr fr pl ro"}, 260),
    PlaceChange("welcome-house", "amina-warsame", {"opening_hours": "Mo-Fr 09:00-18:00; Sa 10:00-14:00"}, 60),
    PlaceChange(
        "the-book-stairs",
        "citizen",
        {"access_note": "", "summary": "Seventeen steps full of crime novels. Bring an umbrella."},
        33,
    ),
    PlaceChange(
        "repair-cafe-in-the-depot",
        "yusuf-demir",
        {"opening_hours": "Sa[2] 10:00-16:00", "cost": "partly"},
        47,
    ),
    PlaceChange("seafarers-mission", "pedro-carvalho", {"hours_remark": ""}, 26),
    PlaceChange("lantern-hill-lighthouse", "bjorn-hagen", {"cost": "free", "access_note": ""}, 57),
    PlaceChange("lottes-bicycle-yard", "lotte-visser", {"opening_hours": "Mo-Fr 14:00-18:00"}, 22),
)

ERRORS: tuple[PlaceError, ...] = (
    PlaceError(
        "fish-quay-kitchen-school",
        "resident",
        "hours",
        "On Sundays it says eleven, but since summer they have not been there before noon. The fish was there.",
        4,
    ),
    PlaceError(
        "barrow-hall",
        "wanjiru-kamau",
        "access",
        "There is a step at the entrance, about twelve centimetres. I counted patients who stumbled: two.",
        9,
    ),
    PlaceError(
        "pippin-hall-community-hall",
        "",
        "duplicate",
        "Is this not simply Pippin Hall? It has the same door.",
        2,
    ),
)

# Who looks whether places of a neighbourhood are still as the map says.
SCOUTS: dict[str, tuple[str, ...]] = {
    "northfields": ("resident", "henrik-toft"),
    "lantern-hill": ("edith-crane", "sunniva-dahl"),
    "ropewalk": ("paddy-quill",),
    "old-quay": ("dmitri-volkov", "clara-nyberg", "ines-duarte"),
    "tramsheds": ("salma-benali", "gabriel-ionescu"),
    "barrow-heath": ("signe-lauritsen",),
}
# Their people publish without a moderator.
TRUSTED = ("aldermouth-libraries", "technical-college")
