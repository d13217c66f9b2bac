"""Facts of the map: kinds of places, places, who looks after them, what people say about them, and what was brought in."""

from mapping.models.bringing_in import NeighbourhoodFile, PlaceImport, PlaceSource
from mapping.models.coverage import CoverageSnapshot
from mapping.models.page import PlacesPage
from mapping.models.place import LearningPlace, MapVersion, PlacePicture
from mapping.models.stewardship import PlaceSubmission, Stewardship, StewardshipRequest
from mapping.models.truth import DistinctPlaces, PlaceReport, Scout, Verification
from mapping.models.vocabulary import Audience, PlaceCategory, Topic

__all__ = [
    "Audience",
    "CoverageSnapshot",
    "DistinctPlaces",
    "LearningPlace",
    "MapVersion",
    "NeighbourhoodFile",
    "PlaceCategory",
    "PlaceImport",
    "PlacePicture",
    "PlaceReport",
    "PlaceSource",
    "PlaceSubmission",
    "PlacesPage",
    "Scout",
    "Stewardship",
    "StewardshipRequest",
    "Topic",
    "Verification",
]
