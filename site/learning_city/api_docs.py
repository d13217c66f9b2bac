"""The documentation of the API as a plain page in the site's own look, made from the OpenAPI schema."""

from typing import Any

from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator


@require_safe
def documentation(request):
    """List every operation with its parameters and the fields of its answer."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    return render(
        request, "learning_city/pages/api.html", {"operations": list(_operations(schema)), "schema": schema}
    )


def _operations(schema: dict[str, Any]):
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            content = operation["responses"].get("200", {}).get("content", {}).get("application/json", {})
            yield {
                "method": method.upper(),
                "path": path,
                "id": operation["operationId"],
                "description": operation.get("description", ""),
                "parameters": [_parameter(parameter) for parameter in operation.get("parameters", [])],
                "fields": list(_fields(schema, content.get("schema", {}))),
            }


def _parameter(parameter: dict[str, Any]) -> dict[str, str]:
    kind = parameter["schema"]
    return {
        "name": parameter["name"],
        "type": _type_of(kind),
        "description": parameter.get("description", "") or ", ".join(map(str, kind.get("enum", []))),
    }


def _fields(schema: dict[str, Any], shape: dict[str, Any]):
    """Yield (name, type, description) of an object, or of the entries in a page of results."""
    shape = _resolve(schema, shape)
    if "results" in shape.get("properties", {}):
        shape = _resolve(schema, shape["properties"]["results"]["items"])
    elif shape.get("type") == "array":
        shape = _resolve(schema, shape["items"])
    for name, kind in shape.get("properties", {}).items():
        yield {"name": name, "type": _type_of(kind), "description": kind.get("description", "")}


def _resolve(schema: dict[str, Any], shape: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in shape:
        shape = schema["components"]["schemas"][shape["$ref"].rsplit("/", 1)[-1]]
    return shape


def _type_of(kind: dict[str, Any]) -> str:
    if "$ref" in kind:
        return kind["$ref"].rsplit("/", 1)[-1]
    if "oneOf" in kind or "allOf" in kind:
        return _type_of((kind.get("allOf") or kind["oneOf"])[0])
    words = kind.get("type", "")
    return " | ".join(words) if isinstance(words, list) else words
