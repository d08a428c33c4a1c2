"""Runs the examples of rules: public, for the authors of rules.

An example is one native record (only ``text`` is required) or ``notes: [...]`` for rules that read
an episode or a batch. A bad example must fire its rule (on ``span`` if given, with what ``expect``
says); a good one must not, and with ``complete: true`` no rule at all may fire at warning or above.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from notelint.engine import Linter
from notelint.finding import SEVERITY_RANK, Finding
from notelint.note import Note
from notelint.readers.native import note_from_record
from notelint.rulebook.perturb import changed
from notelint.settings import Settings

if TYPE_CHECKING:
    from notelint.rulebook.pack import Pack
    from notelint.rulebook.rule import Rule

_OURS = frozenset({"span", "trap", "complete", "expect", "notes", "settings", "as_of"})
_GIVEN = {"note_type": "snippet", "discipline": "PT"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One example run: of which rule, which kind, which number, under which change, what failed."""

    rule: str
    kind: str
    number: int
    change: str = ""
    failure: str = ""

    @property
    def passed(self) -> bool:
        return not self.failure

    def __str__(self) -> str:
        change = f" ({self.change})" if self.change else ""
        return f"{self.rule} {self.kind}[{self.number}]{change}: {self.failure or 'ok'}"


class ExampleRunner:
    """Runs examples with one linter of all rules, preview included."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._all = Linter(Settings(preview=True), pack)
        self._alone: dict[str, Linter] = {}

    def run(
        self, rule: Rule, examples: Mapping[str, Any], *, perturb: bool = True
    ) -> Iterator[Outcome]:
        """Yields an outcome for each example, plain and under each change."""
        for kind in ("bad", "good"):
            for number, example in enumerate(examples.get(kind, [])):
                yield self._outcome(rule, kind, number, example, "")
                if not perturb or "notes" in example:
                    continue
                for name, text in changed(str(example["text"])):
                    again = {**example, "text": text, "complete": "false"}
                    if "span" in again and str(again["span"]) not in text:
                        again.pop("span")
                    yield self._outcome(rule, kind, number, again, name)

    def _outcome(
        self, rule: Rule, kind: str, number: int, example: Mapping[str, Any], change: str
    ) -> Outcome:
        findings = list(self._findings(rule, example))
        own = [f for f in findings if f.name == rule.name]
        failure = _bad(own, example) if kind == "bad" else _good(own, findings, example)
        return Outcome(rule.name, kind, number, change, failure)

    def _findings(self, rule: Rule, example: Mapping[str, Any]) -> Iterable[Finding]:
        complete = str(example.get("complete", "")).lower() == "true"
        linter = self._all if complete else self._linter(rule)
        digests = []
        for index, note in enumerate(notes_of(example)):
            result = linter.lint(note, index=index)
            yield from result.findings
            if result.digest is not None:
                digests.append(result.digest)
        if rule.needs & {"episode", "batch"} or complete or "notes" in example:
            yield from linter.lint_digests(digests)[0]

    def _linter(self, rule: Rule) -> Linter:
        if rule.name not in self._alone:
            alone = Linter(Settings(select=(rule.name,)), self._pack)
            alone._reader = self._all.reader
            self._alone[rule.name] = alone
        return self._alone[rule.name]


def notes_of(example: Mapping[str, Any]) -> Iterator[Note]:
    """Yields the notes of an example: one, or those of an episode or a batch."""
    for index, record in enumerate(example.get("notes") or [example]):
        yield _note(record, index)


def _note(record: Mapping[str, Any], index: int) -> Note:
    given = {k: v for k, v in record.items() if k not in _OURS}
    plain = _typed({**_GIVEN, **given})
    plain.setdefault("id", f"n{index + 1}")
    return note_from_record(plain, source=None, where=f"example note {index + 1}")


_INTEGERS = frozenset({"units"})
_NUMBERS = frozenset({"minutes"})


def _typed(value: Any, key: str = "") -> Any:
    """Turns the strings of a YAML example into the types of a native record."""
    if isinstance(value, Mapping):
        return {k: _typed(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [_typed(v, key) for v in value]
    if value in ("null", "~", "") and key != "text":
        return None
    if key in _INTEGERS and isinstance(value, str):
        return int(value)
    if key in _NUMBERS and isinstance(value, str):
        return float(value) if "." in value else int(value)
    return value


def _bad(own: list[Finding], example: Mapping[str, Any]) -> str:
    if not own:
        return "does not fire"
    span = example.get("span")
    text = str(example.get("text", ""))
    if span is not None and not any(
        f.start is not None and text[f.start : f.end].rstrip(".") == str(span).rstrip(".")
        for f in own
    ):
        seen = [text[f.start : f.end] for f in own if f.start is not None]
        return f"fires on {seen!r}, not on {span!r}"
    expect = example.get("expect", {})
    for key in ("severity", "scope", "note_id"):
        if key in expect and not any(getattr(f, key) == expect[key] for f in own):
            return f"{key} is {getattr(own[0], key)!r}, not {expect[key]!r}"
    if "evidence" in expect and not any(str(expect["evidence"]) in str(f.message) for f in own):
        return f"the message does not hold {expect['evidence']!r}"
    return ""


def _good(own: list[Finding], findings: list[Finding], example: Mapping[str, Any]) -> str:
    if own and str(example.get("expect", {}).get("severity", "")) not in ("info",):
        return f"fires: {own[0].message}"
    if str(example.get("complete", "")).lower() == "true":
        loud = [f for f in findings if SEVERITY_RANK[f.severity] >= SEVERITY_RANK["warning"]]
        if loud:
            return f"is complete and {loud[0].name} fires: {loud[0].message}"
    return ""


__all__ = ["ExampleRunner", "Outcome", "notes_of"]
