"""What every page of the site knows: its name and how many notices wait."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from wagtail.models import Site

from participation.queries.notification import unread_count


def site(request):
    """Template context: `site_name` and `unread_notifications`."""
    return {
        "site_name": SimpleLazyObject(lambda: _site_name(request)),
        "unread_notifications": SimpleLazyObject(lambda: _unread(request)),
    }


def _site_name(request) -> str:
    current = Site.find_for_request(request)
    return (current.site_name if current else "") or settings.WAGTAIL_SITE_NAME


def _unread(request) -> int:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return 0
    participant = getattr(user, "participant", None)
    return unread_count(participant) if participant else 0
