"""A spaCy component for other people's pipelines: ``nlp.add_pipe("notelint")``.

It hangs a ``Reading`` on ``doc._.notelint``. Picklable, without a statistical model, and it leaves
the Doc's own tokens alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc

if TYPE_CHECKING:
    from notelint.language.pipeline import Reader

EXTENSION = "notelint"


class NotelintComponent:
    """Reads each Doc. Its reader is built again after unpickling, from the shipped pack."""

    def __init__(self, name: str = "notelint") -> None:
        self.name = name
        self._reader: Reader | None = None
        if not Doc.has_extension(EXTENSION):
            Doc.set_extension(EXTENSION, default=None)

    def __call__(self, doc: Doc) -> Doc:
        doc._.set(EXTENSION, self.reader.read_doc(doc))
        return doc

    @property
    def reader(self) -> Reader:
        if self._reader is None:
            from notelint.language.pipeline import Reader
            from notelint.rulebook.pack import load_pack

            self._reader = Reader(load_pack().lexicons)
        return self._reader

    def __reduce__(self) -> tuple[Any, ...]:
        return NotelintComponent, (self.name,)


@Language.factory("notelint", assigns=["doc._.notelint"])
def create_notelint(nlp: Language, name: str) -> NotelintComponent:
    """Makes the component; the pipeline's own tokenizer and models are not touched."""
    del nlp
    return NotelintComponent(name)
