"""From the history to notices: who is told of which entry. Reading it twice tells nobody twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from annotations.articles.models import Article, ArticleVersion
from annotations.audit.models import AuditEntry, AuditHead
from annotations.claims.lifecycle import Status
from annotations.claims.models import Claim
from annotations.claims.queries import changed_words
from annotations.discussions.models import Comment
from annotations.jobs.models import Job
from annotations.notices.kinds import Kind
from annotations.notices.models import Notice, NoticeBookmark
from annotations.notices.queries import choices_of
from annotations.people.models import Membership, User
from annotations.people.roles import Role
from annotations.reviews.models import Publication, Review
from annotations.verdicts.queries import contributors

_ROUND = 500
_JOBS_BACK = timedelta(minutes=10)
# Whoever is named in one of these columns was given the thing by somebody else.
GIVEN_TO = ("reviewer_id", "assigned_to_id", "assignee_id", "second_reviewer_id")
_DECISIONS = {Review.Decision.CHANGES.value: Kind.CHANGES_ASKED}
_TOLD = (
    Q(table_name=Comment._meta.db_table)
    | Q(table_name=Review._meta.db_table, action="INSERT")
    | Q(table_name=Publication._meta.db_table, action="INSERT")
    | Q(table_name=ArticleVersion._meta.db_table, action="INSERT", after__number__gt=1)
    | Q(
        table_name__in=[Claim._meta.db_table, Article._meta.db_table],
        action="UPDATE",
        after__has_any_keys=list(GIVEN_TO),
    )
)


@dataclass(frozen=True)
class _Draft:
    person_id: int
    kind: Kind
    code: str
    article_id: int
    claim_id: int | None = None
    thread_id: int | None = None
    words: str = ""


def notice_changes() -> int:
    """Make notices of what is new in every desk's history and of extraction that ended. How many were made.

    The bookmark of a desk is locked meanwhile: two workers at once do it one after the other.
    """
    made = 0
    known = dict(NoticeBookmark.objects.values_list("workspace_id", "seq"))
    heads = AuditHead.objects.exclude(workspace_id=0).values_list("workspace_id", "seq")
    for workspace_id, seq in heads:
        while known.get(workspace_id, 0) < seq:
            read, more = _read_on(workspace_id)
            made += more
            if read <= known.get(workspace_id, 0):
                break
            known[workspace_id] = read
    return made + _notice_jobs()


@transaction.atomic
def _read_on(workspace_id: int) -> tuple[int, int]:
    """One round of a desk: up to where it was read, and how many notices came of it."""
    NoticeBookmark.objects.get_or_create(workspace_id=workspace_id)
    mark = NoticeBookmark.objects.select_for_update().get(workspace_id=workspace_id)
    entries = AuditEntry.objects.filter(workspace_id=workspace_id, seq__gt=mark.seq)
    last = entries.order_by("seq").values_list("seq", flat=True)[_ROUND - 1 : _ROUND].first()
    end = last or entries.order_by("-seq").values_list("seq", flat=True).first() or mark.seq
    made = 0
    for entry in entries.filter(_TOLD, seq__lte=end).order_by("seq"):
        made += _tell(
            _drafts(entry), workspace_id, entry.actor_id, entry.at, f"entry {workspace_id} {entry.seq}"
        )
    NoticeBookmark.objects.filter(pk=mark.pk).update(seq=end)
    return end, made


def _drafts(entry: AuditEntry) -> Iterator[_Draft]:
    after: dict[str, Any] = entry.after or {}
    before: dict[str, Any] = entry.before or {}
    if entry.table_name == Comment._meta.db_table:
        yield from _of_comment(entry, after, before)
    elif entry.table_name == Review._meta.db_table:
        yield from _of_review(after)
    elif entry.table_name == Publication._meta.db_table:
        claim = Claim.objects.get(pk=after["claim_id"])
        for person_id in _hands(claim):
            yield _about(claim, person_id, Kind.PUBLISHED, after["kind"])
    elif entry.table_name == ArticleVersion._meta.db_table:
        yield from _of_version(entry)
    elif entry.table_name == Claim._meta.db_table:
        yield from _of_claim(entry, after, before)
    else:
        article = Article.objects.get(pk=int(entry.row_id))
        for person_id in _given(after):
            yield _Draft(person_id, Kind.ASSIGNED, "ARTICLE_GIVEN", article.pk, words=article.headline[:300])


def _of_comment(entry: AuditEntry, after: dict[str, Any], before: dict[str, Any]) -> Iterator[_Draft]:
    """Who is named in it; and, when it is new, who spoke there before and whose claim it is."""
    if entry.action == "UPDATE" and "mentions" not in after:
        return
    comment = Comment.objects.select_related("thread__claim").get(pk=int(entry.row_id))
    claim, thread = comment.thread.claim, comment.thread
    more = {"thread_id": thread.pk, "words": comment.text[:300]}
    named = set(after.get("mentions") or []) - set(before.get("mentions") or [])
    for person_id in sorted(named):
        yield _about(claim, person_id, Kind.MENTIONED, "MENTIONED", **more)
    if entry.action != "INSERT":
        return
    earlier = Comment.objects.filter(thread=thread, pk__lt=comment.pk)
    spoke = set(earlier.values_list("author_id", flat=True)) - named
    for person_id in sorted(spoke):
        yield _about(claim, person_id, Kind.REPLIED, "REPLIED", **more)
    if claim.reviewer_id and claim.reviewer_id not in spoke | named:
        yield _about(claim, claim.reviewer_id, Kind.REPLIED, "COMMENTED", **more)


def _of_version(entry: AuditEntry) -> Iterator[_Draft]:
    """When the words of a claim that was checked are not as they were: its hands, and the editors of the desk."""
    changed = changed_words().filter(article_version=int(entry.row_id)).select_related("claim").order_by("pk")
    claims = [anchor.claim for anchor in changed]
    if not claims:
        return
    people = {person_id for claim in claims for person_id in _hands(claim)}
    editors = Membership.objects.filter(workspace_id=entry.workspace_id, is_active=True)
    people |= set(editors.filter(role__in=[Role.EDITOR, Role.ADMIN]).values_list("user_id", flat=True))
    for person_id in sorted(people):
        yield _about(claims[0], person_id, Kind.TEXT_CHANGED, "TEXT_CHANGED")


def _of_review(after: dict[str, Any]) -> Iterator[_Draft]:
    decision = after["decision"]
    claim = Claim.objects.get(pk=after["claim_id"])
    for person_id in _hands(claim):
        kind = _DECISIONS.get(decision, Kind.DECIDED)
        yield _about(claim, person_id, kind, decision, words=after.get("note") or claim.statement)


def _of_claim(entry: AuditEntry, after: dict[str, Any], before: dict[str, Any]) -> Iterator[_Draft]:
    claim = Claim.objects.get(pk=int(entry.row_id))
    given = _given(after)
    for person_id in given:
        yield _about(claim, person_id, Kind.ASSIGNED, "CLAIM_GIVEN")
    lost = before.get("reviewer_id")
    # Giving one's claim back by undoing is no taking over.
    if lost and after.get("reviewer_id") and claim.status != Status.CANDIDATE:
        is_taken = after["reviewer_id"] == entry.actor_id
        yield _about(claim, lost, Kind.TAKEN_OVER, "TAKEN_OVER" if is_taken else "GIVEN_AWAY")


def _hands(claim: Claim) -> list[int]:
    """Whoever worked on the verdict: the reviewer, its authors, and who cited sources for it."""
    return sorted(contributors(claim) | ({claim.reviewer_id} if claim.reviewer_id else set()))


def _given(after: dict[str, Any]) -> list[int]:
    return sorted({after[name] for name in GIVEN_TO if isinstance(after.get(name), int)})


def _about(claim: Claim, person_id: Any, kind: Kind, code: str, **more: Any) -> _Draft:
    more.setdefault("words", claim.statement or claim.exact)
    more["words"] = more["words"][:300]
    return _Draft(person_id, kind, code, claim.article_id, claim.pk, **more)


def _notice_jobs() -> int:
    """Extraction that ended lately, for whoever added the article. Work is not in the history, so it is read itself."""
    versions = ArticleVersion.objects.filter(
        extraction__kind=Job.Kind.EXTRACT_CLAIMS,
        extraction__state__in=[Job.State.DONE, Job.State.FAILED],
        extraction__finished_at__gte=timezone.now() - _JOBS_BACK,
        article__added_by__isnull=False,
    )
    found = list(versions.select_related("article", "extraction").defer("text").order_by("pk")[:_ROUND])
    sources = {_source_of(version.extraction): version for version in found}
    known = Notice.objects.filter(source__in=sources).values_list("source", flat=True)
    chosen = choices_of({version.article.added_by_id for version in found if version.article.added_by_id})
    for source in known:
        sources.pop(source, None)
    made = 0
    for source, version in sources.items():
        article, job = version.article, version.extraction
        assert article.added_by_id is not None and job.finished_at is not None
        choice = chosen[article.added_by_id][Kind.EXTRACTION]
        if choice.is_shown or choice.mail.wait is not None:
            words = job.reason if job.state == Job.State.FAILED else article.headline
            code = _outcome(job, article)
            draft = _Draft(article.added_by_id, Kind.EXTRACTION, code, article.pk, words=words[:300])
            made += _tell([draft], article.workspace_id, None, job.finished_at, source)
    return made


def _source_of(job: Job) -> str:
    assert job.finished_at is not None, "only work that ended is told of"
    return f"job {job.pk} {job.finished_at.timestamp():.3f}"


def _outcome(job: Job, article: Article) -> str:
    if job.state == Job.State.FAILED:
        return "FAILED"
    return "FOUND" if Claim.objects.filter(article=article).put_forward().exists() else "FOUND_NONE"


def _tell(
    drafts: Iterable[_Draft], workspace_id: int, actor_id: int | None, at: datetime, source: str
) -> int:
    """Write the notices, one a person and source: never for one's own action, only to the desk's people who want it."""
    wanted: dict[int, _Draft] = {}
    for draft in drafts:
        if draft.person_id != actor_id:
            wanted.setdefault(draft.person_id, draft)
    if not wanted:
        return 0
    members = Membership.objects.filter(workspace_id=workspace_id, is_active=True, user__is_active=True)
    people = set(members.filter(user_id__in=wanted).values_list("user_id", flat=True))
    chosen = choices_of(people)
    actor = actor_id if actor_id and User.objects.filter(pk=actor_id).exists() else None
    rows = []
    for person_id in sorted(people):
        draft, choice = wanted[person_id], chosen[person_id][wanted[person_id].kind]
        if not choice.is_shown and choice.mail.wait is None:
            continue
        rows.append(
            Notice(
                workspace_id=workspace_id,
                person_id=person_id,
                kind=draft.kind.value,
                code=draft.code,
                article_id=draft.article_id,
                claim_id=draft.claim_id,
                thread_id=draft.thread_id,
                actor_id=actor,
                words=draft.words,
                source=source,
                created_at=at,
                is_shown=choice.is_shown,
                mail_by=None if choice.mail.wait is None else at + choice.mail.wait,
            )
        )
    before = Notice.objects.filter(source=source).count()
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    made = Notice.objects.filter(source=source).count() - before
    if made:
        tell_tabs(row.person_id for row in rows)
    return made


def tell_tabs(people: Iterable[int]) -> None:
    """Let the open pages of these people look at their notices again."""
    with connection.cursor() as cursor:
        for person_id in sorted(set(people)):
            cursor.execute("SELECT pg_notify('factcheck', %s)", [f"notice {person_id}"])


def forget_notices() -> int:
    """Delete read notices after 30 days and all others after 180. How many went."""
    now = timezone.now()
    old = Q(read_at__lt=now - timedelta(days=30)) | Q(created_at__lt=now - timedelta(days=180))
    return Notice.objects.filter(old).delete()[0]
