"""The grammar of claims of skill and of need: "the expertise of a therapist is indispensable".

The fixed phrases stand in ``rules/lexicon/misc.yaml``; this finds the same claim in other words.
"""

from __future__ import annotations

import re

from notelint.language.loose import loose
from notelint.language.reading import Reading, Span, Statement

_WHO = (
    r"(?:(?:licensed|trained|qualified|registered|certified|skilled|experienced|rehab|hand) ){0,2}"
    r"(?:physical therapists?|occupational therapists?|speech[- ](?:language )?(?:pathologists?|therapists?)|therapists?|clinicians?|professionals?|pts?|ots?|slps?|cht|st)"
)
#: What is called skilled: a service or what a clinician brings to it.
_SERVICE = r"(?:pt|ot|st|slp|tx|treatments?|therap(?:y|ies)|services?|svcs?|interventions?|care|oversight|judge?ment|expertise|knowledge|management|input|rehab(?:ilitation)?|instruction)"
#: The field of the service: no word that shows anything.
_FIELD = r"(?:physical|occupational|speech|language|speech[- ]language|hand|aquatic|vestibular|dysphagia|swallow\w*|pelvic|feeding|cognitive|rehab(?:ilitation)?|rehabilitative|outpatient|inpatient|home|health|continued|ongoing|clinical|professional|therapeutic|manual|lymphedema|neuro|pediatric|pt|ot|st|slp)"
_NEED = r"(?:need(?:ed|s)?|requir(?:ed|es?|ing)|necess(?:ary|itates?|ity)|nec|essential|indispensable|crucial|vital|critical|warrant(?:ed|s)?|indicated|justified|imperative|calls? for|demands?|mandatory|must have)"
_BRINGS = r"(?:expertise|skills?|skill ?set|knowledge|judge?ment|training|experience|competence|clinical reasoning|decision[- ]making|eyes?|hands)"
_CLAIM = loose(
    # "Skilled speech-language intervention", "skld hand therapy", "skilled oversight"
    rf"\b(?:skilled|skld|skild)(?:[\s/,&-]{{1,3}}(?:and )?{_FIELD}){{0,3}}?[\s/,&-]{{1,3}}{_SERVICE}\b"
    # "The expertise of a licensed therapist", "a therapist's expertise is needed"
    rf"|\b(?:the )?(?:{_BRINGS}(?:,? (?:and|&|/) |/|, ))*{_BRINGS} of (?:an?|the|this|our) {_WHO}(?: (?:is|are|was|were|remains?) (?:\w+ )?{_NEED})?\b"
    rf"|\b{_WHO}['’]s (?:\w+ )?{_BRINGS} (?:is|are|was|were|remains?) (?:\w+ )?{_NEED}\b"
    # "Specialized OT knowledge/judgment needed", "requires the unique skills"
    rf"|\b(?:speciali[sz]ed|professional|unique|advanced|expert)(?: \w+)? {_BRINGS}\b(?:[^.;\n]{{0,40}}?\b{_NEED}\b)"
    rf"|\b{_NEED} (?:the )?(?:speciali[sz]ed|professional|unique|advanced|expert)(?: \w+)? {_BRINGS}\b"
    # "Reasonable and medically nec", "tx is medically warranted", "med. necessity"
    r"|\breasonable ?(?:and|&|\+|/) ?(?:medically )?(?:nec(?:ess?ary|essity|c?es\w*|\b)|warranted|needed|indicated)"
    r"|\bmed(?:ically|\.)? (?:nec(?:c?ess?ary|c?es\w*|\b)|warranted|justified|reasonable|needed)|\bmed(?:ical|\.)? nec(?:essity|\b)"
    # "Cannot be carried out by unskilled staff", "only a therapist can do this safely"
    rf"|\bonly (?:by )?an? {_WHO} (?:can|could|is able to|may)\b"
    r"|\b(?:cannot|can't|can not|could not|not) (?:safely |effectively )?be (?:safely |effectively )?(?:done|provided|performed|carried out|delivered|managed) by (?:an? |the )?(?:non-?skilled|unskilled|aides?|caregivers?|family|lay ?\w*|untrained|nursing)\b"
)
#: A nursing home, and care that nurses give.
_NURSING = re.compile(r"\bskilled[ -](?:nursing|nsg|facility|unit)\b")


def skill_claim(reading: Reading, statement: Statement) -> Span | None:
    """Returns the first claim of skill or need that a statement makes in the words of no list."""
    match = reading.search(_CLAIM, statement.start, statement.end)
    if match is None or _NURSING.match(reading.lower, match.start()):
        return None
    return Span(match.start(), match.end())
