from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from notelint.reports.frame import Frame
from notelint.reports.style import visible


def drawn(text: str, words: str, width: int = 80) -> list[str]:
    start = text.index(words)
    return list(Frame.of(text, width).draw(start, start + len(words)))


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("O: gait x 15", "gait", "   ^^^^"),
        ("O:\tgait x 15", "gait", "    ^^^^"),
        ("a\r\nO: gait\r\nP", "gait", "   ^^^^"),
        ("日本 gait", "gait", "     ^^^^"),
        ("O: 日本 gait", "日本", "   ^^^^"),
        ("é e\u0301 gait", "gait", "    ^^^^"),
        ("x\x1b[2J gait", "gait", " " * 13 + "^^^^"),
    ],
)
def test_carets_stand_under_the_exact_words(text: str, words: str, expected: str) -> None:
    _, carets = drawn(text, words)
    assert carets.partition("│")[2][1:] == expected


def test_emoji_of_several_code_points_take_two_cells() -> None:
    _, carets = drawn("Pt 👩‍⚕️ says hi", "says")
    assert carets.partition("│")[2][1:] == " " * 6 + "^^^^"


def test_the_gutter_shows_the_line_of_the_note() -> None:
    line, _ = drawn("one\ntwo\nthree", "three")
    assert line.lstrip().startswith("3 │ three")


def test_a_stretch_over_many_lines_is_cut_after_three() -> None:
    text = "\n".join(f"line {n}" for n in range(9))
    lines = list(Frame.of(text).draw(0, len(text)))
    assert lines[-1].endswith("… to line 9")
    assert len(lines) == 7


def test_a_long_line_is_cut_around_the_words() -> None:
    text = "a " * 200 + "needle" + " b" * 200
    line, carets = drawn(text, "needle", width=60)
    assert cell_len(line) <= 60
    at = carets.index("^")
    assert line[at : at + 6] == "needle"
    assert line.count("…") == 2


def test_no_escape_sequence_of_a_note_reaches_the_terminal() -> None:
    shown = visible("a\x1b]0;pwn\x07b\u202ec\u0000d\ud800")
    assert shown == "a<U+001B>]0;pwn<U+0007>b<U+202E>c<U+0000>d<U+D800>"


@given(
    st.text(alphabet="ab \t\r\n日é\u0301👍\x1b-", max_size=120),
    st.integers(0, 120),
    st.integers(0, 40),
)
def test_a_frame_never_acts_and_never_outgrows_its_width(text: str, start: int, size: int) -> None:
    start = min(start, len(text))
    end = min(start + size, len(text))
    for line in Frame.of(text, 50).draw(start, end):
        assert not set(line) & set("\x1b\t\r\n")
        assert cell_len(line) <= 50
