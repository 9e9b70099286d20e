from __future__ import annotations

import json

import pytest

from cli.running import Run
from iopsched.instance import instance_schema
from iopsched.roster import roster_schema


@pytest.mark.parametrize(("name", "schema"), [("instance", instance_schema), ("roster", roster_schema)])
def test_the_schema_is_the_models(run: Run, name: str, schema: object) -> None:
    """Standard output is the JSON Schema made from the models, and nothing else."""
    assert callable(schema)
    ended = run("schema", name)
    assert ended.exit_code == 0
    assert json.loads(ended.stdout) == schema()


def test_there_is_no_other_schema(run: Run) -> None:
    """Anything else is a usage error that names the two."""
    ended = run("schema", "pins")
    assert ended.exit_code == 2
    assert "instance" in ended.stderr
