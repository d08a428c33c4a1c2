"""A folder of rules becomes one pack; what does not fit together is refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from notelint.errors import RuleError
from notelint.rulebook.compiling import compile_pack
from notelint.rulebook.pack import Pack, load_examples, pack_of
from notelint.rulebook.stamp import stamp_of

ROOT = Path(__file__).parents[2]


def test_a_pack_survives_json_and_holds_no_example(folder: Path) -> None:
    plain, docs = compile_pack(folder)
    assert "examples" not in json.dumps(plain)
    assert docs["test-rule"]["examples"]["bad"][0]["text"] == "one"
    again = pack_of(json.loads(json.dumps(plain)))
    assert again.rules == pack_of(plain).rules
    assert again.rule("gen199") is again.rules[0]
    assert again.rule("test-rule") is again.rules[0]
    assert again.rule("none") is None


def test_the_hash_follows_the_content_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    first = compile_pack(folder)[0]["hash"]
    shutil.copytree(folder, tmp_path / "again/rules")
    assert compile_pack(tmp_path / "again/rules")[0]["hash"] == first
    rule = folder / "generic-language/GEN199-test-rule.yaml"
    rule.write_text(rule.read_text("utf-8").replace("says little", "says nothing"), "utf-8")
    assert compile_pack(folder)[0]["hash"] != first


def test_a_changed_file_changes_the_stamp(folder: Path) -> None:
    before = stamp_of(folder)
    assert stamp_of(folder) == before
    lexicon = folder / "lexicon/tasks.yaml"
    lexicon.write_text(lexicon.read_text("utf-8") + "# more\n", "utf-8")
    assert stamp_of(folder) != before


@pytest.mark.parametrize(
    ("old", "new", "file", "said"),
    [
        ("code: GEN199", "code: GEN198", "GEN199-test-rule.yaml", "should be named 'GEN198-test-rule.yaml'"),
        ("name: test-rule", "name: other", "GEN199-test-rule.yaml", "should be named 'GEN199-other.yaml'"),
        ("needs:", "yields_to: [nobody]\nneeds:", "GEN199-test-rule.yaml", "'nobody' is no rule"),
        ("code: GEN199", "code: GEN199", "GEN200-copy.yaml", "also in"),
    ],
)  # fmt: skip
def test_names_must_agree(old: str, new: str, file: str, said: str, folder: Path) -> None:
    source = folder / "generic-language/GEN199-test-rule.yaml"
    target = folder / "generic-language" / file
    target.write_text(source.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(RuleError, match=said):
        compile_pack(folder)


@pytest.mark.parametrize(
    ("content", "place", "said"),
    [
        ('lexicon: a\nabout: "x"\ngrups: []\n', "rules/lexicon/a.yaml:3:1", "unknown key 'grups'"),
        ('lexicon: a\nabout: "x"\ngroups:\n  - {terms: [b], inflect: verbs}\n',
         "rules/lexicon/a.yaml:4:", "'verbs'"),
        ('lexicon: a\nabout: "x"\ngroups:\n  - {tags: [b]}\n', "rules/lexicon/a.yaml:4:",
         "'terms' is missing"),
    ],
)  # fmt: skip
def test_a_lexicon_is_checked_like_a_rule(
    content: str, place: str, said: str, folder: Path
) -> None:
    (folder / "lexicon/a.yaml").write_text(content, "utf-8")
    with pytest.raises(RuleError) as caught:
        compile_pack(folder)
    assert caught.value.where.startswith(place)
    assert said in caught.value.what


def test_the_shipped_rules_are_a_pack_of_the_catalogue(pack: Pack) -> None:
    codes = [rule.code for rule in pack.rules]
    assert codes == sorted(codes)
    assert len(codes) == len(set(codes)) >= 50
    for rule in pack.rules:
        path = ROOT / "rules" / rule.category / f"{rule.code}-{rule.name}.yaml"
        assert path.is_file(), path


def test_each_rule_has_examples_of_its_own_and_its_reasons(pack: Pack) -> None:
    examples = load_examples()
    for rule in pack.rules:
        own = examples[rule.name]["examples"]
        assert rule.why, rule.name
        assert "{" not in rule.summary, rule.name
        assert rule.ask.endswith("?"), rule.name
        texts = [str(e.get("text")) for kind in ("bad", "good") for e in own[kind] if "text" in e]
        records = [json.dumps(e, sort_keys=True) for kind in ("bad", "good") for e in own[kind]]
        assert len(records) == len(set(records)), rule.name
        assert all(text.strip() for text in texts), rule.name
