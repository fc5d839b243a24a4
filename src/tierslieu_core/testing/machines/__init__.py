"""Whole places, lived at random: beside a model in plain dicts, and in all that they do, before a witness.

Against a store of yours::

    TestMyStore = machine(lambda catalogue: Lieu(my_recorder(), my_vault(), catalogue)).TestCase
    TestMyStoreWhole = whole(lambda catalogue: Lieu(my_recorder(), my_vault(), catalogue)).TestCase
"""

from tierslieu_core.testing.machines.life import WholePlaceMachine, whole
from tierslieu_core.testing.machines.modelled import PlaceMachine, machine

__all__ = ["PlaceMachine", "WholePlaceMachine", "machine", "whole"]
