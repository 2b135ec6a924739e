"""Imports point inward, and what must be instant imports little."""

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "flashnotes"

CORE = (
    "models",
    "errors",
    "text",
    "datauri",
    "screen_text",
    "wrapping",
    "statistics",
    "query",
    "notes",
    "rules",
    "scoring",
    "surroundings",
    "evidence",
    "weights",
    "extract",
    "cards",
    "cloze",
    "typed",
    "hints",
    "asking",
    "times",
    "lint",
    "importing",
    "scheduling",
    "formula",
    "markdown",
)
FORBIDDEN_IN_CORE = {
    "yaml",
    "sqlmodel",
    "sqlalchemy",
    "sqlite3",
    "textual",
    "os",
    "time",
    "random",
    "pathlib",
    "dateutil",
    "tomllib",
    "subprocess",
    "tempfile",
}
MAY_IMPORT: dict[str, set[str]] = {
    "models": set(),
    "errors": set(),
    "garbage": set(),
    "text": set(),
    "screen_text": set(),
    "wrapping": {"text", "screen_text"},
    "notes": {"models", "errors", "text", "datauri"},
    "rules": {"models", "text", "notes"},
    "evidence": {"models", "text", "rules"},
    "surroundings": {"text", "notes", "rules"},
    "scoring": {"models", "text", "notes", "rules", "weights", "evidence", "surroundings"},
    "weights": set(),
    "datauri": set(),
    "extract": {"models", "text", "notes", "rules", "scoring"},
    "cards": {"models", "text", "cloze"},
    "lint": {"models", "text", "cards", "cloze"},
    "importing": {"models", "text", "cards"},
    "scheduling": {"models"},
    "formula": set(),
    "markdown": {"formula", "screen_text", "wrapping"},
    "encodings": {"errors"},
    "documents": {"datauri", "errors", "text", "notes"},
    "notefiles": {"models", "errors", "text", "notes", "encodings", "documents"},
    "extraction": {"models", "errors", "notefiles", "extract"},
    "cloze": {"models", "screen_text"},
    "typed": {"models", "cloze"},
    "hints": {"models", "cloze"},
    "asking": {"models", "cards", "cloze"},
    "whence": {"models", "screen_text"},
    "times": {"models"},
    "outside": {"errors"},
    "conflicts": set(),
    "probe": set(),
    "wording": {"models", "screen_text", "scheduling", "session", "cloze"},
    "statistics": {"models"},
    "query": {"models", "errors", "text", "scheduling"},
    "deckfile": {"garbage", "models", "errors", "text", "cards"},
    "config": {"models", "errors", "text"},
    "settings_guide": {"models", "errors", "config", "config_file"},
    "config_file": {"errors", "config", "deckfile"},
    "home": {"errors"},
    "streams": set(),
    "store": {
        "garbage",
        "models",
        "errors",
        "text",
        "asking",
        "cards",
        "cloze",
        "scheduling",
        "statistics",
        "query",
    },
    "anki": {"models", "errors", "text", "cards", "scheduling", "datauri"},
}


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(path: Path) -> set[str]:
    """Dotted names that the file imports, also inside functions and for types alone."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            if node.module == "flashnotes":
                names.update(f"flashnotes.{alias.name}" for alias in node.names)
            else:
                names.add(node.module)
    return names


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_inward(path: Path) -> None:
    part = part_of(path)
    if part not in MAY_IMPORT:
        return
    ours = {name.split(".")[1] for name in imports_of(path) if name.startswith("flashnotes.")}
    assert ours - {part, "__version__"} <= MAY_IMPORT[part]


@pytest.mark.parametrize(
    "path", [p for p in FILES if part_of(p) in CORE], ids=lambda p: str(p.relative_to(PACKAGE))
)
def test_the_core_touches_no_world(path: Path) -> None:
    assert not {name.split(".")[0] for name in imports_of(path)} & FORBIDDEN_IN_CORE


def test_no_modules_need_each_other() -> None:
    """Not for types either; only the screens know the app that shows them."""
    names = {".".join(("flashnotes", *p.relative_to(PACKAGE).with_suffix("").parts)): p for p in FILES}
    names = {name.removesuffix(".__init__"): path for name, path in names.items() if ".tui" not in name}
    TopologicalSorter(
        {name: modules_of(path) & set(names) - {name} for name, path in names.items()}
    ).prepare()


def modules_of(path: Path) -> set[str]:
    """What the file imports, down to the name, so that a module of a package is no need of the package."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            whole = {f"{node.module}.{alias.name}": node.module for alias in node.names}
            found |= {name if is_module(name) else package for name, package in whole.items()}
    return found


def is_module(name: str) -> bool:
    path = PACKAGE.parent / name.replace(".", "/")
    return path.is_dir() or path.with_suffix(".py").is_file()


def test_every_module_is_placed() -> None:
    shell = {
        "cli",
        "tui",
        "web",
        "session",
        "desk",
        "library",
        "editing",
        "upkeep",
        "importer",
        "candidates",
        "scanning",
        "notestamps",
        "importcache",
        "deckindex",
        "shelf",
        "passages",
        "fromanki",
        "toanki",
        "pictures",
        "doctor",
        "plain",
        "shipped_decks",
        "__init__",
        "__main__",
    }
    assert {part_of(p) for p in FILES} <= set(MAY_IMPORT) | shell


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_import_little(option: str) -> None:
    code = (
        "import sys; from flashnotes.cli import main; main([sys.argv[1]]); "
        "print(sorted({'textual', 'sqlmodel', 'sqlalchemy', 'yaml', 'rich', 'argparse'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, option], capture_output=True, text=True, check=True)
    assert done.stdout
    assert done.stderr.strip() == "[]"
