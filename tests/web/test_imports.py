"""The Import page: handing in, looking first, the account of rows, the quarantine, templates."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bankhall.apps.imports import actions
from bankhall.apps.imports.models import Mapping
from tests.factories.bank import small_bank
from tests.factories.imports import SYSTEM, load_bank
from tests.web.people import LANGUAGES, signed_in

pytestmark = pytest.mark.django_db
HEAD = "branch_code,service_code,business_date,slot_start,minutes,count,source\n"
GOOD = "B01,cash,2026-11-02,09:00,30,12,test\n"
BAD = "B01,nothing,2026-11-02,09:30,30,12,test\n"


@pytest.fixture(autouse=True)
def _bank() -> None:
    load_bank(small_bank())


def handed_in(client: Client, text: str, name: str = "arrival_counts.csv") -> str:
    """Uploads a file and answers the address of its preview."""
    answer = client.post("/records/upload/", {"files": SimpleUploadedFile(name, text.encode()), "mapping": ""})
    assert answer.status_code == 302
    return answer["Location"]


def imported(tmp_path: Path, text: str) -> str:
    """Imports a file as the command line does, and answers the batch."""
    file = tmp_path / "arrival_counts.csv"
    file.write_text(text)
    return actions.import_folder(file, by=SYSTEM.actor, scope=SYSTEM).batch_code


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_is_shown_before_anything_is_stored(language: str) -> None:
    client = signed_in("head_office", language)
    html = client.get(handed_in(client, HEAD + GOOD + BAD)).text
    assert ("读了 2 行，会放开 1 行" if language == "zh-hans" else "2 rows read, 1 would be put aside") in html
    assert "2026-11-02" in html
    assert "B01" in html


def test_a_file_that_cannot_be_read_is_said_in_words() -> None:
    client = signed_in("head_office")
    html = client.get(handed_in(client, "", "arrival_counts.csv")).text
    assert "arrival_counts.csv is empty; nothing was imported" in html
    assert "Nothing was stored" in html


def test_an_import_is_queued_and_its_page_polls() -> None:
    client = signed_in("head_office")
    url = handed_in(client, HEAD + GOOD)
    name = next(part.split("=", 1)[1] for part in url.split("?")[1].split("&") if part.startswith("file="))
    from urllib.parse import unquote_plus

    answer = client.post("/records/start/", {"file": unquote_plus(name), "mapping": ""})
    html = client.get(answer["Location"]).text
    assert 'hx-trigger="tick from:body"' in html
    assert "Cancel" in html


def test_no_file_outside_of_the_home_is_picked() -> None:
    client = signed_in("head_office")
    for name in ("../../etc/passwd", "/etc/passwd", "nothing.csv", ""):
        assert client.get("/records/new/", {"file": name}).status_code == 422


OWN = """
mapping_version = 1
title_zh = "本行人数表"
title_en = "Our counts"
[[table]]
name = "arrival_counts"
[table.columns]
branch_code = { constant = "B01" }
service_code = { constant = "cash" }
business_date = { column = "日期", format = "%Y/%m/%d" }
slot_start = "开始"
minutes = { constant = "30" }
count = "人数"
source = { constant = "ours" }
"""


def handed_in_with(client: Client, mapping: bytes, name: str = "ours.toml") -> Any:
    """Uploads a table of somebody's own columns beside a mapping of their own."""
    table = SimpleUploadedFile("一月.csv", "日期,开始,人数\n2026/11/02,09:00,12\n".encode("gb18030"))
    return client.post("/records/upload/", {"files": table, "own_mapping": SimpleUploadedFile(name, mapping)})


def test_a_mapping_of_ones_own_is_handed_in_beside_the_records_and_kept() -> None:
    client = signed_in("head_office")
    html = client.get(handed_in_with(client, OWN.encode())["Location"]).text
    assert "1 row read, 0 would be put aside" in html
    assert "2026-11-02" in html
    assert "Our counts" in client.get("/records/").text
    handed_in_with(client, OWN.encode())
    assert Mapping.objects.get().version == 1
    handed_in_with(client, OWN.replace("Our counts", "Our daily counts").encode())
    assert Mapping.objects.count() == 2


@pytest.mark.parametrize(
    ("mapping", "name"), [(b"mapping_version = 2", "a.toml"), (b"\xff", "a.toml"), (b"", "..toml")]
)
def test_a_mapping_that_cannot_be_used_is_said_in_words_and_not_kept(mapping: bytes, name: str) -> None:
    answer = handed_in_with(signed_in("head_office"), mapping, name)
    assert answer.status_code == 422
    assert "cannot be used" in answer.content.decode()
    assert not Mapping.objects.exists()


def test_a_file_named_like_no_table_is_said_with_the_way_out() -> None:
    client = signed_in("head_office")
    html = client.get(handed_in(client, HEAD + GOOD, "january.csv")).text
    assert "january.csv is named like no table: choose a mapping" in html
    assert "uploads" not in html.split('role="alert"')[1].split("</div>")[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_is_accounted_for(tmp_path: Path, language: str) -> None:
    batch = imported(tmp_path, HEAD + GOOD + BAD)
    client = signed_in("head_office", language)
    html = client.get(f"/records/{batch}/").text
    assert '<td class="n">2</td><td class="n">1</td><td class="n">0</td><td class="n">0</td>' in html
    page = client.get(f"/records/{batch}/quarantine/").text
    assert ("的代码不在" if language == "zh-hans" else "is not in services.service_code") in page
    assert "B01 | nothing | 2026-11-02" in page
    assert str(tmp_path) not in page
    assert batch in client.get("/records/").text


def test_rejected_rows_are_downloaded_and_mended(tmp_path: Path) -> None:
    batch = imported(tmp_path, HEAD + GOOD + BAD)
    answer = signed_in("head_office").get(f"/records/{batch}/rejections.csv")
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"nothing" in answer.content


def test_a_template_is_an_empty_table(tmp_path: Path) -> None:
    import openpyxl

    answer = signed_in("branch_manager").get("/records/templates/visits.xlsx")
    file = tmp_path / "visits.xlsx"
    file.write_bytes(answer.content)
    assert openpyxl.load_workbook(file).active is not None
    assert signed_in("risk").get("/records/templates/secrets.xlsx").status_code == 404


def test_who_may_only_read_is_not_asked_for_files() -> None:
    html = signed_in("auditor").get("/records/").text
    assert 'type="file"' not in html


def test_the_list_asks_as_often_for_three_as_for_one(tmp_path: Path) -> None:
    from tests.web.counted import queries_of

    client = signed_in("head_office")
    imported(tmp_path, HEAD + GOOD)
    one = queries_of(client, "/records/")
    for day in ("03", "04"):
        imported(tmp_path, HEAD + GOOD.replace("-02", f"-{day}"))
    assert queries_of(client, "/records/") == one
