"""Things that appear in many pictures: people, houses, trees, hills, tables, books."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from learning_city.demo.content.pictures.canvas import HAIRS, SKINS, WIDTH, Board, Colour, Point, mix, turn

HAIR_STYLES = ("short", "bob", "bun", "curls", "scarf", "bald", "long", "cap", "short", "curls")


@dataclass(frozen=True)
class Look:
    """How somebody looks: skin, hair and clothes."""

    skin: Colour
    hair: Colour
    style: str
    top: Colour
    legs: Colour


def looks(rng: random.Random, b: Board, count: int, *, grey: bool = False) -> list[Look]:
    """Different people for one picture: no two neighbours share skin, hair style or colour of clothes."""
    p = b.palette
    skins = rng.sample(SKINS, len(SKINS))
    tops = [p.coral, p.mustard, p.teal, p.rose, p.leaf, p.light(p.teal, 0.45)]
    rng.shuffle(tops)
    styles = rng.sample(HAIR_STYLES, len(HAIR_STYLES))
    found = []
    for i in range(count):
        skin = skins[i % len(skins)]
        style = styles[i % len(styles)]
        # Dark skin gets dark or grey hair: brown on brown would look like the back of a head.
        hair = HAIRS[rng.choice((0, 0, 4) if sum(skin) < 330 else (0, 1, 1, 2, 4))]
        if grey and i == 0:
            hair = HAIRS[3]
            style = rng.choice(("bun", "short", "bald")) if style in ("scarf", "cap") else style
        found.append(
            Look(
                skin=skin,
                hair=tops[(i + 2) % len(tops)] if style in ("scarf", "cap") else hair,
                style=style,
                top=tops[i % len(tops)],
                legs=p.ink if i % 2 else p.dark(p.teal, 0.4),
            )
        )
    return found


def head(b: Board, x: float, y: float, r: float, look: Look, facing: int = 1) -> None:
    """A head without a face, round and calm, centred on (x, y); `facing` turns the brim of a cap (1 or -1)."""
    style, hair, skin = look.style, look.hair, look.skin
    shade = mix(skin, b.palette.ink, 0.12)
    if style == "long":
        b.rect(x - r * 1.12, y - r * 0.9, r * 2.24, r * 2.7, hair, r)
    elif style == "bob":
        b.rect(x - r * 1.16, y - r * 1.0, r * 2.32, r * 2.0, hair, r * 0.8)
    elif style == "curls":
        for k in range(9):
            angle = math.pi * (0.92 + 1.16 * k / 8)
            b.disc(x + r * 1.0 * math.cos(angle), y - r * 0.12 + r * 1.0 * math.sin(angle), r * 0.52, hair)
    elif style == "bun":
        b.disc(x, y - r * 1.35, r * 0.52, hair)
    elif style == "scarf":
        b.blob(
            [(x, y - r * 1.28), (x + r * 1.2, y - r * 0.3), (x + r * 1.1, y + r * 0.9), (x + r * 1.3, y + r * 1.7),
             (x, y + r * 2.0), (x - r * 1.3, y + r * 1.7), (x - r * 1.1, y + r * 0.9), (x - r * 1.2, y - r * 0.3)],
            hair,
        )  # fmt: skip
    b.rect(x - r * 0.36, y + r * 0.5, r * 0.72, r * 1.0, shade if style != "scarf" else hair, r * 0.2)
    if style == "scarf":
        b.oval(x, y + r * 0.04, r * 0.82, r * 0.95, skin)
        return
    b.disc(x, y, r, skin)
    if style not in ("long", "bob", "curls"):
        b.disc(x - r * 0.98, y + r * 0.1, r * 0.2, shade)
        b.disc(x + r * 0.98, y + r * 0.1, r * 0.2, shade)
    if style == "bald":
        b.half(x, y, r * 1.0, r * 1.02, hair, 25, 155)
        b.half(x, y - r * 0.08, r * 0.72, r * 0.72, skin, 0, 180)
    elif style == "cap":
        b.half(x, y - r * 0.1, r * 1.06, r * 1.0, hair, 180, 360)
        b.rect(
            x - r * 0.1 - (r * 1.4 if facing < 0 else 0),
            y - r * 0.24,
            r * 1.6,
            r * 0.22,
            mix(hair, b.palette.ink, 0.2),
            r * 0.1,
        )
    else:
        b.half(x, y - r * 0.02, r * 1.05, r * 1.05, hair, 188, 352)
        b.blob(
            [(x - r * 1.04, y - r * 0.2), (x - r * 0.8, y - r * 0.86), (x + r * 0.5, y - r * 0.92),
             (x + r * 1.02, y - r * 0.2), (x + r * 0.5, y - r * 0.42), (x - r * 0.3, y - r * 0.28)],
            hair,
        )  # fmt: skip


def bust(
    b: Board,
    x: float,
    y: float,
    s: float,
    look: Look,
    hands: Sequence[Point] = (),
    *,
    below: float = 0.0,
    facing: int = 1,
) -> None:
    """Somebody from the waist up; (x, y) is the middle of the shoulders, `s` the width of the shoulders.

    `hands` are offsets from (x, y) in units of `s`, left then right.
    """
    bottom = y + s * (1.25 + below)
    b.blob(
        [(x - s * 0.2, y - s * 0.08), (x + s * 0.2, y - s * 0.08), (x + s * 0.46, y + s * 0.1),
         (x + s * 0.52, y + s * 0.6), (x + s * 0.5, bottom), (x - s * 0.5, bottom), (x - s * 0.52, y + s * 0.6),
         (x - s * 0.46, y + s * 0.1)],
        look.top,
    )  # fmt: skip
    for side, (dx, dy) in zip((-1, 1), hands, strict=False):
        shoulder = (x + side * s * 0.4, y + s * 0.16)
        hand = (x + dx * s, y + dy * s)
        elbow = (
            (shoulder[0] + hand[0]) / 2 + side * s * 0.16,
            (shoulder[1] + hand[1]) / 2 + (s * 0.14 if dy > 0 else s * 0.06),
        )
        b.stroke([shoulder, elbow, hand], s * 0.22, mix(look.top, b.palette.ink, 0.14))
        b.disc(*hand, s * 0.125, look.skin)
    head(b, x, y - s * 0.42, s * 0.29, look, facing)


def person(
    b: Board,
    x: float,
    y: float,
    h: float,
    look: Look,
    arms: Sequence[Point] = ((-0.17, 0.1), (0.17, 0.1)),
    *,
    skirt: bool = False,
    stride: float = 0.07,
) -> None:
    """Somebody standing with the feet at (x, y), `h` tall; `arms` are hands relative to the hip in units of `h`."""
    hip, chest = y - h * 0.46, y - h * 0.76
    shoe = b.palette.dark(look.legs, 0.5)
    for side in (-1, 1):
        b.line([(x + side * h * 0.045, hip), (x + side * h * stride, y - h * 0.025)], h * 0.085, look.legs)
        b.oval(x + side * h * stride + h * 0.02, y - h * 0.015, h * 0.058, h * 0.026, shoe)
    if skirt:
        skirts = [(x - h * 0.1, hip - h * 0.03), (x + h * 0.1, hip - h * 0.03), (x + h * 0.17, y - h * 0.13)]
        b.poly([*skirts, (x, y - h * 0.11), (x - h * 0.17, y - h * 0.13)], look.legs)
    b.rect(x - h * 0.125, chest - h * 0.02, h * 0.25, h * 0.36, look.top, h * 0.1)
    b.rect(x - h * 0.11, hip - h * 0.1, h * 0.22, h * 0.12, look.top, h * 0.03)
    for side, (dx, dy) in zip((-1, 1), arms, strict=False):
        shoulder = (x + side * h * 0.1, chest + h * 0.05)
        hand = (x + dx * h, hip + dy * h)
        elbow = ((shoulder[0] + hand[0]) / 2 + side * h * 0.035, (shoulder[1] + hand[1]) / 2 + h * 0.02)
        b.stroke([shoulder, elbow, hand], h * 0.068, mix(look.top, b.palette.ink, 0.14))
        b.disc(*hand, h * 0.04, look.skin)
    head(b, x, y - h * 0.895, h * 0.092, look)


def hills(b: Board, base: float, height: float, colour: Colour, phase: float, waves: float = 1.3) -> None:
    points: list[Point] = [(-20, 820)]
    for k in range(31):
        x = -20 + k * (WIDTH + 40) / 30
        swell = (
            math.sin(k / 30 * math.pi * 2 * waves + phase) * 0.6
            + math.sin(k / 30 * math.pi * 5 + phase * 2) * 0.25
        )
        points.append((x, base - height * (0.5 + 0.5 * swell)))
    points.append((WIDTH + 20, 820))
    b.poly(points, colour)


def cloud(b: Board, x: float, y: float, s: float, colour: Colour) -> None:
    b.rect(x - s, y - s * 0.2, 2 * s, s * 0.42, colour, s * 0.21)
    b.disc(x - s * 0.3, y - s * 0.2, s * 0.36, colour)
    b.disc(x + s * 0.25, y - s * 0.14, s * 0.28, colour)


def gull(b: Board, x: float, y: float, s: float, colour: Colour) -> None:
    b.stroke([(x - s, y - s * 0.3), (x - s * 0.5, y - s * 0.5), (x, y)], s * 0.16, colour)
    b.stroke([(x, y), (x + s * 0.5, y - s * 0.5), (x + s, y - s * 0.3)], s * 0.16, colour)


def tree(b: Board, x: float, y: float, h: float, colour: Colour, *, tall: bool = False) -> None:
    """A tree whose trunk stands at (x, y)."""
    p = b.palette
    b.rect(x - h * 0.03, y - h * 0.5, h * 0.06, h * 0.5, p.dark(p.wood, 0.25), h * 0.02)
    if tall:
        b.oval(x, y - h * 0.6, h * 0.18, h * 0.42, colour)
        b.half(x, y - h * 0.6, h * 0.18, h * 0.42, p.dark(colour, 0.16), -90, 90)
        return
    for dx, dy, r in ((-0.17, -0.58, 0.2), (0.17, -0.56, 0.21), (0, -0.76, 0.25), (0, -0.55, 0.2)):
        b.disc(x + dx * h, y + dy * h, r * h, colour)
    shade = p.dark(colour, 0.14)
    b.disc(x + h * 0.2, y - h * 0.53, h * 0.15, shade)
    b.disc(x + h * 0.06, y - h * 0.72, h * 0.12, p.light(colour, 0.14))


def house(
    b: Board, x: float, y: float, w: float, h: float, colour: Colour, roof: Colour, kind: int = 0
) -> None:
    """A house front whose lower left corner is (x, y): gable, stepped gable or hip."""
    p = b.palette
    body = h * 0.72
    top = y - body
    if kind == 1:
        for k in range(4):
            inset = w * 0.12 * k
            b.rect(x + inset, top - (k + 1) * h * 0.07, w - 2 * inset, h * 0.08, colour)
    elif kind == 2:
        b.poly([(x - w * 0.04, top), (x + w * 0.16, y - h), (x + w * 0.84, y - h), (x + w * 1.04, top)], roof)
    else:
        b.poly([(x - w * 0.05, top), (x + w / 2, y - h), (x + w * 1.05, top)], roof)
    b.rect(x, top, w, body, colour)
    b.rect(x + w * 0.86, top, w * 0.14, body, p.dark(colour, 0.1))
    columns, rows = max(2, int(w / 42)), max(2, int(body / 62))
    glass = p.dark(colour, 0.45)
    for i in range(columns):
        for j in range(rows):
            wx = x + w * (i + 0.5) / columns - w * 0.14 / columns * 1.5
            wy = top + body * (j + 0.22) / rows
            if j == rows - 1 and i == columns // 2:
                b.rect(wx - 2, wy, w * 0.46 / columns, body * 0.78 / rows + 1, p.dark(roof, 0.3), 3)
            else:
                lit = p.light(p.mustard, 0.35) if (i * 3 + j * 5 + int(x)) % 7 == 0 else glass
                b.rect(wx, wy, w * 0.42 / columns, body * 0.5 / rows, lit, 2)


def street(
    b: Board, rng: random.Random, y: float, height: float, *, start: float = -30, end: float = 1230
) -> None:
    """A row of harbour houses shoulder to shoulder."""
    p = b.palette
    fronts = [
        p.coral,
        p.light(p.mustard, 0.15),
        p.rose,
        p.light(p.teal, 0.35),
        p.paper,
        p.light(p.coral, 0.3),
        p.middle,
    ]
    previous = None
    x = start
    while x < end:
        w = rng.randint(86, 138)
        colour = rng.choice([front for front in fronts if front != previous])
        previous = colour
        roof = rng.choice((p.dark(p.coral, 0.35), p.dark(p.teal, 0.3), p.dark(p.wood, 0.3)))
        house(b, x, y, w, height * rng.uniform(0.72, 1.06), colour, roof, rng.choice((0, 0, 1, 2)))
        x += w + 2


def ripples(b: Board, rng: random.Random, top: float, bottom: float, colour: Colour, count: int = 36) -> None:
    for _ in range(count):
        y = rng.uniform(top, bottom)
        depth = (y - top) / max(1.0, bottom - top)
        w = rng.uniform(16, 60) * (0.5 + depth)
        x = rng.uniform(-20, WIDTH)
        b.rect(x, y, w, 2 + 4 * depth, colour, 3)


def book(b: Board, x: float, y: float, w: float, h: float, colour: Colour) -> None:
    """A lying book, spine to the viewer, lower left corner at (x, y)."""
    p = b.palette
    b.rect(x, y - h, w, h, colour, h * 0.22)
    b.rect(x + w * 0.93, y - h * 0.84, w * 0.08, h * 0.68, p.paper, 2)
    b.rect(x + w * 0.1, y - h, w * 0.035, h, p.light(colour, 0.45))
    b.rect(x + w * 0.16, y - h, w * 0.014, h, p.light(colour, 0.45))
    b.rect(x + w * 0.32, y - h * 0.62, w * 0.34, h * 0.2, p.light(colour, 0.6), 2)


def shelf(
    b: Board, rng: random.Random, x: float, y: float, w: float, h: float, wood: Colour, mute: float = 0.0
) -> None:
    """One board with standing books; the board's top edge is y, books reach up to `h`."""
    p = b.palette
    tones = [p.coral, p.mustard, p.teal, p.rose, p.leaf, p.paper, p.middle]
    at = x + 8
    while at < x + w - 40:
        thick = rng.choice((16, 20, 24, 30, 36))
        tall = h * rng.uniform(0.62, 0.96)
        tone = mix(rng.choice(tones), p.ink, mute)
        if rng.random() < 0.1:
            b.poly(turn([(0, 0), (thick, 0), (thick, -tall), (0, -tall)], at + tall * 0.22, y, -14), tone)
            at += tall * 0.25 + thick
        else:
            b.rect(at, y - tall, thick, tall, tone, 3)
            b.rect(at, y - tall * 0.84, thick, tall * 0.05, p.light(tone, 0.5))
            b.rect(at, y - tall * 0.2, thick, tall * 0.04, p.light(tone, 0.5))
        at += thick + 3
        if rng.random() < 0.08:
            at += 34
    b.rect(x, y, w, 14, wood)
    b.rect(x, y + 14, w, 6, p.dark(wood, 0.25))


