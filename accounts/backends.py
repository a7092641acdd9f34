"""Reads who is signed in, with what the menu of every page counts for them: one query for all of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models.expressions import Combinable

from accounts.models import User

_COUNTED: dict[str, Callable[[], Combinable]] = {}


def register_count(name: str, count: Callable[[], Combinable]) -> None:
    """Let a higher floor count something for whoever is signed in, found on the person under `name`.

    `count` is asked anew each time, because it may depend on the day.
    """
    _COUNTED[name] = count


class PersonBackend(ModelBackend):
    """Django's own backend, but for one thing: the person of a session comes with what is counted."""

    def get_user(self, user_id: Any) -> User | None:
        """The active person of a session with their counts. One query."""
        counted = {name: count() for name, count in _COUNTED.items()}
        user = User.objects.annotate(**counted).filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
