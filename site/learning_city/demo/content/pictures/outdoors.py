"""Pictures under the open sky."""

import math
import random

from learning_city.demo.content.pictures.canvas import WIDTH, Board, mix, rgb, turn
from learning_city.demo.content.pictures.parts import (
    bust,
    cloud,
    gull,
    hills,
    house,
    looks,
    note,
    person,
    ripples,
    street,
    tree,
)

NIGHT_TOP, NIGHT_LOW = rgb("141B3C"), rgb("4A4A7D")


def harbour(b: Board, rng: random.Random) -> None:
    p = b.palette
    b.sky(p.sky, p.horizon, 430)
    b.glow(930, 170, 260, p.sun, 0.5)
    b.disc(930, 170, 62, p.sun)
    cloud(b, 250, 130, 90, p.light(p.sky, 0.6))
    hills(b, 420, 150, p.far, rng.random() * 6)
    street(b, rng, 470, 215)
    b.rect(-20, 468, 1240, 24, p.dark(p.ground, 0.3))
    b.rect(-20, 488, 1240, 340, p.water)
    ripples(b, rng, 500, 690, p.light(p.water, 0.4))
    # A two-masted boat
    x = 420
    b.rect(x - 4, 270, 9, 330, p.dark(p.wood, 0.3))
    b.rect(x + 116, 330, 8, 270, p.dark(p.wood, 0.3))
    b.blob([(x - 8, 285), (x - 130, 560), (x - 60, 572), (x - 8, 560)], p.paper)
    b.blob([(x + 12, 290), (x + 98, 560), (x + 12, 566)], p.coral)
    b.blob([(x + 128, 345), (x + 212, 556), (x + 128, 560)], p.light(p.mustard, 0.2))
    b.poly([(x - 170, 586), (x + 236, 586), (x + 180, 650), (x - 120, 650)], p.teal)
    b.poly([(x - 170, 586), (x + 236, 586), (x + 230, 600), (x - 164, 600)], p.paper)
    b.rect(x - 150, 650, 350, 8, p.light(p.water, 0.55), 4)
    for gx, gy, s in ((620, 180, 24), (690, 220, 17), (180, 260, 19)):
        gull(b, gx, gy, s, p.paper)
    # Quay with people
    b.rect(-20, 690, 1240, 130, p.ground)
    b.rect(-20, 690, 1240, 14, p.light(p.ground, 0.4))
    b.rect(150, 668, 44, 44, p.ink, 10)
    b.rect(140, 660, 64, 18, p.ink, 9)
    one, two, three, four = looks(rng, b, 4, grey=True)
    person(b, 760, 776, 250, one, ((-0.17, 0.08), (0.3, -0.34)))
    person(b, 900, 782, 236, two, skirt=True)
    person(b, 985, 784, 168, three, ((-0.14, 0.08), (0.2, -0.12)))
    person(b, 1080, 778, 244, four)


def lighthouse(b: Board, rng: random.Random) -> None:
    p = b.palette
    b.sky(p.sky, p.horizon, 560)
    cloud(b, 960, 150, 110, p.light(p.sky, 0.65))
    cloud(b, 180, 240, 70, p.light(p.sky, 0.55))
    b.glow(820, 150, 330, p.sun, 0.4)
    b.rect(-20, 560, 1240, 260, p.water)
    ripples(b, rng, 575, 780, p.light(p.water, 0.4))
    b.blob(
        [(300, 840), (360, 660), (470, 560), (640, 470), (820, 430), (1010, 450), (1240, 520), (1300, 840)],
        p.middle,
    )
    b.blob([(520, 840), (600, 690), (760, 590), (960, 560), (1240, 620), (1300, 840)], p.near)
    b.land([(-20, 730), (140, 742), (320, 700), (430, 640)], 830, p.ground)
    x = 830
    b.poly([(x - 74, 460), (x - 50, 170), (x + 50, 170), (x + 74, 460)], p.paper)
    for top, low in ((230, 290), (350, 410)):
        spread = 50 + 24 * (top - 170) / 290, 50 + 24 * (low - 170) / 290
        b.poly(
            [(x - spread[0], top), (x + spread[0], top), (x + spread[1], low), (x - spread[1], low)], p.coral
        )
    b.poly([(x + 18, 170), (x + 50, 170), (x + 74, 460), (x + 30, 460)], p.dark(p.paper, 0.12))
    for top, low in ((230, 290), (350, 410)):
        spread = 50 + 24 * (top - 170) / 290, 50 + 24 * (low - 170) / 290
        b.poly(
            [(x + 22, top), (x + spread[0], top), (x + spread[1], low), (x + 27, low)], p.dark(p.coral, 0.15)
        )
    b.rect(x - 66, 158, 132, 16, p.ink, 6)
    b.rect(x - 36, 98, 72, 62, p.light(p.mustard, 0.4))
    for k in (-36, -2, 32):
        b.rect(x + k, 98, 5, 62, p.ink)
    b.half(x, 100, 50, 48, p.coral, 180, 360)
    b.rect(x - 16, 400, 32, 60, p.dark(p.teal, 0.2), 16)
    house(b, 900, 470, 140, 110, p.paper, p.coral)
    # Stairs climb from the left
    for k in range(13):
        sx, sy = 330 + k * 37, 770 - k * 23
        b.rect(sx, sy, 64, 14, p.light(p.ground, 0.35), 3)
        b.rect(sx, sy + 14, 64, 12, p.dark(p.ground, 0.15))
    b.line([(330, 690), (790, 404)], 7, p.ink)
    for k in range(7):
        b.line([(345 + k * 74, 683 - k * 46), (345 + k * 74, 765 - k * 46)], 6, p.ink)
    one, two, three = looks(rng, b, 3, grey=True)
    person(b, 430, 728, 200, one, ((-0.16, 0.1), (0.2, -0.1)), stride=0.1)
    person(b, 560, 646, 190, two, ((-0.25, -0.2), (0.22, -0.1)), stride=0.1)
    person(b, 236, 782, 216, three, ((-0.16, 0.1), (0.24, -0.36)))
    gull(b, 560, 190, 24, p.paper)
    gull(b, 470, 250, 17, p.paper)


