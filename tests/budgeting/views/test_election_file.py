"""Downloads: the stored bytes, under the right type, and nothing that a spreadsheet would run (X16)."""

import gzip
import hashlib

from budgeting.domain.election_file import content_of
from budgeting.enums import FileKind
from tests.budgeting.elections import SMALL, import_small, published_box

VOTES = [*[(0, 1)] * 4, (2,)]


def address(box, file) -> str:
    return box.budget.url_of("file", file.name.replace(".", "-"))


def test_every_file_is_sent_as_it_was_stored(client, officer):
    box = published_box(officer, *VOTES)
    types = {
        FileKind.BALLOTS: "text/plain; charset=utf-8",
        FileKind.TRACKERS: "text/plain; charset=utf-8",
        FileKind.OUTCOME: "application/json",
    }

    for file in box.files.all():
        response = client.get(address(box, file))
        assert response.content == content_of(file)
        assert hashlib.sha256(response.content).hexdigest() == file.sha256
        assert response.headers["Content-Type"] == types[file.kind]
        assert response.headers["Content-Disposition"] == f'attachment; filename="{file.name}"'
        assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_browsers_that_take_gzip_get_it_packed(client, officer):
    box = published_box(officer, *VOTES)
    file = box.files.get(kind=FileKind.BALLOTS)

    response = client.get(address(box, file), headers={"accept-encoding": "gzip"})

    assert response.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response.headers["Vary"]
    assert gzip.decompress(response.content) == content_of(file)


def test_who_has_the_file_does_not_get_it_again(client, officer):
    box = published_box(officer, *VOTES)
    file = box.files.first()
    tag = client.get(address(box, file)).headers["ETag"]

    again = client.get(address(box, file), headers={"if-none-match": tag})

    assert (again.status_code, again.content) == (304, b"")


def test_there_is_no_other_file(client, officer):
    box = published_box(officer, *VOTES)

    assert client.get(box.budget.url_of("file", "secret-key")).status_code == 404


def test_table_has_a_line_for_each_project_and_no_formula(client, db):
    budget = import_small(SMALL.replace("Empty hall", "+SUM(A1)").replace("Reading room", "@cmd")).budget

    response = client.get(budget.url_of("file", f"{budget.slug}-results-csv"))

    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    lines = response.content.decode("utf-8-sig").split("\r\n")
    assert lines[0] == "area,project_id,title,cost,currency,votes,score,funded,funded_under_other_rule,reason"
    assert [line.split(",")[2] for line in lines[1:5]] == [
        "'@cmd",
        "Bread; and tea",
        '"\'=HYPERLINK(""http://evil.example"")"',
        "'+SUM(A1)",
    ]
    assert lines[5] == ""
