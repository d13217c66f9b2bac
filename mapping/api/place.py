"""Learning places in the API: GeoJSON for everybody, and changes by those who look after a place."""

import re
from collections.abc import Mapping
from hashlib import md5
from typing import Any

from django.core.exceptions import ValidationError as Wrong
from django.http import Http404
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_field,
    extend_schema_view,
)
from rest_framework import serializers, status
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import APIException
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.response import Response

from mapping.api.fields import (
    BoundingBoxField,
    FeaturePages,
    FixedField,
    PointField,
    SearchParameters,
    search_asked_for,
)
from mapping.domain.place import change_place
from mapping.enums import Cost, Stated, VerifiedBy
from mapping.models import Audience, LearningPlace, PlaceCategory, Topic
from mapping.queries.open_data import addresses_of, find_places, open_places, places_in_order
from participation.foundation.errors import Conflict
from participation.foundation.geometry import clean_coordinate
from participation.foundation.reading import (
    ID,
    LARGEST_ID,
    ErrorSerializer,
    OpenData,
    PageAddressField,
    Parameters,
    Strict,
    described,
    read_parameters,
)
from participation.models import Neighbourhood


def point(longitude, latitude) -> dict[str, Any]:
    """Return a GeoJSON point."""
    return {"type": "Point", "coordinates": [float(longitude), float(latitude)]}


class PointSerializer(serializers.Serializer):
    """Where it is (GeoJSON, RFC 7946)."""

    type = FixedField("Point", help_text=gettext_lazy("Always Point."))
    coordinates = serializers.ListField(
        child=serializers.FloatField(),
        help_text=gettext_lazy("Longitude and latitude in degrees (WGS 84)."),
    )


class TermSerializer(serializers.Serializer):
    """A word of a vocabulary."""

    slug = serializers.CharField(help_text=gettext_lazy("Its short name, for filters."))
    name = serializers.CharField(help_text=gettext_lazy("Its name."))


class SourceSerializer(serializers.Serializer):
    """Whom an entry comes from."""

    name = serializers.CharField(help_text=gettext_lazy("Its name."))
    attribution = serializers.CharField(
        help_text=gettext_lazy("What must be said wherever the entry is shown; may be empty.")
    )
    licence_url = serializers.CharField(help_text=gettext_lazy("Where its licence stands; may be empty."))


