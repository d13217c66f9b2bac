"""Pictures under a roof: rooms, tables, stages."""

import math
import random

from learning_city.demo.content.pictures.canvas import HAIRS, SKINS, WIDTH, Board, Colour, mix, rgb, turn
from learning_city.demo.content.pictures.parts import (
    book,
    bust,
    cup,
    head,
    looks,
    note,
    open_book,
    pendant,
    person,
    plant,
    shelf,
    table,
)


def _room(b: Board, wall: Colour, floor: Colour, line: float) -> None:
    p = b.palette
    b.rect(-20, -20, 1240, 860, wall)
    b.rect(-20, line, 1240, 840 - line, floor)
    b.rect(-20, line - 14, 1240, 14, p.dark(wall, 0.1))


def _window(b: Board, x: float, y: float, w: float, h: float, rng: random.Random) -> None:
    """A window with the hills and the sea behind it."""
    p = b.palette
    b.rect(x - 14, y - 14, w + 28, h + 28, p.paper, 6)
    b.rect(x, y, w, h, p.sky)
    b.disc(x + w * 0.72, y + h * 0.3, w * 0.1, p.sun)
    b.land(
        [(x, y + h * 0.7), (x + w * 0.3, y + h * 0.5), (x + w * 0.62, y + h * 0.68), (x + w, y + h * 0.52)],
        y + h,
        p.far,
    )
    b.rect(x, y + h * 0.78, w, h * 0.22, p.middle)
    b.rect(x + w / 2 - 5, y, 10, h, p.paper)
    b.rect(x, y + h * 0.42, w, 10, p.paper)
    b.rect(x - 26, y + h + 10, w + 52, 16, p.dark(p.paper, 0.12), 4)


def books(b: Board, rng: random.Random) -> None:
    y: float
    p = b.palette
    _room(b, p.wall, p.ground, 690)
    b.half(600, 700, 470, 600, p.light(p.mustard, 0.45), 180, 360)
    for y in (150, 300, 450, 600):
        shelf(b, rng, -30, y, 230, 116, p.wood)
        shelf(b, rng, 1000, y, 230, 116, p.wood)
    b.oval(600, 742, 440, 40, p.dark(p.ground, 0.12))
    tones = [p.coral, p.teal, p.mustard, p.rose, p.leaf, p.dark(p.coral, 0.35)]
    rng.shuffle(tones)
    y = 740.0
    for k, w in enumerate((470, 430, 450, 390)):
        tall = (64, 54, 70, 48)[k]
        book(b, 600 - w / 2 + rng.randint(-24, 24), y, w, tall, tones[k])
        y -= tall
    one, two = looks(rng, b, 2)
    # A reader on top of the pile
    b.stroke([(590, y - 24), (690, y - 30), (700, y + 84)], 54, one.legs)
    b.stroke([(560, y - 24), (648, y - 16), (654, y + 90)], 54, p.dark(one.legs, 0.2))
    for x in (670, 718):
        b.oval(x, y + (98 if x < 700 else 92), 34, 18, p.coral)
    b.blob([(500, y), (500, y - 120), (540, y - 190), (610, y - 190), (650, y - 120), (640, y)], one.top)
    open_book(b, 690, y - 70, 170, p.coral)
    b.stroke([(540, y - 150), (560, y - 80), (640, y - 86)], 40, p.dark(one.top, 0.14))
    b.disc(646, y - 86, 22, one.skin)
    head(b, 584, y - 246, 56, one)
    # A small listener with a dog
    book(b, 190, 742, 180, 44, tones[4])
    b.blob([(230, 700), (226, 610), (262, 570), (310, 570), (344, 610), (340, 700)], two.top)
    b.stroke([(256, 690), (330, 690), (346, 736)], 36, two.legs)
    head(b, 286, 528, 42, two)
    fur = p.dark(p.wood, 0.25)
    b.blob([(860, 742), (850, 660), (900, 610), (980, 640), (1030, 700), (1036, 742)], fur)
    b.blob([(800, 606), (812, 560), (860, 540), (910, 560), (920, 610), (870, 640), (790, 634)], fur)
    b.blob([(890, 552), (930, 570), (936, 630), (906, 636)], p.dark(fur, 0.3))
    b.disc(796, 612, 13, p.ink)
    b.stroke([(1026, 720), (1080, 690), (1096, 640)], 22, fur)
    b.rect(854, 640, 70, 16, p.coral, 8)
    cup(b, 1050, 744, 50, p.paper)


def letters(b: Board, rng: random.Random) -> None:
    p = b.palette
    _room(b, p.wall, p.ground, 600)
    _window(b, 110, 90, 280, 330, rng)
    for y in (210, 370):
        shelf(b, rng, 800, y, 320, 110, p.wood)
    b.glow(600, 400, 420, p.light(p.mustard, 0.5), 0.5)
    one, two = looks(rng, b, 2)
    bust(b, 470, 400, 230, one, ((-0.22, 0.86), (0.42, 0.94)))
    bust(b, 790, 420, 214, two, ((-0.5, 0.9), (0.3, 0.92)))
    table(b, 590, p.wood)
    # Lamp
    b.oval(1010, 600, 70, 16, p.ink)
    b.stroke([(1010, 594), (1060, 470), (990, 350)], 12, p.ink)
    b.disc(1058, 470, 13, p.mustard)
    b.poly([(1000, 320), (912, 392), (986, 440), (1026, 372)], p.coral)
    b.disc(948, 420, 25, p.light(p.mustard, 0.4))
    # Sheets with handwriting
    for x, y, turned in ((500, 690, -7), (730, 680, 6)):
        b.turned(x + 6, y + 8, 240, 160, turned, p.dark(p.wood, 0.35))
        b.turned(x, y, 240, 160, turned, p.paper)
        for row in range(5):
            ends = turn(
                [(-94, -54 + row * 26), (94 - (row == 4) * 96 - rng.randint(0, 30), -54 + row * 26)],
                x,
                y,
                turned,
            )
            (x0, y0), (x1, y1) = ends
            steps = 18
            wave = [
                (
                    x0 + (x1 - x0) * k / steps,
                    y0 + (y1 - y0) * k / steps + (5 if k % 2 else -5) * (0.5 + rng.random()),
                )
                for k in range(steps + 1)
            ]
            b.stroke(wave, 3.4, p.teal if row else p.coral)
    b.turned(648, 700, 130, 13, -48, p.mustard)
    b.poly(turn([(-65, -6), (-65, 6), (-88, 0)], 648, 700, -48), p.ink)
    b.turned(240, 690, 190, 120, 10, p.rose)
    b.line(turn([(-92, -56), (0, 14), (92, -56)], 240, 690, 10), 5, p.dark(p.rose, 0.25))
    b.disc(247, 702, 15, p.coral)
    cup(b, 980, 700, 74, p.teal)


