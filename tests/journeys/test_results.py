"""An observer reads the result, downloads the files and counts again; an author reports on a funded project."""

import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from budgeting.models import Project
from tests.budgeting.elections import published_box
from tests.factories import ParticipantFactory, ProposalFactory
from tests.journeys.signing_in import signed_in

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db(transaction=True)

TITLES = ["Repair café at the harbour", "Night reading in the tram", "Choir for all voices", "Robot club"]


@pytest.fixture
def box(roles):
    """The published result of eight ballots on four projects."""
    officer = ParticipantFactory(user__is_staff=True).user
    officer.groups.add(Group.objects.get(name="Budget officers"))
    made = published_box(officer, *[(0, 1)] * 4, *[(1, 2)] * 3, (3,), name="Whole city")
    for project, title in zip(Project.objects.order_by("pk"), TITLES, strict=True):
        project.title = title
        project.save()
    return made


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_result_can_be_read_by_everybody(new_page, box, axe, no_sideways_scroll, width, colours):
    page = new_page(width=width, color_scheme=colours)

    page.goto(box.budget.url_of("results"))

    axe(page)
    no_sideways_scroll(page)
    table = page.get_by_role("table").first
    assert table.get_by_role("link").all_inner_texts() == [TITLES[1], TITLES[0], TITLES[2]]
    assert "Its 7 supporters paid for it together in round 1" in table.get_by_role("row").nth(2).inner_text()
    # The pictures have their figures beside them, also what opens only when asked for.
    for summary in (
        "Effective votes, round by round",
        "All pairs of these projects",
        "Both rules side by side",
    ):
        page.get_by_text(summary, exact=True).click()
    axe(page)
    no_sideways_scroll(page)
    steps = page.get_by_role("table", name="The money, project by project")
    assert "All 7 supporters paid" in steps.get_by_role("row").nth(2).inner_text()


def test_an_observer_downloads_and_counts_again_without_javascript(new_page, box, tmp_path):
    page = new_page(java_script_enabled=False, accept_downloads=True)
    page.goto(box.budget.url_of("results"))
    files = {}
    for name in ("budget.pb", "budget-count.json", "budget-trackers.txt"):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        files[name] = tmp_path / download.value.suggested_filename
        download.value.save_as(files[name])
        assert hashlib.sha256(files[name].read_bytes()).hexdigest() in page.content()
    page.get_by_text("How to check it yourself").click()
    command = page.locator("code", has_text="python -m budgeting.counting").inner_text().split()

    command[command.index("budget.pb")] = str(files["budget.pb"])
    again = subprocess.run([sys.executable, *command[1:]], cwd=ROOT, capture_output=True, check=True)

    assert again.stdout == files["budget-count.json"].read_bytes()


def test_an_author_tells_what_becomes_of_the_project(new_page, box, axe, no_sideways_scroll):
    project = Project.objects.order_by("pk")[1]
    author = ParticipantFactory(display_name="Amira Author")
    proposal = ProposalFactory(
        area=project.area, author=author, discussion__is_public=True, discussion__path="/"
    )
    project.proposals.add(proposal)
    project.discussion = proposal.discussion
    project.save()
    page = signed_in(new_page(width=390), author.user)

    page.goto(box.budget.url_of("projects"))
    axe(page)
    page.get_by_role("link", name=project.title).click()
    page.get_by_text("Plan a step", exact=True).click()
    page.get_by_label("Step").fill("First evening")
    page.get_by_label("Planned for").fill("2027-03-01")
    page.get_by_role("button", name="Plan this step").click()
    page.get_by_role("button", name=re.compile("Reached.*First evening")).click()
    page.get_by_text("Post news", exact=True).first.click()
    page.get_by_label("Headline").fill("We began")
    page.get_by_label("What happened?").fill("Twelve people came.")
    page.get_by_role("button", name="Post news").click()

    axe(page)
    no_sideways_scroll(page)
    expect(page.get_by_role("heading", name="We began")).to_be_visible()
    expect(page.get_by_text("Reached", exact=True)).to_be_visible()
