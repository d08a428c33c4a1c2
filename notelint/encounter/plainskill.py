"""Skill in plain words: what no list of techniques holds, but a colleague reads as skill.

"I had her lengthen the left step", "two fingers on the trapezius", "7 lb (5 last week)", "5 cues,
then none". Asked only where nothing else in the session shows skill, so that silence is broad and
costs nothing: an absence is claimed only when not even these words stand there.
"""

from __future__ import annotations

from collections.abc import Iterator

from notelint.encounter.saidtoday import told_today
from notelint.encounter.wording import wording
from notelint.language.reading import Reading, Span

_AWAY = frozenset({"planned", "home", "hypothetical", "negated"})
#: Verbs of a therapist that report a session and show nothing.
_WEAK = (
    r"(?:provided|perform\w*|complet\w*|treated|work\w*|review\w*|educated|instructed|discussed|encourag\w*"
    r"|assisted|helped|supervised|observed|monitored|watched|noted|reported|recorded|asked|talked|called"
    r"|informed|notified|arrived|started|continued?|unpack\w*|pack\w*|finished|used?|practi[sc]\w*|addressed|focused|targeted"
    r"|printed|copied|scanned|handed|laminated|highlighted|emailed|texted|faxed|mailed|documented|counted|timed|billed|planned|recommended|attempted|played|walk(?:ed)?|offered|issued|advised|stated|explained"
    r"|participat\w*|received|utili[sz]\w*|trained|assessed|evaluated|tested|measured|greeted|praised|wanted"
    r"|tried|try|needed|visited|picked|transported|returned|emphasi[sz]ed|dismissed|escorted|scheduled|treat|do|did|charted"
    r"|shared|turned|joined|rode|attended|sat|went|met|came|conversed|chatted|sang|prayed|listened|going|along|go|come|call|tell|ask|see|bring|take|ice|rest|return|schedule|sit|be|been|in|on|at|up|out|an?|the|no|some"
    r"|about|keep up|keep doing|keep going|not|that|his|her|good|pain|seated|relaxed|enjoyed|red|based|need)"
)
_WHOM = r"(?:him|her|them|pt|(?:the )?patient|(?:the )?resident|(?:the )?student|(?:the )?client|(?:the )?child|m(?:r|s|rs)\.? \w+)"
_PART = (
    r"(?:knees?|pelvis|trunk|waist|shoulders?|scap\w*|elbows?|forearms?|wrists?|ribs?|sternum|back|spine|sacrum"
    r"|glut\w*|quads?|vmo|thighs?|heels?|foot|feet|ankles?|chin|jaw|lips?|cheeks?|tongue|larynx|throat|web ?space"
    r"|trap\w*|belt|ili\w+|asis|patella\w*|belly|abd\w*|stomach|biceps|triceps|hamstrings?|calf|calves|shins?|toes?|midfoot|arch|hip|head|neck|hand|arm)"
)
_NUMBER = r"(?:\d+(?:[./]\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|none|no|zero)"
_DAY = r"(?:last|prev\w*|mon\w*|tues?\w*|wed\w*|thurs?\w*|fri\w*|sat\w*|sun\w*|eval|ie|start|first visit|initial\w*)"

