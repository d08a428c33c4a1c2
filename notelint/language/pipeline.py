"""The reader: one note's text in, one ``Reading`` out.

In order: tokens, sections, statements, lexicon mentions, quantities, contexts, roles, kind. No
statistical model; the only state is the vocabulary and the compiled lexicon.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from notelint.language.boxes import unchosen
from notelint.language.context import marks_of, quotes_of, statement_contexts
from notelint.language.kind import kind_of
from notelint.language.lexicon import CAPITALS, LexiconData, LexiconIndex
from notelint.language.passages import passages_of
from notelint.language.planwords import only_continues
from notelint.language.quantities import scan
from notelint.language.reading import (
    LONGEST_STATEMENT,
    ContextMark,
    Mention,
    Passage,
    Placed,
    Quantity,
    Reading,
    Span,
    Statement,
)
from notelint.language.roles import early, role_of
from notelint.language.sections import SectionFinder
from notelint.language.statements import Piece, clauses_of, label_of, pieces_of

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer
    from spacy.tokens import Doc

#: A line that is a name and nothing else, as it stands under a plan, with credentials and a date or not.
_CREDENTIALED = r"(?:, ?(?:PTA?|DPT|OTR?(?:/L)?|COTA(?:/L)?|MOT|OTD|SLP|CCC[- ]?SLP|M\.?[AS]\.?|NCS|OCS|CHT|GCS|PCS))"
_NAME = re.compile(
    r"(?:(?:[A-Z]\.?|[A-Z][a-z]+)(?:-[A-Z][a-z]+)?(?: [A-Z]\.?)? [A-Z][a-z'’]+(?:-[A-Z][a-z]+)?|[a-z]\. ?[a-z'’-]{3,}|[A-Z]{2,3}|[A-Z]\.? [A-Z'’-]{3,}"
    rf"|[A-Z]{{2,}} (?:[A-Z]\.? )?[A-Z'’-]{{3,}}(?={_CREDENTIALED}))"
    rf"{_CREDENTIALED}*(?: \d{{1,2}}/\d{{1,2}}/\d{{2,4}})?\.?"
)

#: A name that closes the note, alone on its line, and is none of the words that lists know.
_FIRST_NAME = re.compile(r"(?:(?:Ms|Mr|Mrs|Miss|Dr)\.? )?(?P<name>[A-Z][a-z]{3,11})")
#: A token without a letter or digit.
_PUNCTUATION = re.compile(r"[\W_]+")


#: A vocabulary keeps every word it has met; with more than this a new one is begun, so that memory
#: stays flat however many notes are read.
_MOST_WORDS = 20_000
#: So many passages are remembered at most: those of the notes at hand.
_MOST_PASSAGES = 500


class Reader:
    """Reads notes. Built once; thread-safe: of notes only the vocabulary knows, and for a while."""

    def __init__(self, lexicons: LexiconData) -> None:
        self._tokenizer = _tokenizer()
        self._index = LexiconIndex(lexicons.trie, lexicons.senses)
        self._sections = SectionFinder(lexicons.headings, self._index.names_service)
        self._lowered: dict[int, str] = {}
        self._passages: dict[tuple[str, bool], Passage] = {}

    def read(self, text: str, *, known_therapy: bool = False) -> Reading:
        """Reads a text. Offsets of everything found are code points of ``text`` itself."""
        if len(self._tokenizer.vocab) > _MOST_WORDS:
            self._tokenizer = _tokenizer()
            self._lowered = {}
        return self._read(text, known_therapy=known_therapy)

    def _words(self, doc: Doc) -> tuple[list[str], list[int], list[int]]:
        """The tokens of a Doc but for white space: lower-cased, with their offsets.

        Read as three columns: a token of spaCy is an object made anew whenever it is asked for.
        """
        from spacy.attrs import IDX, LENGTH, LOWER

        known, strings = self._lowered, doc.vocab.strings
        words: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for key, start, length in doc.to_array([LOWER, IDX, LENGTH]).tolist():
            word = known.get(key)
            if word is None:
                word = strings[key]
                known[key] = word = "" if word.isspace() else word
            if word:
                words.append(word)
                starts.append(start)
                ends.append(start + length)
        return words, starts, ends

    def read_doc(self, doc: Doc) -> Reading:
        """Reads a Doc of another pipeline: its text, by our own tokens."""
        return self.read(doc.text)

    def _passage(self, words: str, *, small: bool) -> Passage:
        """What stands in a passage, from memory if it was read before; ``small`` says that its note
        holds no capitals."""
        known = self._passages.get((words, small))
        if known is not None:
            return known
        lower = lower_same_length(words)
        tokens, starts, ends = self._words(self._tokenizer(words))
        found, shown = self._index.find(tokens, starts, ends)
        kept = [
            i for i, word in enumerate(tokens) if word.isalnum() or not _PUNCTUATION.fullmatch(word)
        ]
        if len(self._passages) >= _MOST_PASSAGES:
            self._passages = {}
        mentions = _undated(_unfingered(found, words), words)
        passage = self._passages[words, small] = Passage(
            tuple(_unspanned(mentions if small else _shouted(mentions, words), lower)),
            tuple(_unspanned(shown, lower)),
            tuple(scan(lower)),
            tuple([starts[i] for i in kept]),
            tuple([ends[i] for i in kept]),
        )
        return passage

    def _read(self, text: str, *, known_therapy: bool) -> Reading:
        lower = lower_same_length(text)
        sections = self._sections.find(text)
        small = text.islower()
        passages = tuple(
            [Placed(a, b, self._passage(text[a:b], small=small)) for a, b in passages_of(text)]
        )
        mentions = tuple(_moved(passages, _mentions))
        cues = tuple(_moved(passages, _cues))
        quantities = tuple(
            [
                Quantity(
                    q.kind,
                    q.start + at,
                    q.end + at,
                    q.values,
                    q.unit,
                    q.text,
                    q.certainty,
                    q.look_alike,
                )
                for at, _, passage in passages
                for q in passage.quantities
            ]
        )
        pieces = pieces_of(text, sections, passages)
        spans = [(p.start, p.end) for p in pieces]
        inch_marks = frozenset(q.end - 1 for q in quantities if text[q.end - 1] in '"”“')
        marks = sorted(
            [*marks_of(lower, spans, mentions), *quotes_of(text, inch_marks), *unchosen(text)],
            key=lambda mark: (mark.start, mark.end, mark.kind),
        )
        mention_starts = tuple([m.start for m in mentions])
        quantity_starts = tuple([q.start for q in quantities])
        statements, known = _statements(
            text,
            lower,
            sections,
            pieces,
            passages,
            mentions,
            mention_starts,
            quantities,
            quantity_starts,
            marks,
        )
        return Reading(
            text=text,
            lower=lower,
            sections=sections,
            statements=statements,
            known=known,
            mentions=mentions,
            quantities=quantities,
            contexts=tuple(marks),
            kind=kind_of(lower, sections, mentions, quantities, known_therapy=known_therapy),
            mention_starts=mention_starts,
            quantity_starts=quantity_starts,
            statement_starts=tuple([s.start for s in statements]),
            word_starts=tuple([at + i for at, _, p in passages for i in p.word_starts]),
            word_ends=tuple([at + i for at, _, p in passages for i in p.word_ends]),
            cues=cues,
            cue_starts=tuple([m.start for m in cues]),
            passages=passages,
            passage_starts=tuple([p.start for p in passages]),
        )


_NO_CONTEXT: frozenset[str] = frozenset()
_mentions = attrgetter("mentions")
_cues = attrgetter("cues")


def _moved(
    passages: Sequence[Placed], found_in: Callable[[Passage], Sequence[Mention]]
) -> list[Mention]:
    """The mentions of all passages, by offsets in the note."""
    return [
        Mention(m.start + at, m.end + at, m.senses, m.lexicons, m.tags)
        for at, _, passage in passages
        for m in found_in(passage)
    ]


def _tokenizer() -> Tokenizer:
    from spacy.lang.en import English
    from spacy.vocab import create_vocab

    from notelint.language.tokenizer import build_tokenizer

    return build_tokenizer(create_vocab("en", English.Defaults))


def lower_same_length(text: str) -> str:
    """Lower-cases without changing the length (``İ`` becomes two characters in ``str.lower``)."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


