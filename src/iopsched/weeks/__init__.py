"""Participants' weeks one by one, without a solver: what the best of them costs at given prices.

``tables`` and ``program`` are the dynamic program, ``batches`` poses it for many participants at once. On it
stand ``patterns`` (what each way to meet would cost whom), ``planner`` (one participant, given what is
open) and ``prices`` with ``resources`` (bounds that hold for any roster).
"""
