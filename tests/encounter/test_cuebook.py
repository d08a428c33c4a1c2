"""The cue book: what the data files say, and that they name only what is there."""

from __future__ import annotations

import pytest

from notelint.encounter.cuebook import cue_book
from notelint.errors import RuleError
from notelint.rulebook.pack import load_pack


def test_an_empty_pack_has_an_empty_book() -> None:
    assert cue_book({}).codes == frozenset()


def test_a_flag_stands_for_every_timed_code_that_carries_it() -> None:
    questions = load_pack().cues.questions
    assert questions["97530"] == {"97110", "97112", "97535", "97150"}
    assert questions["97112"] == {"97110", "97150"}
    assert "97110" in questions
    assert questions["97110"] == {"97150"}
    assert "97150" not in questions


def test_a_code_like_another_has_its_entries() -> None:
    book = load_pack().cues
    held = {entry.code for entries in book.entries.values() for entry in entries}
    assert {"97129", "97130", "92508"} <= held


def test_a_code_like_one_that_is_not_there_is_refused() -> None:
    with pytest.raises(RuleError, match="97000"):
        cue_book({"code_cues": {"codes": [{"code": "97130", "like": "97000"}]}})


def test_every_element_that_a_rule_needs_has_entries_and_words() -> None:
    pack = load_pack()
    for rule in pack.rules:
        if rule.check != "service-lacks":
            continue
        made = {e.element for es in pack.cues.entries.values() for e in es}
        made |= {name for joins in pack.cues.joined.values() for name, _ in joins}
        for name in (*rule.params.need, *rule.params.also):
            assert name in made, f"{rule.name} needs {name}"
            assert name in pack.cues.elements, f"{rule.name}: {name} has no words"


def test_every_source_is_a_lexicon_or_a_kind_of_quantity() -> None:
    pack = load_pack()
    lexicons = {sense[0] for sense in pack.lexicons.senses}
    for lexicon, _ in pack.cues.entries:
        assert lexicon in lexicons | {"quantity", "goal_ref", "cue_target"}


def test_every_term_an_entry_is_limited_to_stands_in_its_lexicon() -> None:
    pack = load_pack()
    terms = {(sense[0], sense[1]) for sense in pack.lexicons.senses}
    for (lexicon, _), entries in pack.cues.entries.items():
        for entry in entries:
            if entry.only:
                assert any((lexicon, term) in terms for term in entry.only), (lexicon, entry.only)


def test_cues_stand_apart_from_mentions() -> None:
    from notelint.engine import Linter

    reading = Linter().reader.read("97530: pt got the mailbox key from the closet")
    assert any(m.is_a("cues_97530") for m in reading.cues)
    assert not any(s.lexicon.startswith("cues_") for m in reading.mentions for s in m.senses)
