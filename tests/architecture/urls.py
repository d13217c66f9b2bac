"""Lists every address of the site: those of the URL configuration and those below the pages of the apps."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from budgeting.urls import page_urls as budget_urls
from learning_events.urls import event_urls, festival_urls
from mapping.urls import page_urls as places_urls
from participation.urls import committee_urls, committees_urls

BELOW_PAGES = {
    "budget": budget_urls,
    "places": places_urls,
    "festival": festival_urls,
    "event": event_urls,
    "committee": committee_urls,
    "committees": committees_urls,
}


def addresses() -> Iterator[tuple[str, str]]:
    """Yield (name, route) of every address; one without a name is named after its route."""
    yield from _walk(get_resolver().url_patterns, prefix="", namespaces=())
    for kind, patterns in BELOW_PAGES.items():
        for pattern in patterns:
            yield f"{kind}:{pattern.name}", f"<{kind}>/{pattern.pattern}"


def _walk(patterns, *, prefix: str, namespaces: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walk(pattern.url_patterns, prefix=route, namespaces=inner)
        elif isinstance(pattern, URLPattern):
            yield ":".join([*namespaces, pattern.name or route]), route
