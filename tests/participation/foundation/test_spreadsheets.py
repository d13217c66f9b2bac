"""CSV in and out: line numbers in every complaint, no formulas for spreadsheets (X16, F19)."""

import pytest

from participation.foundation.errors import Invalid
from participation.foundation.spreadsheets import read_csv, write_csv


def read(content):
    return list(read_csv(content, required=["name"], optional=["age"]))


def test_x16_cells_that_look_like_formulas_are_made_neutral():
    text = write_csv(["name", "votes"], [["=HYPERLINK(1)", -5], ["+1", 2], ["@x", 3], ["Rosa", 4]])

    assert text == "name,votes\r\n'=HYPERLINK(1),-5\r\n'+1,2\r\n'@x,3\r\nRosa,4\r\n"


@pytest.mark.parametrize("separator", [b",", b";", b"\t"])
def test_a_file_is_read_with_line_numbers(separator):
    content = b"\xef\xbb\xbfName,other,AGE\r\nRosa,x,7\r\n\r\nOmar,y,8\r\n".replace(b",", separator)

    assert read(content) == [(2, {"name": "Rosa", "age": "7"}), (4, {"name": "Omar", "age": "8"})]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Line 1 has no column name"),
        (b"who\nRosa\n", "Line 1 has no column name"),
        (b"name,name\na,b\n", "twice"),
        (b"name,age\nRosa\n", "Line 2 has 1 cells"),
        ("name\nRosa\nJosé\n".encode("latin-1"), "Line 3 is not in UTF-8"),
        (b'name\n"Rosa\n', "cannot be read as CSV"),
    ],
)
def test_f19_a_broken_file_is_refused_with_line_and_fix(content, words):
    with pytest.raises(Invalid, match=words):
        read(content)
