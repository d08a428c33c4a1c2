"""One filter for every consumer: which findings somebody has already answered, and how.

Findings are never dropped here. A suppressed one says by what, why, by whom and when.
"""
