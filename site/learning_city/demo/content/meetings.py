"""What the demo city's committees have talked about, decided and promised."""

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Matter:
    """Something on an agenda; `decision` and `action` came of it (the action is done by the seat with that number)."""

    title: str
    notes: str
    decision: str = ""
    action: str = ""
    seat: int = 0


@dataclass(frozen=True)
class Rhythm:
    """How a committee meets: every so many days, at an hour, in a place; `matters` fill its agendas in turn."""

    committee: str
    title: str
    every_days: int
    hour: int
    venue: str
    address: str
    matters: tuple[Matter, ...]
    coming: tuple[str, ...]
    is_today: bool = False


@cache
def rhythms() -> tuple[Rhythm, ...]:
    """How each public committee with seats has met for two years."""
    return (
        Rhythm(
            "tramsheds",
            "Committee meeting",
            28,
            19,
            "Old Tram Depot",
            "60 Station Road",
            (
                Matter(
                    "Language café: another evening?",
                    "Tuesdays are full by half past six. Two people turned round at the door.",
                    "The language café opens on Thursdays too, until the summer.",
                    "Ask the depot for the small hall on Thursdays.",
                    1,
                ),
                Matter(
                    "Lighting in Kiln Street",
                    "The school reports three broken lamps on the way to the evening courses.",
                    "",
                    "Write to the works department about the lamps in Kiln Street.",
                    2,
                ),
                Matter(
                    "Learning Budget: our opinion",
                    "We looked at the six proposals for Tramsheds and at what each would cost us in hours.",
                    "The committee supports the sewing workshop and the coding bus, in this order.",
                ),
                Matter(
                    "Market hall on Sundays",
                    "The traders fear rubbish, the choir wants the sound of the roof.",
                    "The choir tries four Sundays; we look at it again afterwards.",
                    "Agree on cleaning with the traders.",
                    4,
                ),
                Matter(
                    "Reading mentors for class two",
                    "Kiln Street needs eleven grown-ups for twenty minutes a week.",
                    "We look for mentors among our members first.",
                    "Put the list of mentors up in the depot.",
                    3,
                ),
                Matter("Report of the treasurer", "142 euros are left of this year's 500."),
                Matter(
                    "Signs in the languages of the quarter",
                    "Which languages, and who reads the proofs?",
                    "Signs come in six languages, chosen by the number of readers.",
                    "Have the Ukrainian and Arabic signs read by two people each.",
                    5,
                ),
            ),
            (
                "Vacant seat: parents of Kiln Street School",
                "Opinion on the proposals for Learning Budget 2027",
                "Sunday choir: how were the four Sundays?",
            ),
            is_today=True,
        ),
        Rhythm(
            "northfields",
            "Residents' council",
            28,
            18,
            "Block Nine Community Flat",
            "9 Rowan Court",
            (
                Matter(
                    "Pool: swimming for those who never learned",
                    "Chidi counts thirty-one people over forty on the list.",
                    "The council asks for one evening without music and without men, and one without women.",
                    "Bring the wish to the pool's company.",
                    2,
                ),
                Matter(
                    "Lift in Block Four",
                    "Out of order for nine days; the homework club is on the eleventh floor.",
                    "",
                    "Call the housing company every morning until it runs.",
                    0,
                ),
                Matter(
                    "Homework club in Rowan Court",
                    "Twenty children, three tables.",
                    "Two tables are bought from the small fund.",
                ),
                Matter(
                    "Bus to Barrow Heath",
                    "The last one leaves before the evening course ends.",
                    "The council asks for a bus at 21:40 on course days.",
                    "Collect signatures in the towers.",
                    4,
                ),
            ),
            ("Election of a member for Long Green", "Pool: answer of the company"),
        ),
        Rhythm(
            "ropewalk",
            "Ropewalk meeting",
            42,
            18,
            "Seafarers' Mission",
            "3 Quay Wall",
            (
                Matter(
                    "Evening keys for the dry dock",
                    "Tomasz would open on Wednesdays if somebody closed.",
                    "The dock stays open for learners until nine on Wednesdays.",
                    "Keep the list of who closes.",
                    2,
                ),
                Matter(
                    "Coding evenings in the Mission",
                    "Twelve chairs, nine sockets.",
                    "",
                    "Find a second cable drum.",
                    3,
                ),
                Matter(
                    "Seat for seafarers",
                    "Who is at sea cannot come on a fixed day.",
                    "Seafarers may send somebody for one meeting.",
                ),
            ),
            ("Open day at Dry Dock Two", "Who takes over the keys?"),
        ),
        Rhythm(
            "youth-council",
            "Youth council",
            21,
            16,
            "The Wheel House",
            "Technical College, 12 Race Road",
            (
                Matter(
                    "Skate hall or music rooms?",
                    "Both were in the youth budget; the hall won by eleven votes.",
                    "We ask for two rehearsal hours a week in the college instead.",
                    "Talk to the college's caretaker.",
                    1,
                ),
                Matter(
                    "Voting at fourteen",
                    "The Learning Council asked what we think.",
                    "The youth council wants residents to vote from fourteen.",
                ),
                Matter(
                    "Who speaks for Barrow Heath?",
                    "Nobody came to three meetings.",
                    "",
                    "Go to the school there and tell about us.",
                    0,
                ),
            ),
            ("Money for next year", "Our seat in the Learning Council"),
        ),
        Rhythm(
            "learning-council",
            "Council meeting",
            91,
            17,
            "City Hall",
            "1 Market Square",
            (
                Matter(
                    "Who lives far from a place to learn",
                    "The map says 38 percent of people over 65 have none within 800 metres.",
                    "Barrow Heath and Lantern Hill come first in next year's plan.",
                    "Name three places that could open in each of the two.",
                    2,
                ),
                Matter(
                    "Festival of learning: what it brought",
                    "Figures of the festival, and what hosts said.",
                    "The festival stays in September and lasts nine days.",
                ),
                Matter(
                    "Rules of the Learning Budget",
                    "Limit per proposal, youth vote, time for the review.",
                    "The council recommends to keep the rules of this year.",
                    "Write the recommendation to the city council.",
                    1,
                ),
            ),
            ("Learning strategy: first reading", "Report on reading courses for adults"),
        ),
    )
