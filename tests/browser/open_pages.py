"""The public pages that a browser looks at."""

from __future__ import annotations

from typing import Any

from governance.demonstration.golden import KEY
from governance.models import Edition
from programme.models import Programme
from tests.browser.page_case import PageCase
from tests.governance.open_publication.opened import NUMBER, open_edition, sample


def _opened() -> dict[str, Any]:
    """The golden programme, of which everybody may read an edition."""
    programme = Programme.objects.get(key=KEY)
    if not Edition.objects.filter(programme=programme, number=NUMBER).exists():
        open_edition(programme, sample())
    return {"key": KEY}


PAGES = [PageCase("governance:open_page", _opened)]
FILES = frozenset(
    {
        "governance:open_case",
        "governance:open_content",
        "governance:open_edition_table",
        "governance:open_editions",
        "governance:open_feed",
        "governance:open_file",
        "governance:open_table",
        "governance:published_case",
    }
)
# Of the template of the public page, its parts alone, or of the general form.
ALIKE = frozenset(
    {
        "governance:open_edition",
        "governance:open_index",
        "governance:open_page_detail",
        "governance:open_page_preview",
        "governance:open_page_update",
        "governance:open_summary",
    }
)
