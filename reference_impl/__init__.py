"""The bundled reference systems: sans-IO nodes, their registers, their numbers, seeded faults.

Nothing here imports the engine's arithmetic: a fault of the engine must not hide in the numbers
that the reference computes, nor the other way round.
"""
