"""Bytes to plain values: what is read, and what is refused with which words on which line."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.casefiles import reading
from governance.casefiles.problems import CaseFileProblems, Problem
from governance.casefiles.reading import MAX_DEPTH, Document, read_document
from governance.casefiles.writing import to_yaml
from tests.governance.casefiles.drawn import texts


def _read(text: str) -> Document:
    return read_document("case.yaml", text.encode())


def _refusals(content: bytes) -> list[tuple[int, str]]:
    with pytest.raises(CaseFileProblems) as caught:
        read_document("case.yaml", content)
    return [(problem.line, problem.message) for problem in caught.value.problems]


def test_read_values_by_their_exact_meaning() -> None:
    text = "a: 12\nb: -1.50\nc: true\nd: null\ne:\nf: ~\ng: '12'\nh: plain words\ni: [1, two]\nj: {k: v}\n"
    assert _read(text).data == {
        "a": 12,
        "b": Decimal("-1.50"),
        "c": True,
        "d": None,
        "e": None,
        "f": None,
        "g": "12",
        "h": "plain words",
        "i": [1, "two"],
        "j": {"k": "v"},
    }


@pytest.mark.parametrize(
    "word",
    ["yes", "no", "on", "010", "0x1F", "1_000", "1:30", "1e5", ".inf", ".nan", "2026-04-01", "1.", ".5"],
)
def test_read_keeps_words_that_other_readers_turn_into_something_else(word: str) -> None:
    assert _read(f"a: {word}\n").data == {"a": word}


def test_read_keeps_keys_as_text() -> None:
    assert _read("no: 1\n2011: 2\n2011-04-15: 3\n").data == {"no": 1, "2011": 2, "2011-04-15": 3}


def test_read_knows_the_line_of_each_value() -> None:
    document = _read("key: a\nitems:\n  - id: x\n    due: 1\n  - id: y\n")
    assert [document.line_of(path) for path in [("key",), ("items",), ("items", 0, "due"), ("items", 1)]] == [
        1,
        2,
        4,
        5,
    ]
    assert document.line_of(("items", 1, "due", "from")) == 5


def test_field_names_use_ids_and_else_positions_from_one() -> None:
    document = _read("items: [{id: x, list: [{a: 1}, {a: 2}]}]\n")
    assert document.field_name(("items", 0, "list", 1, "a")) == "items[x].list[2].a"


def test_read_takes_windows_line_ends_and_a_byte_order_mark() -> None:
    assert read_document("case.yaml", b"\xef\xbb\xbfa: 1\r\nb: 2\r\n").data == {"a": 1, "b": 2}


def test_read_never_writes_a_decimal_as_a_float() -> None:
    assert _read("a: 0.1\n").data["a"] * 3 == Decimal("0.3")


BROKEN: dict[str, tuple[bytes, list[tuple[int, str]]]] = {
    "nothing": (b"", [(0, "The file is empty")]),
    "spaces": (b" \n \n", [(0, "The file is empty")]),
    "binary": (b"\x89PNG\x00\x01", [(0, "This is not a text file. Save the case file as text in UTF-8")]),
    "another encoding": (
        "key: café".encode("latin-1"),
        [(0, "This is not a text file. Save the case file as text in UTF-8")],
    ),
    "utf-16": (
        "key: a".encode("utf-16"),
        [(0, "This is not a text file. Save the case file as text in UTF-8")],
    ),
    "tab": (b"key: a\n\ttitle: b\n", [(2, "Start the line with spaces, not with a tab")]),
    "open bracket": (
        b"key: [a, b\ntitle: c\n",
        [(2, "Close the bracket, or put a comma between the values")],
    ),
    "open quotation mark": (b'key: "abc\n', [(2, "Close the quotation mark")]),
    "colon in a text": (
        b"key: a: b\n",
        [(1, "Put quotation marks around a text that holds a colon and a space")],
    ),
    "wrong indent": (
        b"key: |\n  abc\n def: 1\n",
        [(3, "Check the spaces at the start of this line and of the one before")],
    ),
    "no colon": (b"key: a\ntitle\nb: 1\n", [(3, "Write each field as name: value, on a line of its own")]),
    "strange sign": (
        b"key: @abc\n",
        [(1, "This line does not follow the rules of YAML. Check its spaces, colons and quotation marks")],
    ),
    "a list": (b"- a\n", [(1, "Write fields, each as name: value. The first of a case file is key")]),
    "a word": (b"abc\n", [(1, "Write fields, each as name: value. The first of a case file is key")]),
    "two documents": (b"a: 1\n---\nb: 2\n", [(2, "Keep one case in a file: take out the line ---")]),
    "a list as a name": (b"? [a, b]\n: 1\n", [(1, "Write the name of the field as plain text")]),
    "an object of the machine": (
        b"key: !!python/object:os.system a\n",
        [(1, "Take out the word that starts with !")],
    ),
    "an alias": (
        b"key: &x 1\nb: *x\n",
        [(2, "Write the value out again: *names are not used in case files")],
    ),
    "control characters": (b'key: "a\\x07b"\n', [(1, "Take out the control characters")]),
    "raw control characters": (b"key: a\x07b\n", [(1, "Take out the control characters")]),
    "a field given twice": (b"key: a\ntitle: b\nkey: c\n", [(3, "key is already given on line 1. Keep one")]),
    "two errors at once": (
        b"key: a\nkey: b\ntitle: *x\n",
        [
            (2, "key is already given on line 1. Keep one"),
            (3, "Write the value out again: *names are not used in case files"),
        ],
    ),
    "deep nesting": (b"a: " + b"[" * 100_000, [(1, f"Values are nested more than {MAX_DEPTH} deep")]),
    "deep mappings": (b"{a: " * 50, [(1, f"Values are nested more than {MAX_DEPTH} deep")]),
}


@pytest.mark.parametrize(("content", "expected"), BROKEN.values(), ids=BROKEN)
def test_broken_file_is_refused_with_its_line(content: bytes, expected: list[tuple[int, str]]) -> None:
    assert _refusals(content) == expected


def test_aliases_that_would_grow_without_end_are_refused_at_once() -> None:
    lines = ["a: &a [x, x]"] + [
        f"{after}: &{after} [*{before}, *{before}]"
        for before, after in zip("abcdefg", "bcdefgh", strict=True)
    ]
    found = _refusals("\n".join(lines).encode())
    assert {message for _, message in found} == {
        "Write the value out again: *names are not used in case files"
    }
    assert [line for line, _ in found] == [2, 3, 4, 5, 6, 7, 8]


def test_file_that_is_too_large_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_BYTES", 1_000_000)
    assert _refusals(b"a" * 1_000_001) == [(0, "The file must be smaller than 1MB")]


def test_file_with_too_many_values_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_VALUES", 10)
    assert _refusals(b"a: [" + b"1, " * 20 + b"]\n") == [(1, "The file holds more than 10 values")]


def test_problems_print_with_file_line_field_and_a_summary() -> None:
    problems = CaseFileProblems(
        [Problem("b.yaml", 7, "key", "Add title"), Problem("a.yaml", 2, "", "The file is empty")]
    )
    assert str(problems).splitlines() == [
        "a.yaml, line 2: The file is empty",
        "b.yaml, line 7, key: Add title",
        "2 errors in 2 files. Mend them and load again. Nothing was imported",
    ]


@given(st.dictionaries(texts, st.none() | st.booleans() | st.integers(-(10**17), 10**17) | texts))
def test_what_is_written_is_read_back(data: dict[str, object]) -> None:
    content = to_yaml({"data": data})
    assert read_document("case.yaml", content).data == {"data": data}
    assert to_yaml({"data": data}) == content


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_in_words(content: bytes) -> None:
    with suppress(CaseFileProblems):
        assert isinstance(read_document("case.yaml", content).data, dict)
