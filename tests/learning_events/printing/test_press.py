"""The press: what people typed comes out as they typed it, and what no font can draw is said."""

import io

import pypdf
import pytest

from learning_events.printing.press import Misprint, press, printable
from learning_events.printing.sheets import changes, poster
from tests.learning_events.festivals import make_event, make_festival, make_session


def text_of(content: bytes) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "title",
    [
        '#strong[bold] #panic() #read("/etc/passwd")',
        "$x^2$ and $50 for *two* _people_",
        "\\u{41} \\ back \\slash",
        "@someone <label> `raw` ```code```",
        "= No heading, - no list, / no term: + no number",
        "\"quoted\" 'single' }] ) // no comment /* none */",
        '{ "json": "too" }',
    ],
)
def test_markup_in_a_title_comes_out_letter_by_letter(title):
    event = make_event(make_festival(), title=title)

    pressed = press("poster", poster(event.get_parent().specific, event, [make_session(event)]))

    # The reader joins the lines of a title that had to be broken.
    assert title.replace(" ", "") in text_of(pressed.content).replace("\n", "").replace(" ", "")


@pytest.mark.django_db
def test_a_sheet_is_tagged_and_says_its_language_and_title():
    festival = make_festival()

    pressed = press("changes", changes(festival, [], as_of="Today"))

    reader = pypdf.PdfReader(io.BytesIO(pressed.content))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == "en"
    assert reader.metadata.title == "Changes to the printed programme: Festival of learning"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert (pressed.pages, len(reader.pages)) == (1, 1)


def test_letters_without_a_font_become_squares_and_are_named():
    data, missing = printable({"a": ["\u65e5x", "\U0001f600 ok"]}, lambda letter: False)

    assert data == {"a": ["□x", " ok"]}
    assert missing == "\u65e5"


def test_control_characters_and_tricks_of_direction_are_left_out():
    data, missing = printable("a\x00b\u202ec\u2066d\ne\x7f", lambda letter: True)

    assert (data, missing) == ("abcd\ne", "")


def test_letters_that_can_be_printed_stay():
    assert printable("Привет Ελλάδα שלום", lambda letter: True) == ("Привет Ελλάδα שלום", "")


@pytest.mark.django_db
def test_scripts_of_the_city_are_printed():
    event = make_event(make_festival(), title="Привет, Γειά, שלום, Zażółć", slug="many-scripts")

    pressed = press("poster", poster(event.get_parent().specific, event, [make_session(event)]))

    assert pressed.missing == ""


def test_a_broken_job_is_a_misprint():
    with pytest.raises(Misprint):
        press("poster", {})
