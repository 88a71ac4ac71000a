"""What import-linter cannot see: a fresh interpreter, the doors between apps, and the models' foreign keys."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

SOURCE = Path("src/bankhall")
FRAMEWORKS = ("django", "ninja", "duckdb", "deltalake", "pyspark", "granian", "openpyxl", "xlsxwriter", "icalendar")
DOORS = {"actions", "queries", "states"}
APPS = sorted(path.name for path in (SOURCE / "apps").iterdir() if path.is_dir() and path.name != "__pycache__")

IMPORT_ALL = """
import importlib, json, pkgutil, sys
import bankhall.kernel, bankhall.analytics
for package in (bankhall.kernel, bankhall.analytics):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
print(json.dumps(sorted(sys.modules)))
"""


def test_kernel_and_analytics_bring_no_framework_with_them() -> None:
    told = subprocess.run([sys.executable, "-c", IMPORT_ALL], capture_output=True, text=True, check=True).stdout
    loaded = {name.partition(".")[0] for name in json.loads(told)}
    assert loaded.isdisjoint(FRAMEWORKS)


def _imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{name.name}" for name in node.names} | {node.module}
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
    return found


@pytest.mark.parametrize("app", APPS)
def test_an_app_enters_another_only_by_its_doors(app: str) -> None:
    wrong = []
    for path in (SOURCE / "apps" / app).rglob("*.py"):
        for name in _imports_of(path):
            parts = name.split(".")
            if parts[:2] == ["bankhall", "apps"] and len(parts) > 3 and parts[2] != app:
                base = path.name in ("models.py", "bases.py", "rules.py") or "models" in path.parts
                allowed = DOORS | ({"bases"} if base or parts[3] == "bases" else set())
                if parts[3] not in allowed:
                    wrong.append(f"{path}: {name}")
    assert wrong == []


def test_foreign_keys_across_apps_protect_and_leave_no_way_back() -> None:
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("bankhall.apps")}
    wrong = []
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if model._meta.app_label in ours and isinstance(field, models.ForeignKey):
                other = field.related_model
                across = not isinstance(other, str) and other._meta.app_label != model._meta.app_label
                if across and not (
                    field.remote_field.on_delete is models.PROTECT and field.remote_field.related_name == "+"
                ):
                    wrong.append(f"{model.__name__}.{field.name}")
    assert wrong == []


def test_no_module_or_class_hides_behind_an_empty_name() -> None:
    banned = ("utils", "helpers", "common", "misc", "manager")
    modules = [p for p in SOURCE.rglob("*.py") if p.stem in banned or (p.parent.name in banned)]
    classes = [
        f"{path}: {node.name}"
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef) and any(node.name.lower().endswith(word) for word in banned)
    ]
    assert modules == []
    assert classes == []
