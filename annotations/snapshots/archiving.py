"""A stored copy as a web archive file (WARC 1.1, gzip), which every replay tool opens."""

from __future__ import annotations

from datetime import UTC
from http import HTTPStatus
from io import BytesIO

from annotations.snapshots.models import Snapshot

MEDIA_TYPE = "application/warc"


def as_warc(snapshot: Snapshot) -> bytes:
    """What was fetched as a response with its headers; what was handed in by a person as a resource."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    filename = f"stored-copy-{snapshot.pk}.warc.gz"
    about = {"software": "Fact-check workbench", "format": "WARC File Format 1.1"}
    writer.write_record(writer.create_warcinfo_record(filename, about))
    data = bytes(snapshot.file.data)
    when = snapshot.read_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    address = snapshot.final_url or snapshot.url or f"urn:sha256:{snapshot.file.sha256}"
    record = {
        "uri": address,
        "payload": BytesIO(data),
        "length": len(data),
        "warc_headers_dict": {"WARC-Date": when},
    }
    if snapshot.status is None:
        writer.write_record(
            writer.create_warc_record(
                record_type="resource", warc_content_type=snapshot.content_type, **record
            )
        )
        return out.getvalue()
    headers = [(_one_line(name), _one_line(value)) for name, value in snapshot.headers]
    headers = [pair for pair in headers if pair[0].lower() != "content-length"]
    headers.append(("Content-Length", str(len(data))))
    phrase = HTTPStatus(snapshot.status).phrase if snapshot.status in set(HTTPStatus) else ""
    http = StatusAndHeaders(f"{snapshot.status} {phrase}".strip(), headers, protocol="HTTP/1.1")
    writer.write_record(writer.create_warc_record(record_type="response", http_headers=http, **record))
    return out.getvalue()


def _one_line(words: str) -> str:
    """Header values were a stranger's: none of them may begin a line of its own."""
    return " ".join(str(words).split())
