"""A seeded generator of synthetic daily notes: load for the benchmarks, never gold.

The notes are assembled from many small parts, so that the share of unlike words is that of a
clinic's export and not that of one note repeated. The same seed gives the same notes on any
machine: choices are keyed hashes, not a library's random numbers.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator, Sequence

_SUBJECTIVE = (
    "Pt reports {side} {joint} {n}/10 after {event}.", "No falls since last visit, did HEP {k} of 7 days.",
    "States {task} still needs help from {person}.", "\"It is {feel} today\", slept {h} hours.", "Denies {symptom} since {date}.",
    "{person} drove, reports {symptom} on the way.", "No new complaints.", "C/o {joint} stiffness in am, {n}/10.",
)  # fmt: skip
_TREATMENT = (
    "{code} {m} min: {ex} {s}x{r}, {ex2} {s}x{r} w/ {load}, cue to {cue}; {change}, for {task} (LTG {g}).",
    "TE x {m} min: {ex}, {ex2}, {ex3} {s} sets of {r}. {joint} {motion} {deg}.",
    "Gait {dist} ft w/ {device}, {assist}, VC for {gait}, {lob} LOB; {surface}.",
    "To improve {task}, pt completed {ex} {s}x{r} from {inch} in seat, {assist}; therapist {skill} at {site}.",
    "NMR {m} min - {bal} {s} x {sec} s on {surface}, {assist}, tactile cue at {site}.",
    "Balance activities performed x {m} min.", "Ther ex per flow sheet x {m} min.", "Self-care: {adl} with {ae}, {assist}, {k}/{r} steps, {n} VC.",
    "Manual: {tech} {joint} x {m} min, {motion} {deg} to {deg2} after.", "Naming {r} items, {pct}% with phonemic cue on {k}.",
)  # fmt: skip
_ASSESSMENT = (
    "Tolerated well.", "{change}, pain {n}/10 leaving.", "Progressing toward goals.", "Needs fewer cues for {task} than on {date}.",
    "{joint} {motion} {deg} (was {deg2}), {gait} improved from {date}.", "Fatigued after {m} min, SpO2 {spo}%, HR {hr}.",
)  # fmt: skip
_PLAN = (
    "Cont POC.",
    "Next visit: {ex} with {load} if {symptom} stays under {n}/10.",
    "Progress {bal} to {surface}; recheck {joint} {motion} {date}.",
    "{k}x/wk x {h} wks per POC.",
)
_WORDS: dict[str, Sequence[str]] = {
    "side": ("R", "L", "B", "right", "left"), "joint": ("knee", "shoulder", "hip", "ankle", "neck", "low back", "wrist", "elbow", "L knee", "R shld"),
    "event": ("gardening", "a long drive", "stairs", "the grocery run", "mowing", "work", "church", "dialysis", "sleeping on it", "her granddaughter's party"),
    "task": ("stair descent", "toilet transfers", "car transfers", "carrying laundry", "meal prep", "dressing", "walking to the mailbox", "getting off the commode", "lifting a grandchild", "reaching the top shelf", "ordering in a restaurant", "pill sorting"),
    "person": ("wife", "daughter", "husband", "son", "neighbor", "aide", "sister"), "feel": ("stiff", "better", "sore", "heavy", "weak", "wobbly"),
    "symptom": ("dizziness", "swelling", "numbness", "locking", "cramping", "buckling", "headache"), "ex": ("SLR", "bridges", "clams", "heel slides", "LAQ", "mini squats", "step ups", "sit to stand", "heel raises", "rows", "hip abd", "quad sets"),
    "ex2": ("TKE", "marching", "wall slides", "scap squeezes", "pulleys", "wand", "putty pinch", "wrist curls", "leg press", "side steps"), "ex3": ("bike", "NuStep", "UBE", "hamstring stretch", "calf stretch", "dead bug", "chin tucks"),
    "load": ("2 lb", "green band", "5#", "no wt", "red theraband", "10 lb", "yellow putty"), "cue": ("keep heel down", "avoid trunk lean", "shift weight L", "lead with R", "breathe out", "keep knee over toes"),
    "change": ("quad lag 8 to 3 deg", "less trunk lean", "cues 6 to 2", "pain 4/10 to 2/10", "no LOB by last set", "smoother descent"), "motion": ("flex", "ext", "abd", "ER", "AROM", "PROM"),
    "device": ("RW", "SPC", "FWW", "no AD", "rollator", "quad cane"), "assist": ("CGA", "SBA", "min A", "mod A", "supervision", "mod I", "CGA-min A"), "gait": ("heel strike", "step length", "foot clearance", "upright posture", "arm swing"),
    "surface": ("foam", "tile", "carpet", "grass", "a ramp", "the curb", "parallel bars", "Airex"), "skill": ("facilitated weight shift", "blocked the knee", "graded the height", "guided the pelvis", "cued verbally"), "site": ("sternum", "R hip", "L scapula", "pelvis", "quad"),
    "bal": ("tandem stance", "SLS", "step taps", "head turns", "perturbations", "cone taps"), "adl": ("LB dressing", "sock donning", "tub transfer", "grooming at sink", "toileting", "UB dressing"), "ae": ("sock aid", "reacher", "LH sponge", "tub bench", "grab bar"),
    "tech": ("STM to", "grade III AP glide", "MFR", "PROM", "patellar mobs"), "code": ("97110", "97530", "97112", "97110-GP", "97530-GO"),
}  # fmt: skip
_NUMBERS = {"n": (0, 9), "k": (1, 7), "h": (2, 9), "m": (8, 40), "s": (2, 4), "r": (5, 20), "g": (1, 4), "deg": (20, 140), "deg2": (15, 130), "dist": (20, 500), "inch": (14, 22), "sec": (10, 60), "lob": (0, 3), "pct": (40, 100), "spo": (88, 99), "hr": (60, 140)}  # fmt: skip


class _Choice:
    """A stream of choices keyed by seed and note: the same on any machine and in any order."""

    def __init__(self, seed: str, number: int) -> None:
        self._key = f"{seed}/{number}/"
        self._at = 0

    def below(self, size: int) -> int:
        self._at += 1
        digest = hashlib.blake2b(f"{self._key}{self._at}".encode(), digest_size=8).digest()
        return int.from_bytes(digest, "big") % size

    def of(self, options: Sequence[str]) -> str:
        return options[self.below(len(options))]


def notes(count: int, seed: str) -> Iterator[dict[str, object]]:
    """Yields ``count`` native records of daily notes, about 850 characters each."""
    for number in range(count):
        choice = _Choice(seed, number)
        yield {
            "id": f"s{number}", "text": _text(choice), "note_type": "daily", "discipline": "PT", "payer": "medicare_b", "setting": "outpatient",
            "date_of_service": f"2026-{1 + number % 9:02}-{1 + number % 28:02}",
            "charges": [{"code": "97110", "units": 2, "minutes": None, "modifiers": ["GP"]}, {"code": "97530", "units": 1, "minutes": None, "modifiers": ["GP"]}],
        }  # fmt: skip


def _text(choice: _Choice) -> str:
    parts = [
        "S: " + " ".join(_filled(choice, choice.of(_SUBJECTIVE)) for _ in range(2)),
        "O: "
        + "\n".join(_filled(choice, choice.of(_TREATMENT)) for _ in range(6 + choice.below(4))),
        "A: " + " ".join(_filled(choice, choice.of(_ASSESSMENT)) for _ in range(2)),
        "P: " + _filled(choice, choice.of(_PLAN)),
        f"Timed minutes {38 + choice.below(14)}, total treatment time {52 + choice.below(10)}. J. Roe, PT",
    ]
    return "\n".join(parts)


def _filled(choice: _Choice, template: str) -> str:
    words = template
    while "{" in words:
        start = words.index("{")
        end = words.index("}", start)
        words = words[:start] + _word(choice, words[start + 1 : end]) + words[end + 1 :]
    return words


def _word(choice: _Choice, name: str) -> str:
    if name in _NUMBERS:
        low, high = _NUMBERS[name]
        return str(low + choice.below(high - low + 1))
    if name == "date":
        return f"{1 + choice.below(12)}/{1 + choice.below(28)}"
    return choice.of(_WORDS[name])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", default="20261")
    arguments = parser.parse_args()
    for record in notes(arguments.count, arguments.seed):
        sys.stdout.write(json.dumps(record) + "\n")


if __name__ == "__main__":
    main()
