"""The parameters and fields that the parts of the map's API share."""

import datetime as dt
import re
from abc import ABC, abstractmethod
from typing import Any

from django.core.exceptions import ValidationError as Wrong
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.drainage import set_override
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from mapping.models import Audience, PlaceCategory, Topic
from mapping.queries.open_data import ids_by_slug
from mapping.queries.places import PlaceSearch
from mapping.validators import clean_languages
from participation.foundation.api import Pagination
from participation.foundation.reading import Strict, WordsField
from participation.models import Neighbourhood

_DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,15})?", re.ASCII)
# "+01:00" in an address is a blank and "01:00" unless it was quoted.
_UNQUOTED_ZONE = re.compile(r"(T[0-9:.]+) ([0-9]{2}:[0-9]{2})", re.ASCII)
MOST_SLUGS = 20


class WrittenField(serializers.CharField, ABC):
    """Short text that `read` turns into what it stands for."""

    longest = 100

    def to_internal_value(self, data: Any) -> Any:
        text = super().to_internal_value(data)
        if len(text) > self.longest or "\0" in text:
            raise serializers.ValidationError(_("This cannot be read. Is it a value for this parameter?"))
        return self.read(text)

    def run_validators(self, value: Any) -> None:
        """What was read is no text any more; the length was looked at before."""

    @abstractmethod
    def read(self, text: str) -> Any:
        """Return what the text stands for, or raise a ValidationError that says how to write it."""


class DegreesField(WrittenField):
    """So many plain finite degrees with commas between, each within its limit (X15, D4, D11)."""

    limits: tuple[int, ...] = ()
    words = ""

    def read(self, text: str) -> tuple[float, ...]:
        parts = text.split(",")
        if len(parts) != len(self.limits) or not all(_DEGREES.fullmatch(part) for part in parts):
            raise serializers.ValidationError(self.words)
        numbers = tuple(float(part) for part in parts)
        if any(abs(number) > limit for number, limit in zip(numbers, self.limits, strict=True)):
            raise serializers.ValidationError(self.words)
        return numbers


@extend_schema_field({"type": "string", "example": "9.7,53.4,10.3,53.7"})
class BoundingBoxField(DegreesField):
    """West, south, east, north in degrees; a box whose west lies east of its east crosses the antimeridian."""

    limits = (180, 90, 180, 90)
    words = gettext_lazy(
        "Write four numbers in degrees with commas between: west,south,east,north, for example 9.7,53.4,10.3,53.7."
    )

    def read(self, text: str) -> tuple[float, ...]:
        numbers = super().read(text)
        if numbers[1] > numbers[3]:
            raise serializers.ValidationError(self.words)
        return numbers


@extend_schema_field({"type": "string", "example": "53.551,9.994"})
class PointField(DegreesField):
    """Latitude and longitude in degrees."""

    limits = (90, 180)
    words = gettext_lazy("Write latitude and longitude in degrees, for example 53.551,9.994.")


@extend_schema_field({"type": "boolean"})
class FlagField(serializers.ChoiceField):
    """`true` or `false`, nothing like it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=["true", "false"], required=False, **kwargs)

    def to_internal_value(self, data: Any) -> bool:  # type: ignore[override]
        return super().to_internal_value(data) == "true"


@extend_schema_field({"type": "string", "example": "library,museum"})
class SlugsField(WrittenField):
    """Short names with commas between; becomes the ids of the rows that have them."""

    longest = 400

    def __init__(self, model: Any, **kwargs: Any) -> None:
        self.model = model
        super().__init__(required=False, **kwargs)

    def read(self, text: str) -> frozenset[int]:
        slugs = set(text.split(","))
        if len(slugs) > MOST_SLUGS:
            raise serializers.ValidationError(_("Give at most %(most)d of them.") % {"most": MOST_SLUGS})
        known = ids_by_slug(self.model, slugs)
        if missing := sorted(slugs - set(known)):
            words = _("There is nothing here with the short name “%(name)s”.") % {"name": missing[0][:80]}
            raise serializers.ValidationError(words)
        return frozenset(known.values())


@extend_schema_field({"type": "string", "example": "de,ar"})
class LanguagesField(WrittenField):
    """ISO 639 codes with commas between."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def read(self, text: str) -> frozenset[str]:
        try:
            return frozenset(clean_languages(text.split(",")).split())
        except Wrong:
            words = _("Write codes of languages (ISO 639) with commas between, for example de,ar.")
            raise serializers.ValidationError(words) from None


