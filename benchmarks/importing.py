"""A set of notes imported, imported again as it is, and again with one note changed.

    python benchmarks/importing.py ../shared/notes

The notes are copied to a temporary folder first. Aim: with one note changed, at most a twentieth of the first import.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from flashnotes.config import Settings
from flashnotes.home import Home
from flashnotes.importer import plan_import
from flashnotes.library import Library
from flashnotes.models import Moment

AIM = 20.0
LONG_AGO = 1_700_000_000


def imported(root: Path) -> tuple[float, str]:
    """The seconds of an import from opening the home to closing it, and what it came to."""
    begun = time.perf_counter()
    library = Library.open(Home(root / "home"), Settings(), at=Moment(int(time.time() * 1000)))
    done = plan_import(library, [root / "notes"], at=Moment(int(time.time() * 1000)))
    planned = time.perf_counter() - begun
    done.take(done.plan.taken())
    library.store.close()
    counts = ", ".join(f"{count} {status}" for status, count in done.plan.counts().items() if count)
    seconds = time.perf_counter() - begun
    read = len(done.scanner.read) if done.scanner else 0
    return seconds, f"{seconds:6.2f} s ({planned:.2f} s until the plan), {read} notes read: {counts}"


def main() -> int:
    source = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/notes")
    with TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(source, root / "notes")
        notes = [path for path in sorted((root / "notes").rglob("*")) if path.is_file()]
        for path in notes:
            os.utime(path, (LONG_AGO, LONG_AGO))
        print(f"{len(notes)} files, {sum(path.stat().st_size for path in notes) / 1e6:.1f} MB")
        first, told = imported(root)
        print(f"first import       {told}")
        print(f"again, as it is    {imported(root)[1]}")
        changed = next(path for path in notes if path.suffix == ".md" and path.stat().st_size > 4_000)
        with changed.open("a", encoding="utf-8") as file:
            file.write("\n\n**Benchmarking**: measuring how long a piece of work takes, again and again.\n")
        second, told = imported(root)
        print(f"one note changed   {told}")
        print(f"{first / second:.0f} times as fast as the first (aim {AIM:.0f})")
        return 0 if first / second >= AIM else 1


if __name__ == "__main__":
    sys.exit(main())
