"""What a map draws of the places, counted on the server."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from mapping.api.fields import BoundingBoxField, FixedField, SearchParameters, search_asked_for
from mapping.api.place import PointSerializer, point
from mapping.queries.open_data import clusters_of
from participation.foundation.reading import ErrorSerializer, IdField, OpenReading, read_parameters


class ClusterFactsSerializer(serializers.Serializer):
    """How many places stand for one point of the map."""

    count = serializers.IntegerField(help_text=_("How many places."))
    place = serializers.IntegerField(
        allow_null=True, help_text=_("The number of the place where it is one alone, else null.")
    )
    name = serializers.CharField(allow_null=True, help_text=_("Its name; null for several."))


class ClusterSerializer(serializers.Serializer):
    """One or more places near each other as a GeoJSON feature."""

    type = FixedField("Feature", help_text=_("Always Feature."))
    geometry = PointSerializer(help_text=_("In the middle of them."))
    properties = ClusterFactsSerializer(help_text=_("How many they are."))


class ClustersSerializer(serializers.Serializer):
    """The clusters of one part of the map."""

    type = FixedField("FeatureCollection", help_text=_("Always FeatureCollection."))
    count = serializers.IntegerField(help_text=_("How many places lie in the box, in all clusters together."))
    features = ClusterSerializer(many=True, help_text=_("At most 2,000 clusters."))


class ZoomField(IdField):
    """A level of zoom as maps on the web count it."""

    def __init__(self, **kwargs):
        serializers.IntegerField.__init__(self, min_value=0, max_value=22, **kwargs)


class ClusterParameters(SearchParameters):
    """Which part of the map, how near, and which places."""

    bbox = BoundingBoxField(help_text=_("The part of the map: west,south,east,north in degrees (WGS 84)."))
    zoom = ZoomField(help_text=_("How near, from 0 (the world) to 22 (a door)."))


class ClusterView(OpenReading, APIView):
    """The clusters of one part of the map."""

    @extend_schema(
        operation_id="list_clusters",
        description=_(
            "What a map of this part of the world shows: the same places as the list, counted by cells."
        ),
        parameters=[ClusterParameters],
        responses={
            200: ClustersSerializer,
            400: OpenApiResponse(ErrorSerializer, description=_("A parameter is unknown or malformed.")),
        },
    )
    def get(self, request):
        wanted = read_parameters(request, ClusterParameters)
        index, found = clusters_of(search_asked_for(wanted), box=wanted["bbox"], zoom=wanted["zoom"])
        features = [
            {
                "type": "Feature",
                "geometry": point(round(longitude, 6), round(latitude, 6)),
                "properties": {
                    "count": count,
                    "place": int(index.ids[place]) if place >= 0 else None,
                    "name": index.names[place] if place >= 0 else None,
                },
            }
            for count, latitude, longitude, place in zip(
                found.count.tolist(),
                found.lat.tolist(),
                found.lon.tolist(),
                found.place.tolist(),
                strict=True,
            )
        ]
        return Response({"type": "FeatureCollection", "count": int(found.count.sum()), "features": features})
