"""The review page in a real browser: ten notes by keyboard, a killed server, no stray request."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from notelint.audit.eventlog import EventLog, check_chain
from notelint.editor.guard import new_token

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
BROWSER, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    not (BROWSER and DRIVER), reason="chromium and chromedriver are not installed"
)

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--window-size=1440,900",
)  # fmt: skip


class Server:
    """The desk in a process of its own, so that it can be killed."""

    def __init__(self, log: Path, **options: Any) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.log, self.options = log, {"n": 10, "blind": False, "share": 0.0} | options
        self.process: subprocess.Popen[bytes] | None = None
        self.tokens: dict[str, str] = {}

    def start(self) -> None:
        self.tokens = {who: new_token() for who in ("mb", "kl")}
        options = json.dumps(self.options | {"tokens": self.tokens})
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("desk_server.py")), str(self.log), str(self.port), options],
            env={"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": ""},
        )  # fmt: skip
        until(lambda: self._answers(), 20)

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def kill(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(10)

    def link(self, who: str) -> str:
        return f"http://127.0.0.1:{self.port}/#token={self.tokens[who]}"


def until(holds: Callable[[], Any], seconds: float = 30) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = holds()
        if found:
            return found
        time.sleep(0.03)
    raise AssertionError("it did not happen in time")


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Any]:
    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    for flag in (*FLAGS, f"--user-data-dir={tmp_path / 'profile'}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path / "q4.review.jsonl")
    yield made
    made.kill()


def press(browser: Any, *keys: str) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    ActionChains(browser).send_keys(*keys).perform()


def text(browser: Any, css: str) -> str:
    return str(
        browser.execute_script(
            "return (document.querySelector(arguments[0])||{}).textContent||''", css
        )
    )


def requests(browser: Any) -> set[str]:
    found = set()
    for entry in browser.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            found.add(message["params"]["request"]["url"])
    return {url for url in found if url.startswith(("http", "ws", "ftp", "file"))}


def judge_this_note(browser: Any) -> None:
    """All findings correct, needs work if there were any, on to the next: six keys at most."""
    here = until(lambda: text(browser, "#note h2"))  # no key counts before a note is open
    count = browser.execute_script("return document.querySelectorAll('.finding .verdicts').length")
    press(browser, *("1" * count), "n" if count else "y")
    until(
        lambda: browser.execute_script(
            "const b = document.querySelector('.go'); return b && !b.disabled"
        )
    )
    from selenium.webdriver.common.keys import Keys

    press(browser, Keys.ENTER)
    until(lambda: text(browser, "#note h2") != here)


def test_ten_notes_by_keyboard_with_a_killed_server_in_the_middle(
    server: Server, browser: Any
) -> None:
    server.start()
    browser.get(server.link("mb"))
    until(lambda: text(browser, "#count") == "0 of 10")
    for _ in range(4):
        judge_this_note(browser)
    until(lambda: text(browser, "#count") == "4 of 10")
    press(browser, "1")  # the fifth is begun: one verdict of it is saved
    has_finding = browser.execute_script(
        "return document.querySelectorAll('.finding .verdicts').length"
    )
    if has_finding:
        until(lambda: "correct" in text(browser, "#saved"))
    before = [e.hash for e in EventLog(server.log).events()]
    fifth = text(browser, "#note h2")

    server.kill()
    press(browser, "n")  # said to nobody: the page must not claim that it is saved
    until(lambda: "not answering" in text(browser, "#alarm"))
    assert text(browser, "#saved") == "Saving…"

    browser.get(
        "about:blank"
    )  # the old page asks again and again, by a key the next server refuses
    server.start()
    browser.get(server.link("mb"))
    until(lambda: text(browser, "#count") == "4 of 10")
    until(lambda: text(browser, "#note h2") == fifth)
    pressed = browser.execute_script(
        "return document.querySelectorAll('[aria-pressed=true]').length"
    )
    assert pressed == (1 if has_finding else 0)
    events = list(EventLog(server.log).events())
    assert [e.hash for e in events][: len(before)] == before
    for _ in range(6):
        judge_this_note(browser)
    until(lambda: "last one" in text(browser, "#note"))
    events = list(EventLog(server.log).events())
    assert len({e.data["unit"] for e in events if e.kind == "done"}) == 10
    assert check_chain(server.log)[1] is None
    origin = f"http://127.0.0.1:{server.port}/"
    assert {url for url in requests(browser) if not url.startswith(origin)} == set()
    errors = [e["message"] for e in browser.get_log("browser") if e["level"] == "SEVERE"]
    assert [
        e for e in errors if "ERR_CONNECTION_REFUSED" not in e and "ERR_EMPTY_RESPONSE" not in e
    ] == []


def test_words_are_marked_by_keyboard_and_taken_back(server: Server, browser: Any) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    server.start()
    browser.get(server.link("mb"))
    until(lambda: text(browser, "#note h2"))
    press(browser, "m")
    until(lambda: text(browser, "#marking-hint"))
    press(browser, Keys.ARROW_RIGHT)
    ActionChains(browser).key_down(Keys.SHIFT).send_keys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT).key_up(
        Keys.SHIFT
    ).perform()
    words = browser.execute_script("return getSelection().toString()")
    assert len(words.split()) == 3
    press(browser, Keys.ENTER)
    until(lambda: browser.execute_script("return document.getElementById('choose').open"))
    assert text(browser, "#choose-words") == words
    press(browser, "SKL", Keys.ENTER)
    until(lambda: "Missed problems (1)" in text(browser, "#panel"))
    assert not browser.execute_script("return document.getElementById('choose').open")
    marked = next(e.data for e in EventLog(server.log).events() if e.kind == "marked")
    assert marked["rule"] == "skill-not-shown"
    assert (
        browser.execute_script("return document.querySelector('.paper').textContent")[
            marked["start"] : marked["finish"]
        ]
        == words
    )
    press(browser, "u")
    until(lambda: "Missed problems (0)" in text(browser, "#panel"))


def test_a_blind_page_gets_no_finding_before_the_answer(tmp_path: Path, browser: Any) -> None:
    server = Server(tmp_path / "blind.jsonl", blind=True)
    server.start()
    try:
        browser.get(server.link("mb"))
        until(lambda: "Blind reading" in text(browser, "#panel"))
        assert browser.execute_script("return document.querySelectorAll('mark').length") == 0
        for _ in range(3):
            press(browser, "y")
            until(lambda: "Findings (" in text(browser, "#panel"))
            if "GEN101" in text(browser, "#panel"):
                break
            judge_this_note(browser)
            until(lambda: "Blind reading" in text(browser, "#panel"))
        assert "GEN101" in text(browser, "#panel")
    finally:
        server.kill()


def test_a_page_without_the_token_shows_nothing_of_the_sample(server: Server, browser: Any) -> None:
    server.start()
    browser.get(f"http://127.0.0.1:{server.port}/")
    until(lambda: "Open the link" in text(browser, "#alarm"))
    browser.get("about:blank")
    browser.get(f"http://127.0.0.1:{server.port}/#token={'x' * 43}")
    until(lambda: "no longer valid" in text(browser, "#alarm"))
    assert "note-" not in browser.page_source


def test_the_page_names_its_parts_and_every_colour_has_enough_contrast(
    server: Server, browser: Any
) -> None:
    server.start()
    browser.get(server.link("mb"))
    until(lambda: text(browser, "#note h2"))
    assert browser.execute_script("return document.documentElement.lang") == "en"
    unnamed = browser.execute_script(
        "return [...document.querySelectorAll('button,input,select,progress')].filter("
        "e => !(e.textContent.trim() || e.getAttribute('aria-label') || (e.labels && e.labels.length))).length"
    )
    assert unnamed == 0
    low = browser.execute_script(CONTRAST)
    assert low == []


#: Text whose contrast to the nearest painted background is below WCAG AA (4.5 to 1).
CONTRAST = """
const rgb = (c) => { const x = document.createElement('canvas').getContext('2d'); x.fillStyle = c; x.fillRect(0,0,1,1); return [...x.getImageData(0,0,1,1).data]; };
const lum = ([r,g,b]) => [r,g,b].map(v => { v/=255; return v<=.03928 ? v/12.92 : ((v+.055)/1.055)**2.4; }).reduce((s,v,i) => s + v*[.2126,.7152,.0722][i], 0);
const back = (e) => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c[3] > 200) return c; } return [255,255,255,255]; };
const low = [];
for (const e of document.querySelectorAll('body *')) {
  if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) || !e.getClientRects().length || e.closest(':disabled')) continue;
  const a = lum(rgb(getComputedStyle(e).color)), b = lum(back(e));
  const ratio = (Math.max(a,b)+.05)/(Math.min(a,b)+.05);
  if (ratio < 4.5) low.push([e.tagName, e.className, ratio.toFixed(2)]);
}
return low;
"""
