"""Cleaning of what people type: one normal form, no invisible tricks, no markup that does more than text."""

import re
import unicodedata

import nh3
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Bidirectional overrides and isolates, and characters nobody sees. The zero-width joiners stay: scripts need them.
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\u061c\u00ad]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")

RICH_TEXT_TAGS = {"p", "br", "strong", "em", "b", "i", "ul", "ol", "li", "a", "h3", "h4", "blockquote"}


def clean_text(value: str) -> str:
    """Return `value` in NFC, with LF line ends, without control, bidi-override and zero-width characters."""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", _CONTROL.sub("", value))).strip()


def clean_line(value: str) -> str:
    """Like `clean_text`, and on one line with single spaces: for names and titles."""
    return re.sub(r"\s+", " ", clean_text(value))


def validate_plain_line(value: str) -> None:
    """Refuse a line break or control character, as in a mail subject or a name."""
    if _CONTROL.search(value) or "\n" in value or "\r" in value:
        raise ValidationError(
            _("Please write this on one line, without special control characters."), code="line"
        )


def clean_html(value: str) -> str:
    """Return `value` with only a small allow-list of tags, and links only to http, https and mailto addresses."""
    return nh3.clean(
        value,
        tags=RICH_TEXT_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow ugc",
    )
