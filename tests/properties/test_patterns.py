"""No text, however odd, makes a pattern or the linter run long (security.md: S7)."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
import warnings
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

import notelint
from notelint.engine import Linter
from notelint.language.late import late
from notelint.note import Charge, Note
from notelint.rulebook.pack import Pack
from notelint.settings import Settings

ROOMS = ("language", "encounter", "checks", "suggest", "suppress", "rulebook", "testing")
SIGNS = [
    " ",
    "a",
    "A",
    "0",
    "-",
    ".",
    ",",
    "/",
    "(",
    "\n",
    "a ",
    "A ",
    "1 ",
    "a-",
    "1-",
    "1.",
    "Aa ",
    "x",
]


def patterns() -> dict[str, tuple[str, re.Pattern[str]]]:
    """Every compiled pattern of the rooms that meet a note's text, by its source."""
    found: dict[str, tuple[str, re.Pattern[str]]] = {}

    def take(where: str, value: Any) -> None:
        if isinstance(value, type(late(re.Pattern))):  # compiled at first use
            value = re.compile(value.pattern, value.flags)
        if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
            found.setdefault(value.pattern, (where, value))
        elif isinstance(value, (tuple, list)):
            for item in value:
                take(where, item)
        elif isinstance(value, dict):
            take(where, tuple(value.values()))

    for module in pkgutil.walk_packages(notelint.__path__, "notelint."):
        if module.name.split(".")[1] in ROOMS:
            for name, value in vars(importlib.import_module(module.name)).items():
                take(f"{module.name}.{name}", value)
    return found


def literals(pattern: re.Pattern[str]) -> set[str]:
    """The words that a pattern spells out."""
    from re import _parser  # type: ignore[attr-defined]

    words: set[str] = set()

    def walk(items: Iterable[Any]) -> None:
        run = ""
        for kind, value in items:
            name = str(kind)
            if name == "LITERAL":
                run += chr(value)
                continue
            words.add(run)
            run = ""
            if name == "SUBPATTERN":
                walk(value[-1])
            elif name == "BRANCH":
                for branch in value[1]:
                    walk(branch)
            elif name.endswith("_REPEAT"):
                walk(value[2])
            elif name.startswith("ASSERT"):
                walk(value[1])
            elif name == "ATOMIC_GROUP":
                walk(value)
        words.add(run)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        walk(_parser.parse(pattern.pattern, pattern.flags))
    return words - {""}


def hostile(pattern: re.Pattern[str], size: int) -> Iterator[str]:
    """Texts that repeat what the pattern likes and end in what it cannot match."""
    words = sorted(literals(pattern))
    for unit in (
        *SIGNS,
        *(w + end for w in words for end in ((" ", "-", ", ") if len(w) > 1 else ("",))),
    ):
        yield (unit * (size // len(unit) + 1))[:size] + "\x01"


def test_no_pattern_tries_its_words_in_more_than_one_way() -> None:
    """An exponential pattern takes minutes on 260 characters; a sound one a few milliseconds."""
    found = patterns()
    assert len(found) > 300
    for where, pattern in found.values():
        for text in hostile(pattern, 260):
            began = time.perf_counter()
            for _ in pattern.finditer(text):
                pass
            assert time.perf_counter() - began < 0.5, (where, text[:24])


UNITS = [
    " ", "\n", "\r\n", "\t", "\xa0", "a", "1", "(", ")", "\"", "'", "-", ".", ":", ";", "|", "no no no ",
    "AAAA BBBB ", "((a) ", "1 ", "1-", "x1", "12:30-", "15 min, ", "25' ", "to improve ", "for ", "Pt. ",
    "PT ", "goal ", "- a\n", "a: b\n", "S: ", "balance activities, ", "SLR 3x10, ", "3/10 ", "01/02/2026 ",
    "John Smith, PT ", "continue ", "O: ther ex x 15 min\n", "evaluation ", "Total: ", "not ", "HEP ",
    "CGA, ", "as above ", "İ", "😀 ", "_", "[x] ", "“", "97530 ", "signed ", "per flowsheet ", "will ",
]  # fmt: skip


@pytest.fixture(scope="module")
def everything(pack: Pack) -> Linter:
    linter = Linter(Settings(preview=True, scope_gate=False), pack)
    linter.lint(Note("O: Balance activities x 15 min."))
    return linter


@pytest.mark.parametrize("unit", UNITS, ids=[repr(u) for u in UNITS])
def test_twice_the_text_takes_about_twice_the_time(unit: str, everything: Linter) -> None:
    charges = (Charge("97530", 2, 30.0),)

    def seconds(size: int) -> float:
        note = Note(
            (unit * (size // len(unit) + 1))[:size],
            discipline="PT", note_type="daily", payer="medicare_b", charges=charges,
        )  # fmt: skip
        began = time.process_time()
        everything.lint(note)
        return time.process_time() - began

    once = max(seconds(4000), 0.01)
    twice = seconds(8000)
    if twice > 3 * once:  # the machine was busy, or the work is quadratic: measure again
        once = max(min(seconds(4000) for _ in range(3)), 0.01)
        twice = min(seconds(8000) for _ in range(2))
    assert twice < 3.2 * once, (once, twice)
    assert twice < 2
