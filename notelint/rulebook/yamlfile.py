"""Reads a pack's YAML files strictly: every scalar is a string, every value has a position.

YAML 1.1 typing mangles clinical text (``5 # R LE``, ``9:23``, ``no``), so nothing is typed here;
the schema converts. Anchors, aliases, tags and duplicate keys are refused: a rule file says what
it says, once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from notelint.errors import RuleError

Position = tuple[int, int]
KeyPath = tuple[str | int, ...]

MAX_FILE_BYTES = 1_000_000


@dataclass(frozen=True)
class YamlFile:
    """A parsed file: plain strings, lists and dicts, and where each of them stands."""

    path: str
    data: Any
    positions: Mapping[KeyPath, Position] = field(default_factory=dict)

    def where(self, path: KeyPath) -> str:
        """Returns ``file:line:column`` of a value, or of its nearest enclosing value."""
        while path and path not in self.positions:
            path = path[:-1]
        line, column = self.positions.get(path, (1, 1))
        return f"{self.path}:{line}:{column}"


def read_yaml(path: Path, *, name: str | None = None) -> YamlFile:
    """Reads one YAML file.

    Raises:
        RuleError: the file is too large, not UTF-8, not YAML, or uses what packs may not use.
    """
    shown = name or path.name
    raw = path.read_bytes()
    if len(raw) > MAX_FILE_BYTES:
        raise RuleError(
            f"the file has {len(raw):,} bytes; the limit is {MAX_FILE_BYTES:,}.", where=shown
        )
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RuleError(f"not UTF-8 at byte {error.start}.", where=shown) from None
    return parse_yaml(text, shown)


def parse_yaml(text: str, name: str) -> YamlFile:
    """Parses YAML text; ``name`` is shown in errors."""
    import yaml

    try:
        for event in yaml.parse(text, Loader=yaml.BaseLoader):
            _refuse(event, name)
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
        raise RuleError(
            f"not YAML: {getattr(error, 'problem', 'cannot be parsed')}.",
            where=where,
            remedy="Quote texts that hold ': ' or '#'.",
        ) from None
    positions: dict[KeyPath, Position] = {}
    data = _plain(node, (), positions, name) if node is not None else {}
    return YamlFile(name, data, positions)


def _refuse(event: Any, name: str) -> None:
    import yaml

    where = f"{name}:{event.start_mark.line + 1}:{event.start_mark.column + 1}"
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise RuleError("anchors and aliases are not allowed.", where=where)
    if getattr(event, "tag", None):
        raise RuleError("tags are not allowed.", where=where)


def _plain(node: Any, path: KeyPath, positions: dict[KeyPath, Position], name: str) -> Any:
    import yaml

    positions[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*path, i), positions, name) for i, item in enumerate(node.value)]
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        if key in found:
            line, column = key_node.start_mark.line + 1, key_node.start_mark.column + 1
            raise RuleError(f"the key '{key}' stands twice.", where=f"{name}:{line}:{column}")
        found[key] = _plain(value_node, (*path, key), positions, name)
        positions[(*path, key)] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
    return found
