"""Made-up people: names, places and numbers to draw from, as data and as a Faker provider."""

from steps.people.provider import Drawn, ResidentProvider
from steps.people.tables import FEMALE, MALE, NAMES, PLACES, RELATIONS, Municipality

__all__ = [
    "FEMALE",
    "MALE",
    "NAMES",
    "PLACES",
    "RELATIONS",
    "Drawn",
    "Municipality",
    "ResidentProvider",
]
