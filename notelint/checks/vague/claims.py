"""The words of a claim of progress: comparatives, gains, figures of speech (A6)."""

from __future__ import annotations

from notelint.encounter.wording import wording

_DEGREE = r"(?:(?:a|an|lot|little|bit|much|so|way|very|real|really|quite|pretty|some|definitely|slowly|steadily|gradually|overall|greatly|nicely|right|somewhat|slightly|far|still|again|even|great|good|nice|excellent|to be) ){0,3}"
_BETTER = r"(?:better|easier|stronger|clearer|looser|smoother|steadier|freer|improv(?:ed|ing)|loosening up)"
_SINCE = r"(?: (?:today|overall|all around|nicely|well|this (?:week|visit|session|time|month|quarter|date)|(?:each|every) (?:time|visit|week|session|day)|than (?:it was|before|last \w+|previously|prior)|in general|with (?:therapy|pt|ot|st|tx|treatment)))?"
_GAIN = r"(?:gains?|progress?(?! (?:note|report|summary))|improvements?|strides|headway|advances)"
_GOOD = r"(?:good|great|nice|excellent|wonderful|awesome|gd|productive)"
_PRAISE = r"(?:tremendous|remarkable|phenomenal|amazing|fantastic|terrific|outstanding|impressive|incredible|huge|big|major|marked|dramatic|substantial|considerable|exceptional|fabulous|superb|stellar|marvelous|beautiful|lovely|super|solid|wonderful|awesome|good|great|nice|excellent)"
WORDED = wording(
    r"\b(?:continues? to|is|are|seems?|appears?|looks?|looking|has|have|overall|showing|shows|shown|demonstrat\w+|making|getting|feels?) (?:(?:a lot|much|so much|doing|definitely|slowly|steadily|overall|greatly|very|really|quite|some|nice|good|great|steady|continued|an|well|to|be) ){0,2}?"
    r"(?:get(?:ting)? better|better|improved?(?: (?:performance|function|overall|greatly|a lot|nicely|significantly|quality))?|improving|improvements?|progress(?:ing|ed)?|stronger|gains?|(?<!\bis\s)(?<!\bare\s)(?:good|great)(?! (?:rehab\w*|potential|prognos\w*|family|social|support|strength|rom|range|balance|safety|insight|endurance|posture|alignment|understanding|candidate|sleep|appetite|days?|grip|control|awareness|attention))|moving (?:along|in the right direction)|advancing)\b"
    r"|\b(?:moving|heading|going) in the right direction\b|\b(?:advancing|progressing|improving) (?:well|nicely|steadily|slowly)\b|\bgreat(?:ly)? improved\b"
    rf"|\b(?:has|have|had) (?:gotten|got|grown|become) {_DEGREE}{_BETTER}\b{_SINCE}"
    rf"|\b(?:excellent|good|great|nice|steady|some|functional|continued|fair|slow|significant|noticeable|overall|real|gd) (?:\w+ )?{_GAIN}\b"
    rf"|\b(?:making|made|makes|showing|shows|shown|continues? to (?:make|show)) (?:\w+ ){{0,3}}?{_GAIN}\b(?: towards? (?:\w+ )?goals)?"
    r"|\bcont(?:inue[sd]?|inuing|\.)? to (?:do|perform|respond|improve|progress|gain|get better|get stronger)\b(?: (?:well|good|great|nicely))?"
    rf"|\bcom(?:ing|es?) (?:right |nicely |really )?along\b(?: (?:well|nicely|fine|great))?|\bwent (?:really |very |pretty )?(?:well|great)\b|\b{_GOOD} carry ?over\b(?: of \w+)?"
    rf"|\b(?:look|sound|seem)(?:s|ed|ing)? {_DEGREE}(?:{_GOOD}|well|{_BETTER})\b{_SINCE}"
    rf"|\b(?:moving|walking|doing|did|does|getting|motion|strength|balance|rom|gait|speech|talking|sounds?|swallow(?:ing)?|mobility|endurance|everything|all) (?:\w+ )?{_DEGREE}{_BETTER}\b{_SINCE}"
    r"|\bbenefit(?:s|t?ing|t?ed) from (?:skilled )?(?:pt|ot|st|slp|therapy|tx|treatment|services|sessions?)\b|\b(?:tx|therapy|treatment|pt|ot|st) (?:is|seems to be) (?:helping|working)\b|\bcoming (?:around|on well)\b"
    rf"|\bdoing {_DEGREE}(?:well|fine|nicely|ok(?:ay)?|alright)\b|\b(?:has|have) done {_DEGREE}(?:very |really |so )?(?:well|nicely|great)\b"
    r"|\b(?:is|are|has been) (?:responding|respond) (?:very )?(?:well|favorably|nicely)\b(?: to (?:therapy|treatment|tx|pt|ot|st))?"
    rf"|\bprog(?:ress)?\.? (?:is )?(?:well|nicely|slow(?:ly)?|steady|steadily|good|great|ok)(?: (?:but|and) (?:slow(?:ly)?|steady|steadily|sure))?\b(?: (?:tow?ards?|twd|w/|with) (?:all |his |her |the )?(?:goals|gls|poc))?"
    rf"|\b(?:did |does )?(?:a |such a )?{_DEGREE}{_GOOD} (?:job|participation|participant|session|visit|work|effort)\b"
)
#: Progress in figures of speech: how far, how fast, in which shape, and how glad one is to see it.
FIGURES = wording(
    rf"\b(?:very |such |some |quite )?(?:a )?{_PRAISE} (?:(?:functional|overall|physical|clinical|language|speech|motor|early|recent) )?(?:{_GAIN}|turn ?around|transformation|recovery|strides|leaps|jump|change|difference|results)\b(?! (?:in (?:bp|hr|vitals|meds)|of|note|score))"
    r"|\b(?:light[- ]?years|miles|worlds|leagues|way|far|well|leaps and bounds) (?:ahead of|better than|beyond|above) (?:where|what|how) (?:he|she|they|we|it|pt|the)\b[^.;,\n]{0,24}|\b(?:by |in )?leaps and bounds\b|\bnight and day\b"
    r"|\b(?:com(?:e|ing)|came) (?:along|on|around) (?:just |very |really |quite |so )?(?:beautifully|wonderfully|great|fine|super|splendidly|swimmingly|fantastic(?:ally)?|terrifically|lovely|nicely|well)\b"
    r"|\b(?:come|came|gone) (?:such |quite |so |very |really |already )?(?:a )?(?:very |really |pretty )?(?:long way|far)(?= (?:with|in|since|from|this|already|and)\b|[.,;!]|$)"
    r"|\b(?:(?:has|have|is|are|really|truly|just) ){1,3}(?:taken off|taking off|took off)(?= (?:this|since|in the last|over|lately|recently|with her|with his|now)\b|[.,;!]|$)"
    r"|\b(?:blossom|flourish|thriv|bloom|soar|skyrocket)(?:s|es|ed|ing)\b(?: (?:with|in|at) (?:his|her|their|the) \w+)?|\b(?:hit|hitting|found) (?:his|her|their) stride\b|\bon a roll\b|\bon the (?:mend|up and up)\b|\bbounc(?:ed|ing) back\b"
    r"|\bturn(?:ed|ing) (?:a|the) (?:real |big )?corner(?! (?:with|w/|in|on|at|of|to|into|by|and))\b|\bturned (?:things|it) around\b|\b(?:crushing|killing|rocking|nailing) it\b"
    r"|\b(?:is|are|in|looks|looking) (?:such |really |very )?(?:in )?(?:great|good|excellent|fantastic|tip[- ]top|terrific|wonderful|super|fine) shape\b"
    r"|\bgoing (?:great|strong(?= (?:with|in|now)\b|[.,;!]|$)|beautifully|swimmingly|smoothly|really well|very well)\b|\blike (?:a|an) (?:whole )?(?:new|different) (?:person|man|woman|kid|child|guy|lady|knee|hip|shoulder)\b"
    r"|\b(?:so |very |really |extremely )?(?:pleased|thrilled|delighted|impressed) (?:with|by) (?:how|her|his|the|their) (?:\w+ )?(?:progress|gains|improvement|results|far|well|much)\b|\b(?:couldn't|could not) be (?:happier|more pleased)\b"
    r"|\b(?:wonderful|great|amazing|a joy|so nice|exciting|awesome) to see (?:him|her|them|pt|the|how)\b[^.;,\n]{0,24}|\b(?:heading|headed|moving|trending|going) (?:in )?the right (?:way|direction|path)\b|\b(?:stronger|better|looser|steadier|clearer) (?:and (?:stronger|better)|every (?:time|visit|day|week|session)|each (?:time|visit|day|week|session))\b"
)
#: What is in good shape without having got better.
OF_THINGS = wording(
    r"\b(?:skin|incision|wound|scar|walker|cane|chair|wheelchair|brace|splint|orthos[ie]s|orthotics?|shoes?|equipment|cushion|tires|prosthe\w+|socket|liner|dentures?|teeth|device|tablet|floor|home|house)\b[^.;]{0,20}$"
)
#: In an assessment a bare comparative is the claim.
BARE = wording(
    rf"\b{_DEGREE}{_BETTER}\b{_SINCE}|\b(?:happy|pleased) with (?:his |her |the )?progress\b|\bresponds? well\b|\bresponding (?:well|favorably|nicely)\b(?: to (?:therapy|treatment|tx|pt|ot|st))?"
)
