from __future__ import annotations

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from factcheck import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("api/schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(url_name="api-schema"), name="api-docs"),
    path("api/v1/", include("annotations.api.urls")),
    path("", include("annotations.web.urls")),
]
if settings.ADMIN_PATH:
    urlpatterns.insert(0, path(f"{settings.ADMIN_PATH}/", admin.site.urls))

handler400 = "factcheck.pages.bad_request"
handler403 = "factcheck.pages.forbidden"
handler404 = "factcheck.pages.not_found"
handler500 = "factcheck.pages.server_error"
