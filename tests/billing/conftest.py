from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from notelint.billing.tables import BillingTables, tables_from

DATA = Path(__file__).parents[2] / "rules" / "data"


@pytest.fixture(scope="session")
def data() -> dict[str, Any]:
    """The data files as the pack holds them: nested, every scalar a string."""
    return {
        path.stem: yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        for path in sorted(DATA.glob("*.yaml"))
    }


@pytest.fixture(scope="session")
def tables(data: dict[str, Any]) -> BillingTables:
    return tables_from(data)
