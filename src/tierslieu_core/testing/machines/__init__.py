"""Whole places, lived at random: beside a model in plain dicts, and, whole or one area alone, before a witness.

Against a store of yours::

    TestMyStore = machine(lambda catalogue: Lieu(my_recorder(), my_vault(), catalogue)).TestCase
    TestMyStoreWhole = whole(lambda catalogue: Lieu(my_recorder(), my_vault(), catalogue)).TestCase
    TestMyStoreLends = alone("prets", lambda catalogue: Lieu(my_recorder(), my_vault(), catalogue)).TestCase
"""

from tierslieu_core.testing.machines.life import AREAS, WholePlaceMachine, alone, whole
from tierslieu_core.testing.machines.modelled import PlaceMachine, machine

__all__ = ["AREAS", "PlaceMachine", "WholePlaceMachine", "alone", "machine", "whole"]
