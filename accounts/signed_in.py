"""Who is asking."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.models import User


def person(request: HttpRequest) -> User:
    """The person signed in; refuses a visitor, whom the page or route should have sent to sign in."""
    if not isinstance(request.user, User):
        raise PermissionDenied("Sign in first")
    return request.user


def attempted_address(request: Any, credentials: Mapping[str, Any] | None = None) -> str | None:
    """The address that a sign-in is tried for, as accounts keep it: all its spellings count as one."""
    sent = credentials or getattr(request, "data", request.POST)
    address = sent.get("username")
    return None if address is None else str(address).strip().lower()
