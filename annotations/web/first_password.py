"""Where the signed link leads that an admin hands over: a person chooses their password."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpResponse
from django.urls import path, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from annotations.people.models import User
from annotations.people.services import set_password


class PasswordForm(SetPasswordForm):  # type: ignore[type-arg]
    def save(self, commit: bool = True) -> User:
        return set_password(person=self.user, password=self.cleaned_data["new_password1"])


@method_decorator([sensitive_post_parameters(), never_cache], name="dispatch")
class FirstPassword(PasswordResetConfirmView):
    """Django keeps the token out of the address of the form, so that no link on the page gives it away."""

    template_name = "people/set_password.html"
    form_class = PasswordForm
    success_url = reverse_lazy("sign-in")

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(self.request, _("Your password is set. Sign in with it."))
        return super().form_valid(form)


urlpatterns = [path("set-password/<uidb64>/<token>/", FirstPassword.as_view(), name="set-password")]
