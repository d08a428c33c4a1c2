from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from notelint.note import Note
from notelint.suppress.patterns import Patterns
from notelint.suppress.suppressor import with_leads

Make = Callable[..., Any]


def beside(note: Note, *tables: str) -> None:
    """Writes a sidecar with suppressions."""
    body = "\n".join(f"[[suppressions]]\n{table}\n" for table in tables)
    Path(f"{note.file}.notelint.toml").write_text(body, "utf-8")


def test_a_sidecar_answers_a_rule_in_the_whole_note_with_its_reason(
    note_in: Make, found: Make, filter_with: Make
) -> None:
    note = note_in()
    beside(note, 'rule = "GEN101"\nreason = "template"\nwho = "RS"\nwhen = "2026-01-02"')
    suppress = filter_with()
    first, second = suppress(note, [found(note, "Balance activities"), found(note, None, "POC103")])
    assert first.suppressed.as_dict() == {
        "by": "sidecar", "reason": "template", "who": "RS", "when": "2026-01-02",
    }  # fmt: skip
    assert second.suppressed is None
    assert suppress.unused() == ()


def test_first_words_and_fingerprints_answer_one_finding_alone(
    note_in: Make, found: Make, filter_with: Make
) -> None:
    note = note_in()
    balance, gait = found(note, "Balance activities"), found(note, "Gait training")
    beside(
        note, 'rule = "generic-activity-phrase"\nreason = "x"\nstart_words = "balance  ACTIVITIES"'
    )
    assert [f.suppressed is not None for f in filter_with()(note, [balance, gait])] == [True, False]
    beside(note, f'rule = "GEN101"\nreason = "x"\nfingerprint = "{gait.fingerprint}"')
    assert [f.suppressed is not None for f in filter_with()(note, [balance, gait])] == [False, True]


def test_a_suppression_that_answers_nothing_is_a_finding_after_the_run(
    note_in: Make, found: Make, filter_with: Make
) -> None:
    note = note_in()
    beside(note, 'rule = "TIM104"\nreason = "x"', 'rule = "GEN101"\nreason = "x"')
    suppress = filter_with()
    suppress(note, [found(note, "Balance activities")])
    (unused,) = suppress.unused()
    assert (unused.code, unused.file) == ("SUP102", f"{note.file}.notelint.toml")
    assert "minutes-missing" in unused.message


def test_a_suppression_of_a_rule_that_did_not_run_is_not_called_unused(
    note_in: Make, filter_with: Make
) -> None:
    note = note_in()
    beside(note, 'rule = "TIM104"\nreason = "x"')
    suppress = filter_with()
    suppress(note, [], {"minutes-missing"})
    assert suppress.unused() == ()
    suppress = filter_with()
    suppress(note, [])
    suppress.skip(note)
    assert suppress.unused() == ()


def test_an_unknown_rule_in_a_sidecar_is_a_finding_with_the_nearest_name(
    note_in: Make, filter_with: Make
) -> None:
    note = note_in()
    beside(note, 'rule = "generic-activity-phrases"\nreason = "x"')
    suppress = filter_with()
    suppress(note, [])
    (unclear,) = suppress.unused()
    assert unclear.name == "unclear-suppression"
    assert "Did you mean 'generic-activity-phrase'?" in unclear.message


def test_a_locked_rule_is_answered_by_the_config_alone(
    note_in: Make, found: Make, filter_with: Make
) -> None:
    note = note_in()
    beside(note, 'rule = "GEN101"\nreason = "x"')
    locked = frozenset({"generic-activity-phrase"})
    suppress = filter_with(locked=locked)
    (finding,) = suppress(note, [found(note, "Balance activities")])
    assert finding.suppressed is None
    assert [f.name for f in suppress.unused()] == ["locked-suppression"]
    every = Patterns.of(("**",), str)
    suppress = filter_with(locked=locked, ignores=[(every, locked, "**")])
    (finding,) = suppress(note, [found(note, "Balance activities")])
    assert finding.suppressed.by == "per-file-ignores"


def test_a_directive_is_a_finding_where_directives_do_not_count(
    note_in: Make, found: Make, filter_with: Make
) -> None:
    note = note_in('O: Balance activities. [notelint: ignore GEN101 "ok"]\n')
    kept, about = filter_with()(note, [found(note, "Balance activities")])
    assert kept.suppressed is None
    assert (about.code, about.line, about.rule_class) == ("SUP101", 1, "explicit")
    assert note.text[about.start : about.end] == '[notelint: ignore GEN101 "ok"]'


