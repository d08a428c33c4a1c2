"""What else a FHIR export holds for its notes: charges in claims, payers, attachments.

Resources refer to each other by id. Claims are kept as charge rows, attachments only as a place,
so that a large export does not fill the memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from notelint.errors import InputError
from notelint.readers.inputs import Input
from notelint.readers.jsontext import JsonError, loads

#: Kinds that are looked for beside a file of notes, by the name of their own file.
SHELVED = ("Claim", "ExplanationOfBenefit", "Coverage", "Binary")
CODE_SYSTEMS = ("http://www.ama-assn.org/go/cpt", "urn:oid:2.16.840.1.113883.6.12")
MINUTES = frozenset(("min", "minute", "minutes"))


def reference_id(value: object, kind: str = "") -> str | None:
    """Returns the id that a FHIR reference ends in (``Patient/p1`` → ``p1``), or None."""
    if not isinstance(value, Mapping):
        return None
    reference = value.get("reference")
    if not isinstance(reference, str) or not reference:
        return None
    whole = reference.removeprefix("urn:uuid:").split("/_history/")[0]
    parts = whole.split("/")
    if kind and len(parts) > 1 and parts[-2] != kind:
        return None
    return parts[-1] or None


def codings(concept: object) -> Iterator[tuple[str, str]]:
    """Yields ``(system, code)`` of a CodeableConcept."""
    if isinstance(concept, Mapping):
        for coding in items(concept.get("coding")):
            code = coding.get("code")
            if isinstance(code, str) and code:
                yield word(coding.get("system")), code


def word(value: object) -> str:
    """Returns a string as it is; anything else, which no one should have written, as nothing."""
    return value if isinstance(value, str) else ""


def items(value: object) -> list[Mapping[str, Any]]:
    """Returns the objects of a list; anything else gives none."""
    if not isinstance(value, list):
        return []
    return [item for item in value if isinstance(item, Mapping)]


@dataclass(slots=True)
class Shelf:
    """Charges by encounter and by patient and day, coverage kinds, places of binaries.

    ``has_claims`` is true once a claim was seen, so that a note without one is known to have none.
    """

    has_claims: bool = False
    by_encounter: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    by_day: dict[tuple[str, str], list[dict[str, Any]]] = field(default_factory=dict)
    coverages: dict[str, tuple[str, ...]] = field(default_factory=dict)
    payers: dict[str, str] = field(default_factory=dict)
    binaries: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    places: dict[str, tuple[Input, int]] = field(default_factory=dict)

    def add(self, resource: Mapping[str, Any]) -> None:
        """Takes a resource that belongs on the shelf; any other is let go."""
        kind = resource.get("resourceType")
        if kind in ("Claim", "ExplanationOfBenefit"):
            self._add_claim(resource)
        elif kind == "Coverage":
            found = tuple(code for _, code in codings(resource.get("type")))
            self.coverages[word(resource.get("id"))] = found
        elif kind == "Binary":
            self.binaries[word(resource.get("id"))] = resource

    def charges(self, encounter: str | None, patient: str | None, day: str) -> list[dict[str, Any]]:
        """Returns the charges of a visit, by its encounter or else by patient and day."""
        if encounter and encounter in self.by_encounter:
            return self.by_encounter[encounter]
        return self.by_day.get((patient or "", day), [])

    def payer_codes(self, patient: str | None) -> tuple[str, ...]:
        """Returns the codes of the coverage that a patient's claims name."""
        return self.coverages.get(self.payers.get(patient or "", ""), ())

    def binary(self, id: str) -> Mapping[str, Any] | None:
        """Returns a Binary resource, read from its file if it is not in memory."""
        if id in self.binaries:
            return self.binaries[id]
        if id not in self.places:
            return None
        source, offset = self.places[id]
        with source.open() as stream:
            stream.seek(offset)
            try:
                resource = loads(stream.readline().decode())
            except (JsonError, UnicodeDecodeError):
                return None
        return resource if isinstance(resource, Mapping) else None

    def _add_claim(self, claim: Mapping[str, Any]) -> None:
        self.has_claims = True
        patient = reference_id(claim.get("patient")) or ""
        for insurance in items(claim.get("insurance")):
            coverage = reference_id(insurance.get("coverage"))
            if coverage and insurance.get("focal", True):
                self.payers[patient] = coverage
        for item in items(claim.get("item")):
            charge = charge_of(item)
            if charge is None:
                continue
            encounters = [reference_id(e, "Encounter") for e in items(item.get("encounter"))]
            if any(encounters):
                for encounter in filter(None, encounters):
                    self.by_encounter.setdefault(encounter, []).append(charge)
                continue
            period = item.get("servicedPeriod")
            start = period.get("start") if isinstance(period, Mapping) else None
            day = word(item.get("servicedDate") or start)[:10]
            self.by_day.setdefault((patient, day), []).append(charge)


def charge_of(item: Mapping[str, Any]) -> dict[str, Any] | None:
    """Returns the charge of a claim's item, or None if it has no procedure code."""
    found = list(codings(item.get("productOrService")))
    code = next((code for system, code in found if system in CODE_SYSTEMS), None)
    if code is None:
        code = next((code for _, code in found if len(code) == 5 and code.isalnum()), None)
    if code is None:
        return None
    modifiers = [code for m in items(item.get("modifier")) for _, code in codings(m)]
    charge: dict[str, Any] = {"code": code, "modifiers": modifiers}
    quantity = item.get("quantity")
    if isinstance(quantity, Mapping):
        unit = word(quantity.get("code") or quantity.get("unit")).lower()
        value = quantity.get("value")
        if isinstance(value, int | float) and value >= 0:
            if unit in MINUTES:
                charge["minutes"] = value
            elif value == int(value):
                charge["units"] = int(value)
    return charge


def shelf_beside(source: Input) -> Shelf:
    """Fills a shelf from the NDJSON files that stand beside a file of notes.

    A line that cannot be read is left to the run over that file itself.
    """
    shelf = Shelf()
    for kind in SHELVED:
        for other in source.beside(f"*{kind}*.ndjson*"):
            if kind == "Claim" and "ClaimResponse" in other.base:
                continue
            _shelve(other, kind, shelf)
    return shelf


def _shelve(source: Input, kind: str, shelf: Shelf) -> None:
    offset = 0
    try:
        for line in source.lines():
            if line.strip():
                resource = _resource(line)
                if kind == "Binary" and resource.get("resourceType") == "Binary":
                    shelf.places[word(resource.get("id"))] = source, offset
                else:
                    shelf.add(resource)
            offset += len(line)
    except InputError:
        return


def _resource(line: bytes) -> Mapping[str, Any]:
    try:
        found = loads(line.decode("utf-8-sig"))
    except (JsonError, UnicodeDecodeError):
        return {}
    return found if isinstance(found, Mapping) else {}
