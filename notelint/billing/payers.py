"""What a kind of payer asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from notelint.billing.review import Method

Demand = Literal["yes", "some", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class PayerFacts:
    """One kind of payer. Only ``yes`` may accuse; ``some`` and ``unknown`` may inform."""

    payer: str
    units: Method
    totals: Demand
    start_stop: Demand
    discipline_modifiers: Demand
    assistant_modifiers: Demand
    ncci: Demand
    kx: Demand
    abn: Demand
    grade: str = "secondary"
