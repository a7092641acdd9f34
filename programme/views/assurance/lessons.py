"""Lessons: the list with its files, one lesson, its forms, and its use in a gate review."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.signed_in import person
from core.clock import today
from core.exports.responses import csv_response, workbook_response
from programme.actions.assurance.lessons import record_lesson, update_lesson, use_lesson_at_gate
from programme.forms.assurance import LessonForm
from programme.lesson_exports import lesson_document, lesson_table
from programme.lesson_filters import LessonFilter
from programme.models import Lesson, Programme
from programme.policies import can_record_lesson, check_record_lesson
from programme.queries.assurance.lessons import lesson_rows
from programme.views.assurance.places import visible_review
from programme.views.context import programme_context, visible_programme
from programme.views.recording import FORM, FormPage, record_form, sent

PAGE_SIZE = 100
# Lessons have no menu entry of their own: they stand under the registers.
MENU_PAGE = "programme:risk_list"
USED = "The lesson is used here"


@login_required
@require_safe
def lesson_list(request: HttpRequest, key: str) -> HttpResponse:
    """Lessons of the programme, or of all that the person may open."""
    user = person(request)
    programme = visible_programme(user, key)
    form = LessonFilter(request.GET, programme=programme, user=user)
    context = {
        "filter": form,
        "page": Paginator(form.narrowed(), PAGE_SIZE).get_page(request.GET.get("page")),
        "can_record": can_record_lesson(user, programme),
        "menu_page": MENU_PAGE,
        **programme_context(programme),
    }
    return render(request, "programme/assurance/lesson_list.html", context)


@login_required
@require_safe
def lesson_csv(request: HttpRequest, key: str) -> StreamingHttpResponse:
    """The rows of the list, with the same choice, as a CSV file."""
    programme, form = _chosen(request, key)
    return csv_response(lesson_table(form.narrowed()), _file_name(programme))


@login_required
@require_safe
def lesson_workbook(request: HttpRequest, key: str) -> HttpResponse:
    """The same as a workbook."""
    programme, form = _chosen(request, key)
    document = lesson_document(programme, form.narrowed(), as_of=today())
    return workbook_response(document, _file_name(programme))


@login_required
@require_safe
def lesson_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One lesson: what was learnt, what to change, where it was used."""
    lessons = Lesson.objects.visible_to(person(request)).filter(pk=pk)
    rows = lesson_rows(lessons, person(request))
    lesson = rows[0].lesson if rows else get_object_or_404(lessons, pk=pk)
    context = {
        "row": rows[0],
        "lesson": lesson,
        "menu_page": MENU_PAGE,
        **programme_context(lesson.programme),
    }
    return render(request, "programme/assurance/lesson_detail.html", context)


@login_required
@require_http_methods(FORM)
def lesson_create(request: HttpRequest, key: str) -> HttpResponse:
    """Add a lesson."""
    user = person(request)
    programme = visible_programme(user, key)
    check_record_lesson(user, programme)
    form = LessonForm(sent(request), programme=programme)

    def save(data: Mapping[str, Any]) -> Lesson:
        return record_lesson(programme, by=user, terms=form.to_terms())

    page = _page(programme, "Add a lesson", None)
    return record_form(
        request, page, form, save, saved="The lesson is recorded", then=Lesson.get_absolute_url
    )


@login_required
@require_http_methods(FORM)
def lesson_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a lesson."""
    user = person(request)
    lesson = visible_lesson(request, pk)
    check_record_lesson(user, lesson.programme)
    form = LessonForm(sent(request), programme=lesson.programme, lesson=lesson)

    def save(data: Mapping[str, Any]) -> Lesson:
        seen = data["seen_version"] or 0
        return update_lesson(lesson, by=user, seen_version=seen, terms=form.to_terms())

    page = _page(lesson.programme, f"Change lesson {lesson.ref}", lesson)
    return record_form(request, page, form, save, saved="The lesson is saved")


@login_required
@require_POST
def gate_review_lesson_use(request: HttpRequest, pk: int, lesson_pk: int) -> HttpResponse:
    """Use a lesson in a gate review."""
    review, lesson = visible_review(request, pk), visible_lesson(request, lesson_pk)
    use_lesson_at_gate(lesson, by=person(request), review=review)
    messages.success(request, USED)
    return redirect(f"{review.get_absolute_url()}#h-used")


def visible_lesson(request: HttpRequest, pk: int) -> Lesson:
    """The lesson, or nothing there (404) for a person who may not see it."""
    lessons = Lesson.objects.visible_to(person(request))
    found = lessons.select_related("programme__partnership", "gate_review", "milestone", "source")
    return get_object_or_404(found, pk=pk)


def _chosen(request: HttpRequest, key: str) -> tuple[Programme, LessonFilter]:
    programme = visible_programme(person(request), key)
    return programme, LessonFilter(request.GET, programme=programme, user=person(request))


def _file_name(programme: Programme) -> str:
    return f"{programme.key}-lessons-{today().isoformat()}"


def _page(programme: Programme, heading: str, lesson: Lesson | None) -> FormPage:
    back = reverse("programme:lesson_list", args=[programme.key])
    crumbs = ((programme.name, programme.get_absolute_url()), ("Lessons", back))
    return FormPage(
        heading=heading,
        caption=programme.name,
        save="Save",
        back_url=lesson.get_absolute_url() if lesson else back,
        crumbs=(*crumbs, (lesson.ref, lesson.get_absolute_url())) if lesson else crumbs,
        menu_page=MENU_PAGE,
        context=programme_context(programme),
    )
