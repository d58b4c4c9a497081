"""Keeping what people decide as labelled data. Steps of the verbs that decide, inside their `recorded` block."""

from __future__ import annotations

import bisect

from annotations.articles.models import ArticleVersion
from annotations.articles.text import paragraphs
from annotations.claims import spans
from annotations.claims.extraction.engine import EXTRACTOR
from annotations.claims.extraction.sentences import sentences, sentences_within
from annotations.claims.models import Claim, Label
from annotations.claims.worth import TAKES_BACK, Decision
from annotations.jobs.models import Job
from annotations.people.models import User


def record_label(*, claim: Claim, decision: Decision, by: User, reason: str = "") -> Label:
    """Write down what was decided about the claim as it stands now, with what was on screen.

    Of a sample the weight is worked out here: how many sentences of the version nothing was proposed in, for each one
    that was drawn.
    """
    version = claim.article_version
    sentence_start, sentence_end = _around(version.text, claim.start, claim.end)
    return Label.objects.create(
        workspace_id=claim.workspace_id,
        article_id=claim.article_id,
        article_version=version,
        claim=claim,
        start=claim.start,
        end=claim.end,
        sentence_start=sentence_start,
        sentence_end=sentence_end,
        decision=decision.value,
        reason=reason,
        extractor=_missed_by(claim) if claim.is_by_hand else claim.extractor,
        calibration=claim.calibration,
        score=claim.score,
        rank=claim.rank,
        type=claim.type,
        is_sample=claim.is_sample,
        is_by_hand=claim.is_by_hand,
        weight=_stands_for(version) if claim.is_sample else 1.0,
        decided_by=by,
    )


def take_back_label(*, claim: Claim, decision: Decision, by: User) -> None:
    """The claim's newest standing decision no longer counts; the one before it does again. None there, none taken."""
    earlier = Label.objects.standing().filter(claim=claim).first()
    if earlier is None:
        return
    Label.objects.create(
        workspace_id=earlier.workspace_id,
        article_id=earlier.article_id,
        article_version_id=earlier.article_version_id,
        claim=claim,
        start=earlier.start,
        end=earlier.end,
        sentence_start=earlier.sentence_start,
        sentence_end=earlier.sentence_end,
        decision=decision.value,
        takes_back=earlier,
        extractor=earlier.extractor,
        calibration=earlier.calibration,
        score=earlier.score,
        rank=earlier.rank,
        type=earlier.type,
        is_sample=earlier.is_sample,
        is_by_hand=earlier.is_by_hand,
        weight=earlier.weight,
        decided_by=by,
    )


def answer_label(*, label: Label, by: User) -> None:
    """What undoing a step does to the decision that it wrote down: a decision no longer counts, and one that was taken
    back is written down again as it was."""
    if label.decision not in TAKES_BACK:
        take_back_label(claim=label.claim, decision=Decision.UNDONE, by=by)
    elif label.takes_back is not None:
        earlier = label.takes_back
        record_label(claim=label.claim, decision=Decision(earlier.decision), reason=earlier.reason, by=by)


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """From the beginning of the sentence that holds `start` to the end of the one that holds the last character."""
    first, last = start, end
    for block_start, block_end in paragraphs(text):
        if block_end <= start or block_start >= end:
            continue
        for one_start, one_end in sentences_within(text, block_start, block_end):
            if one_start < end and one_end > start:
                first, last = min(first, one_start), max(last, one_end)
    return first, last


def _missed_by(claim: Claim) -> str:
    """The extractor that had read the text and did not propose these words; empty when it is no miss."""
    proposals = Claim.objects.filter(
        article_version=claim.article_version_id, is_sample=False, proposed_start__isnull=False
    )
    words, extractor = (claim.start, claim.end), ""
    for start, end, name in proposals.values_list("proposed_start", "proposed_end", "extractor"):
        if start is not None and end is not None and spans.alike(words, (start, end)):
            return ""
        # Another model may have proposed beside this one; the one that reads every text answers for the miss.
        extractor = extractor if extractor == EXTRACTOR else name
    if extractor:
        return extractor
    # Nothing at all was proposed, which is a miss all the same once the text was read.
    is_read = claim.article_version.extraction.state == Job.State.DONE
    return EXTRACTOR if is_read else ""


def _stands_for(version: ArticleVersion) -> float:
    """Sentences without a proposal, for each one of the sample."""
    rows = Claim.objects.filter(article_version=version, proposed_start__isnull=False)
    drawn, starts = 0, set()
    whole = sentences(version.text)
    begins = [start for start, _ in whole]
    for start, is_sample in rows.values_list("proposed_start", "is_sample"):
        if is_sample:
            drawn += 1
        elif start is not None:
            starts.add(bisect.bisect_right(begins, start))
    return max(1.0, (len(whole) - len(starts)) / max(1, drawn))
