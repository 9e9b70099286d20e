"""The only place where a CpModel is built: one small file for each family of rules."""

from iopsched.model.build import ScopedModel, build_model
from iopsched.model.scope import Scope, Shortlist, everything, scope_of

__all__ = ["Scope", "ScopedModel", "Shortlist", "build_model", "everything", "scope_of"]
