from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notelint.editor.hover import escaped
from notelint.editor.options import Options
from notelint.editor.rulepages import page_path
from notelint.editor.snippet import as_snippet, joined, placeholders
from notelint.editor.suppressing import add_suppression, first_words
from notelint.errors import ConfigError, InputError
from notelint.readers.sidecar import read_sidecar


def test_each_placeholder_is_a_tab_stop() -> None:
    text = "STS: [dose], for [functional task]"
    assert as_snippet(text) == "STS: ${1:[dose]}, for ${2:[functional task]}$0"
    assert placeholders(text) == ("[dose]", "[functional task]")


def test_marks_of_the_snippet_language_stay_text() -> None:
    assert as_snippet("a $1 b } c \\ d") == "a \\$1 b \\} c \\\\ d$0"


@pytest.mark.parametrize(
    ("before", "between"),
    [
        ("x 15 min.", " "),
        ("x 15 min", ". "),
        ("Plan:", " "),
        ("done!  ", " "),
        ("\n", ""),
        ("", ""),
    ],
)
def test_two_sentences_do_not_run_together(before: str, between: str) -> None:
    assert joined("STS x10", before) == f"{between}STS x10"


def test_words_of_a_note_draw_nothing_in_a_hover() -> None:
    assert escaped("<b>*x*</b> [a](http://b)") == r"\<b\>\*x\*\</b\> \[a\]\(http://b\)"


@pytest.mark.parametrize("name", ["../../etc/passwd", "..", "", "A b", "generic/activity"])
def test_a_name_that_is_no_rule_name_opens_no_file(name: str) -> None:
    assert page_path(name) is None


@pytest.mark.parametrize(
    ("path", "pattern", "matches"),
    [
        ("/home/a/notes/n1.txt", "*.txt", True),
        ("/home/a/notes/n1.txt", "notes/*.txt", True),
        ("/home/a/notes/2026/n1.txt", "notes/**/*.txt", True),
        ("/home/a/README.txt", "notes/**/*.txt", False),
        ("/home/a/notes/n1.md", "*.txt", False),
        ("C:\\clinic\\notes\\n1.txt", "notes/*.txt", True),
    ],
)
def test_globs_choose_the_plain_text_files_that_are_notes(
    path: str, pattern: str, matches: bool
) -> None:
    assert Options(files=(pattern,)).is_note("plaintext", path) is matches


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "must be an object"),
        ({"trustd": True}, "Did you mean 'trusted'?"),
        ({"trusted": "yes"}, "true or false"),
        ({"debounce": True}, "milliseconds"),
        ({"debounce": -1}, "milliseconds"),
        ({"run": "onFocus"}, "onFocus"),
        ({"files": "*.txt"}, "a list"),
        ({"files": [1]}, "a list"),
        ({"facts": {"payr": "auto"}}, "Did you mean 'payer'?"),
        ({"facts": {"payer": 3}}, "facts.payer"),
        ({"minSeverity": "off"}, "off"),
    ],
)
def test_a_setting_that_is_not_known_is_named(given: object, said: str) -> None:
    with pytest.raises(ConfigError, match=r"editor setting|fact") as caught:
        Options.of(given)
    assert said in str(caught.value)


@settings(max_examples=40, deadline=None)
@given(reason=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80))
def test_whatever_the_reason_the_sidecar_can_be_read_again(
    tmp_path_factory: pytest.TempPathFactory, reason: str
) -> None:
    path = tmp_path_factory.mktemp("s") / "n1.txt.notelint.toml"
    if not reason.split():
        with pytest.raises(InputError):
            add_suppression(path, rule="generic-activity-phrase", reason=reason)
        return
    add_suppression(path, rule="generic-activity-phrase", reason=reason, start_words="a “b”\\")
    [found] = read_sidecar(path).suppressions
    assert found.reason == " ".join(reason.split())
    assert found.start_words == "a “b”\\"


def test_what_stands_in_a_sidecar_stays(tmp_path: Path) -> None:
    path = tmp_path / "n1.txt.notelint.toml"
    path.write_text('# by hand\n[facts]\npayer = "auto"')
    add_suppression(path, rule="bare-intervention-label", reason="one")
    add_suppression(path, rule="tolerated-well-only", reason="two", start_words="tolerated well")
    add_suppression(path, rule="tolerated-well-only", reason="three", start_words="tolerated well")
    text = path.read_text()
    assert text.startswith('# by hand\n[facts]\npayer = "auto"')
    table = tomllib.loads(text)
    assert [s["reason"] for s in table["suppressions"]] == ["one", "two"]
    assert list(tmp_path.iterdir()) == [path]


def test_a_sidecar_that_cannot_be_read_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "n1.txt.notelint.toml"
    path.write_text("[facts\n")
    with pytest.raises(InputError):
        add_suppression(path, rule="tolerated-well-only", reason="x")
    assert path.read_text() == "[facts\n"


def test_a_finding_is_named_by_its_first_words() -> None:
    assert first_words("Balance  activities\nperformed with the patient today again") == (
        "Balance activities performed with the patient"
    )
