"""Checks the gold notes and prints what they can carry: ``python corpora/check.py``.

Fails (status 1) on a label whose anchor is not in its note, an unknown rule or fact, one id or one
text twice, a voice in both splits, verdicts that contradict each other, a note that a pass forgot,
and arithmetic of minutes and units that the labels do not admit. Prints the places of every
starred rule, and how often the two readers agree, by rule and overall.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator

from passes import HERE, PASSES, Record, note_files, overlap, pass_file, places, read_lines, span_of

sys.path.insert(0, str(HERE.parent))

from notelint.audit.agreement import Agreement, agreement
from notelint.billing.tables import tables_from
from notelint.errors import NotelintError
from notelint.note import MEDICARE_PAYERS, PART_A_SETTINGS
from notelint.readers.native import note_from_record
from notelint.rulebook.pack import load_pack

#: The 25 rules that matter most (catalogue §8.0.1), by code.
STARRED = (
    "generic-activity-phrase", "bare-intervention-label", "tolerated-well-only",
    "continue-poc-only", "activity-without-functional-link", "goal-not-measurable",
    "timed-code-no-minutes", "missing-total-timed-minutes", "missing-total-treatment-time",
    "units-exceed-cms-total", "minutes-sum-mismatch", "code-without-narrative",
    "97530-lacks-functional-task", "97110-lacks-parameter", "97112-lacks-neuromotor-deficit",
    "97116-lacks-gait-analysis", "97535-lacks-training", "group-language-under-one-on-one",
    "reeval-routine", "no-skilled-intervention", "assist-level-missing", "response-missing",
    "poc-missing-required-element", "progress-report-overdue", "signature-credentials-missing",
)  # fmt: skip
MUSTS, TRAPS = 20, 40
VERDICTS = ("must", "may", "none")
_TIMED = re.compile(
    r"\btimed(?: code)?(?: treatment)?(?: minutes| min)?\s*[:=]?\s*(?!\d{1,3}\s*\+)(\d{1,3})\b"
    r"(?!\s*(?:units?|x)\b|\s*-?\s*(?:foot|feet|ft)\b|\s*min(?:utes)? total)"
    r"|\b(\d{1,3}) (?:min(?:utes)? )?(?:total )?timed\b(?! tasks?)(?!\s*[:=]?\s*\d)",
    re.IGNORECASE,
)
#: "Strength (97110) 8 min", "TA 97530, 8 min".
_SHORT = re.compile(r"\b(97\d{3})\)?,? (\d) min\b")


def faults(notes: Iterable[tuple[str, Record]], rules: frozenset[str]) -> Iterator[str]:
    """Yields what is wrong with the notes of one split or of all."""
    seen: dict[str, str] = {}
    voices: dict[str, str] = {}
    for name, note in notes:
        where = f"{name} {note['id']}"
        keys = [note["id"]]
        if not _is_clone(note):
            keys.append(" ".join(note["text"].split()))
        for key in keys:
            if key in seen:
                yield f"{where}: the id or the text is also that of {seen[key]}"
            seen[key] = where
        split = name.split("_")[0]
        voice = note.get("voice")
        if not voice:
            yield f"{where}: no voice"
        elif voices.setdefault(voice, split) != split:
            yield f"{where}: the voice {voice} is in both splits"
        try:
            note_from_record(note, where=where)
        except NotelintError as error:
            yield str(error)
        yield from _label_faults(where, note["text"], note, rules)


def _is_clone(note: Record) -> bool:
    """Whether the note is a copy on purpose, and labelled as one."""
    return any(
        label["rule"] == "cloned-note" and label["verdict"] == "must" for label in note["labels"]
    )


def _label_faults(where: str, text: str, line: Record, rules: frozenset[str]) -> Iterator[str]:
    placed = []
    for rule in line["judged"]:
        if rule not in rules:
            yield f"{rule} is no rule, and notes are judged for it"
    for label in line["labels"]:
        if label["rule"] not in line["judged"]:
            yield f"{where}: {label['rule']} has a label and was not judged"
        if label["verdict"] not in ("must", "may", "mustnot"):
            yield f"{where}: {label['verdict']} is no verdict"
        try:
            placed.append((label, span_of(text, label)))
        except ValueError as error:
            yield f"{where}: {error}"
    for i, (a, at) in enumerate(placed):
        for b, there in placed[:i]:
            if a["rule"] != b["rule"] or "mustnot" not in (a["verdict"], b["verdict"]):
                continue
            if a["verdict"] != b["verdict"] and overlap(at, there):
                yield f"{where}: {a['rule']} is both {a['verdict']} and {b['verdict']} at one place"


class Arithmetic:
    """Minutes and units of a note, worked out again without the linter's language."""

    def __init__(self) -> None:
        self._codes = tables_from(load_pack().data).codes

    def faults(self, where: str, note: Record) -> Iterator[str]:
        """Yields sums and units that are wrong where no label says so, and the other way round."""
        said = {label["rule"] for label in note["labels"] if label["verdict"] in ("must", "may")}
        must = {label["rule"] for label in note["labels"] if label["verdict"] == "must"}
        timed = [
            charge
            for charge in note.get("charges") or []
            if charge["code"] in self._codes and self._codes[charge["code"]].timed
        ]
        if not timed or any(charge.get("minutes") is None for charge in timed):
            return
        minutes = sum(charge["minutes"] for charge in timed)
        # A service too short for a unit of its own is told and not charged; its minutes are in the total.
        charged = {charge["code"] for charge in timed}
        short = [int(m[2]) for m in _SHORT.finditer(note["text"]) if m[1] not in charged]
        for found in _TIMED.finditer(note["text"]):
            stated = int(found[1] or found[2])
            if (
                stated not in (0, minutes, minutes + sum(short))
                and "minutes-sum-mismatch" not in said
            ):
                yield f"{where}: timed {stated} in the text, {minutes:g} in the charges"
        if note["payer"] not in MEDICARE_PAYERS or note["setting"] in PART_A_SETTINGS:
            return
        if any(charge.get("units") is None for charge in timed):
            return
        units = sum(charge["units"] for charge in timed)
        over = units > (minutes + 7) // 15
        if over and "units-exceed-cms-total" not in said:
            yield f"{where}: {units} units from {minutes:g} minutes"
        if not over and "units-exceed-cms-total" in must:
            yield f"{where}: labelled units-exceed-cms-total, and {minutes:g} minutes carry {units}"


