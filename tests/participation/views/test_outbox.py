"""The report of outgoing mail, and another try for what was given up."""

import pytest

from participation.domain.mail import queue_mail
from participation.domain.notification import notify
from participation.models import OutgoingMail

pytestmark = pytest.mark.django_db

REPORT = "/admin/outgoing-mail/"


@pytest.fixture
def given_up(citizen):
    notify(citizen.participant, kind="participation.answer", title="Old news", path="/", dedupe_key="news-1")
    OutgoingMail.objects.update(
        dropped_because="too many tries",
        last_error="SMTPServerDisconnected: <b>bye</b>",
        attempts=8,
        next_attempt_at=None,
    )
    return OutgoingMail.objects.get()


def test_f16_administrators_see_what_waits_and_what_failed(client, given_up, resident, administrator):
    queue_mail(resident, kind="participation.comment", subject="Receipt", text="Canary", dedupe_key="r")
    client.force_login(administrator)

    page = client.get(REPORT).content.decode()

    for words in ("Old news", "Receipt", resident.email, "given up after too many tries", "waiting"):
        assert words in page
    assert "SMTPServerDisconnected: &lt;b&gt;bye" in page
    assert "Canary" not in page


@pytest.mark.parametrize(
    ("state", "shown"), [("waiting", False), ("sent", False), ("dropped", False), ("given_up", True)]
)
def test_the_report_is_filtered_by_state(client, given_up, administrator, state, shown):
    client.force_login(administrator)

    assert ("Old news" in client.get(REPORT, {"state": state}).content.decode()) is shown


def test_a_given_up_mail_is_tried_again(client, given_up, administrator):
    client.force_login(administrator)
    address = f"{REPORT}{given_up.pk}/again/"
    assert address in client.get(REPORT).content.decode()
    client.get(address)
    assert OutgoingMail.objects.get().dropped_because == "too many tries"

    assert client.post(address)["Location"] == REPORT

    again = OutgoingMail.objects.get()
    assert (again.dropped_because, again.attempts, again.next_attempt_at is None) == ("", 0, False)
    assert "not waiting for a new try" in client.post(address, follow=True).content.decode()


@pytest.mark.parametrize("who", ["moderator", "officer", "editor"])
def test_p10_other_staff_do_not_see_who_gets_mail(client, given_up, who, request):
    client.force_login(request.getfixturevalue(who))

    for answer in (client.get(REPORT), client.post(f"{REPORT}{given_up.pk}/again/")):
        assert answer.status_code in (302, 403)
        assert given_up.user.email.encode() not in answer.content
    assert OutgoingMail.objects.get().dropped_because == "too many tries"


def test_the_report_takes_the_same_number_of_queries_for_1_and_30(
    client, citizen, administrator, django_assert_max_num_queries
):
    client.force_login(administrator)
    counts = []
    for start, stop in ((0, 1), (1, 30)):
        for number in range(start, stop):
            queue_mail(
                citizen, kind="participation.comment", subject="Hi", text="x", dedupe_key=f"mail-{number}"
            )
        client.get(REPORT)
        with django_assert_max_num_queries(20) as captured:
            client.get(REPORT)
        counts.append(len(captured))

    assert counts[0] == counts[1]
