"""The worker of the web server: gunicorn's own for ASGI, which ends open streams when it is asked to stop.

They would last until the grace period is over otherwise, because a stream is a request that never ends by itself.
"""

from __future__ import annotations

from gunicorn.workers.gasgi import ASGIWorker


class Worker(ASGIWorker):
    def handle_exit_signal(self) -> None:
        _end_streams()
        super().handle_exit_signal()

    def handle_quit_signal(self) -> None:
        _end_streams()
        super().handle_quit_signal()


def _end_streams() -> None:
    # Here, because a worker is loaded before Django is set up.
    from annotations.live.hub import HUB

    HUB.close()
