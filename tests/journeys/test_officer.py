"""An editor sets a budget up under another page; an officer closes, seals, counts and publishes a vote."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone
from learning_city.accounts.roles import ensure_roles
from learning_city.home.models import InformationPage
from playwright.sync_api import expect
from wagtail.models import Site

from budgeting.domain.ballot import cast_ballot
from budgeting.models import BallotBox, ParticipatoryBudget
from tests.budgeting.voting import make_voting
from tests.factories import VerifiedParticipantFactory
from tests.journeys.signing_in import signed_in

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_editor_adds_a_budget_under_another_page(page, axe, editor):
    ensure_roles()
    home = Site.objects.get(is_default_site=True).root_page
    elsewhere = home.add_child(instance=InformationPage(title="Learning together", slug="together"))
    signed_in(page, editor)

    answer = page.goto(f"/admin/pages/add/budgeting/participatorybudget/{elsewhere.pk}/")
    assert answer.status == 200
    page.locator("#id_title").fill("Budget of the harbour")
    opens = timezone.localtime() - dt.timedelta(days=1)
    page.locator("#id_phases-0-kind").select_option("submission")
    page.locator("#id_phases-0-opens_at").fill(f"{opens:%Y-%m-%d %H:%M}")
    page.keyboard.press("Escape")
    page.locator("#id_phases-0-closes_at").fill(f"{opens + dt.timedelta(days=20):%Y-%m-%d %H:%M}")
    page.keyboard.press("Escape")
    page.locator("#id_areas-0-name").fill("Whole city")
    page.locator("#id_areas-0-amount_cents").fill("40000")
    page.get_by_role("button", name="More actions").last.click()
    page.get_by_role("button", name="Publish").click()
    page.wait_for_load_state()

    budget = ParticipatoryBudget.objects.get(title="Budget of the harbour")
    assert budget.get_parent().pk == elsewhere.pk
    assert budget.areas.get().amount_cents == 40_000_00
    page.goto("/together/budget-of-the-harbour/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Budget of the harbour")
    axe(page)
    assert page.goto("/together/budget-of-the-harbour/proposals/").status == 200


def test_v19_an_officer_closes_seals_counts_and_publishes(new_page, axe, roles, officer):
    area = make_voting(name="Whole city")
    projects = list(area.projects.order_by("pk").values_list("pk", flat=True))
    for number in range(6):
        cast_ballot(
            area,
            voter=VerifiedParticipantFactory(),
            choices=projects[: 1 + number % 2],
            idempotency_key=uuid.uuid4(),
        )
    page, observer = signed_in(new_page(), officer), new_page(width=390)
    results = area.budget.url_of("results")

    page.goto("/admin/budgets/votes/")
    page.get_by_role("link", name=area.budget.title).click()
    closing = page.locator("form", has=page.get_by_role("button", name="Close voting now"))
    closing.get_by_label("Reason").fill("Everybody has voted.")
    closing.get_by_role("button").click()
    expect(page.get_by_text("Voting is closed.")).to_be_visible()
    page.get_by_role("button", name="Seal").click()
    expect(page.get_by_text("The ballot box is sealed.")).to_be_visible()
    page.get_by_role("button", name="Count the ballots").click()
    expect(page.get_by_text("The ballots are counted.")).to_be_visible()
    observer.goto(results)
    expect(observer.get_by_role("table")).to_have_count(0)
    page.get_by_role("button", name="Publish the result").click()
    expect(page.get_by_text("The result is public")).to_be_visible()

    observer.goto(results)
    expect(observer.get_by_role("table").first).to_be_visible()
    axe(observer)
    box = BallotBox.objects.get(budget=area.budget)
    assert (box.participants, box.secret_destroyed_at is not None) == (6, True)
