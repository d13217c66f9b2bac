"""A resident votes: with the keyboard alone, without JavaScript, on a small phone, and with a screen reader in mind."""

import pytest

from budgeting import link_secret
from budgeting.enums import BallotStyle
from budgeting.models import Ballot
from tests.budgeting.voting import current_choices, make_voting
from tests.factories import ParticipantFactory, VerifiedParticipantFactory
from tests.journeys.signing_in import signed_in

pytestmark = pytest.mark.django_db(transaction=True)

TITLES = ["Repair café at the harbour", "Night reading in the tram", "Choir for all voices", "Robot club"]


@pytest.fixture
def area(roles):
    """A ballot up to 60,000.00 with four projects of 10,000 to 40,000."""
    style = BallotStyle.KNAPSACK
    area = make_voting(frozen=False, name="Whole city", ballot_style=style, max_choices=None)
    for project, title in zip(area.projects.order_by("pk"), TITLES, strict=True):
        project.title, project.summary = title, "Neighbours show each other how, one evening a week."
        project.save()
    return area


@pytest.fixture
def voter(area):
    return VerifiedParticipantFactory(display_name="Rosa Resident")


def tab_to(page, words: str) -> None:
    """Press Tab until what has the focus is called `words`."""
    for _step in range(120):
        page.keyboard.press("Tab")
        name = page.evaluate(
            "() => { const e = document.activeElement; return (e.labels?.[0] ?? e).textContent.trim(); }"
        )
        if name == words:
            return
    raise AssertionError(f"Tab never reached {words!r}")


def chosen_titles(area) -> list[str]:
    (choices,) = current_choices(area)
    return [area.projects.get(pk=project).title for project in choices]


def test_a_ballot_is_cast_and_changed_with_the_keyboard_alone(new_page, area, voter, focus_is_never_hidden):
    page = signed_in(new_page(), voter.user)
    page.goto("/budget/vote/")

    tab_to(page, "Fill in this ballot (Whole city)")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/vote/{area.pk}/")
    for title in (TITLES[0], TITLES[2]):
        page.evaluate("document.activeElement.blur()")
        tab_to(page, title)
        page.keyboard.press("Space")
    tab_to(page, "Go on and check")
    page.keyboard.press("Enter")
    page.wait_for_url("**/check/")
    tab_to(page, "Cast my ballot")
    page.keyboard.press("Enter")
    page.wait_for_url("**/receipt/")
    assert chosen_titles(area) == [TITLES[0], TITLES[2]]

    page.goto(f"/budget/vote/{area.pk}/")
    tab_to(page, TITLES[0])
    page.keyboard.press("Space")
    tab_to(page, "Go on and check")
    page.keyboard.press("Enter")
    page.wait_for_url("**/check/")
    tab_to(page, "Cast my ballot")
    page.keyboard.press("Enter")
    page.wait_for_url("**/receipt/")

    assert chosen_titles(area) == [TITLES[2]]
    page.goto(f"/budget/vote/{area.pk}/")
    assert focus_is_never_hidden(page) > 8


def test_f27_a_ballot_is_cast_without_javascript(new_page, area, voter):
    page = signed_in(new_page(java_script_enabled=False), voter.user)
    page.goto("/budget/vote/")
    page.get_by_role("link", name="Fill in this ballot (Whole city)").click()

    page.get_by_label(TITLES[3]).check()
    page.get_by_label(TITLES[2]).check()
    page.get_by_role("button", name="Update total").click()
    assert "€10,000 too much" in page.locator("[data-money-bar]").inner_text()
    page.get_by_role("button", name="Go on and check").click()
    assert page.get_by_role("alert").get_by_text("which is €10,000 too much").count() == 1

    page.get_by_label(TITLES[2]).uncheck()
    page.get_by_role("button", name="Save draft").click()
    assert page.get_by_text("Your draft is saved.").count() == 1
    page.get_by_role("button", name="Go on and check").click()
    page.get_by_role("button", name="Cast my ballot").click()

    tracker = page.locator("#receipt").inner_text()
    assert Ballot.objects.get().tracker_digest == link_secret.tracker_digest(tracker)
    assert chosen_titles(area) == [TITLES[3]]
    page.reload()
    assert page.locator("#receipt").inner_text() == tracker


