"""Names of cases: which people a row is for, in few words of the source, without how long or how
much.

A name ends where a clause ends. What it leaves out stays in the note beside it.
"""

from __future__ import annotations

import re

from niemyet.importing.phrases import bare_end, capitalised, one_line, without_bullet

LONGEST_CASE = 110
LONGEST_NAMES = (LONGEST_CASE, 160, 240)
"""How long a name may be: the shortest that still tells the cases apart."""

_SHORTEST = 12
_NEAR = 40

_CASE = re.compile(r"(?<!từng )\b(?:(?:đối với )?(?:các )?trường hợp|đối với)\b", re.IGNORECASE)
_COUNTED = re.compile(r"\Atrường hợp (?:thứ )?[0-9a-z]{1,3}\s*\Z", re.IGNORECASE)
_STARTS_WITH_TIME = re.compile(
    r"(?:trong )?(?:thời hạn )?(?:giải quyết )?(?:là |không quá"
    r" )?[0-9]{1,4}\s?(?:\([^()]{1,30}\)\s?)?(?:ngày|giờ|tháng|tuần)\b"
    r"|kể từ\b|thời hạn\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?:\s?[:;,(–-]|\s(?:thời hạn|thời gian)\b[^.;:]{0,60}?)\s?(?:thời hạn |thời gian )?(?:giải"
    r" quyết )?(?:là |trong |không quá |tối đa )*"
    r"[0-9]{1,4}\s?(?:\([^()]{1,30}\)\s?)?(?:ngày|giờ|tháng|tuần)\b(?!\s[0-9])|\s?\((?:thời"
    r" gian|thời hạn)\b"
    r"|\s(?:không quá|tối đa) [0-9]{1,4} (?:ngày|giờ|tháng|tuần)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"\s?[:,(]?\s?[0-9][0-9.,]{0,14}\s?(?:đồng|đ|vnđ|vnd|usd|đô la)\b", re.IGNORECASE
)
_PAYS = re.compile(r"\bphí\b", re.IGNORECASE)
_GOES_ON = re.compile(
    r",? thì (?:hồ sơ|phải|cần|nộp)\b.{0,80}\Z|[\s,.;:–-]*(?:thì )?(?:thành phần )?(?:hồ sơ(?: đề"
    r" nghị| đăng ký| nộp)?)?\s?"
    r"\b(?:bao gồm|gồm(?: có| một trong)?|như sau|sau đây)\b[\s.:;]*\Z",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"\.\s(?=[^\W\d_a-z])|\.\s-")
_CLAUSE = re.compile(r"[;:](?=\s)")
_JOINTS: tuple[re.Pattern[str], ...] = (
    re.compile(
        r"\s(?:(?:được )?(?:ban hành )?kèm theo|(?:được )?(?:theo )?quy định"
        r" tại|theo|mà|nhưng|nhằm|để|khi|hoặc|nếu|(?:không )?thuộc)\s",
        re.IGNORECASE,
    ),
    re.compile(
        r"\s(?:và|(?:không )?(?:do|được|có|bị|phải)|đã|trong|tại|(?:không phải )?là)\s",
        re.IGNORECASE,
    ),
)


def case_name(text: str, longest: int = LONGEST_CASE) -> str:
    """The case inside some words of a record, or nothing where they speak only of time or money."""
    words = without_bullet(one_line(text))
    found = _CASE.search(words)
    if _STARTS_WITH_TIME.match(words):
        words = words[found.start() :] if found else ""
    elif found and _is_the_case(words, found.start()):
        words = words[found.start() :]
    for ends in (_TIME, _MONEY, _SENTENCE):
        cut = next(
            (place.start() for place in ends.finditer(words) if place.start() >= _SHORTEST),
            len(words),
        )
        words = words[:cut]
    return capitalised(cut_at_clause(_GOES_ON.sub("", words).strip(), longest))


def _is_the_case(words: str, at: int) -> bool:
    """Whether the case begins here: near the start, after a colon, or behind words about money."""
    before = words[:at]
    return not _COUNTED.match(words.partition(":")[0]) and (
        at <= _NEAR or before.rstrip()[-1:] in ":–-" or _PAYS.search(before) is not None
    )


def cut_at_clause(text: str, longest: int) -> str:
    """The text itself where it is short, else up to the end of a clause, with `…` where the
    sentence goes on."""
    whole = bare_end(one_line(text))
    if len(whole) <= longest:
        return whole
    head = whole[:longest]
    stop = next(
        (
            found.start()
            for found in _CLAUSE.finditer(head)
            if found.start() >= 20 and not _COUNTED.match(head[: found.start()])
        ),
        0,
    )
    if stop:
        return bare_end(_closed(head[:stop]))
    strong, weak = (_last(joint, head, longest // 3) for joint in _JOINTS)
    cut = max(head.rfind(", "), strong)
    if cut < longest // 3:
        cut = next(
            (place for place in (weak, cut, head.rfind(" ")) if place >= longest // 3), longest - 1
        )
    return f"{bare_end(_closed(head[:cut]))}…"


def _last(joint: re.Pattern[str], head: str, least: int) -> int:
    return max(
        (found.start() for found in joint.finditer(head) if found.start() >= least), default=0
    )


def _closed(head: str) -> str:
    """Without a bracket that was opened and not closed."""
    opened = head.rfind("(")
    return head[:opened] if opened > _SHORTEST and head.find(")", opened) < 0 else head
