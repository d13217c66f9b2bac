"""Plain text becomes paragraphs and links, and nothing else."""

from html.parser import HTMLParser

import pytest

from participation.templatetags.discussion import plain_text
from tests.participation.payloads import PAYLOADS


class Tags(HTMLParser):
    """The tags and attributes of a piece of HTML, and its text."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


def test_paragraphs_and_lines():
    assert plain_text("One\ntwo\n\n\nthree") == '<p dir="auto">One<br>two</p>\n<p dir="auto">three</p>'
    assert plain_text("") == plain_text(" \n ") == ""


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("See https://example.org/a?b=1&c=2.", "https://example.org/a?b=1&c=2"),
        ("(http://example.org/x)", "http://example.org/x"),
        ("https://example.org/wiki/Learning_(city)", "https://example.org/wiki/Learning_(city)"),
        ("HTTPS://EXAMPLE.ORG!", "HTTPS://EXAMPLE.ORG"),
    ],
)
def test_addresses_become_links_that_show_where_they_lead(text, address):
    html = Tags(plain_text(text))

    assert html.tags[1:] == [("a", {"href": address, "rel": "nofollow ugc noopener"})]
    assert html.text == text


@pytest.mark.parametrize(
    "text",
    [
        "example.org",
        "me@example.org",
        "mailto:me@example.org",
        "ftp://example.org",
        "https://",
        "https://.",
        "https:///",
    ],
)
def test_other_things_stay_text(text):
    html = Tags(plain_text(text))

    assert html.text == text
    assert all(attrs["href"].startswith("https:///") for tag, attrs in html.tags if tag == "a")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_x4_no_payload_makes_anything_but_paragraphs_breaks_and_web_links(payload):
    html = Tags(plain_text(payload))

    assert {tag for tag, _attrs in html.tags} <= {"p", "br", "a"}
    for tag, attrs in html.tags:
        if tag == "a":
            assert set(attrs) == {"href", "rel"}
            assert attrs["href"].lower().startswith(("http://", "https://"))
    assert html.text.split() == payload.split()


@pytest.mark.parametrize(
    "unit", [" ", "<", "&", "1", "http://", "https://a)", "https://a.", "\n", "(", "a\n\n"]
)
def test_d9_long_monotonous_text_needs_no_patience(unit):
    text = unit * (8000 // len(unit))

    assert "".join(Tags(plain_text(text)).text.split()) == "".join(text.split())
