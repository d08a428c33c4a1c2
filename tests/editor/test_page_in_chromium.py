"""The page of ``notelint serve`` in a real browser, with the real rules behind it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
BROWSER, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    not (BROWSER and DRIVER), reason="chromium and chromedriver are not installed"
)

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--window-size=1280,900",
)  # fmt: skip


@pytest.fixture(scope="module")
def link() -> Iterator[str]:
    """A server with the rules as they are; its link with the token."""
    command = [sys.executable, "-m", "notelint", "serve", "--port", "0"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    yield process.stdout.readline().decode().strip()
    process.kill()
    process.wait(10)


class Page:
    """The page as somebody sees it; the editor stands in a shadow root."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def run(self, script: str, *arguments: Any) -> Any:
        shadow = "const editor = document.getElementById('editor').shadowRoot;"
        return self.driver.execute_script(shadow + script, *arguments)

    def text(self) -> str:
        lines = self.run("return [...editor.querySelectorAll('.cm-line')].map(l => l.textContent)")
        return "\n".join(lines)

    def underlined(self) -> list[str]:
        found = self.run("return [...editor.querySelectorAll('.nl-mark')].map(m => m.textContent)")
        return list(found)

    def cards(self, where: str) -> list[str]:
        script = "return [...document.querySelectorAll(arguments[0])].map(c => c.dataset.code)"
        return list(self.run(script, f"#{where} .card"))

    def status(self) -> str:
        return str(self.run("return document.getElementById('status').textContent"))

    def choose(self, name: str) -> None:
        self.run(
            "const s = document.getElementById('sample');"
            "s.selectedIndex = [...s.options].findIndex(o => o.text === arguments[0]);"
            "s.dispatchEvent(new Event('change'));"
            "editor.querySelector('.cm-content').focus();",
            name,
        )

    def press(self, *keys: str) -> None:
        from selenium.webdriver.common.action_chains import ActionChains

        ActionChains(self.driver).send_keys(*keys).perform()

    def chord(self, modifier: str, key: str) -> None:
        from selenium.webdriver.common.action_chains import ActionChains

        ActionChains(self.driver).key_down(modifier).send_keys(key).key_up(modifier).perform()

    def complaints(self) -> list[str]:
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> set[str]:
        found = set()
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                found.add(message["params"]["request"]["url"])
        return {url for url in found if not url.startswith(("data:", "chrome"))}


@pytest.fixture
def page(link: str, tmp_path: Path) -> Iterator[Page]:
    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    for flag in (*FLAGS, f"--user-data-dir={tmp_path / 'profile'}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    driver.get(link)
    yield Page(driver)
    driver.quit()


def until(holds: Callable[[], Any], seconds: float = 10) -> Any:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := holds():
            return found
        time.sleep(0.03)
    raise AssertionError("it did not happen in time")


def test_typing_shows_an_underline_and_a_click_adds_the_wording(link: str, page: Page) -> None:
    from selenium.webdriver.common.keys import Keys

    until(lambda: page.status() not in ("", "Reading…"))
    page.choose("Empty note")
    until(lambda: page.status() == "Nothing written yet")
    words = "O: Balance activities performed x 15 min."
    page.press(words)
    until(lambda: page.status().startswith("0 findings"))
    assert page.underlined() == []  # the sentence under the caret is still being typed
    page.press(Keys.ENTER)
    until(lambda: "Balance activities performed" in page.underlined())
    assert "GEN101" in page.cards("findings")
    page.run("document.querySelector('#findings [data-code=GEN101] .insert').click()")
    until(lambda: "[" in page.text())
    assert page.text().startswith(words + " ")
    gaps = re.findall(r"\[[^\]]+\]", page.text())
    page.press("tandem stance on foam", Keys.TAB, "3x20s")
    until(lambda: "3x20s" in page.text())
    assert "tandem stance on foam" in page.text()
    assert re.findall(r"\[[^\]]+\]", page.text()) == gaps[2:]
    host = link.partition("#")[0]
    assert all(url.startswith(host) for url in page.requests())
    assert page.complaints() == []
    assert "token" not in page.driver.current_url


def test_the_check_before_signing_adds_up_the_charges_and_shows_no_band(page: Page) -> None:
    from selenium.webdriver.common.keys import Keys

    until(lambda: "finding" in page.status())
    page.run("editor.querySelector('.cm-content').focus()")
    page.chord(Keys.CONTROL, Keys.ENTER)
    until(lambda: page.run("return !document.getElementById('signing').hidden"))
    shown = str(page.run("return document.getElementById('sums').innerText"))
    for part in ("97530", "12 min", "37 min", "CMS total-time rule", "2 units", "3 units"):
        assert part in shown
    numbers = {int(n) for n in shown.replace("min", " ").split() if n.isdigit()}
    assert numbers <= {97530, 97112, 97116, 12, 15, 10, 37, 2, 3}
    page.run("editor.querySelector('.cm-content').focus()")
    page.press("x")
    until(lambda: page.run("return document.getElementById('signing').hidden"))


def test_the_keyboard_goes_from_finding_to_finding_and_inserts(page: Page) -> None:
    from selenium.webdriver.common.keys import Keys

    until(lambda: page.underlined())
    page.run("editor.querySelector('.cm-content').focus()")
    before = page.text()
    page.press(Keys.F8)
    until(lambda: page.run("return editor.querySelector('.nl-active') !== null"))
    page.chord(Keys.ALT, Keys.ENTER)
    until(lambda: "[" in page.text())
    kept = [line for line in page.text().split("\n") if "[" not in line]
    assert all(line in before for line in kept)
    assert page.complaints() == []


def test_markup_in_a_note_stays_text(page: Page) -> None:
    from selenium.webdriver.common.keys import Keys

    until(lambda: "finding" in page.status())
    page.choose("Empty note")
    page.press("S: <img src=x onerror=alert(1)>", Keys.ENTER)
    page.press("O: Balance activities performed x 15 min.", Keys.ENTER)
    until(lambda: page.cards("findings"))
    assert page.run("return document.querySelector('img') === null")
    assert page.complaints() == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_has_enough_contrast(page: Page, theme: str) -> None:
    until(lambda: page.cards("findings"))
    page.run("document.documentElement.dataset.theme = arguments[0]", theme)
    time.sleep(0.3)
    weak = page.run(_CONTRAST)
    assert weak == []


#: WCAG 2 contrast of every element with text of its own against what it stands on.
_CONTRAST = """
const light = (c) => {
  const [r, g, b] = c.map((v) => v / 255).map((v) =>
    v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const parse = (text) => text.match(/[\\d.]+/g).map(Number);
const ground = (e) => {
  for (; e; e = e.parentElement ?? e.getRootNode().host) {
    const c = parse(getComputedStyle(e).backgroundColor);
    if (c.length === 3 || c[3] === 1) return c.slice(0, 3);
  }
  return [255, 255, 255];
};
const all = [...document.querySelectorAll('body *'), ...editor.querySelectorAll('.cm-line *, .cm-line')];
return all.filter((e) => e.offsetParent !== null && [...e.childNodes].some(
  (n) => n.nodeType === 3 && n.textContent.trim())).flatMap((e) => {
  const [a, b] = [light(parse(getComputedStyle(e).color).slice(0, 3)), light(ground(e))];
  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  return ratio < 4.5 ? [`${e.tagName}.${e.className} ${ratio.toFixed(2)}`] : [];
});
"""
