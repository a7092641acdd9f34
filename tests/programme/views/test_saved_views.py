"""Lists kept under a name: by page and by API, whose they are, and who shares them."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.enums import RoleName
from accounts.models import User
from core.models import AuditEvent
from programme.models import Programme, SavedView
from programme.rules.saved_view import kept_query
from tests import factories
from tests.benefits.scene import api_of, page_of, refusals
from tests.pages import text_of

pytestmark = pytest.mark.django_db
LIST = "/programmes/abc/saved-views/benefits/"


def people(programme: Programme) -> tuple[User, User]:
    """The programme manager and a member of a council."""
    manager, member = factories.UserFactory(name="Priya Raman"), factories.UserFactory(name="M Hart")
    factories.role(manager, RoleName.PROGRAMME_MANAGER, partnership=programme.partnership)
    factories.role(member, RoleName.MEMBER, council=factories.councils_of(programme)[0])
    return manager, member


def stored() -> list[tuple[str, str, bool]]:
    return list(SavedView.objects.order_by("pk").values_list("name", "query", "is_shared"))


def test_view_is_saved_opened_shared_renamed_and_removed_by_page() -> None:
    programme = factories.ProgrammeFactory(key="abc", name="ABC")
    manager, member = people(programme)
    mine, theirs = page_of(member), page_of(manager)
    query = "state=approved&q=post%26work"
    saved = mine.post(f"{LIST}new/?owner=&page=2&{query}", {"name": " My  view ", "is_shared": "on"})
    assert stored() == [("My view", query, False)]
    assert saved["Location"] == f"/programmes/abc/benefits/?{query}"
    refused = [
        refusals(mine.post(f"{LIST}new/?state=closed", {"name": name})) for name in ("", "my view", "x" * 81)
    ]
    assert refused == [
        ["Enter a name for this view"],
        ["There is already a view called my view. Choose another name"],
        ["Name must be 80 characters or less"],
    ]
    view = SavedView.objects.get()
    assert theirs.get(f"/saved-views/{view.pk}/update/").status_code == 404
    theirs.post(f"{LIST}new/?state=closed", {"name": "All closed", "is_shared": "on"})
    shared = SavedView.objects.get(name="All closed")
    assert "All closed Shared by Priya Raman" in text_of(mine.get(LIST))
    assert "My view" not in text_of(theirs.get(LIST))
    assert mine.get(f"/saved-views/{shared.pk}/remove/").status_code == 403
    mine.post(f"/saved-views/{view.pk}/update/", {"name": "Renamed", "seen_version": "1"})
    stale = mine.post(f"/saved-views/{view.pk}/remove/", {"seen_version": "1"})
    assert stale.status_code == 409
    theirs.post(f"/saved-views/{shared.pk}/update/", {"name": "All closed", "seen_version": "1"})
    assert stored() == [
        ("Renamed", query, False),
        ("All closed", "state=closed", False),
    ]
    mine.post(f"/saved-views/{view.pk}/remove/", {"seen_version": "2"})
    assert stored() == [("All closed", "state=closed", False)]
    assert list(AuditEvent.objects.order_by("pk").values_list("action", "by__name")) == [
        ("save_view", "M Hart"),
        ("save_view", "Priya Raman"),
        ("change_view", "M Hart"),
        ("change_view", "Priya Raman"),
        ("remove_view", "M Hart"),
    ]


def test_view_by_api_is_shared_by_the_manager_alone() -> None:
    programme = factories.ProgrammeFactory(key="abc")
    manager, member = people(programme)
    sent = {"programme": "abc", "page": "benefits", "name": "Due", "query": "review=due", "is_shared": True}
    refused = api_of(member).post("/api/v1/saved-views/", sent, format="json")
    assert (refused.status_code, refused.json()["detail"]) == (
        403,
        "Only the programme manager can share a view with the programme",
    )
    made = api_of(manager).post("/api/v1/saved-views/", sent, format="json").json()
    assert made == {
        "id": made["id"],
        **sent,
        "owner": manager.email,
        "version": 1,
    }
    assert [row["name"] for row in api_of(member).get("/api/v1/saved-views/").json()["results"]] == ["Due"]


def test_view_of_a_list_over_all_programmes_is_its_makers_alone() -> None:
    manager, member = people(factories.ProgrammeFactory(key="abc"))
    mine, theirs = page_of(member), page_of(manager)
    saved = mine.post("/saved-views/all/new/?rating=red", {"name": "Red", "is_shared": "on"})
    assert (saved["Location"], stored()) == ("/milestones/?rating=red", [("Red", "rating=red", False)])
    again = mine.post("/saved-views/all/new/?rating=amber", {"name": "red"})
    assert refusals(again) == ["There is already a view called red. Choose another name"]
    sent = {"page": "portfolio", "name": "Red", "query": "rating=red"}
    made = api_of(member).post("/api/v1/saved-views/", sent, format="json").json()
    assert (made["programme"], made["is_shared"]) == (None, False)
    refused = api_of(manager).post("/api/v1/saved-views/", sent | {"is_shared": True}, format="json")
    assert refused.status_code == 403
    wrong = [sent | {"programme": "abc"}, sent | {"page": "milestones"}]
    told = [api_of(member).post("/api/v1/saved-views/", one, format="json").json() for one in wrong]
    assert [one["detail"] for one in told] == [
        "This list is of all programmes. Leave out the programme",
        "Choose the programme whose list this is",
    ]
    assert "Red" in text_of(mine.get("/portfolio/"))
    assert "Red Yours" in text_of(mine.get("/saved-views/all/"))
    view = SavedView.objects.get(page="all")
    assert theirs.get(f"/saved-views/{view.pk}/remove/").status_code == 404
    assert api_of(manager).get("/api/v1/saved-views/").json()["results"] == []
    assert [mine.get(f"/saved-views/{page}/").status_code for page in ("milestones", "x")] == [404, 404]
    mine.post(f"/saved-views/{view.pk}/remove/", {"seen_version": "1"})
    assert list(SavedView.objects.values_list("page", flat=True)) == ["portfolio"]


def test_list_of_views_takes_one_number_of_queries(django_assert_num_queries: Any) -> None:
    programme = factories.ProgrammeFactory(key="abc")
    reader = page_of(people(programme)[1])
    for number in (1, 3):
        for _ in range(number):
            factories.SavedViewFactory(programme=programme)
        with django_assert_num_queries(6):
            reader.get(LIST)


def test_what_is_kept_of_an_address() -> None:
    queries = ("", "page=3", "q=a%26b&state=&page=2", "owner=4&owner=5", "q=" + "é")
    assert [kept_query(query) for query in queries] == ["", "", "q=a%26b", "owner=4&owner=5", "q=%C3%A9"]
