"""The settings that hold for one file of notes, with where they come from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from notelint.config.files import nearest_file, place_of, read_file
from notelint.config.options import BY_NAME, FACTS, OPTIONS, PRESENTATION, PROFILES, Unfit, take
from notelint.errors import ConfigError, UsageError
from notelint.settings import Settings
from notelint.suppress.own import OWN_RULES, is_own

if TYPE_CHECKING:
    from notelint.readers.mapping import Mapping as SourceMapping


@dataclass(frozen=True)
class Config:
    """Effective settings.

    ``values`` holds only what somebody set; ``get`` fills in defaults. ``files`` are the config
    files used, nearest first. ``root`` is the folder that patterns are relative to.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[Path, ...] = ()
    root: Path = field(default_factory=Path.cwd)
    overrides: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def for_folder(
        cls, folder: Path, *, explicit: Path | None = None, isolated: bool = False
    ) -> Config:
        """Returns the config of a folder: the explicit file, none at all, or the nearest one.

        Raises:
            ConfigError: a config file cannot be read or used.
        """
        if isolated:
            return cls()
        path = explicit.resolve() if explicit else nearest_file(folder.resolve())
        if path is None:
            return cls()
        values, used = read_file(path)
        return cls(values, used, path.parent)

    def with_choices(
        self, choices: Mapping[str, Any], overrides: Mapping[str, str] | None = None
    ) -> Config:
        """Returns the config with the command line's choices on top; None means not chosen.

        ``select`` replaces, ``extend-select`` and ``ignore`` add to the file's.

        Raises:
            UsageError: an option does not take its value.
        """
        values = dict(self.values)
        for name, value in choices.items():
            if value is None:
                continue
            try:
                checked = take(name, value)
            except Unfit as error:
                raise UsageError(f"--{name} {error}") from None
            if name in ("extend-select", "ignore", "extend-exclude"):
                checked = (*values.get(name, ()), *checked)
            values[name] = checked
        if choices.get("strictness") and not choices.get("profile"):
            values.pop("profile", None)
        elif choices.get("profile") and not choices.get("strictness"):
            values.pop("strictness", None)
        return Config(values, self.files, self.root, dict(overrides or {}))

    def get(self, name: str) -> Any:
        """Returns the value of a setting, its default if nobody set it."""
        return self.values.get(name, BY_NAME[name].default)

    @property
    def strictness(self) -> str:
        """The strictness, under whichever of its two names it was given.

        Raises:
            ConfigError: both names are given and disagree.
        """
        named = PROFILES.get(self.get("profile"), "")
        plain = self.values.get("strictness", named)
        if named and plain != named:
            raise ConfigError(
                f"profile {self.get('profile')} and strictness {plain} disagree.",
                where=str(self.files[0]) if self.files else "",
                remedy="Keep one of the two.",
            )
        return plain or "audit"

    def rules(self, name: str) -> tuple[str, ...]:
        """Returns a list of selectors without those that mean findings about suppressions.

        Raises:
            ConfigError: nothing else is selected, and those are about other rules' findings.
        """
        selectors: tuple[str, ...] = self.get(name)
        kept = tuple(selector for selector in selectors if not is_own(selector))
        if name == "select" and selectors and not kept:
            raise ConfigError(
                "SUP findings are about suppressions of other rules.",
                remedy="Select those rules as well.",
            )
        return kept

    @property
    def own_off(self) -> frozenset[str]:
        """The findings about suppressions that nobody wants, by name."""
        select, ignore = self.get("select"), self.get("ignore")
        wanted = (*select, *self.get("extend-select"))
        return frozenset(
            rule.name
            for rule in OWN_RULES.values()
            if any(rule.is_meant(selector) for selector in ignore)
            or (select and not any(rule.is_meant(selector) for selector in wanted))
        )

    def settings(self) -> Settings:
        """Returns what the engine takes."""
        return Settings(
            select=self.rules("select"),
            extend_select=self.rules("extend-select"),
            ignore=self.rules("ignore"),
            preview=self.get("preview"),
            strictness=self.strictness,
            defaults={
                name.replace("-", "_"): self.values[name] for name in FACTS if name in self.values
            },
            overrides=self.overrides,
            severities={k: v for k, v in self.get("severity").items() if not is_own(k)},
            as_of=self.get("as-of"),
            docs_url=self.get("docs-url"),
            scope_gate=self.get("scope-gate"),
            max_note_chars=self.get("max-note-chars"),
            glossary=self.get("glossary"),
            late_entry_days=self.get("late-entry-days"),
        )

    def matching(self, name: str) -> str:
        """Returns a file's name as this config's patterns see it: relative to ``root``, with /."""
        path = Path(name)
        try:
            return path.resolve().relative_to(self.root).as_posix()
        except (ValueError, OSError):
            return path.as_posix()

    def mappings(self) -> list[SourceMapping]:
        """Returns how the columns of exports become fields (``[source.NAME]``), in file order.

        Raises:
            ConfigError: a table cannot be used; with its place.
        """
        from notelint.readers.mapping import mapping_from_table

        found = []
        for name, table in self.get("source").items():
            try:
                found.append(mapping_from_table(name, table))
            except ConfigError as error:
                raise ConfigError(
                    f"{error.where}: {error.what}",
                    where=place_of(self.files, "source", name),
                    remedy=error.remedy,
                ) from None
        return found

    @property
    def hash(self) -> str:
        """Twelve hex digits that change whenever a setting changes what a run finds or fails."""
        told = {o.name: self.get(o.name) for o in OPTIONS if o.name not in PRESENTATION}
        told["baseline"] = bool(told["baseline"])
        told["set"] = dict(self.overrides)
        return _digest(told)

    @property
    def shown_files(self) -> tuple[str, ...]:
        """The config files used, relative to the working folder where they are inside it."""
        here = Path.cwd()
        return tuple(
            str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
            for path in self.files
        )


@dataclass
class Configs:
    """Finds the config of each file of a run and remembers it by folder.

    Args:
        explicit: the one config file to read; then no other is.
        isolated: read none at all.
        choices: what the command line says; it wins over every file.
        overrides: facts for every note (``--set``).
    """

    explicit: Path | None = None
    isolated: bool = False
    choices: Mapping[str, Any] = field(default_factory=dict)
    overrides: Mapping[str, str] = field(default_factory=dict)
    _by_folder: dict[Path, Config] = field(default_factory=dict)
    _by_file: dict[tuple[Path, ...], Config] = field(default_factory=dict)

    def of(self, folder: Path) -> Config:
        """Returns the config of the files in a folder; one object for each config file."""
        folder = folder.resolve()
        if folder not in self._by_folder:
            config = Config.for_folder(folder, explicit=self.explicit, isolated=self.isolated)
            if config.files not in self._by_file:
                self._by_file[config.files] = config.with_choices(self.choices, self.overrides)
            self._by_folder[folder] = self._by_file[config.files]
        return self._by_folder[folder]


def settings_key(settings: Settings) -> str:
    """Returns a hash of everything in the settings that an engine may read."""
    return _digest({item.name: getattr(settings, item.name) for item in fields(settings)})


def _digest(values: Mapping[str, Any]) -> str:
    text = json.dumps(values, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
