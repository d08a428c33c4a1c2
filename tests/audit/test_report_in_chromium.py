"""A report in a real browser: no request, no dialog, no element that a field put there."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from notelint.audit.denials import DenialReasons
from notelint.audit.desk import Desk
from notelint.audit.estimate import estimate
from notelint.audit.page import html_of
from notelint.audit.privacy import Privacy
from notelint.audit.reading import readings
from notelint.audit.report import VIEWS, build_report
from notelint.audit.view import Material
from notelint.rulebook.pack import load_pack

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
BROWSER, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    not (BROWSER and DRIVER), reason="chromium and chromedriver are not installed"
)

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--window-size=1200,900",
)  # fmt: skip
PAYLOAD = '"><script>document.title="owned"</script><img src="http://127.0.0.1:9/x" onerror="document.title=1">'


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
def page(make_desk: Callable[..., Desk], make_notes: Any, tmp_path: Path) -> Path:
    notes = [
        note.with_facts(
            text=f"{note.text}\n{PAYLOAD}", clinician_id=f"{PAYLOAD}{i % 4}", clinic_id=PAYLOAD,
            episode_id=PAYLOAD,
        )
        for i, note in enumerate(make_notes(120))
    ]  # fmt: skip
    desk = make_desk(notes, n=80, by=("clinician",))
    for unit in desk.pile:
        desk.open("mb", unit)
        shown = desk.answer("mb", unit, "needs-work" if int(unit[-3:]) % 3 else "meets")
        for finding in shown["notes"][0]["findings"]:
            desk.judge("mb", unit, unit, finding["fingerprint"], "correct")
        desk.finish("mb", unit)
    found = estimate(readings(desk.manifest, desk.ledger), desk.ledger)
    reasons = DenialReasons.of(load_pack().data["denial_reasons"])
    privacy = Privacy("internal", b"k" * 32, "name")
    material = Material(found, (), privacy, reasons, desk.examination, unreviewed=True)
    report = build_report(
        material, desk.ledger, tuple(VIEWS), episode=PAYLOAD, title=PAYLOAD, cover=PAYLOAD
    )
    path = tmp_path / "r.html"
    path.write_text(html_of(report), "utf-8")
    return path


def test_the_page_asks_nobody_runs_nothing_and_shows_its_plots(page: Path, browser: Any) -> None:
    browser.get_log("performance")
    browser.get(page.as_uri())
    asked = {
        message["params"]["request"]["url"]
        for entry in browser.get_log("performance")
        if (message := json.loads(entry["message"])["message"])["method"]
        == "Network.requestWillBeSent"
    }
    assert {url for url in asked if url.startswith(("http", "ws", "file"))} == {page.as_uri()}
    js = browser.execute_script
    assert (
        js("return document.querySelectorAll('script, img, iframe, object, link, form').length")
        == 0
    )
    assert browser.title.startswith('"><script>')
    assert [e["message"] for e in browser.get_log("browser") if e["level"] == "SEVERE"] == []
    plots = js(
        "return [...document.querySelectorAll('figure svg')].map(s => s.getBoundingClientRect().height)"
    )
    assert len(plots) >= 3
    assert min(plots) > 40
    labels = js(
        "return [...document.querySelectorAll('figure')].every(f => f.getAttribute('aria-label').length > 20)"
    )
    assert labels
    assert js("return document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_the_page_prints(page: Path, browser: Any) -> None:
    import base64

    browser.get(page.as_uri())
    printed = base64.b64decode(browser.print_page())
    assert printed.startswith(b"%PDF")
    assert len(printed) > 20_000