def computer(b: Board, rng: random.Random) -> None:
    p = b.palette
    _room(b, p.wall, p.ground, 610)
    b.disc(600, 330, 310, p.light(p.teal, 0.68))
    b.disc(860, 180, 90, p.light(p.mustard, 0.35))
    shelf(b, rng, 40, 240, 230, 110, p.wood)
    plant(b, 120, 428, 150, p.coral, p.leaf)
    b.rect(40, 428, 230, 14, p.wood)
    b.rect(960, 130, 190, 150, p.paper, 8)
    b.rect(972, 142, 166, 126, p.sky)
    b.land([(973, 230), (1020, 180), (1060, 214), (1100, 170), (1137, 220)], 267, p.middle)
    one, two, three = looks(rng, b, 3, grey=True)
    bust(b, 400, 396, 236, one, ((-0.3, 0.9), (0.52, 0.86)))
    bust(b, 812, 410, 220, two, ((-0.62, 0.6), (0.3, 0.92)))
    bust(b, 1060, 470, 170, three, ((-0.5, 0.8), (0.2, 0.9)))
    table(b, 620, p.wood)
    # Laptop turned half towards us
    b.poly([(470, 622), (760, 622), (800, 690), (440, 690)], p.light(p.ink, 0.6))
    for r in range(4):
        b.poly(
            [
                (488 - r * 7, 630 + r * 11),
                (744 + r * 8, 630 + r * 11),
                (746 + r * 8, 637 + r * 11),
                (486 - r * 7, 637 + r * 11),
            ],
            p.light(p.ink, 0.42),
        )
    b.rect(440, 688, 360, 12, p.light(p.ink, 0.45), 5)
    b.rect(468, 420, 294, 204, p.ink, 14)
    b.rect(482, 434, 266, 172, p.light(p.sky, 0.5), 4)
    tones = [p.coral, p.teal, p.mustard, p.leaf]
    for r in range(7):
        x = 498 + (r % 3) * 16
        for _ in range(3):
            w = rng.randint(24, 62)
            b.rect(x, 450 + r * 21, w, 9, rng.choice(tones), 4)
            x += w + 10
            if x > 670:
                break
    # Tablet, phone, cup
    b.turned(930, 700, 150, 100, -8, p.ink)
    b.turned(930, 700, 132, 82, -8, p.light(p.mustard, 0.5))
    b.disc(930, 690, 22, p.coral)
    b.turned(930, 722, 60, 10, -8, p.coral)
    cup(b, 300, 706, 78, p.coral)
    b.turned(1080, 706, 50, 92, 12, p.teal)
    b.turned(1080, 702, 38, 70, 12, p.light(p.sky, 0.5))
    open_book(b, 150, 740, 180, p.teal)


def workbench(b: Board, rng: random.Random) -> None:
    p = b.palette
    _room(b, p.light(p.teal, 0.72), p.ground, 640)
    b.rect(210, 90, 780, 330, p.wood, 10)
    b.rect(222, 102, 756, 306, p.light(p.wood, 0.35), 6)
    for i in range(24):
        for j in range(9):
            b.disc(244 + i * 31, 124 + j * 33, 3, p.wood)
    # Tools on the board
    b.rect(262, 150, 20, 170, p.wood, 8)
    b.poly([(240, 138), (312, 132), (318, 164), (240, 170)], p.ink)
    b.ring(390, 160, 32, 17, p.light(p.ink, 0.35))
    b.rect(380, 186, 22, 150, p.light(p.ink, 0.35), 8)
    b.poly([(372, 124), (408, 124), (390, 166)], p.light(p.wood, 0.35))
    b.rect(470, 120, 26, 92, p.coral, 10)
    b.rect(478, 208, 10, 110, p.light(p.ink, 0.4))
    b.poly([(560, 150), (760, 196), (758, 216), (562, 214)], p.light(p.ink, 0.6))
    for k in range(18):
        b.poly([(566 + k * 10, 212), (576 + k * 10, 212), (571 + k * 10, 222)], p.light(p.ink, 0.6))
    b.rect(532, 136, 56, 92, p.coral, 20)
    b.rect(548, 160, 22, 44, p.light(p.wood, 0.35), 10)
    b.line([(640, 280), (560, 372)], 13, p.teal)
    b.line([(570, 280), (650, 372)], 13, p.teal)
    b.disc(606, 322, 13, p.ink)
    b.line([(640, 280), (632, 250)], 11, p.light(p.ink, 0.4))
    b.line([(570, 280), (580, 250)], 11, p.light(p.ink, 0.4))
    b.ring(840, 180, 54, 14, p.mustard)
    b.ring(860, 190, 54, 14, p.dark(p.mustard, 0.15))
    b.rect(720, 292, 220, 12, p.wood)
    for k, tone in enumerate((p.coral, p.teal, p.mustard, p.leaf)):
        b.rect(730 + k * 52, 246, 40, 46, tone, 6)
        b.rect(726 + k * 52, 240, 48, 12, p.dark(tone, 0.25), 4)
    pendant(b, 600, 40, 80, p.coral)
    one, two = looks(rng, b, 2)
    bust(b, 330, 440, 236, one, ((-0.1, 0.84), (0.52, 0.72)))
    bust(b, 900, 462, 206, two, ((-0.62, 0.72), (0.14, 0.82)))
    table(b, 640, p.wood)
    # A toaster, opened up
    b.oval(602, 644, 190, 14, p.dark(p.wood, 0.3))
    b.rect(470, 500, 240, 140, p.light(p.ink, 0.72), 34)
    b.rect(470, 600, 240, 40, p.light(p.ink, 0.55), 14)
    b.rect(510, 494, 160, 12, p.ink, 5)
    b.poly([(520, 440), (560, 428), (600, 436), (604, 498), (520, 498)], p.light(p.wood, 0.25))
    b.rect(704, 540, 22, 40, p.ink, 6)
    b.disc(512, 574, 13, p.coral)
    b.stroke([(712, 620), (770, 650), (800, 600), (850, 640)], 7, p.ink)
    b.turned(448, 600, 110, 10, -24, p.light(p.ink, 0.35))
    b.turned(396, 622, 64, 22, -24, p.coral)
    for k in range(7):
        x = 760 + k * 36 + rng.randint(-8, 8)
        b.disc(x, 700 + (k % 3) * 16, 8, p.light(p.ink, 0.6))
        b.rect(x - 6, 698 + (k % 3) * 16, 12, 4, p.ink)
    b.rect(150, 676, 190, 84, p.coral, 10)
    b.rect(150, 702, 190, 10, p.dark(p.coral, 0.3))
    b.rect(228, 696, 34, 24, p.light(p.mustard, 0.2), 4)
    b.arc(245, 676, 46, 180, 360, 12, p.ink)


def microphone(b: Board, rng: random.Random) -> None:
    r: float
    hy: float
    hx: float
    p = b.palette
    b.rect(-20, -20, 1240, 860, p.teal)
    b.disc(560, 380, 400, p.light(p.teal, 0.1))
    b.disc(560, 380, 290, p.light(p.teal, 0.2))
    for k in range(41):
        x = -10 + k * 30
        tall = 40 + 210 * abs(math.sin(k * 0.55 + rng.random())) * math.exp(-(((k - 19) / 15) ** 2))
        b.rect(x, 380 - tall / 2, 14, tall, (p.mustard, p.coral, p.rose)[k % 3], 7)
    # Microphone
    b.stroke([(580, 860), (600, 700), (560, 610)], 26, p.ink)
    b.arc(540, 420, 158, 10, 170, 20, p.ink)
    b.rect(522, 574, 36, 60, p.ink, 6)
    b.rect(430, 130, 220, 400, p.light(p.ink, 0.62), 110)
    b.rect(560, 136, 84, 388, p.light(p.ink, 0.5), 70)
    for r in range(8):
        for c in range(6):
            x = 462 + c * 31 + (r % 2) * 6
            y = 190 + r * 25
            if abs(x - 540) < 98 - max(0, 230 - y) * 0.4:
                b.disc(x, y, 8, p.ink)
    b.rect(424, 392, 232, 34, p.coral, 8)
    b.rect(450, 440, 180, 8, p.light(p.ink, 0.35), 4)
    b.rect(450, 462, 180, 8, p.light(p.ink, 0.35), 4)
    one, two = looks(rng, b, 2)
    for x, y, s, look, hands in (
        (920, 500, 300, one, ((-0.5, 0.62), (0.44, 0.7))),
        (150, 560, 250, two, ((-0.3, 0.7), (0.5, 0.56))),
    ):
        bust(b, x, y, s, look, hands)
        hx, hy, r = x, y - s * 0.42, s * 0.29
        b.arc(hx, hy, r * 1.14, 190, 350, r * 0.16, p.ink)
        for side in (-1, 1):
            b.rect(hx + side * r * 1.1 - r * 0.2, hy - r * 0.3, r * 0.4, r * 0.74, p.coral, r * 0.18)
    b.rect(-20, 736, 1240, 90, p.dark(p.wood, 0.1))
    b.rect(-20, 736, 1240, 14, p.wood)
    for k in range(9):
        b.rect(690 + k * 42, 766, 8, 40, p.ink, 4)
        b.rect(682 + k * 42, 772 + rng.randint(0, 22), 24, 11, (p.mustard, p.coral, p.paper)[k % 3], 4)
    b.rect(1090, 70, 78, 40, p.coral, 10)
    b.glow(1130, 90, 90, p.coral, 0.5)
    b.disc(1112, 90, 8, p.paper)
    b.rect(1126, 86, 30, 8, p.paper, 4)


