"""The opinion groups as everybody sees them: places on a sheet, letters for groups, and statements with their shares."""

from collections.abc import Iterable, Mapping
from typing import Any

from participation.opinion import Analysis, Key, Place, Said

# The sheet of the drawing, and the room around the outermost dots.
WIDTH, HEIGHT, MARGIN = 1000, 640, 60
SMALLEST, LARGEST = 9, 42
LISTED = 3


def content_of(analysis: Analysis, texts: Mapping[Key, str]) -> dict[str, Any]:
    """Return an analysis that is shown as plain values; statements stand in it with their words, and nobody with a name."""
    by_statement = {each.statement: each for each in analysis.statements}
    scale = _scale(analysis)
    most = max((dot.people for dot in analysis.dots), default=1)

    def listed(statements: Iterable[Key]) -> list[dict[str, Any]]:
        return [
            {
                "id": pk,
                "text": texts[pk],
                **_shares(by_statement[pk].everybody),
                "groups": [
                    {"letter": letter_of(group.label), **_shares(said)}
                    for group, said in zip(analysis.groups, by_statement[pk].groups, strict=True)
                ],
            }
            for pk in statements
            if pk in texts and pk in by_statement
        ]

    return {
        "people": analysis.people,
        "votes": analysis.votes,
        "placed": analysis.people_placed,
        "apart": analysis.too_small,
        "stays": analysis.stays,
        "clear": _clearness(analysis.silhouette),
        "groups": [
            {
                "letter": letter_of(group.label),
                "series": group.label % 5 + 1,
                "people": group.people,
                "stays": group.stays,
                "x": scale(group.centre)[0],
                "y": scale(group.centre)[1],
                "says": [
                    {
                        "id": each.statement,
                        "text": texts[each.statement],
                        "agrees": each.agrees,
                        **_shares(each.said),
                    }
                    for each in group.representative[:LISTED]
                    if each.statement in texts
                ],
            }
            for group in analysis.groups
        ],
        "dots": [
            {
                "x": scale((dot.x, dot.y))[0],
                "y": scale((dot.x, dot.y))[1],
                "r": round(SMALLEST + (LARGEST - SMALLEST) * (dot.people / most) ** 0.5),
                "series": dot.label % 5 + 1,
            }
            for dot in analysis.dots
        ],
        "sheet": _sheet(analysis),
        "unites": listed(analysis.unites[:LISTED]),
        "against": listed(analysis.unites_against[:LISTED]),
        "divides": listed(analysis.divides[:LISTED]),
    }


def spot_of(place: Place, sheet: list[float]) -> dict[str, Any]:
    """Return where one person stands on the sheet that everybody sees."""
    x, y = _on_sheet((place.x, place.y), sheet)
    return {
        "x": x,
        "y": y,
        "top": y - 38 if y > 80 else y + 44,
        "letter": letter_of(place.label) if place.label is not None else "",
        "missing": place.votes_missing,
    }


def letter_of(label: int) -> str:
    """Return the name of a group: A, B, C …"""
    return chr(ord("A") + label % 26)


def _shares(said: Said) -> dict[str, int]:
    """Return the shares in whole percent of those who have seen it; the rest has passed."""
    seen = said.seen or 1
    return {"agree": round(100 * said.agree / seen), "disagree": round(100 * said.disagree / seen)}


def _clearness(silhouette: float) -> str:
    return "clear" if silhouette > 0.5 else "fair" if silhouette >= 0.25 else "faint"


def _sheet(analysis: Analysis) -> list[float]:
    """Return [left, top, width, height] of what is drawn, in the analysis' own units."""
    points = [(dot.x, dot.y) for dot in analysis.dots] + [group.centre for group in analysis.groups]
    if not points:
        return [-1.0, -1.0, 2.0, 2.0]
    xs, ys = zip(*points, strict=True)
    return [
        round(value, 5)
        for value in (min(xs), min(ys), max(max(xs) - min(xs), 1e-3), max(max(ys) - min(ys), 1e-3))
    ]


def _scale(analysis: Analysis):
    sheet = _sheet(analysis)
    return lambda point: _on_sheet(point, sheet)


def _on_sheet(point: tuple[float, float], sheet: list[float]) -> tuple[int, int]:
    """Return whole numbers on the drawing, kept inside it."""
    left, top, width, height = sheet
    x = MARGIN + (point[0] - left) / width * (WIDTH - 2 * MARGIN)
    y = MARGIN + (point[1] - top) / height * (HEIGHT - 2 * MARGIN)
    return round(min(max(x, 12), WIDTH - 12)), round(min(max(y, 12), HEIGHT - 12))
