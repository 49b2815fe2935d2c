"""Captures: files of bytes in, telegrams with their place out. No system is touched."""
