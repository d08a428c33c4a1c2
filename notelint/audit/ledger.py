"""The ledger: the event log folded into SQLite, so that it can be asked.

The log is the truth and the ledger can be thrown away at any time. It is kept beside the log
while a review runs (so that a long log need not be read twice, and so that events cut off at the
log's end are noticed), and in memory for an estimate or a report.
"""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from notelint.audit.eventlog import Break, BrokenLog, Event, EventLog, Head

SCHEMA_VERSION = 1
VERDICT_FIELDS = ("note", "fingerprint", "rule", "version", "text", "verdict", "reason")
MARK_FIELDS = ("id", "note", "text", "rule", "category", "start", "finish", "blind")
ANSWER_FIELDS = ("answer", "blind", "text")

SCHEMA = """
CREATE TABLE head (events INTEGER, hash TEXT, size INTEGER);
CREATE TABLE sessions (seq INTEGER PRIMARY KEY, at TEXT, who TEXT, data TEXT);
CREATE TABLE rules (name TEXT PRIMARY KEY, version TEXT, code TEXT);
CREATE TABLE opened (
  unit TEXT, who TEXT, seq INTEGER, at TEXT, role TEXT, blind INTEGER, PRIMARY KEY (unit, who));
CREATE TABLE notes (
  note TEXT, who TEXT, unit TEXT, text TEXT, applied TEXT, seq INTEGER, PRIMARY KEY (note, who));
CREATE TABLE shown (
  note TEXT, who TEXT, fingerprint TEXT, unit TEXT, rule TEXT, code TEXT, version TEXT,
  severity TEXT, lead INTEGER, start INTEGER, finish INTEGER, text TEXT,
  PRIMARY KEY (note, who, fingerprint));
CREATE TABLE revealed (unit TEXT, who TEXT, seq INTEGER, at TEXT, PRIMARY KEY (unit, who));
CREATE TABLE verdicts (
  note TEXT, who TEXT, fingerprint TEXT, unit TEXT, rule TEXT, version TEXT, text TEXT,
  verdict TEXT, reason TEXT, at TEXT, seq INTEGER, PRIMARY KEY (note, who, fingerprint));
CREATE TABLE marks (
  id TEXT PRIMARY KEY, note TEXT, who TEXT, unit TEXT, text TEXT, rule TEXT, category TEXT,
  start INTEGER, finish INTEGER, blind INTEGER, withdrawn INTEGER, at TEXT, seq INTEGER);
CREATE TABLE answers (
  unit TEXT, who TEXT, answer TEXT, blind INTEGER, at TEXT, seq INTEGER, text TEXT,
  PRIMARY KEY (unit, who));
CREATE TABLE settled (unit TEXT PRIMARY KEY, who TEXT, answer TEXT, at TEXT, seq INTEGER);
CREATE TABLE done (
  unit TEXT, who TEXT, seconds REAL, at TEXT, seq INTEGER, PRIMARY KEY (unit, who));
CREATE TABLE exports (seq INTEGER PRIMARY KEY, at TEXT, who TEXT, kind TEXT, data TEXT);

-- Findings with the verdict on them and what has changed since: '' (good), 'text' or 'rule'.
CREATE VIEW judged AS
  SELECT v.*, CASE
    WHEN v.text <> (SELECT n.text FROM notes n WHERE n.note = v.note ORDER BY seq DESC LIMIT 1)
      THEN 'text'
    WHEN v.version <> COALESCE((SELECT r.version FROM rules r WHERE r.name = v.rule), '')
      THEN 'rule'
    ELSE '' END AS stale
  FROM verdicts v;
-- Answers with 'text' where a note of the unit has changed since it was answered.
CREATE VIEW answered AS
  SELECT a.*, o.role, CASE
    WHEN a.text <> (
      SELECT GROUP_CONCAT(text, ' ') FROM (
        SELECT n.text FROM notes n WHERE n.unit = a.unit AND n.seq = (
          SELECT MAX(m.seq) FROM notes m WHERE m.unit = a.unit) ORDER BY n.rowid))
      THEN 'text' ELSE '' END AS stale
  FROM answers a JOIN opened o ON o.unit = a.unit AND o.who = a.who;
"""


