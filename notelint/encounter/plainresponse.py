"""Responses in plain words and odd units: results that no list of signs holds.

"Evened out by the second lap", "14 in before, 10 in after", "had to sit twice", "said it pulled
less". Asked only where nothing else in the note answers, so that silence is broad.
"""

from __future__ import annotations

from collections.abc import Iterator

from notelint.encounter.saidtoday import told_today
from notelint.encounter.wording import wording
from notelint.language.reading import Reading, Span

_SKIP = frozenset({"planned", "hypothetical", "home"})
_NUMBER = r"(?:\d+(?:[./]\d+)?|one|two|three|four|five|six|seven|eight|nine|ten)"
_NTH = r"(?:last|final|second|third|fourth|fifth|2nd|3rd|4th|5th|next|other)"
_ROUND = r"(?:sets?|reps?|laps?|trips?|rounds?|trials?|try|tries|pass|go|blocks?|half|minutes?|attempts?|holds?|sips?|bites?|swallows?|breaths?|rows?|sentences?|words?|page)"
_FELT = (
    r"(?:sore\w*|tight\w*|loos\w*|eas(?:y|ier)|heav\w*|hard(?:er)?|hurt\w*|ach\w*|pull(?:ing|ed|s)?|stretch\w*|burn\w*"
    r"|tire\w*|worn|weak\w*|stiff\w*|numb\w*|tingl\w*|dizz\w*|worse|better|stronger|light(?:er|headed)|relie\w+|pop\w*"
    r"|click\w*|pinch\w*|winded|breath\w*|pain\w*|nause\w*|wobbl\w*|fatigu\w*|good|warm\w*|shak\w*|cramp\w*)"
)
_WHO = r"(?:he|she|they|pt|patient|student|child|client|resident)"
_PLAIN = wording(
    # when in the session it changed
    rf"\b(?:by|toward|towards) (?:the )?end\b|\b(?:by|on|after|in|at|until) (?:the |his |her )?{_NTH} (?:\w+ )?{_ROUND}\b|\b(?:by|after|at|from|since|until) (?:rep|set|lap|trip|round|trial|pass|minute|min|word|item) {_NUMBER}\b"
    rf"|\b{_NUMBER} ?[a-z\"'#°%]{{0,4}} (?:before|pre|at start|initially|beforehand|first)\b.{{0,40}}\d|\b(?:before|pre|start\w*)\b(?!\W{{0,3}}\d{{1,2}}:\d\d).{{0,20}}\d.{{0,30}}\b(?:after|post|end\w*)\b.{{0,20}}\d|\d(?: [a-z]+)? ?(?:->|→|=>) ?\d"
    # what was needed, counted, missed
    r"|\b(?:stopped|rested|paused|sat(?: down)?|stumbled|slipped|needed (?:it|me|that|this|a (?:hand|break|rest|push|boost|sit))) (?:for |after |at )?(?:once|twice|one time|\w+ times|\d|x ?\d|halfway|when|because|on the|by)"
    rf"|\b{_NUMBER} (?:sit-?downs?|sits?|rests?|breaks?|stops?|pauses?|cues?|errors?|losses)\b[^.;\n]{{0,24}}\b(?:where|vs\.?|versus|instead|against|down from|was|last|(?:mon|tues|wednes|thurs|fri)\w*)\b"
    r"|\bwalked out (?:of here )?(?:at )?\d"
    rf"|\bhad to (?:stop|rest|sit|pause|slow|be)\b|\b(?:needed|required) (?:only |just |about )?(?:an? |{_NUMBER} |no |less |more |fewer |extra )|\btook (?:only |just |about )?{_NUMBER} "
    rf"|\b(?:missed|forgot|skipped|dropped|lost|caught|fixed|remembered|found|named|got|spelled|matched|recalled|answered|identified|confused|mixed up|bumped|spilled) (?:only |all |just |about )?(?:{_NUMBER}|both|none|it|most|half|less|more)\b"
    r"|\ball but\b|\b(?:most|half|none|few) of (?:them|the (?:words|items|steps|time|trials|reps|questions|sounds))\b|\bhalf the time\b|\b(?:got|gets|was|were|did|had|\d|half|most|all|none|is|it) (?:\w+ )?right\b(?! (?:le|ue|arm|leg|hand|side|knee|hip|shoulder|foot|ankle|wrist|elbow|thumb|eye|ear|lower|upper))|\b(?:wrong|correct|incorrect)(?:ly)?\b"
    r"|\b(?:on (?:his|her|their) own(?! (?!with\b|w/|and\b|but\b|after\b|today\b|for\b|in\b|at\b|this\b|then\b|by\b|when\b|from\b|to\b|without\b|now\b|again\b|each\b|on\b|last\b|once\b|twice\b|the\b|all\b|every\b)[a-z])|by (?:him|her|them)sel(?:f|ves)|unprompted|without (?:being|prompt\w*|me\b|stopping|rest\w*|holding|touching|grabbing|reaching|looking))\b"
    rf"|\b(?:{_NUMBER}|no|few|fewer|less|some) (?:(?!with\b)\w+ )?(?:grabs?|touch\w*|catches|saves|slips|freezes|drops|coughs?|pauses|stops|misses|corrections?|stumbles?|taps|spills?|near falls?)\b"
    rf"|\b(?:coughed|choked|froze|fell|slipped|veered|drifted|dragged|caught|leaned|snapped|scuffed|swayed|buckled|hiked|collapsed|hikes|drags|leans|drifts|veers|snaps|collapses|settled|eased|cleared|gone|went away|gave way|jumped|hurt|ached|puff\w*|panting|out of puff|cramped|trembled|struggled|recovered|desat\w*)\b"
    rf"|\b(?:fell|dropped|rose|went|came|climbed|down|up|stayed) (?:back )?(?:to|at|from) {_NUMBER}"
    r"|\b(?:faded|weakened|waned|flagged|slackened|fell off|dropped off|gave out|trailed off|died down|let go|slowed|sagged|sank|drooped) (?:after|by|at|from|on|toward|halfway|with|when|before|midway)\b"
    # a value with the one of another day: "41 (36 last visit)", "dhi 46 at eval, 22 today", "gained 6 deg", "down .4"
    rf"|\(\d+(?:\.\d+)? ?[a-z°%#]{{0,4}} ?(?:(?:at )?(?:last|prev\w*|prior|lv|eval|ie|soc|initial\w*)\b|(?:on )?\d{{1,2}}/\d|(?:on )?(?:mon|tues?|wed|thu|fri)\b)|\((?:last|prev\w*|prior|lv|eval|ie|at eval)(?: [a-z]+)?:? \d"
    r"|\d ?(?:[a-z°%#]{1,4} )?(?:at (?:eval|ie|soc|start|baseline|first|initial|last)\b[^.;\n]{0,16}?\d|today\b|last (?:visit|time|session|week|wk)\b(?! ?:))|\b(?:gained|lost|improved|dropped|rose) (?:by |another )?\.?\d|\b(?:up|down) (?:by )?(?:\.\d|\d+(?:\.\d+)? ?(?:deg|°|cm|mm|%|points?|pts?\b))"
    # how many of them came off: "x15, 9 placed", "2 then none"
    r"|, ?\d+ (?:placed|correct|right|made|caught|clean|clear|good|hit|dropped|missed|named|found|alone|unaided|without|with)\b|\bthen (?:none|nothing|no more|dry|fine|clear|clean|steady)\b"
    r"|\bno [a-z]+ (?:during|throughout|after|in|with|on|for|this) (?:the |this |any )?(?:session|tx|treatment|visit|sets?|reps?|last|exercises?|whole|walk|lap|trial|task|meal|sips?)\b|(?:\bwith|\bw/) no (?:spin|leak|wheeze|drool|click|catch|pop|slip)\w*"
    # what somebody did of their own accord, or did not do
    rf"|\b(?:{_WHO}|infant|baby|kid) (?:then |still |also )?(?:pulled|flinched|startled|cried|whimpered|gagged|resisted|hesitated|pushed (?:it|away|back)|turned away|leaned|grabbed|balked|squirmed|giggled)\b"
    r"|\b(?:didn['’]?t|did not|wouldn['’]?t|would not) (?:need|let|use|lose|have to|hold|make|reach|clear|stay|stop|want|look|lean|drop|touch|grab|rest|get|go)\b"
    # how it looked and felt
    r"|\b(?:went|turned|got|came out|stayed|remained|looked|looks|sounded|sounds|became) (?:\w+ly |very |a bit |more )?(?:wet|dry|pale|gr[ae]y|white|red|pink|dusky|blue|flat|limp|stiff|rigid|hoarse|breathy|clear|quiet|silent|calm|upright|level|closed|open|short|soft|loose|heavy|shaky|unsteady|steady|sleepy|teary|tearful|flushed|sweaty|gurgly|floppy|tense|relaxed|midline|straight|crooked|bored|distracted|upset|frustrated|cranky)\b"
    r"|\btir(?:ing|es)\b|\bfatigu(?:es|ing)\b"
    rf"|[\"“][^\"”\n]{{4,60}}[\"”],? (?:{_WHO} )?(?:said|says|laughed|joked|sighed|groaned|grinned|told|added|complained)\b|\blist(?:ed|s|ing) (?:to (?:the )?)?(?:r|l|right|left|back|forward)\b"
    r"|\b(?:evened|smoothed|loosened|steadied|opened|freed|calmed|quieted|slowed|tired|gave|straightened) (?:out|up|down|off)\b|\b(?:wobbl|limp|winc|grimac|grabb|slump|sweat|shak(?:y|ing)|trembl|furniture)\w*|\bout of breath\b"
    rf"|\b(?<!no\s)(?<!new\s)(?<!further\s)(?:said|says|reports?|reported|states?|stated|told|felt|feels|feeling|c/o|complain\w*|mention\w*|noted|admitted|endors\w*)\b[^.\n]{{0,50}}\b{_FELT}\b|[\"“][^\"”\n]{{0,40}}\b{_FELT}\b[^\"”\n]{{0,40}}[\"”]"
    rf"|\b(?:got|gets|reached|bends?|straightens?|opens?|made it) (?:\w+ )?(?:to|up to|in) (?:about )?{_NUMBER}\b"
    r"|\b(?:less|more|no|mild|trace|reduced|increased) (?:\w+ )?(?:swelling|edema|effusion|limp\w*|pain|sx|symptoms|dizz\w*|guarding|spasms?|tremors?|lag|drag|sway|stiff\w*|redness|wobble)\b"
    r"|\d then\b|, (?:then )?(?:less|better|none|gone|fine(?![- ]motor)|clear)\b"
    # compared
    r"|\b(?:more|less|fewer|better|worse|farther|further|longer|faster|slower|higher|lower|easier|harder|stronger) (?:\w+ ){0,2}than\b|(?:\d\S{0,6} (?:\w+ )?|\b(?:none|once|twice) )instead of\b|\b(?:versus|vs\.?|compared)\b|\b(?:first time|personal best)\b"
    r"|\b(?:max|mod|min|cga|sba)(?: ?a| assist\w*)? ?(?:->|→|=>|,? ?then |(?:falling|fading|dropping|down) to )(?:mod|min|cga|sba|s\b|i\b|ind|sup|set|none|verbal|no )"
)


