"""``notelint report``: scorecards and the other views of a reviewed sample."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from notelint.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from notelint.audit.denials import DenialReasons
    from notelint.audit.examine import Examination
    from notelint.audit.ledger import Ledger
    from notelint.audit.manifest import Manifest


def register(app: typer.Typer) -> None:
    app.command("report")(report)


def report(
    manifests: list[Path] = typer.Argument(
        metavar="SAMPLE...",
        help="Manifests of reviewed samples; the last is reported on, the others are the trend.",
    ),
    kind: str = typer.Option(
        "",
        metavar="KIND,…",
        help="scorecard, denial, rule-health, code, payer, clinic, trend, triage.",
    ),
    binder: str = typer.Option(
        "", metavar="ID", help="Also bind the notes of an episode, patient, visit or note."
    ),
    output_format: str = typer.Option(
        "html,xlsx", "--format", metavar="FORMAT,…", help="html, xlsx, csv, json."
    ),
    output: Path | None = typer.Option(
        None, "--output", "-o", help="Name of the files without suffix; beside the sample if unset."
    ),
    profile: str = typer.Option("internal", help="internal, limited or deidentified."),
    clinicians: str = typer.Option("pseudonym", help="pseudonym, or name (internal only)."),
    key_file: Path | None = typer.Option(
        None, help="The key of the pseudonyms; made if missing. Keep it, and keep it to yourself."
    ),
    notes: list[str] = typer.Option(
        [], "--notes", help="Where the notes are; those of the manifest by default."
    ),
    log: Path | None = typer.Option(None, help="The review log, if it is not beside the sample."),
    confidence: float = typer.Option(0.95, help="Confidence of the intervals."),
    score: bool = typer.Option(False, "--score", help="Also give a score, with its interval."),
    unreviewed: bool = typer.Option(
        False, "--unreviewed", help="Add raw finding counts per clinician, marked as unreviewed."
    ),
    title: str = typer.Option("", help="Title of the report."),
    cover: str = typer.Option(
        "", help="A line for the cover, such as 'Privileged and confidential: peer review'."
    ),
    recipient: str = typer.Option("", help="Who gets it; recorded in the log."),
) -> None:
    """Report on a reviewed sample: rates with intervals and n, never a ranking."""
    from notelint.audit.estimate import estimate
    from notelint.audit.export import FORMATS, files_of
    from notelint.audit.files import beside, write_private
    from notelint.audit.privacy import CLINICIANS, PROFILES, Privacy, default_key_file, load_key
    from notelint.audit.reading import readings
    from notelint.audit.report import DEFAULT, VIEWS, build_report
    from notelint.audit.view import Material

    chosen = _some_of(kind, "--kind", tuple(VIEWS)) or (
        (*DEFAULT, "trend") if len(manifests) > 1 else DEFAULT
    )
    formats = _some_of(output_format, "--format", FORMATS)
    for value, option, valid in (
        (profile, "--profile", PROFILES), (clinicians, "--clinicians", CLINICIANS),
    ):  # fmt: skip
        if value not in valid:
            raise UsageError(
                f"{option} does not know '{value}'.", remedy=did_you_mean(value, valid)
            )
    if clinicians == "name" and profile != "internal":
        raise UsageError(f"The profile '{profile}' names nobody.", remedy="Leave --clinicians out.")
    privacy = Privacy(profile, load_key(key_file or default_key_file()), clinicians)  # type: ignore[arg-type]
    read = [_opened(path, log if path == manifests[-1] else None) for path in manifests]
    made, ledger = read[-1]
    everything = _everything(made, notes, needed=bool(binder) or "triage" in chosen or unreviewed)
    material = Material(
        estimate(readings(made, ledger), ledger, confidence=confidence),
        tuple(readings(*earlier) for earlier in read[:-1]),
        privacy, _reasons(), everything, unreviewed,
    )  # fmt: skip
    built = build_report(
        material, ledger, chosen, episode=binder, with_score=score, title=title, cover=cover
    )
    base = output or beside(manifests[-1], "report")
    for path, content in files_of(built, formats, base):
        write_private(path, content)
        ledger.append(
            "report", "exported",
            {
                "file": path.name, "sha256": hashlib.sha256(content).hexdigest(),
                "profile": profile, "kinds": list(chosen), "recipient": recipient,
            },
        )  # fmt: skip
        print(f"→ {path}", file=sys.stderr)


def _opened(path: Path, log: Path | None) -> tuple[Manifest, Ledger]:
    from notelint.audit.files import beside
    from notelint.audit.ledger import Ledger
    from notelint.audit.manifest import load_manifest

    made = load_manifest(path)
    log = log or beside(path, "review.jsonl")
    if not log.exists():
        raise UsageError(
            "There is no review log.", where=str(log),
            remedy=f"Review the sample first: notelint review {path}.",
        )  # fmt: skip
    return made, Ledger(log)


def _everything(made: Manifest, notes: list[str], *, needed: bool) -> Examination | None:
    """The whole frame examined, if its notes are where they were."""
    from notelint.audit.examine import examine
    from notelint.audit.intake import intake
    from notelint.cli.sample import tell
    from notelint.engine import Linter
    from notelint.errors import InputError

    try:
        source = intake(notes, made.paths, tell)
    except InputError as error:
        if needed:
            raise
        print(f"notelint: {error.what} Raw counts are left out.", file=sys.stderr)
        return None
    return examine(source.notes(), Linter(source.settings()))


def _reasons() -> DenialReasons:
    from notelint.audit.denials import DenialReasons
    from notelint.rulebook.pack import load_pack

    return DenialReasons.of(load_pack().data["denial_reasons"])


def _some_of(text: str, option: str, valid: tuple[str, ...]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    for value in found:
        if value not in valid:
            raise UsageError(
                f"{option} does not know '{value}'.", remedy=did_you_mean(value, valid)
            )
    return found
