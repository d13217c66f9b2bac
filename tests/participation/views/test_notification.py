"""The pages of notices, and the link that stops mails."""

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.urls import reverse

from participation.domain.notification import notify
from participation.domain.unsubscription import token_of
from participation.models import Notification, Unsubscription
from tests.factories import DiscussionFactory, UserFactory

pytestmark = pytest.mark.django_db

KIND = "participation.comment"
LIST = "/notices/"


def tell(person, number=1, **changes):
    words = {"kind": KIND, "title": f"News {number}", "path": "/", "dedupe_key": f"news-{number}", **changes}
    notify(person, **words)
    return Notification.objects.get(participant=person, dedupe_key=words["dedupe_key"])


def test_my_notices_are_listed_with_the_new_ones_marked(client, citizen, resident):
    tell(citizen.participant, 1)
    tell(resident.participant, 2)
    client.force_login(citizen)

    page = client.get(LIST).content.decode()

    assert "News 1" in page
    assert "News 2" not in page
    assert page.count("status--info") == 1


def test_strangers_are_sent_to_sign_in_and_come_back(client):
    answer = client.get(LIST)

    assert answer.status_code == 302
    assert answer["Location"].endswith("?next=/notices/")


def test_an_empty_list_says_what_will_be_there(client, citizen):
    client.force_login(citizen)

    assert "Nothing new for you" in client.get(LIST).content.decode()


def test_who_has_no_name_yet_is_asked_for_one_or_told_so(client):
    client.force_login(UserFactory())

    assert client.get(LIST).status_code in (302, 403)


def test_marking_as_read_needs_a_post_and_is_only_for_my_own(client, citizen, resident):
    notice = tell(citizen.participant)
    address = reverse("participation:notification_read", args=[notice.pk])

    client.force_login(resident)
    assert client.post(address).status_code == 404
    client.force_login(citizen)
    client.get(address)
    notice.refresh_from_db()
    assert notice.read_at is None

    assert client.post(address)["Location"] == LIST
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_all_can_be_marked_as_read(client, citizen):
    for number in range(3):
        tell(citizen.participant, number)
    client.force_login(citizen)

    client.post(reverse("participation:notifications_read"))

    assert not Notification.objects.filter(read_at=None).exists()


def test_the_list_takes_the_same_number_of_queries_for_1_and_20_notices(
    client, citizen, django_assert_max_num_queries
):
    client.force_login(citizen)
    client.get(LIST)  # the menus are kept from here on
    counts = []
    for number in range(1, 21):
        tell(citizen.participant, number)
        if number in (1, 20):
            with django_assert_max_num_queries(13) as captured:
                client.get(LIST)
            counts.append(len(captured))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("page", ["abc", "0", "-1", "999999999999", '"><svg onload=alert(1)>'])
def test_x3_an_odd_page_number_shows_a_page(client, citizen, page):
    tell(citizen.participant)
    client.force_login(citizen)

    answer = client.get(LIST, {"page": page})

    assert answer.status_code == 200
    assert "<svg onload" not in answer.content.decode()


def test_x1_a_title_with_markup_is_shown_literally(client, citizen):
    tell(
        citizen.participant,
        title="<img src=x onerror=alert(1)>",
        text="<script>alert(1)</script>{{ 7|add:7 }}",
    )
    client.force_login(citizen)

    page = client.get(LIST).content.decode()

    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add:7 }}" in page
    assert "<img src=x" not in page


def test_people_choose_their_mails(client, citizen):
    client.force_login(citizen)
    address = reverse("participation:mail_choices")
    assert "New comments on what I follow" in client.get(address).content.decode()

    client.post(address, {"wants_mail": "on", "kinds": ["participation.answer"], f"rhythm_{KIND}": "never"})

    citizen.participant.refresh_from_db()
    assert citizen.participant.wants_mail
    refused = set(citizen.participant.unsubscriptions.values_list("kind", flat=True))
    assert KIND in refused
    assert "participation.answer" not in refused

    client.post(address, {"kinds": ["participation.answer"], f"rhythm_{KIND}": "at_once"})
    citizen.participant.refresh_from_db()
    assert not citizen.participant.wants_mail
    assert not citizen.participant.unsubscriptions.filter(kind=KIND).exists()
    assert citizen.participant.kind_choices.get().rhythm == "at_once"


