"""Bringing in the residents' register."""

import datetime as dt

import pytest

from participation.domain.register import import_register, read_register
from participation.foundation.errors import Conflict, Invalid, NotAllowed
from participation.foundation.person_key import person_key
from participation.models import Participant, RegisterEntry, RegisterImport
from tests.factories import NeighbourhoodFactory, VerifiedParticipantFactory

pytestmark = pytest.mark.django_db

HEADER = "register_number,date_of_birth,neighbourhood"
BORN = dt.date(1984, 7, 31)


@pytest.fixture
def harbour():
    return NeighbourhoodFactory(name="Old Harbour", slug="old-harbour")


@pytest.fixture
def hill():
    return NeighbourhoodFactory(name="Mill Hill", slug="mill-hill")


def csv(*lines, header=HEADER) -> bytes:
    return "\n".join([header, *lines]).encode()


def test_a_register_is_brought_in(officer, harbour, hill):
    done = import_register(csv("A-1,1984-07-31,old-harbour", "A-2,2010-02-28,MILL HILL"), by=officer)

    first = RegisterEntry.objects.get(person_key=person_key("A1", BORN))
    assert RegisterEntry.objects.count() == 2
    assert (first.neighbourhood, first.may_vote_from, first.is_active) == (
        harbour,
        dt.date(2000, 7, 31),
        True,
    )
    assert (done.added, done.changed, done.imported_by) == (2, 0, officer)


def test_neither_number_nor_birthday_is_stored(officer, harbour):
    import_register(csv("SECRET77,1984-07-31,old-harbour"), by=officer)

    stored = f"{list(RegisterEntry.objects.values())} {list(RegisterImport.objects.values())}"
    assert "SECRET77" not in stored
    assert "1984" not in stored


def test_the_dry_run_counts_and_changes_nothing(officer, harbour, hill):
    import_register(
        csv("A1,1984-07-31,old-harbour", "A2,1984-07-31,old-harbour", "A3,1984-07-31,old-harbour"), by=officer
    )
    RegisterEntry.objects.filter(person_key=person_key("A3", BORN)).update(is_active=False)
    before = list(RegisterEntry.objects.values())

    report = read_register(
        csv(
            "A1,1984-07-31,old-harbour",
            "A2,1984-07-31,mill-hill",
            "A3,1984-07-31,mill-hill",
            "A4,1990-01-01,mill-hill",
        )
    )

    assert (report.rows, report.unchanged, report.moved, report.returned, report.new) == (4, 1, 1, 1, 1)
    assert report.is_importable
    assert list(RegisterEntry.objects.values()) == before


def test_every_line_that_cannot_be_used_is_named(harbour):
    report = read_register(
        csv(
            "A1,1984-07-31,old-harbour",
            "A1,1984-07-31,old-harbour",
            "A2,31.07.1984,old-harbour",
            "A3,1984-07-31,Atlantis",
            "?,1984-07-31,old-harbour",
            "A4,2084-07-31,old-harbour",
        )
    )

    assert not report.is_importable
    assert [problem.line for problem in report.problems] == [3, 4, 5, 6, 7]
    assert "line 2" in report.problems[0].message
    assert "1984-07-31" in report.problems[1].message
    assert "Atlantis" in report.problems[2].message


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "register_number"),
        (b"number,date_of_birth,neighbourhood\n", "register_number"),
        (csv("A1,1984-07-31"), "Line 2"),
        (HEADER.encode() + b"\nA1,1984-07-31,Gro\xdfstadt", "UTF-8"),
        (csv('"A1,1984-07-31,old-harbour'), "CSV"),
    ],
)
def test_f19_a_broken_file_names_its_line(content, word, harbour):
    with pytest.raises(Invalid, match=word):
        read_register(content)


def test_an_empty_file_is_not_importable(officer, harbour):
    with pytest.raises(Invalid):
        import_register(csv(), by=officer)

    assert not RegisterImport.objects.exists()


def test_f19_bom_semicolons_crlf_and_more_columns_are_fine(officer, harbour):
    content = "\ufeffName;Neighbourhood;Date_of_Birth;Register_Number\r\nRosa;Old Harbour;1984-07-31;A1\r\n\r\n".encode()

    assert import_register(content, by=officer).added == 1


def test_one_bad_line_brings_in_nothing(officer, harbour):
    with pytest.raises(Invalid, match="Line 3"):
        import_register(csv("A1,1984-07-31,old-harbour", "A2,1984-07-31,nowhere"), by=officer)

    assert not RegisterEntry.objects.exists()
    assert not RegisterImport.objects.exists()


def test_verified_accounts_move_with_their_entry(officer, harbour, hill):
    import_register(csv("A1,1984-07-31,old-harbour"), by=officer)
    entry = RegisterEntry.objects.get()
    person = VerifiedParticipantFactory(register_entry=entry)

    done = import_register(csv("A1,1984-07-31,mill-hill"), by=officer)

    entry.refresh_from_db()
    assert entry.neighbourhood == hill
    assert Participant.objects.get(pk=person.pk).neighbourhood == hill
    assert (done.added, done.changed) == (0, 1)


def test_a_complete_file_marks_who_is_gone_and_another_does_not(officer, harbour):
    import_register(csv("A1,1984-07-31,old-harbour", "A2,1984-07-31,old-harbour"), by=officer)

    import_register(csv("A1,1984-07-31,old-harbour"), by=officer)
    still = RegisterEntry.objects.filter(is_active=True).count()
    done = import_register(csv("A1,1984-07-31,old-harbour"), by=officer, is_complete=True)

    assert still == 2
    assert RegisterEntry.objects.get(is_active=False).person_key == person_key("A2", BORN)
    assert done.changed == 1


def test_another_file_than_the_one_of_the_report_is_refused(officer, harbour):
    report = read_register(csv("A1,1984-07-31,old-harbour"))

    with pytest.raises(Conflict):
        import_register(csv("A2,1984-07-31,old-harbour"), by=officer, expected_sha256=report.sha256)

    assert (
        import_register(csv("A1,1984-07-31,old-harbour"), by=officer, expected_sha256=report.sha256).added
        == 1
    )


@pytest.mark.parametrize("role", ["citizen", "resident", "moderator", "editor"])
def test_others_cannot_import(role, harbour, request):
    with pytest.raises(NotAllowed):
        import_register(csv("A1,1984-07-31,old-harbour"), by=request.getfixturevalue(role))


def test_a_large_file_takes_few_statements(officer, harbour, django_assert_max_num_queries):
    content = csv(*(f"N{number:06},1984-07-31,old-harbour" for number in range(3000)))

    with django_assert_max_num_queries(40):
        done = import_register(content, by=officer)

    assert done.added == 3000
