"""The demo city's map holds together: every place is where it says, and the coverage page has a story to tell."""

import csv
import io
import re
from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from learning_city.demo import content
from learning_city.demo.content import geography
from learning_city.demo.content.places import stories, vocabulary
from learning_city.demo.content.places.register import COLUMNS, register_file
from learning_city.demo.content.places.streets import STREETS, door_at
from shapely.geometry import LineString, Point, shape

from mapping.enums import Cost, ReportKind, Stated, Symbol, VerifiedBy
from mapping.models import LearningPlace
from mapping.opening_hours import Timetable, check
from mapping.spatial.coverage import Area, coverage

GONE = {stories.CLOSED.slug, stories.MERGED.slug}
ON_THE_MAP = [place for slug, place in content.places().items() if slug not in GONE]
EVERY_PLACE = [*content.places().values(), *(each.place for each in stories.WAITING)]
KINDS = {kind.slug: kind for kind in vocabulary.PLACE_KINDS}
CITY = {"timezone": "Europe/Berlin", "country": "DE", "latitude": 54.72, "longitude": 2.6}
METRES = geography.KM_PER_DEGREE_LATITUDE * 1000


def _outlines():
    return {each.slug: shape(each.boundary) for each in content.neighbourhoods()}


def test_more_than_150_places_of_twelve_kinds_and_more():
    leaves = {kind.slug for kind in KINDS.values() if kind.parent}

    assert 160 <= len(ON_THE_MAP) <= 200
    assert len(leaves) >= 12
    assert {place.kind for place in ON_THE_MAP} == leaves
    assert min(Counter(place.kind for place in ON_THE_MAP).values()) >= 5


def test_kinds_form_a_tree_of_two_levels_with_drawings():
    for kind in KINDS.values():
        assert kind.parent == "" or KINDS[kind.parent].parent == ""
        assert kind.symbol in Symbol.values
        assert kind.description
    assert {kind.symbol for kind in KINDS.values()} == set(Symbol.values)


@pytest.mark.parametrize("place", EVERY_PLACE, ids=lambda place: place.slug)
def test_place_fits_its_fields_and_names_what_is_there(place):
    for name in (
        "name",
        "summary",
        "description",
        "what_to_learn",
        "street",
        "opening_hours",
        "hours_remark",
    ):
        assert len(getattr(place, name)) <= LearningPlace._meta.get_field(name).max_length
    assert len(place.website) <= 300
    assert place.kind in KINDS
    assert place.cost in Cost.values
    assert {place.step_free, place.accessible_toilet, place.hearing_loop, place.quiet_space} <= set(
        Stated.values
    )
    assert set(place.topics) <= set(vocabulary.TOPICS)
    assert set(place.audiences) <= set(vocabulary.AUDIENCES)
    assert place.organisation in {"", *(each.slug for each in content.organisations())}
    assert set(place.stewards) <= set(content.everyone())
    assert place.verified_by in {"", *VerifiedBy.values}
    assert place.motif in {"", *content.MOTIFS}
    assert all(re.fullmatch("[a-z]{2,3}", code) for code in place.languages.split())
    assert place.is_online == (place.neighbourhood == "" and place.kind == "digital")


@pytest.mark.parametrize("place", EVERY_PLACE, ids=lambda place: place.slug)
def test_place_can_be_written_to_without_reaching_anybody(place):
    # Ofcom keeps 01632 960000 to 960999 for stories, RFC 2606 example.org.
    assert re.fullmatch(r"|01632 960\d{3}", place.phone)
    assert place.email == "" or place.email.endswith("@example.org")
    assert place.website == "" or re.fullmatch(r"https://[a-z0-9-]{1,63}\.example\.org/", place.website)


def test_names_sentences_and_telephones_are_unique():
    for name in ("slug", "name", "phone", "summary", "description", "what_to_learn", "access_note"):
        values = [getattr(place, name) for place in EVERY_PLACE if getattr(place, name)]
        assert len(set(values)) == len(values)


@pytest.mark.parametrize("place", [each for each in EVERY_PLACE if each.point], ids=lambda place: place.slug)
def test_point_lies_on_land_inside_its_neighbourhood(place):
    latitude, longitude = place.point
    point = Point(longitude, latitude)
    river = LineString(content.landscape()["features"][0]["geometry"]["coordinates"])

    assert _outlines()[place.neighbourhood].contains(point)
    assert river.distance(point) * METRES > 50


def test_no_two_places_stand_on_one_spot():
    points = [place.point for place in EVERY_PLACE if place.point and place.slug != stories.MERGED.slug]

    for one, other in combinations(points, 2):
        assert abs(one[0] - other[0]) * METRES > 5 or abs(one[1] - other[1]) * METRES > 10


def test_doors_of_one_street_follow_one_another():
    near, far = door_at("14 Library Lane"), door_at("50 Library Lane")

    assert near[1] < far[1]
    assert door_at("Long Green 48") == door_at("48 Long Green")
    assert door_at("13 Library Lane") != door_at("14 Library Lane")
    with pytest.raises(KeyError):
        door_at("1 Nowhere Street")
    assert all(doors == tuple(sorted(doors)) for doors in STREETS.values())


@pytest.mark.parametrize(
    "hours",
    sorted(
        {place.opening_hours for place in EVERY_PLACE}
        | {change.was.get("opening_hours", "") for change in stories.CHANGES} - {""}
    ),
)
def test_opening_hours_are_understood(hours):
    if hours:
        assert Timetable(check(hours), **CITY)


