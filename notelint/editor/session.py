"""An open document: its text, its version, where the author types, and what was found.

Pure state. Time comes in as a number of seconds, so that a test can play two minutes of typing in
no time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from notelint.editor.checker import Checked
from notelint.editor.convert import Change, Encoding, Positions, apply_changes
from notelint.editor.draft import PAUSE, Shown, sort_out
from notelint.finding import Finding, Severity


@dataclass(slots=True)
class Session:
    """One document of one client.

    ``version`` is the client's, ``generation`` counts how often the configuration changed under
    the document; together they are the ticket that a result must carry to be taken. ``signing`` is set by the command *Check before signing* and holds until the next edit.
    """

    uri: str
    language: str
    version: int
    text: str
    encoding: Encoding = "utf-16"
    signing: bool = False
    caret: int | None = None
    typed_at: float = float("-inf")
    checked: Checked | None = None
    generation: int = 0
    _checked_ticket: tuple[int, int] | None = field(default=None, repr=False)
    _positions: Positions | None = field(default=None, repr=False)

    @property
    def positions(self) -> Positions:
        """The positions of the present text."""
        if self._positions is None or self._positions.text is not self.text:
            self._positions = Positions.of(self.text, self.encoding)
        return self._positions

    @property
    def fresh(self) -> bool:
        """Whether the findings at hand are those of the present text."""
        return self.checked is not None and self._checked_ticket == self.ticket

    @property
    def ticket(self) -> tuple[int, int]:
        """What a result must be made for: the present text under the present configuration."""
        return self.version, self.generation

    def change(self, version: int, changes: Sequence[Change], now: float) -> None:
        """Takes the client's edits. An edit ends the check before signing."""
        self.text, self.caret = apply_changes(self.text, changes, self.encoding)
        self.version = version
        self.typed_at = now
        self.signing = False

    def move(self, offset: int) -> None:
        """Notes where the caret went (document offset)."""
        if self.caret is not None:
            self.caret = offset

    def rest(self) -> None:
        """Notes that the author has stopped typing (saved, or asked for a check)."""
        self.caret = None

    def take(self, checked: Checked, ticket: tuple[int, int]) -> bool:
        """Takes a result; returns False, and drops it, if the text has moved on."""
        if ticket != self.ticket:
            return False
        self.checked, self._checked_ticket = checked, ticket
        return True

    def forget(self) -> None:
        """Makes the findings stale, as when the configuration has changed."""
        self.generation += 1

    def shown(self, now: float, min_severity: Severity = "warning") -> Shown:
        """Returns the findings as they may be shown at a moment."""
        if self.checked is None:
            return Shown()
        typing = self.caret is not None and now - self.typed_at < PAUSE
        caret = self.caret - self.checked.shift if typing and self.caret is not None else None
        return sort_out(self.checked, signing=self.signing, caret=caret, min_severity=min_severity)

    def span(self, finding: Finding) -> tuple[int, int]:
        """Returns a finding's place in the document; the first line when it has none."""
        shift = self.checked.shift if self.checked else 0
        if finding.start is None or finding.end is None:
            return self.first_line()
        return finding.start + shift, finding.end + shift

    def first_line(self) -> tuple[int, int]:
        """Returns the first line that is not blank, where findings without a place stand."""
        at = self.checked.shift if self.checked else 0
        while at < len(self.text) and self.text[at].isspace():
            at += 1
        if at >= len(self.text):
            at = 0
        line, _ = self.positions.position(at)
        return at, self.positions.offset(line, len(self.text))

    def insertion(self, finding: Finding) -> int | None:
        """Returns the document offset just behind the statement that a finding is about.

        None when the finding has no words. A full stop or other closing mark that the reading
        left outside the statement stays before the insertion.
        """
        checked = self.checked
        if checked is None or finding.start is None or finding.end is None:
            return None
        return insertion_of(checked, finding) + checked.shift


def insertion_of(checked: Checked, finding: Finding) -> int:
    """Returns the offset in the note's text behind the statement of a finding with words."""
    assert finding.end is not None
    text = checked.note.text
    statement = checked.statement_at(max(finding.end - 1, finding.start or 0))
    at = max(finding.end, statement.end if statement else finding.end)
    while at > finding.end and text[at - 1].isspace():
        at -= 1
    while at < len(text) and text[at] in '.!?;,)”"':
        at += 1
    return at
