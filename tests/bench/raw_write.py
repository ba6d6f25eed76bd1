"""Writes the bytes of a finished site again from memory, and says how long: no maker of sites can
be faster than its disk.

Usage: raw_write.py SITE NEW_FOLDER. Reading comes before the clock starts. Prints {"wall": s,
    "cpu": s}.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path


def main(site: Path, target: Path) -> None:
    files = [
        (str(target / file.relative_to(site)), file.read_bytes())
        for file in sorted(site.rglob("*"))
        if file.is_file()
    ]
    wall, cpu = time.perf_counter(), time.process_time()
    for path, content in files:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120  (plain calls: this is the floor)
        with open(path, "wb") as out:  # noqa: PTH123
            out.write(content)
    print(json.dumps({"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