#: "March 8" and "in March" are dates, not an exercise.
_MONTH = re.compile(
    r"(?:(?<=\b(?:in|of|by) )|(?<=\b(?:for|mid) )|(?<=\b(?:this|last|late|till) )|(?<=\b(?:until|since|early) ))March(?!\s+\d|\s?[x×])"
    r"|March(?=\s+\d{1,2}\b(?!\s?[x×])|\s+\d{4}|\s+of\b|,\s+\d{4})"
)


def _shouted(mentions: Sequence[Mention], text: str) -> Sequence[Mention]:
    """Drops the sense of an abbreviation that is only one in capitals ("met" is no "MET")."""
    return [
        kept
        for m in mentions
        if (kept := _as_written(m, text) if CAPITALS in m.tags else m) is not None
    ]


#: Longer words may begin with a capital; of two or three letters "dB" is none of "DB".
_SHORT_FORM = 3


#: "te 8 min: …": a name of two or three letters at the head of a sentence, with its minutes.
_HEADS_LINE = re.compile(r"(?:^|[\n.;:|•*-])[ \t]*$")
_ITS_MINUTES = re.compile(r"[ \t]?[-–:(]?[ \t]?(?:x[ \t]?)?\d{1,2}[ \t]?(?:min|['’′][ \t]?[:,–-])")


