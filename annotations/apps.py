from django.apps import AppConfig
from django.core import checks


class AnnotationsConfig(AppConfig):
    name = "annotations"
    verbose_name = "Fact-check annotations"

    def ready(self) -> None:
        from annotations.checks import fetching_stays_outside

        checks.register(fetching_stays_outside)
