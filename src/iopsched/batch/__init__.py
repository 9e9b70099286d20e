"""Many clinics at once: each in a process of its own, here or on a Ray cluster."""
