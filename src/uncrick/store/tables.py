"""All tables of the records in one place: importing this file is what fills the metadata."""

from uncrick.store import answers, desk, pain, people, plans, sessions, settled, urges
from uncrick.store.columns import METADATA

__all__ = ["METADATA", "answers", "desk", "pain", "people", "plans", "sessions", "settled", "urges"]
