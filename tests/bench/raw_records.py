"""Reads a published national procedure record with line patterns alone.

A second reader on purpose: what measures the importer must not share its code. It knows the grammar
of the text files (20 labels at column 0, channel rows, paper rows with their counts, legal rows)
and nothing of our own data model.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

LABELS = (
    "Mã thủ tục",
    "Số quyết định",
    "Tên thủ tục",
    "Cấp thực hiện",
    "Loại thủ tục",
    "Lĩnh vực",
    "Trình tự thực hiện",
    "Cách thức thực hiện",
    "Thành phần hồ sơ",
    "Đối tượng thực hiện",
    "Cơ quan thực hiện",
    "Cơ quan có thẩm quyền",
    "Địa chỉ tiếp nhận HS",
    "Cơ quan được ủy quyền",
    "Cơ quan phối hợp",
    "Kết quả thực hiện",
    "Căn cứ pháp lý",
    "Yêu cầu, điều kiện thực hiện",
    "Từ khóa",
    "Mô tả",
)
EMPTY = "Không có thông tin"
CHANNELS = {"DIRECT": "counter", "ONLINE": "online", "POSTAL": "post"}
UNITS = {
    "WORKING_DAY": "working_days",
    "ngày làm việc": "working_days",
    "DAY": "calendar_days",
    "ngày": "calendar_days",
    "HOUR": "hours",
    "giờ": "hours",
    "MONTH": "months",
    "tháng": "months",
}
UNIT_WORDS = {
    "working_days": r"ngày\s+làm\s+việc",
    "calendar_days": "ngày",
    "hours": "(?:giờ|tiếng)",
    "months": "tháng",
}
LIMIT = re.compile(r"(\d+(?:[.,]\d+)?)\s*(" + "|".join(UNITS) + r")\.?")
COPIES = re.compile(r" {6}Số lượng: Bản chính: (\d+), Bản sao: (\d+)\s*")
NUMBER = re.compile(r"\d{1,3}(?:[. ,\u00a0]\d{3})+(?!\d)|\d+")
IN_WORDS = re.compile(r"(\d+(?:[.,]\d+)?)\s*(nghìn|ngàn|triệu)", re.IGNORECASE)
ENUMERATOR = re.compile(
    r"[\W_]*(?:bước\s+\d+\W+)?(?:(?:\(?(?:[ivx]{1,4}|\d{1,2}|[a-zđ])[.)])+\s*)?[\W_]*",
    re.IGNORECASE,
)
APPLICANTS_WITH_COMMA = (
    "Tổ chức (không bao gồm doanh nghiệp, HTX)",
    "Cán bộ, công chức, viên chức",
)

Limit = tuple[Fraction, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelRow:
    channel: str
    limit_text: str
    fee: str
    note: str

    @property
    def limit(self) -> Limit | None:
        """The number and our word for its unit, or nothing where the source lost either."""
        match = LIMIT.fullmatch(self.limit_text)
        if not match or not (number := Fraction(match[1].replace(",", "."))):
            return None
        return number, UNITS[match[2]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    group: str
    text: str
    originals: int
    copies: int

    @property
    def is_note(self) -> bool:
        return self.originals == self.copies == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalRow:
    title: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    path: Path
    text: str
    values: dict[str, str]
    channels: tuple[ChannelRow, ...]
    papers: tuple[PaperRow, ...]
    legal: tuple[LegalRow, ...]

    @property
    def code(self) -> str:
        return self.values.get("Mã thủ tục", "")

    def value(self, label: str) -> str:
        """What the label holds, or nothing where the source says that it holds nothing."""
        text = self.values.get(label, "")
        return "" if text.startswith(EMPTY) else text

    def items(self, label: str) -> list[str]:
        if label == "Đối tượng thực hiện":
            return list(split_applicants(self.value(label)))
        # The list is joined with commas that its members also contain; a new member starts with a
        # capital.
        return [
            item
            for part in re.split(r",\s*(?=[A-ZĐÀ-Ỹ])", self.value(label))
            if (item := part.strip(" \t\n.;,"))
        ]


def read_record(path: Path) -> Record:
    text = unicodedata.normalize("NFC", path.read_bytes().decode("utf-8"))
    values = dict(split_labels(text))
    return Record(
        path=path,
        text=text,
        values={label: value.strip() for label, value in values.items()},
        channels=tuple(read_channels(values.get("Cách thức thực hiện", ""))),
        papers=tuple(read_papers(values.get("Thành phần hồ sơ", ""))),
        legal=tuple(read_legal(values.get("Căn cứ pháp lý", ""))),
    )


def split_labels(text: str) -> Iterator[tuple[str, str]]:
    """Every label with the text up to the next one; a label counts only in its place in the
    order."""
    starts: list[tuple[str, int, int]] = []
    place = 0
    for label in LABELS:
        if match := re.compile(rf"^{label}:", re.MULTILINE).search(text, place):
            starts.append((label, match.start(), match.end()))
            place = match.end()
    for index, (label, _, end) in enumerate(starts):
        yield label, text[end : starts[index + 1][1] if index + 1 < len(starts) else len(text)]


def read_channels(block: str) -> Iterator[ChannelRow]:
    for part in re.split(r"^ {2}\* Hình thức nộp:", block, flags=re.MULTILINE)[1:]:
        first, _, rest = part.partition("\n")
        found = dict.fromkeys(("Thời hạn giải quyết", "Phí, lệ phí", "Mô tả"), "")
        last = ""
        for line in rest.split("\n"):
            name = next(
                (n for n, value in found.items() if not value and line.startswith(f"    {n}:")), ""
            )
            if name:
                last, line = name, line.partition(":")[2]
            if last:
                found[last] += line + "\n"
        yield ChannelRow(
            channel=CHANNELS.get(first.strip(), first.strip()),
            limit_text=found["Thời hạn giải quyết"].strip(),
            fee=found["Phí, lệ phí"].strip(),
            note=found["Mô tả"].strip(),
        )


def read_papers(block: str) -> Iterator[PaperRow]:
    group, lines = "", []
    for line in block.split("\n"):
        if counts := COPIES.fullmatch(line):
            yield PaperRow(
                group=group, text="\n".join(lines), originals=int(counts[1]), copies=int(counts[2])
            )
            lines = []
        elif line.startswith("  [") and line.rstrip().endswith("]"):
            group = line.strip()[1:-1].strip()
        elif line.startswith("    - "):
            lines = [line[6:]]
        elif lines:
            lines.append(line)


def read_legal(block: str) -> Iterator[LegalRow]:
    for part in re.split(r"^ {2}\* ", block, flags=re.MULTILINE)[1:]:
        row = " ".join(part.split())
        match = re.fullmatch(r"(.*?)\s*\(([^()]*)\)", row)
        yield LegalRow(title=match[1] if match else row, number=match[2] if match else "")


def split_applicants(text: str) -> Iterator[str]:
    """The members of a comma list of which two members contain commas themselves."""
    for number, name in enumerate(APPLICANTS_WITH_COMMA):
        text = text.replace(name, f"\0{number}")
    for item in text.split(","):
        item = item.strip()
        for number, name in enumerate(APPLICANTS_WITH_COMMA):
            item = item.replace(f"\0{number}", name)
        if item:
            yield item


def fold(text: str) -> str:
    """Letters and digits alone, small: bullets, spaces, invisible marks and punctuation do not
    count."""
    return "".join(c for c in unicodedata.normalize("NFC", text).casefold() if c.isalnum())


def fold_row(text: str) -> str:
    """A row without its leading bullet or number ("- ", "a) ", "2. ")."""
    match = ENUMERATOR.match(text)
    return fold(text[match.end() :] if match else text) or fold(text)


def is_covered(wanted: str, texts: Iterable[str], pieces: int = 4) -> bool:
    """Whether folded `wanted` is found in the folded texts, whole or cut into a few long pieces."""
    texts = list(texts)
    place = 0
    for _ in range(pieces):
        if place == len(wanted):
            return True
        length = max((longest_prefix(wanted, place, text) for text in texts), default=0)
        if length < min(4, len(wanted) - place):
            return False
        place += length
    return place == len(wanted)


def longest_prefix(wanted: str, place: int, text: str) -> int:
    low, high = 0, len(wanted) - place
    while low < high:
        middle = (low + high + 1) // 2
        if wanted[place : place + middle] in text:
            low = middle
        else:
            high = middle - 1
    return low


def numbers_in(text: str) -> set[int]:
    """Every whole number the text states, however its digits are grouped: 8000, 8.000, 8 000, 8
    nghìn."""
    grouped = {int(re.sub(r"\D", "", number)) for number in NUMBER.findall(text)}
    plain = {int(number) for number in re.findall(r"\d+", text)}
    scale = {"nghìn": 1_000, "ngàn": 1_000, "triệu": 1_000_000}
    worded = {
        int(Fraction(n.replace(",", ".")) * scale[word.lower()])
        for n, word in IN_WORDS.findall(text)
    }
    return grouped | plain | worded


def states_limit(text: str, limit: Limit) -> bool:
    """Whether the text says this number with this unit, as in "03 ngày làm việc" or "03 (ba) ngày
    làm việc"."""
    number, unit = limit
    shown = rf"0*{number}" if number.denominator == 1 else str(float(number)).replace(".", "[.,]")
    return bool(
        re.search(
            rf"(?<![\d.,/]){shown}\s*(?:\([^)]*\)\s*)?{UNIT_WORDS[unit]}", text, re.IGNORECASE
        )
    )


def legal_number(text: str) -> str:
    """A number as documents are looked up by: from its first digit, capitals, no spaces, single
    slashes."""
    text = unicodedata.normalize("NFC", text).upper().replace("–", "-")
    match = re.search(r"\d", text)
    text = re.sub(r"\s+", "", text[match.start() :] if match else text)
    return re.sub(r"/{2,}", "/", text).strip(".,;")
