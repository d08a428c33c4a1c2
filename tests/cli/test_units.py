from __future__ import annotations

import json
import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner

from notelint.cli import units
from notelint.errors import UsageError


@pytest.fixture(scope="module")
def app() -> typer.Typer:
    app = typer.Typer()

    @app.callback()
    def root() -> None:
        """The calculator alone."""

    units.register(app)
    return app


@pytest.fixture
def run(app):
    def call(*words: str):
        return CliRunner().invoke(app, ["units", *words])

    return call


def refusal(result) -> str:
    assert isinstance(result.exception, UsageError)
    assert result.stdout == ""
    return str(result.exception)


def test_json_shows_both_methods_and_nothing_else(run) -> None:
    result = run("97112=24", "97110=23", "--output-format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "cms": {
            "total_minutes": 47,
            "units": 3,
            "allocation": {"97112": 2, "97110": 1},
            "ties": [],
        },
        "midpoint": {"units": 4, "allocation": {"97112": 2, "97110": 2}},
    }


@pytest.mark.parametrize("method", ["cms", "midpoint"])
def test_only_the_method_asked_for_is_shown(method, run) -> None:
    result = run("97112=24", "97110=23", "--method", method, "--output-format", "json")
    assert list(json.loads(result.stdout)) == [method]
    text = run("97112=24", "97110=23", "--method", method).stdout
    assert ("CMS total-time rule" in text) is (method == "cms")
    assert ("CPT midpoint rule" in text) is (method == "midpoint")


def test_a_code_without_a_unit_is_shown_with_0(run) -> None:
    found = json.loads(
        run("97110=18", "97140=13", "97116=10", "97035=8", "--output-format", "json").stdout
    )
    assert found["cms"]["allocation"] == {"97110": 1, "97140": 1, "97116": 1, "97035": 0}


def test_a_tie_is_named_and_the_first_entered_comes_first(run) -> None:
    found = json.loads(run("97110=20", "97112=20", "--output-format", "json").stdout)["cms"]
    assert found["ties"] == [["97110", "97112"]]
    assert found["allocation"] == {"97110": 2, "97112": 1}
    text = run("97110=20", "97112=20").stdout
    assert "Tie: 97110, 97112" in text
    assert "The clinician chooses" in text


def test_untimed_codes_are_one_unit_and_bring_no_minutes(run) -> None:
    found = json.loads(run("97110=35", "97161=20", "--output-format", "json").stdout)
    assert found["cms"] == {
        "total_minutes": 35,
        "units": 2,
        "allocation": {"97110": 2, "97161": 1},
        "ties": [],
    }


def test_evaluation_minutes_are_never_timed(run) -> None:
    with_eval = run("97110=35", "--eval", "20")
    assert "evaluation  20 min: never in the timed minutes" in with_eval.stdout
    assert "Total treatment time: 55 min" in with_eval.stdout
    found = json.loads(run("97110=35", "--eval", "20", "--output-format", "json").stdout)
    assert found["cms"]["total_minutes"] == 35
    assert found["cms"]["units"] == 2


def test_the_text_explains_every_step(run) -> None:
    text = run("97112=24", "97110=23").stdout
    for part in ("24 + 23 = 47", "3 units (47 minutes lie in 38-52)", "1 x 15 + 9 left over"):
        assert part in text
    assert "The two methods differ" in text
    assert "The two methods differ" not in run("97530=30").stdout


def test_caregiver_minutes_are_not_the_patients_treatment_time(run) -> None:
    text = run("97110=15", "97550=38").stdout
    assert "Total treatment time: 15 min" in text
    assert "97551  1 unit" in text


def test_a_code_given_twice_is_added_up_and_said(run) -> None:
    result = run("97110=15", "97110=10", "--output-format", "json")
    assert json.loads(result.stdout)["cms"]["allocation"] == {"97110": 2}
    assert "15 + 10 minutes were added" in result.stderr


def test_a_very_long_visit_is_counted_with_a_warning(run) -> None:
    result = run("97110=600", "--output-format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["cms"]["units"] == 40
    assert "warning: 600 minutes" in result.stderr
    assert run("97110=240").stderr == ""


def test_case_and_spaces_do_not_matter(run) -> None:
    assert run(" g0283 = 15").exit_code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["97110", "x15"], "Write code and minutes as in 97110=15"),
        (["97110=-5"], "not a number of minutes"),
        (["97110=15.5"], "whole minutes"),
        (["97110=15min"], "without a unit"),
        (["97110=١٥"], "not a number of minutes"),
        (["97110="], "not a number of minutes"),
        (["97110=0"], "0 minutes"),
        (["97111=15"], "Did you mean 97110"),
        (["97110-GP=15"], "Leave modifiers off: 97110"),
        (["balance=15"], "not a rehab code"),
        (["97127=15"], "replaced by 97129 and 97130"),
        (["G8978=15"], "ended"),
        (["97110=1500"], "more than a day has"),
        (["97110=9999999999999999999999"], "not a number of minutes"),
    ],
)
def test_bad_input_says_what_to_do(words, said, run) -> None:
    assert said in refusal(run(*words))


@pytest.mark.parametrize(
    "words", [[], ["97110=15", "--method", "ama"], ["97110=15", "--eval", "-3"], ["97110=15", "--eval", "0"]]
)  # fmt: skip
def test_a_wrong_option_is_a_usage_error(words, run) -> None:
    assert run(*words).exit_code == 2


def test_the_command_runs_as_a_program_without_spacy() -> None:
    code = (
        "import sys; sys.argv = ['notelint', 'units', '97110=15', '--output-format', 'json']\n"
        "from notelint.cli.app import main\n"
        "try:\n    main()\nfinally:\n    assert 'spacy' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["midpoint"]["units"] == 1


def test_bad_input_leaves_the_program_with_2() -> None:
    words = [sys.executable, "-m", "notelint", "units", "97110", "x15"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "CODE=MINUTES" in done.stderr
