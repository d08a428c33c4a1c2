"""``notelint units``: a calculator for the minutes of one discipline and day."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import typer

from notelint.errors import UsageError

if TYPE_CHECKING:
    from notelint.billing.codes import Code
    from notelint.billing.visit import VisitCount

#: Minutes of a visit above which the calculator asks whether the entry is right.
LONG_VISIT = 240
DAY_MINUTES = 24 * 60


class UnitMethod(StrEnum):
    """Which rule counts."""

    CMS = "cms"
    MIDPOINT = "midpoint"
    BOTH = "both"


class UnitFormat(StrEnum):
    """How the result is printed."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Entries:
    """Minutes by code in the order entered, and what was noticed on the way."""

    minutes: Mapping[str, int]
    remarks: tuple[str, ...]


def register(app: typer.Typer) -> None:
    """Adds the command ``units``."""

    @app.command("units")
    def units(
        entries: list[str] = typer.Argument(
            ..., metavar="CODE=MINUTES…", help="Minutes by code, such as 97112=24 97110=23."
        ),
        method: UnitMethod = typer.Option(
            UnitMethod.BOTH, "--method", help="Total-time rule (cms), per-code rule, or both."
        ),
        evaluation: int | None = typer.Option(
            None, "--eval", min=1, help="Evaluation minutes: never timed minutes."
        ),
        output_format: UnitFormat = typer.Option(UnitFormat.TEXT, "--output-format"),
    ) -> None:
        """Count units from the minutes you enter, by the CMS and the CPT midpoint rule."""
        from notelint.billing.tables import tables_from
        from notelint.billing.visit import count_visit
        from notelint.rulebook.pack import load_pack

        codes = tables_from(load_pack().data).codes
        read = read_entries(entries, codes)
        count = count_visit(read.minutes, codes)
        whole = sum(read.minutes.values()) + (evaluation or 0)
        if whole > DAY_MINUTES:
            raise UsageError(
                f"{whole} minutes are more than a day has.", remedy="Check the minutes."
            )
        for remark in (*read.remarks, *long_visit(whole)):
            typer.echo(f"notelint: {remark}", err=True)
        if output_format is UnitFormat.JSON:
            typer.echo(json.dumps(as_json(count, method), indent=2))
            return
        for line in as_text(count, read.minutes, method, codes, evaluation or 0):
            typer.echo(line)


def read_entries(entries: Sequence[str], codes: Mapping[str, Code]) -> Entries:
    """Reads ``CODE=MINUTES`` words; a code given twice is added up, with a remark.

    Raises:
        UsageError: not ``CODE=MINUTES``, minutes not whole and above 0, code unknown or retired.
    """
    minutes: dict[str, int] = {}
    remarks: list[str] = []
    for entry in entries:
        name, spent = _read_entry(entry)
        code = _known(name, codes)
        if name in minutes:
            remarks.append(
                f"{name} was entered more than once: {minutes[name]} + {spent} minutes were added."
            )
        minutes[name] = minutes.get(name, 0) + spent
        remarks += _remarks_on(code)
    return Entries(minutes, tuple(dict.fromkeys(remarks)))


def _read_entry(entry: str) -> tuple[str, int]:
    name, equals, written = (part.strip() for part in entry.partition("="))
    if not equals:
        raise UsageError(
            f"'{entry}' is not CODE=MINUTES.", remedy="Write code and minutes as in 97110=15."
        )
    if not (written.isascii() and written.isdigit() and 0 < len(written) <= 6):
        raise UsageError(
            f"'{written}' in '{entry}' is not a number of minutes.",
            remedy="Write whole minutes above 0, without a unit, as in 97110=15.",
        )
    if int(written) == 0:
        raise UsageError(f"'{entry}' has 0 minutes.", remedy="Leave out a service not given.")
    return name.upper(), int(written)


def _known(name: str, codes: Mapping[str, Code]) -> Code:
    code = codes.get(name)
    if code is None:
        close = _nearest(name, [c.code for c in codes.values() if c.valid_to is None])
        hint = f"Did you mean {close}? " if close else ""
        base = name.partition("-")[0]
        if base != name and base in codes:
            hint = f"Leave modifiers off: {base}. "
        raise UsageError(
            f"'{name}' is not a rehab code that notelint knows.",
            remedy=f"{hint}The known codes are in rules/data/cpt_codes.yaml.",
        )
    if code.valid_to is not None:
        remedy = f"It was replaced by {' and '.join(code.replaced_by)}." if code.replaced_by else ""
        raise UsageError(
            f"{name} ({code.name}) ended with dates of service of {code.valid_to}.", remedy=remedy
        )
    return code


def _nearest(name: str, active: Sequence[str]) -> str | None:
    """Returns the code with the fewest mistyped characters (at most two), then the next number."""
    from rapidfuzz.distance import OSA

    def far(code: str) -> tuple[int, int]:
        numbers = name.isascii() and name.isdigit() and code.isdigit()
        return OSA.distance(name, code), abs(int(name) - int(code)) if numbers else 0

    best = min(active, key=far)
    return best if far(best)[0] <= 2 else None