def test_an_unknown_kind_is_refused(client, citizen):
    client.force_login(citizen)

    answer = client.post(reverse("participation:mail_choices"), {"kinds": ["nobody.knows"]})

    assert answer.status_code == 200
    assert not Unsubscription.objects.exists()


def link(notice):
    return reverse("participation:unsubscribe", args=[token_of(notice)])


def test_the_link_in_a_mail_shows_a_button_and_changes_nothing_by_itself(client, citizen):
    notice = tell(citizen.participant)

    answer = client.get(link(notice))

    assert answer.status_code == 200
    assert "Stop these mails" in answer.content.decode()
    assert not Unsubscription.objects.exists()


def test_s7_the_link_stops_mails_and_neither_signs_in_nor_shows_who_it_is(client, citizen):
    notice = tell(citizen.participant)

    answer = client.post(link(notice))

    assert Unsubscription.objects.get().participant == citizen.participant
    assert "_auth_user_id" not in client.session
    page = answer.content.decode()
    assert citizen.email not in page
    assert citizen.participant.display_name not in page


def test_rfc_8058_one_click_works_without_cookies_and_csrf_token(citizen):
    notice = tell(citizen.participant, discussion=DiscussionFactory())
    client = Client(enforce_csrf_checks=True)

    answer = client.post(link(notice), {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert Unsubscription.objects.get().discussion == notice.discussion


def test_the_whole_kind_can_be_stopped_from_the_mail_about_one_thing(client, citizen):
    notice = tell(citizen.participant, discussion=DiscussionFactory())

    client.post(link(notice), {"whole_kind": "1"})

    assert Unsubscription.objects.get().discussion is None


def test_mails_about_one_thing_can_be_taken_up_again(client, citizen, resident):
    notice = tell(citizen.participant, discussion=DiscussionFactory(title="Choir"))
    client.post(link(notice))
    row = Unsubscription.objects.get()
    address = reverse("participation:resubscribe", args=[row.pk])

    client.force_login(resident)
    assert client.post(address).status_code == 404
    client.force_login(citizen)
    assert "Choir" in client.get(reverse("participation:mail_choices")).content.decode()
    client.post(address)

    assert not Unsubscription.objects.exists()


def test_p16_the_link_does_not_show_the_title_of_what_is_not_public_any_more(client, citizen):
    notice = tell(citizen.participant, discussion=DiscussionFactory(title="Secret garden"))
    assert "Secret garden" in client.get(link(notice)).content.decode()

    notice.discussion.is_public = False
    notice.discussion.save()

    assert "Secret garden" not in client.get(link(notice)).content.decode()


@pytest.mark.parametrize(
    "forge",
    [
        lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
        lambda token: "x",
        lambda token: signing.dumps(
            signing.loads(token, salt="participation.unsubscription"), salt="sign-in"
        ),
        lambda token: signing.dumps(["a", 1, {}], salt="participation.unsubscription"),
        lambda token: signing.dumps([0, KIND, None], salt="participation.unsubscription"),
        lambda token: signing.dumps("text", salt="participation.unsubscription"),
    ],
)
def test_s19_a_forged_token_or_one_for_another_purpose_does_nothing(client, citizen, forge):
    token = token_of(tell(citizen.participant))
    address = reverse("participation:unsubscribe", args=[forge(token)])

    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404
    assert not Unsubscription.objects.exists()


def test_s19_a_token_ends_after_two_years(client, citizen):
    notice = tell(citizen.participant)
    with time_machine.travel("2025-01-01"):
        address = link(notice)
    with time_machine.travel("2027-01-02"):
        assert client.get(address).status_code == 404


def test_the_header_counts_unread_notices(client, citizen):
    tell(citizen.participant)
    client.force_login(citizen)

    assert "1 unread" in client.get(LIST).content.decode()
