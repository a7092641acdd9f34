"""What somebody typed and sent while no longer signed in, carried through the sign-in page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import escape_leading_slashes, url_has_allowed_host_and_scheme

from accounts.forms import SignInForm
from accounts.models import User
from core.htmx import is_enhanced

_SALT = "accounts.kept_words"
# Who signed in last in this browser: what is kept is that person's, and is handed to nobody else.
_LAST_PERSON = "person"
_LAST_FOR = 2 * 24 * 60 * 60
_OF_THE_FORM = "csrfmiddlewaretoken"
_UNKEPT = "password"


@dataclass(frozen=True, slots=True)
class KeptWords:
    """Who sent a form and where, the page that it stood on, its boxes in order, whether files were lost."""

    person_pk: int
    to: str
    page: str
    boxes: tuple[tuple[str, str], ...]
    lost_files: bool

    def signed(self) -> str:
        """Written so that it can lie in a page and nobody can change it."""
        content = [self.person_pk, self.to, self.page, self.boxes, self.lost_files]
        return signing.dumps(content, salt=_SALT, compress=True)


def read_kept(signed: str) -> KeptWords | None:
    """What was signed less than a session ago; None of anything else."""
    if not signed:
        return None
    try:
        content = signing.loads(signed, salt=_SALT, max_age=settings.SESSION_COOKIE_AGE)
    except signing.BadSignature:
        return None
    person_pk, to, page, boxes, lost = content
    return KeptWords(person_pk, to, page, tuple((name, value) for name, value in boxes), lost)


def remember_person(answer: HttpResponse, user: User) -> None:
    """Let the browser say for two days whose forms it sends, after the session has ended too."""
    answer.set_signed_cookie(
        _LAST_PERSON,
        str(user.pk),
        salt=_SALT,
        max_age=_LAST_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


class KeepWords:
    """Answers a form sent without being signed in with the sign-in page, which carries what was typed.

    Only in the browser of a person who was signed in: what is kept is for that person alone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if request.method != "POST" or is_enhanced(request) or not _asks_to_sign_in(answer):
            return answer
        person_pk = request.get_signed_cookie(_LAST_PERSON, "", salt=_SALT, max_age=_LAST_FOR)
        if not person_pk:
            return answer
        kept = words_sent(request, int(person_pk))
        context = {
            "form": SignInForm(request),
            "kept": kept.signed(),
            "next": kept.page,
            "is_cut_off": True,
        }
        page = render(request, "accounts/sign_in.html", context, status=403)
        add_never_cache_headers(page)
        return page


def _asks_to_sign_in(answer: HttpResponse) -> bool:
    return answer.status_code == 302 and answer.headers["Location"].startswith(
        f"{reverse('accounts:sign_in')}?"
    )


def words_sent(request: HttpRequest, person_pk: int) -> KeptWords:
    """What a form sent, without its token and without passwords."""
    boxes = tuple(
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != _OF_THE_FORM and _UNKEPT not in name
    )
    return KeptWords(person_pk, request.get_full_path(), _page(request), boxes, bool(request.FILES))


def _page(request: HttpRequest) -> str:
    """The page that the form stood on, else the first page: where it was sent may not be a page at all."""
    came_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        return reverse("home")
    parts = urlsplit(came_from)
    path = escape_leading_slashes(parts.path)
    return f"{path}?{parts.query}" if parts.query else path
