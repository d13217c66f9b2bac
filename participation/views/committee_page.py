"""What every page below a committee shares: who gets in, where it stands, and that nobody keeps what is private."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from participation.foundation.errors import Missing, NotAllowed
from participation.foundation.pages import page_view
from participation.foundation.rules import Rule
from participation.foundation.trail import breadcrumbs
from participation.models import Committee
from participation.rules import may_read_committee


def committee_view(*methods: str, rule: Rule = may_read_committee, sign_in: bool = False) -> Callable:
    """Decorate `view(page, request, ...)` below a committee for those whom `rule` allows.

    Who may not know of the committee gets the site's 404, a stranger who might be let in is sent to sign in, others get a
    page that says no. What a private committee answers is kept by no cache.
    """

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def inside(page: Committee, request, *args, **kwargs) -> HttpResponse:
            if not may_read_committee(request.user, page):
                raise Missing
            if not rule(request.user, page):
                raise NotAllowed(_("This is only for people of the committee. Please ask its chair."))
            return view(page, request, *args, **kwargs)

        inner = page_view(*methods, sign_in=sign_in)(inside)

        @wraps(view)
        def receive(page: Committee, request, *args, **kwargs) -> HttpResponse:
            if page.is_private and not may_read_committee(request.user, page):
                # Before anybody is asked to sign in: that alone would say that there is something.
                inside_answer = page_view(*methods)(_nothing)
                return inside_answer(page, request, *args, **kwargs)
            response = inner(page, request, *args, **kwargs)
            if page.is_private:
                response.headers["Cache-Control"] = "private, no-store"
                response.headers["X-Robots-Tag"] = "noindex"
            return response

        return receive

    return decorate


def _nothing(*_args, **_kwargs):
    raise Missing


def trail(page: Committee, *more: tuple) -> list[tuple]:
    """Return the way back up, with the committee's own addresses below it."""
    return breadcrumbs(page, *more)
