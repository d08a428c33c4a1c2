"""Editor latency and memory: a client types into a 3 kB note and waits for the diagnostics.

The whole way is measured: an edit as a protocol message, the relint of the whole note, the
published diagnostics, both ends in processes of their own. The debounce is off. After some edits
the note is restored, unmeasured: a note that only ever takes random edits ends as a heap of scraps
without sentences, which nobody lints. Run:

    python bench/editor.py [--edits 10000]
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).parent.parent / "corpora" / "samples"
URI = "untitled:bench"
SIZE = 3000
WARM = 200
RESTORED_AFTER = 20
BAR_MS = 16.0

WORDS = (
    "Balance activities performed ",
    "x 15 min. ",
    "STS x10, CGA ",
    "for toilet transfers ",
    "\n",
)


class Server:
    """``notelint lsp`` over pipes."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "notelint", "lsp"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        options = {"debounce": 0, "minSeverity": "info"}
        self.send("initialize", 1, capabilities={}, initializationOptions=options, processId=None)
        self.until(lambda m: m.get("id") == 1)
        self.send("initialized")

    def send(self, method: str, number: int | None = None, **params: Any) -> None:
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        body = json.dumps(message | ({"id": number} if number is not None else {})).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def until(self, wanted: Any) -> dict[str, Any]:
        out = self.process.stdout
        assert out is not None
        while True:
            length = 0
            while (line := out.readline()) not in (b"\r\n", b""):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            message: dict[str, Any] = json.loads(out.read(length))
            if wanted(message):
                return message

    def change(self, version: int, text: str, **where: Any) -> None:
        document = {"uri": URI, "version": version}
        changes = [{"text": text, **where}]
        self.send("textDocument/didChange", textDocument=document, contentChanges=changes)

    def published(self, version: int) -> None:
        self.until(
            lambda m: (
                m.get("method") == "textDocument/publishDiagnostics"
                and m["params"].get("version") == version
            )
        )

    def memory_mb(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024


def note() -> str:
    """A note of about 3 kB, put together from the samples."""
    parts = [path.read_text("utf-8") for path in sorted(SAMPLES.glob("*.txt"))]
    text = "\n\n".join(parts * (1 + SIZE // sum(map(len, parts))))
    return text[:SIZE].replace("\r", "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--edits", type=int, default=1000)
    edits = parser.parse_args().edits
    text, choose = note(), random.Random(7)
    server = Server()
    document = {"uri": URI, "languageId": "rehab-note", "version": 1, "text": text}
    server.send("textDocument/didOpen", textDocument=document)
    server.published(1)
    lines: list[str] = []
    took: list[float] = []
    early, version = 0.0, 1
    for edit in range(edits + WARM):
        if edit % RESTORED_AFTER == 0:
            lines = text.split("\n")
            version += 1
            server.change(version, text)
            server.published(version)
        version += 1
        line = choose.randrange(len(lines))
        start = choose.randint(0, len(lines[line]))
        grown = sum(map(len, lines)) > SIZE
        end = min(len(lines[line]), start + (choose.randint(5, 40) if grown else 0))
        new = "" if grown else choose.choice(WORDS[:-1])
        lines[line] = lines[line][:start] + new + lines[line][end:]
        place = {
            "start": {"line": line, "character": start},
            "end": {"line": line, "character": end},
        }
        began = time.perf_counter()
        server.change(version, new, range=place)
        server.published(version)
        took.append(1000 * (time.perf_counter() - began))
        if edit == WARM - 1:
            early = server.memory_mb()
    late = server.memory_mb()
    server.process.kill()
    kept = took[WARM:]
    p95 = statistics.quantiles(kept, n=20)[-1]
    print(f"edits: {len(kept)} in a note of about {SIZE} characters")
    print(f"change → diagnostics: median {statistics.median(kept):.1f} ms, p95 {p95:.1f} ms")
    print(f"p95 / bar of {BAR_MS:g} ms: {p95 / BAR_MS:.2f}")
    print(
        f"memory: {early:.0f} MB after {WARM} edits, {late:.0f} MB at the end ({late / early:.3f} ×)"
    )


if __name__ == "__main__":
    main()
