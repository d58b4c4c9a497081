"""What the forms of the sources list send: what a source says about the claim, and the source itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from annotations.sources.models import Evidence, Source
from annotations.web.workbench_forms import WorkbenchForm

FIGURE = ("value", "high", "unit", "per", "as_of", "method")
_ALWAYS = ("stance", "quote", "is_primary", "origin")
_TICKS = ("is_apart", "describes_claim_time")
_NO_DAY = {"invalid": _("Give the date as YYYY-MM-DD, or leave it empty.")}


class EvidenceForm(WorkbenchForm):
    """A form that does not send `locator` holds the first four fields only: the others stay as they are."""

    stance = forms.CharField(required=False, initial=Evidence.Stance.SUPPORTS)
    quote = forms.CharField(required=False, strip=False)
    is_primary = forms.BooleanField(required=False)
    origin = forms.CharField(required=False)
    is_apart = forms.BooleanField(required=False)
    locator = forms.CharField(required=False)
    stance_reason = forms.CharField(required=False)
    how_found = forms.CharField(required=False)
    accessed_on = forms.DateField(required=False, error_messages=_NO_DAY)
    describes_claim_time = forms.BooleanField(required=False)

    @classmethod
    def of(cls, evidence: Evidence) -> EvidenceForm:
        form = cls(initial={name: getattr(evidence, name) for name in cls.base_fields})
        form.kept = evidence
        return form

    kept: Evidence | None = None

    def cleaned_or_refuse(self) -> dict[str, Any]:
        facts = super().cleaned_or_refuse()
        is_whole = "locator" in self.data
        names = [
            name for name in facts if name in _ALWAYS or name in self.data or (is_whole and name in _TICKS)
        ]
        facts = {name: facts[name] for name in names}
        data = self.data
        if isinstance(data, QueryDict) and "figure_value" in data:
            facts["figure"] = {name: data.get(f"figure_{name}", "") for name in FIGURE}
        if isinstance(data, QueryDict) and "sets" in data:
            facts["sets"] = self.sets
        return facts

    @property
    def sets(self) -> list[int]:
        """The sets that are ticked: as sent, else as kept."""
        if self.is_bound and isinstance(self.data, QueryDict):
            return [int(one) for one in self.data.getlist("sets") if one.isdecimal() and len(one) < 3]
        return self.kept.sets if self.kept else [1]

    @property
    def figure(self) -> dict[str, str]:
        if self.is_bound:
            return {name: str(self.data.get(f"figure_{name}", "")) for name in FIGURE}
        return self.kept.figure if self.kept else {}


class SourceFields(forms.Form):
    title = forms.CharField(required=False)
    publisher = forms.CharField(required=False)
    author = forms.CharField(required=False)
    published_on = forms.DateField(required=False, error_messages=_NO_DAY)
    type = forms.CharField(required=False, initial=Source.Type.OTHER)
    language = forms.CharField(required=False)

    def clean_type(self) -> str:
        return self.cleaned_data["type"] or Source.Type.OTHER


class SourceForm(EvidenceForm, SourceFields):
    """A new source with what it says about the claim."""

    url = forms.CharField(required=False)

    def cleaned_or_refuse(self) -> dict[str, Any]:
        names = ("title", "publisher", "author", "published_on", "type", "language", "url")
        facts = super().cleaned_or_refuse()
        return facts | {name: self.cleaned_data[name] for name in names}


class RegistryForm(WorkbenchForm, SourceFields):
    """What the registry says about a source."""

    licence = forms.CharField(required=False)
    conflict_note = forms.CharField(required=False)

    @classmethod
    def of(cls, source: Source) -> RegistryForm:
        return cls(initial={name: getattr(source, name) for name in cls.base_fields})