class Ledger:
    """Asks and adds to an event log.

    Args:
        log: the log's path.
        index: where to keep the SQLite file; in memory if None.

    Raises:
        BrokenLog: the log's chain is broken, or its end is not the one that the index knows.
    """

    def __init__(self, log: Path, index: Path | None = None) -> None:
        self.log = EventLog(log)
        self._lock = threading.RLock()
        self._db = _open(index)
        known = self._known()
        for event in self.log.events():  # from the start: the whole chain is checked
            if event.seq == known.events and event.hash != known.hash:
                raise BrokenLog(log, Break(event.seq, "events at the end were replaced"))
            if event.seq > known.events:
                self._fold(event)
        if self.log.head.events < known.events:
            what = f"{known.events - self.log.head.events} events are missing at the end"
            raise BrokenLog(log, Break(self.log.head.events + 1, what))
        self._commit()

    def append(self, who: str, kind: str, data: Mapping[str, Any]) -> Event:
        """Writes an event to the log, and only then to the index."""
        with self._lock:
            events = self.log.append(who, kind, data)
            for event in events:
                self._fold(event)
            self._commit()
            return events[-1]

    def catch_up(self) -> None:
        """Takes in what other processes have written."""
        with self._lock:
            for event in self.log.events(since=self.log.head):
                self._fold(event)
            self._commit()

    def ask(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        """Returns the rows of a query."""
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    def one(self, sql: str, *values: Any) -> sqlite3.Row | None:
        """Returns the first row of a query, or None."""
        rows = self.ask(sql, *values)
        return rows[0] if rows else None

    @property
    def head(self) -> Head:
        return self.log.head

    @property
    def session(self) -> dict[str, Any]:
        """The choices of the latest session (blind, second reader), empty before the first."""
        row = self.one("SELECT data FROM sessions ORDER BY seq DESC LIMIT 1")
        return json.loads(row["data"]) if row else {}

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def _known(self) -> Head:
        row = self._db.execute("SELECT events, hash, size FROM head").fetchone()
        return Head(row["events"], row["hash"], row["size"]) if row else Head()

    def _commit(self) -> None:
        head = self.log.head
        self._db.execute("DELETE FROM head")
        self._db.execute("INSERT INTO head VALUES (?, ?, ?)", (head.events, head.hash, head.size))
        self._db.commit()

    def _fold(self, event: Event) -> None:
        data = event.data
        if event.kind == "opened":
            self._forget(event)
        for table, row in _rows(event):
            columns = ", ".join(row)
            holes = ", ".join("?" * len(row))
            self._db.execute(
                f"INSERT OR REPLACE INTO {table} ({columns}) VALUES ({holes})", tuple(row.values())
            )
        if event.kind == "unmarked":
            self._db.execute("UPDATE marks SET withdrawn = 1 WHERE id = ?", (data["id"],))
        elif event.kind == "reopened":
            where = (data["unit"], event.who)
            self._db.execute("DELETE FROM done WHERE unit = ? AND who = ?", where)

    def _forget(self, opened: Event) -> None:
        """A unit opened again has changed: what was shown goes, and with a new text the answer's
        uncovering too, so that a blind reading is blind again."""
        where = (opened.data["unit"], opened.who)
        before = self._db.execute("SELECT note, text FROM notes WHERE unit = ? AND who = ?", where)
        now = {(note["note"], note["text_sha256"]) for note in opened.data["notes"]}
        same = {tuple(row) for row in before} == now
        for table in ("notes", "shown", "done", *(() if same else ("revealed",))):
            self._db.execute(f"DELETE FROM {table} WHERE unit = ? AND who = ?", where)


def _rows(event: Event) -> Iterator[tuple[str, dict[str, Any]]]:
    """The table rows that an event sets."""
    data, stamp = event.data, {"who": event.who, "at": event.at, "seq": event.seq}
    unit = {"unit": data.get("unit", "")}
    match event.kind:
        case "session":
            yield "sessions", {**stamp, "data": json.dumps(dict(data))}
            for name, rule in data["rules"].items():
                yield "rules", {"name": name, **rule}
        case "opened":
            yield "opened", {**stamp, **unit, "role": data["role"], "blind": data["blind"]}
            for note in data["notes"]:
                key = {"note": note["note"], "who": event.who, **unit}
                text = note["text_sha256"]
                applied = json.dumps(note["applied"])
                yield "notes", {**key, "text": text, "applied": applied, "seq": event.seq}
                for found in note["findings"]:
                    yield "shown", {
                        **key, "text": text, "fingerprint": found["fingerprint"],
                        "rule": found["rule"], "code": found["code"], "version": found["version"],
                        "severity": found["severity"], "lead": found["lead"],
                        "start": found["start"], "finish": found["end"],
                    }  # fmt: skip
        case "verdict":
            yield "verdicts", {**stamp, **unit, **_only(data, VERDICT_FIELDS)}
        case "marked":
            fields = ("id", "note", "text", "rule", "category", "start", "finish", "blind")
            yield (
                "marks",
                {**stamp, **unit, **{name: data[name] for name in fields}, "withdrawn": 0},
            )
        case "answer":
            yield "answers", {**stamp, **unit, **_only(data, ANSWER_FIELDS)}
        case "revealed":
            yield "revealed", {**stamp, **unit}
        case "done":
            yield "done", {**stamp, **unit, "seconds": data["seconds"]}
        case "settled":
            yield "settled", {**stamp, **unit, "answer": data["answer"]}
        case "exported" | "signed":
            yield "exports", {**stamp, "kind": event.kind, "data": json.dumps(dict(data))}


def _only(data: Mapping[str, Any], fields: Sequence[str]) -> dict[str, Any]:
    return {name: data[name] for name in fields}


def _open(index: Path | None) -> sqlite3.Connection:
    """Opens the index; one of another version, or no database at all, is made again."""
    if index is None:
        return _fresh(":memory:")
    if index.exists():
        with suppress(sqlite3.DatabaseError):
            db = _connect(str(index))
            if db.execute("PRAGMA user_version").fetchone()[0] == SCHEMA_VERSION:
                return db
            db.close()
        for suffix in ("", "-wal", "-shm"):
            index.with_name(index.name + suffix).unlink(missing_ok=True)
    os.close(os.open(index, os.O_WRONLY | os.O_CREAT, 0o600))
    return _fresh(str(index))


def _connect(name: str) -> sqlite3.Connection:
    """A connection that stays whole when the machine stops, without waiting for the disk: the
    log has waited already, and what the index lacks it takes from there."""
    db = sqlite3.connect(name, check_same_thread=False)
    db.row_factory = sqlite3.Row
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    return db


def _fresh(name: str) -> sqlite3.Connection:
    db = _connect(name)
    db.executescript(SCHEMA)
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    return db
