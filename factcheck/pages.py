"""What every page needs from the project: the nonce, the error pages, the address of the person asking."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject


def csp_nonce(request: HttpRequest) -> dict[str, object]:
    """`csp_nonce` for templates; the name that htmx's script tag looks for.

    Lazy, because a nonce that was read is also sent, and most pages need none.
    """
    return {"csp_nonce": SimpleLazyObject(lambda: getattr(request, "csp_nonce", ""))}


def client_address(request: HttpRequest) -> str:
    """The address that our own outermost proxy saw.

    X-Forwarded-For grows to the right and anybody can send its left part, so we count from the right, and
    only as many steps as there are proxies of ours.
    """
    peer: str = request.META.get("REMOTE_ADDR", "")
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    proxies: int = settings.TRUSTED_PROXIES
    return hops[-min(proxies, len(hops))] if proxies and hops else peer


def locked_out(request: HttpRequest, response: object = None, credentials: object = None) -> HttpResponse:
    """After too many wrong passwords. The answer is the same whether the name exists or not."""
    reason = "Too many wrong passwords. Wait a quarter of an hour, then try again."
    if request.path.startswith("/api/"):
        return JsonResponse(
            {"title": reason, "status": 429}, status=429, content_type="application/problem+json"
        )
    return render(request, "errors/403.html", {"reason": reason}, status=429)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", {"reason": str(exception or "")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without the request: context processors would ask the database, which may be what is
    broken.
    """
    return render(None, "errors/500.html", status=500)
