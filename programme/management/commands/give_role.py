"""manage.py give_role: makes a person and gives them a role, or ends it."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from accounts.actions.roles import end_role, give_role
from accounts.actions.system_user import system_user
from accounts.enums import RoleName
from accounts.models import RoleHeld, User
from core.clock import today
from core.errors import Refusal
from core.rules.calendar import format_date
from programme.models import Council, Partnership


class Command(BaseCommand):
    """Gives a role from today, or ends it today. Who is new gets an account and chooses a password."""

    help = "Give a person a role for a council or a partnership from today, or end it with --end"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The person, the role and what it is held for."""
        parser.add_argument("email", help="address that the person signs in with")
        parser.add_argument("role", choices=RoleName.values)
        parser.add_argument("--name", help="name of a person who has no account yet")
        scope = parser.add_mutually_exclusive_group()
        scope.add_argument("--council", metavar="KEY")
        scope.add_argument("--partnership", metavar="KEY")
        parser.add_argument(
            "--until", type=date.fromisoformat, metavar="DAY", help="last day of the role, as 2027-03-31"
        )
        parser.add_argument("--end", action="store_true", help="end the role: today is its last day")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Give or end the role, and say so."""
        role = RoleName(options["role"])
        scope = {
            "council": self._found(Council, options["council"]),
            "partnership": self._found(Partnership, options["partnership"]),
        }
        if options["end"]:
            self._end(options["email"], role, scope)
            return
        user = self._person(options["email"], options["name"])
        try:
            held = give_role(user, role, by=system_user(), from_on=today(), to_on=options["until"], **scope)
        except Refusal as refusal:
            raise CommandError(refusal.message) from refusal
        until = f" to {format_date(held.to_on)}" if held.to_on else ""
        self.stdout.write(f"{held.user} is {held.get_role_display()} for {held.scope} from today{until}")

    def _found(self, model: type[Council | Partnership], key: str | None) -> Any:
        if key is None:
            return None
        found = model.objects.filter(key=key).first()
        if found is None:
            known = ", ".join(model.objects.order_by("key").values_list("key", flat=True)) or "none"
            raise CommandError(f"There is no {model.__name__.lower()} {key}. There are: {known}")
        return found

    def _person(self, email: str, name: str | None) -> User:
        email = email.strip().lower()
        user = User.objects.filter(email=email).first()
        if user:
            return user
        if not name:
            raise CommandError(f"{email} has no account. Give the person's name with --name to make one")
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email} is not an e-mail address") from error
        return User.objects.create_user(email, None, name=name)

    def _end(self, email: str, role: RoleName, scope: dict[str, Any]) -> None:
        held = RoleHeld.objects.current(today()).filter(user__email=email.strip().lower(), role=role, **scope)
        ended = list(held.select_related("user", "council", "partnership"))
        if not ended:
            raise CommandError(f"{email} does not hold this role today")
        for one in ended:
            end_role(one, by=system_user(), last_on=today())
            self.stdout.write(
                f"{one.user} is {one.get_role_display()} for {one.scope} for the last day today"
            )
