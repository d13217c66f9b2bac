"""What people can do in a room, by a form of the page and by a message of the socket alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.domain.room import cast_vote, come_in, say
from participation.domain.room.coming_in import refuse_unless_may_act
from participation.forms.room import SayForm, VoteForm
from participation.foundation.errors import Invalid, Missing
from participation.models import Room, RoomPerson
from participation.queries.room.own import own_section

MOST_FIELDS = 12


@dataclass(frozen=True)
class Command:
    """A name, the form that checks what was sent, and the domain function that does it."""

    form: type[forms.Form]
    act: Callable[..., Any]


def _vote(room: Room, by: RoomPerson, said: Mapping[str, Any], _key: str) -> None:
    cast_vote(room, by=by, **said)


def _say(room: Room, by: RoomPerson, said: Mapping[str, Any], key: str) -> None:
    say(room, by=by, text=said["text"], key=key)


COMMANDS = {"vote": Command(VoteForm, _vote), "say": Command(SayForm, _say)}


def perform(
    room: Room, *, user, person: RoomPerson | None, name: str, fields: Mapping[str, Any], key: str
) -> dict[str, Any]:
    """Do what is called `name` with `fields`; return what the person alone sees afterwards (`own_section`).

    Raises Missing for what nobody can do, Invalid with the field and its words, and what the domain refuses.
    """
    command = COMMANDS.get(name)
    if command is None:
        raise Missing(_("There is nothing of this name that you can do here."))
    form = command.form(plain(fields))
    if not form.is_valid():
        field, errors = next(iter(form.errors.items()))
        raise Invalid(errors[0], field="" if field == "__all__" else field)
    if person is None:
        refuse_unless_may_act(room, user)
        person = come_in(room, by=user)
    command.act(room, person, form.cleaned_data, key)
    return own_section(room, person)


def plain(fields: Mapping[str, Any]) -> dict[str, str]:
    """Return fields as a form wants them: few, and words or whole numbers only; raises Invalid for anything else."""
    kept = {}
    if len(fields) > MOST_FIELDS:
        raise Invalid(_("This message has too many parts."), code="bad_message")
    for name, value in fields.items():
        if not isinstance(value, str | int) or isinstance(value, bool):
            raise Invalid(
                _("This message holds something other than words and whole numbers."), code="bad_message"
            )
        kept[name] = str(value) if isinstance(value, str) or abs(value) < 2**63 else "–"
    return kept
