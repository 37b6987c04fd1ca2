"""What a cell writes, by Python or beside it: on its way to the outputs of the cell."""

import codecs
import contextlib
import ctypes
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

NAMES = {1: "stdout", 2: "stderr"}  # file descriptors of every program


class Stream(io.TextIOBase):
    """Standard output or error of a chapter.

    Parameters
    ----------
    number : int
        1 or 2: the file descriptor that other programs write to.
    keep : callable
        Called with the stream's name and what was written.
    """

    def __init__(self, number: int, keep: Callable[[str, str], None]):
        self.number, self.name, self.keep, self.process = number, NAMES[number], keep, os.getpid()

    encoding, errors = "utf-8", "replace"

    def writable(self) -> bool:
        """Tell that it can be written to."""
        return True

    def fileno(self) -> int:
        """Return the descriptor that other programs get when this stream is handed to them."""
        return self.number

    def write(self, text: str) -> int:
        """Keep a text; a forked child, whose memory nobody reads, writes it where other programs do."""
        if os.getpid() == self.process:
            self.keep(self.name, text)
        else:
            _write_whole(self.number, text.encode("utf-8", "replace"))
        return len(text)


def _write_whole(number: int, content: bytes) -> None:
    while content:
        content = content[os.write(number, content) :]


def _read_on(reader: int) -> bytes:
    return b"".join(iter(lambda: os.read(reader, 1 << 16), b""))


class Descriptors:
    """The descriptors 1 and 2 of this process, led into files: what other programs and native code write.

    Files, not pipes: whoever writes never waits, and what was written stands in order once a program has ended.

    Parameters
    ----------
    folder : Path
        Where the files are made.
    name : str
        What their names begin with.
    """

    def __init__(self, folder: Path, name: str):
        self.process = os.getpid()
        self.readers: dict[str, int] = {}
        self.decoders = {stream: codecs.getincrementaldecoder("utf-8")("replace") for stream in NAMES.values()}
        for number, stream in NAMES.items():
            path = folder / f"{name}.{stream}"
            target = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_TRUNC)
            os.dup2(target, number)
            os.close(target)
            self.readers[stream] = os.open(path, os.O_RDONLY)

    def read(self) -> list[tuple[str, str]]:
        """Return name and text of what was written since the last call; nothing in a fork, which must not take it."""
        if os.getpid() != self.process:
            return []
        written = ((name, self.decoders[name].decode(_read_on(reader))) for name, reader in self.readers.items())
        return [(name, text) for name, text in written if text]

    @staticmethod
    def flush() -> None:
        """Write what Python's first streams and the C library still hold back."""
        for stream in (sys.__stdout__, sys.__stderr__):
            with contextlib.suppress(AttributeError, ValueError, OSError):
                stream.flush()  # type: ignore[union-attr]
        if os.name == "posix":
            ctypes.CDLL(None).fflush(None)
