"""Words, numbers and table pieces of the pages: `{% load concordat %}`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, datetime
from html import escape as escape_html
from typing import Any

import orjson
from django import template
from django.forms import BaseForm, BoundField
from django.forms.utils import ErrorList
from django.template import Context
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from core import clock, publication
from core.menu import APPROVES, menu_items
from core.models import Publication
from core.rules import calendar, money
from core.rules.assessment import NotApplicable, NotAssessable, Withheld
from core.rules.dates import ImpreciseDate
from core.rules.rounding import MINUS, Exact, format_percent, format_points
from core.tables import Cell, Heading, Row
from core.tags import tag_class

register = template.Library()

Missing = NotAssessable | NotApplicable | Withheld | None
Pence = int | Missing

NO_BREAK = "\u00a0"
SHORTHAND = {"x": "[x]", "z": "[z]", "c": "[c]"}

_DAY_AND_MONTH = re.compile(r"\b([0-9]{1,2}) (?=[A-Z][a-z]+)")
_JSON_ESCAPES = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}
_TABLE_TAG = re.compile(r"<(table|thead|tbody|tfoot|tr|th|td)(?=[\s>])([^>]*)>")
_TABLE_ROLES = {
    "table": "table",
    "thead": "rowgroup",
    "tbody": "rowgroup",
    "tfoot": "rowgroup",
    "tr": "row",
    "th": "columnheader",
    "td": "cell",
}


# Money and numbers


def _figure(value: Any, shorthand: str, write: Callable[[Any], str]) -> str:
    """What `write` makes of a figure, or the shorthand that says why there is none."""
    if isinstance(value, Withheld):
        return SHORTHAND["c"]
    if isinstance(value, NotApplicable):
        return SHORTHAND["z"]
    if value is None or isinstance(value, NotAssessable):
        return SHORTHAND[shorthand]
    return write(value)


@register.filter
def pounds(value: Pence, shorthand: str = "x") -> str:
    """£624,420.00; [x] where there is no figure, [z] where none applies, or as asked."""
    return _figure(value, shorthand, money.format_pounds)


@register.filter
def amount(value: Pence, shorthand: str = "x") -> str:
    """624,420.00 for a cell whose caption says £; shorthand as for `pounds`."""
    return _figure(value, shorthand, money.format_amount)


@register.filter
def signed_amount(value: Pence, shorthand: str = "x") -> str:
    """+35,799.19 or −35,799.19 for a difference; 0.00 has no sign."""
    sign = "+" if isinstance(value, int) and value > 0 else ""
    return sign + amount(value, shorthand)


@register.filter
def prose_pounds(pence: int | None) -> str:
    """£624,420 or £1.37 million, for a sentence; "not stated" where there is no figure."""
    return "not stated" if pence is None else money.format_prose(pence).replace(" ", NO_BREAK)


@register.filter
def percent(value: Exact | Missing, shorthand: str = "x") -> str:
    """89.2%, of an exact percentage (100 is all); shorthand as for `pounds`."""
    return _figure(value, shorthand, format_percent)


@register.filter
def points(value: Exact) -> str:
    """+2.4 or −26.0, of an exact difference in percentage points; 0.0 has no sign."""
    return format_points(value)


@register.filter
def signed_days(days: int | None) -> str:
    """+31 or −7 for a table cell of days from plan; [x] where it cannot be worked out."""
    if days is None:
        return SHORTHAND["x"]
    return f"{days:+}".replace("-", MINUS) if days else "0"


@register.filter
def days_late(days: int | None) -> str:
    """31 days late, 7 days early or On time, from days after plan; "not stated" where it is not known."""
    if days is None:
        return "not stated"
    if days == 0:
        return "On time"
    return f"{abs(days)} day{'' if abs(days) == 1 else 's'} {'late' if days > 0 else 'early'}"


# Dates


@register.filter
def gds_date(day: date | ImpreciseDate | None) -> str:
    """1 April 2026, its day and month kept together, or a source's own words; "not stated" for none."""
    if day is None:
        return "not stated"
    if isinstance(day, datetime):
        day = clock.london_date(day) if timezone.is_aware(day) else day.date()
    text = calendar.format_date(day) if isinstance(day, date) else str(day)
    return _DAY_AND_MONTH.sub(rf"\1{NO_BREAK}", text)


@register.filter
def gds_time(moment: datetime | None) -> str:
    """10:42am in London."""
    return "" if moment is None else calendar.format_time(moment.astimezone(clock.LONDON))


@register.filter
def fy(year: int | None) -> str:
    """2026 to 2027, of a financial year's starting year; "not stated" where there is none."""
    return "not stated" if year is None else calendar.format_fy(year)


# Tags, menu, messages


@register.simple_tag
def rating_tag(word: str) -> SafeString:
    """A rating or a state as a tag: always a word, with the colour that goes with it."""
    return format_html('<strong class="govuk-tag {}">{}</strong>', tag_class(str(word)), word)


@register.filter
def number_cells(row: Row) -> SafeString:
    """The header and the cells of one row of a number table, as `<th>` and `<td>`.

    A page of figures has hundreds of them, which a template would take most of its time for.
    """
    cells = "".join(map(_number_cell, row.cells))
    return mark_safe(f"{_row_header(row)}{cells}")  # noqa: S308 - every part is escaped


