"""The list of places, what its map fetches, the frame for other sites, and the layers of other rooms."""

import gzip
import json

import pytest
import time_machine
from django.core.checks import run_checks
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from budgeting.enums import ProjectStatus, ProposalStatus
from mapping.checks import frames_have_ancestors, tiles_can_be_drawn
from mapping.domain.place import change_place, hide_place
from mapping.enums import PlaceStatus
from mapping.layers import layers
from mapping.models import PlacePicture
from mapping.views.answers import json_text
from tests.factories import (
    AreaFactory,
    NeighbourhoodFactory,
    PlaceCategoryFactory,
    PlaceFactory,
    ProjectFactory,
    ProposalFactory,
    make_budget,
    make_places_page,
)

pytestmark = pytest.mark.django_db
VIEWPORT = "bbox=9,53,11,54&zoom=11"
ATTACK = "</script><img src=x onerror=alert(1)>"


@pytest.fixture(autouse=True)
def page(roles):
    return make_places_page(intro="<p>Everybody may register a place.</p>")


def text(response) -> str:
    return " ".join(response.content.decode().split())


def cells(client, query: str = "", **headers) -> dict:
    return json.loads(client.get(f"/places/cells/?{VIEWPORT}{query}", **headers).content)


def test_the_list_says_how_many_there_are_and_what_each_is(client):
    kind = PlaceCategoryFactory(name="Library", symbol="book")
    PlaceFactory(
        name="Harbour library",
        category=kind,
        neighbourhood=NeighbourhoodFactory(name="Harbour"),
        opening_hours="Mo-Fr 09:00-18:00",
        step_free="yes",
        cost="free",
        verified_on="2026-03-04",
    )
    PlaceFactory(name="Anna's kitchen", latitude=None, longitude=None)

    with time_machine.travel("2026-11-23 12:00+01:00", tick=False):
        body = text(client.get("/places/"))

    assert '<h2 id="found">2 places</h2>' in body
    for words in (
        "Library · Harbour",
        "Open until 18:00",
        "Entrance without steps",
        "Free of charge",
        "Checked 4 Mar 2026",
    ):
        assert words in body, words
    for words in (
        "No point on the map",
        "Hours not stated",
        "Not checked yet",
        "1 place has no point on the map",
    ):
        assert words in body, words
    assert body.index("Anna&#x27;s kitchen") < body.index("Harbour library")


def test_what_one_looks_for_can_be_taken_away_again(client):
    PlaceFactory(
        name="Red room", cost="free", category=PlaceCategoryFactory(name="Workshop", slug="workshop")
    )
    PlaceFactory(name="Blue room", cost="free")

    body = text(client.get("/places/?category=workshop&free=1"))

    assert "1 place</h2>" in body
    assert "Blue room" not in body
    assert 'href="/places/?free=1#found"><span class="visually-hidden">Without: </span>Workshop' in body
    assert (
        'href="/places/?category=workshop#found"><span class="visually-hidden">Without: </span>Free of charge'
        in body
    )
    assert 'name="robots" content="noindex"' in body


@pytest.mark.parametrize(
    ("query", "label"),
    [("category=gone", "Kinds of places"), ("near=nan,nan", "Nearest first"), ("q=" + "x" * 5000, "words")],
)
def test_D9_X15_what_means_nothing_is_left_out_and_said(client, query, label):
    PlaceFactory()

    body = text(client.get(f"/places/?{query}"))
    assert "1 place" in body
    assert "A part of this search means nothing here" in body
    assert label in body.split("We left it out:")[1][:60]
    assert "means nothing here" not in text(client.get("/places/?q=&open=&near="))


def test_nothing_found_shows_a_way_on(client):
    PlaceFactory(name="Red room")

    body = text(client.get("/places/?q=yellow"))

    assert "No place fits all of this" in body
    assert 'href="/places/">Show all places' in body
    assert "data-places-map" not in body


def test_nearest_first_measures_and_puts_places_without_a_point_last(client):
    PlaceFactory(name="A far one", latitude="53.60", longitude="10.0")
    PlaceFactory(name="B nowhere", latitude=None, longitude=None)
    PlaceFactory(name="C near one", latitude="53.551", longitude="10.0")

    body = text(client.get("/places/?near=53.55,10.0"))

    assert body.index("C near one") < body.index("A far one") < body.index("B nowhere")
    assert "<strong>100 m away</strong>" in body
    assert "<strong>5.6 km away</strong>" in body
    assert "Order by name" in body


