"""Where a page stands in the page tree, as the way back up that every page shows."""

from django.core.cache import cache
from django.utils.translation import get_language
from wagtail.models import Page

KEPT_FOR = 60


def trail_of(page: Page) -> tuple[tuple[str, str], ...]:
    """Return (address, title) from the site's first page down to this one; kept for a minute or until it is published anew."""
    if page.pk is None:
        return ((page.url or "", page.title),)
    key = f"participation.trail.{page.pk}.{page.url_path}.{page.live_revision_id}.{get_language()}"
    trail = cache.get(key)
    if trail is None:
        above = (
            Page.objects.ancestor_of(page)
            .filter(depth__gt=1)
            .live()
            .select_related("locale")
            .order_by("depth")
        )
        trail = (
            *((each.url, each.title) for each in above if each.url),
            (page.url or "", page.title),
        )
        cache.set(key, trail, KEPT_FOR)
    return trail


def breadcrumbs(page: Page, *more: tuple) -> list[tuple]:
    """Return (address, title) from the site's first page down to this one; the last has no address.

    `more` are the page's own addresses below it, from `url_of`.
    """
    trail = [*trail_of(page), *more]
    return [*trail[:-1], ("", trail[-1][1])]