@register.filter
def word_cells(row: Row, columns: Sequence[Heading]) -> SafeString:
    """The header and the cells of one row of a table of words; each cell names its column for a phone."""
    named = zip(columns[1:], row.cells, strict=True)
    cells = "".join(
        f'<td data-label="{_escaped(heading.text)}"><div>{_cell_parts(cell)}</div></td>'
        for heading, cell in named
    )
    return mark_safe(f"{_row_header(row)}{cells}")  # noqa: S308 - every part is escaped


def _row_header(row: Row) -> str:
    header = _escaped(row.header)
    header = f'<a class="govuk-link" href="{_escaped(row.url)}">{header}</a>' if row.url else header
    sub = f' <span class="app-ref">{_escaped(row.sub)}</span>' if row.sub else ""
    return f'<th scope="row">{header}{sub}</th>'


def _escaped(text: str) -> str:
    """What `conditional_escape` gives, without its detour for words to be translated later."""
    return escape_html(text) if type(text) is str else conditional_escape(text)


def _number_cell(cell: Cell) -> str:
    number = ' class="app-n"' if cell.is_number else ""
    return f"<td{number}>{_cell_parts(cell)}</td>"


def _cell_parts(cell: Cell) -> str:
    text = _escaped(cell.text)
    if cell.url:
        says = f'<span class="govuk-visually-hidden"> {_escaped(cell.says)}</span>'
        text = f'<a class="govuk-link" href="{_escaped(cell.url)}">{text}{says}</a>'
    tag = f" {rating_tag(cell.tag)}" if cell.tag else ""
    sub = f'<span class="app-sub">{_escaped(cell.sub)}</span>' if cell.sub else ""
    return f"{text}{tag}{sub}"


@register.inclusion_tag("components/menu.html", takes_context=True)
def main_menu(context: Context) -> dict[str, Any]:
    """The menu of the programme in the context, or the general one; `menu_page` names an entry to mark."""
    key = getattr(context.get("programme"), "key", None)
    shown = context.get("menu_page") or context.get("view_name") or ""
    user, session = context.get("user"), getattr(context.get("request"), "session", {})
    approves = bool(user and user.is_authenticated and session.get(APPROVES))
    return {
        "items": menu_items(key, shown, approves=approves),
        "user": user,
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(*parts: object) -> dict[str, Any]:
    """Where the page stands: labels and addresses in turn, from the top down, without the page itself."""
    return {"crumbs": list(zip(parts[::2], parts[1::2], strict=True))}


@register.inclusion_tag("components/error-summary.html")
def error_summary(*forms: BaseForm) -> dict[str, Any]:
    """What there is to put right in one or more forms, each message a link to its field.

    A message that several fields have says which field it is about.
    """
    found = [error for form in forms for error in _linked_errors(form)]
    times = Counter(message for _, _, message in found)
    return {
        "errors": [
            (field_id, f"{label}: {message}" if label and times[message] > 1 else message)
            for field_id, label, message in found
        ]
    }


def _linked_errors(form: BaseForm) -> list[tuple[str, str, str]]:
    """(id of the field or nothing, its label, message) in the order of the form."""
    whole = [("", "", message) for message in _messages(form.non_field_errors())]
    return whole + [
        (_field_id(field), str(field.label or ""), message)
        for field in form
        if field.errors
        for message in _messages(field.errors)
    ]


def _messages(errors: ErrorList) -> list[str]:
    return [str(message) for message in errors]


def _field_id(field: BoundField) -> str:
    return f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label


# Texts that may be withheld


@register.simple_tag
def shown(item: Publication, text: str) -> publication.Shown:
    """What may be shown of a text of `item`, in one line: {% shown paper paper.title as words %}."""
    return publication.shown(item, text)


@register.inclusion_tag("components/shown-text.html")
def shown_text(item: Publication, text: str) -> dict[str, Any]:
    """A text of `item` in its paragraphs, or the block that says that it is withheld and why."""
    return {"shown": publication.shown(item, text)}


# Tables and charts


@register.simple_block_tag
def scroll(content: str, label: str) -> SafeString:
    """A region, named `label`, that scrolls sideways and takes keyboard focus; for tables of numbers."""
    return format_html(
        '<div class="app-scroll" tabindex="0" role="region" aria-label="{}">{}</div>', label, content
    )


@register.simple_block_tag
def table_roles(content: str) -> SafeString:
    """Names the parts of the tables inside, which lose their meaning when a phone shows rows as blocks."""
    return mark_safe(_TABLE_TAG.sub(_with_role, content))  # noqa: S308 - the content is rendered template


def _with_role(match: re.Match[str]) -> str:
    element, attributes = match[1], match[2]
    if "role=" in attributes:
        return match[0]
    role = "rowheader" if element == "th" and 'scope="row"' in attributes else _TABLE_ROLES[element]
    return f'<{element} role="{role}"{attributes}>'


@register.filter
def chart_json(spec: dict[str, Any]) -> SafeString:
    """A chart's figure as JSON that can stand in a page: nothing in it can end the element it stands in."""
    text = orjson.dumps(spec).decode().translate(_JSON_ESCAPES)
    return mark_safe(text)  # noqa: S308 - <, > and & are escaped above
