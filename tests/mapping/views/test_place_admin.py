"""Places in the Wagtail admin: every change goes through the domain, nobody deletes, and reports say what is missing."""

import csv
import datetime as dt
import io
import re

import pytest
from django.contrib.admin.utils import quote
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.images import get_image_model
from wagtail.models import ModelLogEntry

from mapping.domain.place import change_place, draft_place, publish_place
from mapping.enums import PlaceStatus, VerifiedBy
from mapping.models import LearningPlace, PlaceCategory, PlacePicture
from mapping.queries.places import PlaceSearch, place_index
from mapping.queries.version import present_version
from tests.budgeting.proposing import picture_file
from tests.factories import NeighbourhoodFactory, PlaceCategoryFactory, PlaceFactory, make_places_page

pytestmark = pytest.mark.django_db

LIST = "/admin/snippets/mapping/learningplace/"


@pytest.fixture(autouse=True)
def places_page(db):
    return make_places_page()


def sent(place=None, **changes) -> dict:
    """Return what the form of a place sends."""
    names = (
        "name summary description street postal_code locality opening_hours hours_remark what_to_learn cost step_free "
        "accessible_toilet hearing_loop quiet_space access_note website email phone"
    )
    fields = {name: getattr(place, name) if place else "" for name in names.split()}
    for name in ("latitude", "longitude"):
        fields[name] = getattr(place, name) if place and place.has_point else ""
    fields |= {
        "category": place.category_id if place else "",
        "organisation": "",
        "neighbourhood": "",
        "version": place.version if place else 1,
    }
    pictures = list(place.pictures.all()) if place else []
    fields |= {
        "pictures-TOTAL_FORMS": len(pictures),
        "pictures-INITIAL_FORMS": len(pictures),
        "pictures-MIN_NUM_FORMS": 0,
        "pictures-MAX_NUM_FORMS": 4,
    }
    for number, picture in enumerate(pictures):
        fields |= {
            f"pictures-{number}-id": picture.pk,
            f"pictures-{number}-image": picture.image_id,
            f"pictures-{number}-alt_text": picture.alt_text,
            f"pictures-{number}-ORDER": number + 1,
        }
    return {**fields, **changes}


def edit(place) -> str:
    return f"{LIST}edit/{quote(place.pk)}/"


def bulk(action: str, *places) -> str:
    address = reverse("wagtail_bulk_action", args=["mapping", "learningplace", action])
    return f"{address}?{'&'.join(f'id={place.pk}' for place in places)}&next={LIST}"


def test_a_place_made_here_is_on_the_map_at_once(client, editor):
    category = PlaceCategoryFactory()
    client.force_login(editor)

    response = client.post(
        f"{LIST}add/",
        sent(
            name="City library",
            category=category.pk,
            latitude="53.55",
            longitude="9.99",
            opening_hours="Mon-Fri 10am-5pm",
            languages=["en", "de"],
        ),
    )

    place = LearningPlace.objects.get()
    assert response.status_code == 302
    assert (place.status, place.opening_hours) == (PlaceStatus.PUBLISHED, "Mo-Fr 10:00-17:00")
    assert set(place.language_codes) == {"en", "de"}
    assert place.pk in place_index().ids


def test_a_change_keeps_a_revision_raises_the_version_and_is_logged(client, moderator):
    place = PlaceFactory(name="Library")
    version = present_version().number
    client.force_login(moderator)

    response = client.post(edit(place), sent(place, name="City library"))

    place.refresh_from_db()
    assert response.status_code == 302
    assert (place.name, place.version) == ("City library", 2)
    assert place.map_version > version
    assert place.revisions.count() == 2
    assert place.latest_revision.user == moderator
    assert ModelLogEntry.objects.filter(action="mapping.change_place", user=moderator).count() == 1


