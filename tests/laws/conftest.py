"""What every test of this floor has."""

from tests.new_records import new_records, records_copied

__all__ = ["new_records", "records_copied"]
