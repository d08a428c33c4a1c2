"""Makes the checker of a configuration: the engine, the suppressions, the published accuracy."""

from __future__ import annotations

from notelint.config import Config
from notelint.editor.checker import Checker
from notelint.engine import Linter


def build_checker(config: Config) -> Checker:
    """Returns a checker that lints as ``notelint check`` does under the same configuration.

    Raises:
        ConfigError: a selector names no rule.
        RuleError: the rules do not load.
    """
    return Checker(Linter(config.settings()))
