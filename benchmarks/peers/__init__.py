"""Other solvers on the same instances, each a process of its own; :mod:`benchmarks.peers.protocol` says how."""
