"""Signed words in links that are mailed: each purpose has a salt of its own, so that no token opens another door (S19).

They fit into addresses below Wagtail pages, which take letters, digits, "-", "_" and slashes only.
"""

import datetime as dt
from typing import Any

from django.core import signing
from django.utils.translation import gettext_lazy as _

from participation.foundation.errors import Missing


def link_token(content: Any, *, purpose: str) -> str:
    """Return `content` (JSON) signed for `purpose`, as the last part of an address: `<path:token>/`."""
    return signing.dumps(content, salt=f"participation.link.{purpose}").replace(":", "/")


def read_link_token(token: str, *, purpose: str, lasts: dt.timedelta) -> Any:
    """Return what was signed; raises Missing for a token that is forged, of another purpose, or older than `lasts`."""
    try:
        return signing.loads(
            token.replace("/", ":"),
            salt=f"participation.link.{purpose}",
            max_age=lasts,
        )
    except (signing.BadSignature, ValueError, TypeError):
        raise Missing(_("This link is not valid any more. Please ask for a new one.")) from None
