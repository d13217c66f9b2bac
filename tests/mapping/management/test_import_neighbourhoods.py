"""The command that brings neighbourhoods in: Hamburg's 104 with their people, and whatever else a city has."""

import json

import pytest
from django.core.management import CommandError, call_command

from participation.models import Neighbourhood
from tests.factories import NeighbourhoodFactory, PlaceFactory

pytestmark = pytest.mark.django_db

PEOPLE = [
    "--group", "0-17=Unter 18-Jährige", "--group", "65+=65-Jährige und Ältere", "--total", "Bevölkerung", "--rest", "18-64",
]  # fmt: skip


@pytest.fixture
def command(capsys):
    def run(path, *options):
        call_command("import_neighbourhoods", str(path), *options)
        said = capsys.readouterr()
        return said.out.splitlines()[-1], said.err

    return run


def squares(tmp_path, *names, start=9.0):
    """Write a file of neighbourhoods side by side, one degree wide each."""
    features = [
        {
            "type": "Feature",
            "properties": {"name": name, "nr": f"0{number}"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [[x, 53], [x + 1, 53], [x + 1, 54], [x, 54], [x, 53]] for x in [start + number]
                ],
            },
        }
        for number, name in enumerate(names)
    ]
    path = tmp_path / "areas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def test_hamburg_has_104_neighbourhoods_of_which_95_have_their_own_figures(shared_data, command):
    folder = shared_data / "boundaries/hamburg"
    file, people = folder / "hamburg-quarters.geojson", folder / "stadtteilprofile-2014.csv"
    place = PlaceFactory(latitude="53.586232", longitude="10.044504")

    said, notes = command(file, "--dissolve", "--population", people, *PEOPLE)
    again, _notes = command(file, "--dissolve", "--population", people, *PEOPLE)

    assert said == "Brought in: 104 new, 0 changed, 0 unchanged; 1 places moved; 1,767,053 people in all"
    assert again == "Brought in: 0 new, 0 changed, 104 unchanged; 0 places moved; 1,767,053 people in all"
    place.refresh_from_db()
    assert place.neighbourhood.name == "Barmbek-Nord"
    # "Harburg" is a quarter and the borough around it: the quarter counts.
    assert Neighbourhood.objects.get(name="Harburg").population == {"0-17": 3285, "65+": 2767, "18-64": 16622}
    assert notes.count("Without people: ") == 9
    assert notes.count("Name stands twice") == 4
    assert "Counted together as “Moorburg und Altenwerder”: Moorburg, Altenwerder" in notes


def test_what_the_office_counts_together_can_become_one(shared_data, command):
    folder = shared_data / "boundaries/hamburg"
    file, people = folder / "hamburg-quarters.geojson", folder / "stadtteilprofile-2014.csv"

    said, notes = command(file, "--dissolve", "--merge", "--population", people, *PEOPLE)

    assert said.endswith("1,782,217 people in all")
    assert Neighbourhood.objects.count() == 100
    assert Neighbourhood.objects.get(name="Moorburg und Altenwerder").inhabitants > 0
    assert notes.count("Without people: ") == 1


def test_a_shapefile_in_metres_gives_the_same_as_degrees(shared_data, command, tmp_path):
    import zipfile

    folder = shared_data / "boundaries/barcelona/shp-epsg25831"
    packed = tmp_path / "barris.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for part in folder.glob("barris.*"):
            archive.write(part, part.name)

    said, _notes = command(packed, "--name-column", "NOM")

    assert said.startswith("Brought in: 73 new")
    longitude, latitude = Neighbourhood.objects.get(name="el Raval").outline["coordinates"][0][0][:2]
    assert (round(longitude, 1), round(latitude, 1)) == (2.2, 41.4)


def test_names_that_stand_twice_are_refused_by_feature(shared_data, command):
    with pytest.raises(CommandError, match="Feature 2: “Hamburg-Altstadt” is the name of feature 1 too"):
        command(shared_data / "boundaries/hamburg/hamburg-quarters.geojson")

    assert not Neighbourhood.objects.exists()


def test_neighbourhoods_are_found_again_by_name_and_none_is_deleted(tmp_path, command):
    north = NeighbourhoodFactory(name="north", slug="the-north", population={"0+": 7}, outline=None)
    NeighbourhoodFactory(name="Old town")

    said, notes = command(squares(tmp_path, "North", "South"), "--key-column", "nr")

    north.refresh_from_db()
    assert said.startswith("Brought in: 1 new, 1 changed, 0 unchanged")
    assert (north.slug, north.population, north.outline["type"]) == ("the-north", {"0+": 7}, "Polygon")
    assert Neighbourhood.objects.get(name="South").slug == "01"
    assert "Not in the file, left as it is: Old town" in notes


def test_places_follow_outlines_that_move(tmp_path, command):
    command(squares(tmp_path, "West", "East"))
    place = PlaceFactory(longitude="9.500000", latitude="53.500000")

    command(squares(tmp_path, "East", "West"))
    place.refresh_from_db()
    east = place.neighbourhood.name
    command(squares(tmp_path, "East", "West", start=20.0))
    place.refresh_from_db()

    assert (east, place.neighbourhood) == ("East", None)


def test_dry_run_changes_nothing(tmp_path, command):
    said, _notes = command(squares(tmp_path, "North"), "--dry-run")

    assert said.startswith("Would be brought in: 1 new")
    assert not Neighbourhood.objects.exists()


@pytest.mark.parametrize(
    ("geometry", "words"),
    [
        (None, "needs an outline, a polygon"),
        ({"type": "Point", "coordinates": [9, 53]}, "needs an outline, a polygon"),
        ({"type": "Polygon", "coordinates": [[[9, 53], [9, 53], [9, 53], [9, 53]]]}, "without a surface"),
        ({"type": "Polygon", "coordinates": [[[9, 53], [10, 53], [10, 54]]]}, "not closed"),
    ],
)
def test_outline_that_is_none_is_refused_by_feature(tmp_path, command, geometry, words):
    path = tmp_path / "areas.geojson"
    feature = {"type": "Feature", "properties": {"name": "A"}, "geometry": geometry}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))

    with pytest.raises(CommandError, match=words):
        command(path)


def test_table_of_people_that_does_not_fit_is_refused_by_line(tmp_path, command):
    file, people = squares(tmp_path, "North"), tmp_path / "people.csv"
    for text, words in (
        ("name;all;young\nNorth;10;12\n", "the groups are more people than the total"),
        ("name;all;young\nNorth;10;many\n", "Line 2, column “young”"),
        ("name;all\nNorth;10\n", "no column “young”"),
    ):
        people.write_text(text)
        with pytest.raises(CommandError, match=words):
            command(file, "--population", people, "--group", "0-17=young", "--total", "all")

    assert not Neighbourhood.objects.exists()
