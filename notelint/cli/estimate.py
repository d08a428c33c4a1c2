"""``notelint estimate``: what a reviewed sample says, with exact intervals."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from notelint.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from notelint.audit.estimate import Estimate

FORMATS = ("text", "json")


def register(app: typer.Typer) -> None:
    app.command("estimate")(estimate)


def estimate(
    manifest: Path | None = typer.Argument(
        None, metavar="[SAMPLE]", help="The manifest of a reviewed sample."
    ),
    log: Path | None = typer.Argument(
        None, metavar="[LOG]", help="The review log; beside the manifest by default."
    ),
    count: str | None = typer.Option(
        None, metavar="X/N", help="Only calculate: X of N had the error, such as 6/30."
    ),
    population: int | None = typer.Option(
        None, help="With --count: how many the N were drawn from."
    ),
    confidence: float = typer.Option(0.95, help="Confidence of the intervals."),
    one_sided: bool = typer.Option(
        False, "--one-sided", help="One-sided bounds (overpayments use --confidence 0.9)."
    ),
    output_format: str = typer.Option("text", help="text or json."),
    output: Path | None = typer.Option(None, "--output", "-o", help="Where to write it."),
    sign: str | None = typer.Option(
        None, "--signed-by", help="Sign it off: the log records who, and the estimate's hash."
    ),
) -> None:
    """Estimate error rates from a reviewed sample, or calculate one interval."""
    if output_format not in FORMATS:
        raise UsageError(
            f"--output-format does not know '{output_format}'.",
            remedy=did_you_mean(output_format, FORMATS),
        )
    if output and output.suffix == ".json":
        output_format = "json"
    if count:
        if manifest:
            raise UsageError("--count calculates by itself.", remedy="Leave the sample out.")
        _put(_calculated(count, population, confidence, one_sided, output_format), output)
        return
    if manifest is None:
        raise UsageError("no sample given.", remedy="Name a manifest, or give --count 6/30.")
    if population is not None:
        raise UsageError("The sample's manifest says its population.", remedy="Leave it out.")
    _estimate(manifest, log, confidence, one_sided, output_format, output, sign)


def _estimate(
    manifest: Path, log: Path | None, confidence: float, one_sided: bool, output_format: str,
    output: Path | None, sign: str | None,
) -> None:  # fmt: skip
    from notelint.audit.estimate import estimate_of
    from notelint.audit.files import beside
    from notelint.audit.ledger import Ledger
    from notelint.audit.manifest import load_manifest

    made = load_manifest(manifest)
    log = log or beside(manifest, "review.jsonl")
    if not log.exists():
        raise UsageError(
            "There is no review log.", where=str(log),
            remedy=f"Review the sample first: notelint review {manifest}.",
        )  # fmt: skip
    ledger = Ledger(log)
    found = estimate_of(made, ledger, confidence=confidence, one_sided=one_sided)
    text = _shown(found, output_format)
    if sign:
        digest = hashlib.sha256(text.encode()).hexdigest()
        ledger.append(sign, "signed", {"sha256": digest, "head": found.readings.head})
        print(f"Signed by {sign}; SHA-256 of the estimate {digest}", file=sys.stderr)
    _put(text, output)


def _shown(found: Estimate, output_format: str) -> str:
    from notelint.audit.saying import estimate_lines

    if output_format == "json":
        return json.dumps(found.as_dict(), indent=1, ensure_ascii=False) + "\n"
    return "\n".join(estimate_lines(found)) + "\n"


def _calculated(
    count: str, population: int | None, confidence: float, one_sided: bool, output_format: str
) -> str:
    from notelint.audit.intervals import exact_interval
    from notelint.audit.saying import calculator_lines

    match = re.fullmatch(r"\s*(\d{1,9})\s*/\s*(\d{1,9})\s*", count)
    if not match:
        raise UsageError(f"--count does not take '{count}'.", remedy="Write --count 6/30.")
    found = exact_interval(
        int(match[1]), int(match[2]),
        confidence=confidence, population=population, one_sided=one_sided,
    )  # fmt: skip
    if output_format == "json":
        return json.dumps(found.as_dict(), indent=1) + "\n"
    return "\n".join(calculator_lines(found)) + "\n"


def _put(text: str, output: Path | None) -> None:
    from notelint.audit.files import write_private

    if output is None:
        sys.stdout.write(text)
    else:
        write_private(output, text)
        print(f"→ {output}", file=sys.stderr)
