"""Puts a report together: the views that were asked for, and the page that says how to read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from notelint import __version__
from notelint.audit import views
from notelint.audit.binder import binder
from notelint.audit.intervals import Combined
from notelint.audit.ledger import Ledger
from notelint.audit.privacy import MEANING
from notelint.audit.saying import level, percent, rate_words
from notelint.audit.score import MEANING as SCORE_MEANING
from notelint.audit.score import score
from notelint.audit.scorecard import scorecard
from notelint.audit.sheet import Report, Section
from notelint.audit.triage import triage
from notelint.audit.view import Material

VIEWS: Mapping[str, Callable[[Material], Section]] = {
    "scorecard": scorecard,
    "denial": views.denial,
    "rule-health": views.rule_health,
    "code": views.code,
    "payer": views.payer,
    "clinic": views.clinic,
    "trend": views.trend,
    "triage": triage,
}
#: What a report shows if nobody says.
DEFAULT = ("scorecard", "denial", "rule-health", "code", "payer", "clinic")
NEEDS_NOTES = frozenset({"triage"})

DISCLAIMER = (
    "Silence is no evidence of compliance, payment or medical necessity. Not legal or billing advice. "
    "Not a substitute for a statistician where an overpayment is extrapolated."
)


def build_report(
    material: Material,
    ledger: Ledger,
    kinds: Sequence[str],
    *,
    episode: str = "",
    with_score: bool = False,
    title: str = "",
    cover: str = "",
) -> Report:
    """Returns the report with the views of ``kinds``, in that order."""
    sections = [views.overview(material)] if material.counted else []
    sections += [VIEWS[kind](material) for kind in kinds]
    if material.unreviewed:
        sections.append(views.unreviewed(material))
    if episode:
        sections.append(binder(material, ledger, episode))
    period = material.period(material.now)
    return Report(
        title or f"Documentation review {period}", material.privacy.profile, cover,
        tuple(_how(material, with_score)), tuple(sections),
    )  # fmt: skip


def _how(material: Material, with_score: bool) -> list[tuple[str, str]]:
    found, manifest = material.estimate, material.now.manifest
    rows = [
        ("Sample", f"{len(manifest.sample):,} of {manifest.frame_size:,} {manifest.unit}s, "
                   f"{manifest.design.kind}; {found.reviewed:,} reviewed"),
        ("Need work", rate_words(found.overall)),
        ("Period", material.period(material.now)),
    ]  # fmt: skip
    if isinstance(found.overall, Combined):
        near = f"{percent(found.overall.near_low)} to {percent(found.overall.near_high)}"
        rows.append(("Narrower, approximate", near))
    rows.append(("Method", found.overall.method if found.overall else "not enough reviewed"))
    if with_score:
        got = score(material.now.units, manifest.frame_size, material.confidence)
        words = (
            f"{got.point:.0f} ({got.low:.0f} to {got.high:.0f}), n = {got.n}"
            if got
            else "not enough reviewed"
        )
        rows += [("Score", words), ("What the score is", SCORE_MEANING)]
    if found.certainty[2]:
        errors, reviewed, size = found.certainty
        rows.append(
            (
                "Taken with certainty",
                f"{errors} of {reviewed} reviewed need work; {size} in all, in no rate",
            )
        )
    for cause, count in material.now.stale.items():
        rows.append(("Not counted", f"{count} {cause}"))
    for item in found.agreement[:1]:
        kappa = "undefined" if item.kappa is None else f"{item.kappa:.2f}"
        ac1 = "undefined" if item.ac1 is None else f"{item.ac1:.2f}"
        rows.append(
            (
                "Two readers",
                f"agree on {percent(item.percent or 0)} of {item.n}, kappa {kappa}, AC1 {ac1}",
            )
        )
    versions = dict(manifest.versions)
    if material.everything:
        versions |= {"pack": material.everything.pack, "pack hash": material.everything.pack_hash}
    rows += [
        ("Intervals", f"{level(material.confidence)}; how far the truth may lie from the rate, given how few were read"),
        ("Profile", MEANING[material.privacy.profile]),
        ("Seed", manifest.design.seed),
        ("Seal of the sample", manifest.as_dict()["seal"]),
        ("Review log", f"{material.now.events} events, last hash {material.now.head}"),
        ("Versions", ", ".join(f"{k} {v}" for k, v in ({"notelint": __version__} | versions).items())),
        ("Limits", DISCLAIMER),
    ]  # fmt: skip
    return rows