def open_book(b: Board, x: float, y: float, w: float, cover: Colour) -> None:
    """An open book seen from the front, its spine at (x, y)."""
    p = b.palette
    h = w * 0.34
    for side in (-1, 1):
        b.poly(
            [
                (x, y),
                (x + side * w * 0.52, y - h * 0.22),
                (x + side * w * 0.52, y - h * 1.16),
                (x, y - h * 0.92),
            ],
            cover,
        )
        b.blob(
            [(x, y - 4), (x + side * w * 0.25, y - h * 0.3), (x + side * w * 0.49, y - h * 0.26),
             (x + side * w * 0.49, y - h * 1.2), (x + side * w * 0.25, y - h * 1.22), (x, y - h * 0.96)],
            p.paper if side < 0 else p.dark(p.paper, 0.06),
        )  # fmt: skip


def plant(b: Board, x: float, y: float, h: float, pot: Colour, leaf: Colour) -> None:
    """A pot plant standing at (x, y)."""
    p = b.palette
    for k, lean in enumerate((-0.34, -0.17, 0.0, 0.17, 0.34)):
        tip = (x + lean * h * 1.3, y - h * (1.0 - abs(lean) * 0.7))
        side = 0.07 * h
        tone = leaf if k % 2 else p.dark(leaf, 0.15)
        b.blob([(x, y - h * 0.34), ((x + tip[0]) / 2 - side, (y - h * 0.34 + tip[1]) / 2), tip,
                ((x + tip[0]) / 2 + side, (y - h * 0.34 + tip[1]) / 2)], tone)  # fmt: skip
    b.poly(
        [(x - h * 0.2, y - h * 0.36), (x + h * 0.2, y - h * 0.36), (x + h * 0.14, y), (x - h * 0.14, y)], pot
    )
    b.rect(x - h * 0.22, y - h * 0.4, h * 0.44, h * 0.09, p.light(pot, 0.2), 3)


