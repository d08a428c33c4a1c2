"""Build hook: compiles ``rules/`` into the pack that ships in the wheel.

An editable install needs no pack: the package finds ``rules/`` beside itself and compiles when a
file changes.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PackBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Compiles the pack and puts it, with the rule pages, into the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root))
        try:
            from notelint.rulebook.compiling import compile_pack
            from notelint.rulebook.packfile import parts_of

            parts = parts_of(*compile_pack(root / "rules"))
        finally:
            sys.path.remove(str(root))
        folder = root / "notelint" / "_pack"
        folder.mkdir(exist_ok=True)
        for name, content in parts.items():
            path = folder / name
            path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
            build_data["force_include"][str(path)] = f"notelint/_pack/{name}"
        pages = root / "docs" / "rules"
        if pages.is_dir():
            build_data["force_include"][str(pages)] = "notelint/_pack/pages"
