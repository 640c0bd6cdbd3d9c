"""The OpenAPI document of the app in the tests' environment."""

from typing import Any

import app
from chalicelib.settings import Settings
from chalicelib.web.openapi.document import document
from tests.support.environ import ENVIRON

SETTINGS = Settings.from_env(ENVIRON)
DOCUMENT: dict[str, Any] = document(app.app, SETTINGS)
OPERATIONS = {
    operation["operationId"]: operation for methods in DOCUMENT["paths"].values() for operation in methods.values()
}
