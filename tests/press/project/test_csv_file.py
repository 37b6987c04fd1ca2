"""CSV files are read as spreadsheets save them, or refused by name, line, and a way out."""

import pytest

from press import project
from press.errors import PressError

TEXT = "town,rain\nArley,1\n비,2\n"


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.replace("\n", "\r\n").encode("utf-8-sig"),
        TEXT.replace("\n", "\r").encode(),
        TEXT.rstrip().encode(),
        TEXT.replace("Arley", '"Arley"').encode(),
    ],
    ids=["plain", "with a mark", "saved by Excel", "of an old Macintosh", "without a last line end", "quoted"],
)
def test_a_file_is_read_whoever_saved_it(tmp_path, content):
    (tmp_path / "a.csv").write_bytes(content)
    rows = project.read_rows(tmp_path / "a.csv", ["town", "rain"], "data/a.csv")
    assert rows == [{"town": "Arley", "rain": "1"}, {"town": "비", "rain": "2"}]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (TEXT.encode("cp949"), r"^data/a\.csv, line 3: not UTF-8: “.*,2”\. In Excel, save it as “CSV UTF-8”\.$"),
        (TEXT.encode("utf-16"), r"^data/a\.csv, line 1: not UTF-8"),
        (TEXT.replace(",", ";").encode(), r"line 1: no column 'town'; it has 'town;rain'\. .*by semicolons"),
        (TEXT.replace(",", "\t").encode(), r"by tabs: save it with commas\.$"),
        (b"city,rain\nArley,1\n", r"line 1: no column 'town'; it has 'city', 'rain'\."),
        (b"", r"no column 'town'; it has none\."),
        (b"town,rain\nArley,1,5\n", r"line 2: the row has more or fewer fields"),
        (b"town,rain\nArley\n", r"line 2: the row has more or fewer fields"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_place(tmp_path, content, message):
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(PressError, match=message):
        project.read_rows(tmp_path / "a.csv", ["town", "rain"], "data/a.csv")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(PressError, match=r"data/a\.csv: the file is missing"):
        project.read_rows(tmp_path / "a.csv", ["town"], "data/a.csv")


def test_a_file_of_ascii_or_with_a_mark_opens_everywhere(tmp_path):
    for content, opens in ((b"town", True), ("비".encode(), False), ("비".encode("utf-8-sig"), True)):
        (tmp_path / "a.csv").write_bytes(content)
        assert project.opens_everywhere(tmp_path / "a.csv") is opens


def test_settings_may_begin_with_a_mark(tmp_path):
    (tmp_path / "_config.yml").write_text("title: Rain\n", encoding="utf-8-sig")
    assert project.read_settings(tmp_path, "_config.yml") == {"title": "Rain"}
