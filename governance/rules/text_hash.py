"""The fingerprint of a text that is put to councils: each decides on exactly these words (INV-06)."""

from __future__ import annotations

from hashlib import sha256


def text_hash(text: str) -> str:
    """SHA-256 of a text in hexadecimal; empty where there is no text."""
    return sha256(text.encode()).hexdigest() if text else ""
