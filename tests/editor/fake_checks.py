"""A small checker for protocol tests: hand-made findings, no engine, as slow as asked."""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path

from notelint.editor.arithmetic import Sum
from notelint.editor.checker import Checked, SectionMark, is_final_record
from notelint.finding import Finding, Place, Suggestion, fingerprint
from notelint.language.reading import Span
from notelint.note import Note

_STATEMENT = re.compile(r"[^\s.\n\r][^.\n\r]*\.?")
_GENERIC = re.compile(r"Balance activities performed|ther ex done|Great patient 😋", re.IGNORECASE)


class FakeChecks:
    """Finds generic phrases, a pair of sides that disagree, and a note without a total."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.seconds = seconds

    def check(self, note: Note, *, shift: int = 0) -> Checked:
        if self.seconds:
            time.sleep(self.seconds)
        text = note.text
        findings = [
            make(note, "GEN101", "generic-activity-phrase", m.start(), m.end(), rewrite=True)
            for m in _GENERIC.finditer(text)
        ]
        left, right = text.find("left knee"), text.find("right knee")
        if min(left, right) >= 0:
            other = Place("evidence", "text", right, right + 10, "the other side")
            findings.append(make(note, "CON102", "internal-contradiction", left, left + 9, other))
        if "total" not in text:
            findings.append(make(note, "TIM103", "missing-total-treatment-time"))
        findings.append(make(note, "TIM108", "untimed-multiple-units", severity="info"))
        spans = [Span(m.start(), m.end()) for m in _STATEMENT.finditer(text)]
        marks = [
            SectionMark(m[0], m[1], m.start(), m.end())
            for m in re.finditer(r"^([SOAP]):", text, re.MULTILINE)
        ]
        return Checked(
            note,
            findings=tuple(findings),
            not_applied=(("units-exceed-cms-total", "no charges"),),
            statements=tuple(spans),
            sections=tuple(marks),
            final=is_final_record(note) or "Signed by" in text,
            shift=shift,
        )

    def rule(self, name: str) -> None:
        return None

    def accuracy(self, name: str) -> str:
        return "Right in 57 of 60 judged places." if name == "generic-activity-phrase" else ""

    def arithmetic(self, note: Note) -> tuple[Sum, ...]:
        return ()

    def explain(self, note: Note) -> dict[str, object]:
        return {"facts": {"payer": note.payer}}

    def rules(self) -> tuple[()]:
        return ()

    def version(self) -> dict[str, str]:
        return {"pack": "fake", "pack_hash": "0"}


def make(
    note: Note,
    code: str,
    name: str,
    start: int | None = None,
    end: int | None = None,
    *evidence: Place,
    severity: str = "warning",
    rewrite: bool = False,
) -> Finding:
    words = "" if start is None else note.text[start:end]
    return Finding(
        code=code,
        name=name,
        severity=severity,  # type: ignore[arg-type]
        rule_class="judgement",
        scope="note" if start is None else "words",
        summary="An activity is named without task, help or purpose.",
        message=f"“{words}” does not say which." if words else "No total is found in this text.",
        places=(Place("main", "text", start, end), *evidence),
        suggestion=Suggestion("Which one?", "[specific activity] x 15 min" if rewrite else None),
        authority=("MBPM ch. 15 §220.3 (verified)",),
        url=f"notelint:rule/{name}",
        fingerprint=fingerprint(name, note.id, words, "", str(start)),
    )


if __name__ == "__main__":
    # A language server over standard input and output around the fake; argv: seconds a lint takes.
    from notelint.editor.stdio import serve

    sys.path.insert(0, str(Path(__file__).parent))
    serve(lambda _config: FakeChecks(float(sys.argv[1]) if len(sys.argv) > 1 else 0.0))