def test_a_list_of_thirty_costs_as_many_queries_as_a_list_of_one(client):
    def queries() -> int:
        client.get("/places/?free=1")
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/places/?free=1").status_code == 200
        return len(asked)

    PlaceFactory(cost="free", neighbourhood=NeighbourhoodFactory(), opening_hours="Mo 10:00-12:00")
    one = queries()
    for _number in range(35):
        PlaceFactory(cost="free", neighbourhood=NeighbourhoodFactory(), opening_hours="Mo 10:00-12:00")

    assert queries() == one
    assert "Page </span>2" in text(client.get("/places/"))


def pictured(**facts):
    picture = PlacePicture(
        image=Image.objects.create(title="Door", file=get_test_image_file()), alt_text="A blue door"
    )
    return PlaceFactory(pictures=[picture], **facts)


def test_a_card_shows_the_first_picture_small_and_late_for_no_query_more(client):
    def queries() -> int:
        client.get("/places/")  # makes the small pictures
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/places/").status_code == 200
        return len(asked)

    PlaceFactory(name="Without a picture")
    none = queries()
    for number in range(3):
        pictured(name=f"Pictured {number}")

    assert queries() == none
    tree = client.get("/places/").content.decode()
    assert tree.count('alt="A blue door" width="120" height="90" loading="lazy"') == 3


def test_a_picture_whose_file_is_gone_leaves_the_list_whole(client):
    place = pictured(name="Library with a door")
    image = place.pictures.get().image
    image.file.storage.delete(image.file.name)

    body = text(client.get("/places/"))
    assert "Library with a door" in body
    assert "A blue door" not in body


def test_a_digital_space_is_called_online_once(client):
    kind = PlaceCategoryFactory(name="Digital learning space")
    place = PlaceFactory(name="Sky school", category=kind, is_online=True, latitude=None, longitude=None)

    listed, shown = text(client.get("/places/")), text(client.get(f"/places/{place.pk}/"))
    assert '<p class="place-card__where"> Digital learning space </p>' in listed
    assert "<li>Online</li>" in listed
    assert "Digital learning space</a></p>" in shown


def test_X1_names_are_text_on_the_page_and_in_what_the_map_fetches(client):
    PlaceFactory(name=ATTACK)

    assert ATTACK not in client.get("/places/").content.decode()
    assert cells(client)["places"][0][3] == ATTACK


def test_the_map_fetches_what_the_list_has(client):
    kind = PlaceCategoryFactory(slug="workshop")
    place = PlaceFactory(category=kind)
    PlaceFactory(status=PlaceStatus.HIDDEN, category=kind)
    PlaceFactory(category=kind, latitude=None, longitude=None)
    PlaceFactory()

    answer = cells(client, "&category=workshop")

    assert answer["count"] == 2
    assert answer["without_point"] == 1
    assert [each[0] for each in answer["places"]] == [place.pk]


def test_an_answer_that_is_known_costs_no_search(client, administrator):
    place = PlaceFactory()
    address = f"/places/cells/?{VIEWPORT}"
    tag = client.get(address).headers["ETag"]

    with CaptureQueriesContext(connection) as queries:
        again = client.get(address, headers={"if-none-match": tag})
    assert again.status_code == 304
    assert not [query for query in queries if "learningplace" in query["sql"]]

    change_place(place, by=administrator, facts={"name": "New name"})
    changed = client.get(address, headers={"if-none-match": tag})
    assert changed.status_code == 200
    assert json.loads(changed.content)["places"][0][3] == "New name"
    hide_place(place, by=administrator, reason="Wrong")
    assert cells(client)["places"] == []


def test_open_now_is_asked_anew_every_minute(client):
    PlaceFactory(opening_hours="Mo-Fr 09:00-18:00")
    address = f"/places/cells/?{VIEWPORT}&open=now"
    with time_machine.travel("2026-11-23 17:59:30+01:00", tick=False) as clock:
        before = client.get(address)
        clock.move_to("2026-11-23 18:00:30+01:00")
        after = client.get(address, headers={"if-none-match": before.headers["ETag"]})

    assert len(json.loads(before.content)["places"]) == 1
    assert json.loads(after.content)["places"] == []


