"""Forms of signing in and of one's own account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordResetForm, SetPasswordForm

from accounts.models import User
from core.throttling import may_mail

WRONG = "Check your e-mail address and password. Both are needed, and the password is case sensitive"


class SignInForm(AuthenticationForm):
    """An e-mail address and a password."""

    error_messages = {"invalid_login": WRONG, "inactive": WRONG}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"] = forms.EmailField(
            label="E-mail address",
            error_messages={
                "required": "Enter your e-mail address",
                "invalid": "Enter an e-mail address in the correct format, like name@example.gov.uk",
            },
            widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
        )
        self.fields["password"].error_messages["required"] = "Enter your password"

    def clean_username(self) -> str:
        """The address in lower case, as accounts keep it."""
        return str(self.cleaned_data["username"]).lower()


class ForgottenPasswordForm(PasswordResetForm):
    """The address that a link to choose a password goes to."""

    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        error_messages={
            "required": "Enter your e-mail address",
            "invalid": "Enter an e-mail address in the correct format, like name@example.gov.uk",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )

    def get_users(self, email: str) -> Any:
        """Active people with this address; also those who have not chosen a password yet.

        Nobody where it was sent several links within the hour already: a stranger asks for them.
        """
        found = User.objects.filter(email=email.strip().lower(), is_active=True)
        return [user for user in found if may_mail(user.email)]


class ChoosePasswordForm(SetPasswordForm):
    """A new password, typed twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = "At least 12 characters, not a common password or your name"
        self.fields["new_password2"].label = "New password again"


class PreferencesForm(forms.Form):
    """What the product may send."""

    wants_reminders = forms.BooleanField(
        label="Send me one e-mail a day about what is due",
        help_text="Notices that the law asks for are sent to the officers who give them in any case",
        required=False,
    )
