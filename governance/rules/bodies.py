"""What the bodies of a partnership may do (INV-08)."""

from __future__ import annotations

from collections.abc import Sequence

from core.rules.words import listed
from governance.enums import Authority


def authority_sentence(bodies: Sequence[tuple[str, str]]) -> str:
    """Which of the bodies, pairs of name and authority, may decide; all others leave that to each council."""
    deciding = [name for name, authority in bodies if authority == Authority.DECIDES]
    if not bodies:
        return ""
    if not deciding:
        which = "This body does not decide" if len(bodies) == 1 else "None of these bodies decides"
        return f"{which} for a council: each council decides for itself."
    rest = "" if len(deciding) == len(bodies) else " The others do not: each council decides for itself."
    may = "may decide within its terms" if len(deciding) == 1 else "may decide within their terms"
    return f"{listed(deciding)} {may}.{rest}"