class PlaceFactsSerializer(serializers.Serializer):
    """What the map says of a place. Empty words mean: not stated."""

    name = serializers.CharField(help_text=gettext_lazy("Its name."))
    category = TermSerializer(help_text=gettext_lazy("What kind of place it is."))
    summary = serializers.CharField(help_text=gettext_lazy("One sentence; may be empty."))
    description = serializers.CharField(help_text=gettext_lazy("Plain text; may be empty."))
    what_to_learn = serializers.CharField(help_text=gettext_lazy("What one can learn here; may be empty."))
    topics = TermSerializer(
        many=True, help_text=gettext_lazy("What one can learn, as words of a vocabulary.")
    )
    audiences = TermSerializer(many=True, help_text=gettext_lazy("For whom it is."))
    is_online = serializers.BooleanField(help_text=gettext_lazy("A digital space without an address."))
    street = serializers.CharField(help_text=gettext_lazy("Street and number; may be empty."))
    postal_code = serializers.CharField(help_text=gettext_lazy("May be empty."))
    locality = serializers.CharField(help_text=gettext_lazy("Town; may be empty."))
    neighbourhood = TermSerializer(
        allow_null=True, help_text=gettext_lazy("The neighbourhood it lies in; null for none.")
    )
    opening_hours = serializers.CharField(
        help_text=gettext_lazy(
            "In OpenStreetMap's opening_hours syntax, in the city's time zone; may be empty."
        )
    )
    hours_remark = serializers.CharField(help_text=gettext_lazy("More on the hours, in words; may be empty."))
    phone = serializers.CharField(help_text=gettext_lazy("May be empty."))
    email = serializers.CharField(help_text=gettext_lazy("An address for everybody; may be empty."))
    website = serializers.CharField(help_text=gettext_lazy("May be empty."))
    cost = serializers.ChoiceField(Cost.values, help_text=gettext_lazy("Whether it costs something."))
    languages = serializers.ListField(
        child=serializers.CharField(),
        source="language_codes",
        help_text=gettext_lazy("Languages spoken there (ISO 639)."),
    )
    step_free = serializers.ChoiceField(Stated.values, help_text=gettext_lazy("Entrance without steps."))
    accessible_toilet = serializers.ChoiceField(
        Stated.values, help_text=gettext_lazy("Toilet for wheelchair users.")
    )
    hearing_loop = serializers.ChoiceField(Stated.values, help_text=gettext_lazy("Hearing loop."))
    quiet_space = serializers.ChoiceField(Stated.values, help_text=gettext_lazy("Quiet space."))
    access_note = serializers.CharField(help_text=gettext_lazy("More on accessibility; may be empty."))
    organisation = serializers.CharField(
        source="organisation.name",
        default=None,
        allow_null=True,
        help_text=gettext_lazy("The organisation that looks after it; null for none."),
    )
    source = SourceSerializer(
        allow_null=True, help_text=gettext_lazy("Whom the entry comes from; null for people of the city.")
    )
    verified_on = serializers.DateField(
        allow_null=True, help_text=gettext_lazy("When somebody last said that it is correct.")
    )
    verified_by = serializers.ChoiceField(
        ["", *VerifiedBy.values], help_text=gettext_lazy("Who said so; empty for nobody yet.")
    )
    version = serializers.IntegerField(
        help_text=gettext_lazy("Rises with every change; `If-Match` of a change names it.")
    )
    changed_at = serializers.DateTimeField(help_text=gettext_lazy("When the entry last changed."))
    url = PageAddressField(
        lambda place: place.public_path,
        allow_null=True,
        help_text=gettext_lazy("Its page; null where no public map shows it."),
    )


class PlaceSerializer(serializers.Serializer):
    """A learning place as a GeoJSON feature."""

    type = FixedField("Feature", help_text=gettext_lazy("Always Feature."))
    id = serializers.IntegerField(help_text=gettext_lazy("Its number."))
    geometry = serializers.SerializerMethodField(help_text=gettext_lazy("Where it is; null without a point."))
    properties = PlaceFactsSerializer(source="*", help_text=gettext_lazy("What the map says of it."))

    @extend_schema_field(PointSerializer(allow_null=True))
    def get_geometry(self, place) -> dict | None:
        return point(place.longitude, place.latitude) if place.has_point else None


class PlaceListParameters(Parameters, SearchParameters):
    """What one can ask of the list of places."""

    bbox = BoundingBoxField(
        required=False,
        help_text=gettext_lazy("Only what lies in this box: west,south,east,north in degrees (WGS 84)."),
    )
    near = PointField(
        required=False,
        help_text=gettext_lazy("Nearest first from latitude,longitude; by name when left out."),
    )


@extend_schema_field({"type": ["number", "null"]})
class CoordinateField(serializers.Field):
    """Degrees as a plain finite number in range (D4), or null."""

    def __init__(self, limit: int, **kwargs: Any) -> None:
        self.limit = limit
        super().__init__(required=False, allow_null=True, **kwargs)

    def to_internal_value(self, data: Any):
        if isinstance(data, bool) or not isinstance(data, int | float | str):
            raise serializers.ValidationError(_("Write plain degrees, for example 53.5511."))
        try:
            return clean_coordinate(data, limit=self.limit)
        except Wrong as error:
            raise serializers.ValidationError(error.messages) from None

    def to_representation(self, value: Any):
        return value


