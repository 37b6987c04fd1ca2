"""The hand-coded tables of the scorecard."""

import pytest

from alliance.collect import scorecard as collected
from alliance.collect.sources import ADDITIONS
from alliance.data import DataError


def test_evidence_for_an_unknown_promise_is_refused(tmp_path, monkeypatch):
    for name in ("commitments", "evidence"):
        text = (ADDITIONS / f"{name}.csv").read_text(encoding="utf-8")
        (tmp_path / f"{name}.csv").write_text(text.replace("D2-1,D2,", "D2-1,D9,"), encoding="utf-8")
    monkeypatch.setattr("alliance.collect.scorecard.ADDITIONS", tmp_path)
    with pytest.raises(DataError, match='item D2-1, column promise: "D9" is no promise'):
        collected.evidence(tmp_path)
