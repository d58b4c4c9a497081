"""Reports keep dates as ISO text; templates print them as days."""

from __future__ import annotations

from datetime import date

from django import template

from annotations.reports import content

register = template.Library()


@register.filter
def day(iso: str) -> date | None:
    return content.day(iso)
