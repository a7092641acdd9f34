"""Files as answers to a request."""

from __future__ import annotations

from django.http import HttpResponse, StreamingHttpResponse

from core.exports.csv_file import csv_lines
from core.exports.tables import Document, Row, Table
from core.exports.workbook import workbook_bytes

WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_response(table: Table[Row], file_name: str) -> StreamingHttpResponse:
    """A table as a CSV file, sent row by row; `file_name` comes without its ending."""
    return StreamingHttpResponse(
        csv_lines(table), content_type="text/csv; charset=utf-8", headers=_saved_as(f"{file_name}.csv")
    )


def workbook_response(document: Document, file_name: str) -> HttpResponse:
    """A document as an XLSX file."""
    return HttpResponse(
        workbook_bytes(document), content_type=WORKBOOK_TYPE, headers=_saved_as(f"{file_name}.xlsx")
    )


def _saved_as(file_name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{file_name}"', "X-Content-Type-Options": "nosniff"}
