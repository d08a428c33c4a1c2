"""FHIR R4: notes in DocumentReference, DiagnosticReport and Composition, from Bundles and NDJSON.

Several attachments of one document are renditions of the same note: the plainest is read. Charges
come from the claims beside them. An address is never followed over the network.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from notelint.errors import InputError
from notelint.finding import Problem
from notelint.note import Note
from notelint.readers.decode import decode
from notelint.readers.inputs import Input
from notelint.readers.jsonl import records
from notelint.readers.mapping import Mapping as SourceMapping
from notelint.readers.mapping import presets
from notelint.readers.markup import html_text
from notelint.readers.native import note_from_record
from notelint.readers.options import ReadOptions
from notelint.readers.problems import ReadError
from notelint.readers.shelf import Shelf, codings, items, reference_id, shelf_beside, word
from notelint.source import SourceMap

NOTE_KINDS = ("DocumentReference", "DiagnosticReport", "Composition")

#: What a rendition's media type is worth, best first.
RENDITIONS = ("text/plain", "text/markdown", "text/html", "application/xhtml+xml")
STATUS: Mapping[str, str] = {
    "preliminary": "draft", "partial": "draft", "registered": "draft",
    "final": "final", "amended": "amended", "corrected": "amended", "appended": "amended",
}  # fmt: skip
_MEDIA = re.compile(r"[a-z]{1,20}/[a-z0-9.+-]{1,60}")
WITHDRAWN = frozenset(("superseded", "entered-in-error", "cancelled"))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a resource stands: its line (NDJSON) and the JSON pointer to it."""

    row: int | None = None
    pointer: str = ""


def read_ndjson(source: Input, options: ReadOptions) -> Iterator[Note | Problem]:
    """Yields the notes of a bulk file; claims and binaries come from the files beside it.

    Raises:
        InputError: the input breaks off.
    """
    desk = _Desk(source, options, shelf_beside(source))
    for line, record in records(source, options.encoding):
        if isinstance(record, Problem):
            yield record
        elif isinstance(record, Mapping):
            yield from desk.resource(record, _Place(line.number))
    yield from desk.done()


def read_document(
    source: Input, options: ReadOptions, root: Mapping[str, Any]
) -> Iterator[Note | Problem]:
    """Yields the notes of a Bundle or of a single resource."""
    if root.get("resourceType") != "Bundle":
        desk = _Desk(source, options, shelf_beside(source))
        yield from desk.resource(root, _Place())
    else:
        desk = _Desk(source, options, Shelf())
        yield from desk.resource(root, _Place())
    yield from desk.done()


