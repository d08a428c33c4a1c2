"""The review desk: what a reviewer is shown, and what they may answer.

In blind mode the findings of a unit stay on the server until its reader has answered.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from notelint import __version__
from notelint.audit.examine import Examination, Examined
from notelint.audit.ledger import Ledger
from notelint.audit.manifest import Manifest
from notelint.audit.pile import Pile, Refused
from notelint.audit.verdict import ANSWERS, CATEGORIES, REASONS, VERDICTS
from notelint.errors import UsageError
from notelint.finding import SEVERITY_RANK, Finding


@dataclass(frozen=True, slots=True)
class DeskOptions:
    """How a review is run.

    ``second_share`` of the units (0 to 1) are read twice. ``spares`` of each stratum join the
    pile. Findings below ``min_severity`` are not shown.
    """

    blind: bool = False
    second_share: float = 0.0
    spares: int = 0
    min_severity: str = "warning"


class Desk:
    """Serves one sample to its reviewers. Every change is in the log before it is answered.

    Args:
        manifest: the sample.
        examination: its notes, examined.
        ledger: the log.
        reviewers: who may review.
        options: how.

    Raises:
        UsageError: notes of the sample were not found.
    """

    def __init__(
        self,
        manifest: Manifest,
        examination: Examination,
        ledger: Ledger,
        reviewers: Collection[str],
        options: DeskOptions | None = None,
    ) -> None:
        self.manifest = manifest
        self.examination = examination
        self.ledger = ledger
        self.reviewers = tuple(reviewers)
        self.options = options or DeskOptions()
        self._pile = Pile(
            manifest, ledger, second_share=self.options.second_share, spares=self.options.spares
        )
        self._floor = SEVERITY_RANK[self.options.min_severity]
        self._lock = threading.RLock()
        self._started: dict[tuple[str, str], float] = {}
        missing = [n for u in self.pile for n in manifest.notes[u] if n not in examination.notes]
        if missing:
            raise UsageError(
                f"{len(missing)} notes of the sample were not found, such as '{missing[0]}'.",
                remedy="Name the files that the sample was drawn from.",
            )
        ledger.append(
            ",".join(self.reviewers),
            "session",
            {
                "notelint": __version__,
                "sample": manifest.as_dict()["seal"],
                "pack": examination.pack,
                "pack_hash": examination.pack_hash,
                "blind": self.options.blind,
                "second_share": self.options.second_share,
                "spares": self.options.spares,
                "rules": {
                    r.name: {"version": r.version, "code": r.code}
                    for r in examination.rules.values()
                },
            },
        )

    @property
    def pile(self) -> tuple[str, ...]:
        """The units to read, in order."""
        return self._pile.units

    @property
    def second(self) -> frozenset[str]:
        """The units that are read twice."""
        return self._pile.second

    # ── what a reviewer sees ────────────────────────────────────────────────

    def overview(self, who: str) -> dict[str, Any]:
        """The pile as this reviewer sees it, the progress of all, and the words to answer with."""
        self.ledger.catch_up()
        queue = [self._item(who, number, unit) for number, unit in enumerate(self.pile)]
        mine = [item for item in queue if item["mine"]]
        return {
            "reviewer": who,
            "unit": self.manifest.unit,
            "seed": self.manifest.design.seed,
            "blind": self.options.blind,
            "queue": queue,
            "done": sum(item["state"] == "done" for item in mine),
            "open": sum(item["state"] in ("new", "open", "second", "changed") for item in queue),
            "reviewers": self._pile.progress(self.reviewers),
            "rules": [
                {"name": r.name, "code": r.code, "summary": r.summary}
                for r in sorted(self.examination.rules.values(), key=lambda r: r.code)
            ],
            "categories": list(CATEGORIES),
            "reasons": list(REASONS),
        }

    def open(self, who: str, unit: str) -> dict[str, Any]:
        """Opens a unit: claims it if it is free, and returns everything the page shows."""
        with self._lock:
            self.ledger.catch_up()
            role = self._pile.role(who, unit)
            if role in ("first", "second"):
                self._claim(who, unit, role)
            self._started.setdefault((who, unit), time.monotonic())
            return self._page(who, unit, role)

    # ── what a reviewer does ────────────────────────────────────────────────

    def judge(
        self, who: str, unit: str, note: str, fingerprint: str, verdict: str, reason: str = ""
    ) -> dict[str, Any]:
        """Records a verdict on a finding; the old one, if any, stays in the log."""
        _one_of(verdict, VERDICTS, "verdict")
        if reason:
            _one_of(reason, REASONS, "reason")
        with self._lock:
            self._own(who, unit)
            if not self._revealed(who, unit):
                raise Refused("Answer for the note first: this is a blind reading.")
            finding = self._finding(unit, note, fingerprint)
            old = self.ledger.one(
                "SELECT verdict FROM verdicts WHERE note = ? AND who = ? AND fingerprint = ?",
                note, who, fingerprint,
            )  # fmt: skip
            data = {
                "unit": unit, "note": note, "fingerprint": fingerprint, "rule": finding.name,
                "version": self.examination.versions.get(finding.name, ""),
                "text": self.examination.notes[note].text_sha256, "verdict": verdict,
                "reason": reason, "before": old["verdict"] if old else None,
            }  # fmt: skip
            self.ledger.append(who, "verdict", data)
            return {"fingerprint": fingerprint, "verdict": verdict, "reason": reason}

    def mark(
        self, who: str, unit: str, note: str, start: int | None, end: int | None,
        rule: str = "", category: str = "",
    ) -> dict[str, Any]:  # fmt: skip
        """Records a problem that notelint did not say: words of a note, or the note (None)."""
        if rule:
            _one_of(rule, self.examination.rules, "rule")
        _one_of(category or "other", CATEGORIES, "category")
        with self._lock:
            self._own(who, unit)
            examined = self._note(unit, note)
            if start is not None or end is not None:
                whole = isinstance(start, int) and isinstance(end, int)
                if not whole or not 0 <= start < end <= len(examined.note.text):  # type: ignore[operator]
                    raise Refused("These words are not in the note.")
            data = {
                "id": secrets.token_hex(8), "unit": unit, "note": note,
                "text": examined.text_sha256, "rule": rule, "category": category,
                "start": start, "finish": end, "blind": not self._revealed(who, unit),
            }  # fmt: skip
            self.ledger.append(who, "marked", data)
            return {"id": data["id"]}

    def unmark(self, who: str, unit: str, mark: str) -> dict[str, Any]:
        """Takes a mark back; the log keeps both events."""
        with self._lock:
            self._own(who, unit)
            row = self.ledger.one(
                "SELECT 1 FROM marks WHERE id = ? AND who = ? AND unit = ? AND withdrawn = 0",
                mark, who, unit,
            )  # fmt: skip
            if row is None:
                raise Refused("There is no such mark of yours.")
            self.ledger.append(who, "unmarked", {"unit": unit, "id": mark})
            return {"id": mark}

    def answer(self, who: str, unit: str, answer: str) -> dict[str, Any]:
        """Records whether the unit meets the standard. In blind mode this uncovers the findings."""
        _one_of(answer, ANSWERS, "answer")
        with self._lock:
            self._own(who, unit)
            blind = not self._revealed(who, unit)
            old = self.ledger.one(
                "SELECT answer FROM answers WHERE unit = ? AND who = ?", unit, who
            )
            data = {
                "unit": unit, "answer": answer, "blind": blind, "text": self._text_key(unit),
                "before": old["answer"] if old else None,
            }  # fmt: skip
            self.ledger.append(who, "answer", data)
            if blind:
                self.ledger.append(who, "revealed", {"unit": unit})
            return self._page(who, unit, self._pile.role(who, unit))

    def finish(self, who: str, unit: str) -> dict[str, Any]:
        """Closes a unit, once it is answered and each lead finding has a verdict."""
        with self._lock:
            self._own(who, unit)
            page = self._page(who, unit, self._pile.role(who, unit))
            if page["answer"] is None:
                raise Refused("Answer first whether it meets the standard.")
            open_ones = sum(
                f["lead"] and (not f["verdict"] or bool(f["stale"]))
                for note in page["notes"]
                for f in note["findings"]
            )
            if open_ones:
                raise Refused(f"{open_ones} findings have no verdict yet.")
            started = self._started.pop((who, unit), None)
            seconds = round(time.monotonic() - started, 1) if started else 0.0
            self.ledger.append(who, "done", {"unit": unit, "seconds": seconds})
            return {"unit": unit}

    def reopen(self, who: str, unit: str) -> dict[str, Any]:
        """Takes a finished unit up again."""
        with self._lock:
            self._own(who, unit)
            self.ledger.append(who, "reopened", {"unit": unit})
            return {"unit": unit}

    def settle(self, who: str, unit: str, answer: str) -> dict[str, Any]:
        """Records the answer that stands where two readers differ."""
        _one_of(answer, ANSWERS, "answer")
        with self._lock:
            if not self._pile.disputed(unit):
                raise Refused("The readers of this one do not differ, or it is settled.")
            self.ledger.append(who, "settled", {"unit": unit, "answer": answer})
            return {"unit": unit, "answer": answer}

    # ── inside ──────────────────────────────────────────────────────────────

    def _item(self, who: str, number: int, unit: str) -> dict[str, Any]:
        role = self._pile.role(who, unit)
        mine = self.ledger.one(
            "SELECT o.role, d.at AS done FROM opened o LEFT JOIN done d"
            " ON d.unit = o.unit AND d.who = o.who WHERE o.unit = ? AND o.who = ?",
            unit, who,
        )  # fmt: skip
        if mine:
            changed = self._changed(who, unit)
            state = "changed" if changed else "done" if mine["done"] else "open"
        else:
            state = {"first": "new", "second": "second"}.get(role, "taken")
        if self._pile.disputed(unit) and state in ("done", "taken"):
            state = "disputed"
        certain = unit in self.manifest.certainty
        return {
            "number": number + 1, "unit": unit, "state": state, "mine": mine is not None,
            "certainty": certain, "second": role == "second",
        }  # fmt: skip

    def _claim(self, who: str, unit: str, role: str) -> None:
        """Logs what is shown, unless exactly that was shown to this reviewer before."""
        known = self.ledger.one(
            "SELECT seq FROM opened WHERE unit = ? AND who = ?", unit, who
        ) and not self._changed(who, unit)
        if known:
            return
        blind = self.options.blind
        shown = [self._shown(note).as_event(self.examination.versions) for note in self._ids(unit)]
        self.ledger.append(
            who, "opened", {"unit": unit, "role": role, "blind": blind, "notes": shown}
        )
        if not blind:
            self.ledger.append(who, "revealed", {"unit": unit})

    def _changed(self, who: str, unit: str) -> bool:
        """Whether texts or findings are not those that this reviewer was shown."""
        texts = self.ledger.ask(
            "SELECT note, text FROM notes WHERE unit = ? AND who = ?", unit, who
        )
        shown = self.ledger.ask(
            "SELECT note, fingerprint, version FROM shown WHERE unit = ? AND who = ?", unit, who
        )
        versions = self.examination.versions
        return {tuple(row) for row in texts} != {
            (note, self.examination.notes[note].text_sha256) for note in self._ids(unit)
        } or {tuple(row) for row in shown} != {
            (note, f.fingerprint, versions.get(f.name, ""))
            for note in self._ids(unit)
            for f in self._shown(note).findings
        }

    def _page(self, who: str, unit: str, role: str) -> dict[str, Any]:
        mine = role in ("first", "second")
        disputed = self._pile.disputed(unit)
        if not mine and not disputed:
            raise Refused("Somebody else is reading this one.")
        revealed = self._revealed(who, unit) or not mine
        answer = self.ledger.one(
            "SELECT answer, stale FROM answered WHERE unit = ? AND who = ?", unit, who
        )
        done = self.ledger.one("SELECT 1 FROM done WHERE unit = ? AND who = ?", unit, who)
        return {
            "unit": unit,
            "number": self.pile.index(unit) + 1,
            "of": len(self.pile),
            "role": role,
            "certainty": unit in self.manifest.certainty,
            "revealed": revealed,
            "answer": answer["answer"] if answer and not answer["stale"] else None,
            "done": done is not None and not (mine and self._changed(who, unit)),
            "disputed": self._pile.answers(unit) if disputed else [],
            "notes": [self._note_page(who, unit, note, revealed) for note in self._ids(unit)],
        }

    def _note_page(self, who: str, unit: str, note_id: str, revealed: bool) -> dict[str, Any]:
        from notelint.audit.notepage import note_page

        judged = self.ledger.ask("SELECT * FROM judged WHERE note = ? AND who = ?", note_id, who)
        marks = self.ledger.ask(
            "SELECT * FROM marks WHERE unit = ? AND note = ? AND who = ? AND withdrawn = 0"
            " ORDER BY seq",
            unit, note_id, who,
        )  # fmt: skip
        examined = self._shown(note_id)
        return note_page(
            examined,
            {row["fingerprint"]: row for row in judged},
            [row for row in marks if row["text"] == examined.text_sha256],
            revealed=revealed,
        )

    def _shown(self, note_id: str) -> Examined:
        """The note with the findings that are severe enough to be shown.

        A rule with a finding that is not shown is not judged on this note, so it is not among the
        rules that applied either.
        """
        examined = self.examination.notes[note_id]
        kept = tuple(f for f in examined.findings if f.rank >= self._floor and not f.suppressed)
        hidden = {f.name for f in examined.findings} - {f.name for f in kept}
        return Examined(examined.note, kept, examined.applied - hidden, examined.sections)

    def _own(self, who: str, unit: str) -> None:
        self.ledger.catch_up()
        if not self.ledger.one("SELECT 1 FROM opened WHERE unit = ? AND who = ?", unit, who):
            raise Refused("Open it first.")

    def _revealed(self, who: str, unit: str) -> bool:
        row = self.ledger.one("SELECT 1 FROM revealed WHERE unit = ? AND who = ?", unit, who)
        return row is not None

    def _ids(self, unit: str) -> tuple[str, ...]:
        return self.manifest.notes[unit]

    def _note(self, unit: str, note: str) -> Examined:
        if note not in self._ids(unit):
            raise Refused("There is no such note in this unit.")
        return self.examination.notes[note]

    def _finding(self, unit: str, note: str, fingerprint: str) -> Finding:
        for finding in self._note(unit, note).findings:
            if finding.fingerprint == fingerprint:
                return finding
        raise Refused("There is no such finding in this note.")

    def _text_key(self, unit: str) -> str:
        return " ".join(self.examination.notes[note].text_sha256 for note in self._ids(unit))


def _one_of(value: str, valid: Collection[str] | Mapping[str, Any], what: str) -> None:
    if value not in valid:
        raise Refused(f"That is no {what}.")
