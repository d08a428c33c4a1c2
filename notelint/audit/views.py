"""The views of a report besides the scorecard: clinic, code, payer, denial reason, rules, trend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from notelint.audit.charts import Dot, count_plot, interval_plot, trend_plot
from notelint.audit.intervals import ENOUGH
from notelint.audit.reading import Readings, UnitReading
from notelint.audit.sheet import RATE_COLUMNS, Cell, Column, Figure, Section, Table
from notelint.audit.view import Material, dot, grouped, rate_row

RATES = "Rates come from reviewed notes of the random sample only, with exact intervals."
RAW = (
    "Raw counts are what notelint said, not what a reviewer confirmed; they count findings of every "
    "note in the frame and say nothing about any person."
)
NO_NOTES = "The notes themselves were not at hand, so raw counts are left out."


def overview(material: Material) -> Section:
    """The first page: the rate of the whole, and how the strata compare."""
    found = material.estimate
    sizes = material.populations(*material.now.manifest.design.by)
    groups = sorted(
        (material.stratum(s.label), s.size, _of_stratum(material, s.label)) for s in found.strata
    )
    rows = tuple(
        (label, size, *rate_row("", units, material, sizes.get(label))[1:])
        for label, size, units in groups
    )
    columns = (Column("Group"), Column("In all", "count"), *RATE_COLUMNS)
    guard = "The share of notes that reviewers said need work, from the random sample."
    figures: list[Figure] = []
    dots = [
        found_dot
        for label, _, units in groups
        if (found_dot := dot(label, units, material.confidence, sizes.get(label)))
    ]
    if 1 < len(dots) <= 30:
        figures.append(interval_plot("Notes that need work", dots, "Share, %", name="overview"))
    return Section(
        "overview", "Overview", guard, (Table("Groups", columns, rows, bar=True),), tuple(figures)
    )


def clinic(material: Material) -> Section:
    """Rates a clinic, and raw finding counts per rule and clinic."""
    show = material.privacy.place
    tables = [_rates("Clinic", material, lambda r: (show(r.unit.facts["clinic"]),))]
    raw: Counter[tuple[str, str]] = Counter()
    if material.everything:
        for examined in material.everything.notes.values():
            where = show(examined.note.clinic_id or "unknown")
            raw.update((where, f"{f.code} {f.name}") for f in examined.findings if f.lead)
        tables.append(_counts("Raw findings by clinic", ("Clinic", "Rule"), "Findings", raw))
    guard = f"{RATES} {RAW if material.everything else NO_NOTES}"
    return Section("clinic", "Clinics", guard, tuple(tables))


def code(material: Material) -> Section:
    """Rates a billed code, and the rules broken in notes that bill it."""
    tables = (
        _rates("Code", material, lambda r: r.unit.codes or ("no code",)),
        _broken("Code", material, lambda r: r.unit.codes or ("no code",)),
    )
    guard = f"{RATES} A note that bills two codes is counted under both."
    return Section("code", "Codes billed", guard, tables)


def payer(material: Material) -> Section:
    """Rates a payer, and the rules broken."""

    def key(reading: UnitReading) -> tuple[str, ...]:
        return (reading.unit.facts["payer"].replace("_", " "),)

    return Section(
        "payer", "Payers", RATES, (_rates("Payer", material, key), _broken("Payer", material, key))
    )


def denial(material: Material) -> Section:
    """Confirmed problems by the reason that a payer's reviewer would give."""
    confirmed: Counter[tuple[str, str, str, str]] = Counter()
    for reading in material.counted:
        reasons = {
            material.reasons.reason(rule, material.now.codes.get(rule, ""))
            for rule in reading.broken
        }
        confirmed.update((r.group, r.reason, r.adr, r.citation) for r in reasons)
    rows = tuple(
        (*key, n) for key, n in sorted(confirmed.items(), key=lambda item: (-item[1], item[0]))
    )
    columns = (
        Column("Kind"), Column("Reason a reviewer would give"), Column("ADR item"),
        Column("Manual"), Column("Reviewed notes", "count"),
    )  # fmt: skip
    figures: tuple[Figure, ...] = ()
    if rows:
        bars = [(f"{key[1]}", n) for key, n in confirmed.most_common(8)]
        figures = (count_plot("Reviewed notes by denial reason", bars, "Notes", name="denial"),)
    guard = (
        f"Of {len(material.counted)} reviewed notes of the random sample; a note counts once under "
        "each reason. These are the contractors' categories, not a forecast of denials."
    )
    return Section(
        "denial", "Denial reasons", guard, (Table("Denial reasons", columns, rows),), figures
    )


