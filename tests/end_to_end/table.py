"""A case to sit down at: started over the HTTP API, with the links that the facilitator would share."""

from __future__ import annotations

import json
import urllib.request
from dataclasses import dataclass
from typing import Any

from tests.process import ServerProcess

TITLE = "Warm dorp Elmerveen"
BAKERY = "Bakkerij Korst"
TOWN = "Gemeente Elmerveen"


@dataclass(frozen=True, slots=True)
class Table:
    """A case on a server, and the secret of each role's link."""

    server: ServerProcess
    case: str
    secrets: dict[str, str]

    @classmethod
    def lay(cls, server: ServerProcess, neighbours: int = 0) -> Table:
        """Start a case with the town as its first partner, and import the bakery as the second and as many neighbours."""
        partners = [{"text": TOWN, "helix": "government"}, {"text": BAKERY, "helix": "business"}]
        partners += [{"text": f"Buurt {number}", "helix": "society"} for number in range(neighbours)]
        file = {"format": "purpose-case/1", "language": "nl", "title": TITLE, "notes": {"partners": partners}}
        person = {"name": "Fien Facilitator", "partner": {"name": TOWN, "helix": "government"}}
        started = post(f"{server.url}/api/cases/import", {"file": file, "person": person})
        return cls(server, started["case"], {link["role"]: link["secret"] for link in started["links"]})

    def link(self, role: str) -> str:
        """Return the address to share for a role."""
        return f"{self.server.url}/c/{self.case}#{self.secrets[role]}"

    def notes(self, piece: str) -> list[str]:
        """Return the texts of a piece as the server would export them: what is on disk."""
        exported = json.loads(self.server.run("export", self.case).stdout)
        return [item if isinstance(item, str) else item["text"] for item in exported["notes"].get(piece, [])]


def post(url: str, body: Any) -> Any:
    """Make one JSON call."""
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as response:
        return json.load(response)
