"""Words that carry no content of their own: articles, pronouns, prepositions, auxiliaries."""

from __future__ import annotations

STOPWORDS = frozenset(
    """a an the and or nor but so yet if then than as at by for from in into of off on onto out over
    to up upon with w w/ c without within via per vs vs. is are was were be been being am do does did
    done doing thru till has have had having can could may might will would shall should must this that these
    those it its it's he she they them his her hers him their theirs we our us you your i me my mine
    who whom which what when where while during after before between among through throughout
    about around across along also too very just only even still again once here there both each ea
    every all any some such same other another more most less least few no not n't yes own now today
    s t d re ll ve x # @ & + - = ~ pt pt. patient client resident therapist mr mrs ms him herself
    himself themselves itself because due secondary until since though although however etc i.e e.g
    approx approximately appx about total well as able d/t 2/2 b/c noted using use used utilizing
    utilized given new first second third last next one two three four five six seven eight nine ten
    upon against toward towards per either neither like so morning afternoon near nearby oclock o'clock
    pts patients residents together""".split()
)


def is_content(word: str) -> bool:
    """Whether a lower-cased word says something by itself (letters, three or more, no stop word)."""
    return len(word) >= 3 and word not in STOPWORDS and any(c.isalpha() for c in word)
