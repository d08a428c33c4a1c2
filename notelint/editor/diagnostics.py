"""Findings as the protocol's diagnostics, and the outline and lens of a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lsprotocol import types as lsp

from notelint.editor import lens
from notelint.editor.draft import Shown
from notelint.editor.session import Session
from notelint.finding import Finding, Place

SOURCE = "notelint"

_SEVERITY = {
    "error": lsp.DiagnosticSeverity.Error,
    "warning": lsp.DiagnosticSeverity.Warning,
    "info": lsp.DiagnosticSeverity.Information,
}


def range_of(session: Session, start: int, end: int) -> lsp.Range:
    """Returns a range of document offsets as positions in the client's encoding."""
    positions = session.positions
    return lsp.Range(
        lsp.Position(*positions.position(start)), lsp.Position(*positions.position(end))
    )


def offsets_of(session: Session, place: lsp.Range) -> tuple[int, int]:
    """Returns the document offsets of a client's range."""
    positions = session.positions
    start = positions.offset(place.start.line, place.start.character)
    return start, max(start, positions.offset(place.end.line, place.end.character))


def diagnostics(session: Session, shown: Shown, *, related: bool) -> list[lsp.Diagnostic]:
    """Returns the diagnostics of what is shown, in text order.

    A lead speaks for its group ("also: …"). A finding about the whole note is a hint on the first
    line. ``related``: the client takes related information; else evidence goes into the message.
    """
    found = list(problems(session))
    for lead, others in zip(shown.now, shown.also, strict=True):
        evidence = list(_evidence(session, lead))
        message = lead.message
        if others:
            message += "\nAlso: " + ", ".join(f"{f.code} {f.name}" for f in others)
        if evidence and not related:
            message += "".join(f"\n{item.message}" for item in evidence)
        found.append(
            lsp.Diagnostic(
                range=range_of(session, *session.span(lead)),
                message=message,
                severity=severity(lead),
                code=lead.code,
                code_description=_link(lead.url),
                source=SOURCE,
                related_information=evidence if evidence and related else None,
                data={"rule": lead.name, "fingerprint": lead.fingerprint},
            )
        )
    return found


def _link(url: str) -> lsp.CodeDescription | None:
    """The page of a rule; a configuration may name its place, but no other kind of link."""
    safe = url.startswith(("https://", "http://", "notelint:"))
    return lsp.CodeDescription(url) if safe else None


def severity(finding: Finding) -> lsp.DiagnosticSeverity:
    """A finding about the whole note has no words: it is a hint (DESIGN §6)."""
    if finding.scope == "note":
        return lsp.DiagnosticSeverity.Hint
    return _SEVERITY[finding.severity]


def problems(session: Session) -> Iterator[lsp.Diagnostic]:
    """Yields what could not be linted, on the first line."""
    if session.checked is None:
        return
    for problem in session.checked.problems:
        yield lsp.Diagnostic(
            range=range_of(session, *session.first_line()),
            message=f"{problem.what} {problem.remedy}".strip(),
            severity=lsp.DiagnosticSeverity.Information,
            source=SOURCE,
        )


def _evidence(session: Session, finding: Finding) -> Iterator[lsp.DiagnosticRelatedInformation]:
    """Yields the other ends of a finding: words elsewhere, the charge a minute belongs to."""
    for place in finding.places[1:]:
        span = _span(session, place)
        label = place.label or ("See also" if place.target == "text" else place.target)
        yield lsp.DiagnosticRelatedInformation(
            lsp.Location(session.uri, range_of(session, *span)), label
        )


def _span(session: Session, place: Place) -> tuple[int, int]:
    if place.target != "text" or place.start is None or place.end is None:
        return session.first_line()
    shift = session.checked.shift if session.checked else 0
    return place.start + shift, place.end + shift


def at(
    session: Session, shown: Shown, start: int, end: int
) -> Iterator[tuple[Finding, Sequence[Finding]]]:
    """Yields the leads whose place touches a stretch of the document, with their companions."""
    for lead, others in zip(shown.now, shown.also, strict=True):
        low, high = session.span(lead)
        if low <= end and start <= high:
            yield lead, others


def lenses(session: Session, shown: Shown, note: str = "") -> list[lsp.CodeLens]:
    """Returns the lines above the note. ``note`` is what the client should know besides."""
    if session.checked is None:
        return []
    place = range_of(session, *(session.first_line()[0],) * 2)
    titles = [(lens.summary(session.checked, shown) + note, "notelint.showSummary")]
    waiting = lens.before_signing(shown)
    if waiting:
        titles.append((waiting, "notelint.checkBeforeSigning"))
    return [
        lsp.CodeLens(place, lsp.Command(title, command, arguments=[session.uri]))
        for title, command in titles
    ]


def symbols(session: Session) -> list[lsp.DocumentSymbol]:
    """Returns the note's sections as an outline."""
    if session.checked is None:
        return []
    shift = session.checked.shift
    outline = []
    for section in session.checked.sections:
        if section.end <= section.start or section.kind == "body":
            continue
        name = section.label.strip(" :\t") or section.kind
        whole = range_of(session, section.start + shift, section.end + shift)
        head = section.start + len(section.label)
        label = range_of(session, section.start + shift, min(head, section.end) + shift)
        outline.append(
            lsp.DocumentSymbol(name, lsp.SymbolKind.Namespace, whole, label, detail=section.kind)
        )
    return outline
