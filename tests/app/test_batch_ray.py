"""A batch on a Ray cluster of two machines, here two nodes on the loopback, of which one is lost half way."""

import os
import shutil

import pyarrow.parquet as pq
import pytest

from tests.clips.replaying import HERE as CLIPS
from uncrick.app.batch_ray import judge_on_ray
from uncrick.app.batching import BatchWanted, run_batch
from uncrick.errors import ProblemsError
from uncrick.files.batch_table import TABLES

PROOFS = sorted(CLIPS.glob("*_*.parquet"))
MEMORY_BYTES = 80 * 2**20


@pytest.fixture
def cluster(monkeypatch):
    """A Ray cluster of two nodes with one core each, on 127.0.0.1, that tells nobody anything."""
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    monkeypatch.setenv("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")  # elsewhere it would leave the loopback
    pytest.importorskip("ray", reason="Ray is not installed (pip install 'uncrick[cluster]')")
    from ray.cluster_utils import Cluster

    node = {"num_cpus": 1, "node_ip_address": "127.0.0.1", "object_store_memory": MEMORY_BYTES}
    made = Cluster(initialize_head=True, head_node_args={**node, "include_dashboard": False})
    made.add_node(**node)
    yield made
    made.shutdown()


@pytest.mark.slow
def test_same_tables_though_a_node_is_lost(cluster, tmp_path):
    """With one of two nodes killed half way, every file is judged once, and the tables are those of a local run."""
    folder = tmp_path / "recordings"
    folder.mkdir()
    for path in PROOFS:
        shutil.copy(path, folder)
    (folder / "empty.mp4").touch()
    lost = []

    def lose_one(n_done, n_all):
        if n_done == n_all // 2 and not lost:
            lost.append(cluster.list_all_nodes()[-1])
            cluster.remove_node(lost[0], allow_graceful=False)

    there = BatchWanted((str(folder),), tmp_path / "there", model="lite", ray=cluster.address)
    on_ray = run_batch(there, lose_one, lambda _: None)
    here = run_batch(BatchWanted((str(folder),), tmp_path / "here", model="lite"), lambda _d, _a: None, lambda _: None)

    assert len(lost) == 1
    assert on_ray == here
    assert (on_ray.n_judged, on_ray.n_failed) == (len(PROOFS), 1)
    files = pq.read_table(tmp_path / "there" / "sets.parquet")["file"].to_pylist()
    assert len(files) == len(set(files)) == len(PROOFS)
    for name in TABLES:
        one, two = ((tmp_path / place / f"{name}.parquet").read_bytes() for place in ("there", "here"))
        assert one == two


def test_no_cluster_is_a_sentence():
    """Where no cluster answers, a sentence says so at once, and how to start one."""
    pytest.importorskip("ray", reason="Ray is not installed (pip install 'uncrick[cluster]')")

    with pytest.raises(ProblemsError, match=r"no cluster answers at '127\.0\.0\.1:1'"):
        list(judge_on_ray([], "127.0.0.1:1"))


def test_ray_that_is_not_installed(monkeypatch):
    """Without Ray the command says what to install, and Ray was told to keep its statistics to itself."""
    monkeypatch.setattr("uncrick.app.batch_ray.find_spec", lambda _: None)

    with pytest.raises(ProblemsError, match="Ray is not installed"):
        list(judge_on_ray([], "auto"))
    assert os.environ["RAY_USAGE_STATS_ENABLED"] == "0"
