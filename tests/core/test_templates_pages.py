"""Text pages, error pages and the gallery, through the real addresses."""

import re
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse

from core.gallery import ROWS
from core.views import errors
from tests import factories

TEXT_PAGES = {
    "help": "Help",
    "accessibility": "Accessibility statement",
    "privacy": "Privacy",
    "method": "How figures are worked out",
    "ui": "Components",
}
VENDOR = Path(settings.BASE_DIR) / "static" / "vendor"


def heading(answer):
    title = re.search(r"<h1[^>]*>(.*?)</h1>", answer.content.decode(), re.DOTALL)[1]
    return re.sub(r"<span.*?</span>", "", title).strip()


@pytest.mark.parametrize(("name", "title"), TEXT_PAGES.items())
def test_text_page_is_open_to_all_and_asks_no_database(client, name, title):
    answer = client.get(reverse(f"core:{name}"))
    assert (answer.status_code, heading(answer)) == (200, title)


@pytest.mark.django_db
@pytest.mark.parametrize("name", TEXT_PAGES)
def test_text_page_takes_two_queries_for_a_signed_in_person(client, django_assert_num_queries, name):
    client.force_login(factories.UserFactory(name="Priya Raman"))
    with django_assert_num_queries(2):
        html = client.get(reverse(f"core:{name}")).content.decode()
    assert ">Priya Raman</a>" in html


@pytest.mark.parametrize("name", TEXT_PAGES)
def test_page_has_no_inline_script_style_or_handler(client, name):
    html = client.get(reverse(f"core:{name}")).content.decode()
    scripts = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", html)
    assert [script for script in scripts if 'type="application/json"' not in script] == []
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:", html) == []


def test_every_page_ends_with_the_four_text_pages(client):
    html = client.get(reverse("core:help")).content.decode()
    footer = html[html.index("<footer") :]
    links = [reverse(f"core:{name}") for name in ("help", "accessibility", "privacy", "method")]
    assert re.findall(r'href="([^"]*)"', footer) == links


def test_not_found_says_what_to_do(client):
    answer = client.get("/there-is-no-such-page/")
    assert (answer.status_code, heading(answer)) == (404, "Page not found")


def test_forbidden_shows_the_reason_of_the_policy():
    reason = "Only Brockvale's section 151 officer can verify this amount"
    answer = errors.forbidden(RequestFactory().get("/"), PermissionDenied(reason))
    assert (answer.status_code, heading(answer)) == (403, "You cannot do this")
    assert "Only Brockvale&#x27;s section 151 officer can verify this amount" in answer.content.decode()


def test_server_error_needs_no_context_and_no_database():
    answer = errors.server_error(RequestFactory().get("/"))
    assert (answer.status_code, heading(answer)) == (500, "Something went wrong")


def test_bad_request_says_that_nothing_was_saved():
    answer = errors.bad_request(RequestFactory().get("/"), SuspiciousOperation())
    assert (answer.status_code, heading(answer)) == (400, "The server could not read that")
    assert "Nothing was saved" in answer.content.decode()


def test_form_without_token_is_refused_in_words():
    answer = Client(enforce_csrf_checks=True).post(reverse("core:ui_row", args=["M-13"]), {})
    assert (answer.status_code, heading(answer)) == (403, "This form was too old to send")


def test_error_pages_link_style_sheets_that_exist_without_a_manifest():
    html = render_to_string("errors/500.html")
    files = [path.removeprefix(settings.STATIC_URL) for path in re.findall(r'href="(/static/[^"]*)"', html)]
    names = [path.removeprefix("/static/") for path in files]
    assert names == ["images/icon.svg", "vendor/govuk-frontend.min.css", "css/concordat.css"]
    assert [(VENDOR.parent / name).is_file() for name in names] == [True, True, True]


def test_gallery_row_opens_as_a_page_and_as_a_part(client):
    url = reverse("core:ui_row", args=["M-13"])
    page, part = client.get(url), client.get(url, headers={"HX-Request": "true"})
    assert heading(page) == "Update M-13"
    assert part.content.decode().lstrip().startswith('<tbody role="rowgroup" id="item-M-13">')
    assert 'value="14 December 2026"' in part.content.decode()


def test_gallery_row_keeps_what_was_typed_when_it_says_no(client):
    url = reverse("core:ui_row", args=["M-13"])
    sent = {"forecast_on": "31 2 2027", "note": "Carrick decides on 3 December"}
    answer = client.post(url, sent, headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#M-13_forecast_on">Enter a real date, for example 30 4 2027</a>' in html
    assert ('value="31 2 2027"' in html, "Carrick decides on 3 December" in html) == (True, True)


def test_gallery_row_closes_with_words_to_say_and_keeps_nothing(client):
    url = reverse("core:ui_row", args=["M-13"])
    html = client.post(url, {"forecast_on": "1 2 2027"}, headers={"HX-Request": "true"}).content.decode()
    assert 'data-say="Saved. M-13 is forecast for 1\u00a0February 2027."' in html
    assert "80 days late" in html
    assert ROWS["M-13"].days == 31


@pytest.mark.django_db
def test_gallery_row_without_script_is_answered_by_a_redirection(client):
    answer = client.post(reverse("core:ui_row", args=["M-13"]), {"forecast_on": "1 2 2027"}, follow=True)
    assert answer.redirect_chain == [("/ui/", 302)]
    assert "M-13 checked. The gallery keeps nothing." in answer.content.decode()


def test_gallery_row_that_is_not_there_is_not_found(client):
    assert heading(client.get(reverse("core:ui_row", args=["M-99"]))) == "Page not found"


def test_vendored_files_are_those_of_the_list():
    listed = dict(
        re.findall(
            r"^\| `([^`]+)` \|.*`([0-9a-f]{64})` \|$", (VENDOR / "README.md").read_text(), re.MULTILINE
        )
    )
    found = {path.name: sha256(path.read_bytes()).hexdigest() for path in VENDOR.glob("*.[cj]s*")}
    assert found == listed
