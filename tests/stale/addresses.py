"""Every address that takes a write: pages by name, the API by name and method, read from the URL resolver."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLResolver, get_resolver

FLOORS = ("programme:", "services:", "benefits:", "governance:")
WRITES = {"POST", "PUT", "PATCH", "DELETE"}


def writing_pages() -> set[str]:
    """The names of the pages of these floors that something can be sent to."""
    return {name for name, view in _walk() if name.startswith(FLOORS) and "POST" in _methods(view)}


def writing_routes() -> set[str]:
    """The writes of the API: "PATCH service-detail"."""
    return {
        f"{method} {name.removeprefix('api:')}"
        for name, view in _walk()
        if name.startswith("api:")
        for method in _methods(view) & WRITES
    }


def _walk(patterns: list[Any] | None = None, namespace: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = ":".join(part for part in (namespace, pattern.namespace or "") if part)
            yield from _walk(pattern.url_patterns, inner)
        else:
            yield f"{namespace}:{pattern.name}".strip(":"), pattern.callback


def _methods(view: Any) -> set[str]:
    """What an address takes: the actions of a view set, the methods of a class, or what a function allows."""
    if actions := getattr(view, "actions", None):
        return {method.upper() for method in actions}
    if kind := getattr(view, "view_class", None) or getattr(view, "cls", None):
        return {method.upper() for method in kind.http_method_names if hasattr(kind, method)}
    return _allowed(view)


def _allowed(view: Callable[..., Any] | None) -> set[str]:
    """The methods that a decorator of the view lets through; all where none does."""
    while view is not None:
        allowed = inspect.getclosurevars(view).nonlocals.get("request_method_list")
        if allowed is not None:
            return set(allowed)
        view = getattr(view, "__wrapped__", None)
    return WRITES | {"GET"}