#: What the patient came with, from another time of the day.
_ELSEWHEN = wording(
    r"[^.;\n]{0,12}\b(?:at night|overnight|in the morning|this morning|yesterday|last night|at home)\b"
)


#: "Reports he did not sleep good": the night before.
_SLEPT = wording(r"\b(?:sleep\w*|slept|nap|naps|appetite)\b")
#: A sentence that begins with the clinician tells what the clinician did ("Therapist gave pressure …
#: and matched it to the breath"), until it comes to the patient.
_WE = wording(
    r"\W*(?:the |this )?(?:therapist|clinician|writer|pta|cota|slp|i|we)\b(?![^.;\n]{0,200}?(?:,|;|\band|\bthen|\bso|\bbut|\bwhile|\buntil) (?:he|she|they|pt|patient|child|kid|client|student)\b)"
)
_HANDLED = wording(
    r"(?:missed|forgot|skipped|dropped|lost|caught|fixed|remembered|found|named|got|spelled|matched|recalled|answered|identified|confused|mixed|bumped|spilled|came|went|up|down)\b"
)


#: "Until cleared": what has not come about.
_NOT_YET = wording(r"\b(?:until|till|when|once|if|unless|not|never|be) (?:\w+ ){0,2}$")
_BEFORE = 20
#: A line that says why the visit is or what it is for tells no result.
_OF_GOAL = wording(
    r"\W*(?:reason for (?:visit|referral|tx|treatment)|goals? as stated|goals?|purpose|aim|cc|chief complaint)\b"
)


def plain_responses(reading: Reading) -> Iterator[tuple[Span, str]]:
    """Yields (span, words) of what may be a response in the words of no list, in text order."""
    lower = reading.lower
    for statement in told_today(reading):
        if statement.role in ("signature", "header", "heading", "time"):
            continue
        if _OF_GOAL.match(lower, statement.start):
            continue
        for seen in _PLAIN.finditer(lower, statement.start, statement.end):
            if reading.context_at(seen.start()) & _SKIP or _ELSEWHEN.match(lower, seen.end()):
                continue
            if _SLEPT.search(seen.group()):
                continue
            if _NOT_YET.search(lower, max(statement.start, seen.start() - _BEFORE), seen.start()):
                continue
            by_us = _HANDLED.match(lower, seen.start()) and _WE.match(lower, statement.start)
            if not by_us:
                yield Span(seen.start(), seen.end()), seen.group()
