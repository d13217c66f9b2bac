"""The committees of the demo city: who sits where since when, and what they are for."""

from dataclasses import dataclass, field
from functools import cache

from learning_city.demo.content.facts import prose


@dataclass(frozen=True)
class SeatText:
    """A seat and who has it; `person` is a slug, empty for a vacant one. Days count back from today."""

    role: str
    person: str = ""
    title: str = ""
    since_days: int = 400
    ends_in_days: int | None = 330
    interest: str = ""


@dataclass(frozen=True)
class CommitteeText:
    """One committee. `asks` are (person, why, number of a vacant seat or None) that wait for an answer."""

    slug: str
    title: str
    kind: str
    privacy: str
    summary: str
    purpose: str
    seats: tuple[SeatText, ...]
    neighbourhood: str = ""
    topic: str = ""
    meets: str = ""
    part_of: str = ""
    quorum: int = 50
    takes_part: tuple[str, ...] = ()
    former: tuple[tuple[str, int, int, str], ...] = ()
    asks: tuple[tuple[str, str, int | None], ...] = ()
    resources: tuple[tuple[str, str], ...] = field(default=())


@cache
def committees() -> tuple[CommitteeText, ...]:
    """The committees in an order in which each stands behind the one it reports to."""
    return (
        CommitteeText(
            "learning-council",
            "Learning Council of Aldermouth",
            "council",
            "transparent",
            "Schools, firms, groups and residents advise the city on what there is to learn, and for whom.",
            prose("""
                The council meets four times a year. It says yes or no to the learning strategy, looks at the figures of
                every neighbourhood, and asks the questions that no single office would ask.

                Half of its seats are drawn by lot from residents who said they would like to serve.
            """),
            (
                SeatText("chair", "maryam-sadiq", since_days=700, ends_in_days=395),
                SeatText("deputy", "rajiv-menon", since_days=700, ends_in_days=395),
                SeatText("secretary", "signe-lauritsen", since_days=300, ends_in_days=430),
                SeatText(
                    "member",
                    "carmen-ruiz",
                    "hospitals and care",
                    700,
                    395,
                    "Ward sister at Barrow Heath Hospital",
                ),
                SeatText("member", "kofi-mensah", "libraries", 700, 395, "Employed by the prison library"),
                SeatText("member", "salma-benali", "drawn by lot", 300, 430),
                SeatText("member", "henrik-toft", "drawn by lot", 300, 430),
                SeatText("member", "", "employers"),
                SeatText("adviser", "officer", "City Hall", 300, None),
            ),
            meets="the first Thursday of each quarter, at City Hall",
            former=(("beatrix-lowe", 1400, 700, "term"), ("dmitri-volkov", 1400, 900, "stepped-down")),
        ),
        CommitteeText(
            "tramsheds",
            "Tramsheds Neighbourhood Committee",
            "neighbourhood",
            "open",
            "Thirty-eight languages, one market hall: what Tramsheds wants to learn, and where.",
            prose("""
                Everybody who lives or works in Tramsheds may come, speak and suggest items. Nine seats vote; they are
                elected for two years at the spring assembly in the Old Tram Depot.

                We give our opinion on proposals for the Learning Budget, look after the learning places of the quarter, and
                invite to the language café.
            """),
            (
                SeatText("chair", "chair", since_days=640, ends_in_days=90),
                SeatText(
                    "deputy",
                    "amina-warsame",
                    since_days=640,
                    ends_in_days=90,
                    interest="Runs the Tuesday language café",
                ),
                SeatText("secretary", "yusuf-demir", since_days=640, ends_in_days=90),
                SeatText("member", "layla-haddad", "shops and market hall", 640, 90),
                SeatText(
                    "member",
                    "samuel-tesfaye",
                    "shops and market hall",
                    250,
                    480,
                    "Owns the bakery in Station Road",
                ),
                SeatText("member", "oksana-bondarenko", "", 640, 90),
                SeatText("member", "gabriel-ionescu", "", 250, 480),
                SeatText("member", "", "parents of Kiln Street School"),
                SeatText("member", "", "people under 25"),
            ),
            neighbourhood="tramsheds",
            meets="every second Tuesday of the month at seven, in the Old Tram Depot",
            takes_part=("salma-benali",),
            former=(("maryam-sadiq", 1370, 641, "term"),),
            asks=(
                (
                    "callum-reid",
                    "I work in the market hall on Saturdays and would like to help with the coding evenings.",
                    None,
                ),
                (
                    "resident",
                    "My youngest starts at Kiln Street in August, although we live over the road in Northfields.",
                    7,
                ),
            ),
        ),
        CommitteeText(
            "northfields",
            "Northfields Residents' Council",
            "neighbourhood",
            "transparent",
            "Meeting since 1974 about the pool, the towers, and what is missing between them.",
            prose("""
                The oldest council of its kind in the city. Its members are elected by staircase; its meetings are open to
                listen, and its minutes hang in every lift.
            """),
            (
                SeatText("chair", "henrik-toft", since_days=500, ends_in_days=230),
                SeatText("secretary", "fatou-diallo", since_days=500, ends_in_days=230),
                SeatText(
                    "member",
                    "chidi-okafor",
                    "Northfields Pool",
                    500,
                    230,
                    "Teaches swimming for the pool's company",
                ),
                SeatText("member", "dariush-kazemi", "Rowan Court", 500, 230),
                SeatText("member", "zeynep-arslan", "Larch Avenue", 130, 600),
                SeatText("member", "", "Long Green"),
            ),
            neighbourhood="northfields",
            meets="the last Monday of the month, Block Nine Community Flat",
        ),
        CommitteeText(
            "ropewalk",
            "Ropewalk Committee",
            "neighbourhood",
            "transparent",
            "Shipyard, Mission and coders under one roof: learning a trade in Ropewalk.",
            prose(
                "Six members and whoever comes in from the quay. We meet where it is warm, which is the Mission."
            ),
            (
                SeatText("chair", "pedro-carvalho", since_days=420, ends_in_days=310),
                SeatText("secretary", "tunde-bello", since_days=420, ends_in_days=310),
                SeatText("member", "tomasz-wilk", "Dry Dock Two", 420, 310, "Boatbuilder at Dry Dock Two"),
                SeatText("member", "mei-chen", "", 420, 310),
                SeatText("member", "callum-reid", "", 60, 670),
                SeatText("member", "", "seafarers"),
            ),
            neighbourhood="ropewalk",
            meets="every third Wednesday at six, Seafarers' Mission",
        ),
        CommitteeText(
            "youth-council",
            "Youth Council",
            "youth",
            "transparent",
            "Twelve to twenty: we decide over our own money, and are asked before schools and parks change.",
            prose("""
                The youth council speaks for all who are between twelve and twenty. It has money of its own every other year,
                and a seat in the Learning Council.
            """),
            (
                SeatText("chair", "ngozi-okafor", since_days=200, ends_in_days=165),
                SeatText("deputy", "freya-holt", since_days=200, ends_in_days=165),
                SeatText("secretary", "mateo-silva", since_days=200, ends_in_days=165),
                SeatText("member", "abel-girma", "", 200, 165),
                SeatText("member", "", "Barrow Heath"),
                SeatText("adviser", "josefine-krag", "grown-up who keeps the keys", 565, None),
            ),
            part_of="learning-council",
            meets="every other Friday after school, The Wheel House",
        ),
        CommitteeText(
            "electronics-circle",
            "Electronics at the mill",
            "circle",
            "open",
            "From the first blinking light to a radio: eight evenings, a soldering iron, and no examination.",
            prose(
                "Bring something broken. Rajiv shows what is inside, and next time you show somebody else."
            ),
            (
                SeatText("chair", "rajiv-menon", since_days=150, ends_in_days=None),
                SeatText("member", "kaito-mori", "", 150, None),
                SeatText("member", "zeynep-arslan", "", 90, None),
                SeatText("member", ""),
                SeatText("member", ""),
            ),
            neighbourhood="millrace",
            topic="electronics",
            meets="Thursdays at half past six, The Wheel House",
            quorum=0,
            takes_part=("linh-tran", "ife-adeyemi"),
            resources=(
                ("Reading a circuit diagram: our own eight pages", "Printed copies lie in the Wheel House."),
                ("The shelf of broken radios", "Take one home, bring it back working."),
            ),
        ),
        CommitteeText(
            "latin-on-the-hill",
            "Latin on the hill",
            "circle",
            "open",
            "Ruth taught it for forty years; now whoever likes reads Ovid with her over tea.",
            prose("No exercises. We read ten lines a week and talk about them until the bus comes."),
            (
                SeatText("chair", "ruth-adler", since_days=260, ends_in_days=None),
                SeatText("member", "greta-lindqvist", "", 260, None),
                SeatText("member", "sunniva-dahl", "", 100, None),
            ),
            neighbourhood="lantern-hill",
            topic="Latin",
            meets="Sundays at four, Hilltop Day Centre",
            quorum=0,
        ),
        CommitteeText(
            "bursary-panel",
            "Bursary Panel",
            "working",
            "private",
            "Decides who gets a bursary; what is said about people stays in the room.",
            prose("Applications are read by all five. Nobody decides about somebody they know."),
            (
                SeatText("chair", "maryam-sadiq", since_days=350, ends_in_days=380),
                SeatText("secretary", "signe-lauritsen", since_days=350, ends_in_days=380),
                SeatText("member", "hamid-rahimi", "", 350, 380),
                SeatText("member", "wanjiru-kamau", "", 350, 380),
                SeatText("member", "clara-nyberg", "", 350, 380),
            ),
            part_of="learning-council",
        ),
    )
