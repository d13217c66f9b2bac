"""Study circles: started by residents, their plan of sessions, and what they share."""

import datetime as dt
from itertools import pairwise

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from participation.domain.circle import plan_sessions
from participation.domain.meeting import announce_meeting
from participation.domain.resource import MOST, add_resource, remove_resource
from participation.enums import AccessLevel, CommitteeKind, Privacy
from participation.foundation.errors import Conflict, Invalid, Missing, NotAllowed
from participation.models import Meeting, SharedResource
from participation.queries.circle import plan_of
from tests.participation.meetings import keeper_of, let_in, make_committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def circle(clock):
    return make_committee(kind=CommitteeKind.CIRCLE, privacy=Privacy.OPEN, topic="Bees")


@pytest.fixture
def keeper(circle):
    return keeper_of(circle)


def plan(circle, by, **changes):
    return plan_sessions(
        circle,
        by=by,
        **{
            "topics": ["What bees want", "Building a hive", "Honey"],
            "first_on": timezone.localdate() + dt.timedelta(days=3),
            "begins": dt.time(18, 30),
            "length": dt.timedelta(hours=2),
            "every_weeks": 2,
            **changes,
        },
    )


def test_a_plan_makes_a_meeting_of_each_topic(circle, keeper, citizen):
    meetings = plan(circle, keeper)

    assert [meeting.title for meeting in plan_of(keeper, circle)] == [
        "What bees want",
        "Building a hive",
        "Honey",
    ]
    assert {later.starts_at - first.starts_at for first, later in pairwise(meetings)} == {
        dt.timedelta(weeks=2)
    }
    assert plan_of(citizen, circle) == []
    announce_meeting(meetings[0], by=keeper)
    assert [meeting.title for meeting in plan_of(citizen, circle)] == ["What bees want"]


def test_a_wrong_plan_makes_no_meeting(circle, keeper, citizen):
    for wrong, field in (
        ({"topics": []}, "topics"),
        ({"topics": ["Bees", " "]}, "topics"),
        ({"topics": ["Bees"] * 41}, "topics"),
        ({"every_weeks": 9}, "every_weeks"),
    ):
        with pytest.raises(Invalid) as refusal:
            plan(circle, keeper, **wrong)
        assert refusal.value.field == field
    with pytest.raises(NotAllowed):
        plan(circle, citizen)
    assert not Meeting.objects.exists()


def test_people_share_links_and_documents(client, circle, keeper, citizen):
    member = let_in(circle, AccessLevel.TAKE_PART).user
    link = add_resource(circle, by=member, title="Film", address="https://example.org/bees")
    upload = SimpleUploadedFile("plan.txt", b"Wood, nails.")
    paper = add_resource(circle, by=keeper, title="Hive", upload=upload, note="For session two")

    html = client.get(circle.url).content.decode()
    assert 'href="https://example.org/bees"' in html
    response = client.get(circle.url_of("resource", paper.pk))
    assert b"".join(response.streaming_content) == b"Wood, nails."
    assert response.headers["Content-Disposition"] == 'attachment; filename="plan.txt"'
    assert client.get(circle.url_of("resource", link.pk)).status_code == 404

    with pytest.raises(NotAllowed):
        remove_resource(paper, by=member)
    remove_resource(link, by=member)
    remove_resource(paper, by=keeper)
    with pytest.raises(Missing):
        remove_resource(paper, by=keeper)


def test_what_is_not_shared(circle, keeper, stranger):
    script = SimpleUploadedFile("x.html", b"<script>")
    for wrong, field in (
        ({"title": " "}, "title"),
        ({"address": "javascript:alert(1)"}, "address"),
        ({"upload": script}, "upload"),
        ({"address": "https://example.org", "upload": SimpleUploadedFile("a.txt", b"a")}, "upload"),
    ):
        with pytest.raises(Invalid) as refusal:
            add_resource(circle, by=keeper, **{"title": "Thing", **wrong})
        assert refusal.value.field == field
    closed = make_committee(slug="closed", title="Closed", privacy=Privacy.TRANSPARENT)
    with pytest.raises(NotAllowed):
        add_resource(closed, by=let_in(circle).user, title="Thing")
    SharedResource.objects.bulk_create(SharedResource(committee=circle, title="x") for _each in range(MOST))
    with pytest.raises(Conflict):
        add_resource(circle, by=keeper, title="One more")


def test_the_documents_of_a_private_circle_are_nowhere(client, keeper, circle, citizen):
    private = make_committee(slug="private", title="Private circle", privacy=Privacy.PRIVATE)
    inside = let_in(private, AccessLevel.TAKE_PART).user
    paper = add_resource(private, by=inside, title="P", upload=SimpleUploadedFile("p.txt", b"Secret."))

    client.force_login(citizen)
    assert client.get(private.url_of("resource", paper.pk)).status_code == 404
    # Nor through another committee's address.
    assert client.get(circle.url_of("resource", paper.pk)).status_code == 404
    client.force_login(inside)
    assert client.get(private.url_of("resource", paper.pk)).status_code == 200