def cup(b: Board, x: float, y: float, s: float, colour: Colour, *, steam: bool = True) -> None:
    p = b.palette
    b.ring(x + s * 0.5, y - s * 0.42, s * 0.24, s * 0.1, colour)
    b.rect(x - s * 0.5, y - s * 0.8, s, s * 0.8, colour, s * 0.2)
    b.rect(x - s * 0.5, y - s * 0.8, s, s * 0.24, colour)
    b.rect(x - s * 0.3, y - s * 0.5, s * 0.12, s * 0.3, p.light(colour, 0.4), s * 0.06)
    if steam:
        for k in (-0.2, 0.15):
            b.stroke([(x + k * s, y - s), (x + (k + 0.12) * s, y - s * 1.2), (x + (k - 0.04) * s, y - s * 1.4),
                      (x + (k + 0.08) * s, y - s * 1.6)], s * 0.07, p.light(p.paper, 0.5))  # fmt: skip


def table(b: Board, y: float, colour: Colour, *, x: float = -20, w: float = WIDTH + 40) -> None:
    """A table top whose front edge runs through the picture; everything below it is the table's front."""
    p = b.palette
    b.rect(x, y, w, 820 - y, p.dark(colour, 0.22))
    b.rect(x, y, w, 26, colour)
    b.rect(x, y, w, 8, p.light(colour, 0.25))


