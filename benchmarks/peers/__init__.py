"""Other solvers on the same instances, run as :mod:`benchmarks.peers.protocol` says."""
