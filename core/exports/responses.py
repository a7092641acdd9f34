"""Files as answers to a request."""

from __future__ import annotations

import re

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from core.exports.csv_file import csv_lines
from core.exports.tables import Document, Row, Table
from core.exports.workbook import workbook_bytes

WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What one person may read is kept by no cache.
NO_STORE = {"Cache-Control": "private, no-store"}
_NOT_IN_NAMES = re.compile(r"[^\w.-]+")


def csv_response(table: Table[Row], file_name: str) -> StreamingHttpResponse:
    """A table as a CSV file, sent row by row; `file_name` comes without its ending."""
    return StreamingHttpResponse(
        csv_lines(table), content_type="text/csv; charset=utf-8", headers=saved_as(f"{file_name}.csv")
    )


def workbook_response(document: Document, file_name: str) -> HttpResponse:
    """A document as an XLSX file."""
    return HttpResponse(
        workbook_bytes(document), content_type=WORKBOOK_TYPE, headers=saved_as(f"{file_name}.xlsx")
    )


def saved_as(file_name: str) -> dict[str, str]:
    """Headers of a download; a hyphen stands for what a file name may not hold, such as a slash."""
    disposition = content_disposition_header(True, _NOT_IN_NAMES.sub("-", file_name))
    return {"Content-Disposition": str(disposition), "X-Content-Type-Options": "nosniff"}
