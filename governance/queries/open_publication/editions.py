"""Open editions: the one way to what the public reads, and to what it would read.

Every read starts from `_open`, which knows the open version alone: what is exempt cannot come this way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from core.publishing.content import Content, Figures
from governance.enums import FileFormat
from governance.models import Edition, EditionContent, OpenPage
from governance.queries.reporting.editions import CONTENT_TYPES, ENDINGS, edition_content
from programme.models import Council, Programme
from programme.queries.partners import partner_councils

MOST_IN_FEED = 100


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file of an open version that is still kept."""

    form: FileFormat
    path: str
    size_bytes: int

    @property
    def label(self) -> str:
        """What it is, in words."""
        return str(self.form.label)

    @property
    def ending(self) -> str:
        """What its name ends with."""
        return ENDINGS[self.form]

    @property
    def content_type(self) -> str:
        """What it is, for programs."""
        return CONTENT_TYPES[self.form]


@dataclass(frozen=True, slots=True)
class OpenEdition:
    """One open edition: its row, what it says, and the files of it that are kept."""

    row: EditionContent
    content: Content
    files: tuple[OpenFile, ...]

    @property
    def edition(self) -> Edition:
        """The edition."""
        return self.row.edition

    @property
    def programme(self) -> Programme:
        """The programme that it is of."""
        return self.row.edition.programme

    def table(self, key: str) -> Figures | None:
        """One of its tables by key."""
        return next((one for one in self.content.tables if one.key == key), None)


@dataclass(frozen=True, slots=True)
class EditionPage:
    """An edition as its page shows it: the councils in their order, the other editions, what corrects it."""

    found: OpenEdition
    councils: tuple[Council, ...]
    others: tuple[EditionContent, ...]
    corrected_by: Edition | None


def public_edition(key: str, number: int | None = None) -> OpenEdition | None:
    """The latest open edition of a public programme, or the one of this number. Two queries."""
    rows = _public().filter(edition__programme__key=key)
    row = (rows if number is None else rows.filter(edition__number=number)).first()
    return _edition(row) if row else None


def previewed_edition(programme: Programme) -> OpenEdition | None:
    """What everybody reads, or would read if the page were on."""
    row = _open().filter(edition__programme=programme).first()
    return _edition(row) if row else None


def edition_page(found: OpenEdition) -> EditionPage:
    """What stands around an edition on its page. Two queries."""
    others = tuple(_open().defer("content").filter(edition__programme=found.programme))
    later = [one.edition for one in others if one.edition.corrects_id == found.edition.pk]
    councils = tuple(partner_councils(found.programme.partnership_id))
    return EditionPage(found, councils, others, later[0] if later else None)


def public_editions(key: str = "") -> Sequence[EditionContent]:
    """Every open edition of public programmes, the latest first, or of one of them; without what they say."""
    rows = _public().defer("content").prefetch_related("files")
    rows = rows.filter(edition__programme__key=key) if key else rows
    return list(rows.order_by("-edition__published_at", "-pk")[:MOST_IN_FEED])


def public_programmes() -> Sequence[Programme]:
    """Programmes with a public page that has an edition, by name. One query."""
    having = _public().values("edition__programme")
    return list(Programme.objects.filter(pk__in=having).select_related("partnership").order_by("name", "pk"))


def latest_number(programme: Programme) -> int | None:
    """The number of the latest open edition of a programme; None where there is none."""
    rows = _open().filter(edition__programme=programme)
    return rows.values_list("edition__number", flat=True).first()


def open_page_of(programme: Programme) -> OpenPage | None:
    """The public page of a programme; None where it was never on."""
    return OpenPage.objects.filter(programme=programme).select_related("updated_by").first()


def kept_files(row: EditionContent) -> list[OpenFile]:
    """The files of an open version that are still kept, in the order in which they were made."""
    return [OpenFile(FileFormat(one.format), one.path, one.size_bytes) for one in row.files.all() if one.path]


def _open() -> QuerySet[EditionContent]:
    """Open versions of joint editions, the latest first."""
    rows = EditionContent.objects.open().filter(edition__council__isnull=True)
    return rows.select_related("edition__programme__partnership", "edition__corrects").order_by(
        "-edition__number"
    )


def _public() -> QuerySet[EditionContent]:
    """Those that everybody may read now."""
    return _open().filter(edition__programme__open_page__is_on=True)


def _edition(row: EditionContent) -> OpenEdition:
    return OpenEdition(row, edition_content(row), tuple(kept_files(row)))
