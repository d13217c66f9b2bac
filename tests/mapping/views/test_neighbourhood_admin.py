"""Bringing neighbourhoods in by the admin: the same look before as by the command, and the same refusals."""

import datetime as dt
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mapping.domain.neighbourhoods_upload import take_outlines
from mapping.models import NeighbourhoodFile
from participation.foundation.errors import NotAllowed
from participation.models import Neighbourhood

pytestmark = pytest.mark.django_db

LIST = "/admin/neighbourhood-imports/"
PEOPLE = "Quarter;All;Children\nWest;1 000;200\nEast;500;.\nCity;1 500;200\n"


@pytest.fixture
def staff(client, editor):
    client.force_login(editor)
    return client


def outlines(*names) -> bytes:
    features = [
        {
            "type": "Feature",
            "properties": {"name": name, "nr": f"0{number}"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [[x, 53], [x + 1, 53], [x + 1, 54], [x, 54], [x, 53]] for x in [9.0 + number]
                ],
            },
        }
        for number, name in enumerate(names)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def upload(client, content: bytes, people: str | bytes = "", name="areas.geojson"):
    sent = {"file": SimpleUploadedFile(name, content)}
    if people:
        people = people.encode() if isinstance(people, str) else people
        sent["people"] = SimpleUploadedFile("people.csv", people)
    return client.post(LIST, sent)


def test_table_without_outlines_is_refused_at_once(staff):
    answer = upload(staff, PEOPLE.encode(), name="people.csv")

    assert "This file has no outlines." in answer.content.decode()
    assert not NeighbourhoodFile.objects.exists()


def test_an_editor_looks_first_and_then_brings_neighbourhoods_and_people_in(staff):
    address = upload(staff, outlines("West", "East"), PEOPLE).url
    answers = {"name_column": "name", "total": "All", "rest": "18+", "decimal": ",", "group-1": "0-17"}

    looked = staff.post(address, answers).content.decode()

    assert "New: 2" in looked
    assert "In the table of people alone: 1" in looked
    assert not Neighbourhood.objects.exists()

    assert staff.post(address, {**answers, "bring": ""}).url == LIST
    people = dict(Neighbourhood.objects.values_list("name", "population"))
    assert people == {"West": {"0-17": 200, "18+": 800}, "East": {"18+": 500}}
    assert not NeighbourhoodFile.objects.exists()


def test_outlines_alone_leave_the_people_as_they_are(staff):
    Neighbourhood.objects.create(name="West", slug="west", population={"0-17": 7})

    address = upload(staff, outlines("West")).url
    staff.post(address, {"name_column": "name", "bring": ""})

    west = Neighbourhood.objects.get()
    assert west.outline is not None
    assert west.population == {"0-17": 7}


@pytest.mark.parametrize(
    ("content", "people", "name", "words"),
    [
        (b"PK\x03\x04 broken", "", "areas.zip", "The archive is damaged."),
        (outlines("West")[:80], "", "areas.geojson", "JSON"),
        (b"name,lat\n", "", "areas.geojson", "Rename the file, or choose the right one."),
        (outlines("West"), "only one column\n", "areas.geojson", "names in its first column"),
        (outlines("West"), b"a;b\n" + b"1;2\n" * 600_000, "areas.geojson", "larger than 2 MB"),
    ],
)
def test_a_wrong_file_is_told_and_nothing_is_kept(content, people, name, words, staff):
    response = upload(staff, content, people, name)

    assert words in response.content.decode()
    assert not NeighbourhoodFile.objects.exists()


@pytest.mark.parametrize(
    ("names", "answers", "words"),
    [
        (["West", "West"], {}, "is the name of feature 1 too"),
        (["West"], {"name_column": "wrong"}, "Select a valid choice"),
        (["West"], {"group-0": "0-17", "group-1": "0-17"}, "Another column is this group already."),
        (["West"], {"total": ""}, "which column counts all people"),
        (["West"], {"total": "Children", "group-0": "0-17"}, "the groups are more people than the total"),
    ],
)
def test_wrong_answers_are_told_and_nothing_changes(names, answers, words, staff):
    address = upload(staff, outlines(*names), PEOPLE).url

    sent = {"name_column": "name", "total": "All", "decimal": ",", "bring": "", **answers}
    response = staff.post(address, sent)

    assert words in response.content.decode()
    assert not Neighbourhood.objects.exists()
    assert NeighbourhoodFile.objects.exists()


def test_files_are_kept_for_a_day_and_five_at_most(staff, clock):
    upload(staff, outlines("Old"), name="old.geojson")
    clock.shift(dt.timedelta(days=3))
    for number in range(6):
        upload(staff, outlines("West"), name=f"{number}.geojson")

    names = {held.file_name for held in NeighbourhoodFile.objects.all()}

    assert names == {f"{number}.geojson" for number in range(1, 6)}


def test_what_waits_can_be_thrown_away(staff):
    address = upload(staff, outlines("West")).url

    assert "areas.geojson" in staff.get(LIST).content.decode()
    staff.post(f"{address}discard/")

    assert not NeighbourhoodFile.objects.exists()


@pytest.mark.parametrize("name", ["citizen", "resident", "moderator", "officer"])
def test_p10_nobody_else_brings_neighbourhoods_in(name, client, editor, request):
    held = take_outlines(outlines("West"), name="areas.geojson", by=editor)
    person = request.getfixturevalue(name)
    client.force_login(person)

    assert upload(client, outlines("East")).url != f"{LIST}{held.pk + 1}/"
    for address in (LIST, f"{LIST}{held.pk}/"):
        assert client.get(address).status_code == 302
    client.post(f"{LIST}{held.pk}/", {"name_column": "name", "bring": ""})
    client.post(f"{LIST}{held.pk}/discard/")
    with pytest.raises(NotAllowed):
        take_outlines(outlines("East"), name="areas.geojson", by=person)

    assert not Neighbourhood.objects.filter(name="West").exists()
    assert NeighbourhoodFile.objects.get() == held
