"""Talking about a claim: threads, replies, rewording one's own, resolving, and what must be settled first."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from annotations.audit.services import recorded
from annotations.claims.models import Claim
from annotations.discussions.mentions import names_in
from annotations.discussions.models import Comment, Thread
from annotations.discussions.permissions import may_comment, may_reword, may_settle
from annotations.discussions.queries import mentioned_in
from annotations.people.models import User
from annotations.refusals import Incomplete, Stale
from annotations.sources.models import Evidence
from annotations.verdicts.models import Verdict
from annotations.words import tidy

LONGEST = 5_000
_KEY = 40


def start_thread(
    *,
    claim: Claim,
    text: str,
    by: User,
    anchor: str = Thread.Anchor.CLAIM,
    quote: str = "",
    evidence: Evidence | None = None,
    is_blocker: bool = False,
    key: str = "",
) -> Comment:
    """Begin a discussion; returns its first comment. The same `key` again is the same comment.

    `quote` are the words it is about: for REASONS they must stand in the newest verdict, for EVIDENCE they default to
    the words quoted from the source. Raises `Incomplete` for an anchor that the claim does not have.
    """
    may_comment(by, claim).or_refuse()
    words, key = _words(text), _checked_key(key)
    if sent := _sent_before(by, key, claim_id=claim.pk):
        return sent
    quote = _quote(claim, anchor, quote, evidence)
    with recorded(by=by, verb="start_thread"):
        try:
            with transaction.atomic():
                thread = Thread.objects.create(
                    workspace_id=claim.workspace_id,
                    claim=claim,
                    anchor=anchor,
                    quote=quote,
                    evidence=evidence,
                    is_blocker=is_blocker,
                    started_by=by,
                )
                return _say(thread, words, key, by)
        except IntegrityError:
            if (sent := _sent_before(by, key, claim_id=claim.pk)) is None:
                raise
            return sent


def reply(*, thread: Thread, text: str, by: User, key: str = "") -> Comment:
    """Say something in a thread, resolved or not. The same `key` again is the same comment."""
    may_comment(by, thread.claim).or_refuse()
    words, key = _words(text), _checked_key(key)
    if sent := _sent_before(by, key, claim_id=thread.claim_id):
        return sent
    with recorded(by=by, verb="reply"):
        try:
            with transaction.atomic():
                return _say(thread, words, key, by)
        except IntegrityError:
            if (sent := _sent_before(by, key, claim_id=thread.claim_id)) is None:
                raise
            return sent


def reword_comment(*, comment: Comment, version: int, text: str, by: User) -> Comment:
    """Change one's own words; the history keeps what they were. Raises `Stale` with both when it changed since."""
    may_reword(by, comment).or_refuse()
    words = _words(text)
    if words == comment.text and comment.version == version:
        return comment
    with recorded(by=by, verb="reword_comment"):
        done = Comment.objects.filter(pk=comment.pk, version=version).update(
            text=words,
            mentions=mentioned_in(comment.thread.claim, names_in(words)),
            edited_at=Now(),
            version=F("version") + 1,
        )
        comment.refresh_from_db()
    if not done:
        raise Stale(
            _("This comment was changed meanwhile, in another tab perhaps."),
            current={"text": comment.text},
            yours={"text": words},
            version=comment.version,
        )
    return comment


def resolve_thread(*, thread: Thread, is_resolved: bool, by: User) -> Thread:
    """Say that a discussion is settled, or open it again. Says a state, so it is safe to repeat."""
    may_settle(by, thread).or_refuse()
    with recorded(by=by, verb="resolve_thread" if is_resolved else "reopen_thread"):
        rows = Thread.objects.filter(pk=thread.pk, resolved_at__isnull=is_resolved)
        rows.update(resolved_at=Now() if is_resolved else None, resolved_by=by if is_resolved else None)
        thread.refresh_from_db()
    return thread


def set_blocker(*, thread: Thread, is_blocker: bool, by: User) -> Thread:
    """Say whether the claim may not be published before this is resolved. Says a state, so it is safe to repeat."""
    may_settle(by, thread).or_refuse()
    with recorded(by=by, verb="set_blocker"):
        Thread.objects.filter(pk=thread.pk).exclude(is_blocker=is_blocker).update(is_blocker=is_blocker)
        thread.refresh_from_db()
    return thread


def _say(thread: Thread, words: str, key: str, by: User) -> Comment:
    return Comment.objects.create(
        workspace_id=thread.workspace_id,
        thread=thread,
        author=by,
        text=words,
        mentions=mentioned_in(thread.claim, names_in(words)),
        key=key,
    )


def _words(text: str) -> str:
    words = tidy({"text": text}, {"text": LONGEST}, paragraphs=("text",))["text"]
    if not words:
        raise Incomplete(_("Write something first."), {"text": [_("Write something first.")]})
    return words


def _checked_key(key: str) -> str:
    return tidy({"key": key}, {"key": _KEY})["key"]


def _sent_before(by: User, key: str, *, claim_id: int) -> Comment | None:
    """The comment that was sent under this key already. A key that was used elsewhere is refused, not answered."""
    if not key:
        return None
    sent = Comment.objects.filter(author=by, key=key).select_related("thread").first()
    if sent is not None and sent.thread.claim_id != claim_id:
        raise Incomplete(
            _("Reload the page and try again: this form was sent before."), {"key": [_("Used before.")]}
        )
    return sent


def _quote(claim: Claim, anchor: str, quote: str, evidence: Evidence | None) -> str:
    quote = quote.replace("\r\n", "\n").strip()
    if anchor not in Thread.Anchor.values:
        raise Incomplete(
            _("Say what this is about."),
            {"anchor": [_("Choose one of: {choices}.").format(choices=", ".join(Thread.Anchor.values))]},
        )
    if anchor == Thread.Anchor.EVIDENCE:
        if evidence is None or evidence.claim_id != claim.pk:
            raise Incomplete(
                _("That source is not cited for this claim."), {"evidence": [_("Choose one of its sources.")]}
            )
        return quote[:LONGEST] or evidence.quote or evidence.source.title
    if evidence is not None:
        raise Incomplete(
            _("Only a discussion about a source names one."), {"evidence": [_("Leave this out.")]}
        )
    if anchor == Thread.Anchor.CLAIM:
        return claim.statement or claim.exact
    newest = Verdict.objects.filter(claim=claim).order_by("-number").values_list("reasons", flat=True).first()
    if not quote or quote not in (newest or ""):
        problem = _("These words do not stand in the reasons as they are now. Choose the sentence again.")
        raise Incomplete(problem, {"quote": [problem]})
    return quote
