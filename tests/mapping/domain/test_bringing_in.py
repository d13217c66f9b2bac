"""Bringing places in: what a file says, what people changed, and what happens when the same file comes again."""

import csv
import io
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mapping.domain.bringing_in import Reading, bring_in, guess, look_over, read_file, sentences, undo_import
from mapping.domain.place import change_place, hide_place
from mapping.enums import PlaceStatus, RowState, Stated, VerifiedBy
from mapping.models import LearningPlace, PlaceImport, PlaceSource
from mapping.queries.places import PlaceSearch, place_index
from mapping.queries.version import present_version
from participation.foundation.errors import Conflict, Invalid, NotAllowed
from tests.factories import NeighbourhoodFactory, PlaceCategoryFactory, PlaceFactory, TopicFactory

pytestmark = pytest.mark.django_db

SQUARE = {"type": "Polygon", "coordinates": [[[9, 53], [10, 53], [10, 54], [9, 54], [9, 53]]]}
LIBRARIES = """\
id,name,street,zip_code,lat,lon,opening_hours
1,Bücherhalle Barmbek,Poppenhusenstraße 12,22305,53.5862316,10.044504,Mo-Fr 10:00-18:00
2,Bücherhalle Altona,Ottenser Hauptstraße 10,01234,53.55,9.93,
"""


@pytest.fixture
def library():
    return PlaceCategoryFactory(name="Library", slug="library")


@pytest.fixture
def source():
    return PlaceSource.objects.create(
        name="OpenStreetMap", slug="osm", attribution="© OpenStreetMap contributors"
    )


def import_of(source, name="list.csv") -> PlaceImport:
    return PlaceImport.objects.create(file_name=name, file_sha256="0" * 64, source=source)


@pytest.fixture
def bring(source, library):
    """Bring a text in as the command line does; returns the plan and the import."""

    def run(text: str, *, by=None, columns=None, name="list.csv", **reading):
        table = read_file(text.encode(), name)
        done = import_of(source, name)
        reading = Reading(columns=columns or guess(table), **({"category": library.pk} | reading))
        return bring_in(table, reading=reading, to=done, by=by), done

    return run


@pytest.fixture
def look(source, library):
    def run(text: str, *, columns=None, name="list.csv", **reading):
        table = read_file(text.encode(), name)
        reading = Reading(columns=columns or guess(table), **({"category": library.pk} | reading))
        return look_over(table, reading=reading, source=source)[1].rows

    return run


def test_rows_become_published_places_with_their_neighbourhood(bring, source, library):
    hood = NeighbourhoodFactory(outline=SQUARE)

    plan, done = bring(LIBRARIES)

    first, second = LearningPlace.objects.order_by("source_key")
    assert (first.name, first.category, first.source, first.source_key) == (
        "Bücherhalle Barmbek", library, source, "1",
    )  # fmt: skip
    assert (first.latitude, first.longitude) == (Decimal("53.586232"), Decimal("10.044504"))
    assert (first.status, first.verified_by, first.opening_hours) == (
        PlaceStatus.PUBLISHED, VerifiedBy.IMPORT, "Mo-Fr 10:00-18:00",
    )  # fmt: skip
    assert (second.postal_code, second.neighbourhood, first.neighbourhood) == ("01234", hood, None)
    assert (done.added, done.changed, plan.counts()[RowState.NEW]) == (2, 0, 2)
    assert first.latest_revision is None
    assert place_index().ids_of(place_index().find(PlaceSearch(words="barmbek"))) == [first.pk]


def test_the_same_file_again_changes_nothing(bring):
    bring(LIBRARIES)
    version, before = present_version(), list(LearningPlace.objects.values())

    plan, done = bring(LIBRARIES)

    assert plan.counts() | {"unchanged": 0} == dict.fromkeys(RowState.values, 0)
    assert (list(LearningPlace.objects.values()), present_version()) == (before, version)
    assert (done.added, done.changed, done.report["rows"]) == (0, 0, [])


def test_what_the_source_changed_is_taken_over_with_a_revision_of_before_and_after(bring):
    hood = NeighbourhoodFactory(outline=SQUARE)
    bring(LIBRARIES)

    plan, done = bring(LIBRARIES.replace("Barmbek", "am Osterbek").replace("10.044504", "9.5"))

    place = LearningPlace.objects.get(source_key="1")
    assert (place.name, place.longitude, place.neighbourhood) == (
        "Bücherhalle am Osterbek",
        Decimal("9.5"),
        hood,
    )
    assert [revision.content["name"] for revision in place.revisions.order_by("pk")] == [
        "Bücherhalle Barmbek",
        "Bücherhalle am Osterbek",
    ]
    assert (place.version, done.changed) == (2, 1)
    assert done.report["rows"][0]["changes"][0] == ["name", "Bücherhalle Barmbek", "Bücherhalle am Osterbek"]
    assert plan.counts()[RowState.UNCHANGED] == 1


