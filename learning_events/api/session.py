"""Sessions of public events in the API."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from learning_events.api.fields import (
    SearchParameters,
    VenueSerializer,
    place_of,
    search_asked_for,
)
from learning_events.enums import Booking, SessionStatus
from learning_events.models import Session
from learning_events.queries.programme import (
    ShownSession,
    find_sessions,
    with_all_that_is_shown,
)
from learning_events.queries.session import public_events, public_sessions
from mapping.api.fields import MomentField
from participation.foundation.reading import IdField, OpenData, PageAddressField, Parameters, described


class SessionSerializer(serializers.Serializer):
    """One time at which an event happens."""

    id = serializers.IntegerField(help_text=_("Its number."))
    uid = serializers.CharField(help_text=_("Its name in calendars, which stays whatever changes."))
    event = serializers.IntegerField(source="event_id", help_text=_("The number of its event."))
    title = serializers.CharField(source="event.title", help_text=_("The title of its event."))
    starts_at = serializers.DateTimeField(help_text=_("When it begins."))
    ends_at = serializers.DateTimeField(help_text=_("When it ends."))
    zone = serializers.CharField(help_text=_("On whose clock people read its times (IANA)."))
    is_all_day = serializers.BooleanField(help_text=_("It lasts whole days."))
    place = VenueSerializer(
        source="public_place", allow_null=True, help_text=_("Where it is; null for none.")
    )
    room = serializers.CharField(help_text=_("May be empty."))
    note = serializers.CharField(help_text=_("May be empty."))
    status = serializers.ChoiceField(SessionStatus.values, help_text=_("Whether it takes place."))
    status_reason = serializers.CharField(help_text=_("Why it was cancelled; may be empty."))
    previous_starts_at = serializers.DateTimeField(
        allow_null=True, help_text=_("When it was first planned to begin; null where it was not moved.")
    )
    changed_at = serializers.DateTimeField(help_text=_("When it last changed."))
    booking = serializers.ChoiceField(
        Booking.values, source="event.booking", help_text=_("How people get a seat.")
    )
    seats = serializers.IntegerField(
        allow_null=True, help_text=_("How many there are; null where nobody counts.")
    )
    seats_left = serializers.IntegerField(
        allow_null=True, help_text=_("How many can still be had on the site; null where nobody counts.")
    )
    url = PageAddressField(
        lambda session: session.public_path, allow_null=True, help_text=_("The page of its event.")
    )


class SessionListParameters(Parameters, SearchParameters):
    """What one can ask of the list of sessions."""

    event = IdField(required=False, help_text=_("Only those of this event: its number."))
    from_moment = MomentField(help_text=_("Only what ends after this: `now`, or a date and time (ISO 8601)."))
    until_moment = MomentField(
        help_text=_("Only what begins before this: `now`, or a date and time (ISO 8601).")
    )

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        # "from" is a word of Python.
        renamed = {"from_moment": "from", "until_moment": "until"}
        return {renamed.get(name, name): field for name, field in fields.items()}


@described(
    noun="session",
    listing=_("All sessions of public events in the order of time, cancelled ones too, page by page."),
    entry=_("One session."),
)
class SessionView(OpenData):
    model = Session
    serializer_class = SessionSerializer
    parameters = SessionListParameters
    default_order = ("starts_at", "pk")

    def everything(self):
        return with_all_that_is_shown(public_sessions()).select_related(
            "event__locale", "event__place__neighbourhood", "place__neighbourhood"
        )

    def narrowed(self, rows, wanted):
        search = search_asked_for(wanted)
        if search.is_narrow:
            rows = rows.filter(pk__in=find_sessions(public_events(), search).values("pk"))
        if wanted.get("festival"):
            rows = rows.filter(event__path__startswith=wanted["festival"])
        if wanted.get("event"):
            rows = rows.filter(event=wanted["event"])
        if wanted.get("from"):
            rows = rows.filter(ends_at__gt=wanted["from"])
        if wanted.get("until"):
            rows = rows.filter(starts_at__lt=wanted["until"])
        return rows

    def completed(self, rows):
        for session in rows:
            event = session.event
            session.public_path = event.url or ""
            session.seats_left = ShownSession(session, event).seats_left
            session.public_place = place_of(event, session)
