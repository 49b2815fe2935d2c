"""Step definitions: one module for each concept; every module here is loaded by the plugin."""
