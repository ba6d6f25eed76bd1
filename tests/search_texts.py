"""What a search index says, in words again: read apart from the program that writes it."""

from __future__ import annotations

import json
import re
from typing import Any

from niemyet.web.search_index import character


def index_in(script: str) -> dict[str, Any]:
    """The index in a script; `texts` are the texts of each result, title first."""
    quoted = re.fullmatch(r"window\.niemyetIndex=JSON\.parse\('(.*)'\);\n", script)
    assert quoted and not re.search(r"(?<!\\)(?:\\\\)*'", quoted[1]), (
        "a quote mark ends the text too early"
    )
    index: dict[str, Any] = json.loads(
        re.sub(r"\\(x3c|u202[89]|.)", lambda found: {"x3c": "<"}.get(found[1], found[1]), quoted[1])
    )
    spelled = {character(number): word for number, word in enumerate(index["words"].split(" "))}
    return {
        **index,
        "texts": [
            [" ".join(map(spelled.__getitem__, text)) for text in re.split("[!#]", coded)]
            for coded in index["texts"]
        ],
    }
