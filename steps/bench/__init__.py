"""The bench: the network around the system under test, what is recorded, what goes wrong."""
