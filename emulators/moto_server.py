"""moto's server: DynamoDB and KMS on one machine."""

import sys
import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING

from moto.core.model_instances import reset_model_data
from moto.dynamodbstreams.models import dynamodbstreams_backends
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

from emulators import moto_kms
from emulators.emulator_process import serve

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


_MOST_ITERATORS = 100


def moto_server() -> "WSGIApplication":
    moto_kms.correct()
    return one_at_a_time(DomainDispatcherApplication(create_backend_app))


def one_at_a_time(app: "WSGIApplication") -> "WSGIApplication":
    """moto's transactions are not thread-safe: of two that race, both may win. One lock makes them what AWS's are."""
    lock = threading.Lock()

    def locked(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        with lock:
            try:
                return list(app(environ, start_response))
            finally:
                # moto lists every object it ever makes, for its dashboard, and copies a table for each transaction on
                # it: at 2,000 rows a transaction would leave 4 MB behind, until the system kills the process.
                reset_model_data()
                _forget_old_iterators()

    return locked


def _forget_old_iterators() -> None:
    """moto keeps every iterator over a stream that it ever gave out: two a second, where somebody follows it."""
    for account in dynamodbstreams_backends.values():
        for backend in account.values():
            for old in list(backend.shard_iterators)[:-_MOST_ITERATORS]:
                del backend.shard_iterators[old]


if __name__ == "__main__":
    serve(moto_server(), int(sys.argv[1]))
