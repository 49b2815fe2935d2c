"""The operator: a person at the system under test does what an adapter would do.

What is asked is made from the catalogue; a page and a terminal show it and take the answers. A
person tells what the screen shows, never whether it is right.
"""
