"""Why a need is unmet: reasons from facts, without a solver."""

from iopsched.explain.reasons import reasons_of_unmet

__all__ = ["reasons_of_unmet"]
