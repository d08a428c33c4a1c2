"""Config files to begin with, for ``notelint init``."""

from __future__ import annotations

from collections.abc import Mapping

_HEAD = """\
#:schema ./notelint.schema.json
# Settings of notelint. `notelint config` shows what holds; `notelint rule --all` lists the rules.
"""

PRESETS: Mapping[str, str] = {
    "plain": _HEAD
    + """
# Facts of notes whose record does not say. A note's own record always wins.
# payer = "medicare_b"
# setting = "outpatient"
# discipline = "PT"

# strictness = "minimum"        # audit (default) or minimum
# ignore = ["tolerated-well"]

# Columns of an export; see `notelint inspect FILE`.
# [source.visits]
# files = "visits*.csv"
# text = "Note"
# date = "DOS"
""",
    "gate": _HEAD
    + """
# A gate: a run fails on what words and arithmetic alone prove, and on nothing that was accepted
# before. Begin with `notelint check EXPORT --accept-new`, then leave that option out.
fail-on = "warning"
fail-on-class = "explicit"
baseline = "notelint-baseline.json"

# Rules that no sidecar and no baseline may silence.
locked = []

# Facts of notes whose record does not say.
# payer = "medicare_b"
# setting = "outpatient"
""",
    "corpus": _HEAD
    + """
# Written, synthetic notes: directives inside them count.
directives = ["**"]
cache = true
""",
}
