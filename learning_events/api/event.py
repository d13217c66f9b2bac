"""Public events in the API."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from learning_events.api.fields import SearchParameters, VenueSerializer, place_of, search_asked_for
from learning_events.enums import Attendance, Booking
from learning_events.models import EventPage
from learning_events.queries.programme import find_sessions, narrowed_events
from learning_events.queries.session import public_events
from mapping.api.place import TermSerializer
from mapping.enums import Cost, Stated
from participation.foundation.reading import OpenData, PageAddressField, Parameters, described


def _stated(words):
    return serializers.ChoiceField(Stated.values, help_text=words)


class EventSerializer(serializers.Serializer):
    """What is known of an event. Empty words mean: not stated. When it happens is in its sessions."""

    id = serializers.IntegerField(help_text=_("Its number."))
    language = serializers.CharField(source="locale.language_code", help_text=_("The language of its page."))
    title = serializers.CharField(help_text=_("Its title."))
    summary = serializers.CharField(help_text=_("One sentence; may be empty."))
    description = serializers.CharField(help_text=_("Plain text; may be empty."))
    what_to_learn = serializers.CharField(help_text=_("What one learns; may be empty."))
    kind = TermSerializer(allow_null=True, help_text=_("What kind of event it is; null for none."))
    topics = TermSerializer(many=True, help_text=_("What one learns, as words of a vocabulary."))
    audiences = TermSerializer(many=True, help_text=_("For whom it is."))
    key_features = serializers.SerializerMethodField(
        help_text=_("The numbers of the Key Features of Learning Cities that it serves.")
    )
    organisation = serializers.CharField(
        source="organisation.name",
        default=None,
        allow_null=True,
        help_text=_("Who organises it; null for nobody named."),
    )
    leaders = serializers.CharField(help_text=_("Who leads it; may be empty."))
    contact_email = serializers.CharField(help_text=_("An address for everybody; may be empty."))
    contact_phone = serializers.CharField(help_text=_("May be empty."))
    website = serializers.CharField(help_text=_("May be empty."))
    attendance = serializers.ChoiceField(Attendance.values, help_text=_("How people take part."))
    place = VenueSerializer(
        source="public_place", allow_null=True, help_text=_("Where it is; null for none.")
    )
    languages = serializers.ListField(
        child=serializers.CharField(),
        source="language_codes",
        help_text=_("In which languages it is (ISO 639)."),
    )
    age_from = serializers.IntegerField(
        allow_null=True, help_text=_("The lowest age in years; null for any.")
    )
    age_to = serializers.IntegerField(allow_null=True, help_text=_("The highest age in years; null for any."))
    cost = serializers.ChoiceField(Cost.values, help_text=_("Whether it costs something."))
    cost_note = serializers.CharField(help_text=_("What it costs, in words; may be empty."))
    step_free = _stated(_("Without steps."))
    accessible_toilet = _stated(_("Toilet for wheelchair users."))
    hearing_loop = _stated(_("Hearing loop."))
    quiet_space = _stated(_("Quiet space."))
    sign_language = _stated(_("Sign language interpreter."))
    access_note = serializers.CharField(help_text=_("More on accessibility; may be empty."))
    booking = serializers.ChoiceField(Booking.values, help_text=_("How people get a seat."))
    booking_url = serializers.CharField(help_text=_("Where to register, if not here; may be empty."))
    published_at = serializers.DateTimeField(
        source="first_published_at", allow_null=True, help_text=_("When it was first published.")
    )
    changed_at = serializers.DateTimeField(
        source="last_published_at", allow_null=True, help_text=_("When it was last published.")
    )
    url = PageAddressField(lambda event: event.url or "", allow_null=True, help_text=_("Its page."))

    def get_key_features(self, event) -> list[str]:
        return [feature.number for feature in event.key_features.all()]


class EventListParameters(Parameters, SearchParameters):
    """What one can ask of the list of events."""


@described(
    noun="event",
    listing=_("All public events by their titles, page by page."),
    entry=_("One event."),
)
class EventView(OpenData):
    model = EventPage
    serializer_class = EventSerializer
    parameters = EventListParameters
    default_order = ("title", "pk")

    def everything(self):
        return (
            public_events()
            .select_related("kind", "organisation", "place__neighbourhood", "locale")
            .prefetch_related("topics", "audiences", "key_features")
        )

    def narrowed(self, rows, wanted):
        search = search_asked_for(wanted)
        if wanted.get("festival"):
            rows = rows.filter(path__startswith=wanted["festival"])
        rows = narrowed_events(rows, search)
        if search.is_about_sessions:
            keys = find_sessions(public_events(), search).values("event__translation_key")
            rows = rows.filter(translation_key__in=keys)
        return rows

    def completed(self, rows):
        for event in rows:
            event.public_place = place_of(event)
