"""Notes, hand-made findings and samples for the desk's tests: no engine is needed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from notelint.audit.desk import Desk, DeskOptions
from notelint.audit.examine import Examination, Examined, RuleFact
from notelint.audit.frame import build_frame
from notelint.audit.ledger import Ledger
from notelint.audit.manifest import Manifest
from notelint.audit.sampling import Design, draw
from notelint.finding import Finding, Place, Suggestion, fingerprint
from notelint.note import Author, Charge, Note

CANARY = "Zebedee Quill"
VAGUE = (
    "S: Pt reports less pain in the R knee after walking the dog. {name} slept well.\n"
    "O: Ther ex x 25 min, pt performed exercises as per flowsheet. Pt tolerated tx well.\n"
    "A: Progressing. Continues to benefit from skilled PT.\nP: Cont POC."
)
GOOD = (
    "S: 3/10 knee pain on stairs at work; {name} wants to climb to her flat with groceries.\n"
    "O: 97530 25 min: step-ups 6 in 3x8 with min A at pelvis for lateral shift, VC for knee over "
    "toes, to climb the 12 stairs to her flat. 5 of 8 reps without cue, was 2 of 8.\n"
    "A: Lateral control better than last visit; still needs a rail.\nP: 8 in step next visit."
)
RULES = (
    RuleFact("GEN101", "generic-activity-phrase", "An activity is named without task, help or purpose.", "generic-language", "v1", ("MBPM ch. 15 §220.3 (verified)",)),
    RuleFact("GEN104", "tolerated-well", "A response is given as 'tolerated well'.", "generic-language", "v1"),
    RuleFact("SKL201", "skill-not-shown", "Skilled need is claimed and not shown.", "skill", "v1"),
    RuleFact("COD301", "code-intent-missing", "The text does not carry the code's intent.", "code-intent", "v1"),
)  # fmt: skip
PATTERNS = {
    "generic-activity-phrase": re.compile("performed exercises as per flowsheet"),
    "tolerated-well": re.compile("tolerated tx well"),
    "skill-not-shown": re.compile("Continues to benefit from skilled PT"),
}
APPLIED = frozenset(rule.name for rule in RULES)


def make_notes(count: int = 24, *, clinicians: int = 2, start: int = 0) -> list[Note]:
    return [
        Note(
            (GOOD if i % 3 == 0 else VAGUE).format(name=CANARY), id=f"note-{i:03d}",
            note_type="daily", discipline="PT", payer="medicare_b" if i % 2 else "commercial",
            setting="outpatient", date_of_service=date(2026, 7 + i % 3, 1 + i % 28),
            author=Author(f"Therapist {i % clinicians}", "PT"), clinician_id=f"T{i % clinicians}",
            clinic_id="North", patient_id=f"MRN77{i // 4:03d}", episode_id=f"EP{i // 4}", visit_id=f"V{i}",
            charges=(Charge("97110", units=2, minutes=25, modifiers=("GP",)), Charge("97530", units=1, minutes=15)),
        )
        for i in range(start, start + count)
    ]  # fmt: skip


def make_findings(note: Note) -> tuple[Finding, ...]:
    found = []
    for rule in RULES:
        pattern = PATTERNS.get(rule.name)
        match = pattern.search(note.text) if pattern else None
        if match is None:
            continue
        place = Place("main", start=match.start(), end=match.end(), note_id=note.id)
        found.append(
            Finding(
                rule.code, rule.name, "warning", "judgement", "words", rule.summary,
                f"“{match[0]}” says little.", (place,),
                Suggestion("Which activity, with what help, for what task?"), rule.authority,
                note_id=note.id, fingerprint=fingerprint(rule.name, note.id, match[0], "", ""),
                section="objective",
            )
        )  # fmt: skip
    return tuple(found)


def make_examination(notes: Sequence[Note], *, version: str = "v1") -> Examination:
    def sections(text: str) -> tuple[tuple[str, int, int], ...]:
        starts = [(m[0], m.start()) for m in re.finditer(r"^[SOAP]:", text, re.MULTILINE)]
        ends = [start for _, start in starts[1:]] + [len(text)]
        return tuple((name, start, end) for (name, start), end in zip(starts, ends, strict=True))

    rules = {
        r.name: RuleFact(r.code, r.name, r.summary, r.category, version, r.authority) for r in RULES
    }
    examined = {n.id: Examined(n, make_findings(n), APPLIED, sections(n.text)) for n in notes}
    return Examination(examined, rules, "2026.10", "abc123")


def make_manifest(notes: Sequence[Note], n: int = 10, **options: object) -> Manifest:
    unit = str(options.pop("unit", "note"))
    frame = build_frame(notes, unit)
    design = Design("2026Q4", n=n, **options)  # type: ignore[arg-type]
    return Manifest.of(frame, design, draw(frame, design), paths=("export.jsonl",))


MakeDesk = Callable[..., Desk]


@pytest.fixture(name="make_notes")
def notes_factory() -> Callable[..., list[Note]]:
    return make_notes


@pytest.fixture
def make_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeDesk:
    """Makes desks whose log does not wait for the disk; the killed server of the tests in
    Chromium does."""
    monkeypatch.setattr("notelint.audit.eventlog.os.fsync", lambda _: None)

    def make(
        notes: Sequence[Note] | None = None, *, n: int = 10, reviewers: Sequence[str] = ("mb", "kl"),
        version: str = "v1", options: DeskOptions | None = None, manifest: Manifest | None = None,
        log: str = "q4.review.jsonl", **design: object,
    ) -> Desk:  # fmt: skip
        notes = make_notes() if notes is None else notes
        ledger = Ledger(tmp_path / log, tmp_path / f"{log}.index.sqlite")
        made = manifest or make_manifest(notes, n, **design)
        return Desk(made, make_examination(notes, version=version), ledger, reviewers, options)

    return make