def bicycle(b: Board, rng: random.Random) -> None:
    p = b.palette
    b.sky(p.sky, p.horizon, 520)
    b.disc(250, 190, 70, p.sun)
    cloud(b, 850, 130, 110, p.light(p.sky, 0.6))
    hills(b, 520, 150, p.far, rng.random() * 6)
    street(b, rng, 560, 150, start=620)
    hills(b, 600, 90, p.middle, 2 + rng.random() * 2, 0.8)
    for x, h in ((90, 260), (200, 200), (1120, 280)):
        tree(b, x, 610, h, p.leaf)
    b.rect(-20, 600, 1240, 220, p.ground)
    b.rect(-20, 600, 1240, 12, p.light(p.ground, 0.45))
    for k in range(8):
        b.rect(20 + k * 170, 722, 92, 12, p.paper, 4)
    # The bicycle
    back, front, r = (410, 560), (800, 560), 138
    b.oval(605, 700, 330, 14, p.dark(p.ground, 0.25))
    for x, y in (back, front):
        b.ring(x, y, r, 15, p.ink)
        b.ring(x, y, r - 14, 4, p.light(p.ink, 0.6))
        for k in range(12):
            a = k * math.pi / 6 + rng.random() * 0.05
            b.line([(x, y), (x + (r - 16) * math.cos(a), y + (r - 16) * math.sin(a))], 2, p.light(p.ink, 0.5))
        b.disc(x, y, 14, p.ink)
    crank, saddle, neck = (590, 575), (525, 375), (745, 372)
    b.line([back, crank, neck], 17, p.coral)
    b.line([back, (540, 418), (740, 400)], 15, p.coral)
    b.line([saddle, crank], 17, p.coral)
    b.line([front, neck, (728, 318)], 16, p.dark(p.coral, 0.15))
    b.stroke([(728, 318), (770, 296), (812, 318), (800, 345)], 13, p.ink)
    b.blob([(465, 366), (500, 350), (580, 362), (590, 374), (520, 386), (470, 384)], p.ink)
    b.disc(*crank, 34, p.ink)
    b.disc(*crank, 20, p.mustard)
    b.line([crank, (622, 640)], 10, p.ink)
    b.rect(600, 636, 50, 12, p.ink, 5)
    b.arc(back[0], back[1], r + 18, 200, 320, 12, p.teal)
    b.arc(front[0], front[1], r + 18, 220, 330, 12, p.teal)
    # Basket with flowers
    for dx, dy, tone in (
        (0, -46, p.coral),
        (34, -66, p.mustard),
        (66, -40, p.rose),
        (94, -60, p.paper),
        (20, -82, p.rose),
        (74, -84, p.coral),
    ):
        b.line([(830 + dx, 300), (830 + dx, 292 + dy)], 5, p.leaf)
        for k in range(5):
            a = k * math.tau / 5
            b.disc(830 + dx + 11 * math.cos(a), 290 + dy + 11 * math.sin(a), 9, tone)
        b.disc(830 + dx, 290 + dy, 7, p.light(p.mustard, 0.3))
    b.poly([(806, 296), (952, 296), (934, 392), (824, 392)], p.wood)
    for k in range(4):
        b.rect(812 + k * 4, 312 + k * 21, 134 - k * 8, 7, p.light(p.wood, 0.35), 3)
    b.rect(800, 288, 158, 16, p.dark(p.wood, 0.2), 8)


