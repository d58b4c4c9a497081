"""One's own steps on an article, taken back and done again; and the keys of a person."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.response import Response

from annotations.api.describing import operation
from annotations.api.fields import Asked, Versioned, Words, read
from annotations.api.resource import PersonRequest, Resource
from annotations.articles.models import Article
from annotations.preferences.keymap import Mode
from annotations.preferences.models import Preference
from annotations.preferences.queries import preference_of
from annotations.preferences.services import set_language, set_preferences
from annotations.steps.queries import steps_of
from annotations.steps.services import Turn, redo_step, undo_step
from annotations.tasks import ring_comparing

_TAG = "steps"


class StepShape(serializers.Serializer[Any]):
    """One step of yours. `why_not` says who changed what since, and is empty when it can be taken back."""

    step = serializers.UUIDField(source="key")
    at = serializers.DateTimeField()
    said = serializers.CharField(help_text="What you did, in words.")
    claims = serializers.ListField(child=serializers.IntegerField())
    is_possible = serializers.BooleanField()
    why_not = serializers.CharField()


class StepsShape(serializers.Serializer[Any]):
    """The newest first."""

    done = StepShape(many=True, help_text="What `undo` can take back.")
    undone = StepShape(many=True, help_text="What `redo` can do again.")


class LeftShape(serializers.Serializer[Any]):
    claim = serializers.IntegerField()
    reason = serializers.CharField()


class TurnShape(serializers.Serializer[Any]):
    """The claims that are as they were, and those of a step over many that were left as they are."""

    claims = serializers.ListField(child=serializers.IntegerField())
    left = LeftShape(many=True)


class PreferenceShape(serializers.ModelSerializer[Preference]):
    keys = serializers.DictField(child=serializers.CharField(), help_text="Standard key → own key.")

    class Meta:
        model = Preference
        fields = ("keys", "mode", "after_accepting", "language", "version")


class AskedTurn(Asked):
    step = serializers.UUIDField(required=False, help_text="From the list; the newest one by default.")


class Steps(Resource):
    @operation("steps_list", tag=_TAG, answers=StepsShape, refused=(404,))
    def get(self, request: PersonRequest, pk: int) -> Response:
        """Your last twelve steps on an article, and those that you took back."""
        return self.one(request, steps_of(request.user, _article(request, pk)), StepsShape)


class UndoSteps(Resource):
    @operation("steps_undo", tag=_TAG, asks=AskedTurn, answers=TurnShape, refused=(403, 404, 409))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Take your last step on an article back, whatever it was, or the one that you name."""
        article = _article(request, pk)
        turn = undo_step(article=article, by=request.user, **read(AskedTurn, request))
        return _turned(self, request, article, turn)


class RedoSteps(Resource):
    @operation("steps_redo", tag=_TAG, asks=AskedTurn, answers=TurnShape, refused=(403, 404, 409))
    def post(self, request: PersonRequest, pk: int) -> Response:
        """Do again what you took back last, as long as you did nothing new since."""
        article = _article(request, pk)
        turn = redo_step(article=article, by=request.user, **read(AskedTurn, request))
        return _turned(self, request, article, turn)


class Language(Resource):
    class AskedLanguage(Asked):
        language = serializers.ChoiceField(settings.LANGUAGES)

    @operation("language_set", tag=_TAG, asks=AskedLanguage, answers=PreferenceShape, refused=(422,))
    def put(self, request: PersonRequest) -> Response:
        """The language of your pages and mails. Answers of this API stay English."""
        asked = read(self.AskedLanguage, request)
        set_language(person=request.user, by=request.user, **asked)
        return self.one(request, preference_of(request.user), PreferenceShape)


class Preferences(Resource):
    class AskedPreferences(Versioned):
        keys = serializers.DictField(child=Words(max_length=20), help_text="Standard key → own key.")
        mode = serializers.ChoiceField([mode.value for mode in Mode])
        after_accepting = serializers.ChoiceField(Preference.After.choices)

    @operation("preferences_get", tag=_TAG, answers=PreferenceShape)
    def get(self, request: PersonRequest) -> Response:
        """How you like to work. Version 0 is the standard, which nobody changed yet."""
        return self.one(request, preference_of(request.user), PreferenceShape)

    @operation("preferences_set", tag=_TAG, asks=AskedPreferences, answers=PreferenceShape, refused=(422,))
    def put(self, request: PersonRequest) -> Response:
        """Change your keys, how they are pressed, and what comes after accepting. Empty `keys` are the standard."""
        asked = read(self.AskedPreferences, request)
        saved = set_preferences(person=request.user, by=request.user, **asked)
        return self.one(request, saved, PreferenceShape)


def _article(request: PersonRequest, pk: int) -> Article:
    return get_object_or_404(Article.objects.visible_to(request.user), pk=pk)


def _turned(view: Resource, request: PersonRequest, article: Article, turn: Turn) -> Response:
    ring_comparing(article.workspace_id)
    left = [{"claim": claim, "reason": reason} for claim, reason in turn.left.items()]
    return view.one(request, {"claims": turn.claims, "left": left}, TurnShape)
