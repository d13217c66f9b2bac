"""What all API modules share: pages of results, one envelope for errors, bounded JSON, and safe numbers."""

import json

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions, status
from rest_framework.exceptions import ParseError
from rest_framework.pagination import PageNumberPagination
from rest_framework.parsers import JSONParser
from rest_framework.response import Response
from rest_framework.views import set_rollback

from participation.foundation.errors import Refused

MAX_JSON_BYTES = 1024 * 1024


class Pagination(PageNumberPagination):
    """Pages of 30, at most 100: `{"count", "next", "previous", "results"}`; a page beyond the last is a 404."""

    page_size = 30
    page_size_query_param = "page_size"
    max_page_size = 100


class BoundedJSONParser(JSONParser):
    """JSON of at most 1 MiB; nesting too deep for Python is an error of the sender, not of the server."""

    def parse(self, stream, media_type=None, parser_context=None):
        body = stream.read(MAX_JSON_BYTES + 1)
        if len(body) > MAX_JSON_BYTES:
            raise ParseError("The body is larger than 1 MiB.")
        try:
            return json.loads(body)
        except (ValueError, RecursionError) as error:
            raise ParseError(f"The body is not JSON that can be read: {type(error).__name__}.") from None


def envelope(code: str, message: object, *, fields: dict | None = None, details: dict | None = None) -> dict:
    """Return the one shape every API error has: `{"error": {"code", "message", "fields", "details"}}`."""
    return {
        "error": {"code": code, "message": str(message), "fields": fields or {}, "details": details or {}}
    }


def error_response(error: Exception, context: dict) -> Response | None:
    """Turn any expected exception into the error envelope; unexpected ones stay exceptions (a logged 500)."""
    if isinstance(error, Refused):
        set_rollback()
        fields = {error.field: [str(error.message)]} if error.field else {}
        return Response(
            envelope(error.code, error.message, fields=fields, details=error.details), status=error.status
        )
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if not isinstance(error, exceptions.APIException):
        return None
    set_rollback()
    headers = {}
    if auth_header := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = auth_header
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait))
    if isinstance(error, exceptions.ValidationError):
        wrong = error.detail if isinstance(error.detail, dict) else {"": error.detail}
        body = envelope("invalid", "Some of what you sent cannot be used. See `fields`.", fields=dict(wrong))
    else:
        body = envelope(str(error.get_codes()), error.detail)
    return Response(body, status=error.status_code or status.HTTP_400_BAD_REQUEST, headers=headers)
