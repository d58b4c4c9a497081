from django.apps import AppConfig
from django.core import checks
from django.utils import translation

from annotations import tongue


class AnnotationsConfig(AppConfig):
    name = "annotations"
    verbose_name = "Fact-check annotations"

    def ready(self) -> None:
        tongue.plug_in(translation.gettext, translation.ngettext, lambda: translation.get_language() or "en")
        from annotations.checks import fetching_stays_outside

        checks.register(fetching_stays_outside)
