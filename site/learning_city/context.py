"""What the site adds to every page: its menus."""

from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from learning_city.menus import footer_of, menu_of


def frame(request):
    """Template context: `main_menu` as (url, title, is current); `footer_menu` and `account_menu` as (url, title)."""
    return {
        "main_menu": SimpleLazyObject(lambda: _main(request)),
        "footer_menu": SimpleLazyObject(lambda: _footer(request)),
        "account_menu": SimpleLazyObject(lambda: _account(request)),
    }


def _main(request) -> list[tuple[str, str, bool]]:
    site = Site.find_for_request(request)
    links = menu_of(site, request) if site else []
    return [(url, title, request.path.startswith(url)) for url, title in links]


def _footer(request) -> list[tuple[str, str]]:
    site = Site.find_for_request(request)
    return [*(footer_of(site, request) if site else []), (reverse("api-docs"), _("Programming interface"))]


def _account(request) -> list[tuple[str, str]]:
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated and user.has_perm("wagtailadmin.access_admin"):
        return [(reverse("wagtailadmin_home"), _("Staff pages"))]
    return []
