"""The names of a run's files, in its folder."""

__all__ = ["BRIEFS", "RESULTS", "TRANSCRIPT"]

RESULTS, TRANSCRIPT, BRIEFS = "results.jsonl", "transcript.jsonl", "briefs.jsonl"
