"""A person who signs in with an e-mail address."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.enums import RoleName
from core.clock import today


class UserManager(BaseUserManager["User"]):
    """Makes people; addresses are kept in lower case so that one person has one account."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A person with a password, or with none that works when it is None."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A person for `manage.py createsuperuser`: an administrator from today."""
        user = self.create_user(email, password, **fields)
        user.roles_held.create(role=RoleName.ADMINISTRATOR, from_on=today())
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """The person with this address, in any mix of capitals."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person: officer, councillor, auditor or administrator."""

    email = models.EmailField("e-mail address", max_length=254)
    name = models.CharField(max_length=120)
    job_title = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    is_demonstration = models.BooleanField(
        default=False, help_text="Made by the demonstration; a production site refuses to start with one"
    )
    wants_reminders = models.BooleanField(default=True, help_text="One e-mail a day about milestones due")
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_unique",
                violation_error_message="There is already an account with this e-mail address",
            ),
            models.UniqueConstraint(fields=["email"], name="accounts_user_email_exact"),
        ]

    def __str__(self) -> str:
        return self.name
