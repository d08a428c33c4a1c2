"""ZIP archives: read in place, and whatever is hostile is one problem."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest

from notelint.readers import zip as zip_reader

SECRET = "Zebulon"


def _zip(members: dict[str, bytes], **info: Any) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            member = zipfile.ZipInfo(name)
            member.compress_type = zipfile.ZIP_DEFLATED
            for key, value in info.items():
                setattr(member, key, value)
            archive.writestr(member, data)
    return out.getvalue()


def _encrypted(data: bytes) -> bytes:
    """Sets the encryption flag of the local and the central header."""
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(mark) + at
        data = data[:place] + struct.pack("<H", 1) + data[place + 2 :]
    return data


def test_members_are_notes_and_places_name_them(read: Any, at: Path) -> None:
    (at / "e.zip").write_bytes(_zip({"p/a.txt": b"S: ok", "x.pdf": b"%PDF", ".DS_Store": b"x"}))
    notes, problems = read("e.zip")
    assert [(n.id, n.text) for n in notes] == [("e.zip!p/a.txt", "S: ok")]
    assert [p.what for p in problems] == ["1 files of other kinds were left out."]
    assert notes[0].source.span(3, 5).start == 3


def test_an_archive_in_an_archive_is_read_and_a_third_is_not(read: Any, at: Path) -> None:
    inner = _zip({"a.txt": b"deep"})
    (at / "e.zip").write_bytes(_zip({"b.zip": inner, "c.zip": _zip({"d.zip": inner})}))
    notes, problems = read("e.zip")
    assert [n.id for n in notes] == ["e.zip!b.zip!a.txt"]
    assert "too deep" in problems[0].what


@pytest.mark.parametrize(
    "name", ["../evil.txt", "/abs.txt", "a/../../b.txt", "..\\w.txt", "C:/x.txt"]
)
def test_a_name_that_leads_out_is_refused(name: str, read: Any, at: Path) -> None:
    (at / "in").mkdir()
    (at / "in/e.zip").write_bytes(_zip({name: b"x", "ok.txt": b"y"}))
    notes, problems = read("in/e.zip")
    assert [n.text for n in notes] == ["y"]
    assert "leads out" in problems[0].what
    assert [p.name for p in at.iterdir()] == ["in"]


def test_a_link_is_refused(read: Any, at: Path) -> None:
    (at / "e.zip").write_bytes(_zip({"a.txt": b"/etc/passwd"}, external_attr=0o120777 << 16))
    assert "link" in read("e.zip")[1][0].what


def test_an_encrypted_member_is_named_without_its_content(read: Any, at: Path) -> None:
    (at / "e.zip").write_bytes(_encrypted(_zip({"a.txt": SECRET.encode()})))
    notes, problems = read("e.zip")
    assert notes == []
    assert "encrypted" in problems[0].what
    assert SECRET not in str(problems)


def test_a_bomb_is_refused_by_its_ratio(read: Any, at: Path) -> None:
    (at / "e.zip").write_bytes(_zip({"a.txt": b"a" * 5_000_000}))
    assert "too tightly" in read("e.zip")[1][0].what


def test_a_bomb_that_lies_about_its_size_is_stopped(read: Any, at: Path) -> None:
    data = _zip({"a.txt": b"ab" * 400_000})
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at_ = data.index(mark) + place
        data = data[:at_] + struct.pack("<I", 1_000) + data[at_ + 4 :]
    (at / "e.zip").write_bytes(data)
    notes, problems = read("e.zip")
    assert notes == []
    assert problems[0].fatal


def test_all_members_together_have_a_limit(
    read: Any, at: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zip_reader, "MAX_UNPACKED", 1_000)
    (at / "e.zip").write_bytes(_zip({f"{i}.txt": b"x" * 400 for i in range(4)}))
    assert "unpacks to more" in read("e.zip")[1][0].what


def test_too_many_members_are_refused(read: Any, at: Path) -> None:
    (at / "e.zip").write_bytes(_zip({f"{i}.txt": b"x" for i in range(2_001)}))
    assert "2001 files" in read("e.zip")[1][0].what


def test_a_damaged_member_does_not_stop_the_others(read: Any, at: Path) -> None:
    data = bytearray(
        _zip({"a.txt": random.Random(1).randbytes(400).hex().encode(), "b.txt": b"second"})
    )
    data[60:80] = b"\xff" * 20
    (at / "e.zip").write_bytes(bytes(data))
    notes, problems = read("e.zip")
    assert [n.text for n in notes] == ["second"]
    assert "damaged" in problems[0].what


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04" + b"\0" * 40])
def test_what_is_no_archive_is_a_problem(data: bytes, read: Any, at: Path) -> None:
    (at / "e.zip").write_bytes(data)
    assert "no ZIP archive" in read("e.zip")[1][0].what


def test_an_archive_without_notes_is_an_error(read: Any, at: Path) -> None:
    (at / "e.zip").write_bytes(_zip({"m.jsonl": b'{"file": 1}\n', "x.pdf": b"x"}))
    assert [p.fatal for p in read("e.zip")[1]] == [False, True, False]
