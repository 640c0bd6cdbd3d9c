"""The stages, as ``.chalice/config.json`` has them."""

import json
from pathlib import Path

PROJECT = Path(__file__).parent.parent
CONFIG = PROJECT / ".chalice" / "config.json"


def stage_variables(stage: str) -> dict[str, str]:
    """The environment variables of a stage. ``local`` is the one that ``chalice local --stage local`` has."""
    variables: dict[str, str] = json.loads(CONFIG.read_text())["stages"][stage]["environment_variables"]
    return variables
