"""The documentation of the API as a plain page in the site's own look, made from the OpenAPI schema."""

from functools import lru_cache
from typing import Any

from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.settings import spectacular_settings


def only_the_public_interface(endpoints, **_kwargs):
    """Keep the addresses below /api/v1/: the admin has an API of its own, for itself alone."""
    return [
        endpoint for endpoint in endpoints if endpoint[0].startswith(spectacular_settings.SCHEMA_PATH_PREFIX)
    ]


@require_safe
def documentation(request):
    """List every operation with its parameters and the fields of its answer."""
    context = {"operations": _described(get_language())}
    return render(request, "learning_city/pages/api.html", context)


@lru_cache
def _described(_language: str | None) -> list[dict[str, Any]]:
    """Return all operations; making the schema takes a while and its words depend on the language alone."""
    return list(_operations(SchemaGenerator().get_schema(request=None, public=True)))


def _operations(schema: dict[str, Any]):
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            content = operation["responses"].get("200", {}).get("content", {}).get("application/json", {})
            yield {
                "method": method.upper(),
                "path": path,
                "id": operation["operationId"],
                "description": operation.get("description", ""),
                "parameters": [
                    _parameter(schema, parameter) for parameter in operation.get("parameters", [])
                ],
                "fields": list(_fields(schema, content.get("schema", {}))),
            }


def _parameter(schema: dict[str, Any], parameter: dict[str, Any]) -> dict[str, str]:
    kind = parameter["schema"]
    return {
        "name": parameter["name"],
        "type": _type_of(schema, kind),
        "description": parameter.get("description", ""),
    }


def _fields(schema: dict[str, Any], shape: dict[str, Any]):
    """Yield (name, type, description) of an object, or of the entries in a page of results."""
    shape = _resolve(schema, shape)
    for entries in ("results", "features"):
        if entries in shape.get("properties", {}):
            shape = _resolve(schema, shape["properties"][entries]["items"])
    if shape.get("type") == "array":
        shape = _resolve(schema, shape["items"])
    if {"geometry", "properties"} <= shape.get("properties", {}).keys():
        # Of a GeoJSON feature, what it says is the interesting part.
        facts = shape["properties"]["properties"]
        shape = _resolve(schema, facts["allOf"][0] if "allOf" in facts else facts)
    for name, kind in shape.get("properties", {}).items():
        yield {"name": name, "type": _type_of(schema, kind), "description": kind.get("description", "")}


def _resolve(schema: dict[str, Any], shape: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in shape:
        shape = schema["components"]["schemas"][shape["$ref"].rsplit("/", 1)[-1]]
    return shape


def _type_of(schema: dict[str, Any], kind: dict[str, Any]) -> str:
    for union in ("allOf", "oneOf"):
        if union in kind:
            return " | ".join(_type_of(schema, each) for each in kind[union])
    if "$ref" in kind:
        kind = _resolve(schema, kind)
    if "enum" in kind:
        return " | ".join("null" if each is None else str(each) for each in kind["enum"])
    if kind.get("type") == "array":
        return _("list of %(type)s") % {"type": _type_of(schema, kind["items"])}
    words = [kind.get("type", "")] if isinstance(kind.get("type", ""), str) else kind["type"]
    if "format" in kind and "string" in words:
        words = [kind["format"] if word == "string" else word for word in words]
    return " | ".join(words)
