"""A case as the bytes of a case file."""

from __future__ import annotations

from typing import Any

import yaml

_FASTEST: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _PlainDumper(_FASTEST):
    """Writes every value out: case files have no *names for values that come twice."""

    def ignore_aliases(self, data: Any) -> bool:
        """Whether a value that comes again is written again: always."""
        return True


def case_bytes(case: dict[str, Any]) -> bytes:
    """The case file, in UTF-8, for the loader of case files."""
    text: str = yaml.dump(case, Dumper=_PlainDumper, allow_unicode=True, sort_keys=False, width=100)
    return text.encode()