DIRECTED = {"directives_in": Patterns.of(("**",), lambda file: file.lstrip("/"))}


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ('O: Gait. [notelint: ignore GEN101 "ok"]\nGait.\n', [True, False]),
        ('[notelint: ignore generic-activity-phrase "ok"]\nGait.\nGait.\n', [True, False]),
        ('- [notelint: ignore GEN101 "ok"]\n\nGait.\nGait.\n', [True, False]),
        ('[notelint: ignore-file GEN101 "ok"]\nGait.\nGait.\n', [True, True]),
        ("[NOTELINT: ignore TIM104, GEN101 “ok”]\nGait.\nGait.\n", [True, False]),
        ('[notelint: ignore TIM104 "ok"]\nGait.\nGait.\n', [False, False]),
    ],
)
def test_a_directive_speaks_for_its_line_or_the_next_one_or_the_file(
    text: str, answered: list[bool], note_in: Make, found: Make, filter_with: Make
) -> None:
    note = note_in(text)
    findings = [found(note, "Gait.", occurrence=n) for n in (1, 2)]
    result = filter_with(**DIRECTED)(note, findings, {"minutes-missing"})
    assert [f.suppressed is not None for f in result] == answered


@pytest.mark.parametrize(
    ("directive", "name"),
    [
        ("[notelint: ignore GEN101]", "unclear-suppression"),
        ('[notelint: ignore "because"]', "unclear-suppression"),
        ('[notelint: ignore GEN101 " "]', "unclear-suppression"),
        ("[notelint: off]", "unclear-suppression"),
        ('[notelint: ignore GEN999 "x"]', "unclear-suppression"),
        ('[notelint: ignore POC103 "x"]', "unused-suppression"),
    ],
)
def test_a_directive_without_rule_or_reason_or_use_is_a_finding(
    directive: str, name: str, note_in: Make, filter_with: Make
) -> None:
    note = note_in(f"O: Gait. {directive}\n")
    assert [f.name for f in filter_with(**DIRECTED)(note, [])] == [name]
    assert filter_with(**DIRECTED, off=frozenset({name}))(note, []) == ()


def test_findings_inside_a_directive_do_not_count(
    note_in: Make, found: Make, filter_with: Make
) -> None:
    note = note_in('O: x. [notelint: ignore-file POC103 "Gait later"]\n')
    inside, _ = filter_with(**DIRECTED)(note, [found(note, "Gait"), found(note, None, "POC103")])
    assert inside.suppressed.by == "directive"


def test_per_file_ignores_keep_the_finding_and_say_why(
    note_in: Make, found: Make, filter_with: Make, tmp_path: Path
) -> None:
    note, other = note_in(name="drafts/a.txt"), note_in(name="final/a.txt")
    patterns = Patterns.of(("drafts/**",), lambda f: Path(f).relative_to(tmp_path).as_posix())
    suppress = filter_with(ignores=[(patterns, frozenset({"no-plan"}), "drafts/**")])
    (finding,) = suppress(note, [found(note, None, "POC103")])
    assert finding.suppressed.reason == "ignored in files that match drafts/**"
    (finding,) = suppress(other, [found(other, None, "POC103")])
    assert finding.suppressed is None


def test_a_group_whose_lead_is_suppressed_is_led_by_its_gravest_live_finding(
    note_in: Make, found: Make, filter_with: Make
) -> None:
    note = note_in()
    beside(note, 'rule = "GEN101"\nreason = "x"')
    result = filter_with()(
        note,
        [
            found(note, "Balance activities", group=1),
            found(note, "Balance", "POC103", group=1, lead=False, severity="info"),
            found(note, "Balance", "TIM104", group=1, lead=False, severity="error"),
            found(note, "Gait training", "TIM104", group=2),
        ],
    )
    assert [f.lead for f in result] == [False, False, True, True]
    assert with_leads(result) == result


@pytest.mark.parametrize(
    ("pattern", "file", "matches"),
    [
        ("*.txt", "a/b/c.txt", True),
        ("corpora/**", "corpora/train/a.txt", True),
        ("corpora/**", "other/corpora/a.txt", False),
        ("corpora", "x/corpora/a.txt", True),
        ("a/*.txt", "a/b/c.txt", False),
        ("a/**/c.txt", "a/c.txt", True),
        ("a/**/c.txt", "a/b/b/c.txt", True),
        ("./a/?.txt", "a/b.txt", True),
        ("a.txt", "aXtxt", False),
    ],
)
def test_patterns_stay_within_a_folder_unless_they_say_otherwise(
    pattern: str, file: str, matches: bool
) -> None:
    assert Patterns.of((pattern,), str).match(file) is matches
