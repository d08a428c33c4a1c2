"""The sample manifest: what was drawn, from what, how, and everything needed to draw it again."""

from __future__ import annotations

import getpass
import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from notelint import __version__
from notelint.audit.frame import Frame, Unit, select
from notelint.audit.sampling import ALGORITHM, SYSTEMATIC, Design, Draw, Stratum, draw, frame_id
from notelint.errors import InputError

SCHEMA = "notelint.sample/1"


@dataclass(frozen=True, slots=True)
class Filters:
    """Which notes of the export made the frame."""

    where: tuple[str, ...] = ()
    since: str = ""
    until: str = ""

    def apply(self, frame: Frame) -> Frame:
        if not (self.where or self.since or self.until):
            return frame
        return select(frame, self.where, self.since, self.until)

    def as_dict(self) -> dict[str, Any]:
        return {"where": list(self.where), "from": self.since, "to": self.until}


@dataclass(frozen=True, slots=True)
class Manifest:
    """One drawn sample. Holds ids, hashes and counts; never text."""

    unit: str
    paths: tuple[str, ...]
    filters: Filters
    frame_sha256: str
    text_sha256: str
    frame_size: int
    left_out: Mapping[str, int]
    design: Design
    strata: tuple[Stratum, ...]
    certainty: tuple[str, ...]
    sample: tuple[str, ...]
    #: Every unit drawn, spare or certain, with its notes and facts.
    units: Mapping[str, Unit]
    drawn_at: str
    drawn_by: str
    versions: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        frame: Frame,
        design: Design,
        drawn: Draw,
        *,
        paths: Sequence[str],
        filters: Filters | None = None,
        versions: Mapping[str, str] | None = None,
    ) -> Manifest:
        """Puts down a draw. The time is ``SOURCE_DATE_EPOCH`` where that is set."""
        spares = [unit for stratum in drawn.strata for unit in stratum.spares]
        wanted = {*drawn.sample, *drawn.certainty, *spares}
        units = {unit.id: unit for unit in frame.units if unit.id in wanted}
        return cls(
            frame.unit, tuple(paths), filters or Filters(), frame.sha256, frame.text_sha256,
            len(frame.units), dict(frame.left_out), design, drawn.strata, drawn.certainty,
            drawn.sample, units, now(), _who(), {"notelint": __version__, **(versions or {})},
        )  # fmt: skip

    @property
    def notes(self) -> dict[str, tuple[str, ...]]:
        """Unit → the notes it holds."""
        return {name: unit.notes for name, unit in self.units.items()}

    def strata_of(self) -> dict[str, Stratum]:
        """Sampled unit → its stratum."""
        return {unit: stratum for stratum in self.strata for unit in stratum.sample}

    def as_dict(self) -> dict[str, Any]:
        body: dict[str, Any] = {
            "schema": SCHEMA,
            "unit": self.unit,
            "seed": self.design.seed,
            "algorithm": SYSTEMATIC if self.design.systematic else ALGORITHM,
            "frame": {
                "id": f"{self.unit}:", "size": self.frame_size, "sha256": self.frame_sha256,
                "text_sha256": self.text_sha256, "paths": list(self.paths),
                "filters": self.filters.as_dict(), "left_out": dict(self.left_out),
            },
            "design": self.design.as_dict(),
            "sample": list(self.sample),
            "strata": [stratum.as_dict() for stratum in self.strata],
            "certainty": list(self.certainty),
            "units": [_record(self.units[name]) for name in sorted(self.units)],
            "drawn": {"at": self.drawn_at, "by": self.drawn_by},
            "versions": dict(self.versions),
        }  # fmt: skip
        body["seal"] = seal(body)
        return body

    @classmethod
    def from_dict(cls, data: Mapping[str, Any], *, where: str = "") -> Manifest:
        """Reads a manifest.

        Raises:
            InputError: it is not a manifest, or it was edited after it was written.
        """
        if not isinstance(data, dict) or data.get("schema") != SCHEMA:
            raise InputError(
                "This is not a sample manifest.", where=where,
                remedy="Give the file that 'notelint sample --output' wrote.",
            )  # fmt: skip
        if data.get("seal") != seal(data):
            raise InputError(
                "The sample manifest was changed after it was drawn: its seal does not match.",
                where=where,
                remedy="Go back to the file as it was written, or draw again with its seed.",
            )
        frame, filters = data["frame"], data["frame"]["filters"]
        strata = tuple(
            Stratum(s["label"], s["facts"], s["size"], tuple(s["sample"]), tuple(s["spares"]))
            for s in data["strata"]
        )
        return cls(
            data["unit"], tuple(frame["paths"]),
            Filters(tuple(filters["where"]), filters["from"], filters["to"]),
            frame["sha256"], frame["text_sha256"], frame["size"], frame["left_out"],
            Design.from_dict(data["seed"], data["design"]), strata, tuple(data["certainty"]),
            tuple(data["sample"]), {row["id"]: _unit(row) for row in data["units"]},
            data["drawn"]["at"], data["drawn"]["by"], data["versions"],
        )  # fmt: skip


