"""What the forms of the workbench page send. They clean; the rooms decide."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazily

from annotations.claims.models import Claim
from annotations.refusals import Incomplete


class WorkbenchForm(forms.Form):
    def cleaned_or_refuse(self) -> dict[str, Any]:
        """The cleaned values, or `Incomplete` with the sentences by field: the page shows refusals one way only."""
        if self.is_valid():
            return self.cleaned_data
        problems = {name: [str(sentence) for sentence in found] for name, found in self.errors.items()}
        raise Incomplete(_("Some of this cannot be right."), problems)


@dataclass(frozen=True)
class Facts:
    """What the small forms of a claim show. `open` names the one that came back with a refusal."""

    statement: str
    claimant: str
    is_claimant_unknown: bool
    attribution: str
    said_on: str
    is_date_unknown: bool
    type: str
    place: str
    original: str
    rows: list[dict[str, Any]]
    open: str


_QUANTITY = ("comparator", "value", "high", "unit", "per", "as_of", "text")


class ClaimForm(WorkbenchForm):
    """The facts of a claim, or some of them: `asks` names the fields that this form holds, all but figures if empty."""

    statement = forms.CharField(strip=False, required=False)
    claimant = forms.CharField(required=False)
    is_claimant_unknown = forms.BooleanField(required=False)
    attribution = forms.CharField(required=False)
    said_on = forms.DateField(
        required=False, error_messages={"invalid": lazily("Give the date as YYYY-MM-DD, or leave it empty.")}
    )
    is_date_unknown = forms.BooleanField(required=False)
    type = forms.CharField(required=False)
    place = forms.CharField(required=False)
    original = forms.CharField(required=False)

    @classmethod
    def of(cls, claim: Claim) -> ClaimForm:
        return cls(initial={name: getattr(claim, name) for name in cls.base_fields})

    @property
    def asked(self) -> list[str]:
        return str(self.data.get("asks", "")).split()

    def cleaned_or_refuse(self) -> dict[str, Any]:
        facts = super().cleaned_or_refuse()
        if not self.asked:
            return {name: value for name, value in facts.items() if name not in ("place", "original")}
        found = {name: value for name, value in facts.items() if name in self.asked}
        return found | ({"quantities": self.rows()} if "quantities" in self.asked else {})

    def rows(self) -> list[dict[str, str]]:
        """The figures as sent, row by row; those ticked to be taken away are left out."""
        data = self.data
        if not isinstance(data, QueryDict):
            return []
        gone = set(data.getlist("remove"))
        columns = [data.getlist(name)[:100] for name in _QUANTITY]
        rows = [dict(zip(_QUANTITY, cells, strict=True)) for cells in zip_longest(*columns, fillvalue="")]
        return [row for at, row in enumerate(rows) if str(at) not in gone]

    def facts(self, claim: Claim) -> Facts:
        """Typed values where this form came back, kept ones for all that it did not ask."""
        asked = self.asked if self.is_bound else []
        typed = {name: self[name].value() for name in asked if name in self.fields}
        kept = {name: typed.get(name, getattr(claim, name)) for name in self.base_fields}
        rows = self.rows() if "quantities" in asked else claim.quantities
        return Facts(**kept, rows=rows, open=asked[0] if asked else "")


class MarkForm(WorkbenchForm):
    """A selection made in the page, or words that were pasted: then only `exact` is there, and the server looks."""

    article_version = forms.IntegerField()
    exact = forms.CharField(
        strip=False, error_messages={"required": lazily("Select or paste the words of the claim.")}
    )
    start = forms.IntegerField(required=False)
    end = forms.IntegerField(required=False)
    prefix = forms.CharField(strip=False, required=False)  # type: ignore[assignment]
    suffix = forms.CharField(strip=False, required=False)
    statement = forms.CharField(required=False)


class SpanForm(WorkbenchForm):
    exact = forms.CharField(
        strip=False, error_messages={"required": lazily("Select or paste the words of the claim.")}
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

    def theirs_or_refuse(self) -> list[str]:
        """The fields for which the other version was chosen, after both were shown: `choose_reasons=theirs`.

        `differs` names the fields that were shown; each needs a choice, so that neither text goes by oversight.
        """
        data = self.data
        shown = [name for name in str(data.get("differs", "")).split() if name in self.base_fields]
        choices = {name: str(data.get(f"choose_{name}", "")) for name in shown}
        if undecided := [name for name, choice in choices.items() if choice not in ("theirs", "yours")]:
            problem = _("Choose theirs or yours for everything that differs; then save again.")
            raise Incomplete(problem, {name: [problem] for name in undecided[:1]})
        return [name for name, choice in choices.items() if choice == "theirs"]
