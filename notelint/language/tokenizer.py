"""The spaCy tokenizer for therapy notes.

spaCy's stock English tokenizer is some ten to twenty times slower on notes than it need be: its
whitespace special cases stop the cache at the first newline (explosion/spaCy#13950). Ours has no
special cases, so every chunk is cached, and its affixes keep clinical shorthand whole.
"""

from __future__ import annotations

from spacy.tokenizer import Tokenizer
from spacy.vocab import Vocab

from notelint.language.affixes import INFIX, PREFIX, SUFFIX, is_whole


def build_tokenizer(vocab: Vocab) -> Tokenizer:
    """Returns the note tokenizer for a vocabulary."""
    return Tokenizer(
        vocab,
        rules={},
        prefix_search=PREFIX.match,
        suffix_search=SUFFIX.search,
        infix_finditer=INFIX.finditer,
        token_match=is_whole,
    )
