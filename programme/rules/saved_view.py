"""What a saved view keeps of an address."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

# Parts of an address that say where one is in a list, not what it is narrowed to.
_NOT_KEPT = frozenset({"page"})


def kept_query(query: str) -> str:
    """The filters of an address that say anything, in their order, each as it is sent."""
    return urlencode([(name, value) for name, value in parse_qsl(query) if name not in _NOT_KEPT])
