"""A planner's questions, each a function on immutable data that stands on ``solve``."""