def pairs(name: str, notes: Iterable[Record]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yields the two readers' verdicts for each place, and ``none`` twice for a silent rule."""
    first, second = ({r["id"]: r for r in read_lines(pass_file(name, which))} for which in PASSES)
    for note in notes:
        one, two = first[note["id"]], second[note["id"]]
        for rule in one["judged"]:
            if rule not in two["judged"]:
                continue
            found = places(note["text"], rule, one["labels"], two["labels"])
            for place in found:
                yield rule, place.verdicts
            if not found:
                yield rule, ("none", "none")


def agreement_lines(answers: Iterable[tuple[str, tuple[str, str]]]) -> Iterator[str]:
    by_rule: dict[str, list[tuple[str, str]]] = {}
    for rule, pair in answers:
        by_rule.setdefault(rule, []).append(pair)
    everything = [pair for own in by_rule.values() for pair in own]
    yield f"{'rule':36} {'n':>5}  agree  kappa    AC1"
    yield _agreement_line(agreement("all rules", everything, VERDICTS))
    for rule in sorted(by_rule):
        yield _agreement_line(agreement(rule, by_rule[rule], VERDICTS))


def _agreement_line(found: Agreement) -> str:
    def number(value: float | None) -> str:
        return "    –" if value is None else f"{value:5.2f}"

    return (
        f"{found.item:36} {found.n:5}  {number(found.percent)}  {number(found.kappa)}"
        f"  {number(found.ac1)}"
    )


def count_lines(notes: Iterable[Record]) -> Iterator[str]:
    """Yields musts and traps of each starred rule; a judged note without a label is a trap too."""
    labels: Counter[tuple[str, str]] = Counter()
    silent: Counter[str] = Counter()
    for note in notes:
        labels.update((label["rule"], label["verdict"]) for label in note["labels"])
        labelled = {label["rule"] for label in note["labels"]}
        silent.update(rule for rule in note["judged"] if rule not in labelled)
    yield f"{'starred rule':36} must  may  marked traps  silent notes"
    for rule in STARRED:
        must, may, marked = (labels[rule, verdict] for verdict in ("must", "may", "mustnot"))
        short = [f"must {must} < {MUSTS}"] if must < MUSTS else []
        short += (
            [f"traps {marked + silent[rule]} < {TRAPS}"] if marked + silent[rule] < TRAPS else []
        )
        lacks = f"   short: {', '.join(short)}" if short else ""
        yield f"{rule:36} {must:4} {may:4} {marked:13} {silent[rule]:13}{lacks}"


def main() -> int:
    rules = frozenset(rule.name for rule in load_pack().rules)
    files = [(name, read_lines(path)) for name, path in note_files()]
    everything = [(name, note) for name, notes in files for note in notes]
    arithmetic = Arithmetic()
    found = list(faults(everything, rules))
    for name, note in everything:
        found += arithmetic.faults(f"{name} {note['id']}", note)
    answers = []
    for name, notes in files:
        ids = {note["id"] for note in notes}
        for which in PASSES:
            lines = {line["id"]: line for line in read_lines(pass_file(name, which))}
            if set(lines) != ids:
                found.append(f"{which}/{name}: {len(set(lines) ^ ids)} notes are not in both")
            texts = {note["id"]: note["text"] for note in notes}
            for key in sorted(ids & set(lines)):
                found += _label_faults(f"{which}/{name} {key}", texts[key], lines[key], rules)
        answers += list(pairs(name, notes))
    kinds = Counter(note["note_type"] for _, note in everything)
    print(f"{len(everything)} notes:", ", ".join(f"{n} {kind}" for kind, n in kinds.most_common()))
    print()
    print("\n".join(count_lines(note for _, note in everything)))
    print()
    print("\n".join(agreement_lines(answers)))
    for fault in dict.fromkeys(found):
        print(fault, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