def garden(b: Board, rng: random.Random) -> None:
    x: float
    p = b.palette
    b.sky(p.sky, p.horizon, 420)
    b.disc(180, 150, 66, p.sun)
    cloud(b, 620, 110, 90, p.light(p.sky, 0.6))
    hills(b, 430, 120, p.far, rng.random() * 6)
    for x, h in ((70, 250), (420, 210), (1140, 300)):
        tree(b, x, 450, h, p.middle)
    b.rect(-20, 440, 1240, 400, p.leaf)
    hills(b, 462, 30, p.leaf, 1.0)
    # Shed
    b.rect(780, 270, 240, 200, p.teal)
    for k in range(6):
        b.rect(780 + k * 40, 270, 4, 200, p.dark(p.teal, 0.2))
    b.poly([(752, 276), (900, 176), (1048, 276)], p.coral)
    b.rect(860, 330, 80, 140, p.dark(p.teal, 0.4), 4)
    b.rect(964, 320, 40, 44, p.light(p.mustard, 0.4), 3)
    # Beds, nearer ones larger
    for row, (y, h, count, w) in enumerate(((500, 40, 11, 640), (590, 54, 10, 860))):
        x = 40 + row * 20
        b.rect(x, y, w, h, p.dark(p.wood, 0.12), 6)
        b.rect(x, y, w, 12, p.light(p.wood, 0.25), 6)
        for k in range(count):
            px = x + w * (k + 0.5) / count
            kind = (k + row + rng.randint(0, 1)) % 3
            s = 24 + 10 * row
            if kind == 0:
                for lean in (-0.8, -0.3, 0.3, 0.8):
                    b.stroke(
                        [(px, y + 4), (px + lean * s * 0.6, y - s * 0.8), (px + lean * s, y - s * 1.3)],
                        s * 0.22,
                        p.middle,
                    )
                b.disc(px, y - 2, s * 0.36, p.coral)
            elif kind == 1:
                for r, tone in (
                    (0.85, p.dark(p.leaf, 0.25)),
                    (0.62, p.light(p.leaf, 0.25)),
                    (0.34, p.light(p.leaf, 0.5)),
                ):
                    b.disc(px, y - s * 0.3, s * r, tone)
            else:
                b.rect(px - 3, y - s * 2.4, 6, s * 2.4, p.wood)
                for j in range(4):
                    b.oval(px + (-1) ** j * s * 0.35, y - s * (0.5 + j * 0.5), s * 0.4, s * 0.22, p.near)
                    if j % 2:
                        b.disc(px - s * 0.2, y - s * (0.4 + j * 0.5), s * 0.2, p.coral)
    one, two, three = looks(rng, b, 3)
    person(b, 985, 740, 300, one, ((-0.34, -0.12), (-0.16, -0.06)))
    # Watering can in front
    b.poly([(840, 610), (910, 610), (918, 678), (832, 678)], p.mustard)
    b.line([(838, 656), (786, 606)], 13, p.mustard)
    b.poly([(770, 586), (800, 606), (778, 622), (756, 602)], p.dark(p.mustard, 0.15))
    b.arc(880, 606, 30, 180, 360, 9, p.dark(p.mustard, 0.15))
    for k in range(5):
        b.stroke(
            [(766 - k * 5, 610 + k * 3), (742 - k * 9, 650), (736 - k * 10, 690)], 3, p.light(p.water, 0.4)
        )
    person(b, 1110, 770, 214, two, ((-0.3, -0.3), (0.3, -0.34)))
    b.rect(-20, 742, 1240, 80, p.dark(p.leaf, 0.22))
    for _ in range(26):
        x = rng.uniform(0, WIDTH)
        b.disc(x, rng.uniform(752, 800), 6, rng.choice((p.paper, p.mustard, p.rose)))
    person(b, 250, 770, 250, three, ((-0.16, 0.08), (0.26, -0.1)), skirt=True)


