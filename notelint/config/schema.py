"""The JSON Schema of a config file, made from the table of options."""

from __future__ import annotations

from datetime import date
from typing import Any

from notelint.config.options import OPTIONS


def config_schema() -> dict[str, Any]:
    """Returns the schema of ``notelint.toml``; editors with a TOML server can use it."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "notelint.toml",
        "description": "Settings of notelint; the same keys stand under [tool.notelint].",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            option.name: {"description": option.help, **option.schema, **_default(option.default)}
            for option in OPTIONS
        },
    }


def _default(value: Any) -> dict[str, Any]:
    if value in (None, ""):
        return {}
    if isinstance(value, tuple):
        return {"default": list(value)}
    return {"default": value.isoformat() if isinstance(value, date) else value}
