"""``slot-missing``: a goal, activity, session, plan or report without one of its slots.

One module a thing in ``checks/slots/``; this module only chooses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from notelint.checks.slots import (
    abbreviation,
    assist,
    blank,
    certification,
    delivery,
    dose,
    gait,
    goal,
    link,
    plan,
    precaution,
    record,
    reference,
    region,
    report,
    score,
    servicedate,
    session,
    side,
    signature,
)
from notelint.encounter.encounter import Encounter
from notelint.rulebook.params import SlotMissing
from notelint.rulebook.rule import Hit, Rule

if TYPE_CHECKING:
    from notelint.rulebook.pack import Pack

_SLOTS: Mapping[tuple[str, str], Callable[[Encounter, SlotMissing], Iterator[Hit]]] = {
    ("activity", "purpose"): link.missing_purpose,
    ("activity", "assist"): assist.missing_assist,
    ("activity", "dose"): dose.missing_dose,
    ("activity", "gait-details"): gait.missing_details,
    ("activity", "side"): side.missing_side,
    ("measure", "score"): score.missing_score,
    ("session", "monitoring"): precaution.missing_monitoring,
    ("session", "skill"): session.missing_skill,
    ("session", "response"): session.missing_response,
    ("note", "goal"): record.missing_goal,
    ("goal", "function"): goal.missing_function,
    ("goal", "measure"): goal.missing_measure,
    ("goal", "baseline"): goal.missing_baseline,
    ("goal", "time"): goal.missing_time,
    ("goal", "patient-action"): goal.participation_only,
    ("activity", "resolved-goal"): reference.unresolved,
    ("goal", "next-step"): reference.met_but_active,
    ("goal", "matching-activity"): region.mismatched,
    ("signature", "credential"): signature.missing_credential,
    ("signature", "time"): signature.missing_time,
    ("note", "date"): servicedate.missing_date,
    ("session", "therapist"): delivery.aide_furnished,
    ("session", "supervision"): delivery.unsupervised_student,
    ("session", "delivery-reason"): delivery.unreasoned_cotreatment,
    ("plan", "elements"): plan.missing_elements,
    ("plan", "frequency"): plan.vague_frequency,
    ("plan", "cause"): plan.symptom_only,
    ("evaluation", "prior-level"): plan.missing_prior_level,
    ("evaluation", "complexity"): plan.unsupported_complexity,
    ("progress", "elements"): report.missing_elements,
    ("progress", "therapist"): report.missing_therapist,
    ("progress", "plateau-reason"): report.missing_plateau_reason,
    ("progress", "need"): report.missing_need,
    ("activity", "change-reason"): report.unjustified_change,
    ("discharge", "elements"): report.missing_discharge,
}

#: Slots that read the pack's data beside the encounter.
_DATED: Mapping[tuple[str, str], Callable[[Encounter, SlotMissing, Pack], Iterator[Hit]]] = {
    ("plan", "dates"): certification.late_clock,
    ("plan", "transmission"): certification.unsent_plan,
    ("abbreviation", "expansion"): abbreviation.unexplained,
    ("abbreviation", "sense"): abbreviation.ambiguous,
    ("template", "filling"): blank.unfilled,
}


def check(encounter: Encounter, rule: Rule, pack: Pack) -> Iterator[Hit]:
    """Yields a hit for each thing that lacks the rule's slot."""
    params: SlotMissing = rule.params
    dated = _DATED.get((params.of, params.slot))
    if dated is not None:
        return dated(encounter, params, pack)
    return _SLOTS[params.of, params.slot](encounter, params)
