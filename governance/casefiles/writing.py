"""Plain values to the YAML of a case file: the same values always give the same bytes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import yaml

WIDTH = 110


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


_Writer.add_representer(Decimal, _write_decimal)
_Writer.add_representer(date, _write_day)


def to_yaml(data: dict[str, Any]) -> bytes:
    """The bytes of a case file that holds `data`: texts, numbers, Decimal, days, lists and mappings."""
    text = yaml.dump(
        data, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=WIDTH, default_flow_style=False
    )
    return text.encode()
