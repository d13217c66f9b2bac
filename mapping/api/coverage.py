"""Who lives near the city's learning places, in the API: the same figures as on the page."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from mapping.api.fields import FlagField, SlugsField
from mapping.coverage_files import coverage_json
from mapping.domain.coverage import CoverageChoice, coverage_of
from mapping.models import PlaceCategory
from mapping.queries.places import place_index
from mapping.queries.places_page import choices
from participation.foundation.reading import ErrorSerializer, OpenReading, Strict, read_parameters


class CoverageChoiceSerializer(serializers.Serializer):
    """Which places count."""

    category = serializers.ListField(
        child=serializers.CharField(),
        help_text=_("Short names of the chosen kinds of places; empty for all."),
    )
    open_in_evening = serializers.BooleanField(help_text=_("Only places that are open in the evening."))
    open_on_sunday = serializers.BooleanField(help_text=_("Only places that are open on Sundays."))
    step_free = serializers.BooleanField(help_text=_("Only places with an entrance without steps."))
    free = serializers.BooleanField(help_text=_("Only places that are free of charge."))


class CoverageTotalSerializer(serializers.Serializer):
    """One group of residents in the whole city."""

    group = serializers.CharField(
        help_text=_("The group: everyone, children (under 18), elderly (65 and over), or one by age.")
    )
    residents = serializers.FloatField(help_text=_("How many they are."))
    within = serializers.DictField(
        child=serializers.FloatField(), help_text=_("How many of them live near a place, by metres.")
    )
    share = serializers.DictField(
        child=serializers.FloatField(allow_null=True),
        help_text=_("The share of them, from 0 to 1, by metres."),
    )
    places_per_10000 = serializers.FloatField(
        allow_null=True, help_text=_("Places in the city for 10,000 of them.")
    )


class OneMorePlaceSerializer(serializers.Serializer):
    """Where one more place would stand well, and what it would bring."""

    latitude = serializers.FloatField(help_text=_("Its latitude in degrees (WGS 84)."))
    longitude = serializers.FloatField(help_text=_("Its longitude in degrees (WGS 84)."))
    people = serializers.DictField(
        child=serializers.FloatField(),
        help_text=_("How many people of the whole city would newly live near a place, by group."),
    )


class NeighbourhoodCoverageSerializer(serializers.Serializer):
    """One neighbourhood."""

    id = serializers.IntegerField(help_text=_("Its number."))
    slug = serializers.CharField(help_text=_("Its short name."))
    name = serializers.CharField(help_text=_("Its name."))
    places = serializers.IntegerField(help_text=_("How many of the places lie there."))
    places_per_10000 = serializers.FloatField(allow_null=True, help_text=_("Places for 10,000 residents."))
    residents = serializers.DictField(
        child=serializers.FloatField(), help_text=_("How many people live there, by group.")
    )
    share = serializers.DictField(
        child=serializers.FloatField(), help_text=_("The share of its ground near a place, by metres.")
    )
    within = serializers.DictField(
        child=serializers.DictField(child=serializers.FloatField()),
        help_text=_("People who live near a place, by metres and group."),
    )
    middle = serializers.ListField(
        child=serializers.FloatField(), help_text=_("A point in its middle: latitude and longitude (WGS 84).")
    )
    one_more_place = serializers.DictField(
        child=OneMorePlaceSerializer(),
        help_text=_(
            "By metres: one more place in the middle of the largest part that is not near one, if there is one."
        ),
    )


class CoverageSerializer(serializers.Serializer):
    """Who lives near a learning place. Numbers of people are estimates."""

    method = serializers.CharField(help_text=_("How it was computed."))
    computed_at = serializers.DateTimeField(help_text=_("When it was computed."))
    is_stale = serializers.BooleanField(
        help_text=_("Whether the map has changed since; then new figures are being computed.")
    )
    population_source = serializers.CharField(
        help_text=_("Who counted the residents, and when; empty where nobody has said.")
    )
    choice = CoverageChoiceSerializer(help_text=_("Which places count."))
    distances_m = serializers.ListField(
        child=serializers.IntegerField(), help_text=_("The distances in metres, as straight lines.")
    )
    groups = serializers.ListField(
        child=serializers.CharField(), help_text=_("The groups of residents that are known.")
    )
    places = serializers.IntegerField(help_text=_("How many places with a point count."))
    places_without_point = serializers.IntegerField(
        help_text=_("How many do not count because they have no point.")
    )
    places_outside = serializers.IntegerField(
        help_text=_("How many of those that count lie outside all neighbourhoods.")
    )
    without_outline = serializers.ListField(
        child=serializers.CharField(), help_text=_("Neighbourhoods left out: their outline is not known.")
    )
    without_population = serializers.ListField(
        child=serializers.CharField(),
        help_text=_("Neighbourhoods left out: nobody has counted who lives there."),
    )
    totals = CoverageTotalSerializer(many=True, help_text=_("The whole city, group by group."))
    neighbourhoods = NeighbourhoodCoverageSerializer(many=True, help_text=_("Each neighbourhood."))


class CoverageParameters(Strict):
    """Which places count."""

    category = SlugsField(
        PlaceCategory,
        help_text=_("Only these kinds of places and what belongs to them: short names with commas between."),
    )
    open = serializers.ChoiceField(
        ["evening", "sunday"],
        required=False,
        help_text=_("Only places that are open in the evening, or on Sundays."),
    )
    step_free = FlagField(help_text=_("`true` for places whose entrance has no steps."))
    free = FlagField(help_text=_("`true` for places that are free of charge."))


class CoverageView(OpenReading, APIView):
    """Who lives near a learning place."""

    @extend_schema(
        operation_id="read_coverage",
        description=_("How many residents live within 400, 800 and 1,200 metres of a learning place."),
        parameters=[CoverageParameters],
        responses={
            200: CoverageSerializer,
            400: OpenApiResponse(ErrorSerializer, description=_("A parameter is unknown or malformed.")),
            503: OpenApiResponse(
                ErrorSerializer, description=_("Too much is being computed. Ask again in a minute.")
            ),
        },
    )
    def get(self, request):
        wanted = read_parameters(request, CoverageParameters)
        choice = CoverageChoice(
            categories=wanted.get("category", frozenset()),
            open_in_evening=wanted.get("open") == "evening",
            open_on_sunday=wanted.get("open") == "sunday",
            step_free=wanted.get("step_free", False),
            free=wanted.get("free", False),
        )
        kinds = {kind.pk: kind.slug for kind in choices(place_index()).kinds}
        return Response(CoverageSerializer(coverage_json(coverage_of(choice), kinds=kinds)).data)
