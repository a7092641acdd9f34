"""Routes of governance in the API."""

from typing import Any

from django.urls import URLPattern, URLResolver, path

from governance.api import bulletins, dashboards, equity, open_page, packs, publication, scrutiny
from governance.api.council_decisions import CallInViewSet, ConditionViewSet, CouncilDecisionViewSet
from governance.api.meetings import (
    AgendaItemViewSet,
    BodyMemberViewSet,
    MeetingViewSet,
    PaperViewSet,
)
from governance.api.reporting.editions import EditionViewSet
from governance.api.reporting.urls import urlpatterns as reporting_urls
from governance.api.views import BodyViewSet, DecisionViewSet

routes: list[tuple[str, Any, str]] = [
    ("bodies", BodyViewSet, "body"),
    ("body-members", BodyMemberViewSet, "body-member"),
    ("meetings", MeetingViewSet, "meeting"),
    ("agenda-items", AgendaItemViewSet, "agenda-item"),
    ("papers", PaperViewSet, "paper"),
    ("decisions", DecisionViewSet, "decision"),
    ("council-decisions", CouncilDecisionViewSet, "council-decision"),
    ("call-ins", CallInViewSet, "call-in"),
    ("conditions", ConditionViewSet, "condition"),
    ("scrutiny-recommendations", scrutiny.ScrutinyRecommendationViewSet, "scrutiny-recommendation"),
    ("scrutiny-responses", scrutiny.ScrutinyResponseViewSet, "scrutiny-response"),
    ("editions", EditionViewSet, "edition"),
    ("sent-bulletins", bulletins.SentBulletinViewSet, "sent-bulletin"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("programmes/<slug:key>/steering/", dashboards.SteeringView.as_view(), name="programme-steering"),
    path(
        "partnerships/<slug:key>/steering/",
        dashboards.PartnershipSteeringView.as_view(),
        name="partnership-steering",
    ),
    path("programmes/<slug:key>/equity/", equity.EquityView.as_view(), name="programme-equity"),
    path("programmes/<slug:key>/equity/notes/", equity.EquityNotesView.as_view(), name="equity-notes"),
    path("programmes/<slug:key>/equity/posts/", equity.PostsRemovedView.as_view(), name="equity-posts"),
    path("programmes/<slug:key>/public-page/", open_page.OpenPageView.as_view(), name="programme-open-page"),
    path("meetings/<int:pk>/pack/", packs.MeetingPackView.as_view(), name="meeting-pack"),
    path("meetings/<int:pk>/pack/open/", packs.MeetingPackOpenView.as_view(), name="meeting-pack-open"),
    *reporting_urls,
    path(
        "programmes/<slug:key>/published-case/",
        open_page.PublishedCaseView.as_view(),
        name="programme-published-case",
    ),
    # Monthly bulletins
    path(
        "programmes/<slug:key>/bulletins/",
        bulletins.ProgrammeBulletinsView.as_view(),
        name="programme-bulletins",
    ),
    path("bulletins/<int:pk>/", bulletins.BulletinView.as_view(), name="bulletin"),
    path("bulletins/<int:pk>/give-up/", bulletins.BulletinGiveUpView.as_view(), name="bulletin-give-up"),
    path("bulletins/<int:pk>/send/", bulletins.BulletinSendView.as_view(), name="bulletin-send"),
    path(
        "sent-bulletins/<int:pk>/correct/",
        bulletins.SentBulletinCorrectView.as_view(),
        name="sent-bulletin-correct",
    ),
    # What is withheld
    path(
        "programmes/<slug:key>/exempt-items/",
        publication.WithheldListView.as_view(),
        name="programme-exempt-items",
    ),
    path(
        "programmes/<slug:key>/exempt-accesses/",
        publication.AccessListView.as_view(),
        name="programme-exempt-accesses",
    ),
    path("exempt-items/<slug:kind>/<int:pk>/", publication.WithheldView.as_view(), name="exempt-item"),
    *(
        path(f"exempt-items/<slug:kind>/<int:pk>/{step}/", view.as_view(), name=f"exempt-item-{step}")
        for step, view in publication.STEPS.items()
    ),
]
