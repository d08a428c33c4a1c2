"""The spaCy component for other people's pipelines."""

from __future__ import annotations

import pickle
import tomllib
from pathlib import Path

import spacy

from notelint.language import factory  # registers the component where notelint is not installed
from notelint.language.reading import Reading

TEXT = "O: Balance activities x 15 min.\r\nP: Cont POC 😀"


def test_its_name_is_the_one_the_package_declares() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    entry = project["project"]["entry-points"]["spacy_factories"]["notelint"]
    assert entry == f"{factory.__name__}:{factory.create_notelint.__name__}"


def test_it_hangs_a_reading_on_the_doc_and_leaves_the_tokens_alone() -> None:
    nlp = spacy.blank("en")
    plain = [token.text for token in nlp(TEXT)]
    nlp.add_pipe("notelint")
    doc = nlp(TEXT)
    assert [token.text for token in doc] == plain
    assert isinstance(doc._.notelint, Reading)
    assert doc._.notelint.text == TEXT
    assert [s.kind for s in doc._.notelint.sections] == ["objective", "plan"]


def test_a_pipeline_with_it_survives_pickle_and_disk(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("notelint")
    expected = nlp(TEXT)._.notelint
    again = pickle.loads(pickle.dumps(nlp))
    assert again(TEXT)._.notelint == expected
    nlp.to_disk(tmp_path / "model")
    assert spacy.load(tmp_path / "model")(TEXT)._.notelint == expected


def test_a_reading_survives_pickle() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("notelint")
    reading = nlp(TEXT)._.notelint
    assert pickle.loads(pickle.dumps(reading)) == reading


def test_texts_may_be_piped_with_others() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("notelint")
    assert [len(doc._.notelint.statements) for doc in nlp.pipe([TEXT, "STS x10."])] == [2, 1]
