"""What every page about a committee's work shares: who gets in, the frame around it, and that nobody keeps what is private."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from participation.foundation.errors import NotAllowed
from participation.foundation.rules import Rule
from participation.rules import may_read_committee
from participation.views.committee import frame


def committee_view(*methods: str, rule: Rule = may_read_committee, sign_in: bool = False) -> Callable:
    """Decorate `view(page, request, ...)` below a committee for those whom `rule` allows, like `committee.frame` does.

    What a private committee answers is kept by no cache.
    """

    def decorate(view: Callable) -> Callable:
        def inside(page, request, standing, *args, **kwargs) -> HttpResponse:
            request.standing = standing
            if rule is not may_read_committee and not rule(request.user, page):
                raise NotAllowed(_("This is only for people of the committee. Please ask its chair."))
            return view(page, request, *args, **kwargs)

        framed = frame.committee_view(*methods, sign_in=sign_in)(inside)

        @wraps(view)
        def receive(page, request, *args, **kwargs) -> HttpResponse:
            response = framed(page, request, *args, **kwargs)
            if page.is_private:
                response.headers["Cache-Control"] = "private, no-store"
                response.headers["X-Robots-Tag"] = "noindex"
            return response

        return receive

    return decorate


def around(page, request, current: str, *more: tuple) -> dict:
    """Return what a page shows around its subject: the committee's tabs, of which one is current, and the way back up."""
    return frame.frame_of(page, request, request.standing, current, *more)
