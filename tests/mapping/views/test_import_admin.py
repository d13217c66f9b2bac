"""Bringing places in by the admin: a wrong file first, then the right one, then taking it back."""

import csv
import gzip
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from mapping.domain.bringing_in import reading
from mapping.domain.place import change_place
from mapping.enums import PlaceStatus
from mapping.models import LearningPlace, PlaceImport, PlaceSource
from tests.factories import PlaceCategoryFactory

pytestmark = pytest.mark.django_db

LIST = "id,name,kind,lat,lon\n1,Central,library,53.55,9.99\n2,Harbour,Bücherei,53.54,9.98\n"


@pytest.fixture(autouse=True)
def library():
    return PlaceCategoryFactory(name="Library", slug="library")


@pytest.fixture
def staff(client, editor):
    client.force_login(editor)
    return client


def upload(client, text: str | bytes, name="list.csv", **more):
    content = text.encode() if isinstance(text, str) else text
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("place_imports"), {"file": file, **more})


def answers(library, **more) -> dict:
    """What somebody chooses for LIST: id, name, kind, latitude, longitude."""
    targets = ["source_id", "name", "category", "latitude", "longitude"]
    columns = {f"column-{number}": target for number, target in enumerate(targets)}
    return {"new_source": "City", "attribution": "© City", **columns, "kind-0": library.pk, **more}


def looked_over(client, text, library, **more) -> PlaceImport:
    upload(client, text)
    waiting = PlaceImport.objects.latest("pk")
    response = client.post(reverse("place_import", args=[waiting.pk]), answers(library, **more))
    assert response.status_code == 302, response.context["form"].errors
    waiting.refresh_from_db()
    return waiting


def test_file_is_taken_and_its_columns_are_guessed(staff):
    response = upload(staff, LIST)

    waiting = PlaceImport.objects.get()
    assert response.headers["Location"] == reverse("place_import", args=[waiting.pk])
    assert gzip.decompress(waiting.content).decode() == LIST
    page = staff.get(response.headers["Location"])
    assert "read as csv: 2 rows" in " ".join(page.content.decode().split())
    assert [field.value() for field, _examples in page.context["form"].column_rows] == [
        "source_id", "name", "category", "latitude", "longitude",
    ]  # fmt: skip
    assert [field.label for field in page.context["form"].kind_fields] == ["Bücherei"]
    assert "Central · Harbour" in page.content.decode()


def test_rows_are_looked_over_before_anything_changes_and_then_brought_in(staff, library):
    waiting = looked_over(staff, LIST, library)
    report = reverse("place_import_report", args=[waiting.pk])

    before = staff.get(report)
    assert [row["state"] for row in before.context["rows"]] == ["new", "new"]
    assert not LearningPlace.objects.exists()
    staff.post(report)

    assert set(LearningPlace.objects.values_list("name", "category__slug", "status", "source__name")) == {
        ("Central", "library", "published", "City"),
        ("Harbour", "library", "published", "City"),
    }
    waiting.refresh_from_db()
    assert (waiting.added, waiting.content) == (2, None)
    assert "Take the import back" in staff.get(report).content.decode()


def test_wrong_row_is_named_and_nothing_can_be_brought_in(staff, library):
    waiting = looked_over(staff, LIST.replace("53.54", "fifty"), library)
    report = reverse("place_import_report", args=[waiting.pk])

    page = staff.get(f"{report}?state=wrong").content.decode()
    refused = staff.post(report, follow=True).content.decode()

    assert staff.get(report).context["rows"][0]["state"] == "wrong"
    assert "1 row is wrong, so nothing can be brought in" in " ".join(page.split())
    assert "“fifty” is not a coordinate" in page
    assert re.search(r"<button[^>]*disabled[^>]*>\s*Bring the places in", page)
    assert "Line 3" in refused
    assert not LearningPlace.objects.exists()


def test_report_can_be_taken_along_and_runs_nothing(staff, library):
    waiting = looked_over(staff, LIST.replace("Central", "=1+1"), library)

    content = staff.get(reverse("place_import_table", args=[waiting.pk])).content.decode("utf-8-sig")

    assert list(csv.reader(io.StringIO(content))) == [
        ["line", "number", "name", "result", "what"],
        ["2", "1", "'=1+1", "new", ""],
        ["3", "2", "Harbour", "new", ""],
    ]


def test_import_is_taken_back_until_somebody_has_changed_a_place(staff, library, moderator):
    first = looked_over(staff, LIST, library)
    staff.post(reverse("place_import_report", args=[first.pk]))

    staff.post(reverse("place_import_undo", args=[first.pk]))
    assert set(LearningPlace.objects.values_list("status", flat=True)) == {PlaceStatus.HIDDEN}

    again = looked_over(staff, LIST, library, source=PlaceSource.objects.get().pk)
    staff.post(reverse("place_import_report", args=[again.pk]))
    change_place(LearningPlace.objects.get(source_key="1"), by=moderator, facts={"phone": "040 1"})
    refused = staff.post(reverse("place_import_undo", args=[again.pk]), follow=True).content.decode()
    assert "1 place of this import has changed since" in refused
    assert set(LearningPlace.objects.values_list("status", flat=True)) == {PlaceStatus.PUBLISHED}


