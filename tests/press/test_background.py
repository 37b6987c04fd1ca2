"""Steps of a build that run beside one another: in forks where that is safe, in this process elsewhere."""

import os
import sys

import pytest

from press import background
from press.background import BackgroundTask, WorkerPool
from press.errors import PressError

pytestmark = pytest.mark.slow

WAYS = [False, pytest.param(True, marks=pytest.mark.skipif(sys.platform != "linux", reason="forking is not safe"))]


@pytest.fixture(params=WAYS, ids=["here", "forked"])
def forks(request, monkeypatch):
    """With and without forks."""
    monkeypatch.setattr(background, "FORKS", request.param)
    monkeypatch.setattr(background, "CORES", 3)
    return request.param


def fail():
    raise PressError("chapter", "it is wrong.", "Mend it.")


def test_a_task_returns_what_its_function_returns(forks):
    assert BackgroundTask(lambda: {"rain": 1}).join() == {"rain": 1}


def test_a_task_raises_what_its_function_raises(forks):
    with pytest.raises(PressError, match=r"chapter: it is wrong\. Mend it\."):
        BackgroundTask(fail).join()


def test_a_forked_task_runs_beside_this_process(forks):
    assert (BackgroundTask(os.getpid).join() != os.getpid()) == forks


def test_what_a_forked_task_changes_in_memory_is_lost(forks):
    seen = []
    BackgroundTask(lambda: seen.append(1)).join()
    assert seen == ([] if forks else [1])


def test_a_task_that_is_stopped_does_no_more(forks, tmp_path):
    reader, writer = os.pipe()
    task = BackgroundTask(lambda: (os.read(reader, 1), (tmp_path / "done").touch()))
    task.stop()
    os.write(writer, b"x")
    assert not (tmp_path / "done").exists()
    if forks:
        assert task.process.exitcode is not None
    os.close(reader)
    os.close(writer)


@pytest.mark.skipif(sys.platform != "linux", reason="forking is not safe")
def test_a_task_that_is_killed_is_told(monkeypatch):
    monkeypatch.setattr(background, "FORKS", True)
    with pytest.raises(ChildProcessError, match="a process of the build was killed"):
        BackgroundTask(lambda: os._exit(9)).join()


def test_a_pool_does_each_of_many_things_once(forks, tmp_path):
    def write(number):
        with open(tmp_path / str(number), "x", encoding="utf-8") as file:
            file.write(str(os.getpid()))

    WorkerPool(write, list(range(20))).join()
    assert {path.name for path in tmp_path.iterdir()} == {str(number) for number in range(20)}


def test_a_pool_of_nothing_starts_nothing(forks):
    pool = WorkerPool(fail, [])
    assert pool.tasks == [] and pool.join() is None


def test_a_pool_forks_no_more_than_it_has_cores_beside_this_one(forks):
    pool = WorkerPool(str, list(range(20)))
    assert len(pool.tasks) == (2 if forks else 0)
    pool.join()


def test_a_pool_raises_what_the_first_failure_raised(forks):
    with pytest.raises(PressError, match="it is wrong"):
        WorkerPool(lambda _: fail(), [1, 2, 3]).join()


def test_a_pool_that_is_stopped_leaves_no_process(forks):
    reader, writer = os.pipe()
    pool = WorkerPool(lambda _: os.read(reader, 1), [1, 2])
    pool.stop()
    assert all(task.process.exitcode is not None for task in pool.tasks)
    os.close(reader)
    os.close(writer)
