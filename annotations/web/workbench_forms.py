"""What the forms of the workbench page send. They clean; the rooms decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from annotations.claims.models import Claim
from annotations.refusals import Incomplete
from annotations.sources.models import Evidence, Source


class WorkbenchForm(forms.Form):
    def cleaned_or_refuse(self) -> dict[str, Any]:
        """The cleaned values, or `Incomplete` with the sentences by field: the page shows refusals one way only."""
        if self.is_valid():
            return self.cleaned_data
        problems = {name: [str(sentence) for sentence in found] for name, found in self.errors.items()}
        raise Incomplete("Some of this cannot be right.", problems)


class ClaimForm(WorkbenchForm):
    statement = forms.CharField(strip=False, required=False)
    claimant = forms.CharField(required=False)
    is_claimant_unknown = forms.BooleanField(required=False)
    attribution = forms.CharField(required=False)
    said_on = forms.DateField(
        required=False, error_messages={"invalid": "Give the date as YYYY-MM-DD, or leave it empty."}
    )
    is_date_unknown = forms.BooleanField(required=False)
    type = forms.CharField(required=False)

    @classmethod
    def of(cls, claim: Claim) -> ClaimForm:
        return cls(initial={name: getattr(claim, name) for name in cls.base_fields})


class MarkForm(WorkbenchForm):
    """A selection made in the page, or words that were pasted: then only `exact` is there, and the server looks."""

    article_version = forms.IntegerField()
    exact = forms.CharField(
        strip=False, error_messages={"required": "Select or paste the words of the claim."}
    )
    start = forms.IntegerField(required=False)
    end = forms.IntegerField(required=False)
    prefix = forms.CharField(strip=False, required=False)  # type: ignore[assignment]
    suffix = forms.CharField(strip=False, required=False)
    statement = forms.CharField(required=False)


class SpanForm(WorkbenchForm):
    exact = forms.CharField(
        strip=False, error_messages={"required": "Select or paste the words of the claim."}
    )
    start = forms.IntegerField(required=False)
    end = forms.IntegerField(required=False)
    prefix = forms.CharField(strip=False, required=False)  # type: ignore[assignment]
    suffix = forms.CharField(strip=False, required=False)


class VerdictForm(WorkbenchForm):
    rating = forms.CharField(required=False)
    qualifiers = forms.Field(required=False, widget=forms.SelectMultiple)
    confidence = forms.CharField(required=False)
    gaps = forms.CharField(required=False, strip=False)
    reasons = forms.CharField(required=False, strip=False)

    def clean_qualifiers(self) -> list[str]:
        return self.data.getlist("qualifiers") if isinstance(self.data, QueryDict) else []


class EvidenceForm(WorkbenchForm):
    stance = forms.CharField(required=False, initial=Evidence.Stance.SUPPORTS)
    quote = forms.CharField(required=False, strip=False)
    is_primary = forms.BooleanField(required=False)
    origin = forms.CharField(required=False)

    @classmethod
    def of(cls, evidence: Evidence) -> EvidenceForm:
        return cls(initial={name: getattr(evidence, name) for name in cls.base_fields})


class SourceForm(EvidenceForm):
    url = forms.CharField(required=False)
    title = forms.CharField(required=False)
    publisher = forms.CharField(required=False)
    author = forms.CharField(required=False)
    published_on = forms.DateField(
        required=False, error_messages={"invalid": "Give the date as YYYY-MM-DD, or leave it empty."}
    )
    type = forms.CharField(required=False, initial=Source.Type.OTHER)

    def clean_type(self) -> str:
        return self.cleaned_data["type"] or Source.Type.OTHER
