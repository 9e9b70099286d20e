"""What is asked: instance files, read and checked. Knows no numpy and no solver."""

from iopsched.instance.canonical import canonical_json, instance_sha256
from iopsched.instance.load import instance_warnings, load_instance, parse_instance, validate
from iopsched.instance.models import Instance
from iopsched.instance.schema import instance_schema

__all__ = [
    "Instance",
    "canonical_json",
    "instance_schema",
    "instance_sha256",
    "instance_warnings",
    "load_instance",
    "parse_instance",
    "validate",
]
