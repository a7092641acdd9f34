"""Who is asking."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.models import User


def person(request: HttpRequest) -> User:
    """The person signed in; refuses a visitor, whom the page or route should have sent to sign in."""
    if not isinstance(request.user, User):
        raise PermissionDenied("Sign in first")
    return request.user
