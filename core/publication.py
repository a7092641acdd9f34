"""What leaves the product of a row that may be withheld: one path for every outlet (INV-37).

Pages, lists, feeds, mails, exports, packs and API answers show such a text through `shown`, whoever asks. The
text itself is shown in one place only: the page to which a person who may read it opens it. What comes back
goes through `sent_back`, so that nobody replaces a text that was not shown to them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from core.enums import PublicationClass
from core.errors import Refusal
from core.models import Publication
from core.rules.publication import withheld_from_version

CONFIDENTIAL = "Withheld: confidential"
EXEMPT = "Withheld: exempt under paragraph {paragraph} of Part 1 of Schedule 12A, Local Government Act 1972"
WITHHELD_FILE = "withheld"
_WITHHELD, _OPENED = "Withheld", "Not for publication"
NOT_THE_TEXT = (
    "This stands in place of a text that was withheld when you read it. Read it again, leave it out, or "
    "enter the text anew"
)
_REASON = ". Public interest: "
_ANY_PARAGRAPH = re.escape(EXEMPT).replace(re.escape("{paragraph}"), "[1-7]")
_STANDS_IN = re.compile(rf"{re.escape(CONFIDENTIAL)}$|{_ANY_PARAGRAPH}($|{re.escape(_REASON)})")


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be shown of a text: the text itself, or the sentence that stands for it and the reason."""

    text: str
    is_withheld: bool = False
    sentence: str = ""
    reason: str = ""

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


def shown(item: Publication, text: str) -> Shown:
    """What any outlet may show of `text`, which belongs to `item`.

    Of an item that is exempt or confidential that is the sentence which says so, and for an exempt one why;
    in `text` both stand in one line. A text that is empty stays empty.
    """
    if not item.is_withheld or not text:
        return Shown(text)
    sentence = withheld_sentence(item)
    reason = item.public_interest_reason if item.publication_class == PublicationClass.EXEMPT else ""
    whole = f"{sentence}{_REASON}{reason}" if reason else sentence
    return Shown(whole, is_withheld=True, sentence=sentence, reason=reason)


def withheld_sentence(item: Publication) -> str:
    """The sentence that stands for what is withheld; empty for an open item."""
    if item.publication_class == PublicationClass.EXEMPT:
        return EXEMPT.format(paragraph=item.exempt_paragraph)
    return CONFIDENTIAL if item.is_withheld else ""


class Classed(Protocol):
    """A row with a publication class, or what was read of one."""

    @property
    def publication_class(self) -> str:
        """Open, exempt or confidential."""


def not_for_publication(item: Publication) -> str:
    """What stands above a withheld text where somebody has opened it; empty for an open item."""
    return withheld_sentence(item).replace(_WITHHELD, _OPENED, 1)


def left_out(items: Iterable[Classed]) -> str:
    """What a list, a pack or a file says of those of its items that are withheld from it (row 71)."""
    classes = [item.publication_class for item in items]
    return withheld_from_version(
        classes.count(PublicationClass.EXEMPT), classes.count(PublicationClass.CONFIDENTIAL)
    )


def shown_file_name(item: Publication, file_name: str) -> str:
    """The name of a file as any outlet may show it: a name can say as much as the file."""
    return WITHHELD_FILE if item.is_withheld else file_name


def sent_back(item: Publication, sent: Mapping[str, Any]) -> dict[str, Any]:
    """What is sent for `item`: a withheld text that comes back as it was shown stays as it is stored.

    Refuses what stood for a text that is open by now, or withheld for another reason: the person has not seen
    what they would replace.
    """
    return {
        name: _as_kept(item, name, value) if name in item.withheld_fields else value
        for name, value in sent.items()
    }


def part_sent_back(item: Publication, stored: str, sent: str, field: str) -> str:
    """What is sent in `field` for a text that belongs to `item` and is stored beside it, treated as there."""
    text = sent.replace("\r\n", "\n").strip()
    if text == stored or not _STANDS_IN.match(text):
        return sent
    if item.is_withheld and text in {withheld_sentence(item), shown(item, text).text}:
        return stored
    raise Refusal(NOT_THE_TEXT, field, "INV-37")


def is_as_shown(item: Publication, stored: str, sent: str) -> bool:
    """Whether what is sent for a withheld text is what anyone is shown of it: it says nothing of the text."""
    text = sent.replace("\r\n", "\n").strip()
    return text in {withheld_sentence(item), shown(item, stored).text}


def check_not_stand_in(text: str, field: str) -> None:
    """Refuse as a new text what an outlet shows in place of one that is withheld."""
    if _STANDS_IN.match(text.strip()):
        raise Refusal(NOT_THE_TEXT, field, "INV-37")


def without_hidden(sent: Mapping[str, Any], hidden: Collection[str]) -> dict[str, Any]:
    """What is sent without the nulls that were shown in place of `hidden` figures: those stay as they are."""
    return {name: value for name, value in sent.items() if value is not None or name not in hidden}


def _as_kept(item: Publication, name: str, value: Any) -> Any:
    return part_sent_back(item, getattr(item, name), value, name) if isinstance(value, str) else value
