"""The wheel built from the sdist: the pack is that of the checkout and works without ``rules/``."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import Distribution
from importlib.util import find_spec
from pathlib import Path

import pytest

from notelint.rulebook.compiling import compile_pack
from notelint.rulebook.packfile import parts_of

ROOT = Path(__file__).parents[1]
LINE = "O: Balance activities performed x 15 min.\n"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        find_spec("build") is None or find_spec("hatchling") is None,
        reason="build or hatchling is not installed",
    ),
]


def run(*command: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, timeout=180, **options
    )  # type: ignore[call-overload]
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Builds an sdist of a copy of the checkout, and a wheel from it."""
    source = tmp_path_factory.mktemp("source")
    leave = shutil.ignore_patterns("__pycache__", "_pack", "node_modules", ".*_cache")
    for name in ("notelint", "rules", "docs", "corpora/samples"):
        shutil.copytree(ROOT / name, source / name, ignore=leave)
    for name in ("pyproject.toml", "hatch_build.py", "README.md", "LICENSE", "CHANGELOG.md"):
        shutil.copy(ROOT / name, source / name)
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, source)
    assert len(list(out.glob("*.tar.gz"))) == 1
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's content as an installer lays it out."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def notelint(site: Path, folder: Path, *arguments: str, stdin: str = "") -> str:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("NOTELINT_")}
    code = (
        "import sys, notelint; assert notelint.__file__.startswith(sys.argv.pop(1)); "
        "from notelint.cli.app import main; main()"
    )
    return run(
        sys.executable, "-c", code, str(site), *arguments,
        cwd=folder, input=stdin, env={**environment, "PYTHONPATH": str(site)},
    ).stdout  # fmt: skip


def test_the_pack_in_the_wheel_is_that_of_the_checkout(site: Path) -> None:
    parts = parts_of(*compile_pack(ROOT / "rules"))
    shipped = {path.name for path in (site / "notelint/_pack").glob("*.json")}
    assert shipped == set(parts)
    for name, content in parts.items():
        told = json.loads((site / "notelint/_pack" / name).read_text("utf-8"))
        assert told == json.loads(json.dumps(content)), name


def test_it_lints_without_a_rules_folder_what_the_checkout_lints(
    site: Path, tmp_path: Path
) -> None:
    assert not (site / "rules").exists()
    out = notelint(
        site, tmp_path, "check", "-", "--note-type", "snippet", "--output-format", "json",
        "--exit-zero", stdin=LINE,
    )  # fmt: skip
    (finding,) = [f for f in json.loads(out)["findings"] if f["code"] == "GEN101"]
    assert LINE[finding["start"] : finding["end"]] == "Balance activities performed"


def test_rules_tests_and_pages_are_aboard(site: Path, tmp_path: Path) -> None:
    assert "Balance activities" in notelint(site, tmp_path, "rule", "GEN101")
    assert "example runs passed, 1 rules" in notelint(site, tmp_path, "test", "GEN101", "--plain")
    pages = {path.stem for path in (site / "notelint/_pack/pages").glob("*.md")}
    assert "generic-activity-phrase" in pages


def test_nothing_else_is_aboard(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    roots = {name.split("/")[0] for name in names}
    assert {root for root in roots if not root.endswith(".dist-info")} == {"notelint"}
    assert not [n for n in names if "__pycache__" in n or n.endswith((".pyc", ".yaml", ".map"))]
    for part in ("LICENSE", "notelint/py.typed", "notelint/readers/presets.toml"):
        assert any(name.endswith(part) for name in names), part
    assert sum(i.file_size for i in zipfile.ZipFile(wheel).infolist()) < 30_000_000


def test_its_metadata_declares_command_component_and_few_dependencies(site: Path) -> None:
    (info,) = site.glob("*.dist-info")
    distribution = Distribution.at(info)
    entries = {(e.group, e.name): e.value for e in distribution.entry_points}
    assert entries["console_scripts", "notelint"] == "notelint.cli.app:main"
    assert entries["spacy_factories", "notelint"] == "notelint.language.factory:create_notelint"
    core = [r for r in distribution.requires or () if "extra ==" not in r]
    assert len(core) <= 6
    assert distribution.metadata["License-Expression"] == "Apache-2.0"
