"""The file beside an export whose rows belong to its notes: charges, or more facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from notelint.errors import InputError
from notelint.finding import Problem
from notelint.readers.decode import decode
from notelint.readers.inputs import Input
from notelint.readers.mapping import Join, Mapping
from notelint.readers.native import CHARGE_FIELDS
from notelint.readers.notices import Notices
from notelint.readers.problems import problem_of
from notelint.readers.table import Table
from notelint.readers.translate import MISSING, Lookup
from notelint.source import LineIndex


@dataclass(slots=True)
class Joined:
    """Rows of a joined file by key; only the columns that the mapping reads are kept."""

    found: bool = False
    columns: frozenset[str] = frozenset()
    carried: frozenset[str] = frozenset()
    problems: list[Problem] = field(default_factory=list)
    rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)

    def rows_of(self, key: object) -> list[Lookup]:
        """Returns the rows of a key, in file order, as lookups."""
        if not isinstance(key, str | int):
            return []
        return [partial(_pick, row) for row in self.rows.get(str(key).strip(), ())]


def joined_file(source: Input, mapping: Mapping, join: Join, notices: Notices) -> Joined:
    """Reads the file that a mapping joins, from the folder or archive of the export.

    A file that is not there leaves the notes without its facts, which is said once; rows that
    cannot be read are problems of it.
    """
    joined = Joined()
    beside = [other for other in source.beside(join.file) if other.name != source.name]
    beside += [other for other in source.beside(f"{join.file}.gz") if other.name != source.name]
    if not beside:
        if not join.optional:
            what = f"no file '{join.file}' stands beside it, so its facts are not known."
            joined.problems.append(Problem(what, source.name, fatal=False))
        return joined
    for other in beside:
        try:
            _load(other, mapping, join, joined, notices)
        except InputError as error:
            joined.problems.append(problem_of(error, file=other.name))
    joined.carried = _carried(mapping, joined.columns)
    return joined


def _load(source: Input, mapping: Mapping, join: Join, joined: Joined, notices: Notices) -> None:
    table = Table(decode(source.read(), source.name, mapping.encoding), mapping.delimiter)
    key_column = table.column(join.other)
    if key_column is None:
        joined.problems.append(
            Problem(
                f"the column '{join.other}' that joins it is not in its header.",
                source.name,
                1,
                remedy='Write join = "FILE on COLUMN = COLUMN OF FILE".',
            )
        )
        return
    wanted = {
        name.casefold(): index
        for name in _wanted(mapping)
        if (index := table.column(name)) is not None
    }
    joined.found = True
    joined.columns |= wanted.keys()
    flag = mapping.charges.get("flag", ("",))[0].casefold()
    lines = LineIndex.of(table.text)
    for row in table.rows():
        what = row.error or table.misfit(row)
        if what:
            line, column = lines.position(row.error_at if row.error else row.start)
            joined.problems.append(Problem(what, source.name, line, column))
            continue
        values = {name: table.value(row.cells[index]) for name, index in wanted.items()}
        rows = joined.rows.setdefault(table.value(row.cells[key_column]).strip(), [])
        if _delta(rows, values, flag, mapping):
            notices.count(source.name, "{n} charges were replaced or removed by a later row.")


def _delta(rows: list[dict[str, str]], values: dict[str, str], flag: str, mapping: Mapping) -> bool:
    """Adds a row, or lets it replace (2) or remove (3) the same charge. Says whether it did."""
    change = values.get(flag, "").strip()
    if change not in ("2", "3"):
        rows.append(values)
        return False
    same = [
        column.casefold()
        for name in ("code", "modifiers")
        for column in mapping.charges.get(name, ())
    ]
    earlier = [row for row in rows if all(row.get(c) == values.get(c) for c in same)]
    for row in earlier:
        rows.remove(row)
    if change == "2":
        rows.append(values)
    return change == "3" or bool(earlier)


def _wanted(mapping: Mapping) -> Iterator[str]:
    for columns in mapping.charges.values():
        yield from columns
    yield from mapping.fields.values()


def _carried(mapping: Mapping, columns: frozenset[str]) -> frozenset[str]:
    """The charge fields that the joined file has, also for notes without a row in it."""
    return frozenset(
        f"charges.{name}"
        for name in CHARGE_FIELDS
        if any(column.casefold() in columns for column in mapping.charges.get(name, ()))
    )


def _pick(row: dict[str, str], column: str) -> object:
    return row.get(column.strip().casefold(), MISSING)
