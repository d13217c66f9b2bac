"""A badge as one sheet to print: tagged PDF, with a QR code that leads to its page."""

from collections.abc import Mapping
from typing import Any

from django.utils import formats
from django.utils.translation import get_language, get_language_bidi, gettext

from learning_events.printing.press import press


def sheet(badge: Mapping[str, Any]) -> bytes:
    """Return the PDF (PDF/UA-1) of what `views.badges.public.badge_context` says of a signed badge."""
    import segno

    award, achievement = badge["award"], badge["achievement"]
    drawn = segno.make_qr(badge["page_url"], error="m").svg_inline(border=2, omitsize=True, dark="#000")
    data = {
        "lang": (get_language() or "en").split("-")[0],
        "is_rtl": get_language_bidi(),
        "site": badge["signer"].name,
        "title": achievement.name,
        "name": award.name,
        "description": achievement.description,
        "criteria": achievement.criteria,
        "facts": [
            [gettext("Awarded on"), formats.date_format(award.issued_at, "DATE_FORMAT")],
            [gettext("By"), badge["issuer_name"]],
            [gettext("Signed by"), badge["signer"].name],
        ],
        "address": badge["page_url"],
        "qr": f'<svg xmlns="http://www.w3.org/2000/svg"{drawn.removeprefix("<svg")}',
        "words": {
            "kind": gettext("Badge"),
            "criteria": gettext("What one has learned or done to get it"),
            "check": gettext("Whether this badge is genuine can be checked here:"),
            "qr": gettext("QR code that leads to the badge"),
        },
    }
    return press("badge", data).content
