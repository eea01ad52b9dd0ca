"""The description of the API in OpenAPI 3.1, made of the same fields and filters that the answers are made of."""

from django.conf import settings

from portal.api.catalogue import every
from portal.api.fields import STRING, URI
from portal.api.filters import MOST_PER_PAGE, schema_of
from portal.languages import HTML_LANG

MAYBE = {"type": ["string", "null"]}


def by_language(schema):
    return {"type": "object", "properties": dict.fromkeys(HTML_LANG, schema), "required": list(HTML_LANG)}


SHARED = {
    "Text": {"description": "A text in each language; null where it is not written in that one.", **by_language(MAYBE)},
    "Pages": by_language(URI),
    "Reference": {
        "type": "object",
        "properties": {"slug": STRING, "name": {"$ref": "#/components/schemas/Text"}},
        "required": ["slug", "name"],
    },
    "Occasion": {
        "type": "object",
        "properties": {"kind": STRING, "slug": STRING, "title": {"$ref": "#/components/schemas/Text"}},
        "required": ["kind", "slug", "title"],
    },
    "Error": {
        "type": "object",
        "properties": {
            "error": STRING,
            "parameters": {"type": "object", "additionalProperties": {"type": "array", "items": STRING}},
        },
        "required": ["error"],
    },
}


def description():
    """Return the whole document as plain dicts and lists."""
    resources = every()
    paths = {}
    for resource in resources.values():
        paths[f"/{resource.name}/"] = {"get": _list(resource)}
        paths[f"/{resource.name}/{{key}}/"] = {"get": _one(resource)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Community portal",
            "version": "1",
            "description": "Everything that is public, to read. Texts come in Chinese and English side by side.",
        },
        "servers": [{"url": f"{settings.SITE_URL}/api/v1"}],
        "paths": paths,
        "components": {"schemas": {**SHARED, **{one.one: _schema(one) for one in resources.values()}}},
    }


def _schema(resource):
    properties = {
        field.name: {**field.schema, "description": field.told} if field.told else field.schema
        for field in resource.fields
    }
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _answer(schema, told="What was asked for."):
    return {"description": told, "content": {"application/json": {"schema": schema}}}


NOT_CHANGED = {"description": "Nothing has changed since the ETag that was sent."}


def _refusals(*statuses):
    told = {"400": "A parameter is not known or makes no sense.", "404": "There is no such row or page."}
    return {status: _answer({"$ref": "#/components/schemas/Error"}, told[status]) for status in statuses}


def _list(resource):
    item = {"$ref": f"#/components/schemas/{resource.one}"}
    page = {
        "type": "object",
        "properties": {
            "count": {"type": "integer", "description": "Of all pages."},
            "next": {"type": ["string", "null"], "format": "uri"},
            "previous": {"type": ["string", "null"], "format": "uri"},
            "results": {"type": "array", "items": item},
        },
        "required": ["count", "next", "previous", "results"],
    }
    parameters = [
        {"name": "page", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 100_000}},
        {"name": "per_page", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE}},
        *(
            {"name": name, "in": "query", "schema": schema_of(one)}
            for name, one in resource.filters.base_filters.items()
        ),
    ]
    return {
        "operationId": f"list_{resource.name}",
        "summary": str(resource.told),
        "parameters": parameters,
        "responses": {"200": _answer(page), "304": NOT_CHANGED, **_refusals("400", "404")},
    }


KEYS = {
    "slug": {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$", "maxLength": 80},
    "uuid": {"type": "string", "format": "uuid"},
    "int": {"type": "integer", "minimum": 1, "maximum": 2**53},
}


def _one(resource):
    key = {"name": "key", "in": "path", "required": True, "schema": KEYS[resource.kind]}
    return {
        "operationId": f"one_of_{resource.name}",
        "summary": f"One of them, by its {resource.key if resource.key != 'pk' else 'id'}.",
        "parameters": [key],
        "responses": {
            "200": _answer({"$ref": f"#/components/schemas/{resource.one}"}),
            "304": NOT_CHANGED,
            **_refusals("400", "404"),
        },
    }
