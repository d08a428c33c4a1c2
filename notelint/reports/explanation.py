"""An explanation as text: what a reviewer would say of the note, service by service."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notelint.explain import CodeScore, Done, Explanation, Served, Why, Words

_MOST_CUES = 10
_MOST_ELSEWHERE = 12


def told(explanation: Explanation, width: int = 100) -> Iterator[str]:
    """Yields the lines of an explanation, no longer than ``width`` where words allow it."""
    yield from _wrapped(_title(explanation), width, "")
    for service in explanation.services:
        yield ""
        yield from _service(service, width)
    if explanation.activities:
        yield ""
        yield "Done, under no service of its own"
        yield from _activities(explanation.activities, width)
    yield from _session(explanation, width)
    yield from _elsewhere(explanation, width)
    yield from _rules(explanation, width)


def _title(explanation: Explanation) -> str:
    facts = explanation.facts
    kind = facts["note_type"].replace("_", " ")
    how = {"stated": "as its record says", "inferred": "as its words show"}
    parts = [
        f"Note {explanation.note_id or '(no id)'}",
        "kind unknown" if kind == "unknown" else f"{kind} ({how.get(facts['note_type_is'], '')})",
    ]
    for name in ("discipline", "payer", "setting", "programme", "date_of_service"):
        value = facts.get(name, "unknown")
        if value != "unknown":
            parts.append(value.replace("_", " "))
        elif name in ("payer", "discipline"):
            parts.append(f"{name} unknown")
    if facts.get("therapy") == "no":
        parts.append("not a therapy note")
    return " · ".join(parts)


def _service(service: Served, width: int) -> Iterator[str]:
    yield from _wrapped(_heading(service), width, "")
    for fit in service.fits[:1]:
        yield from _fit(fit, width)
    others = service.fits[1:]
    if others:
        shown = ", ".join(f"{fit.code} {_number(fit.score)}" for fit in others)
        yield from _wrapped(f"the same words as another code: {shown}", width, "  ")
    if not service.own_words:
        yield "  no words of its own: all that was done was read"
    yield from _activities(service.activities, width)


def _heading(service: Served) -> str:
    parts = [service.code or service.label or "service"]
    if service.code and service.code_is != "stated":
        parts[0] += f" ({service.code_is} from “{service.label}”)"
    elif service.label:
        parts.append(f"“{service.label}”")
    if service.modifiers:
        parts.append("-".join(service.modifiers))
    parts.append(
        "minutes not stated" if service.minutes is None else f"{_number(service.minutes)} min"
    )
    if service.units is not None:
        parts.append(f"{service.units} unit{'s' if service.units != 1 else ''}")
    if service.interval:
        parts.append("–".join(f"{m // 60:02}:{m % 60:02}" for m in service.interval))
    if service.mode:
        parts.append(service.mode.replace("_", " "))
    return " · ".join(parts)


def _fit(fit: CodeScore, width: int) -> Iterator[str]:
    seen_for, against = _cues(fit.cues_for), _cues(fit.cues_against)
    yield from _wrapped(f"for {fit.code}: {seen_for or 'no cue seen'}", width, "  ")
    if against:
        yield from _wrapped(f"against it: {against}", width, "  ")
    yield f"  score {_number(fit.score)}"


def _cues(cues: Sequence[Words]) -> str:
    """Words by what they were read as: ``SLR, bridges (strengthening); 3x10 (dose)``."""
    by_kind: dict[str, dict[str, str]] = {}
    for cue in cues[: 3 * _MOST_CUES]:
        by_kind.setdefault(cue.read_as, {}).setdefault(cue.words.lower(), cue.words)
    return "; ".join(
        f"{', '.join(list(words.values())[:_MOST_CUES])} ({kind})"
        for kind, words in by_kind.items()
    )


def _activities(activities: Iterable[Done], width: int) -> Iterator[str]:
    for done in activities:
        if not done.heads and not done.generic and done.words.endswith(":"):
            continue  # the heading of a service
        yield from _wrapped(f"- {done.words}", width, "  ", "    ")
        line = "; ".join(_slots(done))
        if line:
            yield from _wrapped(line, width, "      ")


def _slots(done: Done) -> Iterator[str]:
    if done.generic and not done.heads:
        yield "a general word, no activity named"
    elif done.heads:
        yield ", ".join(dict.fromkeys(done.heads))
    for name in ("dose", "position", "surface", "device", "help", "cues", "technique", "measure"):
        value = getattr(done, name)
        if value:
            yield f"{name} {value}"
    if done.objects:
        yield f"objects {', '.join(dict.fromkeys(done.objects))}"
    yield f"purpose {_purpose(done.purpose)}" if done.purpose else "no purpose beside it"
    if done.goal:
        yield f"goal {done.goal}"
    if done.response:
        yield f"response {done.response}"


def _purpose(why: Why) -> str:
    return f"{why.kind}: “{why.words}”"


def _session(explanation: Explanation, width: int) -> Iterator[str]:
    lines: list[tuple[str, str]] = []
    times = "; ".join(
        f"{t.words or t.role.replace('_', ' ')} ({t.role.replace('_', ' ')}{', excluded' if t.excluded else ''})"
        for t in explanation.times
    )
    lines.append(("times", times))
    if explanation.session_purpose:
        lines.append(("purpose of the session", _purpose(explanation.session_purpose)))
    lines.append(
        (
            "goals",
            "; ".join(
                f"{g.id or 'goal'} ({g.kind}, {g.horizon}; has {', '.join(g.has) or 'no slot'})"
                for g in explanation.goals
            ),
        )
    )
    lines.append(("response", _cues(explanation.responses)))
    lines.append(("skill", _cues(explanation.skills)))
    lines.append(("measures", _cues(explanation.measures)))
    lines.append(("plan", "; ".join(f"“{p.words}” ({p.read_as})" for p in explanation.plan)))
    lines.append(("signed", "; ".join(explanation.signatures)))
    yield ""
    yield "The session"
    for name, value in lines:
        yield from _wrapped(f"{name}: {value or 'not found in this text'}", width, "  ", "    ")


def _elsewhere(explanation: Explanation, width: int) -> Iterator[str]:
    if not explanation.elsewhere:
        return
    yield ""
    yield "Elsewhere: not read as done today"
    for words in explanation.elsewhere[:_MOST_ELSEWHERE]:
        yield from _wrapped(f"{words.read_as}: {words.words}", width, "  ", "    ")
    more = len(explanation.elsewhere) - _MOST_ELSEWHERE
    if more > 0:
        yield f"  {more} more"


def _rules(explanation: Explanation, width: int) -> Iterator[str]:
    yield ""
    skipped = sorted(explanation.not_applied, key=lambda s: (s.reason, s.rule))
    yield f"Rules not applied: {len(skipped)}"
    for reason, group in groupby(skipped, key=lambda s: s.reason):
        names = ", ".join(s.rule for s in group)
        yield from _wrapped(f"{reason}: {names}", width, "  ", "    ")
    yield f"Findings: {len(explanation.findings)}"
    for finding in explanation.findings:
        line = f"{finding.severity} {finding.code} {finding.rule}: {finding.message}"
        yield from _wrapped(line, width, "  ", "    ")


def _number(value: float) -> str:
    return f"{value:g}"


def _wrapped(text: str, width: int, indent: str, hanging: str | None = None) -> Iterator[str]:
    yield from textwrap.wrap(
        text,
        max(40, width),
        initial_indent=indent,
        subsequent_indent=(indent + "  ") if hanging is None else hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
