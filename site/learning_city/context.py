"""What the site itself adds to every page: the links at its foot and in the account menu."""

from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from learning_city.home.models import InformationPage


def frame(request):
    """Template context: `footer_menu`, `help_menu` and `account_menu`, each a list of (url, title)."""
    return {
        "footer_menu": SimpleLazyObject(lambda: _footer(request)),
        "account_menu": SimpleLazyObject(lambda: _account(request)),
    }


def _footer(request) -> list[tuple[str, str]]:
    site = Site.find_for_request(request)
    pages = InformationPage.objects.live().public().filter(in_footer=True).order_by("path") if site else []
    links = [(page.get_url(request, current_site=site), page.title) for page in pages]
    return [*((url, title) for url, title in links if url), (reverse("api-docs"), _("Programming interface"))]


def _account(request) -> list[tuple[str, str]]:
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated and user.has_perm("wagtailadmin.access_admin"):
        return [(reverse("wagtailadmin_home"), _("Staff pages"))]
    return []
