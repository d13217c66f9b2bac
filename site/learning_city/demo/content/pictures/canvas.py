"""A drawing board for flat pictures: logical coordinates, round shapes, palettes, smooth edges by supersampling."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw

Colour = tuple[int, int, int]
Point = tuple[float, float]

WIDTH, HEIGHT = 1200, 800
SUPERSAMPLING = 2


def rgb(code: str) -> Colour:
    return int(code[0:2], 16), int(code[2:4], 16), int(code[4:6], 16)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """The colour `share` of the way from one to the other."""
    return tuple(round(a + (b - a) * share) for a, b in zip(one, other, strict=True))  # type: ignore[return-value]


@dataclass(frozen=True)
class Palette:
    """The colours one picture may use; every palette keeps the same roles."""

    sky: Colour
    horizon: Colour
    sun: Colour
    far: Colour
    middle: Colour
    near: Colour
    ground: Colour
    wall: Colour
    water: Colour
    coral: Colour
    mustard: Colour
    teal: Colour
    rose: Colour
    leaf: Colour
    wood: Colour
    ink: Colour
    paper: Colour

    def dark(self, colour: Colour, share: float = 0.18) -> Colour:
        return mix(colour, self.ink, share)

    def light(self, colour: Colour, share: float = 0.25) -> Colour:
        return mix(colour, self.paper, share)


def _palette(codes: str) -> Palette:
    return Palette(*(rgb(code) for code in codes.split()))


# sky horizon sun far middle near ground wall water coral mustard teal rose leaf wood ink paper
PALETTES: tuple[Palette, ...] = (
    _palette(
        "BFE0E2 FCEBCF F6B73C A9CBC3 7FB3A1 4E8D7C E9CFA0 F7E6CB 6FB1BD E4593B F2A93B 1F6F78 F3B7A2 5B9A5F B9794A 1E2F47 FFF8EA"
    ),
    _palette(
        "FBD9B5 FFF1DA EE6C4D D9B8A6 B98B82 7C5C68 E8C6A0 FBE3D0 8DB7C4 D9472F F0A63A 2A6B7C EFA08F 7A9A58 A8693F 2B2540 FFF6E8"
    ),
    _palette(
        "CFE3F5 F5EFE0 FFD166 A7C4DC 7BA3C4 4C7AA0 DCD3B6 E6EEF2 5E9CC2 EF6A4C F4B942 16677F F4B4B0 6BA368 B67F4F 18304F FFFDF5"
    ),
    _palette(
        "DDE8CF FBF3DC F4A340 B7CDA6 8DB184 58865F E4D2A4 F1EBD3 7DB8AE D95D39 EBAA35 256D67 F0B49E 4F8F55 AD7748 23343A FFFAEC"
    ),
)

SKINS: tuple[Colour, ...] = tuple(
    rgb(code) for code in ("F5CDAE", "E5AC83", "C98B62", "9A623F", "6E4229", "F0BE99")
)
HAIRS: tuple[Colour, ...] = tuple(
    rgb(code) for code in ("2A1E1E", "5A3424", "B5743A", "D9D4CC", "3B2A3A", "8C8A8A")
)


class Board:
    """Draws in a 1200 x 800 field whatever the size of the picture; the field is scaled to cover and centred."""

    def __init__(self, size: tuple[int, int], palette: Palette) -> None:
        self.size = size
        self.palette = palette
        width, height = size[0] * SUPERSAMPLING, size[1] * SUPERSAMPLING
        self.scale = max(width / WIDTH, height / HEIGHT)
        self.left = (width - WIDTH * self.scale) / 2
        self.top = (height - HEIGHT * self.scale) / 2
        self.image = Image.new("RGB", (width, height), palette.paper)
        self.draw = ImageDraw.Draw(self.image)

    def at(self, x: float, y: float) -> Point:
        return self.left + x * self.scale, self.top + y * self.scale

    def jpeg(self) -> bytes:
        out = BytesIO()
        self.image.reduce(SUPERSAMPLING).save(out, "JPEG", quality=86, subsampling=0)
        return out.getvalue()

    def sky(self, top: Colour, bottom: Colour, until: float = HEIGHT) -> None:
        """A vertical blend from the top edge down to `until`, plain below."""
        self.draw.rectangle((0, 0, *self.image.size), fill=bottom)
        blend = Image.new("RGB", (1, 2))
        blend.putpixel((0, 0), top)
        blend.putpixel((0, 1), bottom)
        height = max(1, round(self.at(0, until)[1]))
        self.image.paste(blend.resize((self.image.width, height), Image.Resampling.BILINEAR), (0, 0))

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float = 0.6) -> None:
        """Light that fades outwards."""
        px, py = self.at(x, y)
        side = max(2, round(2 * radius * self.scale))
        # Drawn small and enlarged: a soft edge needs no detail.
        fade = Image.radial_gradient("L").point(lambda value: max(0, int((235 - value * 1.6) * strength)))
        fade = fade.resize((side, side), Image.Resampling.BILINEAR)
        self.image.paste(colour, (round(px - side / 2), round(py - side / 2)), fade)

    def veil(self, points: Sequence[Point], colour: Colour, strength: float) -> None:
        """A see-through shape, such as a beam of light."""
        mask = Image.new("L", (self.image.width // 4, self.image.height // 4), 0)
        ImageDraw.Draw(mask).polygon(
            [(px / 4, py / 4) for px, py in (self.at(x, y) for x, y in points)], fill=round(255 * strength)
        )
        self.image.paste(colour, (0, 0), mask.resize(self.image.size, Image.Resampling.BILINEAR))

    def rect(self, x: float, y: float, w: float, h: float, colour: Colour, radius: float = 0) -> None:
        x0, y0 = self.at(x, y)
        x1, y1 = self.at(x + w, y + h)
        if radius:
            self.draw.rounded_rectangle(
                (x0, y0, x1, y1), min(radius * self.scale, (x1 - x0) / 2, (y1 - y0) / 2), fill=colour
            )
        else:
            self.draw.rectangle((x0, y0, x1, y1), fill=colour)

    def oval(self, x: float, y: float, rx: float, ry: float, colour: Colour) -> None:
        self.draw.ellipse((*self.at(x - rx, y - ry), *self.at(x + rx, y + ry)), fill=colour)

    def disc(self, x: float, y: float, r: float, colour: Colour) -> None:
        self.oval(x, y, r, r, colour)

    def ring(self, x: float, y: float, r: float, width: float, colour: Colour) -> None:
        self.draw.ellipse(
            (*self.at(x - r, y - r), *self.at(x + r, y + r)), outline=colour, width=round(width * self.scale)
        )

    def half(
        self, x: float, y: float, rx: float, ry: float, colour: Colour, start: float, end: float
    ) -> None:
        """A slice of an oval; angles in degrees clockwise from three o'clock."""
        self.draw.chord((*self.at(x - rx, y - ry), *self.at(x + rx, y + ry)), start, end, fill=colour)

    def arc(
        self, x: float, y: float, r: float, start: float, end: float, width: float, colour: Colour
    ) -> None:
        steps = max(6, int(abs(end - start) / 6))
        points = [
            (
                x + r * math.cos(math.radians(start + (end - start) * k / steps)),
                y + r * math.sin(math.radians(start + (end - start) * k / steps)),
            )
            for k in range(steps + 1)
        ]
        self.line(points, width, colour)

    def poly(self, points: Sequence[Point], colour: Colour) -> None:
        self.draw.polygon([self.at(x, y) for x, y in points], fill=colour)

    def blob(self, points: Sequence[Point], colour: Colour) -> None:
        """A closed smooth shape through the points (Catmull-Rom)."""
        self.poly(smooth(points, closed=True), colour)

    def land(self, ridge: Sequence[Point], bottom: float, colour: Colour) -> None:
        """Ground below a smooth ridge, straight at its sides and at `bottom`."""
        top = smooth(ridge, closed=False)
        self.poly([*top, (top[-1][0], bottom), (top[0][0], bottom)], colour)

    def line(self, points: Sequence[Point], width: float, colour: Colour) -> None:
        """A stroke with round ends and corners."""
        placed = [self.at(x, y) for x, y in points]
        thick = max(1, round(width * self.scale))
        self.draw.line(placed, fill=colour, width=thick, joint="curve")
        r = thick / 2
        for px, py in (placed[0], placed[-1]):
            self.draw.ellipse((px - r, py - r, px + r, py + r), fill=colour)

    def stroke(self, points: Sequence[Point], width: float, colour: Colour) -> None:
        """A smooth stroke through the points."""
        self.line(smooth(points, closed=False), width, colour)

    def turned(self, x: float, y: float, w: float, h: float, degrees: float, colour: Colour) -> None:
        """A rectangle around (x, y), turned clockwise."""
        self.poly(
            turn([(-w / 2, -h / 2), (w / 2, -h / 2), (w / 2, h / 2), (-w / 2, h / 2)], x, y, degrees), colour
        )


def turn(points: Sequence[Point], x: float, y: float, degrees: float) -> list[Point]:
    """Points around the origin, turned clockwise and moved to (x, y)."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return [(x + px * cos - py * sin, y + px * sin + py * cos) for px, py in points]


def smooth(points: Sequence[Point], *, closed: bool, steps: int = 10) -> list[Point]:
    count = len(points)
    drawn: list[Point] = []
    for i in range(count if closed else count - 1):
        if closed:
            a, b, c, d = (points[(i + offset) % count] for offset in (-1, 0, 1, 2))
        else:
            a, b, c, d = (points[min(max(i + offset, 0), count - 1)] for offset in (-1, 0, 1, 2))
        for k in range(steps):
            t = k / steps
            drawn.append(
                (
                    _catmull_rom(a[0], b[0], c[0], d[0], t),
                    _catmull_rom(a[1], b[1], c[1], d[1], t),
                )
            )
    if not closed:
        drawn.append(points[-1])
    return drawn


def _catmull_rom(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t
    )
