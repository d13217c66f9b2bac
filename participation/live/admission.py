"""Who stands at a socket or stream: found by the session at the door, and asked for again as long as it is open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.cookies import SimpleCookie
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, get_user, get_user_model
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from participation.models import Room, RoomPerson
from participation.queries.room import may_read_room, person_in

GUESTS = "rooms_as_guest"
NOT_SIGNED_IN = 4401
NOT_ALLOWED = 4403


@dataclass(frozen=True, slots=True)
class Admission:
    """Who was let into a room: the key of their session, and the user it belonged to then."""

    room: int
    session: str = ""
    user: int | None = None


def admitted(room: int, session: str) -> Admission | None:
    """Return the admission of who has this session to a room, None where they may not know that there is one."""
    user, _store = _user_of(session)
    found = _room(room)
    if found is None or not may_read_room(user, found):
        return None
    return Admission(room, session, user.pk)


def present_now(admission: Admission) -> tuple[Room, Any, RoomPerson | None] | int:
    """Return (room, user, person in it) for what somebody does now, or the code with which to close on them."""
    user, store = _user_of(admission.session)
    if user.pk != admission.user:
        return NOT_SIGNED_IN
    room = _room(admission.room)
    if room is None or not may_read_room(user, room):
        return NOT_ALLOWED
    return room, user, person_in(room, user, guest_number(store, room))


def guest_number(session: Mapping[str, Any], room: Room) -> int | None:
    """Return the number of the guest whom the browser's session knows in this room."""
    number = session.get(GUESTS, {}).get(str(room.pk))
    return number if isinstance(number, int) else None


def outsiders(room: int, admissions: Sequence[Admission]) -> dict[Admission, int]:
    """Return who of those in a room has to go, with the code to close with; few queries, however many they are."""
    found = _room(room)
    if found is None:
        return dict.fromkeys(admissions, NOT_ALLOWED)
    users = get_user_model()._default_manager.in_bulk({each.user for each in admissions if each.user})
    signed_in = _signed_in({each.session for each in admissions if each.user}, users)
    out = {}
    readers: dict[int | None, bool] = {}
    for each in admissions:
        if each.user is not None and signed_in.get(each.session) != each.user:
            out[each] = NOT_SIGNED_IN
            continue
        if each.user not in readers:
            readers[each.user] = may_read_room(users[each.user] if each.user else AnonymousUser(), found)
        if not readers[each.user]:
            out[each] = NOT_ALLOWED
    return out


def session_in(headers: Sequence[tuple[bytes, bytes]]) -> str:
    """Return the session's key out of the cookies of a handshake, "" for none."""
    for name, value in headers:
        if name == b"cookie":
            cookie = SimpleCookie(value.decode("latin-1")).get(settings.SESSION_COOKIE_NAME)
            return cookie.value if cookie is not None else ""
    return ""


def _room(pk: int) -> Room | None:
    found = Room.objects.select_related("meeting__committee").filter(pk=pk).first() if pk < 2**63 else None
    return found if found is not None and found.meeting.committee.live else None


def _store(session: str = "") -> Any:
    return import_module(settings.SESSION_ENGINE).SessionStore(session or None)


def _user_of(session: str) -> tuple[Any, Any]:
    """Return (user, session); Django checks that the session is of the password that is valid now."""
    request = HttpRequest()
    request.session = _store(session)
    return get_user(request), request.session


def _signed_in(sessions: set[str], users: Mapping[Any, Any]) -> dict[str, Any]:
    """Return session -> user for sessions that still are, of users who are active and have kept their password."""
    store = _store()
    if not hasattr(store, "get_model_class"):
        return {key: _user_of(key)[0].pk for key in sessions}
    rows = store.get_model_class().objects.filter(session_key__in=sessions)
    found = {}
    for row in rows:
        content = row.get_decoded()
        pk = content.get(SESSION_KEY)
        user = users.get(get_user_model()._meta.pk.to_python(pk)) if pk else None
        if user is not None and user.is_active and _is_of(user, content.get(HASH_SESSION_KEY, "")):
            found[row.session_key] = user.pk
    return found


def _is_of(user: Any, digest: str) -> bool:
    return constant_time_compare(digest, user.get_session_auth_hash())
