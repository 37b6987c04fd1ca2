"""What a cell writes beside Python: led into files, read back in order, and given to the cell."""

import os
import subprocess
import sys

import pytest

from press.execution.streams import Stream

WRITER = """
import os, sys
from pathlib import Path
from press.execution.streams import Descriptors
written = Descriptors(Path(sys.argv[1]), "cell")
{code}
found = written.read()
os.write(int(sys.argv[2]), repr(found).encode())
"""


def found(folder, code):
    """What a process finds that has led its descriptors into files and then run some code."""
    reader, writer = os.pipe()
    command = [sys.executable, "-c", WRITER.format(code=code), str(folder), str(writer)]
    subprocess.run(command, pass_fds=[writer], check=True, timeout=60)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        return eval(pipe.read())


@pytest.mark.skipif(os.name != "posix", reason="the commands are those of Unix")
@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("os.system('echo rain')", [("stdout", "rain\n")]),
        ("os.system('echo rain >&2; echo snow')", [("stdout", "snow\n"), ("stderr", "rain\n")]),
        ("__import__('subprocess').run(['printf', '비'])", [("stdout", "비")]),
        ("os.write(1, b'\\xff')", [("stdout", "�")]),
        ("os.write(1, '비'.encode()[:1]); written.read(); os.write(1, '비'.encode()[1:])", [("stdout", "비")]),
        ("sys.__stdout__.write('rain'); written.flush()", [("stdout", "rain")]),
        ("__import__('ctypes').CDLL(None).puts(b'rain'); written.flush()", [("stdout", "rain\n")]),
        ("os.write(1, b'rain'); written.read()", []),
        ("os.write(1, b'rain'); os.fork() or os._exit(bool(written.read())); os.wait()", [("stdout", "rain")]),
    ],
    ids=["program", "both", "Hangul", "no text", "half a letter", "Python's own", "native", "once", "not by a fork"],
)
def test_what_is_written_beside_python_is_found(tmp_path, code, text):
    assert found(tmp_path, code) == text


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")
def test_a_fork_writes_where_other_programs_do(tmp_path):
    stream = "from press.execution.streams import Stream; stream = Stream(1, None); "
    assert found(tmp_path, stream + "os.fork() or (stream.write('rain'), os._exit(0)); os.wait()") == [
        ("stdout", "rain")
    ]


def test_a_stream_can_be_handed_to_a_program():
    assert Stream(2, print).fileno() == 2 and Stream(2, print).name == "stderr" and not Stream(2, print).isatty()
