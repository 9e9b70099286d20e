"""Other solvers on the same instances, each a process of its own, run as :mod:`benchmarks.peers.protocol` says."""
