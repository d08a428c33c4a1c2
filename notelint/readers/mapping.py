"""A mapping: which columns of an export are which fields of a note. Data, not code.

It comes from a ``[tool.notelint.source.NAME]`` table or from a shipped preset
(``presets.toml``). A value that its tables do not know becomes ``unknown`` and is counted; a date
is read as ISO or in the formats given, never guessed.
"""

from __future__ import annotations

from collections import abc
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import cache
from importlib import resources
from pathlib import PurePosixPath
from typing import Any

from notelint.errors import ConfigError, did_you_mean
from notelint.readers.native import CHARGE_FIELDS, IDS, VOCABULARIES
from notelint.readers.values import shown

#: Native fields that a column may hold, and short names for some of them.
COLUMN_FIELDS = (
    "id", *VOCABULARIES, "date_of_service", "signed_at", "flowsheet", *IDS, "author", "credential",
)  # fmt: skip
SHORT_NAMES: abc.Mapping[str, str] = {
    "patient": "patient_id",
    "episode": "episode_id",
    "case": "episode_id",
    "visit": "visit_id",
    "clinician": "clinician_id",
    "therapist": "clinician_id",
    "clinic": "clinic_id",
    "date": "date_of_service",
    "signed": "signed_at",
    "type": "note_type",
    "program": "programme",
}
#: Facts that a joined charge row may carry for its note.
CHARGE_FACTS = ("payer", "setting")
#: The other keys of a mapping's table.
OTHER_KEYS = (
    "preset", "files", "text", "order", "flag", "glue", "join", "info", "date_format", "delimiter",
    "encoding", "charges", "values", "constants", "detect",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Join:
    """A file beside the export whose rows belong to its rows: ``charges.csv on visit_id``.

    ``on`` is the column of the note's row, ``other`` that of the joined file. An ``optional``
    file (``charges.csv? on visit_id``) may be missing without a word.
    """

    file: str
    on: str
    other: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Mapping:
    """How an export is read. Column names match in any case; in JSON a dot goes one level down.

    Args:
        name: what the table is called.
        files: patterns of the files it is meant for; empty means any.
        text: the columns with note text, glued in this order by ``glue``.
        fields: native field → column.
        order: the column that orders the rows of one note, when a note is split over rows.
        flag: the column with 1 (new), 2 (modified), 3 (removed) of a nightly delta.
        join: the file of charges, and ``info`` one with more facts of a note.
        charges: charge field → columns in the joined file (or, without one, in the row itself).
        date_formats: formats of ``strptime`` that are tried after ISO.
        values: field → value in the export → native value.
        constants: native field → value, for what holds for the whole export.
        detect: columns by which a preset is known; empty means never by itself.
    """

    name: str
    text: tuple[str, ...]
    files: tuple[str, ...] = ()
    fields: abc.Mapping[str, str] = field(default_factory=dict)
    order: str | None = None
    flag: str | None = None
    glue: str = "\n"
    join: Join | None = None
    info: Join | None = None
    charges: abc.Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    date_formats: tuple[str, ...] = ()
    values: abc.Mapping[str, abc.Mapping[str, str]] = field(default_factory=dict)
    constants: abc.Mapping[str, str] = field(default_factory=dict)
    detect: tuple[str, ...] = ()
    delimiter: str | None = None
    encoding: str | None = None

    def covers(self, file: str) -> bool:
        """Whether the mapping is meant for a file of this name."""
        path = file.replace("!", "/").lower()
        name = PurePosixPath(path).name
        return not self.files or any(
            fnmatchcase(name, pattern.lower()) or fnmatchcase(path, pattern.lower())
            for pattern in self.files
        )

    def is_beside(self, file: str) -> bool:
        """Whether a file is the charges or info file of this mapping, and holds no notes."""
        name = PurePosixPath(file.replace("!", "/").lower()).name.removesuffix(".gz")
        joins = (join for join in (self.join, self.info) if join)
        return any(fnmatchcase(name, join.file.lower()) for join in joins)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the note's own file that the mapping reads."""
        named = (*self.text, *self.fields.values(), self.order, self.flag)
        return tuple(dict.fromkeys(column for column in named if column))


def mapping_from_table(name: str, table: abc.Mapping[str, Any]) -> Mapping:
    """Makes a mapping of a ``[tool.notelint.source.NAME]`` table.

    Raises:
        ConfigError: an unknown key, preset, field or native value, or no text column.
    """
    where = f"source.{name}"
    preset = table.get("preset")
    base = Mapping(name, ()) if preset is None else _preset(preset, where)
    keys = {_native(key): value for key, value in table.items()}
    for key in keys:
        if key not in COLUMN_FIELDS and key not in OTHER_KEYS:
            valid = (*COLUMN_FIELDS, *SHORT_NAMES, *OTHER_KEYS)
            raise ConfigError(
                f"{shown(key)} is no field of a source.",
                where=where,
                remedy=did_you_mean(key, valid),
            )
    columns = {key: _word(keys[key], key, where) for key in COLUMN_FIELDS if key in keys}
    mapping = replace(
        base,
        name=name,
        files=_words(keys.get("files", base.files), "files", where),
        text=_words(keys.get("text", base.text), "text", where),
        fields={**base.fields, **columns},
        order=_word_or_none(keys.get("order", base.order), "order", where),
        flag=_word_or_none(keys.get("flag", base.flag), "flag", where),
        glue=_glue(keys.get("glue", base.glue), where),
        join=_join(keys["join"], "join", where) if "join" in keys else base.join,
        info=_join(keys["info"], "info", where) if "info" in keys else base.info,
        charges={**base.charges, **_charges(keys.get("charges", {}), where)},
        date_formats=_words(keys.get("date_format", base.date_formats), "date-format", where),
        values={**base.values, **_values(keys.get("values", {}), where)},
        constants={**base.constants, **_constants(keys.get("constants", {}), where)},
        detect=_words(keys.get("detect", ()), "detect", where),
        delimiter=_word_or_none(keys.get("delimiter", base.delimiter), "delimiter", where),
        encoding=_word_or_none(keys.get("encoding", base.encoding), "encoding", where),
    )
    if not mapping.text:
        raise ConfigError(
            "no column is named for the note text.", where=where, remedy='Add text = "COLUMN".'
        )
    return mapping


@cache
def presets() -> abc.Mapping[str, Mapping]:
    """Returns the shipped mappings by name."""
    import tomllib

    data = resources.files("notelint.readers").joinpath("presets.toml").read_text("utf-8")
    return {name: mapping_from_table(name, table) for name, table in tomllib.loads(data).items()}


def preset_for(columns: abc.Collection[str]) -> Mapping | None:
    """Returns the first shipped mapping whose tell-tale columns are all there, or None."""
    there = {column.strip().casefold() for column in columns}
    for mapping in presets().values():
        if mapping.detect and all(column.casefold() in there for column in mapping.detect):
            return mapping
    return None


def _preset(name: object, where: str) -> Mapping:
    shipped = presets()
    if not isinstance(name, str) or name not in shipped:
        raise ConfigError(
            f"the preset {shown(name)} is not known.",
            where=where,
            remedy=did_you_mean(str(name), shipped),
        )
    return shipped[name]


def _native(key: str) -> str:
    key = key.replace("-", "_")
    return SHORT_NAMES.get(key, key)


def _word(value: object, key: str, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ConfigError(f"{key} must name a column, not {shown(value)}.", where=where)
    return value.strip() if key != "delimiter" else value


def _word_or_none(value: object, key: str, where: str) -> str | None:
    return None if value is None else _word(value, key, where)


def _words(value: object, key: str, where: str) -> tuple[str, ...]:
    if isinstance(value, list | tuple):
        return tuple(_word(item, key, where) for item in value)
    return (_word(value, key, where),)


def _glue(value: object, where: str) -> str:
    if isinstance(value, str) and value in ("", " ", "\n"):
        return value
    raise ConfigError(
        "glue joins the parts of a note.", where=where, remedy=r'Say "\n", " " or "".'
    )


def _join(value: object, key: str, where: str) -> Join:
    """Reads ``FILE on COLUMN`` or ``FILE on COLUMN = COLUMN OF FILE``; ``FILE?`` may be missing."""
    file, on, column = str(value).partition(" on ")
    column, same, other = column.partition("=")
    file, column, other = file.strip(), column.strip(), other.strip()
    if not (isinstance(value, str) and on and file and column and (other or not same)):
        raise ConfigError(
            f"{key} is {shown(value)}.", where=where, remedy='Write it "charges.csv on visit_id".'
        )
    if "/" in file or "\\" in file or file.startswith("."):
        raise ConfigError(
            f"{key} must name a file beside the export.",
            where=where,
            remedy="Leave out the folder.",
        )
    return Join(file.rstrip("?"), column, other or column, file.endswith("?"))


def _charges(table: object, where: str) -> dict[str, tuple[str, ...]]:
    where = f"{where}.charges"
    valid = (*CHARGE_FIELDS, *CHARGE_FACTS, "rows", "flag")
    return {
        _known(key, valid, where): _words(value, key, where)
        for key, value in _table(table, where).items()
    }


def _values(table: object, where: str) -> dict[str, dict[str, str]]:
    found = {}
    for key, words in _table(table, f"{where}.values").items():
        name = _known(_native(key), tuple(VOCABULARIES), f"{where}.values")
        found[name] = {
            str(word).strip().casefold(): _known(value, VOCABULARIES[name], f"{where}.values.{key}")
            for word, value in _table(words, f"{where}.values.{key}").items()
        }
    return found


def _constants(table: object, where: str) -> dict[str, str]:
    where = f"{where}.constants"
    found = {}
    for key, value in _table(table, where).items():
        name = _known(_native(key), tuple(VOCABULARIES), where)
        found[name] = _known(value, VOCABULARIES[name], where)
    return found


def _table(value: object, where: str) -> abc.Mapping[str, Any]:
    if not isinstance(value, abc.Mapping):
        raise ConfigError("it must be a table.", where=where)
    return value


def _known(value: object, valid: abc.Collection[str], where: str) -> str:
    if isinstance(value, str) and value in valid:
        return value
    raise ConfigError(
        f"{shown(value)} is not known.", where=where, remedy=did_you_mean(str(value), valid)
    )
