"""The neighbourhoods in the API, with their outlines and how many people live there."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from mapping.api.fields import FeaturePages, FixedField
from mapping.queries.open_data import open_neighbourhoods
from participation.foundation.reading import OpenData, Parameters, WordsField, described
from participation.foundation.search import matching
from participation.models import Neighbourhood


class NeighbourhoodFactsSerializer(serializers.Serializer):
    """What is known of a neighbourhood."""

    slug = serializers.CharField(help_text=_("Its short name, for filters."))
    name = serializers.CharField(help_text=_("Its name."))
    population = serializers.DictField(
        child=serializers.IntegerField(), help_text=_("How many people live there, by group.")
    )
    places = serializers.IntegerField(
        source="place_count", help_text=_("How many published learning places lie there.")
    )


class NeighbourhoodSerializer(serializers.Serializer):
    """A neighbourhood as a GeoJSON feature."""

    type = FixedField("Feature", help_text=_("Always Feature."))
    id = serializers.IntegerField(help_text=_("Its number."))
    geometry = serializers.DictField(
        source="outline",
        allow_null=True,
        help_text=_(
            "Its outline, a Polygon or MultiPolygon in degrees (WGS 84); null where it is not known."
        ),
    )
    properties = NeighbourhoodFactsSerializer(source="*", help_text=_("What is known of it."))


class NeighbourhoodListParameters(Parameters):
    """What one can ask of the list of neighbourhoods."""

    q = WordsField(
        required=False, help_text=_("Only what has all these words, whatever their case and accents.")
    )


@described(
    noun="neighbourhood",
    listing=_("The city's neighbourhoods as GeoJSON, page by page."),
    entry=_("One neighbourhood as a GeoJSON feature."),
)
class NeighbourhoodView(OpenData):
    model = Neighbourhood
    serializer_class = NeighbourhoodSerializer
    parameters = NeighbourhoodListParameters
    default_order = ("sort_order", "name", "pk")
    pagination_class = FeaturePages

    def everything(self):
        return open_neighbourhoods()

    def narrowed(self, rows, wanted):
        return matching(rows, wanted.get("q", ""), ["name"])
