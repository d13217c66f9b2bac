"""Budget pages for somebody with a public name."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse

from participation.views.person import as_participant


def with_name(view: Callable) -> Callable:
    """Call `view(page, request, ...)` for people with a public name; others are asked for one first.

    Use it below `page_view(..., sign_in=True)`.
    """

    @wraps(view)
    def receive(page, request, *args, **kwargs) -> HttpResponse:
        return as_participant(lambda request, _person, *more, **named: view(page, request, *more, **named))(
            request, *args, **kwargs
        )

    return receive
