"""What kind of note a text shows: for what is there, never for completeness (DESIGN §3).

"Not therapy" needs positive evidence of another kind (operative, radiology,
history-and-physical frames) and is never inferred for short texts, nor where a discipline,
therapy code or charge is known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from notelint.language.reading import Mention, NoteKind, Quantity, Section

_FRAMES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "operative",
        re.compile(
            r"(?:preoperative diagnos|postoperative diagnos|pre-?operative diagnos|procedures? performed|operative (?:report|procedure|findings)|description of (?:the )?(?:operation|procedure)|procedure in detail|estimated blood loss|anesthesia\s*:|indications? for (?:the )?(?:procedure|operation|surgery)|title of operation|prepped and draped|technique\s*:|complications\s*:\s*,?\s*none|specimens?\s*:|procedure note|name of procedure|sponge and needle|general anesthesia|local anesthesia|scope was|sterile fashion)"
        ),
    ),
    (
        "radiology",
        re.compile(
            r"(?:impression\s*:.{0,200}(?:ct|mri|x-?ray|radiograph|ultrasound|scan)|exam\s*:\s*,?\s*(?:ct|mri|us|x-?ray|chest|ultrasound)|(?:ct|mri|us|ultrasound) (?:of|abdomen|head|brain|chest|pelvis|scan)|comparison\s*:|contrast|radiopharmaceutical|myocardial perfusion|echocardiogram|doppler|ejection fraction|mammogra|sonogra|intravenous contrast|axial images|t2-weighted|ekg|electrocardiogram|stress test|holter|catheterization|angiogra|gestation|fetal|emg|nerve conduction|sleep study|polysomnogra|eeg\b|spect)"
        ),
    ),
    (
        "physician",
        re.compile(
            r"(?:review of systems|chief complaint|history of present illness|physical examination|past medical history|heent|general appearance|allergies\s*:|family history|social history|medications?\s*:|current medications|cranial nerves|lungs\s*:|heart\s*:|abdomen\s*:|vital signs|laboratory|hospital course|discharge diagnos|admission diagnos|admitting diagnos|discharge medications|consult(?:ation)? |reason for (?:consult|admission|visit)|mental status exam|axis i|genitourinary|neurologic\s*:|extremities\s*:|skin\s*:|neck\s*:|soap\b|assessment\s*:|impression\s*:|plan\s*:|prescri|mg (?:p\.?o|daily|b\.?i\.?d|q)|refill|follow up with|subjective\s*:|objective\s*:|gross description|microscopic|autopsy|cause of death|letter|dear dr|thank you for|sincerely|independent medical)"
        ),
    ),
)
_THERAPY = re.compile(
    r"\b(?:physical therap\w*|occupational therap\w*|speech[- ](?:language )?(?:therap\w*|patholog\w*)|therapeutic (?:exercise|activit)\w*|ther ?ex|neuro(?:muscular)? re-?ed\w*|gait train\w*|transfer train\w*|range of motion exercise\w*|home exercise|hep\b|plof|ltg|stg|short[- ]term goal\w*|long[- ]term goal\w*|cga|sba|contact guard|min(?:imal)? a(?:ssist\w*)?\b|mod(?:erate)? a(?:ssist\w*)?\b|adls?\b|sit[- ]to[- ]stand|bed mobility|berg|tug\b|otr|pta\b|cota|ccc-slp|dysphagia|aphasia|articulation|plan of care|poc\b|rehab potential|tolerated (?:treatment|tx)|verbal cues?|tactile cues?|strengthening|stretching|9[27]\d{3}|mobiliz\w+|patient'?s? goals?|functional (?:mobility|activit\w*|limitation\w*)|balance|ambulat\w+)\b"
)
_CORE = re.compile(
    r"\b(?:physical therapy|occupational therapy|speech therapy|speech[- ]language|therapeutic exercise|ther ?ex|neuromuscular re|gait training|ltg|stg|short[- ]term goals?|long[- ]term goals?|contact guard|cga|sba|otr/l|pta|cota|ccc-slp|97\d{3}|92507|92526|plof|hep|rehab potential|therapist)\b"
)

_SHORT = 700

#: What must stand in a text before the pattern of a kind is tried on it.
_STEMS: dict[str, tuple[str, ...]] = {
    "no_show": ("show", "no call", "dns", "cancel", "cx", "missed", "held", "not seen", "unable"),
    "addendum": ("addend", "late entry", "amendment"),
    "discharge": ("discharge", "d/c"),
    "reeval": ("eval", "reassessment", "examination"),
    "recert": ("cert",),
    "progress": ("progress", "10th", "reporting"),
    "eval": ("eval", "initial", "9716", "plan of care"),
    "communication": ("call", "communication", "spoke"),
}

_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "no_show",
        re.compile(
            r"\b(?:no[- ]?show|no call|did not show|dns\b|cancel(?:l?ed|lation)?|cx'?d|missed (?:visit|appointment|appt|session)|pt (?:called|phoned) to cancel|held (?:therapy|tx) (?:today|per|due)|therapy held|tx held|session held|not seen today|unable to be seen)\b"
        ),
    ),
    ("addendum", re.compile(r"^\W*(?:addendum|late entry|amendment|addend)\b", re.M)),
    (
        "discharge",
        re.compile(
            r"\b(?:discharge (?:summary|note|report|evaluation)|d/c (?:summary|note)|discharged? from (?:pt|ot|slp|st|therapy|physical|occupational|speech|skilled))\b"
        ),
    ),
    (
        "reeval",
        re.compile(r"\b(?:re-?eval(?:uation)?(?: note)?|reassessment note|re-?examination)\b"),
    ),
    ("recert", re.compile(r"\b(?:re-?certification|recert)\b")),
    (
        "progress",
        re.compile(
            r"\b(?:progress (?:report|summary|note)|10th visit (?:note|report)|reporting period)\b"
        ),
    ),
    (
        "eval",
        re.compile(
            r"\b(?:initial (?:eval\w*|exam\w*|assessment)|(?:pt|ot|slp|st) eval(?:uation)?|evaluation (?:date|only)|9716[1-3]|9716[5-7]|plan of care (?:established|dates)|physical therapy evaluation|occupational therapy evaluation|speech evaluation|swallow(?:ing)? evaluation)\b"
        ),
    ),
    (
        "communication",
        re.compile(
            r"^\W*(?:phone call|telephone call|call (?:to|from)|communication note|spoke (?:with|to))\b",
            re.M,
        ),
    ),
)


def kind_of(
    lower: str,
    sections: Sequence[Section],
    mentions: Sequence[Mention],
    quantities: Sequence[Quantity],
    *,
    known_therapy: bool,
) -> NoteKind:
    """Infers the note kind from the text alone."""
    evidence: list[str] = []
    kind = "unknown"
    head = lower[:400]
    for name, pattern in _KINDS:
        window = lower if name in ("no_show", "discharge") and len(lower) < 900 else head
        if any(stem in window for stem in _STEMS[name]) and pattern.search(window):
            kind = name
            evidence.append(name)
            break
    if kind == "no_show" and (len(lower) > 600 or _dosed(quantities)):
        kind = "unknown"
    therapy = known_therapy or _is_therapy(lower, quantities, evidence)
    return NoteKind(kind, therapy, _framed(lower, sections, mentions), tuple(evidence))


def _dosed(quantities: Sequence[Quantity]) -> bool:
    return sum(q.kind in ("dose", "code") for q in quantities) >= 2


def _is_therapy(lower: str, quantities: Sequence[Quantity], evidence: list[str]) -> bool:
    if len(lower) < _SHORT or any(q.kind == "code" for q in quantities):
        return True
    counts = {name: len(set(pattern.findall(lower))) for name, pattern in _FRAMES}
    therapy = len(set(_THERAPY.findall(lower)))
    core = len(set(_CORE.findall(lower)))
    other = max(counts.values())
    strong = counts["operative"] >= 2 or counts["radiology"] >= 2 or counts["physician"] >= 3
    if strong and (core < 3 or (core < 5 and other >= 4 * core)) and therapy < 10:
        evidence.append("not therapy: " + max(counts, key=lambda name: counts[name]))
        return False
    if core == 0 and therapy < 3:
        evidence.append("not therapy: no therapy words")
        return not other
    return True


def _framed(lower: str, sections: Sequence[Section], mentions: Sequence[Mention]) -> bool:
    """Whether the text carries its own frame: three SOAP sections, or a header and a signature."""
    soap = {s.kind for s in sections} & {
        "subjective",
        "objective",
        "treatment",
        "assessment",
        "plan",
    }
    if "treatment" in soap and "objective" in soap:
        soap.discard("treatment")
    if len(soap) >= 3:
        return True
    dated = bool(
        re.search(
            r"\b(?:dos|date of service|visit date|treatment date|date)\s*:?\s*\d", lower[:300]
        )
    )
    signed = any(m.is_a("credential") for m in mentions if m.start > len(lower) - 160)
    return dated and signed
