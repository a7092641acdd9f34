"""Sign in, sign out, choose a password."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import login, views
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse_lazy

from accounts.forms import ChoosePasswordForm, ForgottenPasswordForm, SignInForm
from accounts.kept_words import read_kept, remember_person
from core.private_pages import FORGET

OF_ANOTHER = "What was typed before you signed in was left out: another person typed it"


class SignIn(views.LoginView):
    """The sign-in page; leads on to the page asked for, or to what was typed and could not be saved."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        user = form.get_user()
        kept = read_kept(self.request.POST.get("kept", ""))
        if kept and kept.person_pk == user.pk:
            login(self.request, user)
            answer = render(self.request, "accounts/kept_words.html", {"kept": kept})
        else:
            answer = super().form_valid(form)
            if kept:
                messages.warning(self.request, OF_ANOTHER)
        remember_person(answer, user)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"kept": self.request.POST.get("kept", "")}


class SignOut(views.LogoutView):
    """Ends the session; POST only. The browser forgets the pages that were read."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """End it."""
        answer = super().post(request, *args, **kwargs)
        for name, value in FORGET.items():
            answer[name] = value
        return answer


class PasswordForgotten(views.PasswordResetView):
    """Asks for the address that a link to choose a password goes to; says the same whoever asks."""

    template_name = "accounts/password_forgotten.html"
    email_template_name = "accounts/password_email.txt"
    subject_template_name = "accounts/password_email_subject.txt"
    form_class = ForgottenPasswordForm
    success_url = reverse_lazy("accounts:password_sent")


class PasswordSent(views.PasswordResetDoneView):
    """Says that the link was sent if there is such an account."""

    template_name = "accounts/password_sent.html"


class PasswordChoose(views.PasswordResetConfirmView):
    """Where the link leads: choose a password."""

    template_name = "accounts/password_choose.html"
    form_class = ChoosePasswordForm
    success_url = reverse_lazy("accounts:sign_in")
