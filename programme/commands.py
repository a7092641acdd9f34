"""What commands are asked about: a programme by its key, a day to look from."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches

from core.clock import today
from core.commands import some_of, wrongly_asked
from core.errors import Refusal
from core.rules.calendar import format_date
from core.rules.dates import parse_date
from core.rules.words import listed
from programme.models import Programme

_EXPECTED = "what is expected later is in the file as forecast"


def asked_programme(key: str) -> Programme:
    """The programme; raises CommandError with the keys that come nearest."""
    programme = Programme.objects.select_related("partnership").filter(key=key).first()
    if programme is None:
        raise wrongly_asked(f"There is no programme with the key {key}. {_keys(key)}")
    return programme


def asked_day(text: str) -> date:
    """Today or a day before it; raises CommandError."""
    try:
        day = parse_date(text)
    except Refusal as refusal:
        raise wrongly_asked(
            f"--as-of {text}: {refusal}. Give a day, for example --as-of {today().isoformat()}"
        ) from None
    if day > today():
        raise wrongly_asked(
            f"--as-of {text} is in the future. Give {format_date(today())} or a day before it: {_EXPECTED}"
        )
    return day


def nearest_keys(key: str, keys: list[str]) -> str:
    """The keys that come nearest, or some that there are."""
    nearest = get_close_matches(key.lower(), keys, n=3, cutoff=0.5) or [
        found for found in keys if key and key.lower() in found
    ]
    return f"The nearest: {listed(nearest[:3])}" if nearest else f"Keys: {some_of(keys)}"


def _keys(key: str) -> str:
    keys = list(Programme.objects.order_by("key").values_list("key", flat=True))
    return nearest_keys(key, keys) if keys else "No programme is loaded yet: load a case file with load_case"
