"""The edge: sockets and HTTP. Starlette is known only here and in `app.py`."""