@pytest.mark.parametrize(
    "query",
    ["", "bbox=9,53,11,54", "bbox=9,53,11&zoom=3", "bbox=nan,53,11,54&zoom=3", "bbox=9,54,11,53&zoom=3",
     "bbox=1e1,53,11,54&zoom=3", "bbox=9,53,99999,54&zoom=3", "bbox=9,53,11,54&zoom=-1", "bbox=9,53,11,54&zoom=x"],
)  # fmt: skip
def test_X15_a_viewport_that_is_none_is_refused_in_words(client, query):
    response = client.get(f"/places/cells/?{query}")

    assert response.status_code == 400
    assert response.json()["error"]["field"] in ("bbox", "zoom")
    assert response.json()["error"]["message"]


def test_a_page_about_one_neighbourhood_shows_it_alone_in_list_and_map(client):
    hood = NeighbourhoodFactory()
    PlaceFactory(name="Here", neighbourhood=hood)
    PlaceFactory(name="There")
    make_places_page(slug="here", neighbourhoods=[hood])

    assert "There" not in text(client.get("/here/"))
    assert json.loads(client.get(f"/here/cells/?{VIEWPORT}").content)["count"] == 1


def test_the_frame_for_other_sites_may_be_framed_and_sets_no_cookie(client, settings):
    PlaceFactory(name="Red room")

    frame, whole = client.get("/places/embed/?q=red"), client.get("/places/?q=red")

    assert "X-Frame-Options" not in frame.headers
    assert "frame-ancestors *" in frame.headers["Content-Security-Policy"]
    assert not frame.cookies
    assert 'target="_blank">Red room' in text(frame)
    assert "csrfmiddlewaretoken" not in text(frame)
    assert whole.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in whole.headers["Content-Security-Policy"]

    settings.MAPPING_EMBED_ANCESTORS = ["https://school.example.org"]
    policy = client.get("/places/embed/").headers["Content-Security-Policy"]
    assert "frame-ancestors https://school.example.org" in policy


def test_what_the_map_fetches_travels_compressed_and_is_known_again(rf):
    words = json.dumps([f"Shed {number}" for number in range(600)])

    def fetched(**headers):
        return json_text(rf.get("/places/cells/", headers=headers), words, max_age=60)

    plain, packed = fetched(), fetched(accept_encoding="gzip")
    again = fetched(accept_encoding="gzip", if_none_match=packed.headers["ETag"])

    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 3
    assert (again.status_code, again.content) == (304, b"")


def test_whole_list_is_printed_with_what_was_looked_for(client):
    shed = PlaceCategoryFactory(name="Shed", slug="shed")
    for number in range(35):
        PlaceFactory(name=f"Shed {number:02}", category=shed)
    PlaceFactory(
        name="A shed with hours",
        category=shed,
        street="Elbchaussee 1",
        opening_hours="Mo-Fr 10:00-18:00; Sa,Su 11:00-13:00",
        website="https://www.shed.example.org/",
    )
    PlaceFactory(name="Elsewhere")

    with time_machine.travel("2026-11-25 12:00+01:00", tick=False):
        body = text(client.get("/places/print/?category=shed"))

    assert "36 places: Shed" in body
    assert body.count('class="print-list__name"') == 36
    assert "Elsewhere" not in body
    assert "Elbchaussee 1" in body
    assert "Mon – Fri 10:00 – 18:00; Sat, Sun 11:00 – 13:00" in body
    assert "<bdi>shed.example.org</bdi>" in body
    assert "Only the first" not in body
    assert 'href="/places/print/?category=shed"' in text(client.get("/places/?category=shed"))


def test_list_too_long_for_paper_says_so_and_offers_the_table(client, monkeypatch):
    monkeypatch.setattr("mapping.views.places.MOST_ON_PAPER", 2)
    for number in range(3):
        PlaceFactory(name=f"Shed {number}", cost="free")

    body = text(client.get("/places/print/?free=1"))

    assert "3 places: Free of charge" in body
    assert "Only the first 2 are on this page" in body
    assert 'href="/places/files/csv/?free=1"' in body
    assert ("Shed 1" in body, "Shed 2" in body) == (True, False)


