"""Headers that every reply carries."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Boxes on page images are placed by style attributes; nothing else is inline, nothing comes from elsewhere.
_POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
    "script-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class CommonHeaders:
    """Says where the source is (AGPL-3.0, section 13) and what a browser may do with a reply."""

    def __init__(self, app: ASGIApp, source_url: str) -> None:
        self._app = app
        self._headers = {
            "Link": f'<{source_url}>; rel="source"',
            "Content-Security-Policy": _POLICY,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Adds the headers to a reply that does not set them itself."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)
