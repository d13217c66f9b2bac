"""The command that brings files of places in, with the real lists of four cities."""

import pytest
from django.core.management import CommandError, call_command

from mapping.models import LearningPlace, PlaceImport, PlaceSource
from tests.factories import PlaceCategoryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kinds():
    return [PlaceCategoryFactory(name=name, slug=name.lower()) for name in ("Library", "School")]


@pytest.fixture
def command(capsys):
    def run(path, *options, source="City", category="library"):
        call_command("import_places", str(path), "--source", source, "--category", category, *options)
        said = capsys.readouterr()
        return said.out.splitlines()[-1], said.err

    return run


def test_the_list_of_hamburgs_libraries_comes_every_month(shared_data, command):
    folder = shared_data / "places/hamburg"

    assert command(folder / "earlier-2025-11/libraries.csv")[0] == "Brought in: 169 new"
    assert command(folder / "libraries.csv")[0] == "Brought in: 157 unchanged, 12 gone"
    assert command(folder / "libraries.csv", "--close-gone")[0] == "Brought in: 157 unchanged, 12 gone"
    assert LearningPlace.objects.filter(status="closed").count() == 12
    assert LearningPlace.objects.filter(postal_code="22305").exists()


@pytest.mark.parametrize(
    ("path", "rows"),
    [
        ("edinburgh/libraries-with-opening-hours.csv", 35),
        ("edinburgh/museums-and-galleries.csv", 11),
        ("edinburgh/community-centres.csv", 49),
        ("edinburgh/mobile-library-stops.csv", 79),
        ("edinburgh/leisure.csv", 63),
        ("newcastle/libraries.geojson", 18),
        ("newcastle/libraries.csv", 18),
    ],
)
def test_lists_of_other_cities_come_as_they_are(shared_data, command, path, rows):
    assert command(shared_data / "places" / path)[0] == f"Brought in: {rows} new"
    assert command(shared_data / "places" / path)[0] == f"Brought in: {rows} unchanged"


def test_hours_of_edinburghs_libraries_are_understood_and_links_become_plain(shared_data, command):
    command(shared_data / "places/edinburgh/libraries-with-opening-hours.csv")

    place = LearningPlace.objects.get(name="Central Children's Library")

    assert (place.phone, place.has_point) == ("01312428027", True)
    assert place.opening_hours == "Mo-We 10:00-20:00; Th-Sa 10:00-17:00"
    assert LearningPlace.objects.exclude(opening_hours="").count() >= 25


def test_schools_on_the_british_grid_lie_in_edinburgh(shared_data, command):
    path = shared_data / "places/edinburgh/schools.csv"

    with pytest.raises(CommandError, match="name their coordinate system, for example EPSG:27700"):
        command(path, category="school")
    command(path, "--crs", "EPSG:27700", category="school")

    points = LearningPlace.objects.values_list("latitude", "longitude")
    assert len(points) == 158
    assert all(55.7 < latitude < 56.1 and -3.6 < longitude < -2.9 for latitude, longitude in points)


def test_wrong_rows_are_all_named_and_nothing_is_brought_in(shared_data, command, capsys):
    path = shared_data / "places/edinburgh/outdoor-education-providers.csv"

    with pytest.raises(
        CommandError, match=r"Line 71, Location: .*9 lines are wrong\. Nothing was brought in\."
    ):
        command(path)
    with pytest.raises(CommandError, match="9 lines are wrong"):
        command(path, "--dry-run")

    assert capsys.readouterr().err.count(": wrong: ") == 9
    assert not LearningPlace.objects.exists()
    assert not PlaceSource.objects.exists()


def test_dry_run_changes_nothing(shared_data, command):
    said, notes = command(shared_data / "places/hamburg/libraries.csv", "--dry-run")

    assert said == "Would be brought in: 157 new"
    assert "line 117 (Library, Wagnerstraße 60): new: It has no name" in notes
    assert not (LearningPlace.objects.exists())
    assert not (PlaceSource.objects.exists())
    assert not (PlaceImport.objects.exists())


def test_columns_and_words_of_kinds_can_be_named(tmp_path, command):
    path = tmp_path / "list.csv"
    path.write_text("nr,wie,was\n7,Haus,Schule\n")

    command(
        path, "--map", "source_id=nr", "--map", "name=wie", "--map", "category=was", "--kind", "Schule=school"
    )

    place = LearningPlace.objects.get()
    assert (place.source_key, place.name, place.category.slug) == ("7", "Haus", "school")


@pytest.mark.parametrize(
    ("options", "words", "code"),
    [
        (["--map", "name"], "is not of the form", 2),
        (["--map", "name=nothing"], "The file has no column “nothing”", 1),
        (["--map", "status=name"], "“status” is not known", 1),
        (["--kind", "a=zoo"], "There is no kind of place “zoo”", 2),
        (["--crs", "file:///etc/passwd"], "is not known", 1),
    ],
)
def test_options_that_do_not_fit_are_refused(tmp_path, command, options, words, code):
    path = tmp_path / "list.csv"
    path.write_text("id,name,x,y\n1,A,1,2\n")

    with pytest.raises(CommandError, match=words) as refusal:
        command(path, *options)

    assert refusal.value.returncode == code
    assert not LearningPlace.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("list.csv", b"", "The file is empty"),
        ("list.csv", b"id,name\n", "no rows below"),
        ("list.csv", b'id,name\n1,"A\n', "quotation marks"),
        ("list.json", b"[" * 100_000, "levels deep"),
        ("list.xlsx", b"id,name\n1,A\n", "ends in"),
        ("list.kml", b'<!DOCTYPE kml [<!ENTITY x SYSTEM "http://x/">]><kml>&x;</kml>', "document type"),
        ("list.csv", b"id;name\n1;A\x01B\n", "character"),
        ("list.csv", b"x" * 20_000_001, "larger than 20 MB"),
    ],
)
def test_D3_D6_X17_F19_file_that_is_none_is_refused_with_words(tmp_path, command, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(CommandError, match=words):
        command(path)

    assert not (LearningPlace.objects.exists())
    assert not (PlaceSource.objects.exists())
