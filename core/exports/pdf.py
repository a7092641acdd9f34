"""Accessible PDF of a page made for paper: tagged, with its language and title (PDF/UA-1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.template.loader import render_to_string

from core.exports.responses import NO_STORE, saved_as

STYLE = "css/document.css"
PDF_TYPE = "application/pdf"
CANNOT = "PDF files cannot be made on this installation. Print this page instead"


class PdfUnavailableError(Exception):
    """The libraries that make PDF files are not on this machine."""


def pdf_bytes(template: str, context: Mapping[str, Any]) -> bytes:
    """The PDF of a template that extends core/document.html; raises PdfUnavailableError.

    The library is loaded only here: it takes half a second and needs Pango on the machine. It may read
    nothing from the network or from files: all that is in the PDF stands in the template.
    """
    html = render_to_string(template, dict(context))
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        raise PdfUnavailableError(CANNOT) from error
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=("data",))
    style = weasyprint.CSS(filename=finders.find(STYLE))
    document = weasyprint.HTML(string=html, url_fetcher=fetcher)
    return bytes(document.write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1"))


def pdf_response(content: bytes, file_name: str) -> HttpResponse:
    """A PDF as a download; `file_name` comes without its ending."""
    headers = saved_as(f"{file_name}.pdf") | NO_STORE
    return HttpResponse(content, content_type=PDF_TYPE, headers=headers)