def _as_written(mention: Mention, text: str) -> Mention | None:
    written = text[mention.start : mention.end]
    if not written.islower() and (written.isupper() or len(written) > _SHORT_FORM):
        return mention
    if _ITS_MINUTES.match(text, mention.end) and _HEADS_LINE.search(text, 0, mention.start):
        return mention
    senses = tuple(s for s in mention.senses if CAPITALS not in s.tags)
    if not senses:
        return None
    return Mention(
        mention.start,
        mention.end,
        senses,
        frozenset(s.lexicon for s in senses),
        frozenset(t for s in senses for t in s.tags),
    )


def _unfingered(mentions: Sequence[Mention], text: str) -> Sequence[Mention]:
    """Drops the index finger ("PIP joint mobs IF gr II") from the words of condition."""
    if "IF" not in text or text.isupper():
        return mentions
    return [m for m in mentions if text[m.start : m.end] != "IF"]


def _undated(mentions: Sequence[Mention], text: str) -> Sequence[Mention]:
    """Drops the month of March from the exercises."""
    if "March" not in text:
        return mentions
    return [m for m in mentions if not _MONTH.match(text, m.start)]


#: The letter that heads the next part of the note.
_NEXT_HEAD = re.compile(r"\s+[soap]\s?[:/)–-]")


def _unspanned(mentions: Sequence[Mention], lower: str) -> Sequence[Mention]:
    """Drops mentions that run over a line end that is no wrap (a blank line, a bullet, "15 min\\nA:")
    and bracketed endings ("1 unit(s)")."""
    if "(s)" in lower:
        mentions = [
            m
            for m in mentions
            if lower[m.start] != "(" or not lower[m.start - 1 : m.start].isalpha()
        ]
    if "\n" not in lower and "\r" not in lower:
        return mentions
    kept = []
    for mention in mentions:
        words = lower[mention.start : mention.end]
        if "\n" in words or "\r" in words:
            gap = words.replace("\r\n", "\n").replace("\r", "\n")
            if "\n\n" in gap or gap.count("\n") > 1:
                continue
            if _NEXT_HEAD.match(lower, mention.start + gap.rindex("\n")):
                continue
        kept.append(mention)
    return kept