def test_layers_of_other_rooms_are_on_the_map_and_in_a_list(client):
    area = AreaFactory(budget=make_budget())
    placed = {"area": area, "latitude": "53.5", "longitude": "9.9"}
    ProposalFactory(title="A choir", **placed)
    ProposalFactory(title="A secret", status=ProposalStatus.DRAFT, **placed)
    ProposalFactory(title="No point", area=area)
    ProjectFactory(title="A garden", status=ProjectStatus.FUNDED, **placed)
    ProjectFactory(title="A loser", **placed)
    PlaceFactory()

    assert {layer.key for layer in layers()} == {"committees", "proposals", "projects", "festival"}
    body = text(client.get("/places/"))
    assert "Proposals (1)" in body
    assert "Funded projects (1)" in body
    for key, title in (("proposals", "A choir"), ("projects", "A garden")):
        points = json.loads(client.get(f"/places/layers/{key}/points/").content)["points"]
        assert [point[1:] for point in points] == [[53.5, 9.9, title]]
        listed = text(client.get(f"/places/layers/{key}/"))
        assert f'<a href="{points[0][0]}">{title}</a>' in listed
        assert client.get(points[0][0]).status_code == 200


def test_a_long_layer_is_listed_whole_and_says_how_much_of_it_the_map_draws(client, monkeypatch):
    area = AreaFactory(budget=make_budget())
    for title in ("A choir", "Bees", "Clay"):
        ProposalFactory(title=title, area=area, latitude="53.5", longitude="9.9")
    PlaceFactory()
    monkeypatch.setattr("mapping.views.places.ON_MAP", 2)
    monkeypatch.setattr("mapping.finding.ON_MAP", 2)

    points = json.loads(client.get("/places/layers/proposals/points/").content)["points"]
    listed = text(client.get("/places/layers/proposals/"))
    legend = text(client.get("/places/"))

    assert [point[3] for point in points] == ["A choir", "Bees"]
    assert "3 with a point on the map" in listed
    assert "Clay</a>" in listed
    assert "The map shows the first 2 of the list." in listed
    assert "Proposals (3)</a>" in legend
    assert "the map shows the first 2" in legend


def test_a_layer_shows_nothing_of_a_budget_behind_a_sign_in(client):
    from wagtail.models import PageViewRestriction

    budget = make_budget()
    ProposalFactory(area=AreaFactory(budget=budget), latitude="53.5", longitude="9.9")
    PageViewRestriction.objects.create(page=budget, restriction_type=PageViewRestriction.LOGIN)

    assert json.loads(client.get("/places/layers/proposals/points/").content) == {"points": []}


@pytest.mark.parametrize(
    ("tiles", "fault"),
    [
        (None, None),
        ({"url": "/media/tiles/{z}/{x}/{y}.png", "attribution": "OSM"}, None),
        ({"url": "https://tiles.example.org/"}, "mapping.E001"),
        ("https://tiles.example.org/{z}/{x}/{y}.png", "mapping.E001"),
        ({"url": "ftp://example.org/{z}/{x}/{y}.png", "attribution": "OSM"}, "mapping.E002"),
        ({"url": "/media/{z}/{x}/{y}.png"}, "mapping.E003"),
        ({"url": "https://tiles.example.org/{z}/{x}/{y}.png", "attribution": "OSM"}, "mapping.E004"),
    ],
)
def test_a_wrong_setting_of_tiles_is_told_with_its_remedy(settings, tiles, fault):
    settings.MAPPING_TILES = tiles

    found = tiles_can_be_drawn(None)

    assert fault in [error.id for error in found] if fault else found == []
    assert all(error.hint for error in found)


def test_one_text_is_no_list_of_ancestors(settings):
    settings.MAPPING_EMBED_ANCESTORS = "*"

    assert [error.id for error in frames_have_ancestors(None)] == ["mapping.E005"]
    assert [error for error in run_checks() if error.id == "mapping.E005"]


def test_foreign_tiles_are_asked_for_and_own_ones_are_not(client, settings):
    PlaceFactory()
    settings.MAPPING_TILES = {"url": "https://tiles.example.org/{z}/{x}/{y}.png", "attribution": "OSM"}
    body = text(client.get("/places/"))
    assert 'data-tiles-ask="tiles.example.org"' in body
    assert "Show the drawn map" in body

    settings.MAPPING_TILES = {"url": "/media/{z}/{x}/{y}.png", "attribution": "OSM"}
    body = text(client.get("/places/"))
    assert 'data-tiles="/media/{z}/{x}/{y}.png"' in body
    assert "data-tiles-ask" not in body
