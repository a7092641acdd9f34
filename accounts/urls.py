"""Addresses of the accounts floor."""

from django.urls import path

from accounts.views import account, sign_in

app_name = "accounts"

urlpatterns = [
    path("sign-in/", sign_in.SignIn.as_view(), name="sign_in"),
    path("sign-out/", sign_in.SignOut.as_view(), name="sign_out"),
    path("password/", sign_in.PasswordForgotten.as_view(), name="password_forgotten"),
    path("password/sent/", sign_in.PasswordSent.as_view(), name="password_sent"),
    path("password/<uidb64>/<token>/", sign_in.PasswordChoose.as_view(), name="password_choose"),
    path("account/", account.account, name="account"),
    path("account/token/", account.token_make, name="token_make"),
    path("account/token/end/", account.token_end, name="token_end"),
]