def bus(b: Board, rng: random.Random) -> None:
    p = b.palette
    b.sky(p.sky, p.horizon, 500)
    b.glow(220, 170, 240, p.sun, 0.5)
    b.disc(220, 170, 64, p.sun)
    hills(b, 470, 170, p.far, rng.random() * 6)
    for k in range(6):
        x = 640 + k * 104
        h = rng.randint(150, 290)
        tone = (p.middle, p.light(p.middle, 0.2))[k % 2]
        b.rect(x, 560 - h, 92, h, tone)
        for i in range(3):
            for j in range(h // 44):
                b.rect(x + 12 + i * 27, 574 - h + j * 42, 16, 22, p.light(tone, 0.45), 2)
    for x, h in ((60, 230), (160, 180), (1150, 190)):
        tree(b, x, 580, h, p.leaf)
    b.rect(-20, 560, 1240, 70, p.leaf)
    b.rect(-20, 618, 1240, 210, p.dark(p.ground, 0.5))
    for k in range(8):
        b.rect(k * 170 - 10, 742, 96, 12, p.light(p.ground, 0.5), 5)
    # The bus
    b.oval(600, 690, 450, 20, p.dark(p.ground, 0.7))
    b.rect(180, 282, 840, 384, p.coral, 46)
    b.rect(180, 520, 840, 74, p.mustard)
    b.rect(180, 594, 840, 72, p.dark(p.coral, 0.2), 30)
    for k in range(4):
        b.rect(220 + k * 152, 324, 134, 152, p.light(p.sky, 0.35), 18)
        b.poly(
            [(232 + k * 152, 470), (282 + k * 152, 330), (318 + k * 152, 330), (268 + k * 152, 470)],
            p.light(p.sky, 0.6),
        )
    b.rect(836, 324, 92, 300, p.dark(p.teal, 0.2), 14)
    b.rect(846, 336, 34, 276, p.light(p.sky, 0.3), 8)
    b.rect(886, 336, 34, 276, p.light(p.sky, 0.3), 8)
    b.rect(944, 330, 66, 130, p.light(p.sky, 0.45), 16)
    b.disc(1000, 556, 17, p.paper)
    players = looks(rng, b, 4)
    for k, look in enumerate(players):
        bust(b, 288 + k * 152, 424, 66, look, below=-0.5)
    for k in range(4):
        b.rect(220 + k * 152, 476, 134, 20, p.coral)
    b.rect(216, 494, 616, 10, p.light(p.coral, 0.35), 5)
    for x in (340, 800):
        b.disc(x, 666, 66, p.ink)
        b.disc(x, 666, 34, p.light(p.ink, 0.7))
        b.disc(x, 666, 14, p.ink)
    for k in range(20):
        b.rect(250 + k * 28, 532, 24, 48, p.paper, 2)
        if k % 7 not in (2, 6):
            b.rect(268 + k * 28, 532, 14, 28, p.ink, 2)
    # Music leaves through the roof
    b.rect(470, 262, 150, 24, p.dark(p.coral, 0.3), 8)
    for x, y, s, tone, double in (
        (430, 200, 46, p.teal, False), (520, 130, 58, p.ink, True), (680, 210, 44, p.coral, False),
        (770, 120, 52, p.teal, True), (360, 110, 36, p.mustard, False), (920, 210, 38, p.ink, False),
    ):  # fmt: skip
        note(b, x, y + rng.randint(-14, 14), s, tone, double=double)


def stars(b: Board, rng: random.Random) -> None:
    p = b.palette
    b.sky(NIGHT_TOP, NIGHT_LOW, 620)
    b.glow(640, 640, 700, p.rose, 0.32)
    for _ in range(190):
        x, y = rng.uniform(0, WIDTH), rng.uniform(0, 560)
        near_band = abs((y - 60) - (1100 - x) * 0.36) < 90
        r = rng.choice((1.2, 1.6, 2.0, 2.6)) * (1.2 if near_band else 1)
        b.disc(x, y, r, p.light(p.paper, 0.2) if near_band else p.light(p.rose, 0.6))
    for _ in range(120):
        x = rng.uniform(0, WIDTH)
        y = 60 + (1100 - x) * 0.36 + rng.gauss(0, 34)
        b.disc(x, y, 1.3, p.light(p.sky, 0.5))
    plough = ((150, 150), (240, 130), (310, 165), (380, 190), (400, 262), (500, 268), (512, 196))
    b.line([*plough, plough[3]], 2, p.light(p.sky, 0.2))
    for x, y in plough:
        b.glow(x, y, 22, p.paper, 0.7)
        b.disc(x, y, 5, p.paper)
    b.glow(1010, 140, 150, p.mustard, 0.5)
    b.disc(1010, 140, 52, p.light(p.mustard, 0.4))
    b.disc(1032, 126, 46, mix(NIGHT_TOP, NIGHT_LOW, 0.25))
    b.stroke([(560, 80), (640, 120), (700, 156)], 3, p.paper)
    far, near = rgb("2B2E5C"), rgb("161A38")
    hills(b, 660, 170, far, rng.random() * 3)
    # Dome
    b.rect(690, 470, 250, 170, rgb("59598F"))
    b.rect(690, 470, 250, 22, rgb("7777A8"))
    b.half(815, 474, 132, 128, rgb("8C8CBB"), 180, 360)
    b.poly([(800, 350), (850, 350), (900, 474), (840, 474)], rgb("141B3C"))
    b.turned(852, 392, 34, 130, 28, p.mustard)
    b.rect(790, 550, 52, 90, p.light(p.mustard, 0.2), 26)
    b.glow(816, 600, 110, p.mustard, 0.5)
    hills(b, 730, 120, near, 2.2 + rng.random())
    b.rect(-20, 716, 1240, 110, near)
    # Telescope on the lawn
    b.line([(330, 620), (270, 770)], 10, p.wood)
    b.line([(330, 620), (390, 770)], 10, p.wood)
    b.line([(330, 620), (332, 776)], 10, p.dark(p.wood, 0.3))
    b.turned(330, 590, 250, 42, -33, p.coral)
    b.turned(425, 528, 40, 58, -33, p.dark(p.coral, 0.2))
    b.turned(226, 657, 50, 20, -33, p.mustard)
    one, two, three, four = looks(rng, b, 4)
    person(b, 180, 776, 216, one, ((-0.14, 0.1), (0.18, -0.06)))
    person(b, 510, 778, 236, two, ((-0.16, 0.1), (0.26, -0.52)))
    person(b, 592, 782, 150, three, ((-0.16, 0.06), (0.28, -0.5)))
    person(b, 1040, 776, 232, four, ((-0.16, 0.08), (0.14, -0.08)), skirt=True)


def boat(b: Board, rng: random.Random) -> None:
    p = b.palette
    b.sky(p.sky, p.horizon, 420)
    b.disc(980, 160, 60, p.sun)
    cloud(b, 300, 120, 100, p.light(p.sky, 0.6))
    hills(b, 420, 140, p.far, rng.random() * 6)
    street(b, rng, 440, 150, start=-20, end=420)
    b.rect(-20, 438, 1240, 140, p.water)
    ripples(b, rng, 446, 560, p.light(p.water, 0.4), 26)
    # Crane
    b.rect(1040, 190, 22, 300, p.teal)
    b.turned(960, 190, 260, 18, -12, p.teal)
    b.rect(852, 216, 4, 110, p.ink)
    b.rect(838, 322, 34, 24, p.mustard, 4)
    b.rect(-20, 560, 1240, 270, p.ground)
    b.rect(-20, 560, 1240, 14, p.light(p.ground, 0.4))
    # Boat on trestles, ribs open above the planks
    hull = [
        (220, 430),
        (300, 455),
        (520, 470),
        (760, 462),
        (900, 420),
        (962, 372),
        (930, 500),
        (850, 600),
        (640, 640),
        (430, 630),
        (300, 570),
    ]
    for k in range(8):
        x = 330 + k * 74
        rise = 428 - abs(k - 3) * 6 - (k > 4) * (k - 4) * 14
        b.stroke([(x, 620), (x - 12, 520), (x - 8, rise)], 13, p.dark(p.wood, 0.35))
    b.blob(hull, p.wood)
    for k in range(4):
        y = 492 + k * 34
        b.stroke(
            [
                (248 + k * 26, y - 22 + k * 4),
                (420, y + 4),
                (640, y + 8),
                (840, y - 18),
                (938 - k * 22, y - 66 + k * 12),
            ],
            4,
            p.dark(p.wood, 0.35),
        )
    b.stroke([(218, 428), (300, 456), (520, 472), (760, 464), (900, 420), (966, 366)], 15, p.coral)
    for x in (400, 780):
        b.line([(x - 52, 720), (x, 612), (x + 52, 720)], 15, p.dark(p.wood, 0.5))
        b.line([(x - 34, 686), (x + 34, 686)], 9, p.dark(p.wood, 0.5))
    for _ in range(40):
        b.arc(rng.uniform(240, 960), rng.uniform(724, 782), 7, 0, 240, 3, p.light(p.wood, 0.4))
    one, two, three = looks(rng, b, 3, grey=True)
    person(b, 190, 748, 300, one, ((0.16, -0.24), (0.3, -0.2)))
    b.turned(292, 552, 92, 26, 8, p.light(p.wood, 0.35))
    b.turned(306, 532, 18, 30, 8, p.ink)
    person(b, 1010, 752, 290, two, ((-0.3, -0.26), (-0.12, -0.12)))
    b.line([(936, 566), (888, 536)], 12, p.light(p.wood, 0.3))
    b.rect(868, 516, 26, 40, p.ink, 4)
    person(b, 1110, 762, 270, three, ((-0.16, 0.08), (0.1, -0.14)), skirt=True)


def orchard(b: Board, rng: random.Random) -> None:
    p = b.palette
    b.sky(p.sky, p.horizon, 420)
    b.glow(960, 150, 240, p.sun, 0.5)
    b.disc(960, 150, 60, p.sun)
    hills(b, 440, 150, p.far, rng.random() * 6)
    hills(b, 480, 80, p.middle, 1 + rng.random() * 3)
    b.rect(-20, 470, 1240, 360, p.light(p.leaf, 0.25))
    for k in range(5):
        b.poly(
            [
                (100 + k * 300 - 300, 830),
                (260 + k * 210 - 190, 478),
                (290 + k * 210 - 190, 478),
                (220 + k * 300 - 300, 830),
            ],
            p.light(p.leaf, 0.12),
        )

    def apple_tree(x: float, y: float, h: float) -> None:
        tree(b, x, y, h, p.leaf)
        for _ in range(12):
            a, r = rng.uniform(0, math.tau), rng.uniform(0.05, 0.3)
            b.disc(
                x + h * r * math.cos(a) * 1.05, y - h * 0.62 + h * r * math.sin(a) * 0.85, h * 0.03, p.coral
            )

    for x in (90, 330, 560, 800, 1010, 1180):
        apple_tree(x, 520, 170)
    apple_tree(930, 690, 470)
    apple_tree(170, 700, 420)
    # Ladder and picker
    b.line([(700, 740), (860, 330)], 11, p.wood)
    b.line([(750, 750), (900, 340)], 11, p.wood)
    for k in range(8):
        b.line([(716 + k * 19, 700 - k * 48), (764 + k * 18, 706 - k * 48)], 8, p.dark(p.wood, 0.2))
    one, two, three = looks(rng, b, 3)
    person(b, 792, 566, 240, one, ((-0.14, 0.06), (0.3, -0.44)), stride=0.05)
    person(b, 470, 770, 290, two, ((-0.16, -0.06), (0.16, -0.06)))
    b.poly([(408, 634), (532, 634), (512, 700), (428, 700)], p.wood)
    for k in range(6):
        b.disc(424 + k * 19, 632 - (k % 2) * 10, 15, (p.coral, p.mustard)[k % 2])
    b.poly([(406, 640), (534, 640), (530, 654), (410, 654)], p.light(p.wood, 0.3))
    person(b, 600, 782, 190, three, ((-0.3, -0.16), (0.16, 0.06)))
    for cx in (1060, 1150):
        b.rect(cx - 44, 712, 84, 62, p.dark(p.wood, 0.1), 4)
        b.rect(cx - 44, 730, 84, 6, p.dark(p.wood, 0.4))
        for k in range(5):
            b.disc(cx - 34 + k * 16, 710, 13, (p.coral, p.mustard, p.coral)[k % 3])


def shore(b: Board, rng: random.Random) -> None:
    s: float
    p = b.palette
    mud, wet = mix(p.wood, p.far, 0.5), mix(p.water, p.paper, 0.35)
    b.sky(p.sky, p.horizon, 300)
    b.glow(300, 250, 330, p.sun, 0.55)
    b.disc(300, 240, 56, p.sun)
    cloud(b, 900, 110, 100, p.light(p.sky, 0.6))
    b.rect(-20, 296, 1240, 50, p.water)
    b.rect(-20, 340, 1240, 490, mud)
    hills(b, 306, 36, p.far, rng.random() * 6, 0.6)
    b.rect(-20, 300, 1240, 44, p.water)
    b.rect(-20, 338, 1240, 490, mud)
    b.blob(
        [
            (700, 336),
            (640, 400),
            (760, 470),
            (560, 560),
            (260, 640),
            (-60, 700),
            (-60, 780),
            (330, 700),
            (690, 600),
            (900, 480),
            (780, 410),
            (820, 336),
        ],
        wet,
    )
    b.blob([(1240, 520), (1000, 590), (860, 700), (800, 860), (960, 860), (1020, 720), (1240, 610)], wet)
    for _ in range(60):
        y = rng.uniform(360, 800)
        b.oval(rng.uniform(0, WIDTH), y, 3 + (y - 340) / 70, 2 + (y - 340) / 160, p.dark(mud, 0.14))
    for _ in range(40):
        y = rng.uniform(350, 520)
        x = rng.uniform(0, WIDTH)
        b.line([(x, y), (x + rng.uniform(-3, 3), y - 12)], 3, p.middle)
    # Curlews
    for x, y, s, flip in ((190, 470, 52, 1), (330, 430, 38, -1), (1030, 430, 44, -1)):
        tone = p.dark(p.wood, 0.2)
        b.oval(x, y, s, s * 0.5, tone)
        b.oval(x - flip * s * 0.3, y + s * 0.08, s * 0.7, s * 0.3, p.dark(tone, 0.2))
        b.stroke(
            [
                (x + flip * s * 0.7, y - s * 0.15),
                (x + flip * s * 0.95, y - s * 0.6),
                (x + flip * s * 1.0, y - s * 0.9),
            ],
            s * 0.26,
            tone,
        )
        b.disc(x + flip * s * 1.03, y - s * 0.98, s * 0.22, tone)
        b.stroke(
            [
                (x + flip * s * 1.15, y - s * 0.98),
                (x + flip * s * 1.7, y - s * 0.84),
                (x + flip * s * 2.0, y - s * 0.45),
            ],
            s * 0.07,
            p.ink,
        )
        for leg in (-0.15, 0.2):
            b.line([(x + leg * s, y + s * 0.4), (x + leg * s, y + s * 1.25)], s * 0.07, p.ink)
    one, two, three = looks(rng, b, 3)
    person(b, 560, 736, 296, one, ((-0.16, 0.08), (0.3, -0.36)))
    person(b, 700, 762, 206, two, ((-0.18, 0.04), (0.2, 0.02)))
    person(b, 960, 782, 230, three, ((-0.26, 0.0), (0.2, -0.2)), skirt=True)
    for x, foot, s in ((560, 736, 1.0), (700, 762, 0.7), (960, 782, 0.78)):
        for side in (-1, 1):
            b.rect(x + side * 21 * s - 14 * s, foot - 66 * s, 28 * s, 66 * s, p.mustard, 8 * s)
            b.rect(x + side * 21 * s - 12 * s, foot - 14 * s, 42 * s, 16 * s, p.mustard, 8 * s)
    b.poly([(800, 700), (870, 700), (860, 772), (810, 772)], p.coral)
    b.rect(794, 692, 82, 14, p.dark(p.coral, 0.2), 6)
    b.arc(835, 694, 36, 180, 360, 5, p.ink)


def wind(b: Board, rng: random.Random) -> None:
    p = b.palette
    b.sky(p.sky, p.horizon, 540)
    b.glow(900, 200, 330, p.sun, 0.5)
    b.disc(900, 200, 72, p.sun)
    cloud(b, 260, 120, 120, p.light(p.sky, 0.65))
    cloud(b, 640, 250, 70, p.light(p.sky, 0.55))
    b.rect(-20, 520, 1240, 310, p.water)
    ripples(b, rng, 530, 700, p.light(p.water, 0.4))

    def turbine(x: float, y: float, h: float) -> None:
        b.poly(
            [(x - h * 0.022, y), (x - h * 0.012, y - h), (x + h * 0.012, y - h), (x + h * 0.022, y)], p.paper
        )
        b.poly([(x, y), (x, y - h), (x + h * 0.012, y - h), (x + h * 0.022, y)], p.dark(p.paper, 0.14))
        spin = rng.uniform(0, 120)
        for k in range(3):
            blade = turn(
                [(0, 0), (h * 0.03, -h * 0.12), (h * 0.008, -h * 0.56), (-h * 0.012, -h * 0.1)],
                x,
                y - h,
                spin + 120 * k,
            )
            b.poly(blade, p.paper)
        b.disc(x, y - h, h * 0.026, p.coral)

    for x, y, h in ((560, 536, 150), (700, 540, 190), (1130, 545, 220), (420, 560, 280), (1010, 580, 370)):
        turbine(x, y, h)
    # Roof with solar panels
    b.poly([(-20, 830), (-20, 560), (300, 470), (760, 690), (760, 830)], p.coral)
    b.poly([(-20, 590), (-20, 560), (300, 470), (760, 690), (760, 720), (300, 500)], p.dark(p.coral, 0.25))
    for i in range(3):
        for j in range(2):
            corner = (70 + i * 150 + j * 10, 606 + j * 100 + i * 44 - 30)
            panel = [
                corner,
                (corner[0] + 132, corner[1] + 40),
                (corner[0] + 140, corner[1] + 126),
                (corner[0] + 8, corner[1] + 86),
            ]
            b.poly(panel, p.dark(p.teal, 0.45))
            for t in (0.33, 0.66):
                b.line(
                    [
                        (corner[0] + 132 * t, corner[1] + 40 * t),
                        (corner[0] + 132 * t + 8, corner[1] + 40 * t + 86),
                    ],
                    2,
                    p.light(p.teal, 0.3),
                )
            b.line(
                [(corner[0] + 4, corner[1] + 43), (corner[0] + 136, corner[1] + 83)], 2, p.light(p.teal, 0.3)
            )
            b.poly(
                [panel[0], (corner[0] + 40, corner[1] + 12), (corner[0] + 20, corner[1] + 88), panel[3]],
                p.light(p.teal, 0.12),
            )
    one, two = looks(rng, b, 2)
    helmet = p.mustard
    for x, y, h, look, arms in (
        (640, 690, 250, one, ((-0.3, 0.06), (0.16, 0.04))),
        (880, 790, 270, two, ((-0.3, -0.34), (0.16, -0.1))),
    ):
        person(b, x, y, h, look, arms)
        b.half(x, y - h * 0.9, h * 0.105, h * 0.115, helmet, 180, 360)
        b.rect(x - h * 0.125, y - h * 0.915, h * 0.25, h * 0.022, p.dark(helmet, 0.15), 3)
        b.line([(x - h * 0.09, y - h * 0.72), (x + h * 0.09, y - h * 0.5)], h * 0.025, p.ink)
        b.line([(x + h * 0.09, y - h * 0.72), (x - h * 0.09, y - h * 0.5)], h * 0.025, p.ink)
    b.rect(760, 784, 460, 40, p.ground)


def cinema(b: Board, rng: random.Random) -> None:
    x: float
    p = b.palette
    night, dim = rgb("1D2147"), rgb("343663")
    b.sky(night, rgb("5B4A7A"), 520)
    for _ in range(60):
        b.disc(rng.uniform(0, WIDTH), rng.uniform(0, 200), rng.choice((1.2, 1.8, 2.4)), p.paper)
    # Gable wall as a screen
    b.rect(-20, 330, 260, 400, rgb("2B2E5C"))
    b.rect(960, 300, 260, 430, rgb("2B2E5C"))
    for x, y in (
        (40, 380),
        (130, 380),
        (40, 470),
        (130, 470),
        (1010, 360),
        (1100, 360),
        (1010, 450),
        (1100, 450),
    ):
        b.rect(x, y, 46, 58, p.mustard if rng.random() < 0.5 else dim, 3)
    b.poly([(200, 730), (200, 230), (600, 50), (1000, 230), (1000, 730)], rgb("6B5B7B"))
    b.poly([(186, 240), (600, 40), (1014, 240), (1014, 214), (600, 12), (186, 214)], rgb("463B60"))
    for _ in range(46):
        b.rect(rng.uniform(210, 960), rng.uniform(250, 700), 34, 12, rgb("7A6A88"), 2)
    b.glow(600, 390, 460, p.light(p.mustard, 0.4), 0.5)
    b.rect(300, 230, 600, 340, p.paper, 8)
    b.rect(314, 244, 572, 312, p.light(p.sky, 0.1), 4)
    # The film: a boat, waves and a couple
    b.disc(760, 320, 36, p.sun)
    b.land([(314, 470), (420, 400), (560, 440), (700, 390), (886, 450)], 500, p.middle)
    b.rect(314, 478, 572, 78, p.water)
    b.poly([(420, 474), (580, 474), (556, 510), (444, 510)], p.coral)
    b.poly([(498, 300), (498, 464), (420, 464)], p.paper)
    b.poly([(506, 320), (506, 464), (566, 464)], p.mustard)
    for k in range(9):
        b.rect(330 + k * 62, 524 + (k % 2) * 12, 34, 5, p.light(p.water, 0.5), 2)
    for x in (318, 868):
        for k in range(9):
            b.rect(x, 252 + k * 34, 12, 18, p.ink, 3)
    b.veil([(1150, 610), (900, 232), (300, 232), (300, 570), (900, 570)], p.light(p.mustard, 0.6), 0.13)
    # Audience from behind
    front = rgb("14173A")
    b.rect(-20, 716, 1240, 110, front)
    for row, (y, s, n) in enumerate(((700, 84, 11), (770, 104, 9))):
        people = looks(rng, b, n)
        for k, look in enumerate(people):
            x = (k + 0.5) * WIDTH / n + rng.uniform(-14, 14) + row * 20
            tone = mix(look.top, front, 0.45)
            b.blob(
                [
                    (x - s * 0.5, y + s * 1.2),
                    (x - s * 0.46, y + s * 0.2),
                    (x, y - s * 0.06),
                    (x + s * 0.46, y + s * 0.2),
                    (x + s * 0.5, y + s * 1.2),
                ],
                tone,
            )
            b.disc(x, y - s * 0.36, s * 0.31, mix(look.hair, front, 0.25))
    b.rect(1120, 596, 80, 44, p.ink, 8)
    b.disc(1124, 616, 15, p.light(p.mustard, 0.5))
    b.line([(1160, 640), (1160, 800)], 8, p.ink)


def chess(b: Board, rng: random.Random) -> None:
    p = b.palette
    b.sky(p.sky, p.horizon, 460)
    hills(b, 450, 130, p.far, rng.random() * 6)
    street(b, rng, 470, 130, start=-20, end=380)
    b.rect(-20, 460, 1240, 370, p.light(p.leaf, 0.2))
    for x, h in ((420, 210), (760, 230)):
        tree(b, x, 490, h, p.middle)
    b.blob(
        [(-40, 640), (300, 560), (700, 590), (1240, 540), (1240, 660), (700, 700), (300, 690), (-40, 760)],
        p.ground,
    )
    tree(b, 120, 620, 520, p.leaf)
    tree(b, 1110, 640, 560, p.leaf)
    for _ in range(30):
        b.disc(rng.uniform(0, WIDTH), rng.uniform(560, 800), 5, rng.choice((p.paper, p.mustard, p.rose)))
    one, two = looks(rng, b, 2, grey=True)
    for x, look, hand in ((330, one, 0.95), (870, two, -0.8)):
        b.rect(x - 90, 660, 180, 24, p.dark(p.wood, 0.2), 8)
        b.rect(x - 70, 680, 22, 110, p.dark(p.wood, 0.4))
        b.rect(x + 48, 680, 22, 110, p.dark(p.wood, 0.4))
        hands = ((0.5, 0.72), (hand, 0.34)) if hand > 0 else ((hand, 0.5), (-0.4, 0.74))
        bust(b, x, 470, 190, look, hands, below=-0.2, facing=1 if hand > 0 else -1)
        side = 1 if x < 600 else -1
        b.stroke([(x, 676), (x + side * 90, 690), (x + side * 110, 780)], 54, look.legs)
    # Stone table
    b.poly([(560, 620), (640, 620), (680, 800), (520, 800)], p.dark(p.ground, 0.32))
    b.rect(410, 566, 380, 40, p.light(p.ground, 0.5), 10)
    b.rect(410, 594, 380, 26, p.dark(p.ground, 0.18), 10)
    for k in range(12):
        b.rect(420 + k * 30, 572, 30, 12, p.ink if k % 2 else p.paper)

    def piece(x: float, s: float, tone: tuple[int, int, int], kind: int) -> None:
        y = 570
        b.poly(
            [(x - s * 0.3, y), (x - s * 0.13, y - s * 0.8), (x + s * 0.13, y - s * 0.8), (x + s * 0.3, y)],
            tone,
        )
        b.rect(x - s * 0.36, y - s * 0.14, s * 0.72, s * 0.16, tone, 3)
        b.rect(x - s * 0.24, y - s * 0.86, s * 0.48, s * 0.1, tone, 3)
        if kind == 0:
            b.disc(x, y - s * 1.02, s * 0.22, tone)
        elif kind == 1:
            b.rect(x - s * 0.24, y - s * 1.16, s * 0.48, s * 0.32, tone, 2)
            b.rect(x - s * 0.07, y - s * 1.18, s * 0.14, s * 0.12, p.light(p.leaf, 0.2))
        else:
            b.poly(
                [
                    (x - s * 0.18, y - s * 0.8),
                    (x - s * 0.3, y - s * 1.3),
                    (x, y - s * 1.1),
                    (x + s * 0.3, y - s * 1.3),
                    (x + s * 0.18, y - s * 0.8),
                ],
                tone,
            )
            b.disc(x, y - s * 1.28, s * 0.12, tone)

    for k, (x, s, kind) in enumerate(
        ((450, 66, 1), (492, 50, 0), (540, 92, 2), (594, 52, 0), (646, 52, 0), (694, 96, 2), (742, 66, 1))
    ):
        piece(x, s, p.coral if k < 4 else p.dark(p.teal, 0.4), kind)
