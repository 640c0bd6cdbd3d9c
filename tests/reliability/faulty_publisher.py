"""Who publishes documents on a socket: what is asked of them meets faults."""

import json
from collections.abc import Callable
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import Any

from emulators.environment import HOST
from emulators.faults import GITHUB, IDENTITY_PROVIDER, Call, Choose
from tests.support.github import Github
from tests.support.identity_provider import IdentityProvider


class FaultyPublisher:
    """``service`` is the faults' name for it. Each document is asked for on a connection, as ``urllib`` does."""

    def __init__(self, service: str, document: Callable[[str], dict[str, Any]], choose: Choose) -> None:
        class Handler(BaseRequestHandler):
            def handle(self) -> None:
                path = self.request.recv(65_536).decode().split()[1]
                call = Call(
                    service,
                    "its configuration" if "configuration" in path else "its keys",
                    {},
                    lambda: (200, json.dumps(document(path)).encode()),
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

        self._server = Server((HOST, 0), Handler)
        self.url = f"http://{HOST}:{self._server.server_address[1]}"
        Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class FaultyIdentityProvider(IdentityProvider):
    def __init__(self, choose: Choose) -> None:
        super().__init__()
        self._publisher = FaultyPublisher(IDENTITY_PROVIDER, self.document, choose)
        self.issuer = self._publisher.url

    def stop(self) -> None:
        self._publisher.stop()
        super().stop()


class FaultyGithub(Github):
    def __init__(self, choose: Choose) -> None:
        super().__init__()
        self._publisher = FaultyPublisher(GITHUB, lambda _path: self.document(), choose)
        self.keys_url = f"{self._publisher.url}/keys"

    def stop(self) -> None:
        self._publisher.stop()
        super().stop()