def test_hours_come_in_many_shapes_and_some_are_not_stated():
    hours = [place.opening_hours for place in ON_THE_MAP]

    for shape_of_hours in (
        "PH off",
        "24/7",
        ",1",
        "[1]",
        "[2,4]",
        "[-1]",
        "Apr",
        "sunrise",
        "easter",
        "PH 0",
    ):
        assert any(shape_of_hours in each for each in hours)
    assert 8 <= hours.count("") <= 30
    assert sum("appointment" in place.hours_remark for place in ON_THE_MAP) >= 4
    assert len(set(hours)) > 90


def test_coverage_has_a_story_to_tell():
    people = {each.slug: each.inhabitants for each in content.neighbourhoods()}
    number = Counter(place.neighbourhood for place in ON_THE_MAP if place.point)
    share = {slug: number[slug] / people[slug] for slug in people}
    open_late = {
        place.neighbourhood
        for place in ON_THE_MAP
        if place.opening_hours and Timetable(place.opening_hours, **CITY).open_in_evening()
    }

    assert set(number) == set(people)
    # Two neighbourhoods are badly served, in one of them live the most children.
    assert sorted(share, key=share.get)[:2] == ["northfields", "barrow-heath"]
    assert share["old-quay"] > 5 * share["northfields"]
    # In one nothing is open in the evening.
    assert set(people) - open_late == {"weirside"}


def _least_served(kinds):
    areas = [Area(each.slug, each.boundary, each.population) for each in content.neighbourhoods()]
    points = [place.point[::-1] for place in ON_THE_MAP if place.kind in kinds and place.point]
    found = coverage(areas, np.array(points))
    return found, [area.key for area in found.least_served(800)]


def test_those_with_fewest_places_have_the_longest_way():
    found, areas = _least_served(KINDS)

    assert set(areas[:2]) == {"northfields", "barrow-heath"}
    assert 0.7 < found.share_of("65+", 800) < 0.9


def test_libraries_are_far_from_many():
    found, areas = _least_served({"library"})

    assert 0.1 < found.share_of("6-17", 800) < found.share_of("6-17", 1200) < 0.4
    assert set(areas[:4]) == {"northfields", "barrow-heath", "the-saltings", "weirside"}


def test_facts_are_mixed_as_in_a_real_city():
    pictures = [place for place in ON_THE_MAP if place.motif]
    verified = [place.verified_days_ago for place in ON_THE_MAP]

    assert 25 <= len(pictures) <= 40
    assert sum(place.is_online for place in ON_THE_MAP) == 6
    assert sum(place.point is None and not place.is_online for place in ON_THE_MAP) >= 8
    assert 35 <= sum(bool(place.source_key) for place in ON_THE_MAP) <= 55
    assert {place.step_free for place in ON_THE_MAP} == set(Stated.values)
    assert {place.cost for place in ON_THE_MAP} == set(Cost.values)
    assert sum(days is not None and days > 365 for days in verified) >= 8
    assert verified.count(None) >= 3
    assert len({code for place in ON_THE_MAP for code in place.languages.split()}) >= 20
    for name, words in (("topics", vocabulary.TOPICS), ("audiences", vocabulary.AUDIENCES)):
        assert {word for place in ON_THE_MAP for word in getattr(place, name)} == set(words)


def test_register_of_buildings_knows_little_and_its_file_says_all_of_it():
    listed = [place for place in ON_THE_MAP if place.source_key]

    rows = list(csv.DictReader(io.StringIO(register_file(EVERY_PLACE).decode())))

    assert list(rows[0]) == list(COLUMNS.values())
    assert [row["Number"] for row in rows] == [place.source_key for place in listed]
    assert len({place.source_key for place in listed}) == len(listed)
    for place in listed:
        # What the file has no column for, the office does not know.
        assert place.point
        assert place.verified_by == "import"
        assert not any(
            (place.summary, place.email, place.website, place.cost, place.languages, place.access_note,
             place.accessible_toilet, place.hearing_loop, place.quiet_space, place.motif, place.stewards)
        )  # fmt: skip


def test_places_are_looked_after_by_organisations_and_by_people():
    trusted = [place for place in ON_THE_MAP if place.organisation in stories.TRUSTED]

    assert len(stories.TRUSTED) == 2
    assert len(trusted) >= 8
    assert [place.name for place in ON_THE_MAP if "citizen" in place.stewards] == ["The Book Stairs"]
    assert "resident" in stories.SCOUTS["northfields"]
    assert {person for people in stories.SCOUTS.values() for person in people} <= set(content.everyone())


def test_only_who_looks_after_a_place_has_changed_it():
    people = {each.slug: each.people for each in content.organisations()}
    changed = Counter()

    for change in stories.CHANGES:
        place = content.places()[change.place]
        changed.update((change.place, name) for name in change.was)
        assert change.person in (*place.stewards, *people.get(place.organisation, ()))
        assert all(getattr(place, name) != before for name, before in change.was.items())
        assert change.days_ago >= (place.verified_days_ago or 0)

    assert set(changed.values()) == {1}


def test_some_places_wait_are_doubted_or_have_moved_on():
    slugs = set(content.places())

    assert len(stories.WAITING) == 4
    assert [each.email for each in stories.WAITING if not each.person] == ["jam.and.spanish@example.org"]
    assert {each.place.slug for each in stories.WAITING} & slugs == set()
    assert len(stories.ERRORS) == 3
    assert {each.kind for each in stories.ERRORS} <= set(ReportKind.values)
    assert {each.place for each in stories.ERRORS} <= slugs - GONE
    assert {stories.CLOSED_FOR, stories.MERGED_INTO, stories.TWICE_AS} <= slugs - GONE
    one, other = (content.places()[slug].point for slug in (stories.TWICE.slug, stories.TWICE_AS))
    assert abs(one[0] - other[0]) * METRES < 100