def test_what_people_changed_here_is_kept_and_a_conflict_is_told(bring, moderator):
    bring(LIBRARIES)
    place = LearningPlace.objects.get(source_key="1")
    change_place(place, by=moderator, facts={"name": "Bücherhalle im Quartier", "phone": "040 1"})

    unchanged, _done = bring(LIBRARIES)
    conflict, done = bring(LIBRARIES.replace("Barmbek", "Nord").replace("22305", "22307"))

    place.refresh_from_db()
    assert unchanged.counts()[RowState.UNCHANGED] == 2
    assert (place.name, place.postal_code, place.phone) == ("Bücherhalle im Quartier", "22307", "040 1")
    assert conflict.counts()[RowState.CONFLICT] == 1
    assert sentences(done.report["rows"][0]) == [
        "postal code: “22305” becomes “22307”.",
        "name: changed here to “Bücherhalle im Quartier”, which is kept; the file says “Bücherhalle Nord”.",
    ]


def test_the_file_wins_a_conflict_when_somebody_decides_so(bring, moderator):
    bring(LIBRARIES)
    change_place(LearningPlace.objects.get(source_key="1"), by=moderator, facts={"name": "Ours"})

    bring(LIBRARIES.replace("Barmbek", "Nord"), overwrites=True)

    assert LearningPlace.objects.get(source_key="1").name == "Bücherhalle Nord"


def test_after_an_import_has_changed_a_place_the_next_one_compares_with_that(bring, moderator):
    bring(LIBRARIES)
    bring(LIBRARIES.replace("Barmbek", "Nord"))
    change_place(LearningPlace.objects.get(source_key="1"), by=moderator, facts={"phone": "040 1"})

    plan, _done = bring(LIBRARIES.replace("Barmbek", "Ost"))

    assert plan.counts()[RowState.CHANGED] == 1
    assert LearningPlace.objects.get(source_key="1").name == "Bücherhalle Ost"


def test_what_is_gone_from_the_source_is_told_and_closed_only_on_request(bring):
    bring(LIBRARIES)
    less = "\n".join(LIBRARIES.splitlines()[:2])

    told, _done = bring(less)
    still = LearningPlace.objects.get(source_key="2").status
    bring(less, closes_gone=True)
    closed = LearningPlace.objects.get(source_key="2")
    back, _done = bring(LIBRARIES)

    assert [planned.name for planned in told.of(RowState.GONE)] == ["Bücherhalle Altona"]
    assert (still, closed.status) == (PlaceStatus.PUBLISHED, PlaceStatus.CLOSED)
    assert closed.status_reason == "It is not in the list of “OpenStreetMap” any more."
    assert back.counts()[RowState.CHANGED] == 1
    assert LearningPlace.objects.get(source_key="2").status == PlaceStatus.PUBLISHED


def test_a_list_of_one_kind_says_nothing_about_other_kinds_of_the_same_source(bring):
    museum = PlaceCategoryFactory(name="Museum")
    bring(LIBRARIES)

    plan, _done = bring(
        "id,name,lat,lon\n1,Museum,53.5,9.9\n9,Other,53.5,9.9\n", category=museum.pk, closes_gone=True
    )

    assert [(planned.state, planned.name) for planned in plan.rows] == [
        (RowState.LEFT, "Bücherhalle Barmbek"),
        (RowState.NEW, "Other"),
    ]


def test_what_moderators_took_off_the_map_stays_off(bring, moderator):
    bring(LIBRARIES)
    hide_place(LearningPlace.objects.get(source_key="1"), by=moderator, reason="Not a place to learn.")

    plan, _done = bring(LIBRARIES.replace("Barmbek", "Nord"))

    assert plan.counts()[RowState.LEFT] == 1
    assert "hidden by the city" in plan.of(RowState.LEFT)[0].notes[0]
    assert LearningPlace.objects.get(source_key="1").status == PlaceStatus.HIDDEN


@pytest.mark.parametrize(
    ("cells", "field", "words"),
    [
        (",A,53.5,9.9", "source_id", "The number of the source is missing"),
        ("1,A,53.5,9.9", "source_id", "on line 2 already"),
        ("3,A,1e2,9.9", "lat", "is not a coordinate"),
        ("3,A,53.5,", "lon", "Only one of the two coordinates"),
        ("3,A,91,9.9", "lat", "outside the world"),
        (f"3,{'x' * 121},53.5,9.9", "name", "120"),
    ],
)  # fmt: skip
def test_F19_one_wrong_row_names_line_and_field_and_nothing_is_brought_in(bring, cells, field, words):
    with pytest.raises(Invalid) as refusal:
        bring(f"id,name,lat,lon\n1,Good,53.5,9.9\n{cells}\n")

    assert refusal.value.details == {"line": 3, "field": field, "wrong": 1}
    assert words in str(refusal.value)
    assert not LearningPlace.objects.exists()
    assert not PlaceImport.objects.filter(finished_at__isnull=False).exists()


