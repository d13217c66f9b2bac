"""A comment is reported, hidden, appealed against and restored, without JavaScript; and mentioned with it."""

import re

import pytest
from playwright.sync_api import expect
from wagtail.models import Locale, Page, Site

from participation.models import Appeal, Comment
from tests.factories import AreaFactory, ParticipantFactory, ProposalFactory
from tests.journeys.signing_in import signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def proposal(roles):
    if not Site.objects.filter(is_default_site=True).exists():
        Locale.objects.get_or_create(language_code="en")
        root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root")
        Site.objects.create(
            hostname="localhost", root_page=root.add_child(title="Home", slug="home"), is_default_site=True
        )
    proposal = ProposalFactory(area=AreaFactory(), title="Repair café at the harbour")
    discussion = proposal.discussion
    discussion.title, discussion.path = proposal.title, proposal.budget.url_of("proposal", proposal.pk)
    discussion.save()
    return proposal


def test_flagged_hidden_told_appealed_and_restored(
    new_page, axe, no_sideways_scroll, proposal, moderator, administrator
):
    carla, rosa = (
        ParticipantFactory(display_name="Carla Citizen"),
        ParticipantFactory(display_name="Rosa Resident"),
    )
    comment = Comment.objects.create(
        discussion=proposal.discussion, author=carla, text="Only fools repair toasters."
    )

    def as_(person, **options):
        """A page without scripts for who signs in, and the same address with them to be looked at."""
        return signed_in(new_page(java_script_enabled=False, **options), person)

    def look(person, address):
        page = signed_in(new_page(width=320), person)
        page.goto(address)
        axe(page)
        no_sideways_scroll(page)
        page.context.close()

    page = as_(rosa.user)
    page.goto(proposal.discussion.path)
    page.get_by_role("button", name=re.compile("I agree")).click()
    expect(page.get_by_role("button", name="I agree 1")).to_be_visible()
    page.get_by_role("link", name="Report the comment of Carla Citizen").click()
    look(rosa.user, page.url)
    page.get_by_label("It insults or threatens somebody").check()
    page.get_by_role("button", name="Report comment").click()
    expect(page.get_by_text("Thank you. Moderators look at it.")).to_be_visible()

    page = as_(moderator)
    page.goto(proposal.discussion.path)
    page.get_by_role("link", name=re.compile("Hide the comment")).click()
    page.get_by_label("Reason").fill("Insults those who repair things.")
    page.get_by_role("button", name="Hide comment").click()
    expect(page.get_by_text("Hidden by a moderator")).to_be_visible()

    page = as_(carla.user)
    page.goto("/notices/")
    page.get_by_role("link", name="A moderator has hidden your comment").click()
    look(carla.user, page.url)
    page.get_by_label("Why should your comment be shown?").fill("I meant myself.")
    page.get_by_role("button", name="Send appeal").click()
    expect(page.get_by_text("It waits for somebody who has not hidden the comment.")).to_be_visible()
    page = new_page(java_script_enabled=False)
    page.goto(proposal.discussion.path)
    expect(page.get_by_text("Hidden because: Insults those who repair things.")).to_be_visible()
    expect(page.get_by_text("Only fools")).to_have_count(0)

    appeal = Appeal.objects.get()
    page = as_(administrator)
    page.goto(f"/comments/appeals/{appeal.pk}/")
    look(administrator, page.url)
    page.get_by_label("Show the comment again").check()
    page.get_by_label("Your reason").fill("It was about the author.")
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("Decided; the author of the comment is told.")).to_be_visible()

    page = as_(carla.user)
    page.goto("/notices/")
    expect(page.get_by_role("link", name="Your comment can be read again")).to_be_visible()
    page.goto(proposal.discussion.path)
    expect(page.get_by_text("Only fools repair toasters.")).to_be_visible()
    assert comment.decisions.count() == 2


def test_names_are_offered_while_one_types(new_page, axe, proposal):
    carla, rosa = (
        ParticipantFactory(display_name="Carla Citizen"),
        ParticipantFactory(display_name="Rosa Resident"),
    )
    Comment.objects.create(discussion=proposal.discussion, author=rosa, text="Hello")
    page = signed_in(new_page(width=390), carla.user)
    page.goto(proposal.discussion.path)
    field = page.get_by_label("Your comment")
    field.click()
    field.press_sequentially("Thanks @ros")
    expect(page.get_by_role("option", name="Rosa Resident")).to_be_visible()
    axe(page)
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("Thanks @Rosa Resident ")
    page.get_by_role("button", name="Post comment").click()
    expect(page.get_by_text("Thanks @Rosa Resident")).to_be_visible()
    assert rosa.notifications.get().kind == "participation.mention"
