"""Checks a document against docs/case-file.schema.json and says in plain words what to mend."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from typing import Any

from django.conf import settings
from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from core.errors import Refusal
from governance.casefiles.problems import Path
from governance.casefiles.values import to_date, to_day, to_fy, to_moment, to_number, to_pence

SCHEMA_PATH = settings.BASE_DIR / "docs" / "case-file.schema.json"
FORMAT_VERSION = 1

_KIND_WORDS = {"object": "fields, each as name: value", "array": "a list"}
_NOT_A_CHOICE = {"type", "const"}
_ADD = "Add "


def schema_problems(data: dict[str, Any]) -> list[tuple[Path, str]]:
    """Every departure of `data` from the schema, as its path and what to do; empty when there is none."""
    found: dict[tuple[Path, str], str] = {}
    for error in _validator().iter_errors(data):
        for path, message in _explain(error, ()):
            found.setdefault((path, message if message.startswith(_ADD) else ""), message)
    return [(path, message) for (path, _), message in found.items()]


def load_schema() -> dict[str, Any]:
    """The published schema."""
    schema: dict[str, Any] = json.loads(SCHEMA_PATH.read_text(encoding="utf-8"))
    return schema


@cache
def _validator() -> Validator:
    strict = extend(Draft202012Validator, {"pattern": _whole_pattern})
    return strict(load_schema(), format_checker=_formats())


def _whole_pattern(
    validator: Validator, pattern: str, instance: Any, schema: dict[str, Any]
) -> Iterator[ValidationError]:
    """As `pattern`, but `$` is the end of the text and not a line end before it."""
    whole = f"{pattern[:-1]}\\Z" if pattern.endswith("$") else pattern
    if isinstance(instance, str) and not re.search(whole, instance):
        yield ValidationError("pattern")


def _formats() -> FormatChecker:
    checker = FormatChecker(formats=())
    conversions: dict[str, tuple[type | tuple[type, ...], Callable[[Any], object]]] = {
        "day": (str, to_day),
        "imprecise-date": (dict, to_date),
        "moment": (str, to_moment),
        "financial-year": (str, to_fy),
        "pounds": ((int, Decimal, str), to_pence),
        "decimals-1": ((int, Decimal), lambda value: to_number(value, 1)),
        "decimals-2": ((int, Decimal), lambda value: to_number(value, 2)),
        "decimals-3": ((int, Decimal), lambda value: to_number(value, 3)),
        "decimals-4": ((int, Decimal), lambda value: to_number(value, 4)),
    }
    for name, (kinds, convert) in conversions.items():
        checker.checks(name, raises=Refusal)(_check_by(kinds, convert))
    return checker


def _check_by(kinds: type | tuple[type, ...], convert: Callable[[Any], object]) -> Callable[[object], bool]:
    def check(value: object) -> bool:
        if isinstance(value, kinds) and not isinstance(value, bool) and _is_shaped(value):
            convert(value)
        return True

    return check


def _is_shaped(value: object) -> bool:
    """Whether a date given as fields has them all in order, so that only its days are left to check."""
    if not isinstance(value, dict):
        return True
    days = [value.get("from"), value.get("to")]
    words = [value.get("precision"), value.get("text") or ""]
    if not all(isinstance(item, str) for item in [*days, *words]):
        return False
    return all(_is_real_day(str(day)) for day in days)


def _is_real_day(text: str) -> bool:
    try:
        to_day(text)
    except Refusal:
        return False
    return True


def _explain(error: ValidationError, base: Path) -> Iterator[tuple[Path, str]]:
    """Path and plain words of an error; several where one error of the schema means several fields."""
    path = (*base, *error.relative_path)
    if error.validator == "anyOf":
        yield from _explain_choice(error, path)
    elif error.validator == "required":
        missing = [name for name in _list(error.validator_value) if name not in _mapping(error.instance)]
        yield from ((path, f"{_ADD}{name}") for name in missing)
    elif error.validator == "additionalProperties":
        yield from _explain_unknown(error, path)
    else:
        yield path, _message(error, path)


def _explain_choice(error: ValidationError, path: Path) -> Iterator[tuple[Path, str]]:
    """The errors of the one alternative that was meant, or the words for all of them together."""
    by_choice: dict[Any, list[ValidationError]] = {}
    for inner in error.context or ():
        by_choice.setdefault(inner.schema_path[0], []).append(inner)
    meant = [
        errors
        for errors in by_choice.values()
        if not any(inner.validator in _NOT_A_CHOICE and not inner.relative_path for inner in errors)
    ]
    if len(meant) == 1:
        for inner in meant[0]:
            yield from _explain(inner, path)
        return
    yield path, f"Enter {_description(error)}"


def _explain_unknown(error: ValidationError, path: Path) -> Iterator[tuple[Path, str]]:
    known = _mapping(error.schema).get("properties", {})
    for name in _mapping(error.instance):
        if name not in known:
            close = get_close_matches(name, known, 1)
            advice = f"Write {close[0]}, or take it out" if close else "Take it out"
            yield (*path, name), f"There is no field of this name here. {advice}"


def _message(error: ValidationError, path: Path) -> str:
    if error.validator == "format" and isinstance(error.cause, Refusal):
        return error.cause.message
    if error.validator == "maxLength" and isinstance(error.instance, str):
        return f"{_label(path)} must be {error.validator_value:,} characters or less"
    if error.validator == "uniqueItems":
        return "Name each one once"
    return f"Enter {_description(error)}"


def _description(error: ValidationError) -> str:
    return next(_descriptions([error]), "another value")


def _descriptions(errors: Iterable[ValidationError]) -> Iterator[str]:
    """What the schema says of the value, the outermost words first."""
    for error in errors:
        words = _mapping(error.schema).get("description")
        if isinstance(words, str):
            yield words
        elif error.validator == "type":
            yield _KIND_WORDS.get(str(error.validator_value), "another value")
        yield from _descriptions(error.context or ())


def _label(path: Path) -> str:
    """The last field's name as the start of a sentence: update_note is Update note."""
    names = [step for step in path if isinstance(step, str)]
    return names[-1].replace("_", " ").capitalize() if names else "Text"


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[str]:
    return value if isinstance(value, list) else []
