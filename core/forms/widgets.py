"""Boxes for what people type."""

from __future__ import annotations

from typing import Any

from django.forms import TextInput


class TypedInput(TextInput):
    """A text box that the browser does not fill in by itself."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})


class PoundsInput(TypedInput):
    """A text box with a pound sign before it."""

    template_name = "django/forms/widgets/pounds.html"
