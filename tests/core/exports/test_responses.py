"""Names of downloads: whatever a reference holds, the browser gets one plain name of a file to save."""

import pytest

from core.exports.responses import saved_as


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("BC-1-v1-years.csv", 'attachment; filename="BC-1-v1-years.csv"'),
        ('BC"; filename="x.exe-v1.csv', 'attachment; filename="BC-filename-x.exe-v1.csv"'),
        ("../BC/1\r\nSet-Cookie: a=b.csv", 'attachment; filename="..-BC-1-Set-Cookie-a-b.csv"'),
        ("Fälle-v1.csv", "attachment; filename*=utf-8''F%C3%A4lle-v1.csv"),
    ],
)
def test_file_name_is_plain(name, expected):
    assert saved_as(name) == {"Content-Disposition": expected, "X-Content-Type-Options": "nosniff"}