def note(b: Board, x: float, y: float, s: float, colour: Colour, *, double: bool = False) -> None:
    """A quaver, or two joined."""
    heads = (0.0, 0.9) if double else (0.0,)
    for dx in heads:
        b.poly(turn([(s * 0.3 * math.cos(a / 10 * math.tau), s * 0.22 * math.sin(a / 10 * math.tau)) for a in range(10)],
                    x + dx * s, y, -20), colour)  # fmt: skip
        b.rect(x + dx * s + s * 0.19, y - s * 1.15, s * 0.1, s * 1.15, colour)
    if double:
        b.poly([(x + s * 0.19, y - s * 1.2), (x + s * 1.19, y - s * 1.2), (x + s * 1.19, y - s * 0.95),
                (x + s * 0.19, y - s * 0.95)], colour)  # fmt: skip
    else:
        b.stroke(
            [(x + s * 0.24, y - s * 1.12), (x + s * 0.5, y - s * 0.86), (x + s * 0.52, y - s * 0.55)],
            s * 0.12,
            colour,
        )


def pendant(b: Board, x: float, y: float, s: float, colour: Colour) -> None:
    """A lamp on a cable with its light."""
    p = b.palette
    b.glow(x, y + s * 0.6, s * 3.2, p.light(p.mustard, 0.55), 0.5)
    b.rect(x - 2, -10, 4, y + 10 - s * 0.4, p.ink)
    b.half(x, y + s * 0.4, s, s * 0.9, colour, 180, 360)
    b.disc(x, y + s * 0.44, s * 0.24, p.light(p.mustard, 0.5))
