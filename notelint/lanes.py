"""Lanes: for each config file of a run, one linter and one filter, made when first needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from notelint.config.config import Config, Configs, settings_key
from notelint.config.files import place_of, read_file
from notelint.engine import Linter
from notelint.errors import ConfigError, did_you_mean
from notelint.rulebook.pack import Pack, load_pack
from notelint.rulebook.selection import check_selector, select_rules
from notelint.run import Lane
from notelint.settings import Settings
from notelint.suppress.patterns import Patterns
from notelint.suppress.suppressor import Suppressor

if TYPE_CHECKING:
    from notelint.cache.cache import Cache
    from notelint.note import Note
    from notelint.suppress.baseline import Baseline


@dataclass(slots=True)
class Lanes:
    """Gives each note its lane.

    Args:
        configs: finds the config of a folder.
        home: the folder whose config is the run's own.
        baseline: accepted findings of the run.
        cache: where results are kept; None for none.
    """

    configs: Configs
    home: Path
    baseline: Baseline | None = None
    cache: Cache | None = None
    pack: Pack = field(default_factory=load_pack)
    _by_config: dict[int, Lane] = field(default_factory=dict)

    @property
    def config(self) -> Config:
        """The run's own config."""
        return self.configs.of(self.home)

    def of(self, note: Note) -> Lane:
        """Returns the lane of a note, by the config nearest to its file."""
        file = note.file.partition("!")[0]
        return self.of_config(
            self.config if file.startswith("<") else self.configs.of(Path(file).parent)
        )

    def of_config(self, config: Config) -> Lane:
        if id(config) not in self._by_config:
            linter = Linter(engine_settings(config, self.pack), self.pack)
            lane = Lane(linter, suppressor(config, linter, self.baseline))
            if self.cache is not None:
                as_of = linter.settings.as_of or self.pack.date
                lane.keys = self.cache.keys(
                    self.pack.hash, settings_key(linter.settings), as_of.isoformat()
                )
            self._by_config[id(config)] = lane
        return self._by_config[id(config)]


def engine_settings(config: Config, pack: Pack) -> Settings:
    """Returns a config's settings as the engine takes them: severities by the rules' names.

    Raises:
        ConfigError: a selector or a severity is for a rule that there is not.
    """
    settings = config.settings()
    for name in ("select", "extend-select", "ignore"):
        for selector in config.rules(name):
            _check(selector, pack, config, name)
    severities = {}
    for key, severity in settings.severities.items():
        rule = pack.rule(key)
        if rule is None:
            names = [name for rule in pack.rules for name in (rule.name, rule.code)]
            raise ConfigError(
                f"there is no rule '{key}' to give a severity.",
                where=place_of(config.files, "severity", key),
                remedy=did_you_mean(key, names),
            )
        severities[rule.name] = severity
    return replace(settings, severities=severities)


def suppressor(config: Config, linter: Linter, baseline: Baseline | None = None) -> Suppressor:
    """Returns the filter of a config: its ignores, locks, directives, and a baseline.

    Raises:
        ConfigError: a selector in it names no rule.
    """
    rules = linter.pack.rules

    def meant(selectors: tuple[str, ...], *key: str) -> frozenset[str]:
        if not selectors:
            return frozenset()
        for selector in selectors:
            _check(selector, linter.pack, config, *key)
        chosen = select_rules(rules, Settings(select=selectors, preview=True))
        return frozenset(rule.name for rule in chosen)

    return Suppressor(
        names={key: rule.name for rule in rules for key in (rule.code, rule.name)},
        active=frozenset(rule.name for rule in linter.rules),
        ignores=[
            (
                Patterns.of((pattern,), config.matching),
                meant(selectors, "per-file-ignores", pattern),
                pattern,
            )
            for pattern, selectors in config.get("per-file-ignores").items()
        ],
        directives_in=Patterns.of(config.get("directives"), config.matching),
        locked=meant(config.get("locked"), "locked"),
        baseline=baseline,
        off=config.own_off,
    )


def _check(selector: str, pack: Pack, config: Config, *key: str) -> None:
    """Refuses a selector that names no rule; one of a file with its place there."""
    try:
        check_selector(selector, pack.rules)
    except ConfigError as error:
        written = bool(config.files) and _holds(read_file(config.files[0])[0], selector, *key)
        where = place_of(config.files, *key) if written else ""
        raise ConfigError(error.what, where=where, remedy=error.remedy) from None


def _holds(values: Mapping[str, Any], selector: str, *key: str) -> bool:
    """Whether a file's settings hold a selector under a key, and not the command line."""
    found: Any = values
    for part in key:
        found = found.get(part, ()) if isinstance(found, Mapping) else ()
    return selector in found
