"""Plain values to the YAML of a case file: the same values always give the same bytes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import yaml

WIDTH = 110


class Inline(dict[str, Any]):
    """A mapping that is written on one line, as {name: value, name: value}."""


class InlineList(list[Any]):
    """A list that is written on one line, as [value, value]."""


class _Writer(yaml.SafeDumper):
    """Writes lists indented under their field, long texts folded, and never an alias."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _write_decimal(writer: yaml.SafeDumper, value: Decimal) -> yaml.ScalarNode:
    text = format(value.normalize(), "f")
    kind = "float" if "." in text else "int"
    return writer.represent_scalar(f"tag:yaml.org,2002:{kind}", text)


def _write_day(writer: yaml.SafeDumper, value: date) -> yaml.ScalarNode:
    return writer.represent_str(value.isoformat())


def _write_inline(writer: yaml.SafeDumper, value: Inline) -> yaml.MappingNode:
    return writer.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=True)


def _write_inline_list(writer: yaml.SafeDumper, value: InlineList) -> yaml.SequenceNode:
    return writer.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=True)


def _write_text(writer: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    return writer.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


_Writer.add_representer(str, _write_text)
_Writer.add_representer(Inline, _write_inline)
_Writer.add_representer(InlineList, _write_inline_list)
_Writer.add_representer(Decimal, _write_decimal)
_Writer.add_representer(date, _write_day)


def to_yaml(data: dict[str, Any]) -> bytes:
    """The bytes of a case file that holds `data`: texts, numbers, Decimal, days, lists and mappings."""
    text = yaml.dump(
        data, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=WIDTH, default_flow_style=False
    )
    return text.encode()
