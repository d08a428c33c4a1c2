"""From an error to a problem: one unreadable input becomes a line of the report, the rest goes on."""

from __future__ import annotations

from notelint.errors import InputError
from notelint.finding import Problem


class ReadError(InputError):
    """An input that cannot be read, with its place in numbers. It never carries note text."""

    def __init__(
        self,
        what: str,
        *,
        file: str,
        line: int | None = None,
        column: int | None = None,
        remedy: str = "",
    ) -> None:
        self.file = file
        self.line = line
        self.column = column
        place = Problem(what, file, line, column)
        super().__init__(what, where=place.where, remedy=remedy)

    def as_problem(self, *, fatal: bool = True) -> Problem:
        return Problem(
            self.what, self.file, self.line, self.column, remedy=self.remedy, fatal=fatal
        )


def problem_of(
    error: InputError, *, file: str, line: int | None = None, note_id: str = ""
) -> Problem:
    """Returns the problem that an error makes for one note of a file."""
    if isinstance(error, ReadError):
        return error.as_problem()
    return Problem(error.what, file, line, note_id=note_id, remedy=error.remedy)
