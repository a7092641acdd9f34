"""How often one address may ask for what nobody signs in for."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from ipaddress import ip_address
from math import ceil
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from redis.exceptions import RedisError
from rest_framework.throttling import SimpleRateThrottle

from core.views.errors import too_many_requests

View = Callable[..., HttpResponse]


class VisitorThrottle(SimpleRateThrottle):
    """So many requests a minute from one address; counted in the cache, under a mark in place of the address.

    Without a server for the cache each web process counts for itself.
    """

    def get_rate(self) -> str:
        """What the settings allow."""
        return f"{settings.OPEN_REQUESTS_A_MINUTE}/min"

    def get_cache_key(self, request: Any, view: Any) -> str:
        """One key an address."""
        return f"visitor-{sha256(self.get_ident(request).encode()).hexdigest()}"


class MailThrottle(SimpleRateThrottle):
    """So many mails an hour to one address, whoever asks for them."""

    rate = "5/hour"

    def get_cache_key(self, request: Any, view: Any) -> str:
        """One key an address, which comes in place of a view."""
        return f"mail-{sha256(view.encode()).hexdigest()}"


def may_mail(address: str) -> bool:
    """Whether one more mail that a stranger can ask for goes there; a cache that is away stops none."""
    throttle: Any = MailThrottle()
    try:
        return bool(throttle.allow_request(None, address.lower()))
    except RedisError:
        return True


def visitor_address(request: Any) -> str | None:
    """Whose attempt to sign in it is: the address that counts here too; None where a proxy names none."""
    named = VisitorThrottle().get_ident(request)
    try:
        return str(ip_address(named or ""))
    except ValueError:
        return None


def for_visitors(view: View) -> View:
    """Answer 429 to an address that asks too often; a cache that is away stops nobody."""

    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        throttle: Any = VisitorThrottle()
        try:
            is_allowed = throttle.allow_request(request, view)
        except RedisError:
            is_allowed = True
        if is_allowed:
            return view(request, *args, **kwargs)
        return too_many_requests(ceil(throttle.wait() or 1))

    return run
