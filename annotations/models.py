"""Names every table for Django. Nobody imports from here."""

from annotations.articles.models import Article, ArticleVersion
from annotations.audit.models import AuditEntry, AuditHead
from annotations.claims.models import Claim, DeskCalibration, Label
from annotations.desks.models import GuidelinesVersion, PolicyVersion, ScaleVersion
from annotations.jobs.models import Job
from annotations.people.models import Membership, User, Workspace
from annotations.practice.models import PracticeAnswer, PracticeRun
from annotations.precedents.models import CheckImport, Match, OutsideCheck, Vector
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
    "DeskCalibration",
    "Evidence",
    "Export",
    "GuidelinesVersion",
    "Job",
    "Label",
    "Match",
    "Membership",
    "OutsideCheck",
    "PolicyVersion",
    "PracticeAnswer",
    "PracticeRun",
    "Publication",
    "Report",
    "Review",
    "ScaleVersion",
    "Source",
    "User",
    "Vector",
    "Verdict",
    "Workspace",
]
