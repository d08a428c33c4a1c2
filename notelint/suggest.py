"""Makes findings of hits: message, ``ask``, ``rewrite``, groups and leads.

Two laws hold for every rewrite (DESIGN §1.1): nothing in it that is neither in the note nor in
``rules/lexicon/connectors.yaml`` nor inside ``[placeholders]``, and every value and mention of the
words it stands beside is still in it. A rewrite is a template of the rule; ``{match}`` is the
note's own words, verbatim.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from notelint.finding import SEVERITY_RANK, Finding, Place, Severity, Suggestion, fingerprint
from notelint.rulebook.rule import Hit, Rule
from notelint.settings import Settings

if TYPE_CHECKING:
    from notelint.encounter.digest import Digest
    from notelint.encounter.encounter import Encounter

_FIELD = re.compile(r"\{([a-z_]+)\}")
_SPACE = re.compile(r"\s+")
#: Marks and blanks that close a sentence or an item and are no part of what was written there.
_STOPS = " \t\r\n.,;:"

_MOST_SHOWN = 120


def fill(template: str, fields: Mapping[str, str]) -> str:
    """Fills ``{name}`` by plain look-up; an unknown name stays as it is (no formatting language)."""
    return _FIELD.sub(lambda match: fields.get(match[1], match[0]), template)


def findings_of(
    encounter: Encounter, hits: Iterable[tuple[Rule, Hit]], settings: Settings
) -> list[Finding]:
    """Returns the findings of one note in text order, grouped, each group with one lead."""
    found = []
    for rule, hit in hits:
        severity = _severity(rule, _facts(encounter, hit, settings), settings)
        if severity == "off":
            continue
        if _filtered(encounter, rule, hit):
            continue
        found.append((rule, _finding(encounter, rule, hit, severity, settings)))
    found.sort(key=lambda pair: _order(pair[1]))
    return grouped([(finding, rule) for rule, finding in found])


def episode_findings(
    rule: Rule, hits: Iterable[Hit], digests: Sequence[Digest], settings: Settings
) -> Iterator[Finding]:
    """Yields the findings of an episode or batch rule; they stand on a note without a place."""
    by_id = {digest.note_id: digest for digest in digests}
    for hit in hits:
        digest = by_id.get(hit.note_id)
        facts = dict(hit.facts)
        if digest is not None:
            facts = {
                "payer": digest.payer, "setting": digest.setting, "note": digest.note_type,
                "discipline": digest.discipline, "programme": digest.programme, **facts,
            }  # fmt: skip
        facts["strictness"] = settings.strictness
        severity = _severity(rule, facts, settings)
        if severity == "off":
            continue
        places = (Place("main", hit.target, note_id=hit.note_id), *hit.evidence)
        yield Finding(
            code=rule.code,
            name=rule.name,
            severity=severity,
            rule_class=rule.rule_class,
            scope=hit.scope,
            summary=rule.summary,
            message=fill(hit.message or rule.message, hit.fields),
            places=places,
            suggestion=Suggestion(fill(hit.ask or rule.ask, hit.fields)),
            authority=tuple(str(a) for a in rule.authority),
            url=_url(rule, settings),
            file=digest.file if digest else "",
            note_id=hit.note_id,
            fingerprint=fingerprint(rule.name, hit.note_id, hit.scope, "", ""),
            evidence=dict(hit.fields),
        )


def grouped(pairs: Sequence[tuple[Finding, Rule]]) -> list[Finding]:
    """Joins overlapping findings of words and statements into groups with one lead each.

    The lead is the one others yield to, else the most severe, else the first by code.
    """
    groups: list[list[int]] = []
    reach = -1
    for i, (finding, _) in enumerate(pairs):
        if finding.start is None or finding.end is None:
            groups.append([i])
            continue
        if groups and finding.start < reach and pairs[groups[-1][0]][0].start is not None:
            groups[-1].append(i)
        else:
            groups.append([i])
        reach = max(reach, finding.end) if finding.start < reach else finding.end
    result: list[Finding] = [finding for finding, _ in pairs]
    for number, members in enumerate(groups):
        lead = min(members, key=lambda i: _lead_key(pairs, members, i))
        for i in members:
            result[i] = replace(result[i], group=number, lead=i == lead)
    return result


def _lead_key(
    pairs: Sequence[tuple[Finding, Rule]], members: Sequence[int], i: int
) -> tuple[int, int, int, str]:
    finding, rule = pairs[i]
    yielded = sum(finding.name in pairs[j][1].yields_to for j in members if j != i)
    yields = sum(pairs[j][0].name in rule.yields_to for j in members if j != i)
    width = (finding.end or 0) - (finding.start or 0)
    return yields - yielded, -SEVERITY_RANK[finding.severity], width, finding.code


def _finding(
    encounter: Encounter, rule: Rule, hit: Hit, severity: Severity, settings: Settings
) -> Finding:
    text, note = encounter.text, encounter.note
    hit = _without_stop(text, hit)
    match = ""
    section = ""
    before = after = ""
    if hit.target == "text" and hit.start is not None and hit.end is not None:
        match = _SPACE.sub(" ", text[hit.start : hit.end]).strip()
        section = encounter.reading.section_at(hit.start).kind
        before, after = text[max(0, hit.start - 24) : hit.start], text[hit.end : hit.end + 24]
    shown = match if len(match) <= _MOST_SHOWN else match[: _MOST_SHOWN - 1].rstrip() + "…"
    fields = {"match": shown, **hit.fields}
    rewrite = (
        rule.rewrite
        and hit.start is not None
        and fill(rule.rewrite, {**hit.fields, "match": match, **hit.slots})
    )
    main = Place("main", hit.target, hit.start, hit.end, note_id=note.id)
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=severity,
        rule_class=rule.rule_class,
        scope=hit.scope,
        summary=rule.summary,
        message=fill(hit.message or rule.message, fields),
        places=(main, *(replace(p, note_id=p.note_id or note.id) for p in hit.evidence)),
        suggestion=Suggestion(fill(hit.ask or rule.ask, fields), rewrite or None),
        authority=tuple(str(a) for a in rule.authority),
        url=_url(rule, settings),
        file=note.file,
        note_id=note.id,
        section=section,
        fingerprint=fingerprint(rule.name, note.id, match or hit.target, before, after),
        evidence=dict(hit.fields),
    )


def _without_stop(text: str, hit: Hit) -> Hit:
    """A hit without the mark that closes its sentence: a rewrite goes on with a mark of its own."""
    if hit.target != "text" or hit.start is None or hit.end is None:
        return hit
    end = hit.start + len(text[hit.start : hit.end].rstrip(_STOPS))
    return replace(hit, end=end) if hit.start < end < hit.end else hit


def _severity(rule: Rule, facts: Mapping[str, str], settings: Settings) -> Severity:
    chosen = settings.severities.get(rule.name)
    return cast(Severity, chosen) if chosen else rule.severity_for(facts)


def _facts(encounter: Encounter, hit: Hit, settings: Settings) -> dict[str, str]:
    facts = encounter.facts
    return {
        "strictness": settings.strictness,
        "payer": facts.payer,
        "setting": facts.setting,
        "note": facts.note_type,
        "discipline": facts.discipline,
        "programme": facts.programme,
        **hit.facts,
    }


def _filtered(encounter: Encounter, rule: Rule, hit: Hit) -> bool:
    """Whether the rule does not look at the section of the hit; ``body`` satisfies every filter."""
    sections = rule.applies.sections
    if hit.start is None or not (sections.only or sections.never):
        return False
    kind = encounter.reading.section_at(hit.start).kind
    return kind != "body" and not sections.admits(kind)


def _order(finding: Finding) -> tuple[int, int, str]:
    if finding.start is None:
        return -1, 0, finding.code
    return finding.start, -(finding.end or 0), finding.code


def _url(rule: Rule, settings: Settings) -> str:
    if settings.docs_url:
        return f"{settings.docs_url.rstrip('/')}/{rule.name}/"
    return f"notelint:rule/{rule.name}"