def test_file_can_be_thrown_away_until_it_was_brought_in(staff, library):
    upload(staff, LIST)
    staff.post(reverse("place_import_discard", args=[PlaceImport.objects.get().pk]))
    assert not PlaceImport.objects.exists()

    done = looked_over(staff, LIST, library)
    staff.post(reverse("place_import_report", args=[done.pk]))
    staff.post(reverse("place_import_discard", args=[done.pk]))
    assert PlaceImport.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"new_source": ""}, "whom the places come from"),
        ({"column-1": ""}, "which column holds the names"),
        ({"column-4": ""}, "both columns of the position"),
        ({"column-4": "latitude"}, "is read as this already"),
        ({"column-2": ""}, "choose the kind of these places"),
        ({"column-2": "status"}, "Select a valid choice"),
        ({"kind-0": "999"}, "Select a valid choice"),
    ],
)
def test_answers_that_do_not_fit_are_told_and_kept(staff, library, changes, words):
    upload(staff, LIST)
    waiting = PlaceImport.objects.get()

    page = staff.post(reverse("place_import", args=[waiting.pk]), answers(library) | changes)

    assert page.status_code == 200
    assert words in page.content.decode()
    waiting.refresh_from_db()
    assert (waiting.report, PlaceSource.objects.count()) == ({}, 0)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("list.csv", b"", "empty"),
        ("list.json", b"[" * 100_000, "levels deep"),
        ("list.zip", b"PK\x03\x04 broken", "archive is damaged"),
        ("list.kml", b'<!DOCTYPE kml [<!ENTITY x SYSTEM "http://x/">]><kml>&x;</kml>', "document type"),
        ("list.exe", b"MZ\x00\x01", "no table of places"),
        ("<svg onload=alert(1)>.csv", b"id,id\n1,2\n", "named twice"),
        ("list.csv", b"x" * 20_000_001, "larger than 20 MB"),
    ],
)
def test_D3_D5_X17_S15_F18_file_that_is_none_is_refused_and_not_kept(staff, name, content, words):
    page = upload(staff, content, name=name)

    assert page.status_code == 200
    assert words in page.content.decode()
    assert "<svg onload" not in page.content.decode()
    assert not PlaceImport.objects.exists()


def test_import_without_a_report_can_still_be_looked_at(staff):
    done = PlaceImport.objects.create(file_name="old.csv", file_sha256="0" * 64, finished_at=timezone.now())

    assert staff.get(reverse("place_import", args=[done.pk])).status_code == 302
    assert staff.get(reverse("place_import_report", args=[done.pk])).status_code == 200


def test_positions_in_metres_ask_for_their_system(staff, library):
    text = "id,name,x,y\n1,Bonaly,321388,668064\n"
    columns = {"column-0": "source_id", "column-1": "name", "column-2": "x", "column-3": "y"}
    upload(staff, text)
    without = PlaceImport.objects.get()
    page = staff.post(
        reverse("place_import", args=[without.pk]), {"new_source": "A", "category": library.pk, **columns}
    )
    assert "name their coordinate system" in page.content.decode()

    upload(staff, text, crs="EPSG:27700")
    waiting = PlaceImport.objects.latest("pk")
    staff.post(
        reverse("place_import", args=[waiting.pk]), {"new_source": "A", "category": library.pk, **columns}
    )
    staff.post(reverse("place_import_report", args=[waiting.pk]))
    assert 55.8 < LearningPlace.objects.get().latitude < 56


def test_P10_only_those_who_may_import_get_in(client, moderator, library):
    client.force_login(moderator)
    waiting = PlaceImport.objects.create(
        file_name="a.csv", file_sha256="0" * 64, content=gzip.compress(LIST.encode())
    )

    for name in ("place_import", "place_import_report", "place_import_table"):
        assert client.get(reverse(name, args=[waiting.pk])).status_code in (302, 403)
    for name in ("place_import_report", "place_import_undo", "place_import_discard"):
        client.post(reverse(name, args=[waiting.pk]))
    upload(client, LIST)

    assert PlaceImport.objects.get() == waiting
    assert not LearningPlace.objects.exists()


def test_files_are_read_one_at_a_time(staff, monkeypatch):
    monkeypatch.setattr(reading, "_WAIT_S", 0)

    with reading._reading:
        response = upload(staff, LIST)

    assert "Another file is being read just now." in response.content.decode()
    assert not PlaceImport.objects.exists()
    assert upload(staff, LIST).status_code == 302