def test_kinds_of_places_come_from_a_column_and_a_map_of_its_words(look):
    school = PlaceCategoryFactory(name="School", slug="school")
    text = "id,name,kind\n1,A,library\n2,B,SCHOOL\n3,C,Grundschule\n4,D,\n5,E,zoo\n"

    rows = look(text, category=None, categories={"grundschule": school.pk})

    assert [planned.row.values.get("category_id") == school.pk for planned in rows] == [
        False,
        True,
        True,
        False,
        False,
    ]
    assert [planned.state for planned in rows] == ["new", "new", "new", "wrong", "wrong"]
    assert "“zoo” is no kind of place here" in rows[4].row.problems[0].words


def test_file_without_numbers_is_known_again_by_name_and_position(bring):
    text = "name,lat,lon\nA,53.5,9.9\nA,53.6,9.9\n"
    bring(text)

    plan, _done = bring(text)

    assert plan.counts()[RowState.UNCHANGED] == 2
    with pytest.raises(Invalid, match="This place is on line 2 already"):
        bring("name,lat,lon,phone\nA,53.5,9.9,1\nA,53.5,9.9,2\n")


def test_the_same_row_twice_is_one_place(look):
    rows = look("id,name,lat,lon\n1,A,53.5,9.9\n1,A,53.5,9.9\n")

    assert [(planned.row.line, planned.row.notes) for planned in rows] == [
        (2, ["It stands there once more on line 3."])
    ]


def test_positions_in_metres_need_the_name_of_their_system(look):
    text = "id,name,X_COORD,Y_COORD\n1,Bonaly,321388,668064\n"

    with pytest.raises(Invalid, match="name their coordinate system"):
        look(text)
    row = look(text, crs="EPSG:27700")[0].row
    assert (round(row.values["latitude"], 3), round(row.values["longitude"], 3)) == (
        Decimal("55.899"),
        Decimal("-3.259"),
    )


def test_topics_are_taken_from_the_vocabulary_and_compared(bring):
    repair, reading = TopicFactory(name="Repair"), TopicFactory(name="Reading")
    text = 'id,name,topics\n1,A,"repair, Reading; magic"\n2,B,\n'

    plan, _done = bring(text)
    again, _done = bring(text)
    bring(text.replace("repair, ", ""))

    assert plan.rows[0].row.notes == ["“magic” is not in the vocabulary and is left out."]
    assert again.counts()[RowState.UNCHANGED] == 2
    place = LearningPlace.objects.get(source_key="1")
    assert list(place.topics.all()) == [reading]
    assert set(place.revisions.order_by("pk").first().content["topics"]) == {repair.pk, reading.pk}


def cells_of(look, heading: str, cell: str):
    out = io.StringIO()
    csv.writer(out).writerows([["id", "name", heading], ["1", "A", cell]])
    return look(out.getvalue())[0].row


@pytest.mark.parametrize(
    ("heading", "cell", "values"),
    [
        ("Telephone", 'http://<a href="tel:01312428027">0131 242 8027</a>', {"phone": "01312428027"}),
        ("Telephone", "+421 2 123; +421 2 456", {"phone": "+421 2 123"}),
        ("Website", '<a href="http://www.edinburgh.gov.uk/libraries" rel="nofollow">Libraries</a>', {"website": "http://www.edinburgh.gov.uk/libraries"}),
        ("Website", "www.bonaly.edin.sch.uk", {"website": "https://www.bonaly.edin.sch.uk"}),
        ("Email", '<a href="mailto:a@example.org">Write</a>', {"email": "a@example.org"}),
        ("Disabled Access", "Yes", {"step_free": "yes", "access_note": ""}),
        ("wheelchair", "limited", {"step_free": "partly", "access_note": ""}),
        ("Disabled Access", "Ramp at the side door", {"step_free": "", "access_note": "Ramp at the side door"}),
        ("opening hours", "Monday      10am - 8pm\nTuesday     10am - 8pm", {"opening_hours": "Mo,Tu 10:00-20:00"}),
        ("languages", "de; ar", {"languages": "de ar"}),
        ("cost", "Kostenlos", {"cost": "free"}),
    ],
)  # fmt: skip
def test_cells_copied_from_web_pages_are_understood(look, heading, cell, values):
    row = cells_of(look, heading, cell)

    assert {name: row.values[name] for name in values} == values
    assert row.notes == []


