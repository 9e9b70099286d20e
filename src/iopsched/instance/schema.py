"""The JSON Schema of the instance file, made from the models."""

from __future__ import annotations

from typing import Any

from iopsched.instance.models import Instance

__all__ = ["instance_schema"]


def instance_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the instance file.

    It says what one value alone may be; what two objects have to agree on (references, sums, circles,
    pins) is only found by :func:`iopsched.instance.validate`.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Instance.model_json_schema(),
        "title": "iopsched instance, version 1",
    }
