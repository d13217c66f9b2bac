"""Flat illustrations for the proposals of the demo city, composed from shapes: same motif and seed, same bytes."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from learning_city.demo.content.pictures import indoors, outdoors
from learning_city.demo.content.pictures.canvas import PALETTES, Board


@dataclass(frozen=True)
class Motif:
    """How a picture is drawn and what somebody who does not see it should be told."""

    draw: Callable[[Board, random.Random], None]
    alt: str


MOTIFS: dict[str, Motif] = {
    "bicycle": Motif(
        outdoors.bicycle, "Illustration: a red bicycle with flowers in its basket, the city behind."
    ),
    "boat": Motif(
        outdoors.boat, "Illustration: three people build a wooden boat on a slip beside the harbour."
    ),
    "books": Motif(
        indoors.books, "Illustration: someone reads on a pile of huge books; a child and a dog listen."
    ),
    "bus": Motif(
        outdoors.bus, "Illustration: a red bus with piano keys on its side; music rises from the roof."
    ),
    "chess": Motif(outdoors.chess, "Illustration: two people play chess at a stone table between trees."),
    "choir": Motif(
        indoors.choir, "Illustration: three rows of people sing from books before coloured windows."
    ),
    "cinema": Motif(
        outdoors.cinema, "Illustration: at night people watch an old film on the wall of a house."
    ),
    "circle": Motif(
        indoors.circle, "Illustration: six people talk at a round table with books, notes and cups."
    ),
    "classroom": Motif(indoors.classroom, "Illustration: a class looks at a street map on the blackboard."),
    "computer": Motif(
        indoors.computer, "Illustration: three people around a laptop, one older, two younger."
    ),
    "cooking": Motif(
        indoors.cooking, "Illustration: an adult and a child in aprons cook with a steaming red pot."
    ),
    "first-aid": Motif(
        indoors.first_aid, "Illustration: someone practises on a training doll below a large heart."
    ),
    "garden": Motif(
        outdoors.garden, "Illustration: three people in a vegetable garden with beds and a shed."
    ),
    "hands": Motif(indoors.hands, "Illustration: three raised hands that sign, on a yellow ground."),
    "harbour": Motif(
        outdoors.harbour, "Illustration: four people on the quay look at a sailing boat and old houses."
    ),
    "language": Motif(
        indoors.language, "Illustration: three people at a table with bread and cups talk in bubbles."
    ),
    "letters": Motif(indoors.letters, "Illustration: two people write letters together under a desk lamp."),
    "lighthouse": Motif(
        outdoors.lighthouse, "Illustration: people climb the steps to a red and white lighthouse."
    ),
    "microphone": Motif(
        indoors.microphone, "Illustration: two people with headphones beside a large microphone."
    ),
    "night": Motif(
        indoors.night, "Illustration: children read by torchlight in a library at night, one in a tent."
    ),
    "orchard": Motif(
        outdoors.orchard, "Illustration: three people pick apples in an orchard, one on a ladder."
    ),
    "robot": Motif(
        indoors.robot, "Illustration: two people build a friendly yellow and red robot on a table."
    ),
    "science": Motif(
        indoors.science, "Illustration: two people at a table with a microscope and seedlings in tubes."
    ),
    "sewing": Motif(indoors.sewing, "Illustration: two people sew red cloth on a sewing machine."),
    "shore": Motif(
        outdoors.shore, "Illustration: three people in yellow boots on the mudflat, with wading birds."
    ),
    "stars": Motif(
        outdoors.stars, "Illustration: four people under a starry sky with a telescope and a dome."
    ),
    "swimming": Motif(
        indoors.swimming, "Illustration: four swimmers with bathing caps in the lanes of a pool."
    ),
    "theatre": Motif(
        indoors.theatre, "Illustration: three actors on a lit stage before a painted city, seen by many."
    ),
    "wind": Motif(
        outdoors.wind, "Illustration: two technicians with helmets near solar panels and wind turbines."
    ),
    "workbench": Motif(
        indoors.workbench, "Illustration: two people repair a toaster at a bench with tools above."
    ),
}


def picture_alt(motif: str) -> str:
    """What the picture of this motif shows, in one sentence."""
    return MOTIFS[motif].alt


def render_picture(motif: str, seed: int, size: tuple[int, int] = (1200, 800)) -> bytes:
    """A JPEG of the motif in pixels of `size`; the seed varies colours, people and details."""
    # Seeding by text does not depend on the run, unlike hash().
    rng = random.Random(f"{motif}/{seed}")
    board = Board(size, PALETTES[seed % len(PALETTES)])
    MOTIFS[motif].draw(board, rng)
    return board.jpeg()
