"""Two entries of one place are found; two places with one kind of name are not."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.spatial.reading import points_of, read_table
from mapping.spatial.similar import common_words, possible_duplicates, similar_names

BARMBEK = (53.5862316, 10.044504)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Bücherhalle Barmbek", "Buecherhalle Barmbek"),
        ("Bücherhalle Barmbek", "BÜCHERHALLE  BARMBEK!"),
        ("Bücherhalle Barmbek", "Barmbek, Bücherhalle"),
        ("Bücherhalle Barmbek", "Bücherhalle Barmbeck"),
        ("Bücherhalle Barmbek", "Bücherhalle Barmbek (Hamburg-Barmbek)"),
        ("Bücherhalle Barmbek", "Barmbek"),
        ("Central Library", "Central Library"),
        ("Central Libary", "Central Library"),
        ("Community Center", "Community Centre"),
        ("Moorside Library", "Moorside Public Library"),
        ("Großmarkt", "GROSSMARKT"),
        ("Škola Ľudovíta Štúra", "Skola Ludovita Stura"),
        ("St. Pauli-Theater", "St Pauli Theater"),
    ],
)
def test_one_place_under_two_names_is_found(a, b):
    assert similar_names(a, b) >= 0.6
    assert similar_names(b, a) == pytest.approx(similar_names(a, b))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Bücherhalle Barmbek", "Bücherhalle Eidelstedt"),
        ("Moorside Library", "Kenton Library"),
        ("Library", "Moorside Library"),
        ("Public Library", "Central Library"),
        ("Grundschule", "Hochschule"),
        ("Obecná knižnica Lipová", "Obecná knižnica Dubová"),
        ("Kita 1", "Kita 2"),
        ("Theater an der Elbe", "Kirche an der Elbe Nord 7"),
        ("", "Library"),
        ("!!!", "!!!"),
    ],
)
def test_two_places_with_one_kind_of_name_are_not_one(a, b):
    assert similar_names(a, b) < 0.6


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_likeness_is_a_share_and_looks_the_same_from_both_sides(a, b):
    found = similar_names(a, b)

    assert 0 <= found <= 1
    assert found == pytest.approx(similar_names(b, a), abs=0.35)  # words are paired greedily
    assert similar_names(f"x{a}", f"x{a}") == 1


def test_the_words_of_a_whole_list_weigh_little(shared_data):
    name = "osm-libraries-overpass.json"
    table = read_table(shared_data / "places/slovakia" / name, name)
    names = [row["name"] or "" for row in table.rows]

    common = common_words(names)

    assert {"obecna", "kniznica"} <= common
    assert similar_names("Obecná knižnica v Senici", "Obecná knižnica v Trnave", common=common) < 0.6
    points, _problems = points_of(table)
    candidates = [
        (n, name, *point) for n, (name, point) in enumerate(zip(names, points, strict=True)) if point
    ]
    pairs = sum(
        len([m for m in possible_duplicates(name, lat, lon, candidates, common=common) if m.id != n])
        for n, name, lat, lon in candidates
    )
    assert pairs < 40


def test_next_month_s_list_of_hamburg_finds_its_own_places_again(shared_data):
    def read(path):
        with (shared_data / "places/hamburg" / path).open(newline="", encoding="utf-8") as file:
            return [(r["id"], r["name"], float(r["lat"]), float(r["lon"])) for r in csv.DictReader(file)]

    known = read("earlier-2025-11/libraries.csv")
    common = common_words(name for _id, name, _lat, _lon in known)
    ids = {identifier for identifier, *_rest in known}

    for identifier, name, lat, lon in read("libraries.csv"):
        if identifier in ids and name:
            first = possible_duplicates(name, lat, lon, known, common=common)[0]
            assert (first.id, first.similarity) == (identifier, 1.0)


def test_the_likeliest_comes_first_and_the_far_one_not_at_all():
    lat, lon = BARMBEK
    candidates = [
        ("far", "Bücherhalle Barmbek", lat + 0.01, lon),
        ("other", "Museum der Arbeit", lat, lon),
        ("misspelt", "Bücherhalle Barmbeck", lat, lon),
        ("near", "Bücherhalle Barmbek", lat + 0.0002, lon),
        ("there", "Bücherhalle Barmbek", lat, lon),
    ]

    found = possible_duplicates("Bücherhalle Barmbek", lat, lon, candidates)

    assert [match.id for match in found] == ["there", "near", "misspelt"]
    assert found[1].distance_m == pytest.approx(22.2, abs=0.1)


def test_neighbours_across_the_antimeridian_and_at_the_pole_are_near():
    assert [m.id for m in possible_duplicates("Ilot", 0, 179.9999, [(1, "Ilot", 0, -179.9999)])] == [1]
    assert [m.id for m in possible_duplicates("Camp", 90, 0, [(1, "Camp", 90, 120)])] == [1]
