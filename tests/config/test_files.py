from __future__ import annotations

from pathlib import Path

import pytest

from notelint.config import Config, Configs
from notelint.errors import ConfigError, UsageError


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_the_file_nearest_to_the_notes_wins_and_nothing_is_merged(tmp_path: Path) -> None:
    put(tmp_path / "notelint.toml", 'fail-on = "error"\nstrictness = "minimum"\n')
    put(tmp_path / "clinic/notelint.toml", 'fail-on = "info"\n')
    config = Config.for_folder(tmp_path / "clinic/2026")
    assert config.get("fail-on") == "info"
    assert config.strictness == "audit"
    assert config.files == (tmp_path / "clinic/notelint.toml",)
    assert Config.for_folder(tmp_path).get("fail-on") == "error"


def test_within_a_folder_the_dedicated_file_wins(tmp_path: Path) -> None:
    put(tmp_path / "pyproject.toml", '[tool.notelint]\nfail-on = "error"\n')
    assert Config.for_folder(tmp_path).get("fail-on") == "error"
    put(tmp_path / "notelint.toml", 'fail-on = "info"\n')
    assert Config.for_folder(tmp_path).get("fail-on") == "info"
    put(tmp_path / ".notelint.toml", 'fail-on = "never"\n')
    assert Config.for_folder(tmp_path).get("fail-on") == "never"


def test_a_pyproject_without_our_table_does_not_count(tmp_path: Path) -> None:
    put(tmp_path / "notelint.toml", 'fail-on = "error"\n')
    put(tmp_path / "code/pyproject.toml", '[project]\nname = "tool.notelint"\n')
    assert Config.for_folder(tmp_path / "code").get("fail-on") == "error"


def test_extend_starts_from_another_file(tmp_path: Path) -> None:
    base = put(tmp_path / "base.toml", 'fail-on = "error"\npayer = "va"\n')
    near = put(tmp_path / "a/notelint.toml", 'extend = "../base.toml"\npayer = "auto"\n')
    config = Config.for_folder(tmp_path / "a")
    assert (config.get("fail-on"), config.get("payer")) == ("error", "auto")
    assert config.files == (near, base)


def test_a_circle_of_extends_is_an_error(tmp_path: Path) -> None:
    put(tmp_path / "notelint.toml", 'extend = "b.toml"\n')
    put(tmp_path / "b.toml", 'extend = "notelint.toml"\n')
    with pytest.raises(ConfigError, match="circle"):
        Config.for_folder(tmp_path)


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ('fail-on = "error"\n\n  faill-on = "x"\n', "3:3", "Did you mean 'fail-on'?"),
        ("fail_on = 1\n", "1:1", "Did you mean 'fail-on'?"),
        ('fail-on = "eror"\n', "1:1", "Did you mean 'error'?"),
        ('[severity]\n"GEN101" = "warn"\n', "2:1", "Did you mean 'warning'?"),
        ('severity = {GEN101 = "warn"}\n', "1:1", "Did you mean 'warning'?"),
        ("jobs = -1\n", "1:1", "whole number of 0 or more"),
        ("preview = 1\n", "1:1", "true or false"),
        ("as-of = 2026\n", "1:1", "a date like 2026-10-01"),
        ("select = [1]\n", "1:1", "a list of strings"),
        ("fail-on = \n", "1:11", "not valid TOML"),
        ('a = """\nfail-on = 1\n"""\n', "1:1", "'a' is not a setting"),
    ],
)
def test_what_is_wrong_is_said_with_line_column_and_nearest_name(
    text: str, place: str, said: str, tmp_path: Path
) -> None:
    path = put(tmp_path / "notelint.toml", text)
    with pytest.raises(ConfigError) as error:
        Config.for_folder(tmp_path)
    assert error.value.where == f"{path}:{place}"
    assert said in str(error.value)


