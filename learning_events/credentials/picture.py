"""The picture of a badge, drawn as SVG from its name: it can carry the credential in it and needs no upload."""

from textwrap import wrap
from xml.sax.saxutils import escape

LETTERS_IN_LINE = 17
LINES = 4


def picture(name: str, issuer: str) -> bytes:
    """Return a round badge with the name in at most four lines and the issuer below, 400 units wide."""
    lines = wrap(name, LETTERS_IN_LINE)
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], lines[LINES - 1].rstrip(".,; ") + "…"]
    top = 226 - 17 * (len(lines) - 1)
    written = "".join(
        f'<text x="200" y="{top + 34 * number}" font-size="27" font-weight="700">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )
    below = escape(issuer if len(issuer) <= 24 else issuer[:23] + "…")
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="400" height="400" role="img" '
        f'aria-label="{escape(name, {chr(34): "&quot;"})}">'
        '<circle cx="200" cy="200" r="196" fill="#0b3d4d"/><circle cx="200" cy="200" r="180" fill="#ffffff"/>'
        '<circle cx="200" cy="200" r="172" fill="none" stroke="#f2b134" stroke-width="6"/>'
        '<path d="M200 48l12 25 27 4-20 19 5 27-24-13-24 13 5-27-20-19 27-4z" fill="#f2b134"/>'
        f'<g fill="#0b3d4d" font-family="system-ui, sans-serif" text-anchor="middle">{written}'
        f'<text x="200" y="332" font-size="18">{below}</text></g></svg>'
    ).encode()