def _statements(
    text: str,
    lower: str,
    sections: Sequence[Any],
    pieces: Sequence[Piece],
    passages: Sequence[Placed],
    mentions: Sequence[Mention],
    mention_starts: Sequence[int],
    quantities: Sequence[Quantity],
    quantity_starts: Sequence[int],
    marks: Sequence[ContextMark],
) -> tuple[tuple[Statement, ...], tuple[dict[Any, Any], ...]]:
    """The statements, and what was answered of each while its words and its place were the same."""
    found: list[Statement] = []
    known: list[dict[Any, Any]] = []
    opener, at, ruling_from = -1, 0, 0
    mark_starts = [mark.start for mark in marks]
    for index, piece in enumerate(pieces):
        span = Span(piece.start, piece.end)
        while (
            ruling_from < len(marks) and mark_starts[ruling_from] < piece.start - LONGEST_STATEMENT
        ):
            ruling_from += 1
        ruling = [
            mark
            for mark in marks[ruling_from : bisect_left(mark_starts, piece.end)]
            if mark.end > piece.start
        ]
        contexts = statement_contexts(span, ruling) if ruling else _NO_CONTEXT
        section = sections[piece.section]
        while passages[at].end <= piece.start:
            at += 1
        begin, stop, passage = passages[at]
        place = (piece.start - begin, piece.end - begin)
        key = (
            "role",
            *place,
            section.kind,
            contexts,
            piece.ends_with_colon,
            early(span),
            not begin,
        )
        role = passage.kept.get(key)
        if role is None or piece.end > stop:
            role = role_of(
                lower,
                span,
                section,
                mentions[
                    bisect_left(mention_starts, piece.start) : bisect_left(
                        mention_starts, piece.end
                    )
                ],
                quantities[
                    bisect_left(quantity_starts, piece.start) : bisect_left(
                        quantity_starts, piece.end
                    )
                ],
                contexts,
                colon=piece.ends_with_colon,
            )
            if piece.end <= stop:
                passage.kept[key] = role
        if (
            role in ("plan", "assessment")
            and _NAME.fullmatch(text, piece.start, piece.end)
            and not only_continues(lower[piece.start : piece.end])
        ):
            role = "signature"
        if (
            role == "plan"
            and index == len(pieces) - 1
            and (name := _FIRST_NAME.fullmatch(text, piece.start, piece.end)) is not None
            and bisect_left(mention_starts, name.start("name"))
            == bisect_left(mention_starts, piece.end)
        ):
            role = "signature"
        parent = _parent(found, opener, piece, pieces)
        if parent < 0:
            opener = -1
        if piece.ends_with_colon:
            opener = index
            parent = -1
        known.append(
            passage.kept.setdefault(
                (
                    "known",
                    *place,
                    role,
                    section.kind,
                    section.label,
                    contexts,
                    piece.bullet,
                    piece.ends_with_colon,
                    parent >= 0,
                    piece.line == 0,
                    *_ruled(ruling, begin),
                ),
                {},
            )
            if piece.end <= stop
            else {}
        )
        found.append(
            Statement(
                index=index,
                start=piece.start,
                end=piece.end,
                section=piece.section,
                role=role,
                bullet=piece.bullet,
                label_end=label_of(text, piece.start, piece.end),
                clauses=_clauses(text, piece, passages[at]),
                contexts=contexts,
                parent=parent,
                opens_list=piece.ends_with_colon,
                line=piece.line,
            )
        )
    return tuple(found), tuple(known)


def _clauses(text: str, piece: Piece, placed: Placed) -> tuple[Span, ...]:
    """The clauses of a piece, from the memory of its passage if its words were read before."""
    begin, stop, passage = placed
    if piece.end > stop:
        return clauses_of(text, piece.start, piece.end)
    key = ("clauses", piece.start - begin, piece.end - begin)
    known: tuple[int, tuple[Span, ...]] | None = passage.kept.get(key)
    if known is None:
        known = passage.kept[key] = (begin, clauses_of(text, piece.start, piece.end))
    moved = begin - known[0]
    if not moved:
        return known[1]
    return tuple([Span(clause.start + moved, clause.end + moved) for clause in known[1]])


def _ruled(marks: Sequence[ContextMark], begin: int) -> Iterator[tuple[str, int, int, int, int]]:
    """The marks over a piece, by offsets in its passage."""
    for mark in marks:
        yield (
            mark.kind,
            mark.start - begin,
            mark.end - begin,
            mark.cue_start - begin,
            mark.cue_end - begin,
        )


def _parent(found: Sequence[Statement], opener: int, piece: Piece, pieces: Sequence[Piece]) -> int:
    """The list opener above a bullet, an indented line, or the line right after a colon."""
    if opener < 0:
        return -1
    above = pieces[opener]
    if above.section != piece.section:
        return -1
    last = pieces[len(found) - 1]
    if piece.bullet or piece.indent > above.indent:
        return opener
    if last is above or (
        len(found)
        and found[-1].parent == opener
        and not found[-1].bullet
        and last.line == piece.line
    ):
        return opener
    same_run = found[-1].parent == opener and not found[-1].bullet and piece.line - last.line == 1
    return opener if same_run else -1


__all__ = ["LexiconData", "Reader", "lower_same_length"]
