"""A chair speaks for the committee: supports a proposal, puts them in order, gives an opinion; a resident reads it."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from budgeting.enums import PhaseKind
from budgeting.models import CommitteeRanking
from participation.enums import AccessLevel
from participation.models import Discussion
from tests.factories import AreaFactory, NeighbourhoodFactory, ProposalFactory, make_budget
from tests.journeys.signing_in import signed_in
from tests.participation.meetings import let_in, make_committee

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    "options",
    [{"width": 1280}, {"width": 320, "java_script_enabled": False}],
    ids=["desk", "phone-no-script"],
)
def test_a_committee_speaks_and_a_resident_reads_it(new_page, axe, no_sideways_scroll, options):
    harbour = NeighbourhoodFactory(name="Harbour")
    committee = make_committee(neighbourhood=harbour)
    chair = let_in(committee, AccessLevel.LEAD, "Cleo Chairwoman")
    budget = make_budget()
    area = AreaFactory(budget=budget, neighbourhood=harbour, name="Harbour")
    sail, row = (ProposalFactory(area=area, title=title) for title in ("Learn to sail", "Learn to row"))
    for each in (sail, row):
        Discussion.objects.filter(pk=each.discussion_id).update(path=budget.url_of("proposal", each.pk))
    page = signed_in(new_page(**options), chair.user)

    def looks_right(seen):
        if options.get("java_script_enabled", True):
            axe(seen)
        no_sideways_scroll(seen)

    page.goto(committee.url)
    page.get_by_role("link", name="Budget", exact=True).click()
    looks_right(page)
    page.get_by_role("link", name="Learn to sail").click()
    looks_right(page)
    page.get_by_label("Why the committee supports it").fill("Every child here can see water.")
    page.get_by_role("button", name="Support in public").click()
    expect(page.get_by_text("Everybody can read it now")).to_be_visible()
    page.get_by_role("button", name="Publish the comment").click()
    expect(page.get_by_role("alert").or_(page.locator(".field--invalid")).first).to_be_visible()
    looks_right(page)

    page.goto(committee.url_of("budget_work"))
    page.get_by_role("link", name="Put proposals in order").click()
    looks_right(page)
    page.get_by_label("Learn to row").fill("1")
    page.get_by_label("Learn to sail").fill("1")
    page.get_by_role("button", name="Save the order").click()
    expect(page.get_by_text("has this place already").first).to_be_visible()
    page.get_by_label("Learn to sail").fill("2")
    page.get_by_role("button", name="Save the order").click()
    expect(page.get_by_text("The order is saved.")).to_be_visible()
    assert [place.proposal for place in CommitteeRanking.objects.get().places.all()] == [row, sail]

    now = timezone.now()
    budget.phases.filter(kind=PhaseKind.SUBMISSION).update(closes_at=now - dt.timedelta(minutes=1))
    budget.phases.filter(kind=PhaseKind.REVIEW).update(opens_at=now - dt.timedelta(minutes=1))
    page.goto(committee.url_of("budget_voice", sail.pk))
    page.get_by_label("in favour, with conditions").check()
    page.get_by_label("Why, for everybody to read").fill("Only with life jackets.")
    page.get_by_role("button", name="Publish the opinion").click()
    expect(page.get_by_text("Everybody can read it now")).to_be_visible()

    resident = new_page(**options)
    resident.goto(budget.url_of("proposal", sail.pk))
    expect(resident.get_by_text("Harbour committee supports this")).to_be_visible()
    expect(resident.get_by_text("Only with life jackets.")).to_be_visible()
    expect(resident.get_by_text("Place 2 of 2 in the order of Harbour committee")).to_be_visible()
    expect(resident.get_by_role("link", name="Speak for Harbour committee")).to_have_count(0)
    looks_right(resident)