def _remarks_on(code: Code) -> Iterator[str]:
    if "not_medicare" in code.flags and code.medicare_code:
        yield f"Medicare uses {code.medicare_code} in place of {code.code}."
    if "bundled" in code.flags:
        yield f"Medicare never pays {code.code} by itself."
    if code.kind == "additional":
        yield f"{code.code} follows {code.partner}: their minutes are counted as one service."


def long_visit(minutes: int) -> Iterator[str]:
    """Yields a warning for a visit longer than four hours."""
    if minutes > LONG_VISIT:
        yield f"warning: {minutes} minutes is long for one discipline and day; check the entry."


def as_json(count: VisitCount, method: UnitMethod) -> dict[str, Any]:
    """Returns the result by method. ``units`` are those of the timed 15-minute codes."""
    result: dict[str, Any] = {}
    if method is not UnitMethod.MIDPOINT:
        result["cms"] = {
            "total_minutes": count.cms.total_minutes,
            "units": count.cms.units,
            "allocation": count.whole(count.cms.units_by_code),
            "ties": [list(group) for group in count.cms.ties],
        }
    if method is not UnitMethod.CMS:
        result["midpoint"] = {
            "units": count.midpoint.units,
            "allocation": count.whole(count.midpoint.units_by_code),
        }
    return result


def as_text(
    count: VisitCount,
    minutes: Mapping[str, int],
    method: UnitMethod,
    codes: Mapping[str, Code],
    evaluation: int = 0,
) -> Iterator[str]:
    """Yields the lines of the explanation."""
    yield f"Timed minutes: {_sum(count.pooled.values())} (one discipline, one day)"
    others = [(code, spent) for code, spent in minutes.items() if not codes[code].pooled]
    for code, spent in others:
        kind = "counted in blocks of its own" if codes[code].timed else "untimed"
        absent = " nor in treatment time (patient absent)" if _absent(codes[code]) else ""
        yield f"  {code}  {spent} min, {kind}: not in the timed minutes{absent}"
    if evaluation:
        yield f"  evaluation  {evaluation} min: never in the timed minutes"
    with_patient = sum(spent for code, spent in minutes.items() if not _absent(codes[code]))
    yield f"Total treatment time: {with_patient + evaluation} min"
    if method is not UnitMethod.MIDPOINT:
        yield ""
        yield from _explain_cms(count, codes)
    if method is not UnitMethod.CMS:
        yield ""
        yield from _explain_midpoint(count, codes)
    if count.apart or count.untimed:
        yield ""
        yield "Beside the pool, by either method"
        for code, held in count.whole({}).items():
            if code in count.apart or code in count.untimed:
                yield f"  {code}  {_units(held)}"
    if method is UnitMethod.BOTH and count.cms.units_by_code != count.midpoint.units_by_code:
        yield ""
        yield "The two methods differ here. The payer decides which one holds; see docs/units.md."


def _explain_cms(count: VisitCount, codes: Mapping[str, Code]) -> Iterator[str]:
    from notelint.billing.units import band

    cms = count.cms
    least, most = band(cms.units)
    yield (
        f"CMS total-time rule: {_units(cms.units)} "
        f"({cms.total_minutes:g} minutes lie in {least}-{most})"
    )
    full = {code: int(spent // 15) for code, spent in count.pooled.items()}
    for code, spent in count.pooled.items():
        result = _shown(code, cms.units_by_code, codes)
        yield (
            f"  {code}  {spent:g} min = {full[code]} x 15 + {cms.remainders[code]:g} left over"
            f"  -> {result}"
        )
    if cms.extra:
        chosen = [c for c in count.pooled if _held(c, cms.units_by_code, codes) > full[c]]
        yield (
            f"  Full blocks of 15 make {_units(sum(full.values()))}; the minutes left over make"
            f" {cms.extra} more, given to the most minutes left over: {', '.join(chosen)}."
        )
    for group in cms.ties:
        yield (
            f"  Tie: {', '.join(group)} have the same minutes left over. The clinician chooses;"
            " here the code entered first comes first."
        )


def _explain_midpoint(count: VisitCount, codes: Mapping[str, Code]) -> Iterator[str]:
    yield f"CPT midpoint rule, each code alone: {_units(count.midpoint.units)}"
    for code, spent in count.pooled.items():
        short = " (under 8)" if spent < 8 else ""
        result = _shown(code, count.midpoint.units_by_code, codes)
        yield f"  {code}  {spent:g} min{short}  -> {result}"


def _held(code: str, by_code: Mapping[str, int], codes: Mapping[str, Code]) -> int:
    """Returns the units of a service: of a family, first and further blocks together."""
    partner = codes[code].partner
    return by_code.get(code, 0) + (by_code.get(partner, 0) if partner else 0)


def _shown(code: str, by_code: Mapping[str, int], codes: Mapping[str, Code]) -> str:
    further = by_code.get(codes[code].partner, 0) if codes[code].partner else 0
    own = _units(by_code.get(code, 0))
    return f"{own}, {codes[code].partner} {_units(further)}" if further else own


def _absent(code: Code) -> bool:
    return "caregiver" in code.flags


def _units(count: int) -> str:
    return f"{count} unit" if count == 1 else f"{count} units"


def _sum(parts: Iterable[float]) -> str:
    values = list(parts)
    terms = " + ".join(f"{value:g}" for value in values)
    return f"{terms} = {sum(values):g}" if len(values) > 1 else f"{sum(values):g}"
