"""The look as numbers: contrast of the colours that meet, and the weight of what each page loads."""

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "participation" / "static" / "participation"

TEXT_PAIRS = [
    *[(ink, ground) for ink in ("ink", "ink-soft", "brand", "bad") for ground in ("paper", "sand")],
    ("ink", "sand-deep"),
    *[("ink", f"{tone}-tint") for tone in ("brand", "sun", "info", "good", "warn", "bad")],
    *[(tone, f"{tone}-tint") for tone in ("brand", "coral", "info", "good", "warn", "bad", "quiet")],
    ("brand-strong", "brand-tint"),
    ("on-brand", "brand"),
    ("on-brand", "brand-strong"),
    ("on-sun", "sun"),
    ("on-sun", "sun-strong"),
    ("hero-ink", "hero"),
    ("foot-ink", "foot"),
    ("foot-link", "foot"),
    ("paper", "coral"),
    ("ink-soft", "quiet-tint"),
]
SHAPE_PAIRS = [
    *[("line-strong", ground) for ground in ("paper", "sand")],
    *[(f"series-{number}", "paper") for number in range(1, 6)],
    ("series-1", "sand-deep"),
    ("brand", "brand-tint"),
    ("bad", "paper"),
]


def tokens(scheme):
    source = (STATIC / "css" / "tokens.css").read_text()
    blocks = {
        "light": re.search(r"^:root \{(.*?)^\}", source, re.S | re.M)[1],
        "dark": re.search(r'^  :root\[data-theme="dark"\] \{(.*?)^  \}', source, re.S | re.M)[1],
        "device": re.search(r'^  :root:not\(\[data-theme="light"\]\) \{(.*?)^  \}', source, re.S | re.M)[1],
    }
    found = {}
    for block in ["light"] if scheme == "light" else ["light", scheme]:
        found |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", blocks[block]))
    return found


def luminance(colour):
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def too_weak(scheme, pairs, least):
    colours = tokens(scheme)
    ratios = {(ink, ground): contrast(colours[ink], colours[ground]) for ink, ground in pairs}
    return {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < least}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_can_be_read_on_every_ground_they_meet(scheme):
    assert too_weak(scheme, TEXT_PAIRS, 4.5) == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_borders_bars_and_marks_can_be_seen(scheme):
    assert too_weak(scheme, SHAPE_PAIRS, 3) == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_focus_ring_can_be_seen_on_any_ground(scheme):
    colours = tokens(scheme)

    assert contrast(colours["focus"], colours["focus-halo"]) >= 3
    for ground in ("paper", "sand", "hero", "foot", "brand", "sun"):
        assert max(contrast(colours[mark], colours[ground]) for mark in ("focus", "focus-halo")) >= 3, ground


def test_dark_by_device_and_dark_by_choice_are_the_same():
    assert tokens("device") == tokens("dark")


# What rooms alone load.
OF_ROOMS = {"room.css", "live.js", "live_fill.js", "room.js", "room_desk.js"}


@pytest.mark.parametrize(
    ("kind", "everywhere", "in_rooms"), [("css", 45_000, 12_000), ("js", 20_000, 15_000)]
)
def test_styles_and_scripts_stay_light(kind, everywhere, in_rooms):
    sizes = {path.name: path.stat().st_size for path in (STATIC / kind).glob(f"*.{kind}")}

    assert sum(size for name, size in sizes.items() if name not in OF_ROOMS) < everywhere
    assert 0 < sum(size for name, size in sizes.items() if name in OF_ROOMS) < in_rooms


def test_styles_ask_nobody_else_and_know_both_directions():
    for path in (STATIC / "css").glob("*.css"):
        source = path.read_text()
        assert not re.search(r"@import|https?:|url\(\"?//", source), path
        physical = re.findall(r"(?:margin|padding|border)-(?:left|right)|[^-\w](?:left|right): ", source)
        assert physical == [], path
