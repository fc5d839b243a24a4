"""What every part of a whole life shares: who and what there is, and how a place is asked."""

# ruff: noqa: S101 - it is made of assertions
from __future__ import annotations

from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine
from whenever import Date, Instant

from tierslieu_core.domaines.cadre.gouvernance import DonnerMandat, FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.cadre.representations import RepresenterPersonne
from tierslieu_core.domaines.moyens.espaces import OuvrirEspace
from tierslieu_core.domaines.moyens.materiel import AjouterObjet, CreerModele
from tierslieu_core.domaines.personnes.adhesions.collectifs import OuvrirCollectif
from tierslieu_core.kernel.decisions import Reponse
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.ports import head_of
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.checks.witness import Witness
from tierslieu_core.testing.laws.scope import NewPlace
from tierslieu_core.testing.spec import CAMILLE, installed, memory_place
from tierslieu_core.testing.strategies import ZONE
from tierslieu_core.vocabulaire.identifiants import EspaceId, ModeleId, ObjetId, PersonneId
from tierslieu_core.vocabulaire.parties import Partie
from tierslieu_core.vocabulaire.temps import Moment

SINCE = Instant.from_utc(2026, 10, 23, 16)
"""Friday evening: the clock goes back on Sunday, the week ends with it, and the month six days later."""
PEOPLE = [PersonneId(f"p-{n}") for n in (1, 2, 3)]
ASSO = PersonneId("asso")
SPACES = [EspaceId(f"e-{n}") for n in (1, 2, 3)]
DRILL, CABLE = ModeleId("perceuse"), ModeleId("cable")
ITEMS = [ObjetId("o-1"), ObjetId("o-2")]
BITS = Partie(nom="foret", nombre=2)
ONE_OF_US, A_SPACE, AN_ITEM = st.sampled_from(PEOPLE), st.sampled_from(SPACES), st.sampled_from(ITEMS)
ANYONE = st.sampled_from([CAMILLE, CAMILLE, CAMILLE, *PEOPLE])
SORT: Any = st.sampled_from(["revoir", "annuler", "garder"])
OFTEN = 4
"""One demand in so many is tried first."""


class Living(RuleBasedStateMachine):
    """A place that lives, and its witness; the parts of its life add their rules."""

    new_place: ClassVar[NewPlace] = staticmethod(memory_place)

    def __init__(self) -> None:
        super().__init__()
        self.now = SINCE
        self.asked: list[tuple[Any, str, str, Instant, Reponse]] = []
        self.witness, self.sound = Witness(), True
        self.open(type(self).new_place(installed()))
        self.ask(FonderLieu(nom="Le Quai", personne=CAMILLE, nom_personne="Camille"))
        self.ask(CreerModele(modele=DRILL, nom="Perceuse", parties=(BITS,)))
        self.ask(CreerModele(modele=CABLE, nom="Câble", quantite=3))
        for person in (*PEOPLE, ASSO):
            self.ask(InscrirePersonne(personne=person, nom="Zoé"))
        self.ask(RepresenterPersonne(personne=ASSO, representant=PEOPLE[0], du=self.today))
        self.ask(OuvrirCollectif(collectif=ASSO, nature="association"))
        self.ask(DonnerMandat(personne=PEOPLE[0], role="bureau", du=self.today))
        for space in SPACES:
            self.ask(OuvrirEspace(espace=space, nom="Salle", capacite=8))
        for item in ITEMS:
            self.ask(AjouterObjet(objet=item, modele=DRILL, nom="Perceuse"))
        refused = [(one[0], one[4].explication) for one in self.asked if one[4].verdict != "accord"]
        assert not refused, refused

    def open(self, lieu: Lieu) -> None:
        """From now on it is this one that is asked."""
        self.lieu = lieu
        lieu.horloge = lieu.handler.clock = lambda: self.now

    @property
    def today(self) -> Date:
        """The place's day."""
        return self.now.to_tz(ZONE).date()

    def ask(self, commande: Any, par: str = CAMILLE, since: Instant | None = None) -> Reponse | None:
        """Ask a demand; ``None``: it was turned away at the edge. One in a few is tried first, and leaves nothing.

        ``since``: when it took effect, for what somebody enters from paper.
        """
        cle, head = f"k-{len(self.asked)}", head_of(self.lieu.recorder)
        try:
            tried = self._tried(commande, par, cle, since) if len(self.asked) % OFTEN == 0 and head else None
            reponse = self.lieu.executer(commande, par=par, cle=cle, maintenant=self.now, survenu_le=since)
        except DemandeInvalide:
            assert head_of(self.lieu.recorder) == head
            return None
        said = _said(reponse)
        assert tried in (None, said), f"essayé : {tried}\nobtenu : {said}"
        self.asked.append((commande, par, cle, self.now, reponse))
        self.look()
        return reponse

    def look(self) -> None:
        """Let the witness look at what was decided since."""
        self.sound = False
        self.witness.look(self.lieu)
        self.sound = True

    def _tried(self, commande: Any, par: str, cle: str, since: Instant | None) -> Any:
        head = head_of(self.lieu.recorder)
        said = self.lieu.executer(commande, par=par, cle=cle, maintenant=self.now, survenu_le=since, essai=True)
        assert head_of(self.lieu.recorder) == head, "un essai ne laisse rien"
        return _said(said)

    def hours(self, slot: tuple[int, int]) -> dict[str, Any]:
        """``debut`` and ``fin`` in so many hours, and for so many half hours."""
        start = Instant.from_timestamp(self.now.timestamp() // 3600 * 3600).add(hours=slot[0])
        return {"debut": Moment.de(start, ZONE), "fin": Moment.de(start.add(minutes=30 * slot[1]), ZONE)}


def _said(reponse: Reponse) -> Any:
    """An answer, without what is sealed or says where it stands."""
    decided = [(r.verdict, r.decision.clauses, [type(f) for f in r.evenements]) for r in (reponse, *reponse.suites)]
    return decided, reponse.decision.motif, reponse.explication
