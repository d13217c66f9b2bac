"""How a view below a Wagtail page receives people: allowed methods, and refusals told in a page; and what blocks may show."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from wagtail.models import Page

from participation.foundation.errors import Missing, Refused


def page_view(*methods: str, sign_in: bool = False) -> Callable:
    """Decorate `view(page, request, ...)` of a routable page, or `view(request, ...)` as `page_view(...)(view)` alike.

    Other methods than `methods` get 405; `Missing` becomes the site's 404; any other `Refused` becomes a page that says
    what is wrong, with the status of the refusal. With `sign_in`, strangers are sent to sign in and come back.
    """
    allowed = [*methods, "HEAD"] if "GET" in methods else list(methods)

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def receive(*args, **kwargs) -> HttpResponse:
            request = args[0] if hasattr(args[0], "META") else args[1]
            if request.method not in allowed:
                return HttpResponseNotAllowed(allowed)
            if sign_in and not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
            try:
                return view(*args, **kwargs)
            except Missing:
                raise Http404 from None
            except Refused as refusal:
                return refused_page(request, refusal)

        return receive

    return decorate


def refused_page(request, refusal: Refused) -> TemplateResponse:
    """Return the page that tells a refusal in its own words."""
    return TemplateResponse(
        request, "participation/pages/refused.html", {"refusal": refusal}, status=refusal.status
    )


def open_to_all(page: Page | None) -> Page | None:
    """Return the page an editor has chosen for a block, as what it is, or None unless everybody may see it today."""
    if page is None or not page.live or page.get_view_restrictions():
        return None
    return page.specific
