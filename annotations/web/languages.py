"""The language of the pages: as a person chose it, or else as the browser asks. The API speaks English always."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.locale import LocaleMiddleware
from django.urls import path
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from annotations.preferences.services import set_language
from annotations.web.answers import person_of, refusals_as_pages

_PROGRAMS = "/api/"


class LanguageMiddleware(LocaleMiddleware):
    """Programs compare words, so what they are told does not change with a header."""

    def process_request(self, request: HttpRequest) -> None:
        if not request.path_info.startswith(_PROGRAMS):
            super().process_request(request)
            return
        translation.activate("en")
        request.LANGUAGE_CODE = "en"

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:  # type: ignore[override]
        if request.path_info.startswith(_PROGRAMS):
            return response
        return super().process_response(request, response)  # type: ignore[return-value]


def remember(response: HttpResponse, language: str) -> HttpResponse:
    """Have the browser ask for pages in this language from now on."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return response


@require_POST
@refusals_as_pages
def choose_language(request: HttpRequest) -> HttpResponse:
    """For the browser, and for who is signed in also for mails and for other browsers. Back to where it was asked."""
    language = request.POST.get("language", "")
    if request.user.is_authenticated:
        set_language(person=person_of(request), language=language, by=person_of(request))
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    answer = HttpResponseRedirect(back)
    return remember(answer, language) if language in dict(settings.LANGUAGES) else answer


urlpatterns = [path("language/", choose_language, name="language")]