class OneOf(serializers.SlugRelatedField):
    """A row named by its short name."""

    def __init__(self, model: Any, **kwargs: Any) -> None:
        super().__init__("slug", queryset=model.objects.all(), **({"required": False} | kwargs))


class ChangeSerializer(serializers.Serializer):
    """What a steward may change of a place; whatever else is sent is refused (P21)."""

    name = serializers.CharField(required=False)
    category = OneOf(PlaceCategory)
    summary = serializers.CharField(required=False, allow_blank=True)
    description = serializers.CharField(required=False, allow_blank=True)
    what_to_learn = serializers.CharField(required=False, allow_blank=True)
    topics = OneOf(Topic, many=True, required=False)
    audiences = OneOf(Audience, many=True, required=False)
    is_online = serializers.BooleanField(required=False)
    street = serializers.CharField(required=False, allow_blank=True)
    postal_code = serializers.CharField(required=False, allow_blank=True)
    locality = serializers.CharField(required=False, allow_blank=True)
    latitude = CoordinateField(90)
    longitude = CoordinateField(180)
    neighbourhood = OneOf(Neighbourhood, allow_null=True)
    opening_hours = serializers.CharField(required=False, allow_blank=True)
    hours_remark = serializers.CharField(required=False, allow_blank=True)
    phone = serializers.CharField(required=False, allow_blank=True)
    email = serializers.CharField(required=False, allow_blank=True)
    website = serializers.CharField(required=False, allow_blank=True)
    cost = serializers.ChoiceField(Cost.values, required=False)
    languages = serializers.ListField(child=serializers.CharField(), required=False)
    step_free = serializers.ChoiceField(Stated.values, required=False)
    accessible_toilet = serializers.ChoiceField(Stated.values, required=False)
    hearing_loop = serializers.ChoiceField(Stated.values, required=False)
    quiet_space = serializers.ChoiceField(Stated.values, required=False)
    access_note = serializers.CharField(required=False, allow_blank=True)

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        for name, field in fields.items():
            field.help_text = capfirst(LearningPlace._meta.get_field(name).verbose_name)
        return fields

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if not isinstance(data, Mapping):
            raise serializers.ValidationError({"": [_("Send an object with the fields to change.")]})
        if unknown := sorted(set(data) - set(self.fields)):
            words = _("This cannot be changed. What can: %(names)s.") % {"names": ", ".join(self.fields)}
            raise serializers.ValidationError({name: [words] for name in unknown})
        wrong = {
            name: [_("Write plain text.")]
            for name, value in data.items()
            if isinstance(self.fields[name], serializers.CharField) and not isinstance(value, str)
        }
        if wrong:
            raise serializers.ValidationError(wrong)
        return super().to_internal_value(data)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Make one point of latitude and longitude, from plain numbers alone (D4)."""
        named = [name for name in ("latitude", "longitude") if name in attrs]
        if len(named) == 1:
            raise serializers.ValidationError({named[0]: [_("Give latitude and longitude together.")]})
        if named:
            latitude, longitude = attrs.pop("latitude"), attrs.pop("longitude")
            if (latitude is None) != (longitude is None):
                raise serializers.ValidationError({"longitude": [_("Give latitude and longitude together.")]})
            attrs["point"] = None if latitude is None else (latitude, longitude)
        return attrs


class VersionNeeded(APIException):
    """A change that does not say which version it was made of."""

    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_code = "version_needed"
    default_detail = gettext_lazy(
        "Read the place first, and send its ETag back as If-Match, so that nobody's change is lost."
    )


_WRONG = OpenApiResponse(ErrorSerializer, description=gettext_lazy("Something sent cannot be used."))


@extend_schema_view(
    partial_update=extend_schema(
        operation_id="change_place",
        description=gettext_lazy(
            "Change what is named, for people who look after the place and are signed in. The ETag of what was read goes "
            "into `If-Match`; the answer is the place as it is then."
        ),
        parameters=[
            OpenApiParameter("id", ID, OpenApiParameter.PATH, description=gettext_lazy("Its number.")),
            OpenApiParameter(
                "If-Match", str, OpenApiParameter.HEADER, required=True, description=gettext_lazy("Its ETag.")
            ),
        ],
        request=ChangeSerializer,
        responses={
            200: PlaceSerializer,
            400: _WRONG,
            403: OpenApiResponse(ErrorSerializer, description=gettext_lazy("You do not look after it.")),
            404: OpenApiResponse(ErrorSerializer, description=gettext_lazy("There is no such place.")),
            412: OpenApiResponse(ErrorSerializer, description=gettext_lazy("It has changed meanwhile.")),
            428: OpenApiResponse(ErrorSerializer, description=gettext_lazy("If-Match is missing.")),
        },
    )
)
@described(
    noun="place",
    listing=gettext_lazy("All published learning places as GeoJSON, page by page."),
    entry=gettext_lazy("One learning place as a GeoJSON feature."),
)
class PlaceView(OpenData):
    model = LearningPlace
    serializer_class = PlaceSerializer
    parameters = PlaceListParameters
    pagination_class = FeaturePages
    http_method_names = ["get", "head", "patch"]

    def get_authenticators(self):
        # Readers are all alike, so that shared caches may keep the answer (S11); only a change asks who it is.
        return [SessionAuthentication()] if self.changes else []

    def get_permissions(self):
        return [IsAuthenticated() if self.changes else AllowAny()]

    @property
    def changes(self) -> bool:
        return getattr(self.request, "method", "") == "PATCH"  # there is no request while the schema is made

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        if request.method == "PATCH":
            response.headers["Cache-Control"] = "private, no-store"
        return response

    def everything(self):
        return open_places()

    def list(self, request, *args, **kwargs):
        wanted = read_parameters(request, self.parameters)
        index, positions = find_places(
            search_asked_for(wanted), box=wanted.get("bbox"), near=wanted.get("near")
        )
        ids = self.paginator.paginate_queryset(positions, request, view=self)
        places = places_in_order(index.ids_of(ids))
        self.completed(places)
        return self.paginator.get_paginated_response(self.get_serializer(places, many=True).data)

    def retrieve(self, request, *args, **kwargs):
        place = self.get_object()
        return self._tagged(Response(self.get_serializer(place).data), place)

    def partial_update(self, request, *args, **kwargs):
        if kwargs["pk"] > LARGEST_ID:
            raise Http404
        read_parameters(request, Strict)
        change = ChangeSerializer(data=request.data)
        change.is_valid(raise_exception=True)
        try:
            place = change_place(
                LearningPlace(pk=kwargs["pk"]),
                by=request.user,
                facts=change.validated_data,
                expected_version=_expected_version(request),
            )
        except Conflict as refusal:
            refusal.status = status.HTTP_412_PRECONDITION_FAILED
            raise
        place = LearningPlace.objects.get(pk=place.pk)
        self.completed([place])
        return self._tagged(
            Response(PlaceSerializer(place, context=self.get_serializer_context()).data), place
        )

    def completed(self, rows):
        addresses = addresses_of(rows)
        for place in rows:
            place.public_path = addresses.get(place.pk, "")

    def _tagged(self, response, place):
        """Give the answer an ETag that begins with the place's version: what `If-Match` of a change sends back."""

        def tag(rendered):
            rendered.headers["ETag"] = (
                f'"{place.version}-{md5(rendered.content, usedforsecurity=False).hexdigest()}"'
            )

        response.add_post_render_callback(tag)
        return response


def _expected_version(request) -> int:
    match = re.fullmatch(r'(?:W/)?"?([0-9]{1,9})(?:-[0-9a-f]{32})?"?', request.headers.get("If-Match", ""))
    if match is None:
        raise VersionNeeded
    return int(match[1])
