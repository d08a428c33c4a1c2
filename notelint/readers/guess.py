"""Guesses a mapping for a person to correct: which column may be which field, by name and length."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from notelint.readers.inspection import Column

#: Names that exports give to fields, as lower-case words joined by ``_``.
NAMES: Mapping[str, tuple[str, ...]] = {
    "text": (
        "note_text", "text", "note", "notes", "body", "note_body", "soap", "soap_note",
        "narrative", "document_text", "documentation", "content", "clinical_note", "full_note",
    ),
    "id": ("note_id", "document_id", "doc_id", "record_id", "id"),
    "visit": ("visit_id", "visit", "appointment_id", "appt_id", "encounter_id", "visit_no"),
    "patient": ("patient_id", "mrn", "patient", "person_id", "chart_no", "client_id", "pt_id"),
    "episode": ("case_id", "episode_id", "episode", "case", "plan_id", "referral_id"),
    "clinician": (
        "therapist_id", "clinician_id", "provider_id", "therapist", "clinician", "provider",
        "treating_therapist", "treating_provider", "rendering_provider",
    ),
    "clinic": ("clinic_id", "clinic", "location_id", "location", "facility_id", "facility"),
    "date": (
        "visit_date", "date_of_service", "dos", "service_date", "note_date", "encounter_date",
        "date", "appt_date",
    ),
    "signed": ("signed_at", "signed_date", "note_finalized_date", "finalized_at", "date_signed"),
    "note-type": ("note_type", "document_type", "doc_type", "visit_type", "type", "note_kind"),
    "discipline": ("discipline", "specialty", "service_line", "department"),
    "payer": ("payer", "insurance_type", "insurance", "payor", "financial_class", "plan_type"),
    "setting": ("setting", "place_of_service", "pos"),
    "status": ("status", "note_status", "signature_status"),
    "credential": ("credential", "credentials", "provider_type"),
    "flag": ("export_flag",),
}  # fmt: skip

#: Names of columns that hold the charges in the note's own row.
CHARGES: Mapping[str, tuple[str, ...]] = {
    "code": (
        "cpt", "cpt_code", "cpt_codes", "procedure_code", "procedure_codes", "billing_codes",
        "billed_codes", "charge_codes", "charges", "codes",
    ),
    "units": ("units", "billed_units", "qty", "quantity"),
    "minutes": ("minutes", "min", "mins", "timed_minutes", "treatment_minutes"),
    "modifiers": ("modifiers", "modifier", "mod", "mod1", "mods"),
}  # fmt: skip

#: A column without a telling name may hold notes if its cells are this long on average.
LONG = 60
_ISO = re.compile(r"9999-99-99")


def guessed_table(columns: Sequence[Column], name: str) -> str:
    """Returns a ``[source.NAME]`` table to start from, or nothing if no column may be the text."""
    words = {_word(column.name): column for column in columns if column.filled}
    found: dict[str, Column] = {}
    for key, names in NAMES.items():
        column = next((words[word] for word in names if word in words), None)
        if column is not None and column not in found.values():
            found[key] = column
    if "text" not in found:
        longest = max(columns, key=_length, default=None)
        if longest is None or _length(longest) < LONG:
            return ""
        found = {"text": longest, **{k: c for k, c in found.items() if c is not longest}}
    lines = [f"[source.{_word(name) or 'export'}]"]
    lines += [f"{key} = {json.dumps(column.name)}" for key, column in found.items()]
    date = found.get("date")
    if date and not _ISO.match(date.sample):
        lines.append('# date-format = "%m/%d/%Y"    # or "%d/%m/%Y": dates are never guessed')
    charges = {
        key: words[word].name
        for key, names in CHARGES.items()
        for word in [next((word for word in names if word in words), None)]
        if word is not None and words[word] not in found.values()
    }
    if "code" not in charges:
        return "\n".join([*lines, '# join = "charges.csv on VISIT COLUMN"'])
    lines += ["", f"[source.{_word(name) or 'export'}.charges]"]
    lines += [f"{key} = {json.dumps(column)}" for key, column in charges.items()]
    return "\n".join(lines)


def _length(column: Column) -> float:
    return column.characters / column.filled if column.filled else 0.0


def _word(name: str) -> str:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.strip())
    return re.sub(r"[^a-z0-9]+", "_", spaced.lower()).strip("_")
