"""Binds every feature to pytest."""

from pytest_bdd import scenarios

scenarios(".")
