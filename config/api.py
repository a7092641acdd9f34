"""The API's root: the routes of every floor, its token, its schema and the schema's documentation page."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.authtoken.views import ObtainAuthToken
from rest_framework.parsers import FormParser, MultiPartParser
from rest_framework.routers import SimpleRouter

from accounts.api.urls import routes as accounts_routes
from accounts.api.urls import urlpatterns as accounts_urls
from benefits.api.urls import routes as benefits_routes
from benefits.api.urls import urlpatterns as benefits_urls
from core.api.parsers import JsonParser
from governance.api.urls import routes as governance_routes
from governance.api.urls import urlpatterns as governance_urls
from programme.api.urls import routes as programme_routes
from programme.api.urls import urlpatterns as programme_urls
from services.api.urls import routes as services_routes
from services.api.urls import urlpatterns as services_urls

app_name = "api"

router = SimpleRouter()
for prefix, viewset, basename in [
    *accounts_routes,
    *programme_routes,
    *services_routes,
    *benefits_routes,
    *governance_routes,
]:
    router.register(prefix, viewset, basename)

urlpatterns = [
    path("", include(router.urls)),
    *accounts_urls,
    *programme_urls,
    *services_urls,
    *benefits_urls,
    *governance_urls,
    path(
        "token/",
        ObtainAuthToken.as_view(parser_classes=[FormParser, MultiPartParser, JsonParser]),
        name="token",
    ),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="api:schema"), name="docs"),
]
