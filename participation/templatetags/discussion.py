"""Shows what people wrote: plain text with paragraphs, line breaks and links that help nobody's search rank."""

import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\^{}|“”„‘’«»]+", re.IGNORECASE)
_PARAGRAPHS = re.compile(r"\n\s*\n")


@register.filter
def plain_text(text: str) -> SafeString:
    """Return `text` as HTML paragraphs; everything is escaped, and only http and https addresses become links.

    A link shows its whole address, so that it cannot pretend to lead elsewhere.
    """
    paragraphs = [part.strip() for part in _PARAGRAPHS.split(text or "") if part.strip()]
    return format_html_join("\n", '<p dir="auto">{}</p>', ((_lines(part),) for part in paragraphs))


def _lines(paragraph: str) -> SafeString:
    return format_html_join(mark_safe("<br>"), "{}", ((_linked(line),) for line in paragraph.split("\n")))


def _linked(line: str) -> SafeString:
    pieces = []
    end = 0
    for found in _ADDRESS.finditer(line):
        address = found[0].rstrip(".,:;!?*_~")
        while address.endswith((")", "]")) and address.count(")") + address.count("]") > (
            address.count("(") + address.count("[")
        ):
            address = address[:-1].rstrip(".,:;!?")
        if len(address) <= len("https://"):
            continue
        pieces.append((line[end : found.start()],))
        pieces.append((format_html('<a href="{0}" rel="nofollow ugc noopener">{0}</a>', address),))
        end = found.start() + len(address)
    pieces.append((line[end:],))
    return format_html_join("", "{}", pieces)
