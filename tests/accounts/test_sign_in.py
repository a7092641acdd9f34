"""Signing in, being locked out, choosing a password."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db

PASSWORD = "a-long-enough-one"
SIGN_IN = "/sign-in/"


@pytest.fixture
def priya(db):
    user = factories.UserFactory(name="Priya Raman", email="priya.raman@ashmere.example")
    user.set_password(PASSWORD)
    user.save()
    return user


def test_sign_in_leads_to_the_page_asked_for(client, priya):
    asked = client.get("/my-work/")
    assert asked.url == f"{SIGN_IN}?next=/my-work/"
    answer = client.post(asked.url, {"username": "Priya.Raman@Ashmere.example", "password": PASSWORD})
    assert (answer.status_code, answer.url) == (302, "/my-work/")


def test_sign_in_never_leads_to_another_site(client, priya):
    answer = client.post(
        SIGN_IN, {"username": priya.email, "password": PASSWORD, "next": "https://elsewhere.example/"}
    )
    assert answer.url == reverse("home")


@pytest.mark.parametrize("change", [{"password": "wrong"}, {"username": "nobody@ashmere.example"}])
def test_sign_in_with_wrong_words_says_the_same_for_either(client, priya, change):
    answer = client.post(SIGN_IN, {"username": priya.email, "password": PASSWORD} | change)
    assert "Check your e-mail address and password" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_sign_in_of_inactive_person_is_refused(client, priya):
    priya.is_active = False
    priya.save()
    client.post(SIGN_IN, {"username": priya.email, "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_empty_sign_in_names_both_boxes_and_keeps_the_address(client, db):
    page = client.post(SIGN_IN, {"username": "", "password": ""}).content.decode()
    assert "Enter your e-mail address" in page
    assert "Enter your password" in page
    page = client.post(SIGN_IN, {"username": "typed@ashmere.example", "password": ""}).content.decode()
    assert 'value="typed@ashmere.example"' in page


def test_ten_wrong_passwords_close_the_pair_even_for_the_right_one(client, priya):
    for _ in range(10):
        client.post(SIGN_IN, {"username": priya.email, "password": "wrong"})
    answer = client.post(SIGN_IN, {"username": priya.email, "password": PASSWORD})
    assert answer.status_code == 429
    assert "Sign-in is closed for a while" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_other_capitals_of_an_address_give_no_further_tries(client, priya):
    name, host = priya.email.split("@")
    for length in range(10):
        wrong = {"username": f"{name[:length].upper()}{name[length:]}@{host}", "password": "wrong"}
        client.post("/api/v1/token/", wrong, content_type="application/json")
    answer = client.post(
        "/api/v1/token/",
        {"username": priya.email.upper(), "password": PASSWORD},
        content_type="application/json",
    )
    assert (answer.status_code, "token" in answer.json()) == (400, False)
    assert client.post(SIGN_IN, {"username": priya.email, "password": PASSWORD}).status_code == 429


def test_sign_out_is_a_post_and_ends_the_session(client, priya):
    factories.sign_in(client, priya)
    assert client.get("/account/")["Cache-Control"] == "private, no-cache"
    assert client.get("/sign-out/").status_code == 405
    answer = client.post("/sign-out/")
    assert (answer.url, answer["Clear-Site-Data"]) == (SIGN_IN, '"cache"')
    assert "_auth_user_id" not in client.session


def test_wrong_passwords_behind_a_proxy_close_the_address_they_came_from_alone(client, priya, settings):
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": 1}
    wrong, right = ({"username": priya.email, "password": one} for one in ("wrong", PASSWORD))
    theirs, hers = ({"X-Forwarded-For": f"203.0.113.1, {one}"} for one in ("192.0.2.8", "192.0.2.9"))
    for _ in range(settings.AXES_FAILURE_LIMIT):
        client.post(SIGN_IN, wrong, headers=theirs)
    assert client.post(SIGN_IN, right, headers=theirs).status_code == 429
    assert client.post(SIGN_IN, wrong, headers={"X-Forwarded-For": "unknown"}).status_code == 200
    assert client.post(SIGN_IN, right, headers=hers).status_code == 302


def test_person_without_password_chooses_one_by_mail_and_signs_in(client, db):
    user = factories.UserFactory(email="new@ashmere.example")
    client.post("/password/", {"email": "New@ashmere.example"})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body).group(1)
    form = client.get(link).url
    client.post(form, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    client.post(SIGN_IN, {"username": user.email, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(user.pk)
    assert "This link no longer works" in client.get(link, follow=True).content.decode()


def test_unknown_address_gets_the_same_page_and_no_mail(client, db):
    answer = client.post("/password/", {"email": "nobody@ashmere.example"})
    assert answer.url == "/password/sent/"
    assert mail.outbox == []


def test_stranger_who_asks_again_and_again_fills_nobodys_mailbox(client, db):
    cache.clear()
    for name in ("one", "two"):
        factories.UserFactory(email=f"{name}@ashmere.example")
    pages = {client.post("/password/", {"email": "One@ashmere.example"}).url for _ in range(7)}
    client.post("/password/", {"email": "two@ashmere.example"})
    assert (pages, len(mail.outbox)) == ({"/password/sent/"}, 6)


def test_weak_password_is_refused_with_the_reason(client, db):
    factories.UserFactory(email="new@ashmere.example")
    client.post("/password/", {"email": "new@ashmere.example"})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body).group(1)
    form = client.get(link).url
    page = client.post(form, {"new_password1": "short", "new_password2": "short"}).content.decode()
    assert "It must contain at least 12 characters" in page


def test_sign_in_page_takes_no_query(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(SIGN_IN)


def sign_in_and_be_cut_off(client, user):
    """Sign in, type something, and send it after the session has ended."""
    client.post(SIGN_IN, {"username": user.email, "password": PASSWORD})
    client.session.flush()
    typed = {"reminders_by_mail": "on", "note": ["one", "<two>"], "password": "secret"}
    return client.post("/account/?a=b", typed, headers={"referer": "http://testserver//account/"})


def test_what_was_typed_is_kept_when_the_session_has_ended(client, priya):
    interrupted = sign_in_and_be_cut_off(client, priya)
    assert interrupted.status_code == 403
    assert "no-store" in interrupted["Cache-Control"]
    assert "What you typed is kept" in interrupted.content.decode()
    kept = interrupted.context["kept"]
    again = client.post(SIGN_IN, {"username": priya.email, "password": "wrong", "kept": kept})
    assert again.context["kept"] == kept
    signed_in = client.post(SIGN_IN, {"username": priya.email, "password": PASSWORD, "kept": kept})
    page = signed_in.content.decode()
    assert 'action="/account/?a=b"' in page
    assert 'name="note" value="one"' in page
    assert 'name="note" value="&lt;two&gt;"' in page
    assert "secret" not in page
    assert 'href="/%2Faccount/"' in page


def test_what_one_person_typed_is_handed_to_no_other_who_signs_in(client, priya):
    other = factories.UserFactory(email="sam@brockvale.example")
    other.set_password(PASSWORD)
    other.save()
    kept = sign_in_and_be_cut_off(client, priya).context["kept"]
    answer = client.post(SIGN_IN, {"username": other.email, "password": PASSWORD, "kept": kept}, follow=True)
    assert answer.redirect_chain == [("/", 302)]
    assert "another person typed it" in answer.content.decode()
    assert "two&gt;" not in answer.content.decode()


def test_nothing_is_kept_where_nobody_was_signed_in_or_words_were_made_up(client, priya):
    assert client.post("/account/", {"a": "1"}).url == f"{SIGN_IN}?next=/account/"
    answer = client.post(SIGN_IN, {"username": priya.email, "password": PASSWORD, "kept": "made:up:words"})
    assert (answer.status_code, answer.url) == (302, reverse("home"))
    client.session.flush()
    interrupted = client.post("/account/", {"a": "1"}, headers={"referer": "https://elsewhere.example/x"})
    assert interrupted.context["next"] == reverse("home")


@pytest.mark.parametrize(
    ("origin", "is_kept"), [("http://testserver", True), ("https://elsewhere.example", False)]
)
def test_form_of_a_page_opened_before_a_new_sign_in_can_be_sent_anew(priya, origin, is_kept):
    client = Client(enforce_csrf_checks=True)
    client.force_login(priya)
    answer = client.post("/account/", {"note": "typed"}, headers={"origin": origin})
    assert answer.status_code == 403
    assert ('name="note" value="typed"' in answer.content.decode()) is is_kept
    assert ("This form was too old to send" in answer.content.decode()) is not is_kept
    by_script = client.post("/account/", {"note": "typed"}, headers={"origin": origin, "hx-request": "true"})
    assert ("X-Old-Form" in by_script.headers) is is_kept
