"""The OpenAPI description of the HTTP server, made from the same vocabularies as the note."""

from __future__ import annotations

from typing import Any

from notelint import __version__
from notelint.editor.convert import ENCODINGS
from notelint.note import DISCIPLINES, NOTE_TYPES, PAYERS, PROGRAMMES, SETTINGS, STATUSES

_TEXT = {"type": "string"}
_NUMBER = {"type": "number"}
_OFFSET = {"type": ["integer", "null"], "description": "In units of `encoding`."}


def openapi() -> dict[str, Any]:
    """Returns the description (OpenAPI 3.1)."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "notelint",
            "version": __version__,
            "description": "Lints the documentation language of rehab therapy notes. Text is taken "
            "by POST only and kept nowhere.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "security": [{"token": []}],
        "paths": {
            "/v1/lint": {
                "post": _post("Lint one note.", "lint", _ref("LintRequest"), _ref("LintAnswer"))
            },
            "/v1/explain": {
                "post": _post(
                    "Say what was understood of a note.",
                    "explain",
                    _ref("LintRequest"),
                    {"type": "object"},
                )
            },
            "/v1/rules": {"get": _get("All rules.", "rules", _ref("Rules"))},
            "/v1/rules/{name}": {
                "get": {
                    **_get("One rule, with its page as Markdown.", "rule", _ref("Rule")),
                    "parameters": [
                        {
                            "name": "name",
                            "in": "path",
                            "required": True,
                            "schema": _TEXT,
                            "description": "A rule's name or code.",
                        }
                    ],
                }
            },
            "/v2/check": {"post": _languagetool()},
            "/healthz": {
                "get": {
                    **_get("Whether the server runs.", "health", _ref("Health")),
                    "security": [],
                }
            },
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": _schemas(),
        },
    }


def _schemas() -> dict[str, Any]:
    return {
        "Note": _note(),
        "Charge": _object(
            {
                "code": _TEXT,
                "units": {"type": ["integer", "null"]},
                "minutes": {"type": ["number", "null"]},
                "modifiers": {"type": "array", "items": _TEXT},
                "start": {"type": ["string", "null"]},
                "end": {"type": ["string", "null"]},
                "discipline": {"type": ["string", "null"]},
            },
            "code",
        ),
        "LintRequest": _object(
            {
                "note": _ref("Note"),
                "version": {"type": ["integer", "string", "null"]},
                "options": _object(
                    {
                        "encoding": _enum(ENCODINGS, default="utf-16"),
                        "deadline_ms": {"type": "integer", "minimum": 1, "maximum": 8000},
                        "arithmetic": {"type": "boolean"},
                    }
                ),
            },
            "note",
        ),
        "Finding": {"type": "object", "properties": _finding()},
        "LintAnswer": {
            "type": "object",
            "properties": {
                "schema_version": _TEXT,
                "note": {"type": "object"},
                "engine": {"type": "object"},
                "encoding": _enum(ENCODINGS),
                "findings": {"type": "array", "items": _ref("Finding")},
                "not_applied": {
                    "type": "array",
                    "items": {"type": "object", "properties": {"rule": _TEXT, "reason": _TEXT}},
                },
                "problems": {"type": "array", "items": {"type": "object"}},
                "summary": {"type": "object"},
                "incomplete": {
                    "type": "boolean",
                    "description": "The deadline passed; nothing follows from silence.",
                },
                "took_ms": _NUMBER,
                "arithmetic": {"type": "array", "items": {"type": "object"}},
            },
        },
        "Rule": {"type": "object"},
        "Rules": {
            "type": "object",
            "properties": {"rules": {"type": "array", "items": _ref("Rule")}},
        },
        "Health": {"type": "object", "properties": {"status": _TEXT, "version": _TEXT}},
        "Error": {
            "type": "object",
            "properties": {
                "error": {"type": "object", "properties": {"code": _TEXT, "message": _TEXT}}
            },
        },
    }


def _note() -> dict[str, Any]:
    return {
        "type": "object",
        "description": "The native record; only `text` is required. An unknown field is refused.",
        "required": ["text"],
        "properties": {
            "text": _TEXT,
            "id": _TEXT,
            "note_type": _enum(NOTE_TYPES),
            "discipline": _enum(DISCIPLINES),
            "payer": _enum(PAYERS),
            "setting": _enum(SETTINGS),
            "programme": _enum(PROGRAMMES),
            "status": _enum(STATUSES),
            "date_of_service": {"type": "string", "format": "date"},
            "charges": {"type": "array", "items": _ref("Charge")},
        },
    }


def _finding() -> dict[str, Any]:
    return {
        "code": _TEXT,
        "name": _TEXT,
        "severity": _enum(("info", "warning", "error")),
        "class": _enum(("explicit", "judgement")),
        "scope": _TEXT,
        "summary": {"type": "string", "description": "No words of the note."},
        "message": {"type": "string", "description": "May quote the note."},
        "start": _OFFSET,
        "end": _OFFSET,
        "statement": {"type": ["object", "null"], "properties": {"start": _OFFSET, "end": _OFFSET}},
        "insert_at": {
            **_OFFSET,
            "description": "Where `suggestion.rewrite` may be inserted. Never replace words.",
        },
        "section": _TEXT,
        "places": {"type": "array", "items": {"type": "object"}},
        "suggestion": {
            "type": "object",
            "properties": {"ask": _TEXT, "rewrite": {"type": ["string", "null"]}},
        },
        "authority": {"type": "array", "items": _TEXT},
        "url": _TEXT,
        "fingerprint": _TEXT,
        "group": {"type": ["integer", "null"]},
        "lead": {"type": "boolean"},
        "before_signing": {
            "type": "boolean",
            "description": "Show it when the note is to be signed, not while it is written.",
        },
    }


def _languagetool() -> dict[str, Any]:
    form = {
        "type": "object",
        "properties": {
            "text": _TEXT,
            "data": {"type": "string", "description": "LanguageTool's annotated text, as JSON."},
            "language": _TEXT,
            "apiKey": {"type": "string", "description": "The token, for clients without headers."},
            "notelint": {
                "type": "string",
                "description": "Facts and charges of the note, as JSON.",
            },
        },
    }
    return {
        **_post("LanguageTool's check; replacements are always empty.", "check", {}, {}),
        "requestBody": {
            "required": True,
            "content": {"application/x-www-form-urlencoded": {"schema": form}},
        },
    }


def _post(summary: str, name: str, body: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    return {
        **_get(summary, name, answer),
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
    }


def _get(summary: str, name: str, answer: dict[str, Any]) -> dict[str, Any]:
    def said(what: str, schema: dict[str, Any]) -> dict[str, Any]:
        return {"description": what, "content": {"application/json": {"schema": schema}}}

    return {
        "operationId": name,
        "summary": summary,
        "responses": {"200": said("The answer.", answer), "4XX": said("Refused.", _ref("Error"))},
    }


def _object(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    found = {"type": "object", "additionalProperties": False, "properties": properties}
    return {**found, "required": list(required)} if required else found


def _enum(values: tuple[str, ...], **more: Any) -> dict[str, Any]:
    return {"type": "string", "enum": list(values), **more}


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}
