"""One filter for every consumer: which findings somebody has already answered, and how.

Findings are never dropped here. A suppressed one says by what, why, by whom and when.
"""

from __future__ import annotations

from notelint.suppress.suppressor import Suppressor

__all__ = ["Suppressor"]
