"""The pages of proposals: list, map points, one proposal, and writing one."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from budgeting.enums import PhaseKind, ProposalStatus
from budgeting.models import Proposal, ProposalPicture, Support
from participation.models import Comment
from tests.budgeting.proposing import picture_file, posted
from tests.factories import AreaFactory, OrganisationFactory, ParticipantFactory, ProposalFactory, make_budget
from tests.participation.payloads import PAYLOADS

pytestmark = pytest.mark.django_db

LIST = "/budget/proposals/"
NEW = "/budget/proposals/new/"
SECRET = [ProposalStatus.DRAFT, ProposalStatus.WITHDRAWN, ProposalStatus.HIDDEN]


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


@pytest.fixture
def area():
    return AreaFactory(name="Old Harbour")


def titles(response):
    return re.findall(r'class="card__link" href="[^"]+">([^<]+)<', response.content.decode())


# The list


def test_the_list_shows_public_proposals_only(area, client):
    shown = {
        ProposalFactory(area=area, status=status).title for status in ("submitted", "accepted", "rejected")
    }
    hidden = [ProposalFactory(area=area, status=status, title=f"Secret {status}") for status in SECRET]

    response = client.get(LIST)

    assert set(titles(response)) == shown
    assert "Secret" not in response.content.decode()
    assert len(hidden) == 3


def test_p4_drafts_leak_into_no_list_map_or_page_of_the_budget(area, client):
    for status in SECRET:
        ProposalFactory(area=area, status=status, title=f"Canary {status}", latitude=50, longitude=9)
    ProposalFactory(area=area, latitude=50, longitude=9)

    for address in ("/budget/", LIST, LIST + "?q=canary", LIST + "points/", LIST + "points/?q=canary"):
        body = client.get(address).content.decode()
        # The searched word itself stands in the search field.
        assert "Canary" not in body


def test_other_budgets_proposals_stay_there(area, client):
    ProposalFactory(area=AreaFactory(budget=make_budget(slug="other")), title="Elsewhere")

    assert titles(client.get(LIST)) == []


def test_filters_narrow_the_list_and_the_map_alike(area, client):
    harbour = ProposalFactory(area=area, title="Harbour school", latitude=50, longitude=9)
    hill = AreaFactory(budget=area.budget, name="Hill")
    school = OrganisationFactory(name="School 7")
    ProposalFactory(
        area=hill, title="Hill choir", status="accepted", organisation=school, latitude=50, longitude=9
    )

    for query, expected in [
        (f"area={area.pk}", ["Harbour school"]),
        (f"organisation={school.pk}", ["Hill choir"]),
        ("status=accepted", ["Hill choir"]),
        ("q=choir+HILL", ["Hill choir"]),
        ("q=school&status=accepted", []),
    ]:
        cache.clear()
        listed = titles(client.get(f"{LIST}?{query}"))
        points = client.get(f"{LIST}points/?{query}").json()["points"]
        assert listed == expected
        assert [point[3] for point in points] == expected
    assert harbour.area == area


@pytest.mark.parametrize("words", ["CAFÉ", "cafe", "café", "mend CAFE"])
def test_search_minds_neither_case_nor_accents(words, area, client):
    ProposalFactory(area=area, title="Repair Café", description="We mend lamps")
    ProposalFactory(area=area, title="Choir")

    assert titles(client.get(LIST, {"q": words})) == ["Repair Café"]


def test_search_takes_signs_as_they_are(area, client):
    ProposalFactory(area=area, title="100 % (really) [all]")
    ProposalFactory(area=area, title="Choir")

    for words in ("100 %", "(really)", "[all]"):
        assert titles(client.get(LIST, {"q": words})) == ["100 % (really) [all]"]
    for words in (".*", "^", "%", "_", "\\"):
        assert "Choir" not in titles(client.get(LIST, {"q": words}))


def test_no_result_and_no_proposal_yet_say_what_to_do(area, client):
    assert "There are no proposals yet" in client.get(LIST).content.decode()

    ProposalFactory(area=area)

    assert "No proposal fits your search" in client.get(LIST, {"q": "zzz"}).content.decode()


def test_v22_each_visitor_has_an_own_order_that_stays(area, client, client_factory):
    for number in range(12):
        ProposalFactory(area=area, title=f"Proposal {number}")

    first = titles(client.get(LIST))
    again = titles(client.get(LIST))
    others = {tuple(titles(client_factory().get(LIST))) for _visitor in range(5)}

    assert first == again
    assert sorted(first) == sorted(titles(client_factory().get(LIST)))
    assert len(others) > 1


@pytest.fixture
def client_factory():
    from django.test import Client

    return Client


def test_newest_and_most_supported_first(area, client):
    old, new = ProposalFactory(area=area, title="Old"), ProposalFactory(area=area, title="New")
    Support.objects.create(proposal=old, participant=ParticipantFactory())

    assert titles(client.get(LIST, {"order": "newest"})) == ["New", "Old"]
    assert titles(client.get(LIST, {"order": "supported"})) == ["Old", "New"]
    assert new.pk > old.pk


def test_pages_of_24_hold_everything_once(area, client):
    for number in range(30):
        ProposalFactory(area=area, title=f"Proposal {number}")

    first, second = titles(client.get(LIST)), titles(client.get(LIST, {"page": 2}))

    assert (len(first), len(second)) == (24, 6)
    assert len(set(first) | set(second)) == 30


@pytest.mark.parametrize("page", ["0", "-1", "abc", "1e9", "9" * 6, "9" * 5000, "١", "\x00", "1' OR 1=1"])
def test_d12_odd_page_numbers_give_a_page(page, area, client):
    ProposalFactory(area=area, title="Only one")

    response = client.get(LIST, {"page": page})

    assert response.status_code == 200
    assert titles(response) == ["Only one"]


def test_p3_parameters_that_are_no_filters_change_nothing(area, client):
    for number in range(3):
        ProposalFactory(area=area, title=f"Proposal {number}")
    plain = titles(client.get(LIST))

    for query in [
        "author__email__startswith=a",
        "author__user__password__regex=.*",
        "ordering=author__password",
        "order=author__user__email",
        "status=draft",
        "status=hidden",
        "area=abc",
        "area=1e9999",
        "organisation=-1",
        "area__budget__id=1",
        "budget=1",
    ]:
        assert titles(client.get(f"{LIST}?{query}")) == plain


@pytest.mark.parametrize("name", ["q", "area", "status", "organisation", "order", "page"])
def test_x3_no_parameter_comes_back_unescaped(name, area, client):
    ProposalFactory(area=area)

    for payload in PAYLOADS:
        response = client.get(LIST, {name: payload})
        assert response.status_code == 200
        if "<" in payload:
            assert payload not in response.content.decode()


def test_the_list_costs_twelve_queries_at_any_size(area, client):
    def cost():
        client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        return len(queries)

    for number in range(3):
        crowded(ProposalFactory(area=area, latitude=50, longitude=9), number)
    small = cost()
    for number in range(27):
        crowded(ProposalFactory(area=area, latitude=50, longitude=9), number)

    assert cost() == small
    assert small <= 12


def crowded(proposal, number):
    """Give a proposal supports, comments and an organisation."""
    person = ParticipantFactory()
    Support.objects.create(proposal=proposal, participant=person)
    Comment.objects.create(discussion=proposal.discussion, author=person, text=f"Comment {number}")
    Proposal.objects.filter(pk=proposal.pk).update(organisation=OrganisationFactory())


# The map


def test_map_points_are_small_and_hold_no_person(area, client):
    proposal = ProposalFactory(area=area, latitude="53.551234", longitude="9.993456")
    ProposalFactory(area=area)

    response = client.get(LIST + "points/")

    assert response.json() == {
        "base": "/budget/proposals/",
        "points": [[proposal.pk, 53.55123, 9.99346, proposal.title]],
    }
    assert response.headers["Cache-Control"] == "public, max-age=60"
    tag = response.headers["ETag"]
    assert client.get(LIST + "points/", headers={"If-None-Match": tag}).status_code == 304


def test_the_page_itself_holds_no_point(area, client):
    ProposalFactory(area=area, latitude="53.551234", longitude="9.993456")

    body = client.get(LIST).content.decode()

    assert "53.55" not in body
    assert 'data-points="/budget/proposals/points/"' in body


# One proposal


def test_a_proposal_shows_everything(area, client):
    proposal = ProposalFactory(
        area=area, title="Repair <café>", address="3 Quay Street", latitude="53.5", longitude="9.9"
    )
    crowded(proposal, 1)

    body = client.get(f"{LIST}{proposal.pk}/").content.decode()

    for words in (
        "Repair &lt;café&gt;",
        proposal.summary,
        proposal.description,
        proposal.learning_goal,
        "3 Quay Street",
        "€10,000",
        "Old Harbour",
        "1 person supports this proposal",
        "Comment 1",
        'data-latitude="53.500000"',
    ):
        assert words in body
    assert "Repair <café>" not in body


@pytest.mark.parametrize("status", SECRET)
def test_p1_what_is_not_public_is_not_there_for_others(status, area, client, citizen, resident):
    proposal = ProposalFactory(area=area, status=status)

    for visitor in (None, citizen, resident):
        if visitor:
            client.force_login(visitor)
        for part in ("", "edit/", "withdraw/", "support/"):
            response = client.get(f"{LIST}{proposal.pk}/{part}")
            if visitor is None and part:
                assert response.status_code == 302
            else:
                assert response.status_code == 404


@pytest.mark.parametrize("status", SECRET)
def test_its_author_sees_what_is_not_public(status, area, client, citizen):
    proposal = ProposalFactory(area=area, status=status, author=citizen.participant)
    client.force_login(citizen)

    assert client.get(f"{LIST}{proposal.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("status", "answer"),
    [(ProposalStatus.DRAFT, 404), (ProposalStatus.WITHDRAWN, 404), (ProposalStatus.HIDDEN, 200)],
)
@pytest.mark.parametrize("name", ["officer", "moderator", "administrator"])
def test_the_city_sees_what_it_hid_but_nobodys_drafts(name, status, answer, area, client, request):
    proposal = ProposalFactory(area=area, status=status)
    client.force_login(request.getfixturevalue(name))

    assert client.get(f"{LIST}{proposal.pk}/").status_code == answer


def test_a_moderator_hides_a_proposal_with_a_reason_and_shows_it_again(area, client, moderator):
    proposal = ProposalFactory(area=area)
    address = f"{LIST}{proposal.pk}/hide/"
    client.force_login(moderator)
    assert address in client.get(f"{LIST}{proposal.pk}/").content.decode()

    assert client.post(address, {"reason": " "}).status_code == 400
    client.post(address, {"reason": "It insults a neighbour."})
    proposal.refresh_from_db()
    assert proposal.status == ProposalStatus.HIDDEN
    client.post(address)

    proposal.refresh_from_db()
    assert proposal.status == ProposalStatus.SUBMITTED


def test_nobody_else_hides_a_proposal(area, client, citizen):
    proposal = ProposalFactory(area=area)
    client.force_login(citizen)

    assert client.get(f"{LIST}{proposal.pk}/hide/").status_code == 404
    assert client.post(f"{LIST}{proposal.pk}/hide/", {"reason": "No"}).status_code == 404
    assert "/hide/" not in client.get(f"{LIST}{proposal.pk}/").content.decode()


def test_a_proposal_of_another_budget_is_not_found_here(area, client):
    proposal = ProposalFactory(area=AreaFactory(budget=make_budget(slug="other")))

    assert client.get(f"{LIST}{proposal.pk}/").status_code == 404
    assert client.get(f"/other/proposals/{proposal.pk}/").status_code == 200


def test_a_page_with_100_comments_costs_the_same_queries_as_with_one(area, client):
    def cost(proposal):
        client.get(f"{LIST}{proposal.pk}/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{LIST}{proposal.pk}/").status_code == 200
        return len(queries)

    quiet, busy = ProposalFactory(area=area), ProposalFactory(area=area)
    crowded(quiet, 0)
    for number in range(100):
        crowded(busy, number)

    assert cost(quiet) == cost(busy)
    assert cost(busy) <= 20


def test_p17_who_supports_is_told_to_nobody(area, client):
    proposal = ProposalFactory(area=area)
    Support.objects.create(proposal=proposal, participant=ParticipantFactory(display_name="Canary Supporter"))

    assert "Canary Supporter" not in client.get(f"{LIST}{proposal.pk}/").content.decode()


def test_x1_x21_titles_and_texts_are_shown_as_written(area, client):
    for payload in PAYLOADS:
        proposal = ProposalFactory(area=area, title=payload[:120], summary=payload, description=payload)
        body = client.get(f"{LIST}{proposal.pk}/").content.decode()
        listed = client.get(LIST, {"q": payload[:40]}).content.decode()
        assert escape(payload[:120]) in body
        if "<" in payload:
            assert payload not in body
            assert payload not in listed
        proposal.delete()


# Supporting


def test_supporting_from_the_page(area, client, citizen):
    proposal = ProposalFactory(area=area)
    client.force_login(citizen)

    response = client.post(f"{LIST}{proposal.pk}/support/")

    assert response.headers["Location"] == f"{LIST}{proposal.pk}/#support"
    assert "Take back my support" in client.get(f"{LIST}{proposal.pk}/").content.decode()
    client.post(f"{LIST}{proposal.pk}/support/", {"take_back": "1"})
    assert not Support.objects.exists()


def test_looking_at_the_support_address_changes_nothing(area, client, citizen):
    proposal = ProposalFactory(area=area)
    client.force_login(citizen)

    assert client.get(f"{LIST}{proposal.pk}/support/").status_code == 302
    assert not Support.objects.exists()


def test_supporting_without_a_token_is_refused(area, citizen):
    from django.test import Client

    proposal = ProposalFactory(area=area)
    client = Client(enforce_csrf_checks=True)
    client.force_login(citizen)

    assert client.post(f"{LIST}{proposal.pk}/support/").status_code == 403
    assert not Support.objects.exists()


# Writing


def test_a_stranger_is_sent_to_sign_in_and_back(area, client):
    response = client.get(NEW)

    assert response.status_code == 302
    assert response.headers["Location"] == f"/account/login/?next={NEW}"


def test_handing_in_from_the_form(area, client, citizen):
    client.force_login(citizen)

    response = client.post(NEW, posted(area, submit="1"))

    proposal = Proposal.objects.get()
    assert response.headers["Location"] == f"{LIST}{proposal.pk}/"
    assert (proposal.status, proposal.author, proposal.cost_cents) == (
        "submitted",
        citizen.participant,
        12_500_00,
    )


def test_saving_a_draft_from_the_form(area, client, citizen):
    client.force_login(citizen)

    response = client.post(NEW, {"title": "An idea", "draft": "1"})

    assert response.headers["Location"] == "/budget/proposals/mine/"
    assert Proposal.objects.get().status == ProposalStatus.DRAFT
    assert "An idea" in client.get("/budget/proposals/mine/").content.decode()


def test_what_is_missing_is_told_at_its_field_and_the_text_stays(area, client, citizen):
    client.force_login(citizen)

    response = client.post(NEW, {"title": "An idea", "description": "My text", "submit": "1"})

    body = response.content.decode()
    assert response.status_code == 400
    assert "Please check this" in body
    assert 'href="#id_summary"' in body
    assert "My text" in body
    assert not Proposal.objects.exists()


def test_p21_extra_fields_change_nothing(area, client, citizen, resident):
    client.force_login(citizen)

    client.post(
        NEW,
        posted(
            area,
            draft="1",
            status="accepted",
            author=str(resident.participant.pk),
            id="999",
            submitted_at="2020-01-01",
            budget="1",
            discussion="1",
        ),
    )

    proposal = Proposal.objects.get()
    assert (proposal.status, proposal.author, proposal.submitted_at) == ("draft", citizen.participant, None)
    assert proposal.pk != 999


def test_f22_a_conflict_keeps_the_text_and_the_next_save_works(area, client, citizen):
    proposal = ProposalFactory(area=area, author=citizen.participant)
    client.force_login(citizen)
    address = f"{LIST}{proposal.pk}/edit/"
    assert client.post(address, posted(area, title="First")).status_code == 302

    response = client.post(address, posted(area, title="Second"))

    body = response.content.decode()
    proposal.refresh_from_db()
    assert response.status_code == 409
    assert proposal.title == "First"
    assert 'value="Second"' in body
    assert "Somebody else has changed this proposal" in body
    version = re.search(r'name="version" value="(\d+)"', body)[1]
    assert client.post(address, posted(area, title="Second", version=version)).status_code == 302


@pytest.mark.parametrize(
    "cost",
    [
        "1_0", "１２", "١٢", "true", "NaN", "Infinity", "1e5", "1E999999", "-5", "+5", "0x10", "12,5,0", "1.234",
        "0", "0.00", "12.", ".5", "12 €", "1,00", "99999999999999999999", "١٢٫٥", "12\u200b0", "½", "1 2",
    ],
)  # fmt: skip
def test_d4_odd_amounts_are_refused(cost, area, client, citizen):
    client.force_login(citizen)

    response = client.post(NEW, posted(area, cost_cents=cost, submit="1"))

    assert response.status_code == 400
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    "coordinate",
    ["1_0", "١٢", "NaN", "inf", "1e1", "91", "-91", "true", "0x1", "53,5", "--5", "5.5.5", "north"],
)
def test_x15_odd_coordinates_are_refused(coordinate, area, client, citizen):
    client.force_login(citizen)

    response = client.post(NEW, posted(area, place_latitude=coordinate, place_longitude="9.9", submit="1"))

    assert response.status_code == 400
    assert not Proposal.objects.exists()


def test_half_a_place_is_refused(area, client, citizen):
    client.force_login(citizen)

    response = client.post(NEW, posted(area, place_latitude="53.5", submit="1"))

    assert "both numbers" in response.content.decode()


@pytest.mark.parametrize("learners", ["0", "-1", "1.5", "1e3", "١٢", "99999999", "many", "1_0"])
def test_d4_odd_numbers_of_learners_are_refused(learners, area, client, citizen):
    client.force_login(citizen)

    assert client.post(NEW, posted(area, learners=learners, submit="1")).status_code == 400


def test_a_picture_needs_words(area, client, citizen):
    client.force_login(citizen)
    file = picture_file()

    response = client.post(NEW, posted(area, submit="1", **{"picture-new-0-picture": file}))

    assert response.status_code == 400
    assert "what the picture shows" in response.content.decode()


def test_a_picture_with_words_is_shown_with_its_size(area, client, citizen):
    client.force_login(citizen)
    fields = {"picture-new-0-picture": picture_file(), "picture-new-0-alt_text": "A lamp <b>"}
    client.post(NEW, posted(area, submit="1", **fields))
    proposal = Proposal.objects.get()

    page = client.get(f"{LIST}{proposal.pk}/").content.decode()
    listed = client.get(LIST).content.decode()

    assert ProposalPicture.objects.get().alt_text == "A lamp <b>"
    assert 'alt="A lamp &lt;b&gt;" width="64" height="48" loading="lazy"' in page
    assert 'alt="A lamp &lt;b&gt;"' in listed


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("x.html", b"<html><script>alert(1)</script>"),
        ("x.jpg", b"<script>alert(1)</script>"),
        ("x.xml", b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]><x>&y;</x>"),
        ("empty.jpg", b""),
    ],
)
def test_x10_what_is_no_picture_is_refused(name, body, area, client, citizen):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client.force_login(citizen)
    fields = {"picture-new-0-picture": SimpleUploadedFile(name, body), "picture-new-0-alt_text": "A lamp"}

    response = client.post(NEW, posted(area, submit="1", **fields))

    assert response.status_code == 400
    assert not Proposal.objects.exists()


def test_x2_the_name_of_a_file_is_not_kept(area, client, citizen):
    client.force_login(citizen)
    fields = {
        "picture-new-0-picture": picture_file("<svg onload=alert(1)>.jpg"),
        "picture-new-0-alt_text": "A lamp",
    }

    client.post(NEW, posted(area, draft="1", **fields))

    assert ProposalPicture.objects.get().image.file.name.startswith("original_images/proposal-")


def test_a_stored_picture_can_be_reworded_and_removed(area, client, citizen):
    client.force_login(citizen)
    fields = {"picture-new-0-picture": picture_file(), "picture-new-0-alt_text": "A lamp"}
    client.post(NEW, posted(area, draft="1", **fields))
    proposal, picture = Proposal.objects.get(), ProposalPicture.objects.get()
    address, prefix = f"{LIST}{proposal.pk}/edit/", f"picture-{picture.pk}"

    client.post(address, posted(area, draft="1", **{f"{prefix}-alt_text": "Two lamps"}))
    assert ProposalPicture.objects.get().alt_text == "Two lamps"
    client.post(address, posted(area, draft="1", version="2", **{f"{prefix}-remove": "on"}))

    assert not ProposalPicture.objects.exists()


def test_the_form_is_closed_outside_the_call(client, citizen):
    make_budget(phase=PhaseKind.REVIEW)
    client.force_login(citizen)

    response = client.get(NEW)

    assert response.status_code == 409
    assert "call for proposals is not open" in response.content.decode()


def test_withdrawing_asks_first(area, client, citizen):
    proposal = ProposalFactory(area=area, author=citizen.participant)
    client.force_login(citizen)
    address = f"{LIST}{proposal.pk}/withdraw/"

    assert "Yes, withdraw it" in client.get(address).content.decode()
    proposal.refresh_from_db()
    assert proposal.status == ProposalStatus.SUBMITTED
    client.post(address)

    proposal.refresh_from_db()
    assert proposal.status == ProposalStatus.WITHDRAWN


def test_p22_my_proposals_are_only_mine(area, client, citizen, resident):
    ProposalFactory(area=area, author=citizen.participant, title="Mine", status="draft")
    ProposalFactory(area=area, author=resident.participant, title="Theirs", status="draft")
    client.force_login(citizen)

    body = client.get("/budget/proposals/mine/").content.decode()

    assert "Mine" in body
    assert "Theirs" not in body
