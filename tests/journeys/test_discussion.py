"""A proposal is discussed, moderated and followed, notices are read, mails stopped: on a phone, without scripts."""

import re

import pytest
from django.core import mail as outbox
from wagtail.models import Locale, Page, Site

from budgeting.models import Proposal
from participation.domain.notification import notify
from participation.models import Comment, Follow, OrganisationPerson
from tests.factories import (
    AreaFactory,
    NeighbourhoodFactory,
    OrganisationFactory,
    ParticipantFactory,
    ProposalFactory,
)
from tests.journeys.signing_in import signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def home(roles):
    """A home page to build below (a transactional test empties the tables)."""
    if not Site.objects.filter(is_default_site=True).exists():
        Locale.objects.get_or_create(language_code="en")
        root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root")
        Site.objects.create(
            hostname="localhost", root_page=root.add_child(title="Home", slug="home"), is_default_site=True
        )


@pytest.fixture
def proposal(home):
    proposal = ProposalFactory(area=AreaFactory(), title="Repair café at the harbour")
    discussion = proposal.discussion
    discussion.title, discussion.path = proposal.title, proposal.budget.url_of("proposal", proposal.pk)
    discussion.save()
    return Proposal.objects.get(pk=proposal.pk)


@pytest.mark.parametrize(
    "options", [{}, {"java_script_enabled": False}, {"width": 320}], ids=["desk", "no-script", "phone"]
)
def test_people_discuss_follow_and_are_told(new_page, axe, no_sideways_scroll, proposal, options):
    carla, rosa = (
        ParticipantFactory(display_name="Carla Citizen"),
        ParticipantFactory(display_name="رُبى حدّاد"),
    )
    checks = options.get("java_script_enabled", True)
    page = signed_in(new_page(**options), carla.user)

    page.goto(proposal.discussion.path)
    words = "We would come every week: https://example.org/harbour\n\nCould it open on Saturdays too?"
    page.get_by_label("Your comment").fill(words)
    page.get_by_role("button", name="Post comment").click()
    comment = Comment.objects.get()
    assert page.url.endswith(f"#comment-{comment.pk}")
    assert page.locator(f"#comment-{comment.pk} p").count() >= 3
    page.get_by_role("button", name="Follow").click()
    assert Follow.objects.get().participant == carla

    page = signed_in(new_page(**options), rosa.user)
    page.goto(proposal.discussion.path)
    page.get_by_role("link", name="Answer the comment of Carla Citizen").click()
    page.get_by_label("Your answer").fill("نعم، أول سبت من كل شهر.")
    if checks:
        axe(page)
        no_sideways_scroll(page)
    page.get_by_role("button", name="Post answer").click()
    assert comment.answers.get().author == rosa
    page.goto(proposal.discussion.path)
    if checks:
        axe(page)
        no_sideways_scroll(page)

    page = signed_in(new_page(**options), carla.user)
    page.goto("/notices/")
    if checks:
        axe(page)
        no_sideways_scroll(page)
    page.get_by_role("button", name=re.compile("Mark as read رُبى")).click()
    assert page.get_by_role("button", name=re.compile("Mark as read")).count() == 0
    page.get_by_role("link", name=re.compile("answered your comment")).click()
    assert page.url.endswith(f"#comment-{comment.answers.get().pk}")


def test_a_mail_is_stopped_from_its_link(page, axe, no_sideways_scroll, proposal):
    carla = ParticipantFactory()
    notify(
        carla,
        kind="participation.answer",
        title="News",
        path="/",
        dedupe_key="news",
        discussion=proposal.discussion,
    )
    stop = outbox.outbox[-1].extra_headers["List-Unsubscribe"].strip("<>")

    page.goto("/notices/" + stop.split("/notices/")[1])
    axe(page)
    page.get_by_role("button", name="Stop mails about this").click()

    axe(page)
    no_sideways_scroll(page)
    assert carla.unsubscriptions.get().discussion == proposal.discussion
    signed_in(page, carla.user).goto("/notices/mails/")
    axe(page)
    page.get_by_role("button", name=re.compile("Send mails again")).click()
    assert not carla.unsubscriptions.exists()


@pytest.mark.parametrize("width", [320, 1280])
def test_organisations_and_their_people(new_page, axe, no_sideways_scroll, home, width):
    manager, member = ParticipantFactory(display_name="Mia Manager"), ParticipantFactory()
    harbour = NeighbourhoodFactory(name="Old Harbour")
    for number in range(30):
        OrganisationFactory(
            name=f"Organisation {number}", neighbourhood=harbour, description="We lend drills. " * 20
        )
    organisation = OrganisationFactory(
        name="A Tool Library", slug="tools", neighbourhood=harbour, website="https://tools.example.org/"
    )
    OrganisationPerson.objects.create(organisation=organisation, participant=manager, role="manager")
    page = signed_in(new_page(width=width), manager.user)

    def look():
        axe(page)
        no_sideways_scroll(page)

    page.goto("/organisations/")
    look()
    page.get_by_role("link", name="A Tool Library").click()
    look()
    page.get_by_role("link", name="Who acts for it").click()
    look()
    page.get_by_label("E-mail address").fill(member.user.email)
    page.get_by_role("button", name="Ask this person").click()
    assert "we have asked the person" in page.inner_text("main")

    signed_in(page, member.user).goto("/notices/")
    page.get_by_role("link", name="A Tool Library asks you to act for it").click()
    look()
    page.get_by_role("button", name="Yes, I act for it").click()
    assert organisation.roles.count() == 2


@pytest.mark.parametrize("width", [320, 1280])
def test_a_moderator_hides_a_comment(new_page, axe, no_sideways_scroll, proposal, moderator, width):
    comment = Comment.objects.create(
        discussion=proposal.discussion, author=ParticipantFactory(), text="Buy gold"
    )
    page = signed_in(new_page(width=width), moderator)

    page.goto(proposal.discussion.path)
    page.get_by_role("link", name=re.compile("Hide the comment")).click()
    axe(page)
    page.get_by_role("button", name="Hide comment").click()
    axe(page)
    no_sideways_scroll(page)
    page.get_by_label("Reason").fill("Advertising.")
    page.get_by_role("button", name="Hide comment").click()
    assert "Hidden by a moderator" in page.inner_text(f"#comment-{comment.pk}")
    axe(page)

    page.get_by_role("link", name=re.compile("Restore the comment")).click()
    axe(page)
    page.get_by_role("button", name="Restore comment").click()
    comment.refresh_from_db()
    assert comment.state == "visible"