class _Desk:
    """One source's resources on their way to notes."""

    def __init__(self, source: Input, options: ReadOptions, shelf: Shelf) -> None:
        self._source = source
        self._file = source.name
        self._notices = options.notices
        self._mapping: SourceMapping = options.mapping_for(source) or presets()["fhir"]
        self._shelf = shelf
        self._seen = 0
        self._notes = 0

    def resource(self, resource: Mapping[str, Any], place: _Place) -> Iterator[Note | Problem]:
        """Yields the notes that a resource holds; a Bundle's claims are shelved first."""
        self._seen += 1
        kind = resource.get("resourceType")
        if kind == "Bundle":
            entries = [entry.get("resource") for entry in items(resource.get("entry"))]
            for entry in entries:
                if isinstance(entry, Mapping):
                    self._shelf.add(entry)
            for i, entry in enumerate(entries):
                if isinstance(entry, Mapping) and entry.get("resourceType") != "Bundle":
                    pointer = f"{place.pointer}/entry/{i}/resource"
                    yield from self.resource(entry, _Place(place.row, pointer))
        elif kind in NOTE_KINDS:
            yield from self._note(resource, place)

    def done(self) -> Iterator[Problem]:
        """One line if nothing here was a note; an error if the file was named."""
        if self._notes:
            return
        what = f"none of its {self._seen} FHIR resources holds the text of a note."
        yield Problem(
            what if self._source.named else f"skipped: {what}",
            self._file,
            remedy="Name the file of DocumentReference resources." if self._source.named else "",
            fatal=self._source.named,
        )

    def _note(self, resource: Mapping[str, Any], place: _Place) -> Iterator[Note | Problem]:
        id = word(resource.get("id")) or f"{self._file}:{place.row or place.pointer or 1}"
        if {word(resource.get("status")), word(resource.get("docStatus"))} & WITHDRAWN:
            self._notes += 1
            self._notices.count(self._file, "{n} documents are withdrawn or replaced; left out.")
            return
        try:
            found = self._text(resource, place)
            if found is None:
                return
            self._notes += 1
            text, note_map = found
            if not text.strip():
                self._notices.count(self._file, "{n} documents have no text and were left out.")
                return
            record, carried = self._record(resource)
            yield note_from_record(
                {**record, "id": id, "text": text},
                source=note_map,
                where=f"{self._file}{note_map.pointer}",
                carried=carried,
            )
        except InputError as error:
            self._notes += 1
            yield Problem(error.what, self._file, place.row, note_id=id, remedy=error.remedy)

    def _record(self, resource: Mapping[str, Any]) -> tuple[dict[str, Any], set[str]]:
        """Returns the facts of a document's note, and which of them FHIR carries."""
        context = resource.get("context")
        context = context if isinstance(context, Mapping) else {}
        encounters = [*items(context.get("encounter")), *items([resource.get("encounter")])]
        encounter = next(filter(None, (reference_id(e, "Encounter") for e in encounters)), None)
        episode = next(filter(None, (reference_id(e, "EpisodeOfCare") for e in encounters)), None)
        patient = reference_id(resource.get("subject"))
        day = _day(resource, context)
        author = next(iter(items(resource.get("author") or resource.get("performer"))), {})
        record: dict[str, Any] = {
            **self._mapping.constants,
            "patient_id": patient,
            "visit_id": encounter,
            "episode_id": episode,
            "date_of_service": day,
            "status": STATUS.get(
                word(resource.get("docStatus") or resource.get("status")), "unknown"
            ),
            "clinician_id": reference_id(author),
            "author": {"name": word(author.get("display"))},
        }
        carried = {"date_of_service", "patient_id", "visit_id", "status"}
        record.update(self._kind(resource))
        payer = self._word("payer", self._shelf.payer_codes(patient))
        if payer:
            record["payer"] = payer
        if self._shelf.has_claims:
            record["charges"] = self._shelf.charges(encounter, patient, day)
            carried |= {"charges", "charges.code", "charges.units", "charges.modifiers"}
        return record, carried

    def _kind(self, resource: Mapping[str, Any]) -> dict[str, str]:
        """Note type and discipline by the document's type; an appended document is an addendum."""
        codes = [code for _, code in codings(resource.get("type") or resource.get("code"))]
        found = {name: self._word(name, codes) for name in ("note_type", "discipline")}
        relations = {word(related.get("code")) for related in items(resource.get("relatesTo"))}
        if "appends" in relations:
            found["note_type"] = "addendum"
        return {name: word for name, word in found.items() if word}

    def _word(self, field: str, codes: list[str] | tuple[str, ...]) -> str:
        table = self._mapping.values.get(field, {})
        return next((table[code.casefold()] for code in codes if code.casefold() in table), "")

    def _text(self, resource: Mapping[str, Any], place: _Place) -> tuple[str, SourceMap] | None:
        """Returns a document's text and where it stands, or None if it is no text at all."""
        if resource.get("resourceType") == "Composition":
            text = "\n\n".join(_sections(resource.get("section")))
            return (text, self._map(text, place, "/section")) if text else None
        if resource.get("resourceType") == "DiagnosticReport":
            forms = [
                (f"/presentedForm/{i}", form)
                for i, form in enumerate(items(resource.get("presentedForm")))
            ]
        else:
            forms = [
                (f"/content/{i}/attachment", content["attachment"])
                for i, content in enumerate(items(resource.get("content")))
                if isinstance(content.get("attachment"), Mapping)
            ]
        ranked = sorted((_rank(form), i) for i, (_, form) in enumerate(forms))
        if not ranked:
            return None
        rank, best = ranked[0]
        pointer, form = forms[best]
        if rank == len(RENDITIONS):
            kind = _media_type(form) or "an unnamed kind"
            self._notices.count(self._file, f"{{n}} documents are only {kind} and were not read.")
            return None
        text = self._attached(form, f"{self._file}{place.pointer}{pointer}")
        if RENDITIONS[rank] in ("text/html", "application/xhtml+xml"):
            text = html_text(text)
        return text, self._map(text, place, f"{pointer}/data")

    def _map(self, text: str, place: _Place, pointer: str) -> SourceMap:
        """A map without file offsets: base64 has none; row and pointer say where."""
        return SourceMap(self._file, len(text), row=place.row, pointer=place.pointer + pointer)

    def _attached(self, form: Mapping[str, Any], where: str) -> str:
        """Returns the characters of an attachment, inline or from a Binary of the same export."""
        data = form.get("data")
        if not isinstance(data, str):
            data = self._binary(form.get("url"), where)
        try:
            raw = base64.b64decode("".join(data.split()), validate=True)
        except (binascii.Error, ValueError):
            raise ReadError("the attachment is not base64.", file=where) from None
        media = word(form.get("contentType"))
        charset = media.partition("charset=")[2].strip(' "').lower() or None
        try:
            return decode(raw, where, charset)
        except LookupError:
            raise ReadError("the attachment's charset is not known.", file=where) from None

    def _binary(self, url: object, where: str) -> str:
        binary = None
        if isinstance(url, str) and "Binary/" in url:
            binary = self._shelf.binary(url.rpartition("Binary/")[2].split("/")[0])
        elif isinstance(url, str) and url.startswith("urn:uuid:"):
            binary = self._shelf.binary(url.removeprefix("urn:uuid:"))
        data = binary.get("data") if binary else None
        if not isinstance(data, str):
            raise ReadError(
                "the text is at an address that is not in this export, and is not fetched.",
                file=where,
                remedy="Export the attachments, or the Binary resources, with the documents.",
            )
        return data


def _day(resource: Mapping[str, Any], context: Mapping[str, Any]) -> str:
    """Returns the day of the visit: the period of the context, else the document's own date."""
    period = context.get("period")
    start = period.get("start") if isinstance(period, Mapping) else None
    day = start or resource.get("effectiveDateTime") or resource.get("date")
    return str(day)[:10] if isinstance(day, str) and len(day) >= 10 else ""


def _media_type(form: Mapping[str, Any]) -> str:
    media = word(form.get("contentType")).partition(";")[0].strip().lower()
    return media if _MEDIA.fullmatch(media) else ""


def _rank(form: Mapping[str, Any]) -> int:
    media = _media_type(form)
    return RENDITIONS.index(media) if media in RENDITIONS else len(RENDITIONS)


def _sections(sections: object) -> Iterator[str]:
    """Yields a Composition's sections as text, each under its title."""
    for section in items(sections):
        narrative = section.get("text")
        words = html_text(word(narrative.get("div"))) if isinstance(narrative, Mapping) else ""
        title = word(section.get("title")).strip()
        if words:
            yield f"{title}:\n{words}" if title else words
        yield from _sections(section.get("section"))
