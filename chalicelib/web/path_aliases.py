"""Further paths of a route, which a deployment names."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from chalice.app import Chalice

from chalicelib.settings import SettingsError


def add_aliases(app: Chalice, aliases: Iterable[str], view: Callable[..., Any], **options: Any) -> None:
    """Routes each alias to the view, with Chalice's options. Raises SettingsError for one that a route has already."""
    for alias in aliases:
        for path in app.routes:
            if re.fullmatch(re.sub(r"{\w+}", "[^/]+", path), alias):
                raise SettingsError(f"the path {alias} cannot be an alias: {path} answers there")
        app.route(alias, **options)(view)
