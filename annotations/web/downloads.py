"""Files that leave by a page."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import StreamingHttpResponse
from django.utils.http import content_disposition_header


def attached(body: Iterator[bytes], kind: str, name: str) -> StreamingHttpResponse:
    """The bytes as they come, to be saved under this name."""
    answer = StreamingHttpResponse(body, content_type=f"{kind}; charset=utf-8")
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer
