"""What every reading API view shares: parameters from a fixed list, plain numbers, answers that shared caches may keep."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils.cache import patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_field,
    extend_schema_view,
)
from rest_framework import serializers
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.permissions import AllowAny
from rest_framework.viewsets import ReadOnlyModelViewSet

from participation.foundation.api import Pagination

MAX_AGE_S = 60
LARGEST_ID = 2**63 - 1
ID = {"type": "integer", "format": "int64", "minimum": 1, "maximum": LARGEST_ID}


@extend_schema_field(ID)
class IdField(serializers.IntegerField):
    """A whole number from 1 in plain digits: `1_0`, `+1`, `1e3`, `1.0` and digits of other scripts are refused (D4, D11)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST_ID, **kwargs)

    def to_internal_value(self, data: Any) -> int:
        if not re.fullmatch(r"[0-9]{1,19}", str(data)):
            self.fail("invalid")
        return super().to_internal_value(data)


@extend_schema_field({"type": "integer", "minimum": 1, "maximum": Pagination.max_page_size})
class PageSizeField(IdField):
    """How many entries on a page."""

    def __init__(self, **kwargs: Any) -> None:
        serializers.IntegerField.__init__(self, min_value=1, max_value=Pagination.max_page_size, **kwargs)


class WordsField(serializers.CharField):
    """Words to look for; a NUL and the like are refused by the field itself."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=100, allow_blank=True, **kwargs)


class PageAddressField(serializers.URLField):
    """The full address of a page of the site; the source is a function of the row that returns its path, or "" for none."""

    def __init__(self, path_of: Callable[[Any], str], **kwargs: Any) -> None:
        self.path_of = path_of
        super().__init__(source="*", read_only=True, **kwargs)

    def to_representation(self, value: Any) -> str | None:  # type: ignore[override]
        path = self.path_of(value)
        return self.context["request"].build_absolute_uri(path) if path else None


class OrderingField(serializers.ChoiceField):
    """A choice among named orders; each stands for fields of ours, never for what somebody typed (P3)."""

    def __init__(self, orders: Mapping[str, Sequence[str]], **kwargs: Any) -> None:
        self.orders = {name: tuple(fields) for name, fields in orders.items()}
        super().__init__(choices=list(self.orders), required=False, **kwargs)

    def to_internal_value(self, data: Any) -> tuple[str, ...]:  # type: ignore[override]
        return self.orders[super().to_internal_value(data)]


class Strict(serializers.Serializer):
    """Query parameters. Whatever is not named here is an error."""

    def to_internal_value(self, data: Mapping[str, str]) -> dict[str, Any]:
        unknown = sorted(set(data) - set(self.fields))
        if unknown:
            known = ", ".join(self.fields) or "–"
            message = _("There is no such parameter here. Known are: %(names)s.") % {"names": known}
            raise serializers.ValidationError({name: [message] for name in unknown})
        return super().to_internal_value(data)


class Parameters(Strict):
    """What every list takes."""

    page = IdField(required=False, help_text=gettext_lazy("Which page of the list; the first is 1."))
    page_size = PageSizeField(
        required=False, help_text=gettext_lazy("How many entries on a page, at most 100; 30 when left out.")
    )


def read_parameters(request: Any, parameters: type[serializers.Serializer]) -> dict[str, Any]:
    """Return the checked query parameters; raises DRF's ValidationError that names each wrong one."""
    twice = [name for name, values in request.query_params.lists() if len(values) > 1]
    if twice:
        raise serializers.ValidationError({name: [_("Give this parameter once only.")] for name in twice})
    checked = parameters(data=request.query_params.dict())
    checked.is_valid(raise_exception=True)
    return checked.validated_data


class ErrorBodySerializer(serializers.Serializer):
    """What went wrong."""

    code = serializers.CharField(help_text=gettext_lazy("A stable word for programs."))
    message = serializers.CharField(help_text=gettext_lazy("A sentence for people."))
    fields = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField()),
        help_text=gettext_lazy("What is wrong with which parameter."),
    )
    details = serializers.DictField(help_text=gettext_lazy("Further facts, if any."))


