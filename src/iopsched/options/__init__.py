"""Every place each session could take, as arrays on the grid; pruned before a variable exists."""

from iopsched.options.build import Options, build_options
from iopsched.options.plan import Meeting, Placement, Plan

__all__ = ["Meeting", "Options", "Placement", "Plan", "build_options"]
