"""The protocol class: what pygls leaves open."""

from __future__ import annotations

from concurrent.futures import Future

from notelint.editor.build import Builder
from notelint.editor.desk import Desk
from notelint.editor.server import NoteServer


def test_a_notification_that_is_done_leaves_nothing_behind() -> None:
    protocol = NoteServer(Desk(Builder())).protocol
    done: Future[None] = Future()
    done.set_result(None)
    waiting: Future[None] = Future()
    protocol._request_futures.update({"a day of edits": done, "a question to the client": waiting})
    protocol._forget_done()
    assert list(protocol._request_futures) == ["a question to the client"]
