"""What leaves the product of a row that may be withheld: one path for every outlet (INV-37).

Pages, lists, feeds, mails, exports, packs and API answers show such a text through `shown`, whoever asks. The
text itself is shown in one place only: the page to which a person who may read it opens it.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.enums import PublicationClass
from core.models import Publication

CONFIDENTIAL = "Withheld: confidential"
EXEMPT = "Withheld: exempt under paragraph {paragraph} of Part 1 of Schedule 12A, Local Government Act 1972"
WITHHELD_FILE = "withheld"


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
    whole = f"{sentence}. Public interest: {reason}" if reason else sentence
    return Shown(whole, is_withheld=True, sentence=sentence, reason=reason)


def withheld_sentence(item: Publication) -> str:
    """The sentence that stands for what is withheld; empty for an open item."""
    if item.publication_class == PublicationClass.EXEMPT:
        return EXEMPT.format(paragraph=item.exempt_paragraph)
    return CONFIDENTIAL if item.is_withheld else ""


def shown_file_name(item: Publication, file_name: str) -> str:
    """The name of a file as any outlet may show it: a name can say as much as the file."""
    return WITHHELD_FILE if item.is_withheld else file_name
