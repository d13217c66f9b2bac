"""Who stands before a place: somebody with an account, or somebody who came by a mailed link and has none."""

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from mapping.domain.place import LinkHolder
from mapping.queries.stewardship import address_looks_after
from mapping.rules import looks_after
from participation.views.person import as_participant

LASTS = dt.timedelta(hours=2)
_KEY = "mapping.steward"


def let_in(request, email: str) -> None:
    """Let this browser act for the address that a mailed link was sent to, for two hours."""
    request.session.cycle_key()  # (S13) what somebody else may know of the session is worth nothing afterwards
    request.session[_KEY] = {"email": email, "until": (timezone.now() + LASTS).isoformat()}


def let_out(request) -> None:
    request.session.pop(_KEY, None)


def address_let_in(request) -> str:
    """Return the address that this browser acts for, "" for none."""
    kept = request.session.get(_KEY)
    if not kept or dt.datetime.fromisoformat(kept["until"]) < timezone.now():
        return ""
    return kept["email"]


def actor_for(request, place) -> Any:
    """Return who acts on the place: the user, or the holder of a mailed link where the user does not look after it."""
    if looks_after(request.user, place):
        return request.user
    email = address_let_in(request)
    if email and address_looks_after(email, place):
        return LinkHolder(place_pk=place.pk, email=email)
    return request.user


def named_or_stranger(view: Callable) -> Callable:
    """Call `view(page, request, ...)`; who is signed in without a public name is asked for one first."""

    @wraps(view)
    def receive(page, request, *args, **kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return view(page, request, *args, **kwargs)
        return as_participant(lambda request, _person: view(page, request, *args, **kwargs))(request)

    return receive
