from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


class Client:
    """A language client of a few lines: raw frames, so that nothing hides what is on the wire."""

    def __init__(self, command: list[str]) -> None:
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        self.inbox: queue.Queue[dict[str, Any]] = queue.Queue()
        self.seen: list[dict[str, Any]] = []
        self.answers: dict[str, Any] = {}
        self.errors = bytearray()
        self._number = 0
        threading.Thread(target=self._read, daemon=True).start()
        threading.Thread(target=self._drain, daemon=True).start()

    def initialize(self, options: object = None, **capabilities: Any) -> dict[str, Any]:
        result = self.request(
            "initialize",
            processId=None,
            rootUri=None,
            capabilities=capabilities,
            initializationOptions=options,
        )
        self.notify("initialized")
        return result

    def request(self, method: str, **params: Any) -> Any:
        reply = self.ask(method, **params)
        assert "error" not in reply, reply
        return reply["result"]

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        number = self.send_request(method, **params)
        return self.until(lambda m: m.get("id") == number and "method" not in m)

    def send_request(self, method: str, **params: Any) -> int:
        self._number += 1
        self.send({"jsonrpc": "2.0", "id": self._number, "method": method, "params": params})
        return self._number

    def notify(self, method: str, **params: Any) -> None:
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def send(self, message: object) -> None:
        body = json.dumps(message).encode()
        self.raw(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    def raw(self, data: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def open(self, uri: str, text: str, language: str = "rehab-note") -> None:
        item = {"uri": uri, "languageId": language, "version": 1, "text": text}
        self.notify("textDocument/didOpen", textDocument=item)

    def change(self, uri: str, version: int, *changes: dict[str, Any]) -> None:
        document = {"uri": uri, "version": version}
        self.notify("textDocument/didChange", textDocument=document, contentChanges=list(changes))

    def published(self, uri: str, version: int) -> list[dict[str, Any]]:
        """Waits for the diagnostics of a version."""
        found = self.until(
            lambda m: (
                m.get("method") == "textDocument/publishDiagnostics"
                and m["params"]["uri"] == uri
                and m["params"].get("version") == version
            )
        )
        items: list[dict[str, Any]] = found["params"]["diagnostics"]
        return items

    def until(
        self, wanted: Callable[[dict[str, Any]], bool], seconds: float = 20.0
    ) -> dict[str, Any]:
        """Waits for a message; answers the server's own requests on the way."""
        while True:
            try:
                message = self.inbox.get(timeout=seconds)
            except queue.Empty:
                raise AssertionError(f"nothing came; stderr: {self.errors.decode()}") from None
            self.seen.append(message)
            if "method" in message and "id" in message:
                answer = self.answers.get(message["method"])
                self.send({"jsonrpc": "2.0", "id": message["id"], "result": answer})
            if wanted(message):
                return message

    def stop(self) -> int:
        self.request("shutdown")
        self.notify("exit")
        return self.process.wait(timeout=20)

    def _read(self) -> None:
        out = self.process.stdout
        assert out is not None
        while True:
            length = 0
            while (line := out.readline()) not in (b"\r\n", b""):
                name, _, value = line.partition(b":")
                assert name.lower() in (b"content-length", b"content-type"), line
                if name.lower() == b"content-length":
                    length = int(value)
            if not length:
                return
            self.inbox.put(json.loads(out.read(length)))

    def _drain(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.errors += line


@pytest.fixture
def launch() -> Iterator[Callable[..., Client]]:
    """Starts language servers: by default one around the fake checker."""
    clients: list[Client] = []

    def start(*command: str, seconds: float = 0.0) -> Client:
        fake = [sys.executable, str(HERE / "fake_checks.py"), str(seconds)]
        clients.append(Client(list(command) or fake))
        return clients[-1]

    yield start
    for client in clients:
        client.process.kill()
        client.process.wait()
