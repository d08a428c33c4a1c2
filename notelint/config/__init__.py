"""Settings from files and from the command line: found, checked, joined."""

from __future__ import annotations

from notelint.config.config import Config, Configs

__all__ = ["Config", "Configs"]