@pytest.mark.parametrize(
    ("heading", "cell", "values", "note"),
    [
        ("phone", "call us", {"phone": ""}, "Telephone “call us” cannot be used"),
        ("website", "javascript:alert(1)", {"website": ""}, "Website “javascript:alert(1)” cannot be used"),
        ("opening hours", "whenever we like", {"opening_hours": "", "hours_remark": "whenever we like"}, "kept as words"),
        ("languages", "Klingon!", {"languages": ""}, "no ISO 639 codes"),
        ("cost", "3 €", {"cost": ""}, "is left out"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_left_out_and_told(look, heading, cell, values, note):
    row = cells_of(look, heading, cell)

    assert {name: row.values[name] for name in values} == values
    assert note in row.notes[0]


def test_place_without_a_name_is_called_by_its_kind(look):
    rows = look("id,name,street\n1,,Quay 1\n2,,\n")

    assert [planned.row.values["name"] for planned in rows] == ["Library, Quay 1", "Library"]
    assert "It has no name" in rows[0].row.notes[0]


def test_step_free_of_a_steward_survives_a_source_that_does_not_know(bring, moderator):
    text = "id,name,wheelchair\n1,A,\n"
    bring(text)
    change_place(LearningPlace.objects.get(), by=moderator, facts={"step_free": Stated.YES})

    bring(text)

    assert LearningPlace.objects.get().step_free == Stated.YES


def test_import_is_for_those_who_may(bring, citizen, editor):
    with pytest.raises(NotAllowed):
        bring(LIBRARIES, by=citizen)
    bring(LIBRARIES, by=editor)


def test_undoing_hides_what_came_and_gives_back_what_was(bring):
    bring(LIBRARIES)
    before = LearningPlace.objects.filter(source_key="1").values("name", "postal_code", "status").get()
    _plan, done = bring(LIBRARIES.replace("Barmbek", "Nord") + "3,New,,,53.5,9.9,\n")

    undo_import(done)

    assert (
        LearningPlace.objects.filter(source_key="1").values("name", "postal_code", "status").get() == before
    )
    assert LearningPlace.objects.get(source_key="3").status == PlaceStatus.HIDDEN
    with pytest.raises(Conflict, match="nothing to undo"):
        undo_import(PlaceImport.objects.get(pk=done.pk))
    again, _done = bring(LIBRARIES.replace("Barmbek", "Nord") + "3,New,,,53.5,9.9,\n")
    assert again.counts()[RowState.CHANGED] == 2
    assert LearningPlace.objects.filter(status=PlaceStatus.PUBLISHED).count() == 3


def test_nothing_is_undone_when_somebody_has_changed_a_place_since(bring, moderator):
    _plan, done = bring(LIBRARIES)
    change_place(LearningPlace.objects.get(source_key="1"), by=moderator, facts={"phone": "040 1"})

    with pytest.raises(
        Conflict, match="1 place of this import has changed since, for example “Bücherhalle Barmbek”"
    ):
        undo_import(done)

    assert LearningPlace.objects.filter(status=PlaceStatus.PUBLISHED).count() == 2


def test_many_rows_take_as_many_queries_as_few(bring):
    NeighbourhoodFactory(outline=SQUARE)
    TopicFactory(name="Repair")

    def text(rows, word):
        lines = [f"{n},{word} {n},{53.5 + n / 1e4},9.9,repair" for n in range(rows)]
        return "id,name,lat,lon,topics\n" + "\n".join(lines) + "\n"

    def queries(rows, word):
        with CaptureQueriesContext(connection) as captured:
            bring(text(rows, word))
        return len(captured)

    queries(1, "Warm")
    LearningPlace.objects.all().delete()
    few = queries(2, "First")
    LearningPlace.objects.all().delete()
    assert queries(20, "First") == few
    assert queries(20, "Second") <= queries(20, "Third") <= few + 25


def test_a_look_warns_of_places_that_others_have_registered_already(bring, look):
    theirs = PlaceFactory(name="Bucherhalle Barmbeck", latitude="53.586500", longitude="10.044600")
    PlaceFactory(name="Quite another place", latitude="53.586500", longitude="10.044600")

    notes = [planned.notes for planned in look(LIBRARIES)]
    bring(LIBRARIES)
    again = [planned.notes for planned in look(LIBRARIES)]

    assert notes == [
        [f"It may be on the map already: “Bucherhalle Barmbeck” (number {theirs.pk}) is 30 metres away."],
        [],
    ]
    assert again == [[], []]


def test_places_of_other_people_are_not_touched(bring, source):
    theirs = PlaceFactory(name="Theirs", source=None, source_key="")

    bring(LIBRARIES, closes_gone=True)

    theirs.refresh_from_db()
    assert (theirs.status, theirs.version) == (PlaceStatus.PUBLISHED, 1)
