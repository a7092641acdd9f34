"""A page that takes back an edited file: first each change, from what to what, then all of them at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Generic, Protocol, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core.errors import Refusal, Refusals
from core.forms.edited_file import EditedFileForm
from core.forms.fields import add_refusals
from core.imports.confirming import Shown, find_shown, forget_shown, keep_shown
from core.imports.files import Uploaded
from core.imports.tables import ImportedTable
from core.rules.words import count_of

LONGEST_NAME = 200


class ReadFile(Protocol):
    """What was read of a file: its cells, the rows that are not taken, and those that would change."""

    table: ImportedTable
    stale: list[Any]

    @property
    def rows_to_send(self) -> str:
        """What would change as a CSV file, to be read again once it is confirmed; empty for nothing."""

    def leave_out(self) -> None:
        """Forget what would change, once it is changed."""


Read = TypeVar("Read", bound=ReadFile)


@dataclass(frozen=True, slots=True)
class EditedFilePage(Generic[Read]):
    """The page of one kind of file: how it is read and stored, and the words and places around that.

    `store` is given what was read and the name of the file, and returns how many things it changed.
    """

    purpose: str
    noun: str
    template: str
    back_url: str
    context: Mapping[str, Any]
    read: Callable[[Uploaded], Read]
    store: Callable[[Read, str], int]


def edited_file(request: HttpRequest, page: EditedFilePage[Read]) -> HttpResponse:
    """The form; what a file would change; or, where that was seen and confirmed, the change itself."""
    if request.method != "POST":
        return _show(request, page, EditedFileForm())
    confirmed = request.POST.get("confirmed_rows", "")
    form = EditedFileForm(request.POST, request.FILES)
    if not confirmed and not form.is_valid():
        return _show(request, page, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        if not confirmed:
            file = form.cleaned_data["file"]
            return _show(request, page, EditedFileForm(), page.read(file), str(file.name)[-LONGEST_NAME:])
        return _store(request, page, find_shown(confirmed, by=request.user, purpose=page.purpose))
    except (Refusal, Refusals) as said:
        form.is_valid()
        form.errors.pop("file", None)
        add_refusals(form, said)
        return _show(request, page, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _store(request: HttpRequest, page: EditedFilePage[Read], shown: Shown) -> HttpResponse:
    """Change what was confirmed; then back, or, where rows were not taken, which and why."""
    read = page.read(shown.rows)
    if read.table.problems or not read.rows_to_send:
        return _show(request, page, EditedFileForm(), read, shown.file_name)
    done = page.store(read, shown.file_name)
    forget_shown(shown)
    messages.success(request, f"{count_of(done, page.noun)} changed")
    if read.stale:
        read.leave_out()
        return _show(request, page, EditedFileForm(), read)
    return redirect(page.back_url)


def _show(
    request: HttpRequest,
    page: EditedFilePage[Read],
    form: EditedFileForm,
    read: Read | None = None,
    file_name: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "back_url": page.back_url, **page.context}
    if read and read.table.problems:
        context |= {"problems": read.table.problems, "summary": read.table.summary}
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    elif read:
        text = read.rows_to_send
        told: dict[str, Any] = {"by": request.user, "purpose": page.purpose, "file_name": file_name}
        context |= {"read": read, "rows": keep_shown(text, **told) if text else ""}
        status = HTTPStatus.OK if text or not read.stale else HTTPStatus.CONFLICT
    return render(request, page.template, context, status=status)
