"""Mentions: all senses, the longest of each lexicon, and hyphens."""

from __future__ import annotations

import pytest

from notelint.language.affixes import tokens_of
from notelint.language.lexicon import LexiconIndex
from notelint.language.pipeline import Reader
from notelint.rulebook.lexicon import Group, Lexicon, form_table, inflections, trie_of

LEXICONS = (
    Lexicon(
        "head",
        "",
        (
            Group(("activity",), ("any",), "noun"),
            Group(
                ("balance activity",),
            ),
        ),
    ),
    Lexicon("domain", "", (Group(("balance", "cog | cognitive"), ("area",)),)),
    Lexicon(
        "task",
        "",
        (
            Group(
                ("sit to stand | sts", "stand pivot transfer"),
            ),
        ),
    ),
    Lexicon(
        "cues_1",
        "",
        (
            Group(
                ("balance",),
            ),
        ),
    ),
)


def index() -> LexiconIndex:
    return LexiconIndex(*trie_of(form_table(LEXICONS), tokens_of))


def found(text: str) -> list[tuple[str, list[str]]]:
    words = tokens_of(text.lower())
    starts, at = [], 0
    for word in words:
        at = text.lower().index(word, at)
        starts.append(at)
        at += len(word)
    ends = [start + len(word) for start, word in zip(starts, words, strict=True)]
    mentions, _ = index().find(words, starts, ends)
    return [
        (text[m.start : m.end], sorted(f"{s.lexicon}:{s.term}" for s in m.senses)) for m in mentions
    ]


def test_forms_of_different_lexicons_overlap_and_of_one_the_longest_stays() -> None:
    assert found("balance activity") == [
        ("balance activity", ["head:balance activity"]),
        ("balance", ["domain:balance"]),
    ]


def test_an_abbreviation_has_the_canonical_term() -> None:
    assert found("STS then cog work") == [
        ("STS", ["task:sit to stand"]),
        ("cog", ["domain:cog"]),
    ]


@pytest.mark.parametrize(
    "text", ["sit to stand", "sit-to-stand", "Sit-To-Stand", "sit to  stand", "sit\nto stand"]
)
def test_hyphens_capitals_and_white_space_are_one_form(text: str) -> None:
    assert [term for _, (term,) in found(text)] == ["task:sit to stand"]


def test_a_form_goes_on_into_and_after_a_hyphenated_word() -> None:
    assert [words for words, _ in found("stand-pivot transfer, stand pivot-transfer")] == [
        "stand-pivot transfer",
        "stand pivot-transfer",
    ]


def test_words_that_only_show_a_code_are_kept_apart() -> None:
    mentions, cues = index().find(["balance"], [0], [7])
    assert [m.lexicons for m in mentions] == [{"domain"}]
    assert [m.lexicons for m in cues] == [{"cues_1"}]


def test_every_sense_of_an_ambiguous_form_is_there(reader: Reader) -> None:
    text = "Pt used PT gym"
    first, second = (m for m in reader.read(text).mentions if m.is_a("subject"))
    assert text[second.start : second.end] == "PT"
    assert first.sense("subject") is not None
    assert first.sense("no such lexicon") is None
    balance = next(m for m in reader.read("balance activities").mentions if m.start == 0)
    assert len({s.lexicon for m in reader.read("gait").mentions for s in m.senses}) >= 2
    assert balance.lexicons == {s.lexicon for s in balance.senses}


@pytest.mark.parametrize(
    ("form", "how", "expected"),
    [
        ("activity", "noun", {"activity", "activities"}),
        ("exercise", "noun", {"exercise", "exercises"}),
        ("stretch", "noun", {"stretch", "stretches"}),
        ("toy", "noun", {"toy", "toys"}),
        ("assist", "verb", {"assist", "assists", "assisted", "assisting"}),
        ("step up", "verb", {"step up", "steps up", "stepped up", "stepping up"}),
        ("carry", "verb", {"carry", "carries", "carried", "carrying"}),
        ("use", "verb", {"use", "uses", "used", "using"}),
        ("press", "verb", {"press", "presses", "pressed", "pressing"}),
        ("w/c", "noun", {"w/c", "w/cs"}),
        ("x10", "noun", {"x10"}),
        ("balance", "none", {"balance"}),
    ],
)
def test_inflections(form: str, how: str, expected: set[str]) -> None:
    assert set(inflections(form, how)) == expected


def test_the_shipped_lists_know_what_notes_hold(reader: Reader) -> None:
    text = "Pt did STS x10 w/ CGA from 18 in chair, 2 VCs for trunk lean; gait 150' w/ RW, mod I bed mobility"
    reading = reader.read(text)
    known = {name for mention in reading.mentions for name in mention.lexicons}
    assert {"task", "assist", "cue", "device", "subject"} <= known
    for mention in reading.mentions:
        assert text[mention.start : mention.end].strip() == text[mention.start : mention.end]


@pytest.mark.parametrize(
    ("text", "is_technique"),
    [
        ("MET to R hip flexors, 5 x 6 sec.", True),
        ("Pt's wife met me at the door.", False),
        ("met to r hip flexors, 5 x 6 sec.", True),
    ],
)
def test_an_abbreviation_of_capitals_is_no_word_in_small_letters(
    reader: Reader, text: str, is_technique: bool
) -> None:
    reading = reader.read(text)

    assert any(m.is_a("technique") for m in reading.mentions) is is_technique


def test_followed_by_completes_every_form_and_leaves_none_bare() -> None:
    lexicon = Lexicon("names", "", (Group(("splint | brace",), followed_by=("training | mgmt",)),))
    assert [form for form, _, _ in lexicon.forms()] == [
        "splint training", "splint mgmt", "brace training", "brace mgmt",
    ]  # fmt: skip


def test_endings_are_shared_by_their_name() -> None:
    groups = (Group(("gait",), followed_by=("work",)), Group(("balance",), followed_by=("work",)))
    lexicon = Lexicon("names", "", groups, endings={"work": "training | re-ed"})
    forms = [form for form, _, _ in lexicon.forms()]
    assert forms == ["gait training", "gait re-ed", "balance training", "balance re-ed"]
