"""Step definitions by concept, and what they stand on: bench, drivers, judge."""