#: A clause that opens with an act upon something: "Taped the ring finger", "so cut the handle".
_OPENS = wording(
    r"(?:[.;:,\n•*-] ?|\bso |\bthen |\band )(?!(?:{weak}|{task})\b)"
    r"([a-z]{{2,}}ed|slid|cut|put|set|made|held|kept|took|bent|laid|hid|fed|gave|let) (?:(?:an?|the|his|her|him|them|it|each|both) ){{1,2}}(?!(?:the|an?|his|her|home) )(?!{thing}\b)[a-z]{{2,}}".format(
        weak=_WEAK,
        task=r"(?:laced|buttoned|zipped|snapped|fastened|glued|pasted|stapled|sewed|threaded|rolled|squeezed|donn?\w*|doff\w*|wash\w*|brush\w*|comb\w*|cook\w*|fold\w*|sort\w*|carr\w*|lift\w*|push\w*|pull\w*|climb\w*|toss\w*|stack\w*|copied|colou?red|read|seated|needed|enjoyed|liked|drank|ate|refused|declined|requested|filled|walked|climbed|propelled|wanted|traced|matched|named|identified|tolerat\w*|increased?|decreased?|improved|showed|demonstrated|exhibited|displayed|presented|reached|earned|missed|dressed|bathed|opened|closed|poured|stirred|placed|moved|picked|crossed|retrieved|kicked|scored|answered|recalled|stated|resumed|returned|cleaned|made (?:a |the |her |his |it |progress))",
        thing=r"(?:couple|number|phone|papers?|paperwork|info|information|brochure|pamphlet|form|name|address|card|folder|hep|program|session|break|rest|exercises?|drink|plan|seat|nap|day|week|few|lot|bit|copy|handout|call|tops?|shirts?|pants|clothes|clothing|briefs?|gown|socks|shoes|sweater)",
    )
)
_PLAIN = wording(
    # somebody's act, by a verb that is no verb of reporting
    r"\b(?:i|writer|therapist|clinician|pta|cota|slp|this (?:pt|ot|writer|therapist)) (?:then |also |had to |would |\w+ly ){0,2}"
    rf"(?!{_WEAK}\b)(?:[a-z]+(?<![aeu]e)ed|held|kept|put|set|cut|slid|taught|showed|brought|drew|laid|bent|hid|built|wrote|stood (?:behind|beside|in front)|took (?:the|her|his|out|away|off|it(?! home))(?! home))\b"
    # what was found decided how the rest was done: "so both walks were done with a chair behind"
    r"|\bso (?:the |both |all |each |next |last |rest of (?:the )?)*[a-z]+ (?:was|were) (?:then |only )?(?:done|made|kept|held|cut|given|moved|shortened|lowered|raised|limited|split|spaced|slowed|changed|swapped|dropped)\b"
    rf"|\b(?:sat|laid|stood|turned|rolled|eased) (?:him|her|them|{_WHOM})(?: (?:down|back|up))?\b"
    # having somebody do something in another way
    rf"|\b(?:had|have|having|got|getting|let|letting|asked|told|reminded) {_WHOM} (?:to |not to )?(?!{_WEAK}\b)[a-z]{{3,}}"
    r"|\b(?:slow(?:ed|ing)?|broke|breaking|talk(?:ed|ing)|walk(?:ed|ing)) (?:it|him|her|them|pt|patient|the \w+|each \w+) (?:down|through|thru|into|up into)\b"
    rf"|\b(?:showed|shown|taught|demonstrated to|demo'?d|modell?ed|showing|teaching) (?:{_WHOM}|mom|dad|wife|husband|spouse|daughter|son|aide|staff|caregiver|how|where|to)\b"
    r"|\b(?:showed|did|said|told|repeated|taught|demo'?d) (?:it|them|this|me|steps?|each|all) back\b"
    # hands and aids
    rf"|\b(?:hands?|fingers?|thumbs?|palms?|tactile|taps?|tapping|tapped|pressure|touch) (?:\w+ )?(?:on|at|under|behind|over|to|along|across) (?:(?:the|his|her|their|r|l|b|left|right|both|each|pt's|upper|lower|front|side|mid) )*{_PART}\b"
    r"|\b(?:in front of|facing|using|with|w/|via|to) (?:an? |the )?(?:\w+ )?(?:mirror|metronome|floor tape|tape lines?|laser|video|biofeedback)\b"
    r"|[\"“](?:big|slow|nose|chest|squeeze|look|tall|stand|push|knees?|keep|don't|stop|heel|chin|lift|breathe|step|turn|lips|tongue|loud|reach|eyes|shoulders?|elbows?|toes?|hips?|weight|feel)\b"
    rf"|(?<!stim\s)(?<!tens\s)(?<!electrode\s)(?<!heat\s)(?<!hot\s)\b(?:wedges?|inserts?|pads?|lifts?|dycem|splint|tap(?:e|ed|ing)|straps?|shim|dot|marker) (?:in|under|on|to|over|at|across|between|behind) (?:(?:the|his|her|their|r|l|left|right|both) )*(?:{_PART}|shoe|handle|seat|floor|cup|page|lid|thumb|(?:ring |index |middle )?finger)\b"
    r"|\bby hand\b|\b(?:band|ball|towel|belt) (?:round|around) (?:the |his |her |both )?(?:knees|thighs|ankles)\b|\b(?:line|tape|strip|dots?|arrows?) (?:down|along|on) the\b|\bmirror\b|\bmetronome\b|\b(?:timer|alarm|card|label|picture|script|sign|note|list|mark) (?:was |is )?(?:set|made|posted|put|moved|hidden|taped|propped)\b|\b(?:trick|strategy|technique) (?:worked|helped|used)\b"
    r"|\b(?:made|wrote|drew|printed|built) (?:a|an|the) (?:[\w-]+ ){1,3}(?:card|list|chart|script|label|sign|strip|board|schedule)\b"
    # help that was drawn back
    rf"|\b(?:vcs?|cues?|tcs?|prompts?|models?|reminders?|help|tactile|sticker)\b[^.;\n]{{0,30}}(?:->|→|=>|\bto\b|\bthen\b|\bdown to\b) ?(?:only )?{_NUMBER}\b"
    r"|\bmy (?:hands?|fingers?|thumbs?|palms?|knee|forearm|arm)\b|\b(?:pursed lips?|plb|paced|rest(?:ed)?|held|waited) (?:\w+ )?until (?:sats?|spo2|o2|hr|bp|rr|\d{2,3})\b"
    r"|\b(?:took(?! (?:it|them) home)|brought|dropped|bumped|moved|cut|raised|lowered|upped|backed) (?:it|them|the (?:load|weight|band|height|speed|level)) (?:down|up|back|off)\b"
    r"|\b(?:bumped|upped|raised|increased|lowered|dropped|cut|moved|went) (?:\w+ )?(?:from )?\d+(?:\.\d+)? ?[a-z#]{0,3} ?(?:->|→|=>|to) ?\d"
    r"|\bso (?:that )?(?:he|she|pt|they|patient) (?:has|had|have) to\b|\bto get (?:the|his|her) (?:\w+ )?(?:tongue|lips?|jaw|knee|heel|hip|shoulder|scap\w*|elbow|wrist|thumb|trunk|pelvis|head|chin|foot|toes) to\b"
    r"|\b(?:pulled|removed|took (?:away|out|off)|dropped) (?:it|the (?:cue|model|prompt|support|tape|mirror)) (?:for|on|at|in) the last\b"
    r"|\bfaded?\b|\bthen none\b|\bnone (?:after|on|by|in|for|since|needed (?:by|on|in|after))\b|\bnot at all (?:by|on|in|after)\b"
    r"|\b(?:max|mod|min|cga|sba)(?: ?a| assist\w*)?(?: x ?\d)? ?(?:->|→|=>|,? then |(?:falling|fading|dropping|down|improv\w+|eas\w+|progressing) to )(?:mod|min|cga|sba|s\b|i\b|ind|sup|mod i|none|verbal)"
    # a change of load, surface or task; a comparison with another day
    r"|\b(?:up|down|back) (?:to|from) (?:\d+(?:\.\d+)? ?(?:#|lbs?\b|kg|in\b|\"|cm|hz|bpm|mph)|(?:red|green|blue|black|yellow|gr[ae]y|silver|gold|orange)\b|level|l\d)"
    r"|\b(?:went|moved|gone|bumped|stepped|graduated|swapped|traded|switched) (?:(?!up\b|down\b|back\b|cones?\b|rings?\b|pegs?\b|beads?\b|bean\b|bags?\b|blocks?\b|cups?\b|items?\b|objects?\b|balls?\b|clothespins?\b|coins?\b|cards?\b)\w+ ){0,3}(?:up|down|back|from)\b(?! (?:poor|fair|good|trace|bad|not|min|mod|max)\b)(?! and (?:down|up|forth)\b)(?! (?:(?:the|a|her|his|\d+|one|two|three|four|flight|of|porch|front|back|entry|deck|garage|side) )*(?:stairs?|steps?|flights?|hall\w*|ramp|curb|basement|to)\b)"
    r"|\b(?:instead of|rather than|in place of)\b|\bfirst (?:time|day|try|visit) (?:with|on|w/|using|without|w/o|off|in|at|standing)\b|\b(?:new|added|harder|easier|heavier|lighter) (?:today|version|one)\b"
    rf"|\b(?!no\b){_NUMBER}\+? ?(?!before|after|prior|pre\b|so\b|and\b|to\b)[a-z#%°]{{0,6}} (?:on|at|from|in)? ?(?:the )?(?:{_DAY})\b(?!,? (?:but )?(?:not (?:re-?)?(?:tested|assessed|measured|taken)|not tested|deferred))|\b{_NUMBER} ?[a-z#%°]{{0,6}} on \d{{1,2}}/\d|\b{_NUMBER} (?:more|fewer|less|better|longer) than\b|(?:\bvs\.?|\bversus|\bcompared (?:to|with)|\bwas|\bfrom) {_NUMBER} (?:\w+ )?(?:on |at )?{_DAY}\b"
    # what happened and how it was put right
    r"|\b(?:evened|straightened|smoothed) out\b|\bcaught (?:it|himself|herself|himself|both|each|his own|her own)\b|\bfix(?:ed|es) (?:it|his|her|that|the)\b"
    r"|\b(?:sx|symptoms?|numbness|tingling|leg pain|arm pain) (?:gone|moved|retreated|cleared|centrali\w*) (?:to|from|out|up|above|below)\b|\b(?:centrali[sz]\w+|peripherali[sz]\w+)\b"
    # had somebody stand, push or take something in another way; what was cut short or done instead
    rf"|\b(?:had|have|having|got|put|placed|set|sat|stood) (?:{_WHOM}|dtr|daughter|wife|husband|son|mom|dad|aide|caregiver|spouse) (?:take|push|hold|stand|put|place|keep|sit|use|breathe|turn|look|one|two|on|at|behind|below|in front|beside|closer|lower|higher)\b"
    r"|\b(?:sets?|reps?|laps?|trips?|walk|third|second|last|round|hold)\b[^.;\n]{0,16}\b(?:was |were )?(?:cut|stopped|dropped|shortened|ended|halved|called off|skipped)\b(?: (?:at|to|short|after|because|when|early|by|and)|[,;.])|\bwent back to\b|\bswapped to\b|\bso (?:longer|shorter|slower|lower|higher|lighter|heavier|less|more|the|that|it)\b[^.;\n]{0,40}\b(?:stays?|went|goes|moved|came|out|dropped|added|removed|changed)\b"
    r"|\bwait(?:ed|ing)? \d{1,2} ?s(?:ec\w*)?\b|\bsat (?:him|her|them|pt) (?:down )?(?:at|after|when|because)\b|\b(?:hand|palm|knuckle|fingers?|fist|forearm) (?:in|on|at|under|against|behind) the (?:back|front|belt|cheek|ribs?|hip|side|seat)\b"
    r"|\b(?:until|till) (?:form|technique|the (?:knee|hip|back|heel|lag|shoulder)|it broke|quality|he (?:got|could|had) it|she (?:got|could|had) it)\b"
    r"|\b(?:because|since|b/c|d/t|due to) (?:\w+ ){1,8}(?:instead|only|lighter|lower|shorter|skipped|left out|not done)\b"
    r"|\b(?:skipped|left out|lighter|shorter|easier|smaller|seated|slower|lower|half) (?:\w+ ){0,5}(?:because|since|b/c|d/t|due to)\b"
)


def plain_skills(reading: Reading) -> Iterator[tuple[Span, str]]:
    """Yields (span, words) of what may be skill in the words of no list, in text order."""
    lower = reading.lower
    for statement in told_today(reading):
        if statement.role in ("signature", "header"):
            continue
        # The mark or blank before a statement's first word opens its first clause.
        opening = max(0, statement.start - 2)
        for act in (
            *_PLAIN.finditer(lower, statement.start, statement.end),
            *_OPENS.finditer(lower, opening, statement.end),
        ):
            if not reading.context_at(act.start()) & _AWAY:
                yield Span(act.start(), act.end()), act.group()
