"""The parameters and fields that events and sessions share in the API."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from learning_events.enums import Attendance
from learning_events.models import EventKind, EventPage, Festival, Session
from learning_events.queries.programme import ACCESS, ProgrammeSearch
from mapping.api.fields import FlagField, LanguagesField, SlugsField, WrittenField
from mapping.models import Audience, Topic
from participation.foundation.reading import ID, IdField, Strict, WordsField
from participation.models import Neighbourhood

OLDEST = 120


@extend_schema_field(ID)
class FestivalField(IdField):
    """The number of a festival; becomes its path in the page tree."""

    def to_internal_value(self, data: Any) -> Any:
        path = (
            Festival.objects.filter(pk=super().to_internal_value(data)).values_list("path", flat=True).first()
        )
        if path is None:
            raise serializers.ValidationError(_("There is no such festival."))
        return path

    def run_validators(self, value: Any) -> None:
        """What was read is no number any more."""


@extend_schema_field({"type": "integer", "minimum": 0, "maximum": OLDEST})
class AgeField(WrittenField):
    """Years in plain digits."""

    longest = 3

    def read(self, text: str) -> int:
        if not (text.isascii() and text.isdigit() and int(text) <= OLDEST):
            raise serializers.ValidationError(_("Write an age in years, from 0 to 120."))
        return int(text)


class SearchParameters(Strict):
    """What one can ask of the programme; what is found fits every part."""

    q = WordsField(
        required=False,
        help_text=gettext_lazy("Only what has all these words, whatever their case and accents."),
    )
    festival = FestivalField(required=False, help_text=gettext_lazy("Only of this festival: its number."))
    kind = SlugsField(
        EventKind, help_text=gettext_lazy("Only these kinds of events: short names with commas between.")
    )
    neighbourhood = SlugsField(
        Neighbourhood,
        help_text=gettext_lazy("Only in these neighbourhoods: short names with commas between."),
    )
    audience = SlugsField(
        Audience, help_text=gettext_lazy("Only for any of these audiences: short names with commas between.")
    )
    topic = SlugsField(
        Topic, help_text=gettext_lazy("Only with any of these topics: short names with commas between.")
    )
    language = LanguagesField(
        help_text=gettext_lazy("Only in any of these languages: ISO 639 codes with commas between.")
    )
    attendance = serializers.ChoiceField(
        [Attendance.IN_PERSON.value, Attendance.ONLINE.value],
        required=False,
        help_text=gettext_lazy("Only what one can take part in this way."),
    )
    age = AgeField(required=False, help_text=gettext_lazy("Only what is for somebody of this age in years."))
    place = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=2**63 - 1,
        help_text=gettext_lazy("Only what happens at the place of this number."),
    )
    free = FlagField(help_text=gettext_lazy("`true` for what is free of charge."))
    seats = FlagField(help_text=gettext_lazy("`true` for what has free seats or needs no registration."))
    step_free = FlagField(help_text=gettext_lazy("`true` for what is without steps."))
    accessible_toilet = FlagField(
        help_text=gettext_lazy("`true` for what has a toilet for wheelchair users.")
    )
    hearing_loop = FlagField(help_text=gettext_lazy("`true` for what has a hearing loop."))
    quiet_space = FlagField(help_text=gettext_lazy("`true` for what has a quiet space."))
    sign_language = FlagField(help_text=gettext_lazy("`true` for what has a sign language interpreter."))


def search_asked_for(wanted: dict[str, Any]) -> ProgrammeSearch:
    """Return the search that checked `SearchParameters` stand for."""
    nothing: frozenset = frozenset()
    return ProgrammeSearch(
        words=wanted.get("q", ""),
        kinds=wanted.get("kind", nothing),
        neighbourhoods=wanted.get("neighbourhood", nothing),
        audiences=wanted.get("audience", nothing),
        topics=wanted.get("topic", nothing),
        languages=wanted.get("language", nothing),
        access=frozenset(name for name in ACCESS if wanted.get(name)),
        attendance=wanted.get("attendance", ""),
        age=wanted.get("age"),
        free=wanted.get("free", False),
        free_seats=wanted.get("seats", False),
        place=wanted.get("place", 0),
    )


class VenueSerializer(serializers.Serializer):
    """Where something happens."""

    id = serializers.IntegerField(
        allow_null=True, help_text=gettext_lazy("Its number on the map; null for none.")
    )
    name = serializers.CharField(help_text=gettext_lazy("Its name."))
    address = serializers.CharField(help_text=gettext_lazy("In one line; may be empty."))
    neighbourhood = serializers.CharField(
        allow_null=True, help_text=gettext_lazy("The short name of its neighbourhood; null for none.")
    )
    latitude = serializers.FloatField(
        allow_null=True, help_text=gettext_lazy("In degrees (WGS 84); null without a point.")
    )
    longitude = serializers.FloatField(
        allow_null=True, help_text=gettext_lazy("In degrees (WGS 84); null without a point.")
    )


def place_of(event: EventPage, session: Session | None = None) -> dict[str, Any] | None:
    """Return where an event, or one session of it, happens; None for what is only online or does not say."""
    place = (session.place if session else None) or event.place
    if not event.is_in_person:
        return None
    if place is None:
        if not event.venue_name:
            return None
        unknown = {"id": None, "neighbourhood": None, "latitude": None, "longitude": None}
        return {**unknown, "name": event.venue_name, "address": event.venue_address}
    return {
        "id": place.pk if place.is_public else None,
        "name": place.name,
        "address": place.address,
        "neighbourhood": place.neighbourhood.slug if place.neighbourhood else None,
        "latitude": place.latitude,
        "longitude": place.longitude,
    }