def rule_health(material: Material) -> Section:
    """How often each rule fired and how often reviewers found it right."""
    fired: Counter[str] = Counter()
    if material.everything:
        fired.update(f.name for e in material.everything.notes.values() for f in e.findings)
    rates = {rule.rule: rule for rule in material.estimate.rules}
    order = sorted(rates.keys() | fired.keys(), key=lambda name: _code_of(name, material))
    rows: list[tuple[Cell, ...]] = []
    dots: list[Dot] = []
    for name in order:
        rule = rates.get(name)
        verdicts = rule.verdicts if rule else {}
        found = rule.precision if rule and rule.precision and rule.precision.enough else None
        recall = rule.recall if rule and rule.recall and rule.recall.enough else None
        rows.append(
            (
                _code_of(name, material), name, rule.version if rule else "",
                fired[name] if material.everything else None,
                *(verdicts.get(v, 0) for v in ("correct", "wrong", "not-useful", "unsure")),
                rule.missed if rule else 0,
                *((found.point, found.low, found.high) if found else (None, None, None)),
                recall.point if recall else None,
                "" if found else "not enough reviewed",
            )
        )  # fmt: skip
        if found:
            dots.append(Dot(_code_of(name, material), found.n, found.point, found.low, found.high))
    columns = (
        Column("Code"), Column("Rule"), Column("Version"), Column("Fired", "count"),
        Column("Correct", "count"), Column("Wrong", "count"), Column("Not useful", "count"),
        Column("Unsure", "count"), Column("Missed", "count"), Column("Rate", "share"),
        Column("Low", "share"), Column("High", "share"), Column("Recall", "share"),
        Column("Remark"),
    )  # fmt: skip
    figures = (
        (interval_plot("Precision of the rules", dots, "Correct, %", name="rules"),) if dots else ()
    )
    guard = (
        "Rate is precision: correct / (correct + wrong), on the present version of the rule. "
        f"Under {ENOUGH} verdicts none is given. Recall is measured in blind reviews only."
    )
    return Section("rule-health", "Rules", guard, (Table("Rules", columns, tuple(rows)),), figures)


def trend(material: Material) -> Section:
    """The rate over the samples, with the places where the rules changed."""
    periods = [*material.earlier, material.now]
    rows, dots, marks = [], [], []
    before: Readings | None = None
    for number, readings in enumerate(periods, start=1):
        units = [r for r in readings.units if r.counts]
        label = f"{number}. {material.period(readings)}"
        changed = before is not None and before.rules != readings.rules
        remark = "rules changed before this one" if changed else ""
        cells = rate_row(label, units, material)
        rows.append((*cells[:-1], cells[-1] or remark))
        if found := dot(label, units, material.confidence):
            dots.append(found)
            marks.append(changed)
        before = readings
    figures = (
        (trend_plot("Notes that need work, sample by sample", dots, marks, name="trend"),)
        if len(dots) > 1
        else ()
    )
    guard = (
        "Each sample is one period. Where the rules changed between two samples, a difference may "
        "come from the rules; overlapping intervals show no difference."
    )
    table = Table("Samples", (Column("Sample"), *RATE_COLUMNS), tuple(rows), bar=True)
    return Section("trend", "Trend", guard, (table,), figures)


def unreviewed(material: Material) -> Section:
    """Raw finding counts per person: only on request, and marked as what it is."""
    counts: Counter[tuple[str, str]] = Counter()
    if material.everything:
        for examined in material.everything.notes.values():
            note = examined.note
            who = note.clinician_id or (note.author.name if note.author else "") or "unknown"
            person = material.privacy.person(who)
            counts.update((person, f"{f.code} {f.name}") for f in examined.findings if f.lead)
    table = _counts("Unreviewed findings by clinician", ("Clinician", "Rule"), "Findings", counts)
    guard = (
        "NOT REVIEWED. Raw counts of what notelint said, with its false findings, not corrected for "
        "how many notes anybody wrote. They are no measure of a person and must not be used as one."
    )
    return Section("unreviewed", "Unreviewed findings by clinician", guard, (table,), caution=True)


def _rates(name: str, material: Material, key: Callable[[UnitReading], Iterable[str]]) -> Table:
    rows = tuple(
        rate_row(label, units, material) for label, units in grouped(material.counted, key).items()
    )
    return Table(f"{name}: notes that need work", (Column(name), *RATE_COLUMNS), rows, bar=True)


def _broken(name: str, material: Material, key: Callable[[UnitReading], Iterable[str]]) -> Table:
    counts = Counter(
        (value, f"{_code_of(rule, material)} {rule}")
        for reading in material.counted
        for value in key(reading)
        for rule in reading.broken
    )
    return _counts(f"{name}: rules broken, as reviewed", (name, "Rule"), "Reviewed notes", counts)


def _counts(name: str, keys: tuple[str, str], what: str, counts: Counter[tuple[str, str]]) -> Table:
    rows = tuple(
        (*key, n) for key, n in sorted(counts.items(), key=lambda i: (i[0][0], -i[1], i[0][1]))
    )
    return Table(name, (*(Column(key) for key in keys), Column(what, "count")), rows)


def _code_of(rule: str, material: Material) -> str:
    if material.everything and rule in material.everything.rules:
        return material.everything.rules[rule].code
    return material.now.codes.get(rule, "")


def _of_stratum(material: Material, label: str) -> list[UnitReading]:
    return [reading for reading in material.counted if reading.stratum == label]
