"""Where GOV.UK Notify tells what became of a mail; it shows the token that this installation gave it."""

from __future__ import annotations

import json
import logging
from datetime import datetime
from hmac import compare_digest
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from core.clock import now
from programme.actions.sending.receipts import Word, take_receipt
from programme.enums import Receipt

logger = logging.getLogger(__name__)

LONGEST = 20_000
SCHEME = "Bearer "


@csrf_exempt
@never_cache
@require_POST
def notify_receipt(request: HttpRequest) -> HttpResponse:
    """Take one receipt. Whatever is not about our mail is answered 200 as well: a retry would not mend it."""
    if not _has_token(request):
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED, headers={"WWW-Authenticate": "Bearer"})
    word = _read(request)
    if word is None:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    if word.receipt not in Receipt.values:
        logger.info("A receipt of GOV.UK Notify says %r, which settles nothing", word.receipt[:40])
    elif not take_receipt(word):
        logger.info("A receipt of GOV.UK Notify is about no mail of ours: %r", word.reference[:80])
    return HttpResponse(status=HTTPStatus.OK)


def _has_token(request: HttpRequest) -> bool:
    """Whether the caller shows our token; compared in a time that does not tell how much of it was right."""
    wanted, shown = settings.NOTIFY_CALLBACK_TOKEN, request.headers.get("Authorization", "")
    is_same = compare_digest(shown.encode(), f"{SCHEME}{wanted}".encode())
    return bool(wanted) and is_same


def _read(request: HttpRequest) -> Word | None:
    """What the body says; None where it is no receipt at all."""
    if int(request.headers.get("Content-Length") or 0) > LONGEST:
        return None
    try:
        sent = json.loads(request.body)
        return Word(
            reference=_text(sent["reference"]),
            given=_text(sent["id"])[:100],
            address=_text(sent["to"]),
            receipt=_text(sent["status"]),
            at=_moment(sent.get("completed_at")),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _text(value: Any) -> str:
    """A text as sent; nothing for a mail sent without a reference."""
    if value is not None and not isinstance(value, str):
        raise TypeError("not a text")
    return value or ""


def _moment(value: Any) -> datetime:
    """When it was settled, or now where that is not said with its zone."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else now()
    return moment if moment.tzinfo else now()
