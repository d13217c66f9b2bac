"""The links in the frame of every page, the same for everybody, kept for a minute or until an editor changes a page."""

from collections.abc import Callable

from django.core.cache import cache
from django.db.models.signals import post_delete, post_save
from django.utils.translation import get_language
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from learning_city.home.models import InformationPage

SECONDS = 60
Links = list[tuple[str, str]]


def menu_of(site: Site, request) -> Links:
    """Return (url, title) of the site's public pages that are shown in menus."""
    return _kept("main", site, lambda: _links(_in_menu(site), site, request))


def footer_of(site: Site, request) -> Links:
    """Return (url, title) of the public pages that are linked at the foot."""
    return _kept("footer", site, lambda: _links(_in_footer(), site, request))


# public() asks the database at once, so these are called only where the menu is not kept.
def _in_menu(site: Site):
    pages = Page.objects.live().public().in_menu().child_of(site.root_page)
    return pages.only("title", "url_path", "path", "depth", "locale")


def _in_footer():
    return InformationPage.objects.live().public().filter(in_footer=True).order_by("path").defer("body")


def _links(pages, site: Site, request) -> Links:
    return [(url, page.title) for page in pages if (url := page.get_url(request, current_site=site))]


def _kept(name: str, site: Site, make: Callable[[], Links]) -> Links:
    return cache.get_or_set(_key(name, site.pk, get_language()), make, SECONDS)


def _key(name: str, site_id: int, language: str | None) -> str:
    return f"menus:{cache.get('menus:edition', 0)}:{name}:{site_id}:{language}"


def forget(**kwargs) -> None:
    """Let the menus be read anew: an editor has changed a page."""
    if cache.add("menus:edition", 1, None) is False:
        cache.incr("menus:edition")


def watch_pages() -> None:
    """Forget the menus whenever Wagtail says that a page has appeared, moved or gone, or who may see it has changed."""
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(forget, dispatch_uid=f"menus-{id(signal)}")
    for signal in (post_save, post_delete):
        signal.connect(forget, sender=PageViewRestriction, dispatch_uid=f"menus-{id(signal)}")
