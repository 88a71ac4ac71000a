"""Which encoding a text file is in, and which of its lines are not: a wrong line breaks by itself, not its file.

GB18030 accepts most byte pairs, also those of UTF-8 text, so "it decodes" proves nothing: UTF-8 is believed when most
lines with bytes beyond ASCII are valid UTF-8, and in a GB18030 file a line that is good UTF-8 Chinese is suspect.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bankhall.kernel.errors import BadInput

ENCODINGS = ("utf-8", "gb18030")
_BOM = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CHINESE = re.compile("[\u3000-\u9fff\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Lines without their ends. `problems` names the lines (from 0) that are not in the encoding."""

    lines: list[str]
    encoding: str
    detected: bool
    problems: Mapping[int, str]


def decode_lines(data: bytes, path: Path, encoding: str = "") -> Decoded:
    """The lines of a file in a stated or detected encoding. Raises BadInput for what is no such text."""
    if encoding and encoding not in ENCODINGS:
        raise BadInput("encoding_unknown", file=str(path), encoding=encoding)
    if data[:2] in _UTF16:
        raise BadInput("encoding_unknown", file=str(path), encoding="utf-16")
    body = data.removeprefix(_BOM)
    if not body.strip():
        raise BadInput("file_empty", file=str(path))
    if body.count(b"\0") > max(8, len(body) // 100):
        raise BadInput("file_not_text", file=str(path))
    lines = body.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    chosen = encoding or ("utf-8" if data.startswith(_BOM) else _detected(lines))
    return _decoded(lines, path, chosen, detected=not encoding)


def _detected(lines: list[bytes]) -> str:
    beyond = [line for line in lines if not line.isascii()]
    good = sum(_decodes(line, "utf-8") for line in beyond)
    return "utf-8" if 2 * good >= len(beyond) else "gb18030"


def _decoded(lines: list[bytes], path: Path, encoding: str, *, detected: bool) -> Decoded:
    texts, problems, beyond = [], {}, 0
    for index, line in enumerate(lines):
        if line.isascii():
            texts.append(line.decode("ascii"))
            continue
        beyond += 1
        if _foreign(line, encoding):
            problems[index] = "wrong_encoding"
        texts.append(line.decode(encoding, errors="backslashreplace"))
    if len(problems) > max(3, beyond // 2) or 0 in problems:
        raise BadInput("wrong_encoding", file=str(path), encoding=encoding, row=min(problems) + 1)
    return Decoded(texts, encoding, detected, problems)


def _foreign(line: bytes, encoding: str) -> bool:
    if not _decodes(line, encoding):
        return True
    # True UTF-8 Chinese among GB18030 lines would be read as other, wrong, Chinese.
    return encoding == "gb18030" and _decodes(line, "utf-8") and bool(_CHINESE.search(line.decode("utf-8")))


def _decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