class ErrorSerializer(serializers.Serializer):
    """The one shape of every error of the API."""

    error = ErrorBodySerializer()


class AlwaysTheFirst(BaseContentNegotiation):
    """Answer in JSON whatever is asked for: there is nothing else."""

    def select_parser(self, request, parsers):
        return parsers[0]

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type


class OpenReading:
    """Mixed into a view: everybody may read, nobody is recognised, and shared caches may keep the answer.

    It travels compressed to whoever reads that. As it is the same for all, it holds no secret that its length could tell to
    somebody who has a part of the address repeated in it (BREACH).
    """

    permission_classes = [AllowAny]
    # Nobody is recognised here, so the answer is the same for all and a shared cache may keep it (S11).
    authentication_classes: list = []
    content_negotiation_class = AlwaysTheFirst
    http_method_names = ["get", "head"]

    @method_decorator([gzip_page, conditional_page])  # the ETag comes first
    def dispatch(self, request, *args, **kwargs):
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[misc]
        if response.status_code == 200:
            patch_cache_control(response, public=True, max_age=MAX_AGE_S)
        else:
            patch_cache_control(response, no_store=True)
        return response


class OpenData(OpenReading, ReadOnlyModelViewSet, ABC):  # type: ignore[misc]
    """A list and its entries that everybody may read, and nobody write.

    A subclass sets `model`, `serializer_class` (and `entry_serializer_class` where one entry says more), `parameters` and
    `default_order`, and offers `everything()`, `narrowed(rows, wanted)` and `completed(rows)`.
    """

    model: type[Model]
    entry_serializer_class: type[serializers.Serializer] | None = None

    parameters: type[Parameters] = Parameters
    default_order: tuple[str, ...] = ("pk",)

    @abstractmethod
    def everything(self) -> QuerySet:
        """Return all that everybody may read; a query of `queries/` decides."""

    def narrowed(self, rows: QuerySet, wanted: dict[str, Any]) -> QuerySet:
        """Keep what fits the checked parameters."""
        return rows

    def completed(self, rows: list[Any]) -> None:
        """Add to the rows of one page what a query per page finds."""

    def get_serializer_class(self):
        return (self.action == "retrieve" and self.entry_serializer_class) or self.serializer_class

    def get_queryset(self) -> QuerySet:
        if getattr(self, "swagger_fake_view", False):
            return self.model._default_manager.none()
        if self.action == "retrieve":
            read_parameters(self.request, Strict)
            return self.everything()
        wanted = read_parameters(self.request, self.parameters)
        return self.narrowed(self.everything(), wanted).order_by(*wanted.get("ordering", self.default_order))

    def paginate_queryset(self, queryset):
        rows = super().paginate_queryset(queryset) or []
        self.completed(rows)
        return rows

    def get_object(self):
        if self.kwargs["pk"] > LARGEST_ID:
            raise Http404
        found = super().get_object()
        self.completed([found])
        return found


def described(*, noun: str, listing: Any, entry: Any):
    """Decorate an `OpenData` view with what the schema says of its list and of one entry."""
    wrong = OpenApiResponse(ErrorSerializer, description=gettext_lazy("A parameter is unknown or malformed."))
    missing = OpenApiResponse(
        ErrorSerializer, description=gettext_lazy("There is no such thing, or it is not public.")
    )
    number = OpenApiParameter("id", ID, OpenApiParameter.PATH, description=gettext_lazy("Its number."))

    def decorate(view: type[OpenData]) -> type[OpenData]:
        fields: Any = view.serializer_class
        return extend_schema_view(
            list=extend_schema(
                operation_id=f"list_{noun}s",
                description=listing,
                parameters=[view.parameters],
                responses={200: fields(many=True), 400: wrong, 404: missing},
            ),
            retrieve=extend_schema(
                operation_id=f"read_{noun}",
                description=entry,
                parameters=[number],
                responses={200: view.entry_serializer_class or fields, 400: wrong, 404: missing},
            ),
        )(view)

    return decorate
