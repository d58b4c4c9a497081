"""Names every table for Django. Nobody imports from here."""

from annotations.arrivals.models import Arrival, Feed
from annotations.articles.models import Article, ArticleVersion, Watch
from annotations.audit.models import AuditEntry, AuditHead
from annotations.calendars.models import CalendarFeed
from annotations.claims.anchors import ClaimAnchor
from annotations.claims.models import Claim, DeskCalibration, Label
from annotations.desks.models import GuidelinesVersion, PolicyVersion, ScaleVersion
from annotations.discussions.models import Comment, Thread
from annotations.flags.models import Flag
from annotations.jobs.models import Job
from annotations.mentions.models import Mention
from annotations.notices.models import Notice, NoticeBookmark, NoticeSetting
from annotations.people.models import Membership, User, Workspace
from annotations.practice.models import PracticeAnswer, PracticeRun
from annotations.precedents.models import CheckImport, Match, OutsideCheck, Vector
from annotations.preferences.models import Preference
from annotations.presence.models import Presence
from annotations.reports.models import Export, Report
from annotations.reviews.models import Amendment, ChangeItem, Publication, Review
from annotations.saved_views.models import SavedView
from annotations.search.models import SearchDocument
from annotations.snapshots.models import Snapshot, StoredFile
from annotations.sources.models import Evidence, LikeStory, RatedReliability, Source, StoredCopy
from annotations.steps.models import Step
from annotations.verdicts.models import OwnRating, Verdict

__all__ = [
    "Amendment",
    "Arrival",
    "Article",
    "ArticleVersion",
    "AuditEntry",
    "AuditHead",
    "CalendarFeed",
    "ChangeItem",
    "CheckImport",
    "Claim",
    "ClaimAnchor",
    "Comment",
    "DeskCalibration",
    "Evidence",
    "Export",
    "Feed",
    "Flag",
    "GuidelinesVersion",
    "Job",
    "Label",
    "LikeStory",
    "Match",
    "Membership",
    "Mention",
    "Notice",
    "NoticeBookmark",
    "NoticeSetting",
    "OutsideCheck",
    "OwnRating",
    "PolicyVersion",
    "PracticeAnswer",
    "PracticeRun",
    "Preference",
    "Presence",
    "Publication",
    "RatedReliability",
    "Report",
    "Review",
    "SavedView",
    "ScaleVersion",
    "SearchDocument",
    "Snapshot",
    "Source",
    "Step",
    "StoredCopy",
    "StoredFile",
    "Thread",
    "User",
    "Vector",
    "Verdict",
    "Watch",
    "Workspace",
]
