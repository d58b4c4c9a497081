"""Notices by e-mail, gathered. At most once: a notice is marked before its mail is sent, and freed again only when
the mail server refused or could not be reached."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import DurationField, ExpressionWrapper, F, Max
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from annotations.notices.models import Notice
from annotations.notices.services.choosing import unsubscribe_token
from annotations.people.models import User, seen_by
from annotations.preferences.queries import language_of

log = logging.getLogger(__name__)

# After a failed try; what was not sent by then stays in the workbench.
PAUSES = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=12))
# What is older than this when e-mail is switched on (again) is no news.
TOO_OLD = timedelta(days=3)
_MOST = 100


def send_digests() -> int:
    """A mail to everybody for whom something is due. How many went. With e-mail switched off: none, and nothing waits.

    What becomes due takes with it all that waits for as long or shorter: an hourly mail has what came at once, a daily
    one all.
    """
    if not settings.MAIL_ON:
        return 0
    now = timezone.now()
    due = Notice.objects.filter(mail_by__lte=now, mailed_at=None, created_at__gt=now - TOO_OLD)
    people = due.unread().order_by("person_id").values_list("person_id", flat=True).distinct()
    return sum(_send(User.objects.get(pk=key)) for key in list(people[:1000]))


def _send(person: User) -> int:
    rows = _take(person)
    if not rows:
        return 0
    try:
        _mail(person, rows).send()
    except OSError as problem:
        log.warning("notices for person %s were not sent: %s", person.pk, problem)
        _free(rows)
        return 0
    return 1


@transaction.atomic
def _take(person: User) -> list[Notice]:
    """What goes into the mail, marked as mailed; committed before anything is sent."""
    now = timezone.now()
    mine = Notice.objects.filter(person=person, mailed_at=None, read_at=None, mail_by__isnull=False)
    fresh = mine.filter(created_at__gt=now - TOO_OLD)
    wait = ExpressionWrapper(F("mail_by") - F("created_at"), output_field=DurationField())
    longest = fresh.filter(mail_by__lte=now).aggregate(longest=Max(wait))["longest"]
    if longest is None:
        return []
    rows = list(
        fresh.filter(mail_by__lte=F("created_at") + longest)
        .filter(seen_by(person))
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("actor", "claim", "article", "workspace")
        .order_by("workspace__name", "pk")[:_MOST]
    )
    if not (person.is_active and person.email):
        mine.update(mail_by=None)
        return []
    Notice.objects.filter(pk__in=[row.pk for row in rows]).update(mailed_at=now)
    return rows


def _free(rows: list[Notice]) -> None:
    for row in rows:
        later = timezone.now() + PAUSES[row.mail_tries] if row.mail_tries < len(PAUSES) else None
        Notice.objects.filter(pk=row.pk).update(mailed_at=None, mail_by=later, mail_tries=F("mail_tries") + 1)


def _mail(person: User, rows: list[Notice]) -> EmailMultiAlternatives:
    """In the language that the person chose."""
    with translation.override(language_of(person)):
        return _worded(person, rows)


def _worded(person: User, rows: list[Notice]) -> EmailMultiAlternatives:
    end = settings.SITE_URL + reverse("notice-unsubscribe", args=[unsubscribe_token(person)])
    context = {
        "person": person,
        "notices": [(row, settings.SITE_URL + reverse("notice-open", args=[row.pk])) for row in rows],
        "settings_url": settings.SITE_URL + reverse("notice-settings"),
        "end_url": end,
        "site": settings.SITE_URL,
    }
    first = rows[0]
    who = first.actor.display_name if first.actor else _("The workbench")
    subject = f"{who} {first.says}"
    if len(rows) > 1:
        subject = _("{count} notices from the fact-check workbench").format(count=len(rows))
    mail = EmailMultiAlternatives(
        " ".join(subject.split())[:180],
        render_to_string("notices/mail.txt", context),
        to=[person.email],
        headers={
            "List-Unsubscribe": f"<{end}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(render_to_string("notices/mail.html", context), "text/html")
    return mail
