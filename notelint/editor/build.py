"""Makes the checker of a configuration: the engine, the suppressions, the published accuracy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from notelint.config import Config
from notelint.config.config import settings_key
from notelint.editor.checker import Checker
from notelint.engine import Linter
from notelint.errors import ConfigError
from notelint.finding import Finding
from notelint.lanes import suppressor
from notelint.note import Note
from notelint.rulebook.pack import Pack, load_pack
from notelint.suppress.baseline import Baseline
from notelint.suppress.suppressor import Suppressor

#: Rules of a reviewer's desk: an author at work is never shown them, even if they are selected.
NEVER_WHILE_WRITING = ("possible-underbilling",)

MAX_BASELINE = 64_000_000


@dataclass(slots=True)
class Builder:
    """Builds checkers that lint as ``notelint check`` does under the same configuration.

    Linters are kept by their settings: reading a configuration again costs no new engine.
    """

    pack: Pack = field(default_factory=load_pack)
    _linters: dict[str, Linter] = field(default_factory=dict)

    def __call__(self, config: Config) -> Checker:
        """Returns the checker of a configuration.

        Raises:
            ConfigError: a selector names no rule, or the baseline cannot be read.
            RuleError: the rules do not load.
        """
        settings = config.settings()
        settings = replace(settings, ignore=(*settings.ignore, *NEVER_WHILE_WRITING))
        key = settings_key(settings)
        linter = self._linters.get(key)
        if linter is None:
            linter = self._linters[key] = Linter(settings, self.pack)
        linter.forget_words()
        return Checker(linter, Filter(suppressor(config, linter, _baseline(config))))


@dataclass(frozen=True, slots=True)
class Filter:
    """The one suppression filter, begun anew for each check.

    A run's filter counts what it has met and reads each sidecar once. An editor checks the same
    note again and again, and its sidecar may change in between.
    """

    suppress: Suppressor

    def __call__(
        self, note: Note, findings: Sequence[Finding], not_applied: Iterable[str]
    ) -> Iterable[Finding]:
        base = self.suppress.baseline
        fresh = base and replace(base, met=Counter(), fresh=Counter(), looked=set())
        begun = replace(self.suppress, baseline=fresh, _beside={})
        own = begun(note, findings, frozenset(not_applied))
        return (*own, *begun.unused())


def _baseline(config: Config) -> Baseline | None:
    """Reads the baseline a configuration names; a device or a pipe would never end."""
    name = config.get("baseline")
    if not name:
        return None
    path = config.root / name
    if path.exists() and not (path.is_file() and path.stat().st_size <= MAX_BASELINE):
        raise ConfigError(
            f"the baseline is no plain file of at most {MAX_BASELINE // 1_000_000} MB.",
            where=str(path),
            remedy="Name the file that --baseline wrote.",
        )
    return Baseline.read(path)


def warmed(builder: Builder, config: Config) -> Checker:
    """Returns the checker of a configuration with its language pipeline loaded."""
    checker = builder(config)
    checker.check(Note("O: Warming up."))
    return checker
