"""What iopsched costs and what it reaches; ``README.md`` in this folder says how to run it. Not packaged."""
