"""What people say in the demo city's live rooms, and how each of three camps tends to answer."""

from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Saying:
    """A statement; `agree` is the share of each camp (evening learners, neighbours, families) that agrees, in percent."""

    text: str
    agree: tuple[int, int, int]
    is_seed: bool = False


@dataclass(frozen=True)
class RoomText:
    """A room: its question, and what was said in it."""

    prompt: str
    sayings: tuple[Saying, ...]
    waiting: tuple[str, ...] = ()


@cache
def tonight() -> RoomText:
    """The room of tonight's meeting."""
    return RoomText(
        "How shall we use the Old Tram Depot in the evenings?",
        (
            Saying("The depot should be open for learning on at least four evenings a week.", (92, 70, 81), True),
            Saying("After ten at night it has to be quiet in Station Road.", (64, 96, 88), True),
            Saying("Whoever runs an evening gets a key and is trusted with it.", (88, 31, 67), True),
            Saying("Rooms should cost nothing for groups from Tramsheds.", (86, 72, 91), True),
            Saying("Homework help comes before everything else.", (33, 45, 95)),
            Saying("A workshop with tools is worth more to us than another meeting room.", (81, 38, 44)),
            Saying("The café should stay open as long as somebody learns upstairs.", (84, 27, 58)),
            Saying("Music belongs into the depot, drums too.", (79, 12, 41)),
            Saying("We need somebody paid who looks after the house.", (61, 78, 73)),
            Saying("Young people should run one evening all by themselves.", (83, 36, 69)),
            Saying("No alcohol in the house, at no event.", (22, 74, 81)),
            Saying("Every room must be reached without steps before anything new begins.", (77, 82, 85)),
            Saying("Bicycles need a roof more than cars need a place.", (85, 34, 52)),
            Saying("A quiet room for people who cannot learn at home is missing.", (87, 79, 90)),
            Saying("The programme hangs at the tram stop, on paper, in six languages.", (75, 83, 86)),
            Saying("Children may come along to every evening course.", (46, 40, 94)),
            Saying("Residents of Station Road get a say before each late event.", (29, 93, 47)),
            Saying("We should try it for three months and then look again.", (88, 86, 82)),
        ),
        (
            "Let us ask the night school whether it moves in.",
            "The heating is too old for winter evenings.",
            "Somebody should count who really comes.",
        ),
    )  # fmt: skip


@cache
def earlier() -> RoomText:
    """The room of the meeting before, which is closed."""
    return RoomText(
        "Choir in the market hall on Sundays: yes, and how?",
        (
            Saying("The choir should sing in the market hall every Sunday.", (89, 28, 62), True),
            Saying("Four Sundays as a trial are enough to know.", (74, 85, 80), True),
            Saying("The traders have to be asked first.", (55, 94, 71), True),
            Saying("Who uses the hall sweeps it afterwards.", (91, 95, 93)),
            Saying("Singing at nine in the morning is too early.", (41, 83, 66)),
            Saying("Listeners should be able to join in.", (86, 37, 78)),
            Saying("There should be soup for everybody.", (82, 44, 91)),
            Saying("The hall belongs to the market, not to events.", (14, 76, 33)),
            Saying("One Sunday a month should be for children's songs.", (57, 41, 96)),
            Saying("We need rules for the noise, in writing.", (45, 90, 69)),
        ),
    )