def test_an_unknown_key_in_a_pyproject_has_its_place_there(tmp_path: Path) -> None:
    path = put(
        tmp_path / "pyproject.toml", '[tool.other]\nselct = 1\n\n[tool.notelint]\nselct = "GEN"\n'
    )
    with pytest.raises(ConfigError) as error:
        Config.for_folder(tmp_path)
    assert error.value.where == f"{path}:5:1"


def test_an_explicit_file_is_the_only_one_read(tmp_path: Path) -> None:
    put(tmp_path / "notelint.toml", "this is not TOML")
    other = put(tmp_path / "other.toml", 'fail-on = "info"\n')
    config = Config.for_folder(tmp_path, explicit=other)
    assert config.files == (other,)
    with pytest.raises(ConfigError, match="No such file"):
        Config.for_folder(tmp_path, explicit=tmp_path / "none.toml")


def test_isolated_reads_none(tmp_path: Path) -> None:
    put(tmp_path / "notelint.toml", "this is not TOML")
    assert Config.for_folder(tmp_path, isolated=True).files == ()


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"x" * 1_000_001])
def test_a_config_that_cannot_be_read_is_an_error_with_its_name(
    data: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "notelint.toml"
    path.write_bytes(data)
    with pytest.raises(ConfigError) as error:
        Config.for_folder(tmp_path)
    assert error.value.where == str(path)


def test_the_command_line_replaces_select_and_adds_to_ignore(tmp_path: Path) -> None:
    put(tmp_path / "notelint.toml", 'select = ["GEN"]\nignore = ["GEN103"]\npayer = "va"\n')
    choices = {"select": ("TIM",), "ignore": ("TIM101",), "payer": None}
    settings = Configs(choices=choices).of(tmp_path).settings()
    assert settings.select == ("TIM",)
    assert settings.ignore == ("GEN103", "TIM101")
    assert settings.defaults == {"payer": "va"}


def test_a_wrong_option_is_a_usage_error_with_the_nearest_value(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"--payer .*Did you mean 'medicare_b'"):
        Configs(choices={"payer": "medicare_a"}).of(tmp_path)


def test_profile_is_another_name_for_strictness(tmp_path: Path) -> None:
    put(tmp_path / "notelint.toml", 'profile = "mcr-min"\n')
    config = Config.for_folder(tmp_path)
    assert config.settings().strictness == "minimum"
    assert config.with_choices({"strictness": "audit"}).strictness == "audit"
    with pytest.raises(ConfigError, match="disagree"):
        _ = config.with_choices({"strictness": "audit", "profile": "mcr-min"}).strictness


def test_one_config_file_gives_one_config(tmp_path: Path) -> None:
    put(tmp_path / "notelint.toml", "")
    put(tmp_path / "b/notelint.toml", "")
    configs = Configs()
    assert configs.of(tmp_path / "a") is configs.of(tmp_path / "c")
    assert configs.of(tmp_path / "a") is not configs.of(tmp_path / "b")


def test_the_hash_follows_what_a_run_finds_and_not_how_it_is_shown(tmp_path: Path) -> None:
    plain = Config()
    assert plain.hash == plain.with_choices({"output-format": "json", "jobs": 4}).hash
    for choice in ({"ignore": ("GEN",)}, {"fail-on": "error"}, {"payer": "va"}):
        assert plain.hash != plain.with_choices(choice).hash
    assert plain.hash != plain.with_choices({}, {"payer": "va"}).hash


def test_sup_selectors_stay_out_of_the_engine_and_switch_their_findings(tmp_path: Path) -> None:
    config = Config().with_choices({"ignore": ("SUP102", "GEN101")})
    assert config.settings().ignore == ("GEN101",)
    assert config.own_off == {"unused-suppression"}
    assert len(Config().with_choices({"select": ("GEN",)}).own_off) == 4
    assert Config().with_choices({"select": ("GEN", "SUP")}).own_off == frozenset()
    with pytest.raises(ConfigError, match="Select those rules"):
        Config().with_choices({"select": ("SUP",)}).settings()
