"""What every page of the site knows: its name, its menu and how many notices wait."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from wagtail.models import Page, Site

from participation.queries.notification import unread_count


def site(request):
    """Template context: `site_name`, `main_menu` as (url, title, is current), `unread_notifications`."""
    return {
        "site_name": SimpleLazyObject(lambda: _site_name(request)),
        "main_menu": SimpleLazyObject(lambda: _main_menu(request)),
        "unread_notifications": SimpleLazyObject(lambda: _unread(request)),
    }


def _site_name(request) -> str:
    current = Site.find_for_request(request)
    return (current.site_name if current else "") or settings.WAGTAIL_SITE_NAME


def _main_menu(request) -> list[tuple[str, str, bool]]:
    current = Site.find_for_request(request)
    if current is None:
        return []
    pages = (
        Page.objects.live()
        .public()
        .in_menu()
        .child_of(current.root_page)
        .only("title", "url_path", "path", "depth", "locale")
    )
    return [
        (url, page.title, request.path == url or request.path.startswith(url))
        for page in pages
        if (url := page.get_url(request, current_site=current))
    ]


def _unread(request) -> int:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return 0
    participant = getattr(user, "participant", None)
    return unread_count(participant) if participant else 0
