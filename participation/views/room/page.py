"""The room as everybody in it sees it, and what they do there: plain forms, which a script may send in its own way."""

import secrets

from django.http import JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path

from participation.domain.room import come_in_as_guest
from participation.domain.room.coming_in import refuse_unless_may_act
from participation.domain.room.opinion import place_of
from participation.enums import RoomAccess, RoomState
from participation.forms.room import GuestForm, SayForm
from participation.foundation.errors import Missing, NotAllowed, Refused
from participation.live.admission import GUESTS
from participation.live.commands import perform
from participation.queries.room import room_for
from participation.queries.room.own import own_section
from participation.queries.room.picture import spot_of
from participation.views.committee_page import committee_view
from participation.views.room.frame import code_context, person_of_request, room_context

MOST_ROOMS_AS_GUEST = 50
SHOWN_FIELDS = ("statement", "choice", "text")


@committee_view("GET")
def room(page, request, pk):
    """Show the room to everybody who may read it."""
    return shown(page, request, room_for(request.user, page, pk))


def shown(page, request, found, *, say_form=None, guest_form=None, refusal=None, status=200):
    """Return the room's page; a form with mistakes comes back in it."""
    person = person_of_request(request, found)
    context = {
        **room_context(page, request, found),
        **code_context(request, found),
        "person": person,
        "you": own_section(found, person),
        "spot": _spot(found, person),
        "say_form": say_form or SayForm(),
        "guest_form": guest_form or GuestForm(),
        "form_key": secrets.token_urlsafe(16),
        "refusal": refusal,
        **_standing(request, found, person),
    }
    return TemplateResponse(request, "participation/pages/room.html", context, status=status)


def _standing(request, found, person) -> dict:
    """Return whether this person may act, and otherwise how they could."""
    can_be_guest = found.access == RoomAccess.GUESTS and not request.user.is_authenticated
    if person is None:
        try:
            refuse_unless_may_act(found, request.user)
        except NotAllowed as why:
            return {"acts": False, "why_not": why, "can_be_guest": can_be_guest}
    return {"acts": found.state != RoomState.CLOSED, "why_not": None, "can_be_guest": False}


def _spot(found, person) -> dict | None:
    """Return where this person alone stands among the groups; None while none are shown."""
    picture = getattr(found, "picture", None)
    if person is None or picture is None or not picture.content or found.state == RoomState.CLOSED:
        return None
    place = place_of(found, person)
    return spot_of(place, picture.content["sheet"]) if place is not None else None


@committee_view("POST")
def act(page, request, pk):
    """Do one thing in the room; answers JSON to the script that asks for it, a page to everybody else."""
    found = room_for(request.user, page, pk)
    wants_json = request.headers.get("Accept", "").startswith("application/json")
    name, key = request.POST.get("t", ""), request.POST.get("id", "")[:40]
    fields = {field: request.POST[field] for field in SHOWN_FIELDS if field in request.POST}
    person = person_of_request(request, found)
    try:
        you = perform(found, user=request.user, person=person, name=name, fields=fields, key=key)
    except Refused as refusal:
        if wants_json:
            said = {"t": "err", "id": key, "code": refusal.code, "message": str(refusal.message)}
            return JsonResponse(
                said | {"field": refusal.field, "status": refusal.status}, status=refusal.status
            )
        if isinstance(refusal, Missing) and name not in ("vote", "say"):
            raise
        form = None
        if name == "say":
            form = SayForm(fields)
            form.is_valid()
            if not form.errors:
                form.add_error("text", refusal.message)
        return shown(page, request, found, say_form=form, refusal=refusal, status=refusal.status)
    if wants_json:
        return JsonResponse({"t": "ok", "id": key, "you": you})
    return redirect(f"{page.url_of('room', pk)}#{name}")


@committee_view("POST")
def guest(page, request, pk):
    """Come in as a guest; only this browser's session knows who that is."""
    found = room_for(request.user, page, pk)
    if request.user.is_authenticated or person_of_request(request, found) is not None:
        return redirect(page.url_of("room", pk))
    form = GuestForm(request.POST)
    if form.is_valid():
        try:
            person = come_in_as_guest(found, name=form.cleaned_data["name"])
        except Refused as refusal:
            if not refusal.field:
                raise
            form.add_error("name", refusal.message)
        else:
            known = dict(list(request.session.get(GUESTS, {}).items())[-MOST_ROOMS_AS_GUEST:])
            request.session[GUESTS] = {**known, str(found.pk): person.pk}
            return redirect(page.url_of("room", pk))
    return shown(page, request, found, guest_form=form, status=400)


@committee_view("GET")
def mine(page, request, pk):
    """Tell somebody what they alone see: their own browser, and nobody else."""
    found = room_for(request.user, page, pk)
    person = person_of_request(request, found)
    response = JsonResponse({"you": own_section(found, person), "spot": _spot(found, person)})
    response.headers["Cache-Control"] = "private, no-store"
    return response


urls = [
    path("meetings/<int:pk>/room/", room, name="room"),
    path("meetings/<int:pk>/room/act/", act, name="act_in_room"),
    path("meetings/<int:pk>/room/guest/", guest, name="room_guest"),
    path("meetings/<int:pk>/room/mine/", mine, name="room_mine"),
]
