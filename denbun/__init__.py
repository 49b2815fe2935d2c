"""The command line of denbun, and the only name that its wheel installs.

Everything else lives in the folders beside this one in a checkout, below ``_tree`` in a wheel.
"""
