"""moto's server: DynamoDB and KMS on one machine."""

import sys
import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

from emulators.emulator_process import serve

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def one_at_a_time(app: "WSGIApplication") -> "WSGIApplication":
    """moto's transactions are not thread-safe: of two that race, both may win. One lock makes them what AWS's are."""
    lock = threading.Lock()

    def locked(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        with lock:
            return list(app(environ, start_response))

    return locked


if __name__ == "__main__":
    serve(one_at_a_time(DomainDispatcherApplication(create_backend_app)), int(sys.argv[1]))
