"""The grammar of responses that say nothing: "tolerated all of it well", "no trouble with today".

A verb of bearing, anything short about the session, and a verdict without a value. The fixed
phrases stand in ``rules/lexicon/response_empty.yaml``; this finds the same claim in other words.
"""

from __future__ import annotations

from collections.abc import Iterator

from notelint.encounter.wording import wording

_VERDICT = (
    r"(?:(?:very |fairly |really |pretty |quite |reasonably |overall )?(?:well|fine|ok(?:ay)?|good|great|nicely|alright|all right|fair|gd|appropriately)\b(?! (?:job|work|participation|effort|session|gains|progress))"
    r"|(?:just |perfectly )fine\b|(?:without|w/o|w/out) (?:a |any )?(?:hitch|hiccup|fuss|hassle|snag)\b|like a (?:champ|trooper|pro)\b"
    r"|(?:without|w/o|w/out|with no|w/ no|with minimal|with good) (?:an? |any |significant |new |reported |increased |adverse |undue )*(?:difficult\w+|troubles?|issues?|problems?|complaints?|incidents?|c/o\w*|adverse \w+|effects?|reactions?|tolerance|distress|complications?)\b"
    r"|as expected\b|wnl\b)"
)
_ABOUT = r"(?:(?:[a-z'’/&-]+|\d+)\s+){0,6}?"
_EMPTY = wording(
    r"\b(?:tol(?:erat(?:e[sd]?|ing))?\.?|tol'd|tolerd|tolerted|toelrated|handled|handles|managed|did|doing|took|responded|responds|coped with|(?:got|went|made it|breezed|sailed|flew|cruised) (?:through|thru))\s+"
    + _ABOUT
    + _VERDICT
    + r"|\b(?:tolerated|tol'd) [^.;\n]{3,90}? (?:without|w/o|with no|w/ no) (?:any |an? )?(?:complaints?|c/o|difficult\w+|troubles?|issues?|problems?|incidents?|adverse \w+)\b"
    r"|\btolerat(?:ed|es|ing|e) (?:the |a )?(?:full|entire|whole|all(?: of)?(?: the)?|today'?s|this) ?(?:session|treatment|tx|visit|program|activities|exercises|therapy|interventions)?\b(?!\s*(?:\d|x\s?\d))"
    r"|\b(?:had |has |with |there (?:was|were) )?no (?:apparent |reported |noted |significant |real |new |overt )?(?:trouble|difficult\w+|issues?|problems?|adverse (?:\w+)|(?:ill|bad|side|after) ?-?effects?|negative (?:\w+)|untoward \w+|complications?)\b(?:\s(?:with|during|in|from|after|noted|voiced|reported|today|throughout)\b(?:\s(?:the|today'?s?|todays|this|session|treatment|tx|therapy|visit|exercises?|activities|any|all|of|it|pool|aquatic|gym|water))*)?"
    r"|\b(?:tolerance|response)(?: to (?:tx|treatment|session|therapy|exercises?|activity))?\s*[:=-]\s*(?:good|fair|favorable|positive|excellent|great|appropriate|wnl|wfl|ok(?:ay)?|as expected)\b"
    r"|\b(?:(?:was )?able to )?(?:(?<!to\s)complete|(?<=able\sto\s)complete|completed|finish|finished|participate in|participated in|get through) (?:all|the|her|his|full|entire|whole|today's)(?: (?:of|the|full|entire|whole|today's|tx|treatment|therapy|all))* ?(?:session|exercises?|exs?|activities|tasks?|tx|treatment|program|visit|interventions?)\b(?: (?:w/o|without|with no|with good|well)\b(?: \w+){0,2})?(?=\s*(?:$|[.,;\n!]))"
    r"|\b(?:breezed|sailed|flew|cruised) (?:through|thru) (?:it|(?:the|all|her|his|everything|today'?s)(?: (?:of|the|it|session|treatment|tx|exercises?|exs?|program|visit))*)\b"
    r"|\bparticipated (?:fully|well|actively)\b"
    r"|\b(?:session|treatment|tx|visit|therapy) (?:went|was) (?:well|fine|ok(?:ay)?|good|great|smoothly)\b"
    r"|\btol(?:erat(?:e[sd]?|ing))?\.?\s+(?:the |all |today'?s )?(?:tx|treatment|session|exercises?|ex|activit\w+|therapy|visit|interventions?|therex)(?:\s(?:fair(?:ly)?|good|today))?(?=\s*(?:$|[.,;\n]|and\b|but\b|w/|with\b))"
    r"|\b(?:good|great|excellent|fair|gd) (?:tol(?:erance)?|response)\b(?:\s(?:to|of|for|with|noted)\b(?:\s(?:the|today'?s|treatment|tx|session|therapy|exercises?|activities|all|ex|rx|activity|interventions?))*)?"
)


def empty_responses(lower: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yields (start, end) of each empty response in a stretch of lower-cased text."""
    for match in _EMPTY.finditer(lower, start, end):
        yield match.start(), match.end()