@pytest.mark.parametrize(
    "options",
    [{}, {"width": 320, "height": 640, "color_scheme": "dark"}, {"forced_colors": "active"}],
    ids=["desk", "dark phone", "forced colours"],
)
def test_every_page_of_the_vote_is_accessible_and_fits(
    new_page, area, voter, axe, no_sideways_scroll, options
):
    page = signed_in(new_page(**options), voter.user)

    def look():
        axe(page)
        no_sideways_scroll(page)

    page.goto("/budget/vote/")
    look()
    page.get_by_role("link", name="Fill in this ballot (Whole city)").click()
    for title in TITLES[2:]:
        page.get_by_label(title).check()
    look()
    page.get_by_role("button", name="Go on and check").click()
    page.get_by_role("alert").wait_for()
    look()
    page.get_by_label(TITLES[3]).uncheck()
    page.get_by_role("button", name="Go on and check").click()
    page.wait_for_url("**/check/")
    look()
    page.get_by_role("button", name="Cast my ballot").click()
    page.wait_for_url("**/receipt/")
    look()
    page.get_by_role("button", name="Mail it to me").click()
    page.get_by_text("The receipt is on its way").wait_for()
    look()
    page.goto("/budget/vote/")
    look()


@pytest.mark.parametrize("who", ["stranger", "citizen"])
def test_who_cannot_vote_yet_finds_an_accessible_way(new_page, area, axe, no_sideways_scroll, who):
    page = new_page(width=320)
    if who == "citizen":
        signed_in(page, ParticipantFactory().user)

    page.goto("/budget/vote/")

    axe(page)
    no_sideways_scroll(page)
    main = page.get_by_role("main")
    assert (
        main.get_by_role("link", name="Sign in" if who == "stranger" else "Show that you live here").count()
        == 1
    )


def test_the_running_total_is_announced_once_for_each_change(new_page, area, voter):
    page = signed_in(new_page(), voter.user)
    page.goto(f"/budget/vote/{area.pk}/")
    page.evaluate(
        """() => {
            window.said = [];
            const place = document.querySelector("[data-money-bar] [role=status]");
            new MutationObserver(() => window.said.push(place.innerText.replace(/\\s+/g, " ").trim()))
                .observe(place, { childList: true, characterData: true, subtree: true });
        }"""
    )

    page.get_by_label(TITLES[3]).check()
    page.get_by_label(TITLES[2]).check()
    page.get_by_label(TITLES[2]).uncheck()

    assert page.evaluate("window.said") == [
        "€20,000 left €40,000 of €60,000 used 1 chosen",
        "€10,000 too much €70,000 of €60,000 used 2 chosen",
        "€20,000 left €40,000 of €60,000 used 1 chosen",
    ]


def test_a_project_beyond_the_limit_keeps_the_focus_and_says_why(new_page, area, voter):
    page = signed_in(new_page(), voter.user)
    page.goto(f"/budget/vote/{area.pk}/")
    box = page.get_by_label(TITLES[2])

    page.get_by_label(TITLES[3]).check()

    told = box.evaluate(
        "box => box.getAttribute('aria-describedby').split(' ').map(id => document.getElementById(id).textContent.trim())"
    )
    assert told == ["€30,000", "With this project your ballot costs €10,000 too much."]
    box.focus()
    assert box.evaluate("box => document.activeElement === box && !box.disabled")
    page.get_by_label(TITLES[3]).uncheck()
    assert box.get_attribute("aria-describedby").split() == [box.get_attribute("id") + "-cost"]
