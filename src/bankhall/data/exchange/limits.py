"""How large a file may be, and how much it may grow when unpacked: a bomb is refused before it fills memory."""

import gzip
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from bankhall.kernel.errors import BadInput

MIB = 1024 * 1024
CHUNK = 4 * MIB


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes on disk, bytes when unpacked, and how many times larger than the file the unpacked may be.

    Text is held in memory as lines: `text_bytes` is the most of one CSV file. A month of a large bank has a fifth of
    it; what is larger comes as Parquet, or as several files of one table.
    """

    file_bytes: int = 1024 * MIB
    unpacked_bytes: int = 2048 * MIB
    text_bytes: int = 512 * MIB
    ratio: int = 120
    free_bytes: int = 8 * MIB  # small things may have any ratio


LIMITS = Limits()


def check_size(path: Path, limits: Limits = LIMITS) -> int:
    """Bytes on disk. Raises BadInput when the file is absent, empty or too large."""
    if not path.is_file():
        raise BadInput("file_not_found", file=str(path))
    size = path.stat().st_size
    if size == 0:
        raise BadInput("file_empty", file=str(path))
    if size > limits.file_bytes:
        raise BadInput("file_too_large", file=str(path), bytes=size, limit=limits.file_bytes)
    return size


def check_growth(path: Path, packed: int, unpacked: int, limits: Limits = LIMITS) -> None:
    """Refuses what unpacks to more than the limits allow."""
    if unpacked > limits.unpacked_bytes or (unpacked > limits.free_bytes and unpacked > packed * limits.ratio):
        raise BadInput("file_unpacks_too_large", file=str(path), bytes=packed, unpacked=unpacked)


def read_plain(path: Path, limits: Limits = LIMITS) -> bytes:
    """The bytes of a text file that is not packed."""
    size = check_size(path, limits)
    if size > limits.text_bytes:
        raise BadInput("file_too_large", file=str(path), bytes=size, limit=limits.text_bytes)
    return path.read_bytes()


def read_gzip(path: Path, limits: Limits = LIMITS) -> bytes:
    """The unpacked bytes. Raises BadInput for a damaged file or a bomb; unpacking stops at the limit."""
    packed, chunks, total = check_size(path, limits), [], 0
    try:
        with gzip.open(path, "rb") as stream:
            while chunk := stream.read(CHUNK):
                total += len(chunk)
                check_growth(path, packed, total, limits)
                if total > limits.text_bytes:
                    raise BadInput("file_unpacks_too_large", file=str(path), bytes=packed, unpacked=total)
                chunks.append(chunk)
    except (EOFError, OSError, zlib.error) as error:
        raise BadInput("file_damaged", file=str(path), reason=str(error)) from error
    return b"".join(chunks)


def check_zip(path: Path, limits: Limits = LIMITS) -> None:
    """Refuses an archive that is damaged, encrypted, or unpacks to too much (its directory says how much)."""
    packed = check_size(path, limits)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise BadInput("file_damaged", file=str(path), reason=str(error)) from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise BadInput("file_encrypted", file=str(path))
    check_growth(path, packed, sum(entry.file_size for entry in entries), limits)
