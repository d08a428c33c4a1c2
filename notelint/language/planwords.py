"""The words of a plan that only continues: none of them says what comes next (catalogue A4)."""

from __future__ import annotations

import re

from notelint.language.boxes import chosen

PLAN_WORDS = frozenset(
    """
    a able adv cnt cnts prog progr tol tolerates c same-as conts cntinue contnue poc. upgrade grade wk wks qd trt rehab rx above achieve act activities activity acts address addressed addressing adl adls
    advance again ahead all allow allowed allows along am an and appointment appropriate appt as
    as-is at attend attending back balance before below benefit benefits care carry change changes
    clinic con't cont cont'd contin continue continued continues continuing course cpoc current
    d/c daily day days decline decrease deficit deficits discharge duration endurance established
    eval ex exercise exercises f/u feel feels focus follow following for forth forward frequency
    fri friday from function functional further gains gait go goal goals goes going her his how
    iadl iadls impairments improve in increase independence indicated intervention interventions
    it keep level levels life limitations line lines ltg ltgs maintain manual maximize md meet met
    mobility mon monday monitor monitoring month more mt necessary need needed needs neuro next
    nmr nmre no note notes occupational of on once ongoing optimize order ordered orders ot
    outlined overall pain participation patient patient's per physical physician plan planned
    plans plof pm poc possible potential prescribed present prevent prior prn proceed program
    progress progressing promote protocol protocols pt pt's pts quality re-ed reach reduce reed
    regimen regular rehab remain remaining remains require required requires response restore
    return returns rom rtc safety same sat saturday schedule scheduled see seen services session
    sessions set should skilled slp speech st stated status stay steady stg stgs stick strength
    strengthening sun sunday ta tasks te the their ther therapy there therex these this three thu
    thur thurs thursday times to tolerance tolerate tolerated tomorrow toward towards training
    treatment tue tues tuesday twice two tx unchanged upgrade usual visit visits w we we'll wed
    wednesday week weekly weeks will with wk wks work working written x
    continuation contine contiue advised recommended recommend recommends recommendation diet thing
    nxt target targets seeing you u him them they're scheduling attend are is be was things just track way along we're i'll i plug plugging away regular still routine set visit's
    he's she's lot more much what doing going get gets getting there best results done p under existing iep hep like would another i'd d/c modify hold
    resume resumes resumed resuming previously authorized authorised approved auth certified nothing else course direction path leave caseload
    modification modifications adjustment adjustments update updates different alter alterations revision revisions revise keeping doing treatments
    therapies as-is original initial previous agreed upon discussed sticking proceeding carrying regime approach
    iep small request requesting extension supportive has family rtd rtmd rtw load loads resistance intensity reps rep weight weights volume consult visits remaining weekly
    surgeon surgeons surgeon's md's doctor doctor's intensive inpatient outpatient acute ready dictated read ortho's
    time dysphagia swallow swallowing language voice cognitive cog aquatic vestibular feeding articulation artic lymphedema
    """.split()
)

_CONTINUES = re.compile(
    r"\b(?:cnts?|cont(?:\.|inue[sd]?|inuing|in|'d|'t)?|con't|poc|plan(?: of care)?|same|resume|proceed|maintain|stick|keep|rtc|return"
    r"|(?:be )?seen? (?:again|pt|her|him|patient|next|back|on|2|3|1)|f/u|follow[- ]?up|progress(?!\s(?:note|report|summary))|advance|ongoing|carry\s+on|go(?:es|ing)?\s+(?:on|ahead)|(?:do )?more of (?:the same|these|this|it|that)|stay|no changes?(?!\s(?:in|to\s(?:the\s)?(?:hep|home|her|his|meds?)\b)))\b"
)
#: Words that make a heading and claim nothing ("RESPONSE / PLAN").
_HEADING = frozenset(
    {"plan", "response", "treatment", "goals", "next", "visit", "session", "tx", "and"}
)
#: "D/c to HEP" ends the episode and continues nothing.
_ENDS = re.compile(r"\W*(?:d/c|discharge[d]?|dc)\b")
#: "Same as previous session" points to what was done.
_POINTS = re.compile(r"\W*(?:(?:all|the|did)\s)*same\s+as\b")
_WORD = re.compile(r"[a-z][a-z'’/-]*")


def only_continues(words: str) -> bool:
    """Whether lower-cased words are a plan and nothing but words that continue."""
    words = chosen(words)
    if len(words) > 140 or _ENDS.match(words) or _POINTS.match(words):
        return False
    if not _CONTINUES.search(words):
        return False
    found = [word.strip("'’-/") for word in _WORD.findall(words)]
    return not _HEADING.issuperset(found) and PLAN_WORDS.issuperset(found)


def continues(words: str) -> bool:
    """Whether lower-cased words hold any word of going on."""
    return bool(_CONTINUES.search(words))
