"""The HTML part of letters."""

from participation.foundation.letters import Line, paragraphs_of

SITE = "https://city.example.org"


def test_an_address_is_called_what_stands_before_it():
    text = f"Thank you!\n\nYour programme: {SITE}/plan/1/\nIts calendar: {SITE}/plan/1.ics"

    assert paragraphs_of(text, site=SITE) == [
        [Line("Thank you!")],
        [Line("Your programme", f"{SITE}/plan/1/"), Line("Its calendar", f"{SITE}/plan/1.ics")],
    ]


def test_an_address_alone_belongs_to_the_sentence_before_it():
    text = f"Please answer on this page:\n\n{SITE}/answer/\n\nGood bye."

    assert paragraphs_of(text, site=SITE) == [
        [Line("Please answer on this page:"), Line("Open this page", f"{SITE}/answer/")],
        [Line("Good bye.")],
    ]


def test_x12_no_other_address_becomes_a_link():
    for address in (
        "https://evil.example/",
        f"{SITE}.evil.example/",
        f"{SITE}@evil.example/",
        "javascript:alert(1)",
        f"x{SITE}/",
    ):
        text = f"Read this: {address}"

        assert paragraphs_of(text, site=SITE) == [[Line(text)]]


def test_a_letter_of_nothing_has_no_paragraphs():
    assert paragraphs_of(" \n\n", site=SITE) == []
