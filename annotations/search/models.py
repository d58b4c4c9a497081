from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from annotations.claims.models import Claim
from annotations.people.models import Workspace


class SearchDocument(models.Model):
    """What can be found of one claim, made by triggers in the transaction that changes it, and remade at will.

    `words` holds the wording, the exact words, the claimant, headline and outlet of the article, and quotes, titles and
    publishers of its sources; `all_words` holds the reasons of its newest verdict as well. `rating` and `qualifiers`
    are those of that verdict. Lower case and without accents.
    """

    claim = models.OneToOneField(Claim, primary_key=True, on_delete=models.PROTECT, related_name="document")
    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    rating = models.CharField(max_length=20, blank=True)
    qualifiers = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    words = SearchVectorField()
    all_words = SearchVectorField()

    class Meta:
        indexes = [
            GinIndex(name="search_words", fields=["words"]),
            GinIndex(name="search_all_words", fields=["all_words"]),
            models.Index(name="search_rating", fields=["workspace", "rating"]),
        ]

    def __str__(self) -> str:
        return f"words of claim {self.pk}"