def test_f22_two_editors_do_not_overwrite_each_other(client, moderator, editor):
    place = PlaceFactory(name="Library")
    stale = sent(place, name="Stale name")
    change_place(place, by=editor, facts={"name": "Fresh name"})
    client.force_login(moderator)

    response = client.post(edit(place), stale)

    assert response.status_code == 200
    assert "Somebody else has changed this place" in response.content.decode()
    assert LearningPlace.objects.get().name == "Fresh name"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("opening_hours", "whenever the flag is up"),
        ("latitude", ""),
        ("website", "javascript:alert(1)"),
        ("name", ""),
        ("phone", "call me"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_changes_nothing(client, moderator, field, value):
    place = PlaceFactory(name="Library")
    client.force_login(moderator)

    response = client.post(edit(place), sent(place, **{field: value}))

    assert response.status_code == 200
    assert field in response.context["form"].errors
    place.refresh_from_db()
    assert (place.name, place.version) == ("Library", 1)


def test_p21_extra_fields_change_nothing(client, moderator):
    place = PlaceFactory(status=PlaceStatus.HIDDEN)
    client.force_login(moderator)

    client.post(
        edit(place), sent(place, status="published", source="1", verified_on="2026-01-01", map_version="0")
    )

    place.refresh_from_db()
    assert (place.status, place.source, place.verified_on) == (PlaceStatus.HIDDEN, None, None)


def test_pictures_are_added_and_removed_with_the_place(client, administrator):
    place = PlaceFactory()
    image = get_image_model().objects.create(title="Lamp", file=picture_file(), width=64, height=48)
    client.force_login(administrator)

    added = {
        "pictures-TOTAL_FORMS": 1,
        "pictures-0-image": image.pk,
        "pictures-0-alt_text": "A lamp",
        "pictures-0-ORDER": 1,
    }
    client.post(edit(place), sent(place, **added))
    place = LearningPlace.objects.get()
    assert [picture.alt_text for picture in place.pictures.all()] == ["A lamp"]
    client.post(edit(place), sent(place, **{"pictures-0-DELETE": "on"}))

    assert not PlacePicture.objects.exists()
    assert get_image_model().objects.filter(pk=image.pk).exists()  # the library's own picture stays


def test_an_old_version_is_compared_and_restored(client, moderator):
    place = PlaceFactory(name="Old name", summary="Old words")
    change_place(place, by=moderator, facts={"name": "New name", "summary": "New words"})
    place = LearningPlace.objects.get()
    first, second = place.revisions.order_by("pk")
    client.force_login(moderator)

    history = client.get(reverse("wagtailsnippets_mapping_learningplace:history", args=[place.pk]))
    compare = reverse(
        "wagtailsnippets_mapping_learningplace:revisions_compare", args=[place.pk, first.pk, second.pk]
    )
    compared = client.get(compare)
    revert = reverse("wagtailsnippets_mapping_learningplace:revisions_revert", args=[place.pk, first.pk])
    shown = client.get(revert)
    old = first.as_object()
    response = client.post(revert, sent(old))

    place.refresh_from_db()
    for way in (compare, revert):
        assert way in history.content.decode()
    assert compared.status_code == 200
    for words in ("Old", "New"):
        assert words in compared.content.decode()
    assert "Old name" in shown.content.decode()
    assert response.status_code == 302
    assert (place.name, place.summary, place.version) == ("Old name", "Old words", 3)
    assert place.revisions.count() == 3


def test_nobody_deletes_a_place_alone_or_in_bulk(client, administrator):
    place = PlaceFactory()
    client.force_login(administrator)

    single = client.post(f"{LIST}delete/{place.pk}/")
    client.post(bulk("delete", place))

    assert single.status_code in (302, 403, 404)
    assert LearningPlace.objects.filter(pk=place.pk).exists()


def test_the_list_leads_to_the_site_and_offers_only_what_may_be_done(client, moderator):
    shown, hidden = PlaceFactory(), PlaceFactory(status=PlaceStatus.HIDDEN)
    client.force_login(moderator)

    body = client.get(LIST).content.decode()

    assert f'href="/places/{shown.pk}/"' in body
    assert f'href="/places/{hidden.pk}/"' not in body
    assert re.findall(r'href="/admin/bulk/mapping/learningplace/(\w+)/', body) == [
        "publish",
        "hide",
        "verify",
        "change_category",
    ]


def test_version_that_nobody_in_particular_wrote_is_shown_without_a_name(client, moderator):
    place = publish_place(draft_place(facts={"name": "Mill", "category": PlaceCategoryFactory()}))
    client.force_login(moderator)

    body = client.get(
        f"{LIST}history/{place.pk}/revisions/{place.latest_revision_id}/revert/"
    ).content.decode()

    assert re.search(r"You are looking at how this place was on [^<]+\.", body)
    assert "You are viewing a previous version" not in body


def test_the_list_is_searched_and_filtered(client, moderator):
    hood, category = NeighbourhoodFactory(), PlaceCategoryFactory(name="Museum")
    PlaceFactory(name="Night school", neighbourhood=hood, verified_on=timezone.localdate())
    PlaceFactory(name="Choir", category=category, status=PlaceStatus.HIDDEN)
    client.force_login(moderator)

    for query, shown, absent in [
        ({"q": "NIGHT"}, "Night school", "Choir"),
        ({"status": "hidden"}, "Choir", "Night school"),
        ({"category": category.pk}, "Choir", "Night school"),
        ({"neighbourhood": hood.pk}, "Night school", "Choir"),
        ({"verified": "yes"}, "Night school", "Choir"),
        ({"verified": "no"}, "Choir", "Night school"),
    ]:
        body = client.get(f"{LIST}results/", query).content.decode()
        assert shown in body, query
        assert absent not in body, query


def test_the_list_costs_the_same_with_one_place_and_with_thirty(client, moderator):
    client.force_login(moderator)

    def cost():
        client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        return len(queries)

    category = PlaceCategoryFactory()
    PlaceFactory(category=category, neighbourhood=NeighbourhoodFactory())
    one = cost()
    for _number in range(29):
        PlaceFactory(category=category)

    assert cost() == one


def test_many_places_are_hidden_with_a_reason_and_what_cannot_be_is_counted(client, moderator):
    places = [PlaceFactory(), PlaceFactory(), PlaceFactory(status=PlaceStatus.DRAFT)]
    client.force_login(moderator)

    assert client.get(bulk("hide", *places)).status_code == 200
    response = client.post(bulk("hide", *places), {"reason": "Not a place."}, follow=True)

    body = response.content.decode()
    assert "Done for 2 places." in body
    assert "1 was left out" in body
    assert LearningPlace.objects.filter(status=PlaceStatus.HIDDEN, status_reason="Not a place.").count() == 2


def test_many_places_are_published_checked_and_moved_to_another_kind(client, moderator):
    hidden, draft = PlaceFactory(status=PlaceStatus.HIDDEN), PlaceFactory(status=PlaceStatus.DRAFT)
    category = PlaceCategoryFactory()
    client.force_login(moderator)

    client.post(bulk("publish", hidden, draft))
    client.post(bulk("verify", hidden))
    client.post(bulk("change_category", hidden), {"category": category.pk})

    hidden.refresh_from_db()
    draft.refresh_from_db()
    assert (hidden.status, hidden.verified_by, hidden.category) == (
        PlaceStatus.PUBLISHED,
        VerifiedBy.STAFF,
        category,
    )
    assert draft.status == PlaceStatus.DRAFT


@pytest.mark.parametrize("name", ["citizen", "officer", "chair"])
def test_p10_nobody_else_changes_places_here(name, client, request):
    place = PlaceFactory(name="Library")
    client.force_login(request.getfixturevalue(name))

    for address in (LIST, edit(place), bulk("hide", place), "/admin/reports/places-without-hours/"):
        assert client.get(address).status_code == 302
    client.post(edit(place), sent(place, name="Mine"))
    client.post(bulk("hide", place), {"reason": "Mine"})

    place.refresh_from_db()
    assert (place.name, place.status) == ("Library", PlaceStatus.PUBLISHED)


def test_reports_say_what_is_missing(client, moderator):
    recent = timezone.localdate() - dt.timedelta(days=10)
    PlaceFactory(name="Complete", opening_hours="24/7", verified_on=recent)
    PlaceFactory(name="Hourless", verified_on=recent)
    PlaceFactory(name="Pointless", latitude=None, longitude=None, opening_hours="24/7", verified_on=recent)
    PlaceFactory(name="Digital", latitude=None, longitude=None, is_online=True, opening_hours="24/7")
    PlaceFactory(name="Hidden", status=PlaceStatus.HIDDEN)
    client.force_login(moderator)

    for report, expected in (
        ("unchecked-places", {"Digital"}),
        ("places-without-hours", {"Hourless"}),
        ("places-without-point", {"Pointless"}),
    ):
        body = client.get(f"/admin/reports/{report}/").content.decode()
        found = {
            name
            for name in ("Complete", "Hourless", "Pointless", "Digital", "Hidden")
            if f">{name}<" in body or f"{name}\n" in body
        }
        assert found == expected, report


def test_x16_a_report_is_a_spreadsheet_without_formulas(client, moderator):
    PlaceFactory(name="=cmd|'/C calc'!A0")
    client.force_login(moderator)

    as_csv = client.get("/admin/reports/places-without-hours/?export=csv")
    as_xlsx = client.get("/admin/reports/places-without-hours/?export=xlsx")

    rows = list(csv.reader(io.StringIO(b"".join(as_csv).decode())))
    assert rows[1][1] == "'=cmd|'/C calc'!A0"
    sheet = load_workbook(io.BytesIO(b"".join(as_xlsx))).active
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=cmd|'/C calc'!A0", "s")


def test_a_renamed_kind_is_found_at_once(client, editor):
    category = PlaceCategoryFactory(name="Workshop")
    PlaceFactory(name="Tram shed", category=category)
    assert len(place_index().find(PlaceSearch(words="atelier"))) == 0
    client.force_login(editor)

    response = client.post(
        f"/admin/snippets/mapping/placecategory/edit/{category.pk}/",
        {
            "name": "Atelier",
            "slug": category.slug,
            "parent": "",
            "symbol": "pin",
            "description": "",
            "sort_order": "0",
        },
    )

    assert response.status_code == 302
    assert PlaceCategory.objects.get().name == "Atelier"
    assert len(place_index().find(PlaceSearch(words="atelier"))) == 1


def test_hours_are_shown_as_understood_while_somebody_writes_them(client, moderator):
    place = PlaceFactory()
    client.force_login(moderator)

    body = client.get(f"{LIST}edit/{place.pk}/").content.decode()

    assert 'data-url="/places/register/hours/"' in body
    assert "mapping/js/hours.js" in body
    assert "hours_seen" not in body
