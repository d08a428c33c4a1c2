"""The cue book: which words speak for a code, which against it, and what may be asked (§4, §4.1).

Made from ``rules/data/code_cues.yaml`` and ``rules/data/code_questions.yaml`` when a pack loads.
A plain value; it holds no words of its own but names the lexicons that do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from notelint.errors import RuleError
from notelint.language.reading import Sense

Stance = Literal["for", "beside", "against"]
STANCES: tuple[Stance, ...] = ("for", "beside", "against")

#: The source of an entry: a lexicon and a tag of it ("" for any), or ("quantity", its kind).
Source = tuple[str, str]


@dataclass(frozen=True, slots=True)
class CueEntry:
    """What one kind of word says about one code.

    ``element`` is what a rule may ask for, ``says`` how a finding names the words, ``only`` the
    canonical terms it is limited to, ``near`` the words a quantity must stand right behind.
    """

    code: str
    stance: Stance
    element: str
    says: str
    weight: float
    only: frozenset[str] = frozenset()
    near: frozenset[Source] = frozenset()
    ask: str = ""


@dataclass(frozen=True, slots=True)
class CueBook:
    """All entries: ``by_sense`` by sense and code for words, ``entries`` by source for the rest.
    ``joined`` are elements that others make together."""

    entries: Mapping[Source, tuple[CueEntry, ...]] = field(default_factory=dict)
    by_sense: Mapping[Sense, Mapping[str, tuple[CueEntry, ...]]] = field(default_factory=dict)
    codes: frozenset[str] = frozenset()
    aims: Mapping[str, str] = field(default_factory=dict)
    elements: Mapping[str, str] = field(default_factory=dict)
    joined: Mapping[str, tuple[tuple[str, frozenset[str]], ...]] = field(default_factory=dict)
    questions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    lead: float = 2.0


def cue_book(data: Mapping[str, Any], senses: Iterable[Sequence[Any]] = ()) -> CueBook:
    """Builds the cue book of a pack's data; an empty one where the pack holds no cues.

    Args:
        data: the data files of a pack.
        senses: its lexicon senses as (lexicon, canonical term, tags).

    Raises:
        RuleError: an entry names an element or a code that the file does not define.
    """
    cues: Mapping[str, Any] = data.get("code_cues", {})
    rows: Sequence[Mapping[str, Any]] = cues.get("codes", ())
    by_code = {row["code"]: row for row in rows}
    entries: dict[Source, list[CueEntry]] = {}
    for code in by_code:
        for source, entry in _entries(code, _row(by_code, code)):
            entries.setdefault(source, []).append(entry)
    by_source = {source: tuple(found) for source, found in entries.items()}
    return CueBook(
        entries=by_source,
        by_sense=dict(_by_sense(by_source, senses)),
        codes=frozenset(by_code),
        aims={code: str(row.get("aim", "")) for code, row in by_code.items()},
        elements=dict(cues.get("elements", {})),
        joined={
            code: tuple(
                (j["element"], frozenset(j["of"])) for j in _row(by_code, code).get("joined", ())
            )
            for code in by_code
        },
        questions=_questions(data),
        lead=float(cues.get("lead", 2)),
    )


def _row(by_code: Mapping[str, Mapping[str, Any]], code: str) -> Mapping[str, Any]:
    row = by_code[code]
    like = row.get("like")
    if like is None:
        return row
    if like not in by_code:
        raise RuleError(
            f"'{code}' is like '{like}', which is not there.", where="rules/data/code_cues.yaml"
        )
    return by_code[like]


def _entries(code: str, row: Mapping[str, Any]) -> Iterator[tuple[Source, CueEntry]]:
    for stance in STANCES:
        for line in row.get(stance, ()):
            entry = CueEntry(
                code=code,
                stance=stance,
                element=line.get("element", ""),
                says=line["says"],
                weight=float(line["weight"]),
                only=frozenset(line.get("only", ())),
                near=frozenset(_source(name) for name in line.get("near", ())),
                ask=line.get("ask", ""),
            )
            for name in line["from"]:
                yield _source(name), entry


def _by_sense(
    entries: Mapping[Source, tuple[CueEntry, ...]], senses: Iterable[Sequence[Any]]
) -> Iterator[tuple[Sense, Mapping[str, tuple[CueEntry, ...]]]]:
    for lexicon, term, tags in senses:
        found: dict[str, tuple[CueEntry, ...]] = {}
        for tag in ("", *sorted(tags)):
            for entry in entries.get((lexicon, tag), ()):
                if not entry.only or term in entry.only:
                    found[entry.code] = (*found.get(entry.code, ()), entry)
        if found:
            yield Sense(lexicon, term, frozenset(tags)), found


def _source(name: str) -> Source:
    lexicon, _, tag = name.partition(":")
    return lexicon, tag


def _questions(data: Mapping[str, Any]) -> Mapping[str, frozenset[str]]:
    """Resolves the closed, directed list of code questions; ``flag:`` stands for many codes."""
    found: dict[str, set[str]] = {}
    codes: Sequence[Mapping[str, Any]] = data.get("cpt_codes", {}).get("codes", ())
    for row in data.get("code_questions", {}).get("questions", ()):
        name = str(row["code"])
        flag = name.partition("flag:")[2]
        asked = (
            [c["code"] for c in codes if flag in c.get("flags", ()) and c.get("kind") == "timed"]
            if flag
            else [name]
        )
        for code in asked:
            found.setdefault(code, set()).update(row["others"])
    return {code: frozenset(others) for code, others in found.items()}
