"""A batch on a Ray cluster of two nodes on this machine; where Ray is installed."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from batch.clinics import named, written
from batch.test_attempts import gone
from batch.test_kills import descendants
from iopsched.solve import solve

pytestmark = [
    pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="Ray is not installed"),
    pytest.mark.filterwarnings("ignore"),  # Ray's own
]

CLINICS = [f"clinic-{number}" for number in range(8)]
NODE = {
    "num_cpus": 1,
    "object_store_memory": 80_000_000,
    "include_dashboard": False,
}


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Start two nodes with a CPU each, on the loopback."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        from ray.cluster_utils import Cluster

        nodes = Cluster(initialize_head=True, head_node_args=NODE)
        nodes.second = nodes.add_node(**NODE)
        yield nodes
        nodes.shutdown()


def started(cluster: Any, folder: Path, output: Path) -> subprocess.Popen[bytes]:
    words = ["batch", str(folder), "-o", str(output), "--engine", "ray", "--address", cluster.address]
    words += ["--deterministic", "--time-limit", "5", "--progress", "json", "--retries", "2"]
    return subprocess.Popen(
        [sys.executable, "-m", "iopsched", *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )


def raylet(node: Any) -> int:
    """Return the process that starts a node's workers."""
    return int(node.all_processes["raylet"][0].process.pid)


def solving_on(node: Any) -> list[int]:
    """Return the processes of clinics on a node."""
    found = []
    for pid in descendants(raylet(node)):
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            continue
        if b"solving_worker" in words:
            found.append(pid)
    return found


def test_ctrl_c_leaves_nothing_at_work(cluster: Any, tmp_path: Path) -> None:
    """Both nodes are at work; after the signal their processes end, and the rest is left to be resumed."""
    folder = written(tmp_path / "in", *CLINICS)
    with started(cluster, folder, tmp_path / "out") as process:
        assert process.stderr is not None
        assert process.stderr.readline()
        nodes = (cluster.head_node, cluster.second)
        while not (theirs := [pid for node in nodes for pid in solving_on(node)]):
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(2)
        process.communicate(timeout=30)
    assert process.returncode == 130
    assert all(gone(pid) for pid in theirs)
    states = [json.loads(line)["state"] for line in (tmp_path / "out" / "summary.ndjson").open()]
    assert set(states) == {"done", "left"}


def test_a_node_is_killed_and_every_job_completes_once(cluster: Any, tmp_path: Path) -> None:
    """One of two nodes dies with a clinic at work; all rosters are there, each as solve gives it."""
    folder, output = written(tmp_path / "in", *CLINICS), tmp_path / "out"
    with started(cluster, folder, output) as process:
        assert process.stderr is not None
        told = [process.stderr.readline()]
        while not (lost := solving_on(cluster.second)):
            assert process.poll() is None
            time.sleep(0.01)
        os.kill(raylet(cluster.second), 9)
        cluster.remove_node(cluster.second, allow_graceful=False)
        _, rest = process.communicate(timeout=120)
        told += rest.splitlines()
    assert process.returncode == 0, rest
    assert all(gone(pid) for pid in lost)
    ended = [json.loads(line)["instance"] for line in told]
    assert sorted(ended) == CLINICS
    rows = [json.loads(line) for line in (output / "summary.ndjson").open()]
    assert [(row["instance"], row["state"], row["resumed"]) for row in rows] == [
        (name, "done", False) for name in CLINICS
    ]
    for row in rows:
        alone = solve(named(row["instance"]), time_limit=5, deterministic=True)
        assert (output / row["roster"]).read_text() == alone.to_json()
