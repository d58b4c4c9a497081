"""What people are told about, in words, and how soon by e-mail. Pure."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from annotations.tongue import table


class Mail(StrEnum):
    NOW = "NOW"
    HOURLY = "HOURLY"
    DAILY = "DAILY"
    OFF = "OFF"

    @property
    def label(self) -> str:
        return _MAIL_LABELS[self]

    @property
    def wait(self) -> timedelta | None:
        """How long a notice may wait for others to go in the same mail; None: it never goes."""
        waits = {"NOW": timedelta(0), "HOURLY": timedelta(hours=1), "DAILY": timedelta(days=1)}
        return waits.get(self.value)


class Kind(StrEnum):
    MENTIONED = "MENTIONED"
    REPLIED = "REPLIED"
    ASSIGNED = "ASSIGNED"
    CHANGES_ASKED = "CHANGES_ASKED"
    DECIDED = "DECIDED"
    PUBLISHED = "PUBLISHED"
    TAKEN_OVER = "TAKEN_OVER"
    EXTRACTION = "EXTRACTION"
    TEXT_CHANGED = "TEXT_CHANGED"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def default(self) -> tuple[bool, Mail]:
        """Shown in the workbench, and how soon by e-mail, until the person says otherwise."""
        return True, _MAIL.get(self, Mail.DAILY)


_MAIL_LABELS = table({Mail.NOW: "At once", Mail.HOURLY: "Hourly", Mail.DAILY: "Daily", Mail.OFF: "Never"})
_LABELS = table(
    {
        Kind.MENTIONED: "Somebody mentions you",
        Kind.REPLIED: "Somebody comments on your claim, or answers in a discussion that you are in",
        Kind.ASSIGNED: "A claim or an article is given to you",
        Kind.CHANGES_ASKED: "Changes to your verdict are asked for",
        Kind.DECIDED: "Your verdict is approved, disagreed with or reopened",
        Kind.PUBLISHED: "Your claim is published, corrected or retracted",
        Kind.TAKEN_OVER: "A claim of yours is taken over or given to somebody else",
        Kind.EXTRACTION: "Claims were found in an article you added, or looking for them failed",
        Kind.TEXT_CHANGED: "An outlet changed words that were checked",
    }
)
_MAIL = {
    Kind.MENTIONED: Mail.HOURLY,
    Kind.REPLIED: Mail.HOURLY,
    Kind.ASSIGNED: Mail.HOURLY,
    Kind.CHANGES_ASKED: Mail.HOURLY,
    Kind.TEXT_CHANGED: Mail.HOURLY,
    Kind.EXTRACTION: Mail.OFF,
}

KINDS = [(kind.value, kind.label) for kind in Kind]
MAILS = [(mail.value, mail.label) for mail in Mail]

SAYS = table(
    {
        "MENTIONED": "mentioned you",
        "REPLIED": "answered in a discussion",
        "COMMENTED": "commented on your claim",
        "CLAIM_GIVEN": "gave you a claim",
        "ARTICLE_GIVEN": "gave you an article",
        "CHANGES": "asked for changes to your verdict",
        "APPROVED": "approved your verdict",
        "DISAGREED": "disagreed with your verdict",
        "ADJUDICATED_APPROVED": "settled the disagreement: your verdict stands",
        "ADJUDICATED_RETURNED": "settled the disagreement and sent your verdict back",
        "REOPENED": "reopened your claim",
        "PUBLISHED": "published your claim",
        "CORRECTED": "corrected your published claim",
        "RETRACTED": "retracted your published claim",
        "TAKEN_OVER": "took over your claim",
        "GIVEN_AWAY": "gave your claim to somebody else",
        "FOUND": "found claims in your article",
        "FOUND_NONE": "found no claims in your article",
        "TEXT_CHANGED": "found checked words changed in a new version of the article",
        "FAILED": "failed to look for claims in your article",
    }
)
"""What the actor did, as it follows the name. By `Notice.code`."""
