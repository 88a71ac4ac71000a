"""Files that leave the house: as attachments, never opened inside the page."""

from urllib.parse import quote

from django.http import HttpResponse

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CALENDAR = "text/calendar; charset=utf-8"


def download(body: bytes, name: str, kind: str) -> HttpResponse:
    """An attachment; the name survives Chinese."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in name)
    return HttpResponse(
        body,
        content_type=kind,
        headers={"Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"},
    )
