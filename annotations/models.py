"""Names every table for Django. Nobody imports from here."""

from annotations.articles.models import Article, ArticleVersion
from annotations.audit.models import AuditEntry, AuditHead
from annotations.claims.models import Claim, DeskCalibration, Label
from annotations.discussions.models import Comment, Thread
from annotations.jobs.models import Job
from annotations.notices.models import Notice, NoticeBookmark, NoticeSetting
from annotations.people.models import Membership, User, Workspace
from annotations.precedents.models import CheckImport, Match, OutsideCheck, Vector
from annotations.presence.models import Presence
from annotations.reports.models import Export, Report
from annotations.reviews.models import Amendment, ChangeItem, Publication, Review
from annotations.sources.models import Evidence, Source
from annotations.verdicts.models import Verdict

__all__ = [
    "Amendment",
    "Article",
    "ArticleVersion",
    "AuditEntry",
    "AuditHead",
    "ChangeItem",
    "CheckImport",
    "Claim",
    "Comment",
    "DeskCalibration",
    "Evidence",
    "Export",
    "Job",
    "Label",
    "Match",
    "Membership",
    "Notice",
    "NoticeBookmark",
    "NoticeSetting",
    "OutsideCheck",
    "Presence",
    "Publication",
    "Report",
    "Review",
    "Source",
    "Thread",
    "User",
    "Vector",
    "Verdict",
    "Workspace",
]
