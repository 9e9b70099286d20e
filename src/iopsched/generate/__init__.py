"""Realistic clinics to try things on, made from published distributions and a seed."""

from iopsched.generate.clinic import generate
from iopsched.generate.document import to_document
from iopsched.generate.profiles import PROFILES, Profile

__all__ = ["PROFILES", "Profile", "generate", "to_document"]
