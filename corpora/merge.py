"""Merges the two labelling passes into the notes: ``python corpora/merge.py``.

For each note and rule, the passes are compared place by place (an overlap is the same place):

* both say ``must``, or both ``may``: that verdict; the wider of the two anchors stands;
* they differ in any way: ``may``, which counts for nobody;
* a rule that only one pass judged: its ``must`` becomes ``may``;
* ``labelling/adjudicated.jsonl`` overrules: the place was read again and decided by
  ``LABELLING.md``, with the reason. Its verdict may also be ``none`` (no label);
* a ``mustnot`` stands where nothing else does.

``judged`` becomes the rules that either pass judged. New notes get a neutral id (``train-pt-daily-07``)
in an order shuffled by a hash of their text, so that an id tells nothing about how well a note is
written; the same id goes into both passes and the adjudications. Running it again changes nothing.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterable, Mapping

from passes import (
    HERE,
    PASSES,
    Place,
    Record,
    note_files,
    overlap,
    pass_file,
    places,
    read_lines,
    span_of,
    write_lines,
)

ADJUDICATED = HERE / "labelling" / "adjudicated.jsonl"
_NUMBER = re.compile(r"-(\d+)$")


def merged_labels(
    text: str, first: Record, second: Record, decided: Iterable[Record]
) -> tuple[list[Record], list[str]]:
    """Returns the labels of a note in text order and the rules judged on it.

    Args:
        text: the note.
        first, second: the note's lines of the two passes (``judged``, ``labels``).
        decided: the adjudications of the note.

    Raises:
        ValueError: an adjudication is about a place that neither pass labelled.
    """
    decisions = list(decided)
    judged = list(dict.fromkeys([*first["judged"], *second["judged"]]))
    labels: list[Record] = []
    used: list[Record] = []
    for rule in judged:
        alone = (rule in first["judged"]) != (rule in second["judged"])
        kept: list[Record] = []
        for place in places(text, rule, first["labels"], second["labels"]):
            own = [d for d in decisions if d["rule"] == rule and _same_place(text, d, place)]
            used += own
            verdict = own[0]["verdict"] if own else _joint(place, alone)
            if verdict != "none":
                kept += [_label(rule, label, verdict) for label in place.widest]
        for label in _traps(rule, first, second):
            if not any(overlap(span_of(text, label), span_of(text, k)) for k in kept):
                kept.append(_label(rule, label, "mustnot"))
        labels += kept
    for decision in decisions:
        if decision not in used:
            raise ValueError(f"{decision['id']}: {decision['rule']} was labelled by nobody there")
    labels.sort(key=lambda label: (span_of(text, label) or (-1, 0), label["rule"]))
    return labels, judged


def _same_place(text: str, decision: Record, place: Place) -> bool:
    at = span_of(text, decision)
    labels = (label for labels in place.labels for label in labels)
    return any(overlap(at, span_of(text, label)) for label in labels)


def _joint(place: Place, alone: bool) -> str:
    first, second = place.verdicts
    return first if first == second and not alone else "may"


def _traps(rule: str, first: Record, second: Record) -> list[Record]:
    found = {
        (label.get("anchor"), label.get("occurrence") or 1): label
        for which in (second, first)
        for label in which["labels"]
        if label["rule"] == rule and label["verdict"] == "mustnot"
    }
    return list(found.values())


def _label(rule: str, label: Record, verdict: str) -> Record:
    if label.get("anchor") is None:
        return {"rule": rule, "anchor": None, "verdict": verdict}
    occurrence = label.get("occurrence") or 1
    return {"rule": rule, "anchor": label["anchor"], "occurrence": occurrence, "verdict": verdict}


def neutral_ids(stem: str, notes: Iterable[Record]) -> Mapping[str, str]:
    """Returns old id → neutral id for the notes of a file; an id that is neutral stays."""
    own = re.compile(rf"{re.escape(stem)}-\d+")
    taken = [note["id"] for note in notes if own.fullmatch(note["id"])]
    last = max((_number(name) for name in taken), default=0)
    new = [note for note in notes if note["id"] not in taken]
    new.sort(key=lambda note: hashlib.blake2b(note["text"].encode()).hexdigest())
    found = {name: name for name in taken}
    for number, note in enumerate(new, start=last + 1):
        found[note["id"]] = f"{stem}-{number:02}"
    return found


def _number(name: str) -> int:
    match = _NUMBER.search(name)
    return int(match[1]) if match else 0


def main() -> int:
    decisions = read_lines(ADJUDICATED)
    renamed: dict[str, str] = {}
    for name, path in note_files():
        notes = read_lines(path)
        first, second = ({r["id"]: r for r in read_lines(pass_file(name, w))} for w in PASSES)
        ids = neutral_ids(name.replace("_", "-"), notes)
        renamed.update(ids)
        for note in notes:
            missing = [
                w
                for w, lines in zip(PASSES, (first, second), strict=True)
                if note["id"] not in lines
            ]
            if missing:
                print(
                    f"{path.name}: {note['id']} is not labelled in {', '.join(missing)}",
                    file=sys.stderr,
                )
                return 1
            own = [d for d in decisions if d["id"] == note["id"]]
            note["labels"], note["judged"] = merged_labels(
                note["text"], first[note["id"]], second[note["id"]], own
            )
        for records, target in (
            (notes, path),
            (list(first.values()), pass_file(name, PASSES[0])),
            (list(second.values()), pass_file(name, PASSES[1])),
        ):
            write_lines(target, _renamed(records, ids))
    write_lines(ADJUDICATED, _renamed(decisions, renamed))
    return 0


def _renamed(records: Iterable[Record], ids: Mapping[str, str]) -> list[Record]:
    found = [{**record, "id": ids[record["id"]]} for record in records]
    return sorted(
        found, key=lambda r: (_NUMBER.sub("", r["id"]), _number(r["id"]), r.get("rule", ""))
    )


if __name__ == "__main__":
    raise SystemExit(main())
