from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from annotations.audit.services import recorded
from annotations.people.models import User, Workspace
from annotations.refusals import IllegalMove, Incomplete, Stale
from annotations.saved_views.models import SavedView
from annotations.saved_views.permissions import may_change_view, may_save_view, may_share_view
from annotations.words import tidy

MOST = 50
"""Views that one person keeps on one page of a desk."""

_LIMITS = {"name": 60, "query": 1500}


def save_view(
    *, workspace: Workspace, page: str, name: str, query: str, is_shared: bool = False, by: User
) -> SavedView:
    """Keep a filter under a name. The same name again on that page is the same view, with the new filter."""
    may_save_view(by, workspace).or_refuse()
    if is_shared:
        may_share_view(by, workspace).or_refuse()
    if page not in SavedView.Page.values:
        raise Incomplete(
            _("There is no such page."),
            {"page": [_("Choose one of: {choices}.").format(choices=", ".join(SavedView.Page.values))]},
        )
    words = _checked({"name": name, "query": query})
    mine = SavedView.objects.standing().filter(workspace=workspace, owner=by, page=page)
    with recorded(by=by, verb="save_view"):
        if known := mine.filter(name__iexact=words["name"]).first():
            return _write(known, known.version, query=words["query"], is_shared=is_shared)
        if mine.count() >= MOST:
            raise IllegalMove(_("You have {most} views here already. Remove one first.").format(most=MOST))
        try:
            with transaction.atomic():
                return SavedView.objects.create(
                    workspace=workspace, owner=by, page=page, is_shared=is_shared, **words
                )
        except IntegrityError:
            # The same button pressed twice at once: the other press was first.
            return mine.get(name__iexact=words["name"])


def change_view(*, view: SavedView, version: int, by: User, **facts: Any) -> SavedView:
    """Another `name`, `query` or `is_shared`."""
    may_change_view(by, view).or_refuse()
    if facts.get("is_shared"):
        may_share_view(by, view.workspace_id).or_refuse()
    _refuse_removed(view)
    words = _checked({name: facts[name] for name in ("name", "query") if name in facts})
    flags = {"is_shared": bool(facts["is_shared"])} if "is_shared" in facts else {}
    with recorded(by=by, verb="change_view"):
        try:
            with transaction.atomic():
                return _write(view, version, **words, **flags)
        except IntegrityError as clash:
            problem = {"name": [_("Another view of that owner has this name.")]}
            raise Incomplete(_("A name stands for one view."), problem) from clash


def remove_view(*, view: SavedView, version: int, by: User) -> SavedView:
    """Take the view away. It is kept and can be put back. Removing it twice does no harm."""
    may_change_view(by, view).or_refuse()
    if view.removed_at:
        return view
    with recorded(by=by, verb="remove_view"):
        return _write(view, version, removed_at=timezone.now(), is_default=False)


def restore_view(*, view: SavedView, version: int, by: User) -> SavedView:
    """Put a removed view back."""
    may_change_view(by, view).or_refuse()
    if not view.removed_at:
        return view
    with recorded(by=by, verb="restore_view"):
        try:
            with transaction.atomic():
                return _write(view, version, removed_at=None)
        except IntegrityError as clash:
            raise IllegalMove(_("Another view has this name by now. Rename that one first.")) from clash


def set_default_view(*, view: SavedView, version: int, is_default: bool, by: User) -> SavedView:
    """Open this view of one's own whenever the page is asked for without a filter; at most one a page."""
    may_save_view(by, view.workspace_id).or_refuse()
    if not view.is_of(by):
        raise IllegalMove(_("A page opens with a view of your own. Save this one under your name first."))
    _refuse_removed(view)
    with recorded(by=by, verb="set_default_view"):
        others = SavedView.objects.filter(workspace=view.workspace_id, owner=by, page=view.page)
        if is_default:
            others.exclude(pk=view.pk).filter(is_default=True).update(
                is_default=False, version=F("version") + 1
            )
        return _write(view, version, is_default=is_default)


def _write(view: SavedView, version: int, **changes: Any) -> SavedView:
    if all(getattr(view, name) == value for name, value in changes.items()):
        return view
    done = SavedView.objects.filter(pk=view.pk, version=version).update(version=F("version") + 1, **changes)
    view.refresh_from_db()
    if not done:
        raise Stale(
            _("Somebody else changed this view while you had it open."),
            current={name: getattr(view, name) for name in changes if name != "removed_at"},
            yours={name: value for name, value in changes.items() if name != "removed_at"},
            version=view.version,
        )
    return view


def _checked(facts: dict[str, object]) -> dict[str, str]:
    words = tidy(facts, _LIMITS)
    if "name" in words and not words["name"]:
        raise Incomplete(_("A view has a name."), {"name": [_("Give it a name.")]})
    if "query" in words:
        words["query"] = words["query"].lstrip("?")
    return words


def _refuse_removed(view: SavedView) -> None:
    if view.removed_at:
        raise IllegalMove(_("This view was removed. Put it back first."))
