"""Lists every address of the site: those of the URL configuration and those below a budget page."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from budgeting.urls import page_urls


def addresses() -> Iterator[tuple[str, str]]:
    """Yield (name, route) of every address; one without a name is named after its route."""
    yield from _walk(get_resolver().url_patterns, prefix="", namespaces=())
    for pattern in page_urls:
        yield f"budget:{pattern.name}", f"<budget>/{pattern.pattern}"


def _walk(patterns, *, prefix: str, namespaces: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walk(pattern.url_patterns, prefix=route, namespaces=inner)
        elif isinstance(pattern, URLPattern):
            yield ":".join([*namespaces, pattern.name or route]), route
