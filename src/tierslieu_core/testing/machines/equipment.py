"""Equipment: models and their items, described again, counted, found broken or incomplete, stopped, gone; corrected."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from tierslieu_core.domaines.moyens.materiel import (
    AjouterObjet,
    ConstaterEtat,
    CorrigerObjet,
    CreerModele,
    DecrireModele,
    DecrireObjet,
    EtatGeneral,
    ImmobiliserObjet,
    LeverImmobilisation,
    RecenserModele,
    RemettreEnService,
    RetirerObjet,
)
from tierslieu_core.testing.machines.commun import BITS, CABLE, DRILL, ITEMS, SORT, Living
from tierslieu_core.vocabulaire.identifiants import ModeleId, ObjetId
from tierslieu_core.vocabulaire.parties import Partie

MORE = [*ITEMS, ObjetId("o-3")]
SAW = ModeleId("scie")
AN_ITEM, A_MODEL = st.sampled_from(MORE), st.sampled_from([DRILL, SAW, CABLE])
NAME = st.sampled_from(["Perceuse", "Vrille"])
STATE: Any = st.sampled_from([None, *get_args(EtatGeneral), "en panne"])


class Equipment(Living):
    """See the module."""

    @initialize(model=st.none() | st.sampled_from([DRILL, SAW]))
    def equip(self, model: ModeleId | None) -> None:
        """There is another model, and perhaps another item."""
        self.ask(CreerModele(modele=SAW, nom="Scie"))
        if model is not None:
            self.ask(AjouterObjet(objet=MORE[-1], modele=model, nom="Le troisième"))

    @rule(item=AN_ITEM, model=A_MODEL, name=NAME, new=st.booleans())
    def describe(self, item: ObjetId, model: ModeleId, name: str, new: bool) -> None:  # noqa: FBT001 - drawn
        """An item comes, or is described again."""
        if new:
            self.ask(AjouterObjet(objet=item, modele=model, nom=name))
        else:
            self.ask(DecrireObjet(objet=item, nom=name, etat="rayé"))

    @rule(model=A_MODEL, name=NAME, n=st.none() | st.integers(3, 5), bits=st.integers(0, 2))
    def describe_a_model(self, model: ModeleId, name: str, n: int | None, bits: int) -> None:
        """What is in the kit changes, or how many there are."""
        kit = (Partie(nom="foret", nombre=bits),) if bits else ()
        self.ask(DecrireModele(modele=model, nom=name, parties=kit, quantite=n))

    @rule(items=st.lists(AN_ITEM, unique=True), model=A_MODEL)
    def count(self, items: list[ObjetId], model: ModeleId) -> None:
        """Somebody says which items of a model are there."""
        self.ask(RecenserModele(modele=model, objets=tuple(items)))

    @rule(item=AN_ITEM, state=STATE, missing=st.integers(0, 3))
    def look_over(self, item: ObjetId, state: Any, missing: int) -> None:
        """Its state is looked over, and what misses in its kit."""
        lack = (Partie(nom=BITS.nom, nombre=missing),) if missing else ()
        self.ask(ConstaterEtat(objet=item, etat_general=state, manquants=lack))

    @rule(item=AN_ITEM, wait=st.integers(0, 2), days=st.integers(0, 2), sort=SORT, what=st.integers(0, 9))
    def serve(self, item: ObjetId, wait: int, days: int, sort: Any, what: int) -> None:
        """Out of service for some days, in service again, gone for good; or the last that was said was a mistake."""
        first = self.today.add(days=wait)
        match what:
            case 0 | 1:
                self.ask(RetirerObjet(objet=item, le=first, motif="m", sort=sort))
            case 2 | 3 | 4 | 5:
                self.ask(ImmobiliserObjet(objet=item, du=first, au=first.add(days=days), motif="m", sort=sort))
            case 6:
                self.ask(RemettreEnService(objet=item))
            case 7:
                self.ask(LeverImmobilisation(objet=item, le=first))
            case _:
                self.ask(CorrigerObjet(objet=item, motif="m"))
