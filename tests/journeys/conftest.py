"""A real Chromium for the journeys, and what every page must keep: accessible, alone, and not too wide."""

import os
import shutil
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# Where a page may run no scripts, Chromium holds back axe's own timers too: what it puts off comes at once instead.
NO_TIMERS = """() => {
  if (matchMedia("(scripting: none)").matches)
    window.setTimeout = (run, delay = 0, ...given) => delay > 1000 || Promise.resolve().then(() => run(...given));
}"""


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.parent.name == "journeys":
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser():
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.skip("no Chromium found: install one or set CHROMIUM to its path")
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    # Playwright keeps an event loop in this thread, and Django would refuse the database because of it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGS)
        yield chromium
        chromium.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    else:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture
def new_page(browser, live_server):
    """Open a page as `new_page(width=320, java_script_enabled=False, color_scheme="dark", ...)`.

    At the end of the test no page may have asked another host, broken the content policy or thrown an error.
    """
    home = urlsplit(live_server.url).netloc
    contexts, foreign, faults = [], [], []

    def hear(message):
        if "Content Security Policy" in message.text:
            faults.append(message.text)

    def open_page(*, width: int = 1280, height: int = 800, **options) -> Page:
        options = {"locale": "en", "reduced_motion": "reduce"} | options
        context = browser.new_context(
            viewport={"width": width, "height": height}, base_url=live_server.url, **options
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: _is_foreign(request.url, home) and foreign.append(request.url))
        page.on("console", hear)
        page.on("pageerror", lambda error: faults.append(str(error)))
        return page

    yield open_page

    for context in contexts:
        context.close()
    assert foreign == []
    assert faults == []


def _is_foreign(url: str, home: str) -> bool:
    address = urlsplit(url)
    return address.scheme in {"http", "https", "ws", "wss"} and address.netloc != home


@pytest.fixture
def page(new_page) -> Page:
    """A desktop page in English."""
    return new_page()


@pytest.fixture(scope="session")
def axe():
    """`axe(page)` fails with the list of everything axe finds; `without` leaves out rules by name."""

    def check(page: Page, *, without: tuple[str, ...] = ()) -> None:
        options = {
            "runOnly": {"type": "tag", "values": AXE_RULES},
            "rules": {rule: {"enabled": False} for rule in without},
        }
        page.evaluate(NO_TIMERS)
        found = Axe().run(page, options=options).response["violations"]
        assert [
            (violation["id"], violation["help"], [node["html"][:200] for node in violation["nodes"]])
            for violation in found
        ] == []

    return check


@pytest.fixture(scope="session")
def no_sideways_scroll():
    """`no_sideways_scroll(page)` fails where the page is wider than the window."""

    def check(page: Page) -> None:
        root = "document.documentElement"
        assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") <= 0

    return check


@pytest.fixture(scope="session")
def focus_is_never_hidden():
    """`focus_is_never_hidden(page)` fails where, tabbing, something covers the focus (WCAG 2.4.11)."""

    def check(page: Page, *, most: int = 400) -> int:
        hidden, seen = [], 0
        # A date box takes several steps: only another element met again ends the round.
        page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
        for _step in range(most):
            page.keyboard.press("Tab")
            place = page.evaluate(
                """() => {
                    const element = document.activeElement;
                    if (!element || element === document.body) return null;
                    const box = element.getBoundingClientRect();
                    const points = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [x, y]));
                    const seen = points.some(([x, y]) => {
                        const spot = [box.left + box.width * x, box.top + box.height * y];
                        const hit = document.elementFromPoint(...spot);
                        return hit && (element.contains(hit) || element.labels?.[0]?.contains(hit));
                    });
                    const again = element === window.lastFocused;
                    const round = !again && "visited" in element.dataset;
                    window.lastFocused = element;
                    element.dataset.visited = "";
                    return { seen, again, round, html: element.outerHTML.slice(0, 160) };
                }"""
            )
            if place is None or place["round"]:
                break
            if place["again"]:
                continue
            seen += 1
            if not place["seen"]:
                hidden.append(place["html"])
        assert hidden == []
        return seen

    return check
