"""Who stands at the counter: views that need somebody with a public name."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from participation.foundation.errors import NotAllowed


def as_participant(view: Callable) -> Callable:
    """Call `view(request, person, ...)` with the participant; who has no public name yet is asked for one first.

    Use it below `page_view(..., sign_in=True)`.
    """

    @wraps(view)
    def receive(request, *args, **kwargs) -> HttpResponse:
        person = getattr(request.user, "participant", None)
        if person is not None:
            return view(request, person, *args, **kwargs)
        try:
            welcome = reverse("participation:welcome")
        except NoReverseMatch:
            raise NotAllowed(_("Please tell us first by what name others may see you here.")) from None
        return redirect(f"{welcome}?{urlencode({'next': request.get_full_path()})}")

    return receive
