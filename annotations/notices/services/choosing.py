"""What a person does with notices: reading them, and choosing what to be told."""

from __future__ import annotations

from collections.abc import Mapping

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from annotations.audit.services import recorded
from annotations.notices.kinds import Kind, Mail
from annotations.notices.models import Notice, NoticeSetting
from annotations.notices.permissions import may_choose, may_read
from annotations.notices.services.noticing import tell_tabs
from annotations.people.models import User
from annotations.refusals import Incomplete, NotAllowed
from annotations.words import tidy

_SALT = "annotations.notices.unsubscribe"


def read_notice(*, notice: Notice, is_read: bool = True, by: User) -> Notice:
    """Mark one as read, or unread again. Says a state, so it is safe to repeat."""
    may_read(by, notice).or_refuse()
    with transaction.atomic():
        rows = Notice.objects.filter(pk=notice.pk, read_at__isnull=is_read)
        if rows.update(read_at=Now() if is_read else None):
            tell_tabs([by.pk])
    notice.refresh_from_db()
    return notice


def read_all(*, up_to: int, by: User) -> int:
    """Mark what the person saw as read: up to this key, so that what came in meanwhile stays new."""
    may_choose(by).or_refuse()
    with transaction.atomic():
        keys = Notice.objects.visible_to(by).unread().filter(pk__lte=up_to).values("pk")
        done = Notice.objects.filter(pk__in=keys).update(read_at=Now())
        if done:
            tell_tabs([by.pk])
    return done


def choose_notices(*, choices: Mapping[str, tuple[bool, str]], by: User) -> None:
    """Say by kind whether it is shown and how soon it goes by e-mail. Kinds that are not named stay as they are."""
    may_choose(by).or_refuse()
    unknown = [
        kind for kind, (_, mail) in choices.items() if kind not in list(Kind) or mail not in list(Mail)
    ]
    if unknown:
        raise Incomplete(_("There is no such choice."), {kind[:40]: [_("Unknown.")] for kind in unknown[:20]})
    with recorded(by=by, verb="choose_notices"):
        for kind, (is_shown, mail) in choices.items():
            NoticeSetting.objects.update_or_create(
                person=by, kind=kind, defaults={"is_shown": is_shown, "mail": mail}
            )
        silent = [kind for kind, (_, mail) in choices.items() if mail == Mail.OFF]
        _drop_waiting_mail(by, silent)


def set_address(*, address: str, by: User) -> User:
    """Where a person's notices go by e-mail; empty for nowhere."""
    may_choose(by).or_refuse()
    address = tidy({"address": address}, {"address": 254})["address"]
    try:
        if address:
            validate_email(address)
    except ValidationError as bad:
        problem = _("This is no e-mail address.")
        raise Incomplete(problem, {"address": [problem]}) from bad
    with recorded(by=by, verb="set_address"):
        User.objects.filter(pk=by.pk).update(email=address)
        by.email = address
    return by


def unsubscribe_token(person: User) -> str:
    """What the link in a mail carries: it ends e-mail for this person and can do nothing else."""
    return signing.dumps(person.pk, salt=_SALT)


def person_of_token(token: str) -> User:
    """Whose link this is. Raises `NotAllowed` for what was not made here."""
    try:
        key = signing.loads(token, salt=_SALT)
    except signing.BadSignature as bad:
        raise NotAllowed(_("This link is not complete. Copy it from the mail once more.")) from bad
    person = User.objects.filter(pk=key, is_active=True).first()
    if person is None:
        raise NotAllowed(_("The account that this link was sent to is closed; it gets no mail."))
    return person


def stop_mail(*, token: str) -> User:
    """End e-mail of every kind for the person whom the token was sent to, signed in or not. Safe to repeat."""
    person = person_of_token(token)
    with recorded(by=person, verb="stop_mail"):
        for kind in Kind:
            NoticeSetting.objects.update_or_create(
                person=person,
                kind=kind.value,
                defaults={"mail": Mail.OFF.value},
                create_defaults={"mail": Mail.OFF.value, "is_shown": kind.default[0]},
            )
        _drop_waiting_mail(person, [kind.value for kind in Kind])
    return person


def _drop_waiting_mail(person: User, kinds: list[str]) -> None:
    Notice.objects.filter(person=person, kind__in=kinds, mailed_at=None).update(mail_by=None)
