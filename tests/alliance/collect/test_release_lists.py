"""Publishers who give each release new numbers: the files wanted are found in their lists, and held to checksums."""

import hashlib
import json

import pytest
from publishers import Publishers

from alliance.collect import fetching, registry, release_lists
from alliance.collect.forms import Answer
from alliance.data import DataError

LIST = "/api/datasets/:persistentId/?persistentId=doi:10.7910/DVN/LEJUQZ"
QUICK = fetching.Limits(connect=2, read=5, whole=5, retries=0)
VOTES = b"iso3c,year\nKOR,2025\n"


def file(number, name, created="2025-07-01", content=VOTES, **further):
    checksum = {"type": "MD5", "value": hashlib.md5(content, usedforsecurity=False).hexdigest()}
    about = {"id": number, "filename": name, "checksum": checksum, "creationDate": created}
    return {"label": name, "dataFile": about | further}


def listing(*files):
    return json.dumps({"status": "OK", "data": {"latestVersion": {"files": list(files)}}}).encode()


RELEASES = [
    file(7, "IdealpointestimatesAll_Jun2024.csv", "2024-06-20"),
    file(9, "IdealpointsJuly2026.tab", "2026-07-20", originalFileName="IdealpointsJuly2026.dta"),
    file(12, "IdealPointDyads1946-2026.csv", "2026-07-21"),
    file(13, "UNVotes.RData", "2026-07-21"),
]


def found(*files, pattern="idealpoint(s|estimates)"):
    (file,) = release_lists.wanted(Answer(f"https://dataverse.harvard.edu{LIST}#{pattern}", listing(*files)))
    return file


def test_the_newest_file_of_the_name_is_found():
    assert found(*RELEASES).address == (
        "https://dataverse.harvard.edu/api/access/datafile/9?format=original#IdealpointsJuly2026.dta"
    )
    assert found(RELEASES[0]).address == (
        "https://dataverse.harvard.edu/api/access/datafile/7#IdealpointestimatesAll_Jun2024.csv"
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (listing(RELEASES[2], RELEASES[3]), "no file of that name, but IdealPointDyads1946-2026.csv, UNVotes.RData"),
        (listing(), "no file of that name, but none at all"),
        (b'{"status": "ERROR", "message": "not found"}', "not the list’s JSON"),
        (listing({"dataFile": {"id": "x", "filename": "idealpoints"}}), "not the list’s JSON"),
        (listing(file(1, "idealpoints.csv", checksum=None)), "not the list’s JSON"),
        (b"<html>", "not the list’s JSON"),
    ],
)
def test_what_is_no_list_of_such_files_is_refused(content, expected):
    with pytest.raises(DataError, match=expected):
        release_lists.wanted(Answer(f"https://dataverse.harvard.edu{LIST}#idealpoint(s|estimates)", content))


def test_a_file_is_held_to_the_checksum_in_the_list(tmp_path):
    kept, other = tmp_path / "votes.csv", tmp_path / "other.csv"
    kept.write_bytes(VOTES)
    other.write_bytes(VOTES + b"\n")
    release_lists.verify(found(RELEASES[0]), kept)
    with pytest.raises(DataError, match=r"its checksum is .*, and not .* as the list states"):
        release_lists.verify(found(RELEASES[0]), other)
    with pytest.raises(DataError, match="of the kind crc32, which there is not"):
        release_lists.verify(found(RELEASES[0])._replace(algorithm="crc32"), kept)


PAGE = "https://dwp.dmdc.osd.mil/dwp/api/page?pageId=27#DMDC_Website_Location_Report_(2[6-9]|[3-9][0-9])[0-9]{2}"


def workbook(period, number):
    return {"fileName": f"DMDC_Website_Location_Report_{period}.xlsx", "fileId": number, "groupName": "mil a"}


