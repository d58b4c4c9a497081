from __future__ import annotations

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from annotations.preferences.queries import preference_of
from annotations.web.languages import remember


class NameAndPassword(AuthenticationForm):
    """One sentence for every wrong pair, so that nobody learns which names exist."""

    error_messages = {
        "invalid_login": _("This name and password do not belong together. Check both and try again."),
        "inactive": _("This name and password do not belong together. Check both and try again."),
    }


@method_decorator([sensitive_post_parameters("password"), never_cache], name="dispatch")
class SignIn(LoginView):
    template_name = "sign_in/page.html"
    authentication_form = NameAndPassword
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        answer = super().form_valid(form)
        chosen = preference_of(form.get_user()).language
        return remember(answer, chosen) if chosen else answer


sign_in = SignIn.as_view()
sign_out = LogoutView.as_view()
urlpatterns = [
    path("sign-in/", sign_in, name="sign-in"),
    path("sign-out/", sign_out, name="sign-out"),
]
