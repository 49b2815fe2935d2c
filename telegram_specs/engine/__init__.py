"""The engine: one small module per axis of the spec language."""
