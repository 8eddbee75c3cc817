"""Stub; filled by the alerts room."""
from enum import StrEnum
class Relation(StrEnum): NEW="new"
class Stories: ...
