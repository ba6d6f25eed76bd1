"""Fictional records in the forms of the national database, and a small project to import them
into."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

from bad_inputs import BASE

from niemyet.importing.draft import Draft, make_draft
from niemyet.importing.known_names import open_ledger
from niemyet.importing.national_record import Record
from niemyet.importing.national_text import parse_record
from niemyet.importing.run import Outcome, import_records
from niemyet.source.loader import Source, load_tree

TODAY = dt.date(2026, 11, 24)

KITE = """Chi tiết thủ tục hành chính
Mã thủ tục: 9.000001
Số quyết định: 12/QĐ-BTD
Tên thủ tục: Thủ tục đăng ký thả diều.
Cấp thực hiện: Cấp Xã
Loại thủ tục: TTHC được luật giao quy định chi tiết
Lĩnh vực: Hộ tịch
Trình tự thực hiện:
    Bước 1: Nộp đơn. Người thả diều nộp đơn tại quầy.
    - Kèm ảnh con diều.
    Bước 2: Nhận giấy.

Cách thức thực hiện:
  * Hình thức nộp: DIRECT
    Thời hạn giải quyết: 3 WORKING_DAY
    Phí, lệ phí: 8000 VNĐ (/bản)
  * Hình thức nộp: ONLINE
    Thời hạn giải quyết: 7.5 WORKING_DAY
    Phí, lệ phí: 0 VNĐ ()
    Mô tả: Qua Cổng dịch vụ công.

Thành phần hồ sơ:
  [ * Giấy tờ phải nộp: ]
    - - Đơn xin thả diều;
      Số lượng: Bản chính: 1, Bản sao: 0
  [ * Giấy tờ phải xuất trình: ]
    - - Ảnh con diều
      Số lượng: Bản chính: 0, Bản sao: 2
  [ * Lưu ý: ]
    - + Diều không được có đèn.
      Số lượng: Bản chính: 0, Bản sao: 0

Đối tượng thực hiện: Công dân Việt Nam, Cán bộ, công chức, viên chức
Cơ quan thực hiện: Ủy ban nhân dân xã, phường
Cơ quan có thẩm quyền: Không có thông tin
Địa chỉ tiếp nhận HS: Không có thông tin
Cơ quan được ủy quyền: Không có thông tin
Cơ quan phối hợp: Không có thông tin
Kết quả thực hiện: Giấy thả diều, Thẻ diều
Căn cứ pháp lý:
  * Luật Thả diều (7/2025/QH15)
  * Luật Hộ tịch (Luật 60/2014/QH13)
  * Thông tư quy định phí thả diều (8/2025/TT-BTD)

Yêu cầu, điều kiện thực hiện: - Diều nhẹ.
- Có dây.
Từ khóa: diều giấy, sáo diều
Mô tả: - Diều nhẹ.
- Có dây.
"""


def changed(*changes: tuple[str, str]) -> str:
    """The record of the kite with some of its words replaced."""
    text = KITE
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def read(text: str) -> Record:
    record, _ = parse_record("dieu.txt", text.encode())
    assert record is not None
    return record


def project(folder: Path) -> Path:
    root = folder / "project"
    shutil.copytree(BASE, root)
    return root


def base_sources() -> list[Source]:
    sources, findings = load_tree(BASE)
    assert not findings
    return sources


def draft(text: str) -> Draft:
    made, _ = make_draft(read(text), open_ledger(base_sources()), TODAY)
    assert made is not None
    return made


def data(*changes: tuple[str, str]) -> dict[str, Any]:
    return draft(changed(*changes)).data


def imported(*texts: str, sources: list[Source] | None = None, **options: Any) -> Outcome:
    files = [(f"{number}.txt", text.encode()) for number, text in enumerate(texts, 1)]
    return import_records(files, base_sources() if sources is None else sources, TODAY, **options)


def problems(made: dict[str, Any]) -> dict[str, str]:
    """What a draft asks people to look at, by place."""
    return {row["at"]: row["problem"] for row in made.get("to_review", ())}
