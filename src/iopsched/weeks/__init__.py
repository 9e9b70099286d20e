"""Participants' weeks one by one, without a solver: what the best of them costs at given prices."""
