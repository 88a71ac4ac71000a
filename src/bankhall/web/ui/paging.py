"""Pages of a list: the number in the address, and the links to the next ones."""

from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Links:
    """What the pager part shows."""

    number: int
    pages: int
    previous_url: str
    next_url: str


def page_number(request: HttpRequest) -> int:
    """The page asked for; nonsense is the first."""
    text = request.GET.get("page", "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 9 else 1


def page_links(request: HttpRequest, number: int, pages: int) -> Links:
    """Links that keep everything else of the address."""
    before = _at(request, number - 1) if number > 1 else ""
    return Links(number, pages, before, _at(request, number + 1) if number < pages else "")


def _at(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"
