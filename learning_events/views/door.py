"""The list at the door: tapped as people come in, also where the network is gone for a while."""

import datetime as dt
import json
import uuid

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learning_events.domain import registration as domain
from learning_events.models import Session
from learning_events.queries.registration import free_at_desk, seated, with_code
from learning_events.views.bookings import frame_of, session_for_staff
from learning_events.views.plan import private
from participation.foundation.clock import database_now
from participation.foundation.errors import Invalid, Missing, Refused
from participation.foundation.pages import page_view

MOST_TAPS = 200


@page_view("GET", "POST", sign_in=True)
@private
def door(page, request, pk):
    """Show who has a seat; a POST is a tap on one of them, a typed code, or frees the seats of those who did not come."""
    session = session_for_staff(page, request, pk)
    if request.method == "POST":
        return _act(page, request, session)
    rows = list(seated(session))
    context = {
        **frame_of(page, request, session, _("At the door")),
        "rows": rows,
        "came": sum(row.people for row in rows if row.checked_in_at),
        "expected": sum(row.people for row in rows),
        "free": free_at_desk(session),
        "has_begun": session.starts_at <= database_now() < session.ends_at,
        "book_url": page.url_of("book_for", pk),
        "taps_url": page.url_of("door_taps", pk),
    }
    return TemplateResponse(request, "learning_events/pages/door.html", context)


def _act(page, request, session: Session):
    action = request.POST.get("action", "")
    here = redirect(page.url_of("door", session.pk))
    if action == "free":
        freed = domain.free_no_shows(session, by=request.user)
        messages.success(
            request,
            ngettext("%(number)d seat is free now.", "%(number)d seats are free now.", freed)
            % {"number": freed},
        )
        return here
    if action == "code":
        found = with_code(session, request.POST.get("code", "")[:40])
        if found is None:
            messages.error(
                request, _("Nobody with a seat here has these characters. Please look in the list.")
            )
            return here
        number, is_in = found.pk, True
    else:
        number, is_in = _number(request.POST.get("registration")), action == "in"
        if action not in ("in", "out") or number is None:
            raise Missing
    rows = domain.check_in(session, [domain.Tap(uuid.uuid4().hex, number, is_in)], by=request.user)
    for row in rows:
        words = (
            _("%(name)s came (%(people)d).")
            if is_in
            else _("%(name)s is not checked in any more (%(people)d).")
        )
        messages.success(request, words % {"name": row.name, "people": row.people})
    return here


@page_view("POST", sign_in=True)
@private
def taps(page, request, pk):
    """Take the taps that a page has kept while there was no network; sending them again does no harm.

    JSON: `{"taps": [{"key", "registration", "in", "at"}, …]}`, answered with the registrations as they are now, and with
    what was refused by key, so that the page need not send that again.
    """
    session = session_for_staff(page, request, pk)
    states: dict[int, bool] = {}
    refused: dict[str, str] = {}
    for tap in _taps_of(request):
        try:
            rows = domain.check_in(session, [tap], by=request.user)
        except Refused as refusal:
            refused[tap.key] = str(refusal.message)
        else:
            states |= {row.pk: row.checked_in_at is not None for row in rows}
    return JsonResponse({"states": states, "refused": refused})


def _taps_of(request) -> list[domain.Tap]:
    try:
        sent = json.loads(request.body)["taps"]
        return [
            domain.Tap(
                str(tap["key"])[:36], int(tap["registration"]), tap["in"] is True, _moment(tap.get("at"))
            )
            for tap in sent[:MOST_TAPS]
        ]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise Invalid(_("These are no taps on a list.")) from None


def _moment(written) -> dt.datetime | None:
    moment = parse_datetime(str(written)) if written else None
    return moment if moment is not None and moment.tzinfo is not None else None


def _number(written: str | None) -> int | None:
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < 19 else None


urls = [
    path("door/<int:pk>/", door, name="door"),
    path("door/<int:pk>/taps/", taps, name="door_taps"),
]
