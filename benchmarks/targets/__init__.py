"""The targets: what is promised for each size of clinic, measured on seeds that development never sees."""
