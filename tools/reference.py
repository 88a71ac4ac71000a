"""Writes the generated reference pages of both languages; `--check` fails when one is stale.

Tables come from the contracts, commands from the parser, roles and actions from the one table of rights, states from
their moves, metrics and rules from their registries. Nothing here is typed twice.
"""

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

os.environ["COLUMNS"] = "100"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bankhall.config.settings")

import django

django.setup()

from bankhall.api.house import build
from bankhall.apps.access.queries import MAY
from bankhall.apps.metrics.queries import REGISTERED
from bankhall.apps.metrics.states import Definition
from bankhall.apps.notices.states import DELIVERY_MOVES
from bankhall.apps.people.states import MOVES as ABSENCE_MOVES
from bankhall.apps.rosters.states import ASK_MOVES, MOVES, OFFER_MOVES, YEAR_WEEK_MOVES
from bankhall.cli.entry import COMMANDS, help_of
from bankhall.data.contracts import TABLES
from bankhall.data.contracts.contract import Column, Contract
from bankhall.kernel.bilingual import Bilingual
from bankhall.kernel.scope import ROLES
from bankhall.wording.say import say

LANGUAGES = {"en": "en", "zh": "zh-hans"}
GENERATED = Bilingual(
    "本页由代码生成，请勿手改：`make fix` 重写。", "Generated from the code: `make fix` writes it anew."
)


