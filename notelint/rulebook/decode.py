"""Turns plain strings, lists and dicts into frozen dataclasses, and says precisely what is wrong.

One decoder serves rule files, parameter classes and the compiled pack. Types understood: ``str``,
``int``, ``float``, ``bool``, ``Literal``, ``tuple[X, ...]``, ``frozenset[str]``,
``Mapping[str, X]``, optionals and dataclasses.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from notelint.errors import RuleError, did_you_mean
from notelint.rulebook.yamlfile import KeyPath, YamlFile

T = TypeVar("T")

_TRUE, _FALSE = frozenset({"true", "yes"}), frozenset({"false", "no"})


def decode(kind: type[T], data: Any, file: YamlFile, path: KeyPath = ()) -> T:
    """Builds a dataclass from plain data.

    Raises:
        RuleError: an unknown key, a missing key or a value of the wrong type, with its place.
    """
    result: T = _value(kind, data, file, path)
    return result


def key_of(field: dataclasses.Field[Any]) -> str:
    """Returns the key of a field in a file; ``class`` and ``is`` cannot be names in Python."""
    return str(field.metadata.get("key", field.name))


@cache
def hints_of(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _value(kind: Any, data: Any, file: YamlFile, path: KeyPath) -> Any:
    if kind is Any:
        return data
    if kind is str:
        return _string(data, file, path)
    if dataclasses.is_dataclass(kind):
        return _dataclass(kind, data, file, path)
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        inner = [k for k in get_args(kind) if k is not type(None)]
        if data is None or (data == "null" and inner != [str]):
            return None
        return _value(inner[0], data, file, path)
    if origin is Literal:
        return _literal(get_args(kind), data, file, path)
    if origin in (tuple, frozenset):
        item = get_args(kind)[0]
        return origin(_value(item, v, file, p) for v, p in _items(data, path))
    if origin is not None and issubclass(origin, Mapping):
        if not isinstance(data, Mapping):
            raise RuleError("expected a mapping.", where=file.where(path))
        inner_kind = get_args(kind)[1]
        return {str(k): _value(inner_kind, v, file, (*path, k)) for k, v in data.items()}
    return _number(kind, data, file, path)


def _string(data: Any, file: YamlFile, path: KeyPath) -> str:
    if isinstance(data, str):
        return data
    raise RuleError("expected text.", where=file.where(path))


def _items(data: Any, path: KeyPath) -> list[tuple[Any, KeyPath]]:
    if isinstance(data, (list, tuple)):
        return [(item, (*path, i)) for i, item in enumerate(data)]
    return [(data, path)]


def _literal(options: tuple[Any, ...], data: Any, file: YamlFile, path: KeyPath) -> Any:
    if data in options:
        return data
    shown = str(data) if isinstance(data, str) else "that"
    raise RuleError(
        f"'{shown}' is not a value of '{path[-1] if path else ''}'.",
        where=file.where(path),
        remedy=did_you_mean(shown, [str(o) for o in options]),
    )


def _number(kind: Any, data: Any, file: YamlFile, path: KeyPath) -> Any:
    if kind is bool:
        if isinstance(data, bool):
            return data
        if isinstance(data, str) and data.lower() in _TRUE | _FALSE:
            return data.lower() in _TRUE
        raise RuleError("expected true or false.", where=file.where(path))
    try:
        return kind(data)
    except (TypeError, ValueError):
        raise RuleError(
            f"expected {'a whole number' if kind is int else 'a number'}.", where=file.where(path)
        ) from None


def _dataclass(kind: Any, data: Any, file: YamlFile, path: KeyPath) -> Any:
    if not isinstance(data, Mapping):
        raise RuleError("expected a mapping.", where=file.where(path))
    hints = hints_of(kind)
    fields = {key_of(field): field for field in dataclasses.fields(kind)}
    values: dict[str, Any] = {}
    for key, value in data.items():
        field = fields.get(str(key).replace("-", "_"))
        if field is None:
            raise RuleError(
                f"unknown key '{key}'.",
                where=file.where((*path, key)),
                remedy=did_you_mean(str(key), fields),
            )
        values[field.name] = _value(hints[field.name], value, file, (*path, key))
    for key, field in fields.items():
        missing = (
            field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        )
        if missing and field.name not in values:
            raise RuleError(f"the key '{key}' is missing.", where=file.where(path))
    return kind(**values)
