"""Attaching a system: what is tried before a run, so that a run judges the system alone."""
