"""How and where the visit was delivered, as far as billing asks: telehealth, Part A (I7, I8)."""

from __future__ import annotations

from collections.abc import Iterator

from notelint.billing.modifiers import ASSISTANT_MODIFIERS, TELEHEALTH_MODIFIERS
from notelint.billing.tables import BillingTables
from notelint.billing.units import DISCIPLINE_OF_MODIFIER
from notelint.checks.bills.bill import bill_of
from notelint.encounter.encounter import Encounter
from notelint.language.loose import loose
from notelint.language.reading import Mention
from notelint.note import PART_A_SETTINGS
from notelint.rulebook.rule import Hit

_MODALITY = loose(
    r"\b(?:two-way|2-way|audio[- /]?(?:and |& )?video|a/?v\b|audio-?visual|synchronous|real[- ]time|audio[- ]only|phone only|by phone|telephone only|zoom|doxy\S*|teams|facetime|vidyo|webex|video (?:platform|link|call))"
)
_CONSENT = loose(r"\bconsent\w*|\bagreed to (?:telehealth|a video|the video)|\bverbal agreement\b")
_LOCATION = loose(
    r"\b(?:at (?:her |his |their |own )?(?:home|work|school|residence|daughter'?s|son'?s|office)|in (?:her |his |their )?(?:home|living room|kitchen|bedroom|residence|apartment|house|facility)|located (?:at|in)|location\s?[:=]|pt (?:is )?(?:home|at home)|patient site|from (?:her |his |their |own )?(?:home|living room|kitchen|work)|assisted living|originating site)\b"
)
_HELPER = loose(
    r"\b(?:caregiver|wife|husband|spouse|daughter|son|mother|mom|father|dad|aide|parent|sister|brother|helper|alone|no one|nobody|no helper|independently|facilitator|e-?helper|guard(?:s|ed|ing)?)\b"
)
_PLANNED = frozenset({"planned", "historical", "hypothetical", "negated", "goal"})
_SCHEDULING = loose(
    r"\b(?:offered|discussed|declined|scheduled?|reschedul\w*|available|consider)\b"
)

_SETTING_NAMES = {
    "snf_part_a": "a Part A stay in a skilled nursing facility", "irf": "an inpatient rehabilitation stay",
    "home_health_pdgm": "a home health episode (PDGM)", "hospice": "hospice",
}  # fmt: skip


def telehealth(encounter: Encounter, tables: BillingTables) -> Iterator[Hit]:
    """A remote visit without platform, consent or the patient's place; or after the law's end (I7)."""
    mention = _mention(encounter)
    bill = bill_of(encounter, tables.codes)
    coded = [x for x in bill.lines if set(x.modifiers) & TELEHEALTH_MODIFIERS]
    if mention is None and not coded:
        return
    start, end, target = (
        (mention.start, mention.end, "text") if mention else (None, None, coded[0].target)
    )
    if mention is None and coded[0].place is not None:
        start, end, target = coded[0].place.start, coded[0].place.end, "text"
    scope = "words" if target == "text" else "charge"
    missing = _missing(encounter.reading.lower)
    if missing:
        yield Hit(
            scope, start, end, target=target, facts={"stage": "statement"},  # type: ignore[arg-type]
            message=f"A remote visit; not found in this text: {', '.join(missing)}.",
        )  # fmt: skip
    day = encounter.facts.date_of_service
    if (
        day is not None
        and tables.telehealth_on(
            day, payer=encounter.facts.payer, discipline=encounter.facts.discipline
        )
        is False
    ):
        yield Hit(
            scope, start, end, target=target, facts={"stage": "date"},  # type: ignore[arg-type]
            message="A remote visit on a date for which the data holds no telehealth by therapists for this payer. Check coverage for the date of service.",
        )  # fmt: skip


def _mention(encounter: Encounter) -> Mention | None:
    reading = encounter.reading
    for mention in reading.mentions_in(0, len(reading.text), "delivery"):
        if not mention.has_tag("telehealth") or reading.context_at(mention.start) & _PLANNED:
            continue
        statement = reading.statement_at(mention.start)
        if (
            statement is None
            or statement.role in ("plan", "goal", "history")
            or _SCHEDULING.search(reading.lower, statement.start, statement.end)
        ):
            continue
        return mention
    return None


def _missing(lower: str) -> list[str]:
    elements = (
        ("audio-video or audio only", _MODALITY), ("consent", _CONSENT), ("where the patient was", _LOCATION),
    )  # fmt: skip
    missing = [name for name, pattern in elements if not pattern.search(lower)]
    if missing and not _HELPER.search(lower):
        missing.append("who was with the patient")
    return missing


def part_a(encounter: Encounter, tables: BillingTables) -> Iterator[Hit]:
    """Part B words in a setting that Part B does not pay: KX, GP, units by line (I8)."""
    setting = encounter.facts.setting
    if setting not in PART_A_SETTINGS:
        return
    part_b = {"KX", *DISCIPLINE_OF_MODIFIER, *ASSISTANT_MODIFIERS}
    bill = bill_of(encounter, tables.codes)
    for line in bill.lines:
        found = [m for m in line.modifiers if m in part_b]
        if not found and (bill.recorded or line.units is None):
            continue
        place = line.as_place(line.code)
        what = f"{line.code} with {' '.join(found)}" if found else f"units of {line.code}"
        yield Hit(
            "charge" if place.target != "text" else "words", place.start, place.end, target=place.target,
            facts={"stage": setting, "code": line.code},
            message=f"{what}: the setting is {_SETTING_NAMES[setting]}, where Part B lines, units and modifiers do not apply. Check the setting.",
        )  # fmt: skip
        return
