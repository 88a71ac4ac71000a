"""The Import page: each view asks one door and fills one template."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from bankhall.apps.access.queries import Visitor
from bankhall.apps.imports import actions
from bankhall.apps.imports import queries as imports_queries
from bankhall.data.contracts import TABLES, in_group
from bankhall.data.importing.templates import template_bytes
from bankhall.kernel.errors import BadInput, BankhallError, NotFound
from bankhall.web.imports.picked import files_of, inbox_names, named
from bankhall.web.imports.shown import allows_of, batch_context, preview_tables, refusals_of
from bankhall.web.ui.downloads import CSV, XLSX, download
from bankhall.web.ui.lang import language
from bankhall.web.ui.paging import page_links, page_number
from bankhall.web.ui.visitor import visitor_who_may
from bankhall.wording.say import say_page_error

MOST_MAPPING_BYTES = 1 << 20


@require_GET
def imports(request: HttpRequest) -> HttpResponse:
    """What came in, what the records allow, and where to hand in more."""
    who = visitor_who_may(request, "see_records")
    page = imports_queries.batches(who.scope, page_number(request))
    may = who.may("import_records")
    context = {
        "station": "records", "page": page, "pager": page_links(request, page.page, page.pages), "may_import": may,
        "allows": allows_of(imports_queries.allowances(who.scope), language()),
        "mappings": imports_queries.mappings(who.scope), "inbox": inbox_names(actions.inbox()) if may else [],
        "templates": [(table.name, table.title) for group in ("reference", "facts") for table in in_group(group)],
        "may_see_audit": who.may("see_audit"),
    }  # fmt: skip
    return render(request, "imports/templates/imports.html", context)


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Stores what was handed in; the next page shows what it would bring."""
    who = visitor_who_may(request, "import_records")
    saved = [
        named(actions.save_upload(file.name or "", file.chunks(), by=who.person.actor, scope=who.scope))
        for file in request.FILES.getlist("files")
    ]
    names = saved + request.POST.getlist("picked")
    files_of(names)
    mapping = kept_mapping(request, who) or request.POST.get("mapping", "")
    query = urlencode({"file": names, "mapping": mapping}, doseq=True)
    return redirect(f"{reverse('import-new')}?{query}")


def kept_mapping(request: HttpRequest, who: Visitor) -> str:
    """The code under which a mapping file that was handed in beside the records is kept; empty without one."""
    file = request.FILES.get("own_mapping")
    if file is None:
        return ""
    if (file.size or 0) > MOST_MAPPING_BYTES:
        raise BadInput("file_too_large", file=file.name)
    return actions.keep_mapping(file.name or "", file.read(), by=who.person.actor, scope=who.scope)


@require_GET
def new(request: HttpRequest) -> HttpResponse:
    """A mapping at work on the first rows, before anything is stored."""
    who = visitor_who_may(request, "import_records")
    names, mapping = request.GET.getlist("file"), request.GET.get("mapping", "")
    files = files_of(names)
    context = {
        "station": "records", "names": names, "files": [f.name for f in files], "mapping": mapping,
        "mappings": imports_queries.mappings(who.scope),
    }  # fmt: skip
    try:
        seen = actions.preview(files, mapping, scope=who.scope)
        context |= {"tables": preview_tables(seen, language())}
    except BankhallError as error:
        context |= {"refused": say_page_error(error, language())}
    return render(request, "imports/templates/new.html", context)


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Queues the import; its page shows how far it is."""
    who = visitor_who_may(request, "import_records")
    started = actions.start_import(
        files_of(request.POST.getlist("file")),
        request.POST.get("mapping", ""),
        complete_days=request.POST.get("complete_days") == "on",
        by=who.person.actor,
        scope=who.scope,
    )
    return redirect("import-batch", started.batch_code)


@require_GET
def batch(request: HttpRequest, batch: str) -> HttpResponse:
    """One import: how far, the account of its rows, its notes."""
    who = visitor_who_may(request, "see_records")
    found = imports_queries.batch(who.scope, batch)
    return render(request, "imports/templates/batch.html", batch_context(found, language()))


@require_GET
def quarantine(request: HttpRequest, batch: str) -> HttpResponse:
    """The rows that were put aside, with the reason and the original text."""
    who = visitor_who_may(request, "see_records")
    page = imports_queries.quarantine(who.scope, batch, request.GET.get("table", ""), page_number(request))
    context = {
        "station": "records", "page": page, "pager": page_links(request, page.page, page.pages),
        "lines": refusals_of(page.lines, language()),
    }  # fmt: skip
    return render(request, "imports/templates/quarantine.html", context)


@require_GET
def rejections(request: HttpRequest, batch: str) -> HttpResponse:
    """All of them as a file that can be mended and imported again."""
    who = visitor_who_may(request, "see_records")
    return download(imports_queries.rejections_csv(who.scope, batch), f"rejections-{batch}.csv", CSV)


@require_GET
def template(request: HttpRequest, table: str) -> HttpResponse:
    """An empty table with notes."""
    visitor_who_may(request, "see_records")
    if table not in TABLES:
        raise NotFound("table_unknown", table=table)
    return download(template_bytes(table), f"{table}.xlsx", XLSX)
