"""What people type is cleaned before it is stored (X4, X20, F20)."""

import pytest
from django.core.exceptions import ValidationError

from participation.foundation.text import clean_html, clean_line, clean_text, validate_plain_line

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href=" &#106;avascript:alert(1)">x</a>',
    '<p onclick="alert(1)">x</p>',
    '<iframe src="https://evil.example"></iframe>',
    "<style>@import 'https://evil.example'</style>",
    '<p style="background:url(https://evil.example)">x</p>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<form action=https://evil.example><input name=q></form>",
]


def test_x20_text_is_nfc_without_tricks():
    assert clean_text("Cafe\u0301") == "Café"
    assert clean_text("pay\u202egnp.exe\u200b\ufeff") == "paygnp.exe"
    assert clean_text("a\r\nb\rc\x00\x1b") == "a\nb\nc"


def test_x20_joiners_that_scripts_need_stay():
    persian = "می\u200cخواهم"

    assert clean_text(persian) == persian


def test_a_name_is_one_line():
    assert clean_line("  Rosa \n  Marino\t") == "Rosa Marino"


def test_x13_a_line_refuses_a_break():
    with pytest.raises(ValidationError, match="one line"):
        validate_plain_line("Hello\r\nBcc: everybody@example.org")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_x4_rich_text_keeps_only_the_allowed_tags(payload):
    cleaned = clean_html(f"<p>before</p>{payload}<p>after</p>")

    lowered = cleaned.lower()
    for forbidden in (
        "<script",
        "<img",
        "<svg",
        "<math",
        "<style",
        "<iframe",
        "<form",
        "javascript:",
        "data:",
        "onclick",
        "style=",
    ):
        assert forbidden not in lowered
    assert "before" in cleaned


def test_x4_rich_text_keeps_ordinary_markup():
    html = (
        '<p>Read <strong>this</strong> and <a href="https://example.org/">that</a>.</p><ul><li>one</li></ul>'
    )

    assert clean_html(html) == html.replace('/">that', '/" rel="noopener nofollow ugc">that')