def seal(body: Mapping[str, Any]) -> str:
    """The hash of a manifest's content, its own seal left out."""
    bare = {key: value for key, value in body.items() if key != "seal"}
    text = json.dumps(bare, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def load_manifest(path: Path) -> Manifest:
    """Reads a manifest file; see ``Manifest.from_dict``."""
    return Manifest.from_dict(read_json(path), where=str(path))


def read_json(path: Path) -> Any:
    """Reads a JSON file.

    Raises:
        InputError: there is no such file, or it holds no JSON.
    """
    try:
        return json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise InputError(f"Cannot read it: {error.strerror}.", where=str(path)) from None
    except ValueError:
        raise InputError("This is not a JSON file.", where=str(path)) from None


def verify(
    manifest: Manifest, frame: Frame, *, fired: Mapping[str, frozenset[str]] | None = None
) -> Iterator[str]:
    """Draws again from the same notes and yields what differs, in words; nothing if all agrees."""
    frame = manifest.filters.apply(frame)
    if len(frame.units) != manifest.frame_size:
        yield (
            f"the frame has {len(frame.units):,} {manifest.unit}s, "
            f"the manifest says {manifest.frame_size:,}"
        )
    if frame.sha256 != manifest.frame_sha256:
        yield "the frame's ids or facts are not those the sample was drawn from"
    elif frame.text_sha256 != manifest.text_sha256:
        yield "the text of at least one note has changed since the sample was drawn"
    again = draw(frame, manifest.design, fired=fired)
    yield from _against("sample", manifest.sample, again.sample)
    yield from _against("certainty part", manifest.certainty, again.certainty)
    ours = {stratum.label: stratum for stratum in manifest.strata}
    for stratum in again.strata:
        if ours.get(stratum.label) != stratum:
            yield f"stratum '{stratum.label}' was not drawn by this seed"
    for label in ours.keys() - {stratum.label for stratum in again.strata}:
        yield f"stratum '{label}' is not in the frame"


def _against(part: str, said: Sequence[str], drawn: Sequence[str]) -> Iterator[str]:
    if extra := sorted(set(said) - set(drawn)):
        yield f"the {part} holds {len(extra)} that this seed does not draw, such as '{extra[0]}'"
    if missing := sorted(set(drawn) - set(said)):
        yield f"the {part} lacks {len(missing)} that this seed draws, such as '{missing[0]}'"
    if not extra and not missing and tuple(said) != tuple(drawn):
        yield f"the {part} is not in its drawn order"


def frame_lines(frame: Frame) -> Iterator[str]:
    """The frame as JSON lines: ids, hashes and facts, no text."""
    yield json.dumps({"schema": "notelint.frame/1", "unit": frame.unit, "id": frame_id(frame)})
    for unit in frame.units:
        yield json.dumps(_record(unit), ensure_ascii=False)


def _record(unit: Unit) -> dict[str, Any]:
    return {
        "id": unit.id, "notes": list(unit.notes), "text_sha256": list(unit.texts),
        "facts": dict(unit.facts), "date": unit.date, "codes": list(unit.codes),
        "units": unit.units,
    }  # fmt: skip


def _unit(row: Mapping[str, Any]) -> Unit:
    return Unit(
        row["id"], tuple(row["notes"]), tuple(row["text_sha256"]), row["facts"], row["date"],
        tuple(row["codes"]), row["units"],
    )  # fmt: skip


def now() -> str:
    """The time in UTC, to the second, or ``SOURCE_DATE_EPOCH`` where that is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _who() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
