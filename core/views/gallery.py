"""The gallery of components, and a row to try editing in place on. It writes nothing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views import View
from django.views.generic import TemplateView

from core import gallery, gallery_charts
from core.htmx import is_enhanced
from core.menu import PROGRAMME_MENU, MenuItem

MENU_NAMES = [label for label, _name, _takes_key in PROGRAMME_MENU]


class GalleryDetail(TemplateView):
    """Every component in its states."""

    template_name = "ui/gallery.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The samples, and the page of the long list that the address asks for."""
        paginator = Paginator(range(1, 251), 100)
        chart, *small = gallery_charts.charts()
        return super().get_context_data(
            councils=["Ashmere", "Brockvale", "Carrick"],
            states=gallery.STATES,
            sample=gallery.SampleForm(),
            rejected=gallery.rejected_form(),
            rows=gallery.ROWS.values(),
            chart=chart,
            small_charts=small,
            answers=gallery.answers(),
            events=gallery.events(),
            facts=gallery.FACTS,
            table=gallery.TABLE,
            word_table=gallery.WORD_TABLE,
            history=gallery.HISTORY,
            filter_links=gallery.FILTER_LINKS,
            changes=gallery.CHANGES,
            stale=gallery.STALE,
            page_of_many=paginator.get_page(self.request.GET.get("page")),
            menu_sample=[
                MenuItem(name, "#menus", "page" if name == "Savings" else "") for name in MENU_NAMES
            ],
            **kwargs,
        )


class GalleryRowUpdate(View):
    """A row that opens, checks what is typed and closes again, as the rows of the product do."""

    def get(self, request: HttpRequest, ref: str) -> HttpResponse:
        """The row: open, or closed where the address says so."""
        row = _row(ref)
        if "closed" in request.GET:
            return render(request, "ui/row.html", {"row": row, "is_fresh": True})
        form = gallery.SampleRowForm(initial={"forecast_on": row.forecast_on}, auto_id=f"{ref}_%s")
        return _show(request, {"row": row, "form": form, "is_fresh": True})

    def post(self, request: HttpRequest, ref: str) -> HttpResponse:
        """The row as it would be saved, or the open row again with what to put right."""
        row = _row(ref)
        form = gallery.SampleRowForm(
            request.POST, initial={"forecast_on": row.forecast_on}, auto_id=f"{ref}_%s"
        )
        if not form.is_valid():
            return _show(request, {"row": row, "form": form}, status=422)
        moved = row.moved_to(form.cleaned_data["forecast_on"])
        if is_enhanced(request):
            return render(request, "ui/row.html", {"row": moved, "is_fresh": True, "is_saved": True})
        messages.success(request, f"{moved.ref} checked. The gallery keeps nothing.")
        return redirect("core:ui")


def _row(ref: str) -> gallery.SampleRow:
    if ref not in gallery.ROWS:
        raise Http404
    return gallery.ROWS[ref]


def _show(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    template = "ui/row.html" if is_enhanced(request) else "ui/row_update.html"
    return render(request, template, context, status=status)
