"""Every part of the design system in a real browser: in all its colours, on a phone and on a desk."""

import pytest
from playwright.sync_api import expect

TEXT_SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }"""


@pytest.mark.parametrize(
    ("width", "look"),
    [
        (320, {"color_scheme": "light"}),
        (1280, {"color_scheme": "dark"}),
        (320, {"forced_colors": "active"}),
        (1280, {"color_scheme": "light", "contrast": "more"}),
    ],
    ids=["light phone", "dark desk", "forced colours", "more contrast"],
)
def test_gallery_is_accessible(new_page, axe, no_sideways_scroll, look, width):
    page = new_page(width=width, **look)

    page.goto("/design/")

    assert page.locator(".card").count() == 3
    axe(page)
    no_sideways_scroll(page)


def test_gallery_reads_from_right_to_left(new_page, axe, no_sideways_scroll, settings):
    settings.LANGUAGE_CODE = "ar"
    page = new_page(width=320, locale="ar")

    page.goto("/design/")

    assert page.locator("html").get_attribute("dir") == "rtl"
    axe(page)
    no_sideways_scroll(page)


def test_words_are_not_hidden_by_the_plate_that_forced_colours_paint(new_page):
    page = new_page(forced_colors="active")

    page.goto("/design/")

    hidden = page.evaluate(
        """() => {
            const plate = document.body.appendChild(document.createElement("i"));
            plate.style.color = "Canvas";
            const canvas = getComputedStyle(plate).color;
            return [...document.querySelectorAll("body *")]
                .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()))
                .filter((e) => e.checkVisibility() && getComputedStyle(e).color === canvas)
                .map((e) => e.outerHTML.slice(0, 120));
        }"""
    )
    assert hidden == []


def test_gallery_works_without_javascript(new_page, no_sideways_scroll):
    page = new_page(width=320, java_script_enabled=False)

    page.goto("/design/")
    page.locator("summary", has_text="The figures as a table").click()

    expect(page.get_by_role("table", name="Votes by day")).to_be_visible()
    assert page.locator("[data-theme-choice]").is_hidden()


def test_page_reflows_at_four_hundred_percent_with_wide_text(new_page, no_sideways_scroll):
    page = new_page(width=320, height=256, bypass_csp=True)

    page.goto("/design/")
    page.add_style_tag(content=TEXT_SPACING)

    no_sideways_scroll(page)
    cut = page.evaluate(
        """[...document.querySelectorAll(".button, .status, .tag, .notice, .field, h1, h2, .card__body")]
            .filter((e) => e.scrollWidth > e.clientWidth + 1).map((e) => e.outerHTML.slice(0, 120))"""
    )
    assert cut == []


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (320, 640)])
def test_focus_is_always_visible_and_never_behind_the_money_bar(
    new_page, focus_is_never_hidden, width, height
):
    page = new_page(width=width, height=height)

    page.goto("/design/")

    assert focus_is_never_hidden(page) > 60


def test_targets_are_large_enough(new_page):
    page = new_page(width=320)

    page.goto("/design/")

    small = page.evaluate(
        """[...document.querySelectorAll(".button, .tool, .menu__item, .pager a, .tabs a, .choices label")]
            .filter((e) => e.checkVisibility())
            .filter((e) => e.getBoundingClientRect().height < 44 || e.getBoundingClientRect().width < 44)
            .map((e) => e.outerHTML.slice(0, 120))"""
    )
    assert small == []


def test_skip_link_leads_to_the_content(page):
    page.goto("/design/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_menu_closes_on_escape_and_gives_focus_back(new_page):
    page = new_page(width=320)
    page.goto("/design/")
    language = page.locator("details[data-menu] > summary").first

    language.click()
    assert page.locator("details[data-menu]").first.get_attribute("open") is not None
    page.keyboard.press("Escape")

    assert page.locator("details[data-menu]").first.get_attribute("open") is None
    assert page.evaluate("document.activeElement.localName") == "summary"


def test_open_menu_is_accessible_and_inside_the_screen(new_page, axe, no_sideways_scroll):
    page = new_page(width=320)
    page.goto("/design/")

    page.locator("details[data-menu] > summary").first.click()

    axe(page)
    no_sideways_scroll(page)
    box = page.locator(".menu__panel:visible").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320


def test_choice_of_dark_is_remembered(page):
    page.goto("/design/")

    page.get_by_role("button", name="Dark").click()
    page.reload()

    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.get_by_role("button", name="Dark").get_attribute("aria-pressed") == "true"


def test_running_total_is_announced_once_per_change(page):
    page.goto("/design/")
    page.evaluate(
        """() => {
            window.heard = [];
            const place = document.querySelector("[data-money-bar] [role=status]");
            const say = () => window.heard.push(place.innerText.replace(/\\s+/g, " "));
            new MutationObserver(say).observe(place, { childList: true, subtree: true });
        }"""
    )

    page.get_by_role("checkbox", name="Choir for all voices").check()
    page.get_by_role("checkbox", name="Night reading in the tram").check()

    assert page.evaluate("window.heard") == [
        "€21,600 left €28,400 of €50,000 used 2 chosen",
        "€20,400.50 too much €70,400.50 of €50,000 used 3 chosen",
    ]
    assert "money-bar--over" in page.locator("[data-money-bar]").get_attribute("class")


def test_dialog_opens_with_focus_inside_and_returns_it(page, axe):
    page.goto("/design/")

    page.get_by_role("link", name="Withdraw proposal").click()

    dialog = page.get_by_role("dialog", name="Withdraw this proposal?")
    expect(dialog).to_be_visible()
    axe(page)
    page.keyboard.press("Escape")
    assert dialog.is_hidden()
    assert page.evaluate("document.activeElement.dataset.dialog") == "withdraw"


def test_counter_follows_what_is_typed(page):
    page.goto("/design/")

    page.locator("#id_summary").press_sequentially("Twelve benches")

    page.get_by_text("Characters left: 286").wait_for()


def test_missing_page_keeps_the_look(new_page, axe):
    page = new_page(width=320)

    response = page.goto("/no-such-page/")

    assert response.status == 404
    expect(page.get_by_role("heading", name="We cannot find this page")).to_be_visible()
    axe(page)


def test_gallery_weighs_little(page):
    weights = {"script": 0, "stylesheet": 0, "document": 0}

    def weigh(response):
        kind = response.request.resource_type
        if kind in weights:
            weights[kind] += len(response.body())

    page.on("response", weigh)
    page.goto("/design/", wait_until="networkidle")

    assert weights["script"] < 40_000
    assert weights["stylesheet"] < 45_000
    assert weights["document"] > 10_000
    assert sum(weights.values()) < 110_000


@pytest.mark.parametrize(
    ("fault", "check"),
    [
        (".lead { color: #bbb !important }", "axe"),
        (".card { min-inline-size: 30rem !important }", "no_sideways_scroll"),
        (
            "body::after { content: ''; position: fixed; inset: 40% 0 0; background: red }",
            "focus_is_never_hidden",
        ),
    ],
)
def test_checks_find_what_they_look_for(new_page, request, fault, check):
    page = new_page(width=320, bypass_csp=True)
    page.goto("/design/")
    page.add_style_tag(content=fault)

    with pytest.raises(AssertionError):
        request.getfixturevalue(check)(page)
