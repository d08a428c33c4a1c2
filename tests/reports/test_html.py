from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notelint.finding import Report
from notelint.reports import Entry
from notelint.reports.marks import marked

Write = Callable[..., str]

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}'


class Page(HTMLParser):
    """Collects tags, attributes and text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_page_needs_no_script_and_no_request(entries: list[Entry], written: Write) -> None:
    page = Page(written("html", entries))
    assert not {"script", "img", "link", "iframe", "form", "object"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on") or name == "src"]
    assert not [name for name, _ in page.attributes if name == "style"]


def test_the_policy_admits_its_own_style_and_nothing_else(
    entries: list[Entry], written: Write
) -> None:
    text = written("html", entries)
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in text


def test_findings_suppressions_problems_and_versions_are_on_the_page(
    entries: list[Entry], written: Write
) -> None:
    text = written("html", entries, command="notelint check notes")
    for words in (
        "Balance activities</mark>", "Which activity, with what help", "No plan was found",
        "1 suppressed finding", "known", "the file ends too early", "notelint 0.1.0",
        "notelint check notes", "no charges", "Silence is no evidence",
    ):  # fmt: skip
        assert words in text, words


def test_what_a_note_says_is_never_markup(entries: list[Entry], written: Write) -> None:
    entry = entries[0]
    assert entry.note is not None
    note = replace(entry.note, text=HOSTILE, id=HOSTILE)
    finding = replace(
        entry.report.findings[0], message=HOSTILE, file=HOSTILE, section=HOSTILE,
        url="javascript:alert(1)",
    )  # fmt: skip
    page = Page(
        written("html", [replace(entry, note=note, report=Report((finding,))), *entries[3:]])
    )
    assert not {"script", "img"} & set(page.tags)
    assert not [value for _, value in page.attributes if value and "javascript:" in value]
    assert HOSTILE in "".join(page.words)


def test_redaction_leaves_nothing_that_a_note_says(entries: list[Entry], written: Write) -> None:
    text = written("html", entries, redact=True)
    for words in ("Balance", "performed", "less pain", "knee", "n1", "known"):
        assert words not in text, words
    assert "An activity is named without task" in text


@given(
    st.text(alphabet="ab<>&\n\t日", min_size=0, max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6),
)
def test_marks_may_overlap_and_the_text_stays(text: str, spans: list[tuple[int, int]]) -> None:
    marks = []
    for number, (low, high) in enumerate(spans):
        low, high = sorted((min(low, len(text)), min(high, len(text))))
        marks.append((low, high, "warning", number))
    page = Page(marked(text, marks, "note-1"))
    assert set(page.tags) <= {"mark", "a"}
    links = sum(tag == "a" for tag in page.tags)
    assert "".join(page.words).replace("\n", "") != "" or not text.strip("\n")
    plain = re.sub(r"<a .*?</a>", "", marked(text, marks, "note-1"))
    assert "".join(Page(plain).words) == text
    assert links == len([mark for mark in marks if mark[1] > 0 or not text])


def test_a_browser_shows_it_without_a_request_or_a_complaint(
    entries: list[Entry], written: Write, tmp_path: Path
) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        pytest.skip("chromium is not installed")
    path = tmp_path / "report.html"
    path.write_text(written("html", entries), "utf-8")
    done = subprocess.run(
        [
            browser, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
            f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", path.as_uri(),
        ],
        capture_output=True, timeout=120, text=True, check=True,
    )  # fmt: skip
    assert "Documentation findings" in done.stdout
    assert "Content Security Policy" not in done.stderr
