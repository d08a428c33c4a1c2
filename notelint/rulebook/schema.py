"""The JSON Schema of a rule file, generated from the dataclasses the loader decodes into."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from typing import Any, Literal, Union, get_args, get_origin

from notelint.encounter.encounter import NEEDS
from notelint.rulebook.decode import hints_of, key_of
from notelint.rulebook.params import KINDS
from notelint.rulebook.rule import SEVERITY_KEYS
from notelint.rulebook.rulefile import LEAST_BAD, LEAST_GOOD, RuleFile


def rule_schema() -> dict[str, Any]:
    """Returns the schema (draft 2020-12) for editors and for the authors of rules."""
    schema = _object(RuleFile)
    properties = schema["properties"]
    properties["check"] = {"enum": sorted(KINDS)}
    properties["needs"] = _one_or_many({"enum": list(NEEDS)})
    properties["severity"] = {"type": "array", "minItems": 1, "items": _severity()}
    properties["examples"] = _examples()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "notelint rule",
        **schema,
        "allOf": [
            {"if": {"properties": {"check": {"const": kind}}}, "then": {"properties": {"params": _object(params)}}}
            for kind, params in sorted(KINDS.items())
        ],
    }  # fmt: skip


def _severity() -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["is"],
        "properties": {
            "is": {"enum": ["off", "info", "warning", "error"]},
            "when": {
                "type": "object",
                "additionalProperties": False,
                "properties": {key: _one_or_many({"type": "string"}) for key in SEVERITY_KEYS},
            },
        },
    }


def _examples() -> dict[str, Any]:
    item = {"type": "object", "anyOf": [{"required": ["text"]}, {"required": ["notes"]}]}
    return {
        "type": "object",
        "required": ["bad", "good"],
        "properties": {
            "bad": {"type": "array", "minItems": LEAST_BAD, "items": item},
            "good": {"type": "array", "minItems": LEAST_GOOD, "items": item},
        },
    }


def _object(kind: type) -> dict[str, Any]:
    fields = dataclasses.fields(kind)
    hints = hints_of(kind)
    required = [
        key_of(f)
        for f in fields
        if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
    ]
    return {
        "type": "object",
        "additionalProperties": False,
        "required": required,
        "properties": {key_of(f): _type(hints[f.name]) for f in fields},
    }


def _one_or_many(item: Mapping[str, Any]) -> dict[str, Any]:
    return {"anyOf": [dict(item), {"type": "array", "items": dict(item)}]}


def _type(kind: Any) -> dict[str, Any]:
    origin = get_origin(kind)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _object(kind)
    if origin is Literal:
        return {"enum": list(get_args(kind))}
    if origin in (Union, types.UnionType):
        return _type(next(k for k in get_args(kind) if k is not type(None)))
    if origin in (tuple, frozenset):
        return _one_or_many(_type(get_args(kind)[0]))
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object"}
    if kind is Any:
        return {}
    # Every scalar of a pack is read as text and converted by the loader.
    return {"type": ["string", "number", "boolean"]}
