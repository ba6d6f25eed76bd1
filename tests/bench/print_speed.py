"""What a print run costs: seconds a sheet, peak memory, and a second run in which nothing changed.

    python tests/bench/print_speed.py [--count 400] [--records FOLDER]

Measures the shipped set, and a project with `--count` synthetic procedures; each run is a whole
process. With `--records`, national records are imported and every sheet of theirs is looked at as
the tests do: nothing lost, cut, squeezed or too small.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from processes import run
from project import ROOT, SEED, TODAY, copy_project
from synthetic import write_procedures

import niemyet.paper.procedure_sheets

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "paper"))

ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=400, help="how many synthetic procedures")
    parser.add_argument(
        "--records", type=Path, help="a folder of national records to import and print"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure("shipped", copy_project(Path(folder) / "shipped").root)
        large = copy_project(Path(folder) / "large").root
        write_procedures(large, options.count, SEED)
        measure(f"{options.count} procedures", large)
        if options.records:
            look_at_records(copy_project(Path(folder) / "records").root, options.records)


def command(name: str, root: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "niemyet", name, "--root", str(root), "--today", TODAY, *more]


def measure(name: str, root: Path) -> None:
    """Prints what the first run and the second cost."""
    first = run(command("print", root), ENVIRONMENT, ROOT)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    second = run(command("print", root), ENVIRONMENT, ROOT)
    sheets = list((root / "print").rglob("*.pdf"))
    size = sum(file.stat().st_size for file in sheets) / 1e6
    print(
        f"{name}: {len(sheets)} sheets, {size:.1f} MB; first run {first.wall:.1f} s wall,"
        f" {first.cpu:.1f} s CPU, {first.cpu / len(sheets) * 1000:.0f} ms CPU a sheet; peak"
        f" {peak:.0f} MiB; nothing changed: {second.wall:.2f} s wall, {second.cpu:.2f} s CPU,"
        f" {second.cpu / first.cpu:.3f} of the first",
        flush=True,
    )


def look_at_records(root: Path, records: Path) -> None:
    """Imports records and holds every sheet against the rules of the tests."""
    import datetime as dt

    from pdf_reading import faults
    from test_printing import check_whole

    from niemyet.paper.line_breaks import unbreakable, with_breaks
    from niemyet.paper.sheet import PressError
    from niemyet.paper.typst import Press
    from niemyet.publish.project import load_project
    from niemyet.view.procedure_view import ProcedureView
    from niemyet.view.words import Words

    # What differs from a shipped procedure is kept, which the command tells with its exit code.
    subprocess.run(
        command("import", root, str(records.resolve())),
        env=ENVIRONMENT,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        check=False,
    )
    catalogue = load_project(root, dt.date.fromisoformat(TODAY)).catalogue
    words, press = Words(catalogue, "vi"), Press()
    looked_at = faulty = refused = 0
    pages: dict[int, int] = {}
    for procedure in catalogue.public_procedures:
        for sheet in niemyet.paper.procedure_sheets.sheets(
            ProcedureView(catalogue, words, procedure)
        ):
            data = with_breaks(dict(sheet.data))
            long = list(unbreakable(data))
            if long:
                refused += 1
                print(f"  {sheet.id}: refused, {long[0]!r}")
                continue
            try:
                made = press.make(sheet.kind, data)
            except PressError as error:
                refused += 1
                print(f"  {sheet.id}: refused, {error}")
                continue
            looked_at += 1
            pages[made.pages] = pages.get(made.pages, 0) + 1
            try:
                check_whole(sheet, made.pdf)
                assert not faults(made.pdf), faults(made.pdf)
            except AssertionError as error:
                faulty += 1
                print(f"  {sheet.id}: {str(error)[:200]}")
    print(
        f"records: {looked_at} sheets of {len(catalogue.public_procedures)} procedures looked at,"
        f" {faulty} faulty, {refused} refused; pages {dict(sorted(pages.items()))}"
    )


if __name__ == "__main__":
    main()