def choir(b: Board, rng: random.Random) -> None:
    x: float
    p = b.palette
    b.rect(-20, -20, 1240, 860, p.dark(p.rose, 0.06))
    for k in range(5):
        x = 120 + k * 240
        b.half(x, 220, 84, 150, p.paper, 180, 360)
        b.rect(x - 84, 218, 168, 250, p.paper)
        b.half(x, 222, 68, 132, p.light(p.mustard, 0.5), 180, 360)
        b.rect(x - 68, 220, 136, 240, p.light(p.mustard, 0.5))
        for j, tone in enumerate((p.coral, p.teal, p.mustard, p.leaf)):
            b.rect(x - 68 + (j % 2) * 70, 230 + (j // 2) * 112, 66, 108, mix(tone, p.paper, 0.52))
        b.disc(x, 168, 32, mix(p.coral, p.paper, 0.4))
    for x, y, s, double in (
        (250, 120, 40, True),
        (500, 80, 46, False),
        (720, 130, 42, True),
        (980, 90, 44, False),
        (90, 250, 34, False),
        (1110, 230, 36, True),
    ):
        note(b, x + rng.randint(-20, 20), y + rng.randint(-10, 10), s, p.ink, double=double)
    rows = ((6, 400, 150), (5, 520, 178), (4, 650, 206))
    for row, (count, y, s) in enumerate(rows):
        people = looks(rng, b, count, grey=True)
        for k, look in enumerate(people):
            x = WIDTH / 2 + (k - (count - 1) / 2) * (1060 / count) + rng.randint(-10, 10)
            bust(
                b,
                x,
                y + rng.randint(-12, 12),
                s,
                look,
                ((-0.2, 0.52), (0.2, 0.52)) if row != 1 else ((-0.3, 0.5), (0.3, 0.5)),
            )
            open_book(b, x, y + s * 0.62, s * 0.62, (p.ink, p.coral, p.teal)[(k + row) % 3])
            b.oval(x, y - s * 0.3, s * 0.045, s * 0.06, p.dark(p.coral, 0.45))


def cooking(b: Board, rng: random.Random) -> None:
    p = b.palette
    _room(b, p.light(p.rose, 0.55), p.ground, 640)
    for i in range(16):
        for j in range(5):
            if (i + j) % 2:
                b.rect(i * 76 - 10, 300 + j * 68, 74, 66, p.light(p.rose, 0.35), 3)
    b.rect(-20, 96, 1240, 16, p.wood)
    for x, r, tone in ((150, 56, p.ink), (330, 44, p.coral), (860, 50, p.teal), (1050, 62, p.ink)):
        b.rect(x - 5, 104, 10, 80, p.light(p.ink, 0.3))
        b.disc(x, 190 + r * 0.6, r, tone)
        b.disc(x, 190 + r * 0.6, r * 0.76, p.light(tone, 0.16))
    for x in (500, 560, 620, 680):
        b.line([(x, 112), (x, 170)], 4, p.ink)
        for k in range(4):
            b.oval(
                x + (-1) ** k * 12,
                160 + k * 16,
                13,
                19,
                (p.leaf, p.coral, p.paper, p.mustard)[int(x / 60) % 4],
            )
    one, two = looks(rng, b, 2)
    bust(b, 390, 400, 256, one, ((-0.1, 0.78), (0.66, 0.62)))
    bust(b, 880, 490, 190, two, ((-0.5, 0.66), (0.34, 0.7)))
    for x, y, s in ((390, 400, 256), (880, 490, 190)):
        b.blob(
            [
                (x - s * 0.26, y + s * 0.24),
                (x + s * 0.26, y + s * 0.24),
                (x + s * 0.36, y + s * 1.2),
                (x - s * 0.36, y + s * 1.2),
            ],
            p.paper,
        )
        b.line([(x - s * 0.24, y + s * 0.26), (x - s * 0.14, y)], s * 0.05, p.paper)
        b.line([(x + s * 0.24, y + s * 0.26), (x + s * 0.14, y)], s * 0.05, p.paper)
    table(b, 630, p.wood)
    # Pot with steam
    for k, dx in enumerate((-50, 0, 50)):
        b.stroke(
            [(620 + dx, 450), (646 + dx, 400), (606 + dx, 350), (640 + dx, 290 - k * 12)],
            13,
            p.light(p.paper, 0.4),
        )
    b.rect(510, 478, 220, 154, p.coral, 26)
    b.rect(660, 478, 70, 154, p.dark(p.coral, 0.14), 26)
    b.rect(496, 466, 248, 28, p.dark(p.coral, 0.25), 12)
    b.rect(466, 510, 50, 22, p.ink, 10)
    b.rect(724, 510, 50, 22, p.ink, 10)
    b.line([(584, 470), (552, 540)], 4, p.coral)
    b.line([(560, 400), (600, 476)], 15, p.light(p.wood, 0.3))
    # Board, vegetables
    b.rect(800, 676, 320, 26, p.light(p.wood, 0.4), 10)
    b.rect(800, 696, 320, 12, p.dark(p.wood, 0.1), 6)
    for k in range(5):
        b.oval(842 + k * 30, 664, 15, 19, p.mustard if k % 2 else p.dark(p.mustard, 0.1))
    b.poly([(1000, 676), (1080, 676), (1100, 640), (1000, 660)], p.light(p.ink, 0.7))
    b.rect(1090, 634, 74, 20, p.ink, 9)
    for x, tone, r in ((200, p.coral, 44), (280, p.leaf, 38), (120, p.mustard, 34)):
        b.disc(x, 690, r, tone)
        b.disc(x - r * 0.3, 690 - r * 0.3, r * 0.22, p.light(tone, 0.45))
        b.line([(x, 690 - r), (x + 6, 676 - r)], 7, p.dark(p.leaf, 0.3))
    b.poly([(330, 660), (440, 660), (420, 730), (350, 730)], p.teal)
    b.rect(324, 650, 122, 16, p.light(p.teal, 0.25), 8)
    for k in range(5):
        b.blob(
            [
                (350 + k * 18, 652),
                (340 + k * 18, 620),
                (356 + k * 18, 596),
                (368 + k * 18, 622),
                (362 + k * 18, 652),
            ],
            p.leaf if k % 2 else p.middle,
        )


def language(b: Board, rng: random.Random) -> None:
    p = b.palette
    _room(b, p.wall, p.ground, 660)
    b.disc(600, 380, 330, p.light(p.rose, 0.5))
    pendant(b, 600, 60, 62, p.teal)
    # Speech bubbles with signs of several scripts, none of them a word
    for x, y, w, h, tone, tip in (
        (120, 90, 350, 176, p.coral, 1),
        (730, 70, 360, 190, p.teal, -1),
        (440, 224, 300, 130, p.mustard, 0),
    ):
        b.rect(x, y, w, h, tone, 50)
        if tip:
            foot = x + w * (0.42 if tip > 0 else 0.58)
            b.poly([(foot - 34, y + h - 8), (foot + 34, y + h - 8), (foot + tip * 20, y + h + 56)], tone)
        else:
            b.poly([(x + 120, y + h - 8), (x + 176, y + h - 8), (x + 142, y + h + 44)], tone)
    ink = p.paper
    for k in range(6):
        x = 166 + k * 46
        if k % 2:
            b.arc(x + 10, 160, 17, 30, 320, 8, ink)
        else:
            b.line([(x, 182), (x + 12, 136), (x + 24, 182)], 8, ink)
            b.line([(x + 6, 168), (x + 18, 168)], 6, ink)
    b.rect(166, 212, 200, 9, p.light(p.coral, 0.5), 4)
    b.stroke([(1040, 150), (1010, 166), (980, 142), (950, 166), (920, 140), (880, 168), (850, 120)], 9, ink)
    for x, y in ((1000, 186), (1014, 186), (930, 118), (862, 190)):
        b.disc(x, y, 6, ink)
    b.stroke([(1040, 212), (990, 224), (930, 206), (880, 220)], 7, p.light(p.teal, 0.5))
    for k in range(4):
        x = 486 + k * 58
        b.line([(x, 266), (x + 36, 266)], 7, p.ink)
        b.line([(x + 18, 254), (x + 18, 312)], 7, p.ink)
        b.line([(x + 2, 288), (x + 34, 288)] if k % 2 else [(x + 4, 310), (x + 32, 280)], 6, p.ink)
    four = looks(rng, b, 4)
    bust(b, 280, 470, 220, four[0], ((-0.2, 0.76), (0.56, 0.46)))
    bust(b, 560, 500, 200, four[1], ((-0.46, 0.7), (0.4, 0.76)))
    bust(b, 930, 470, 220, four[2], ((-0.6, 0.5), (0.24, 0.76)))
    table(b, 650, p.wood)
    # Bread and cups
    b.oval(620, 664, 170, 18, p.dark(p.wood, 0.25))
    b.blob([(480, 650), (500, 596), (580, 570), (680, 574), (750, 610), (764, 652)], p.light(p.wood, 0.1))
    b.blob([(480, 656), (496, 640), (620, 648), (750, 640), (764, 656), (620, 672)], p.dark(p.wood, 0.12))
    for k in range(4):
        b.stroke([(536 + k * 52, 626), (556 + k * 52, 600), (584 + k * 52, 590)], 9, p.light(p.wood, 0.5))
    cup(b, 200, 716, 76, p.teal)
    cup(b, 850, 720, 76, p.coral)
    cup(b, 400, 740, 66, p.paper)
    b.oval(1060, 720, 90, 20, p.paper)
    b.oval(1060, 714, 62, 12, p.dark(p.paper, 0.1))
    b.blob([(1010, 712), (1030, 676), (1080, 672), (1108, 712)], p.mustard)


def robot(b: Board, rng: random.Random) -> None:
    p = b.palette
    _room(b, p.light(p.sky, 0.35), p.ground, 640)

    def gear(x: float, y: float, r: float, tone: Colour, teeth: int) -> None:
        phase = rng.random()
        for k in range(teeth):
            a = (k + phase) * 360 / teeth
            b.turned(
                x + r * math.cos(math.radians(a)),
                y + r * math.sin(math.radians(a)),
                r * 0.3,
                r * 0.3,
                a,
                tone,
            )
        b.disc(x, y, r, tone)
        b.disc(x, y, r * 0.42, p.light(p.sky, 0.35))

    for x, y, r, tone, teeth in (
        (190, 190, 100, p.light(p.teal, 0.5), 12),
        (330, 330, 64, p.light(p.mustard, 0.35), 9),
        (1010, 170, 92, p.light(p.coral, 0.45), 11),
        (1130, 300, 54, p.light(p.teal, 0.5), 8),
    ):
        gear(x, y, r, tone, teeth)
    one, two = looks(rng, b, 2)
    bust(b, 250, 480, 200, one, ((-0.1, 0.76), (0.72, 0.5)))
    bust(b, 950, 470, 200, two, ((-0.72, 0.42), (0.2, 0.8)))
    table(b, 650, p.wood)
    b.oval(600, 656, 190, 14, p.dark(p.wood, 0.3))
    # The robot
    b.line([(600, 190), (600, 140)], 9, p.ink)
    b.disc(600, 128, 19, p.coral)
    b.glow(600, 128, 66, p.coral, 0.5)
    b.rect(476, 186, 248, 180, p.mustard, 44)
    b.rect(502, 214, 196, 116, p.ink, 30)
    for x in (556, 644):
        b.disc(x, 262, 26, p.light(p.sky, 0.4))
        b.disc(x + 7, 262, 12, p.teal)
    b.arc(600, 286, 30, 30, 150, 7, p.light(p.sky, 0.4))
    for x in (452, 724):
        b.rect(x, 240, 24, 70, p.dark(p.mustard, 0.25), 8)
    b.rect(570, 364, 60, 26, p.light(p.ink, 0.4))
    b.rect(468, 384, 264, 190, p.coral, 30)
    b.rect(668, 384, 64, 190, p.dark(p.coral, 0.14), 30)
    b.rect(510, 418, 120, 84, p.paper, 8)
    for k in range(5):
        b.rect(
            522 + k * 20,
            486 - (18, 40, 26, 52, 34)[k],
            13,
            (18, 40, 26, 52, 34)[k],
            (p.teal, p.mustard)[k % 2],
        )
    for k, tone in enumerate((p.mustard, p.light(p.leaf, 0.2), p.paper)):
        b.disc(664, 432 + k * 34, 12, tone)
    b.stroke([(470, 430), (402, 470), (392, 560)], 30, p.light(p.ink, 0.4))
    b.stroke([(730, 430), (800, 400), (808, 316)], 30, p.light(p.ink, 0.4))
    b.arc(392, 580, 30, -60, 240, 14, p.ink)
    b.arc(810, 292, 30, 120, 420, 14, p.ink)
    for x in (510, 610):
        b.rect(x, 574, 80, 44, p.light(p.ink, 0.4), 8)
    b.rect(470, 606, 260, 48, p.ink, 24)
    for k in range(5):
        b.disc(500 + k * 50, 630, 15, p.light(p.ink, 0.5))
    # Parts on the table
    b.rect(820, 690, 150, 76, p.leaf, 6)
    for k in range(4):
        b.rect(836 + k * 34, 706, 20, 18, p.ink, 2)
        b.line([(846 + k * 34, 724), (846 + k * 34, 756)], 3, p.mustard)
    b.stroke([(970, 730), (1040, 700), (1080, 750), (1150, 710)], 6, p.coral)
    b.stroke([(970, 744), (1030, 740), (1090, 770), (1160, 740)], 6, p.ink)
    gear_tone = p.light(p.ink, 0.55)
    b.disc(180, 730, 34, gear_tone)
    b.disc(180, 730, 13, p.dark(p.wood, 0.22))
    b.turned(330, 730, 150, 16, -14, p.light(p.ink, 0.35))
    b.turned(292, 740, 70, 30, -14, p.coral)


def night(b: Board, rng: random.Random) -> None:
    y: float
    x: float
    p = b.palette
    wall, floor, wood = rgb("1E2350"), rgb("161A3D"), rgb("3C355F")
    b.rect(-20, -20, 1240, 860, wall)
    b.rect(-20, 650, 1240, 190, floor)
    for y in (130, 280, 430, 580):
        shelf(b, rng, -30, y, 330, 112, wood, 0.52)
        shelf(b, rng, 900, y, 330, 112, wood, 0.52)
    # Arched window with the moon
    b.half(600, 250, 180, 200, p.dark(p.paper, 0.3), 180, 360)
    b.rect(420, 248, 360, 270, p.dark(p.paper, 0.3))
    b.half(600, 252, 160, 180, rgb("33407E"), 180, 360)
    b.rect(440, 250, 320, 250, rgb("33407E"))
    b.glow(670, 190, 130, p.mustard, 0.6)
    b.disc(670, 190, 48, p.light(p.mustard, 0.45))
    for _ in range(26):
        x, y = rng.uniform(450, 750), rng.uniform(130, 430)
        b.disc(x, y, rng.choice((1.6, 2.4, 3.0)), p.paper)
    b.land([(441, 440), (520, 400), (600, 440), (690, 396), (759, 450)], 500, rgb("232A5A"))
    b.rect(594, 60, 12, 440, p.dark(p.paper, 0.3))
    b.rect(440, 330, 320, 12, p.dark(p.paper, 0.3))
    # Tent of blankets, lit from inside
    b.glow(600, 640, 420, p.mustard, 0.55)
    b.blob([(600, 430), (690, 560), (860, 750), (340, 750), (510, 560)], p.coral)
    b.poly([(600, 440), (400, 750), (340, 750), (500, 570)], p.dark(p.coral, 0.22))
    b.poly([(600, 470), (700, 750), (490, 750)], p.light(p.mustard, 0.5))
    for k in range(7):
        b.disc(430 + k * 58, 690 - abs(k - 3) * -12 - 30 * (k % 2), 9, p.mustard)
    one, two, three = looks(rng, b, 3)
    bust(b, 596, 650, 100, one, ((-0.34, 0.6), (0.34, 0.6)))
    open_book(b, 596, 728, 130, p.teal)
    # Two readers in sleeping bags with torches
    for x, look, bag, flip in ((220, two, p.teal, 1), (990, three, p.mustard, -1)):
        b.veil(
            [(x + flip * 70, 690), (x + flip * 240, 610), (x + flip * 250, 740)],
            p.light(p.mustard, 0.5),
            0.55,
        )
        b.blob(
            [
                (x - flip * 210, 770),
                (x - flip * 200, 716),
                (x - flip * 60, 696),
                (x + flip * 20, 706),
                (x + flip * 40, 776),
            ],
            bag,
        )
        for k in range(4):
            b.stroke(
                [
                    (x - flip * (60 + k * 38), 702),
                    (x - flip * (54 + k * 38), 740),
                    (x - flip * (60 + k * 38), 772),
                ],
                4,
                p.dark(bag, 0.3),
            )
        b.stroke([(x, 716), (x + flip * 50, 740), (x + flip * 84, 706)], 26, look.top)
        b.turned(x + flip * 84, 694, 50, 18, 0, p.ink)
        head(b, x + flip * 6, 664, 40, look)
        open_book(b, x + flip * 230, 764, 120, p.rose)
    for k in range(13):
        x = 40 + k * 94
        b.disc(x, 40 + 16 * math.sin(k * 1.3), 9, p.light(p.mustard, 0.2))
        b.glow(x, 40 + 16 * math.sin(k * 1.3), 40, p.mustard, 0.5)


def first_aid(b: Board, rng: random.Random) -> None:
    p = b.palette
    _room(b, p.light(p.leaf, 0.68), p.ground, 560)
    # A big heart with its beat
    beat = [k * math.tau / 60 for k in range(60)]
    b.poly(
        [
            (
                510 + 15.5 * 16 * math.sin(t) ** 3,
                262 - 15.5 * (13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t)),
            )
            for t in beat
        ],
        p.coral,
    )
    b.disc(370, 165, 34, p.light(p.coral, 0.3))
    b.line(
        [(40, 290), (330, 290), (390, 200), (470, 390), (530, 170), (590, 330), (626, 290), (1160, 290)],
        13,
        p.paper,
    )
    one, two, three = looks(rng, b, 3)
    # Bag
    b.arc(115, 592, 32, 180, 360, 11, p.dark(p.paper, 0.2))
    b.rect(40, 590, 150, 116, p.paper, 18)
    b.rect(40, 670, 150, 36, p.dark(p.paper, 0.1), 16)
    b.rect(104, 614, 22, 66, p.leaf, 3)
    b.rect(82, 636, 66, 22, p.leaf, 3)
    # Learner kneeling over the training doll
    mat = p.teal
    b.poly([(140, 690), (1010, 690), (1080, 770), (80, 770)], mat)
    b.poly([(80, 770), (1080, 770), (1080, 784), (80, 784)], p.dark(mat, 0.25))
    doll = p.light(p.ink, 0.72)
    b.rect(300, 652, 330, 74, doll, 34)
    b.disc(262, 682, 48, p.light(doll, 0.3))
    b.half(262, 682, 48, 48, p.dark(doll, 0.12), 45, 225)
    b.poly([(250, 640), (262, 622), (274, 640)], p.light(doll, 0.3))
    b.rect(600, 664, 240, 34, p.dark(p.teal, 0.35), 16)
    b.rect(600, 700, 250, 32, p.dark(p.teal, 0.45), 16)
    b.stroke([(620, 486), (706, 600), (640, 736)], 66, one.legs)
    b.stroke([(640, 738), (720, 740)], 40, p.dark(one.legs, 0.3))
    b.blob([(430, 430), (500, 380), (560, 396), (664, 500), (650, 570), (580, 560), (470, 480)], one.top)
    b.line([(480, 434), (430, 540), (424, 646)], 38, p.dark(one.top, 0.14))
    b.disc(424, 650, 24, one.skin)
    b.disc(442, 652, 22, mix(one.skin, p.ink, 0.1))
    head(b, 434, 366, 52, one)
    person(b, 950, 752, 350, two, ((-0.34, -0.1), (0.16, 0.08)))
    person(b, 1090, 770, 250, three, ((-0.14, -0.06), (0.14, -0.06)), skirt=True)


def science(b: Board, rng: random.Random) -> None:
    p = b.palette
    _room(b, p.wall, p.ground, 640)
    b.disc(560, 340, 320, p.light(p.mustard, 0.45))
    for y in (170, 300):
        b.rect(830, y, 330, 12, p.wood)
    for k in range(5):
        x = 862 + k * 62
        b.rect(x - 18, 110, 36, 60, p.light(p.sky, 0.3), 8)
        b.rect(x - 18, 132, 36, 38, (p.coral, p.teal, p.mustard, p.leaf, p.rose)[k], 8)
        b.rect(x - 20, 100, 40, 13, p.wood, 4)
    for k in range(3):
        plant(b, 890 + k * 104, 300, 96, (p.coral, p.teal, p.mustard)[k], p.leaf)
    one, two = looks(rng, b, 2)
    bust(b, 850, 470, 210, one, ((-0.5, 0.62), (0.3, 0.8)))
    bust(b, 230, 500, 190, two, ((-0.2, 0.74), (0.6, 0.6)))
    table(b, 650, p.wood)
    # Microscope
    b.oval(560, 660, 190, 14, p.dark(p.wood, 0.3))
    b.rect(420, 612, 270, 44, p.ink, 16)
    b.stroke([(620, 620), (694, 520), (670, 400), (600, 330)], 44, p.teal)
    b.turned(520, 330, 66, 230, -28, p.paper)
    b.turned(540, 330, 24, 230, -28, p.dark(p.paper, 0.12))
    b.turned(456, 208, 50, 70, -28, p.ink)
    b.turned(582, 446, 46, 66, -28, p.mustard)
    b.turned(606, 490, 28, 44, -28, p.ink)
    b.rect(490, 534, 190, 20, p.ink, 6)
    b.rect(530, 526, 90, 9, p.light(p.sky, 0.4), 3)
    b.disc(674, 470, 30, p.ink)
    b.disc(674, 470, 15, p.light(p.ink, 0.5))
    b.disc(560, 590, 15, p.mustard)
    # Flask and tubes with seedlings
    b.poly([(926, 560), (966, 560), (966, 610), (1022, 716), (870, 716), (926, 610)], p.light(p.sky, 0.35))
    b.poly([(912, 640), (980, 640), (1022, 716), (870, 716)], p.coral)
    b.rect(918, 550, 56, 15, p.light(p.sky, 0.1), 6)
    for k in range(3):
        b.disc(926 + k * 22, 676 - k * 14, 8, p.light(p.coral, 0.4))
    b.rect(90, 690, 290, 18, p.dark(p.wood, 0.35))
    for k in range(5):
        x = 116 + k * 58
        b.rect(x - 17, 610, 34, 130, p.light(p.sky, 0.4), 17)
        b.rect(x - 17, 672, 34, 68, p.dark(p.wood, 0.3), 17)
        grow = rng.randint(24, 66)
        b.line([(x, 676), (x, 676 - grow)], 5, p.leaf)
        b.oval(x - 13, 676 - grow, 14, 8, p.leaf)
        b.oval(x + 13, 670 - grow, 14, 8, p.leaf)
    b.rect(80, 706, 310, 20, p.wood, 4)
    b.turned(700, 728, 150, 90, -6, p.paper)
    for k in range(4):
        b.turned(692, 702 + k * 17, 100, 5, -6, p.teal)
    b.turned(790, 726, 90, 10, -40, p.mustard)
    open_book(b, 1100, 760, 170, p.teal)


def hands(b: Board, rng: random.Random) -> None:
    p = b.palette
    b.rect(-20, -20, 1240, 860, p.mustard)
    b.disc(600, 430, 400, p.light(p.mustard, 0.3))
    b.disc(600, 430, 270, p.light(p.mustard, 0.55))
    for k in range(24):
        a = k * math.tau / 24
        b.line(
            [
                (600 + 420 * math.cos(a), 430 + 420 * math.sin(a)),
                (600 + (470 + 30 * (k % 2)) * math.cos(a), 430 + (470 + 30 * (k % 2)) * math.sin(a)),
            ],
            13,
            p.light(p.mustard, 0.4),
        )
    skins = rng.sample(SKINS[:5], 3)
    sleeves = rng.sample([p.coral, p.teal, p.ink, p.leaf], 3)

    def hand(
        x: float,
        y: float,
        s: float,
        tilt: float,
        skin: Colour,
        sleeve: Colour,
        up: tuple[int, ...],
        mirror: int,
    ) -> None:
        """A raised hand, palm towards us; `up` says how far thumb, index, middle, ring and little finger stretch."""
        shade = mix(skin, p.ink, 0.16)
        place = lambda points: turn([(px * mirror * s, py * s) for px, py in points], x, y, tilt)  # noqa: E731
        b.line(place([(0, 0.4), (0, 4.4)]), s * 0.86, skin)
        b.line(place([(0, 1.75), (0, 4.6)]), s * 1.16, sleeve)
        b.line(place([(-0.46, 1.5), (0.46, 1.5)]), s * 0.3, p.light(sleeve, 0.2))
        roots = ((-0.44, -0.36), (-0.14, -0.5), (0.17, -0.48), (0.45, -0.34))
        tips = ((-0.62, -1.36), (-0.2, -1.62), (0.24, -1.56), (0.68, -1.2))
        for raised, root, tip in zip(up[1:], roots, tips, strict=True):
            if raised:
                b.line(place([root, tip]), s * 0.27, skin)
        if up[0]:
            b.line(place([(-0.4, 0.3), (-0.82, 0.0), (-1.06, -0.42)]), s * 0.28, skin)
        b.blob(
            place(
                [
                    (-0.58, -0.42),
                    (0.0, -0.6),
                    (0.58, -0.38),
                    (0.56, 0.3),
                    (0.32, 0.72),
                    (-0.34, 0.72),
                    (-0.58, 0.3),
                ]
            ),
            skin,
        )
        for raised, root in zip(up[1:], roots, strict=True):
            if not raised:
                rx, ry = root
                b.line(place([(rx, ry + 0.0), (rx * 0.94, ry + 0.34)]), s * 0.29, shade)
                b.line(place([(rx, ry + 0.02), (rx * 0.94, ry + 0.28)]), s * 0.25, mix(skin, shade, 0.45))
        if not up[0]:
            b.line(place([(-0.5, 0.34), (-0.14, 0.1), (0.22, 0.08)]), s * 0.27, shade)
        b.stroke(place([(-0.3, 0.42), (0.0, 0.24), (0.34, 0.3)]), s * 0.035, shade)

    hand(600, 360, 172, 0, skins[0], sleeves[0], (1, 1, 0, 0, 1), 1)
    hand(250, 470, 138, -13, skins[1], sleeves[1], (1, 1, 1, 1, 1), -1)
    hand(955, 470, 138, 13, skins[2], sleeves[2], (0, 1, 1, 0, 0), -1)
    for x, y, flip in ((400, 170, -1), (800, 170, 1)):
        for k in range(3):
            b.arc(x, y, 24 + k * 24, -40 if flip > 0 else 140, 40 if flip > 0 else 220, 9, p.coral)


def swimming(b: Board, rng: random.Random) -> None:
    p = b.palette
    blue = mix(p.water, rgb("3FA9C9"), 0.5)
    b.rect(-20, -20, 1240, 860, p.ground)
    for i in range(26):
        b.rect(i * 50 - 10, -10, 2, 90, p.dark(p.ground, 0.1))
        b.rect(i * 50 - 10, 736, 2, 90, p.dark(p.ground, 0.1))
    b.rect(-20, 70, 1240, 680, p.paper)
    b.rect(-20, 86, 1240, 648, blue)
    for _ in range(90):
        x, y = rng.uniform(-20, WIDTH), rng.uniform(100, 724)
        b.stroke([(x, y), (x + 16, y - 7), (x + 32, y), (x + 48, y - 7)], 4, p.light(blue, 0.3))
    for k in range(4):
        y = 86 + 648 * (k + 0.5) / 4
        b.rect(-20, y - 7, 1240, 14, p.dark(blue, 0.22))
    for k in range(1, 4):
        y = 86 + 648 * k / 4
        for i in range(44):
            b.rect(i * 29 - 16, y - 9, 25, 18, (p.coral, p.paper)[(i // 2) % 2], 9)
    people = looks(rng, b, 6)
    caps = (p.coral, p.mustard, p.ink, p.paper, p.teal, p.rose)
    for k, (x, y, flip, s) in enumerate(
        ((330, 167, 1, 1.0), (830, 329, -1, 0.85), (390, 491, 1, 0.85), (900, 653, -1, 1.0))
    ):
        look = people[k]
        foam = p.light(p.paper, 0.3)
        for j in range(9):
            b.disc(
                x - flip * (196 + j * 9) * s + rng.uniform(-9, 9),
                y + rng.uniform(-24, 24) * s,
                rng.uniform(6, 15) * s,
                foam,
            )
        for side in (-1, 1):
            b.line(
                [
                    (x - flip * 70 * s, y + side * 15 * s),
                    (x - flip * 190 * s, y + side * (22 + 8 * (k % 2)) * s),
                ],
                25 * s,
                look.skin,
            )
        b.line([(x - flip * 74 * s, y), (x + flip * 36 * s, y)], 62 * s, look.top)
        b.line(
            [
                (x + flip * 22 * s, y - 30 * s),
                (x + flip * 88 * s, y - 66 * s),
                (x + flip * 172 * s, y - 44 * s),
            ],
            23 * s,
            look.skin,
        )
        b.line(
            [
                (x + flip * 22 * s, y + 30 * s),
                (x - flip * 20 * s, y + 76 * s),
                (x - flip * 96 * s, y + 66 * s),
            ],
            23 * s,
            look.skin,
        )
        b.disc(x + flip * 86 * s, y, 39 * s, caps[k])
        b.arc(
            x + flip * 86 * s,
            y,
            26 * s,
            -70 if flip > 0 else 110,
            70 if flip > 0 else 250,
            5 * s,
            p.light(caps[k], 0.5),
        )
    # Float and ring on the edge
    b.ring(1090, 160, 62, 32, p.paper)
    for k in range(4):
        b.arc(1090, 160, 46, k * 90 + 10, k * 90 + 46, 31, p.coral)
    b.rect(120, 610, 120, 84, p.mustard, 34)
    b.rect(136, 624, 88, 14, p.light(p.mustard, 0.4), 7)
    for k, x in enumerate((640, 740)):
        b.rect(x, 752, 70, 36, (p.coral, p.teal)[k], 16)
        b.rect(x + 14, 762, 42, 8, p.paper, 4)


def theatre(b: Board, rng: random.Random) -> None:
    x: float
    p = b.palette
    deep = mix(p.ink, rgb("5A1E2E"), 0.4)
    b.rect(-20, -20, 1240, 860, deep)
    b.rect(140, 60, 920, 560, p.dark(p.teal, 0.45))
    # Painted backdrop: moon over the city
    b.disc(760, 210, 84, p.light(p.mustard, 0.3))
    for k in range(9):
        w = 74
        x = 240 + k * 82
        h = 110 + 90 * abs(math.sin(k * 1.7 + rng.random()))
        b.rect(x, 560 - h, w, h + 40, p.dark(p.teal, 0.2 + 0.1 * (k % 2)))
        for i in range(2):
            for j in range(int(h // 44)):
                if rng.random() < 0.6:
                    b.rect(x + 14 + i * 28, 576 - h + j * 40, 16, 20, p.mustard, 2)
    b.poly([(60, 700), (140, 560), (1060, 560), (1140, 700)], p.wood)
    for k in range(9):
        b.line([(140 + k * 115, 560), (60 + k * 135, 700)], 3, p.dark(p.wood, 0.25))
    b.rect(40, 698, 1120, 40, p.dark(p.wood, 0.4))
    for x, foot in ((300, 420), (600, 620), (900, 790)):
        b.veil(
            [(x - 16, 20), (x + 16, 20), (foot + 120, 650), (foot - 120, 650)], p.light(p.mustard, 0.6), 0.2
        )
    for foot in (420, 620, 790):
        b.oval(foot, 652, 112, 20, p.light(p.wood, 0.35))
    one, two, three = looks(rng, b, 3)
    person(b, 420, 656, 300, one, ((-0.34, -0.4), (0.34, -0.36)), skirt=True)
    person(b, 620, 664, 310, two, ((-0.16, 0.08), (0.36, -0.5)))
    person(b, 792, 656, 290, three, ((-0.28, -0.1), (0.22, -0.04)))
    b.line([(700, 660), (734, 470)], 9, p.light(p.wood, 0.3))
    b.poly([(676, 652), (726, 660), (716, 690), (664, 680)], p.mustard)
    # Curtains
    for side in (-1, 1):
        edge = 600 + side * 640
        for k in range(5):
            x = edge - side * k * 66
            b.blob(
                [
                    (x - 46, -20),
                    (x + 46, -20),
                    (x + 40 - side * 10 * k, 300),
                    (x + 52 + side * (8 - 8 * k), 706),
                    (x - 52 + side * (8 - 8 * k), 706),
                    (x - 40 - side * 10 * k, 300),
                ],
                p.coral if k % 2 else p.dark(p.coral, 0.2),
            )
    for k in range(9):
        b.half(60 + k * 136, 20, 86, 96, p.dark(p.coral, 0.08 + 0.16 * (k % 2)), 0, 180)
    b.rect(-20, -20, 1240, 56, p.dark(p.coral, 0.3))
    b.rect(-20, 34, 1240, 9, p.mustard)
    # Audience
    for row, (y, s, n) in enumerate(((742, 78, 12), (790, 96, 10))):
        for k in range(n):
            x = (k + 0.5 + 0.3 * row) * WIDTH / n + rng.uniform(-10, 10)
            tone = mix(deep, (p.teal, p.coral, p.mustard)[(k + row) % 3], 0.22)
            b.blob(
                [
                    (x - s * 0.5, y + 120),
                    (x - s * 0.46, y + s * 0.24),
                    (x, y - s * 0.02),
                    (x + s * 0.46, y + s * 0.24),
                    (x + s * 0.5, y + 120),
                ],
                tone,
            )
            b.disc(x, y - s * 0.3, s * 0.3, mix(deep, HAIRS[(k * 2 + row) % 4], 0.3))


def circle(b: Board, rng: random.Random) -> None:
    p = b.palette
    _room(b, p.wall, p.ground, 560)
    _window(b, 120, 80, 300, 280, rng)
    _window(b, 780, 80, 300, 280, rng)
    pendant(b, 600, 70, 76, p.coral)
    seven = looks(rng, b, 7, grey=True)
    for k, (x, y, s) in enumerate(((330, 430, 150), (510, 400, 146), (690, 400, 146), (870, 430, 150))):
        b.rect(x - s * 0.46, y + s * 0.1, s * 0.92, s * 1.3, p.dark(p.wood, 0.2), 20)
        bust(
            b,
            x,
            y,
            s,
            seven[k],
            (
                ((-0.3, 0.76), (0.3, 0.76)),
                ((-0.5, 0.4), (0.3, 0.8)),
                ((-0.3, 0.8), (0.56, 0.34)),
                ((-0.3, 0.76), (0.3, 0.76)),
            )[k],
        )
    for k, (x, y, s) in enumerate(((150, 520, 174), (1050, 520, 174))):
        b.rect(x - s * 0.5, y + s * 0.16, s, s * 1.5, p.dark(p.wood, 0.3), 24)
        bust(b, x, y, s, seven[4 + k], ((-0.2, 0.8), (0.56, 0.66)) if k == 0 else ((-0.56, 0.66), (0.2, 0.8)))
    b.oval(600, 780, 430, 30, p.dark(p.ground, 0.2))
    b.oval(600, 672, 460, 130, p.dark(p.wood, 0.25))
    b.oval(600, 654, 460, 128, p.wood)
    b.oval(600, 650, 440, 116, p.light(p.wood, 0.15))
    for x, y, tilt, tone in (
        (400, 610, 8, p.paper),
        (790, 616, -9, p.paper),
        (560, 700, -4, p.light(p.mustard, 0.5)),
        (700, 690, 12, p.paper),
    ):
        b.turned(x, y, 110, 58, tilt, tone)
        for j in range(3):
            b.turned(x, y - 14 + j * 14, 74, 4, tilt, p.teal)
    for x, y, tone in ((310, 670, p.teal), (500, 620, p.coral), (680, 618, p.mustard), (900, 670, p.coral)):
        cup(b, x, y, 46, tone)
    plant(b, 600, 660, 104, p.coral, p.leaf)
    open_book(b, 440, 744, 130, p.teal)
    open_book(b, 800, 744, 130, p.coral)


def sewing(b: Board, rng: random.Random) -> None:
    p = b.palette
    _room(b, p.light(p.mustard, 0.6), p.ground, 640)
    b.rect(80, 90, 300, 14, p.wood)
    b.rect(80, 210, 300, 14, p.wood)
    for row in range(2):
        for k in range(6):
            tone = (p.coral, p.teal, p.mustard, p.rose, p.leaf, p.ink)[(k + row * 2) % 6]
            x, y = 112 + k * 46, 90 + row * 120
            b.rect(x - 17, y - 62, 34, 62, tone, 5)
            for j in range(5):
                b.rect(x - 17, y - 54 + j * 11, 34, 3, p.dark(tone, 0.16))
            b.rect(x - 21, y - 68, 42, 9, p.light(p.wood, 0.4), 3)
            b.rect(x - 21, y - 7, 42, 9, p.light(p.wood, 0.4), 3)
    # A dress form
    b.rect(1016, 420, 14, 230, p.dark(p.wood, 0.3))
    b.blob(
        [(960, 180), (1086, 180), (1112, 250), (1076, 340), (1104, 450), (942, 450), (970, 340), (934, 250)],
        p.rose,
    )
    b.rect(1004, 148, 38, 40, p.dark(p.rose, 0.2), 8)
    b.stroke([(1023, 186), (1026, 320), (1022, 448)], 4, p.dark(p.rose, 0.3))
    b.stroke([(962, 344), (1023, 356), (1082, 344)], 8, p.teal)
    one, two = looks(rng, b, 2)
    bust(b, 330, 430, 236, one, ((-0.1, 0.88), (0.7, 0.8)))
    bust(b, 890, 470, 190, two, ((-0.6, 0.66), (0.2, 0.86)))
    table(b, 660, p.wood)
    # Fabric runs over the table
    cloth = p.coral
    b.blob(
        [(380, 640), (560, 628), (900, 640), (1020, 690), (1010, 830), (820, 830), (700, 740), (420, 680)],
        cloth,
    )
    for k in range(12):
        b.disc(480 + k * 46, 668 + 4 * k + (k % 3) * 22, 9, p.light(p.mustard, 0.3))
    b.stroke([(700, 740), (820, 720), (900, 830)], 5, p.dark(cloth, 0.25))
    # Sewing machine
    b.rect(430, 612, 390, 42, p.ink, 12)
    b.rect(720, 400, 92, 224, p.teal, 18)
    b.rect(448, 386, 364, 92, p.teal, 40)
    b.rect(448, 470, 72, 70, p.teal, 12)
    b.rect(464, 540, 14, 56, p.light(p.ink, 0.6))
    b.rect(452, 592, 46, 12, p.light(p.ink, 0.6), 3)
    b.line([(471, 596), (471, 628)], 4, p.light(p.ink, 0.75))
    b.disc(826, 440, 48, p.ink)
    b.disc(826, 440, 22, p.mustard)
    b.rect(560, 346, 38, 42, p.mustard, 5)
    b.rect(574, 332, 8, 16, p.light(p.ink, 0.4))
    b.line([(598, 366), (500, 372), (484, 470), (472, 590)], 3, p.mustard)
    b.rect(560, 420, 120, 24, p.light(p.teal, 0.5), 10)
    b.disc(750, 560, 19, p.mustard)
    # Scissors and tape
    for side in (-1, 1):
        b.ring(180 + side * 30, 750, 25, 11, p.ink)
        b.line([(180 + side * 20, 732), (180 - side * 36, 660)], 9, p.light(p.ink, 0.45))
    b.stroke([(280, 730), (340, 704), (390, 744), (460, 720), (520, 756)], 20, p.mustard)
    for k in range(10):
        b.rect(290 + k * 22, 716 + (k % 3) * 6, 3, 13, p.ink)


def classroom(b: Board, rng: random.Random) -> None:
    p = b.palette
    _room(b, p.wall, p.ground, 560)
    board = mix(p.teal, p.ink, 0.35)
    b.rect(250, 70, 700, 350, p.wood, 8)
    b.rect(266, 86, 668, 318, board)
    chalk = p.light(p.paper, 0.2)
    # A street map in chalk: junction, roundabout, arrows
    b.line([(290, 240), (590, 240)], 5, chalk)
    b.line([(290, 300), (590, 300)], 5, chalk)
    b.line([(400, 110), (400, 240)], 5, chalk)
    b.line([(460, 110), (460, 240)], 5, chalk)
    b.line([(400, 300), (400, 390)], 5, chalk)
    b.line([(460, 300), (460, 390)], 5, chalk)
    b.stroke([(310, 280), (420, 276), (440, 200), (440, 140)], 6, p.mustard)
    b.poly([(428, 146), (452, 146), (440, 120)], p.mustard)
    b.ring(730, 245, 86, 6, chalk)
    b.disc(730, 245, 34, p.light(p.leaf, 0.1))
    b.arc(730, 245, 60, 150, 330, 6, p.coral)
    b.poly([(772, 196), (800, 214), (774, 230)], p.coral)
    for k in range(4):
        b.rect(850, 130 + k * 36, 60 - (k % 2) * 20, 9, p.light(board, 0.6), 4)
    b.rect(250, 420, 700, 18, p.dark(p.wood, 0.2), 4)
    b.rect(560, 410, 44, 10, chalk, 4)
    _window(b, 40, 110, 150, 230, rng)
    plant(b, 1080, 560, 200, p.coral, p.leaf)
    people = looks(rng, b, 7, grey=True)
    person(b, 1000, 640, 430, people[0], ((-0.36, -0.44), (0.16, 0.06)), skirt=True)
    b.line([(846, 396), (760, 300)], 6, p.light(p.wood, 0.4))
    # Learners from behind
    for row, (y, s, xs) in enumerate(((560, 130, (240, 470, 700)), (650, 164, (130, 420, 720)))):
        b.rect(80 + row * -60, y + s * 0.55, 760 + row * 130, 22, p.wood, 6)
        b.rect(80 + row * -60, y + s * 0.55 + 20, 760 + row * 130, 200, p.dark(p.wood, 0.25), 6)
        for k, x in enumerate(xs):
            look = people[1 + row * 3 + k]
            hand = row == 0 and k == 1
            if hand:
                b.stroke(
                    [(x + s * 0.4, y + s * 0.2), (x + s * 0.62, y - s * 0.3), (x + s * 0.6, y - s * 0.9)],
                    s * 0.2,
                    p.dark(look.top, 0.14),
                )
                b.disc(x + s * 0.6, y - s * 0.98, s * 0.12, look.skin)
            b.blob(
                [
                    (x - s * 0.2, y - s * 0.06),
                    (x + s * 0.2, y - s * 0.06),
                    (x + s * 0.5, y + s * 0.16),
                    (x + s * 0.54, y + s * 1.2),
                    (x - s * 0.54, y + s * 1.2),
                    (x - s * 0.5, y + s * 0.16),
                ],
                look.top,
            )
            b.rect(x - s * 0.1, y - s * 0.2, s * 0.2, s * 0.24, look.skin)
            r = s * 0.29
            hy = y - s * 0.42
            if look.style == "bald":
                b.disc(x, hy, r, look.skin)
                b.half(x, hy, r, r, look.hair, 10, 170)
            elif look.style == "long":
                b.rect(x - r, hy - r, 2 * r, r * 3, look.hair, r)
            elif look.style == "scarf":
                b.disc(x, hy, r * 1.08, look.hair)
                b.poly(
                    [(x - r, hy), (x + r, hy), (x + r * 1.3, hy + r * 1.9), (x - r * 1.3, hy + r * 1.9)],
                    look.hair,
                )
            else:
                b.disc(x, hy, r * (1.22 if look.style == "curls" else 1.04), look.hair)
                if look.style == "bun":
                    b.disc(x, hy - r * 1.2, r * 0.45, look.hair)