@extend_schema_field({"type": "string", "example": "2026-09-06T15:00+02:00"})
class MomentField(WrittenField):
    """`now`, or a date and time (ISO 8601); without a zone it is the city's."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def read(self, text: str) -> dt.datetime:
        if text == "now":
            return timezone.now()
        try:
            moment = parse_datetime(_UNQUOTED_ZONE.sub(r"\1+\2", text)) if text.isascii() else None
        except ValueError:
            moment = None
        if moment is None or not 2000 <= moment.year <= 2100:
            raise serializers.ValidationError(
                _("Write now, or a date and time like 2026-09-06T15:00, from the year 2000 to 2100.")
            )
        return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


class SearchParameters(Strict):
    """What one can ask of all places; places fit when they fit every part."""

    q = WordsField(
        required=False,
        help_text=gettext_lazy("Only what has all these words, whatever their case and accents."),
    )
    category = SlugsField(
        PlaceCategory,
        help_text=gettext_lazy(
            "Only these kinds of places and what belongs to them: short names with commas between."
        ),
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
        help_text=gettext_lazy(
            "Only where any of these languages is spoken: ISO 639 codes with commas between."
        )
    )
    open_at = MomentField(
        help_text=gettext_lazy(
            "Only what is open then: `now`, or a date and time (ISO 8601), in the city's zone where none is given."
        )
    )
    accessible = FlagField(help_text=gettext_lazy("`true` for places whose entrance has no steps."))
    free = FlagField(help_text=gettext_lazy("`true` for places that are free of charge."))
    online = FlagField(help_text=gettext_lazy("`true` for digital spaces."))


def search_asked_for(wanted: dict[str, Any]) -> PlaceSearch:
    """Return the search that checked `SearchParameters` stand for."""
    nothing: frozenset = frozenset()
    return PlaceSearch(
        words=wanted.get("q", ""),
        categories=wanted.get("category", nothing),
        neighbourhoods=wanted.get("neighbourhood", nothing),
        audiences=wanted.get("audience", nothing),
        topics=wanted.get("topic", nothing),
        languages=wanted.get("language", nothing),
        open_at=wanted.get("open_at"),
        step_free=wanted.get("accessible", False),
        free=wanted.get("free", False),
        online=wanted.get("online", False),
    )


class FixedField(serializers.Field):
    """A member of an answer that is always the same, such as the type of a GeoJSON object."""

    def __init__(self, value: str, **kwargs: Any) -> None:
        self.value = value
        super().__init__(source="*", read_only=True, **kwargs)
        set_override(self, "field", {"type": "string", "enum": [value]})

    def to_representation(self, value: Any) -> str:
        return self.value


class FeaturePages(Pagination):
    """Pages as a GeoJSON FeatureCollection (RFC 7946): count, next and previous are foreign members."""

    def get_paginated_response(self, data):
        response = super().get_paginated_response(data)
        response.data["features"] = response.data.pop("results")
        response.data = {"type": "FeatureCollection", **response.data}
        return response

    def get_paginated_response_schema(self, schema):
        shape = super().get_paginated_response_schema(schema)
        members = shape["properties"]
        members["features"] = members.pop("results")
        shape["properties"] = {"type": {"type": "string", "enum": ["FeatureCollection"]}, **members}
        shape["required"] = ["type", "count", "features"]
        return shape