def test_all_workbooks_from_a_quarter_on_are_found_in_whatever_depth():
    page = {
        "sections": [{"files": [workbook("2606", 9), workbook("2512", 7)]}, {"more": {"x": workbook("2603", "8/b")}}]
    }
    found = release_lists.wanted(Answer(PAGE, json.dumps(page).encode()))
    assert [file.address for file in found] == [
        f"https://dwp.dmdc.osd.mil/dwp/api/downloadZ?fileId={number}&groupName=mil%20a"
        f"#DMDC_Website_Location_Report_{period}.xlsx"
        for number, period in [("8%2Fb", "2603"), ("9", "2606")]
    ]
    assert not any(file.checksum for file in found)
    with pytest.raises(DataError, match=r"no file of that name, but DMDC_Website_Location_Report_2512\.xlsx"):
        release_lists.wanted(Answer(PAGE, json.dumps([workbook("2512", 7)]).encode()))
    with pytest.raises(DataError, match="not the list’s JSON"):
        release_lists.wanted(Answer(PAGE, b'[{"fileName": "DMDC_Website_Location_Report_2603.xlsx"}]'))


VERSIONS = r"https://www.cepii.fr/DATA_DOWNLOAD/baci/doc/baci_webpage.html#BACI_HS92_V[0-9]{6}[a-z]?\.zip"


def test_the_newest_version_is_found_on_a_page():
    names = ["BACI_HS92_V202401", "BACI_HS22_V202701", "BACI_HS92_V202601", "BACI_HS92_V202601b", "BACI_HS92_V202501"]
    page = "<!DOCTYPE html>" + "".join(f'<a href="../data/{name}.zip">{name[5:9]}</a>' for name in names)
    (file,) = release_lists.wanted(Answer(VERSIONS, page.encode()))
    assert file.address == "https://www.cepii.fr/DATA_DOWNLOAD/baci/data/BACI_HS92_V202601b.zip"
    with pytest.raises(DataError, match=r"no file of that name, but BACI_HS22_V202701\.zip"):
        release_lists.wanted(Answer(VERSIONS, b"<html>BACI_HS22_V202701.zip"))


class Archive:
    """An archive on this machine that hands on to another host, its store."""

    def __init__(self, folder, server):
        here = f"127.0.0.1:{server.server_port}"
        sample = next(iter(registry.sources().values()))
        self.source = sample._replace(
            file="security/votes.csv", interface=f"http://{here}{LIST}#idealpoint(s|estimates)", key=""
        )
        self.cache, self.server, self.store = folder, server, f"http://localhost:{server.server_port}/store/1"
        self.hold(RELEASES[0])

    def hold(self, *files, content=VOTES):
        self.server.body(LIST, listing(*files))
        self.server.body("/store/1", content)
        for entry in files:
            path = f"/api/access/datafile/{entry['dataFile']['id']}"
            self.server.special[path] = lambda request: request.give(b"", status=303, Location=self.store)

    def fetch(self):
        (answer,) = fetching.fetch(self.source, self.cache, fetching.client(QUICK), QUICK)
        return answer


@pytest.fixture
def archive(tmp_path, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    monkeypatch.setitem(release_lists.STORES, "127.0.0.1", "localhost")
    with Publishers() as server:
        yield Archive(tmp_path, server)


def test_a_file_comes_from_the_archives_store(archive):
    answer = archive.fetch()
    assert answer.content == VOTES and answer.address.endswith("/datafile/7#IdealpointestimatesAll_Jun2024.csv")
    newer = VOTES + b"KOR,2026\n"
    archive.hold(RELEASES[0], file(20, "IdealpointsJuly2026.csv", "2026-07-20", newer), content=newer)
    assert archive.fetch().content == newer


def test_another_file_in_the_store_is_refused(archive):
    archive.hold(RELEASES[0], content=b"iso3c,year\nKOR,1\n")
    with pytest.raises(DataError, match="its checksum is"):
        archive.fetch()
    assert not [*archive.cache.rglob("*.file-7")]  # so that it is asked for anew


def test_only_the_archives_own_store_is_followed_to(archive, monkeypatch):
    monkeypatch.setitem(release_lists.STORES, "127.0.0.1", "store.example.org")
    with pytest.raises(DataError, match="leads away from its publisher, to localhost"):
        archive.fetch()
    archive.server.special[LIST] = lambda request: request.give(b"", status=303, Location=archive.store)
    monkeypatch.setitem(release_lists.STORES, "127.0.0.1", "localhost")
    with pytest.raises(DataError, match="leads away from its publisher, to localhost"):
        archive.fetch()
