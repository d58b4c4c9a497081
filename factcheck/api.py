"""What the API's libraries are told. Nothing here reads the environment: `settings.py` hands it in."""

from __future__ import annotations

from typing import Any


def rest_framework(*, is_browsable: bool, proxies: int) -> dict[str, Any]:
    """What Django REST framework's setting wants. `proxies` in front of us say who asks, no more than that many."""
    return {
        "DEFAULT_AUTHENTICATION_CLASSES": [
            "knox.auth.TokenAuthentication",
            "rest_framework.authentication.SessionAuthentication",
        ],
        "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
        "DEFAULT_RENDERER_CLASSES": [
            "rest_framework.renderers.JSONRenderer",
            *(["rest_framework.renderers.BrowsableAPIRenderer"] if is_browsable else []),
        ],
        "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
        "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
        "DEFAULT_PAGINATION_CLASS": "annotations.api.paging.Pages",
        "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
        "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.ScopedRateThrottle"],
        "DEFAULT_THROTTLE_RATES": {"sign-in": "20/min"},
        "EXCEPTION_HANDLER": "annotations.api.errors.handle",
        "NUM_PROXIES": proxies,
        "TEST_REQUEST_DEFAULT_FORMAT": "json",
    }


DESCRIPTION: dict[str, Any] = {
    "TITLE": "Fact-check workbench",
    "DESCRIPTION": "Articles, the claims in them, the evidence for and against, and the verdicts of two people.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    # Two things have a `type`; without names of their own the description would number them.
    "ENUM_NAME_OVERRIDES": {
        "ClaimType": "annotations.claims.models.Claim.Type",
        "SourceType": "annotations.sources.models.Source.Type",
        "Reliability": "annotations.sources.models.Reliability",
        "FlagKind": "annotations.flags.models.Flag.Kind",
        "MatchStatus": "annotations.precedents.models.Match.Status",
        "ClaimStatus": "annotations.claims.models.STATUSES",
        "NoticeKind": "annotations.notices.kinds.KINDS",
        "ChangeKind": "annotations.live.changes.KINDS",
        "JobState": "annotations.jobs.models.Job.State",
    },
}