def line(cells: Iterable[str]) -> str:
    """A row of a Markdown table; a bar inside a cell is escaped."""
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def grid(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    names = list(head)
    return "\n".join([line(names), line(["---"] * len(names)), *map(line, rows)])


def tables(language: str) -> str:
    """The exchange tables: key, columns, units, allowed values, what a missing value means."""
    heads = {
        "en": ("column", "kind", "needed", "allowed, unit", "refers to", "meaning", "empty means"),
        "zh-hans": ("列", "类型", "必填", "取值、单位", "引用", "含义", "留空表示"),
    }
    parts = [contract_section(contract, heads[language], language) for contract in TABLES.values()]
    return "\n\n".join(parts)


def contract_section(contract: Contract, heads: Iterable[str], language: str) -> str:
    """One table."""
    key = {"en": "Key", "zh-hans": "主键"}[language]
    rows = [column_cells(column, language) for column in contract.columns]
    title = f"{contract.title.read(language)}. {key}: {', '.join(contract.key)}."
    return f"## {contract.name}\n\n{title}\n\n{grid(heads, rows)}"


def column_cells(column: Column, language: str) -> list[str]:
    """One column."""
    allowed = ", ".join(column.allowed) or column.unit
    needed = "●" if column.required else ""
    note, missing = column.note.read(language), column.missing.read(language)
    return [f"`{column.name}`", column.kind, needed, allowed, column.refers_to, note, missing]


def commands(language: str) -> str:
    """What each command says of itself."""
    exits = {
        "en": "Exit: 0 done; 1 done, and the answer is no; 2 used wrongly; 3 the input is bad; 130 interrupted.",
        "zh-hans": "退出码：0 完成；1 完成，但答案是否；2 用法有误；3 输入有误；130 被中断。",
    }
    return exits[language] + "\n\n" + "\n\n".join(f"## {name}\n\n```\n{help_of(name)}```" for name in COMMANDS)


def roles(language: str) -> str:
    """Roles x actions."""
    heads = ["", *(say(f"role.{role}", language) for role in ROLES)]
    rows = [[f"`{action}`", *("●" if role in held else "" for role in ROLES)] for action, held in MAY.items()]
    return grid(heads, rows)


def states(language: str) -> str:
    """The life of a week, of requests, offers and questions, of a week of mandatory leave or rotation, of a notice."""
    lives: dict[str, tuple[Bilingual, Mapping[Any, frozenset[Any]]]] = {
        "roster": (Bilingual("网点的一周", "A branch's week"), MOVES),
        "request": (Bilingual("休假与培训申请", "A request for leave or training"), ABSENCE_MOVES),
        "offer": (Bilingual("转让的班次与换班", "An offered shift, a swap"), OFFER_MOVES),
        "ask": (Bilingual("问人今天能否来上班", "A question whether somebody can come today"), ASK_MOVES),
        "year_week": (Bilingual("强制休假或轮岗的一周", "A week of mandatory leave or rotation"), YEAR_WEEK_MOVES),
        "delivery": (Bilingual("通知的发送", "A notice on its way out"), DELIVERY_MOVES),
    }
    return "\n\n".join(life(kind, *drawn, language) for kind, drawn in lives.items())


def life(kind: str, title: Bilingual, moves: Mapping[Any, frozenset[Any]], language: str) -> str:
    """One table of moves as a drawing, with the words of its states."""
    arrows = [f"    {source} --> {target}" for source, targets in moves.items() for target in sorted(targets)]
    words = grid(["", ""], [[f"`{state}`", say(f"state.{kind}.{state}", language)] for state in moves])
    first = next(iter(moves))
    drawing = f"```mermaid\nstateDiagram-v2\n    [*] --> {first}\n" + "\n".join(arrows) + "\n```"
    return f"## {title.read(language)}\n\n{drawing}\n\n{words}"


def metrics(language: str) -> str:
    """The reviewed metrics."""
    heads = {
        "en": ("metric", "version", "name", "unit", "formula", "left out"),
        "zh-hans": ("指标", "版本", "名称", "单位", "公式", "不计入"),
    }
    rows = [[f"`{m.code}`", str(m.version), *(word.read(language) for word in metric_words(m))] for m in REGISTERED]
    return grid(heads[language], rows)


def metric_words(metric: Definition) -> tuple[Bilingual, ...]:
    """What a reader must know of a metric."""
    return metric.name, Bilingual(metric.unit, metric.unit), metric.formula, metric.exclusions


def api(language: str) -> str:
    """The REST face: every operation by family, what it takes and what it answers."""
    document = build().document()
    heads = {
        "en": ("address", "what it does", "asked with", "body", "answer"),
        "zh-hans": ("地址", "用途", "参数", "请求体", "回答"),
    }
    about = {
        "en": "All below `/api/v1`, with `Authorization: Bearer bh_…`. The document for programs is "
        "`/api/v1/openapi.json` (OpenAPI 3.1). Refusals are `application/problem+json`.",
        "zh-hans": "都在 `/api/v1` 之下，请求头带 `Authorization: Bearer bh_…`。给程序读的说明在 `/api/v1/openapi.json`"
        "（OpenAPI 3.1）。被拒时回答 `application/problem+json`。",
    }
    found = [
        (operation["tags"][0], operation_cells(method, path, operation))
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    tags = dict.fromkeys(tag for tag, _ in found)
    parts = [f"## {tag}\n\n{grid(heads[language], [row for own, row in found if own == tag])}" for tag in tags]
    return "\n\n".join([about[language], *parts])


def operation_cells(method: str, path: str, operation: Mapping[str, Any]) -> list[str]:
    """One operation."""
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    answer = operation["responses"].get("200", operation["responses"].get(200, {}))
    told = answer.get("content", {}).get("application/json", {}).get("schema", {})
    asked = [f"`{one['name']}`" for one in operation["parameters"] if one["in"] == "query"]
    address = f"`{method.upper()} {path.removeprefix('/api/v1')}`"
    return [address, operation["description"], ", ".join(asked), _schema_name(body), _schema_name(told)]


def _schema_name(schema: Mapping[str, Any]) -> str:
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    return f"`{name}`" if name else ""


PAGES: Mapping[str, tuple[Bilingual, Callable[[str], str]]] = {
    "tables": (Bilingual("交换文件夹的表", "Tables of the exchange folder"), tables),
    "commands": (Bilingual("命令行", "The command line"), commands),
    "api": (Bilingual("REST 接口", "The REST face"), api),
    "roles": (Bilingual("岗位权限", "Roles and what they may do"), roles),
    "states": (Bilingual("状态与流转", "States and moves"), states),
    "metrics": (Bilingual("指标", "Metrics"), metrics),
}


def main() -> int:
    """Write, or say which page is stale."""
    stale = []
    for folder, language in LANGUAGES.items():
        for name, (title, body) in PAGES.items():
            path = Path("docs") / folder / "reference" / f"{name}.md"
            text = f"# {title.read(language)}\n\n{GENERATED.read(language)}\n\n{body(language)}\n"
            if not path.is_file() or path.read_text(encoding="utf-8") != text:
                stale.append(str(path))
            if "--check" not in sys.argv:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
    if "--check" in sys.argv and stale:
        print("stale, run `make fix`: " + ", ".join(stale))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
