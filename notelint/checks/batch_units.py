"""Patterns of units over many visits: every unit at its least minutes (C16), 59 on every visit (I5).

A pattern is worth a look, never an accusation: it needs many visits of one clinician or patient.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from notelint.billing.codes import Code
from notelint.billing.modifiers import DISTINCT_MODIFIERS
from notelint.billing.units import band
from notelint.checks.billing_tables import tables_of
from notelint.encounter.digest import Digest, LineDigest
from notelint.finding import NotApplied
from notelint.note import MEDICARE_PAYERS
from notelint.rulebook.rule import Hit, Rule

if TYPE_CHECKING:
    from notelint.rulebook.pack import Pack

#: Visits of one clinician or patient below which no pattern is spoken of.
LEAST_VISITS = 20
#: Minutes above a unit's least that still count as "at the least".
_NEAR = 1
_SHORT_SHARE = 0.8
_DISTINCT_SHARE = 0.8

_Group = tuple[str, str]


def short_units(
    digests: Sequence[Digest], rule: Rule, pack: Pack, as_of: date
) -> tuple[list[Hit], list[NotApplied]]:
    """Hits for clinicians and patients whose units nearly all stand at their least minutes (C16)."""
    del as_of
    codes = tables_of(pack).codes
    groups = {
        key: visits
        for key, visits in _grouped(digests).items()
        if len([v for v in visits if any(True for _ in _timed(v, codes))]) >= LEAST_VISITS
    }
    if not groups:
        return [], [
            NotApplied(
                rule.name, "too few visits of one clinician or patient with minutes", len(digests)
            )
        ]
    hits = []
    for (kind, _), visits in groups.items():
        lines = [line for v in visits if v.payer in MEDICARE_PAYERS for line in _timed(v, codes)]
        short = sum(1 for line in lines if _is_short(line))
        if lines and short >= _SHORT_SHARE * len(lines) and len(lines) >= LEAST_VISITS:
            hits.append(
                _hit(
                    visits,
                    {
                        "short": str(short),
                        "all": str(len(lines)),
                        "visits": str(len(visits)),
                        "of": kind,
                    },
                )
            )
    return hits, []


def routine_modifiers(
    digests: Sequence[Digest], rule: Rule, pack: Pack, as_of: date
) -> tuple[list[Hit], list[NotApplied]]:
    """Hits for clinicians and patients with 59 or its family on nearly every visit (I5).

    The note pass runs the same rule on single lines, so nothing is reported as not applied.
    """
    del rule, pack, as_of
    hits = []
    for (kind, _), visits in _grouped(digests).items():
        billed = [v for v in visits if v.lines]
        marked = [v for v in billed if any(set(x.modifiers) & DISTINCT_MODIFIERS for x in v.lines)]
        if len(billed) < LEAST_VISITS or len(marked) <= _DISTINCT_SHARE * len(billed):
            continue
        used = Counter(
            m for v in marked for x in v.lines for m in x.modifiers if m in DISTINCT_MODIFIERS
        )
        modifier = used.most_common(1)[0][0]
        hits.append(
            _hit(
                marked,
                {"of": kind},
                f"{modifier} stands on {len(marked)} of {len(billed)} visits of one {kind}. "
                "Check that each visit shows its pair and its separate time.",
            )
        )
    return hits, []


def _grouped(digests: Sequence[Digest]) -> Mapping[_Group, list[Digest]]:
    """Visits by clinician; of notes that name none, by patient."""
    found: dict[_Group, list[Digest]] = {}
    for digest in digests:
        if digest.clinician_id:
            found.setdefault(("clinician", digest.clinician_id), []).append(digest)
        elif digest.patient_id:
            found.setdefault(("patient", digest.patient_id), []).append(digest)
    return found


def _timed(digest: Digest, codes: Mapping[str, Code]) -> Iterator[LineDigest]:
    for line in digest.lines:
        code = codes.get(line.code)
        if code and code.kind == "timed" and line.units and line.minutes:
            yield line


def _is_short(line: LineDigest) -> bool:
    least, _ = band(line.units or 0)
    return least <= (line.minutes or 0) <= least + _NEAR


def _hit(visits: Sequence[Digest], fields: Mapping[str, str], message: str | None = None) -> Hit:
    last = max(visits, key=lambda v: (v.date_of_service or date.min, v.index))
    return Hit("episode", target="charges", note_id=last.note_id, fields=fields, message=message)
