"""The console users' identity provider on a socket, whose documents meet faults."""

import json
from collections.abc import Callable
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread

from emulators.environment import HOST
from emulators.faults import IDENTITY_PROVIDER, Call, Fault
from tests.support.identity_provider import IdentityProvider


class FaultyIdentityProvider(IdentityProvider):
    """Each document is asked for on a connection of its own, as ``urllib`` does."""

    def __init__(self, choose: Callable[[Call], Fault | None]) -> None:
        super().__init__()
        provider = self

        class Handler(BaseRequestHandler):
            def handle(self) -> None:
                path = self.request.recv(65_536).decode().split()[1]
                call = Call(
                    IDENTITY_PROVIDER,
                    "its configuration" if "configuration" in path else "its keys",
                    {},
                    lambda: (200, json.dumps(provider.document(path)).encode()),
                    lambda: self.request.recv(1),  # until the client gives up
                )
                fault = choose(call)
                try:
                    status, body = call.carry_out() if fault is None else fault.answer(call)
                except OSError:
                    return
                self.request.sendall(f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)

        class Server(ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True

        self._documents = Server((HOST, 0), Handler)
        self.issuer = f"http://{HOST}:{self._documents.server_address[1]}"
        Thread(target=self._documents.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        self._documents.shutdown()
        self._documents.server_close()
        super().stop()
