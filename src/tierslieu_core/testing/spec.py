"""The specification language: ``given`` facts, ``when`` a command is asked, ``then`` facts, a refusal, or nothing.

    given(ObjetPrete(objet=perceuse, personne=ana, …)).when(PreterObjet(objet=perceuse, …)).then_refused(ObjetDejaPrete)

The place is founded already: ``camille`` is its concierge and coordination since 1 January 2020. Facts may hold
personal values in clear: they are sealed for you, and opened again before they are compared.
"""

# ruff: noqa: S101 - a specification is made of assertions

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import attrs
import msgspec
from eventsourcing.dcb.api import DCBEvent
from eventsourcing.dcb.popo import InMemoryDCBRecorder
from whenever import Date, Instant

from tierslieu_core.domaines.cadre.gouvernance import LieuFonde, MandatDonne
from tierslieu_core.domaines.cadre.identites import PersonneInscrite
from tierslieu_core.integrite.coffre import Coffre
from tierslieu_core.integrite.magasin import MagasinMemoire
from tierslieu_core.kernel.catalogue import Catalogue
from tierslieu_core.kernel.clock import stamp
from tierslieu_core.kernel.decisions import Reponse, Verdict
from tierslieu_core.kernel.declarations import Refus, fiche
from tierslieu_core.kernel.envelope import Enveloppe, wrap
from tierslieu_core.kernel.fields import fields_of
from tierslieu_core.kernel.personal import Scelle
from tierslieu_core.kernel.sentences import refusal
from tierslieu_core.lieu import CADRE, Lieu, catalogue_finances, catalogue_of
from tierslieu_core.vocabulaire.identifiants import MandatId, PersonneId

CAMILLE = PersonneId("camille")
DEPUIS = Date(2020, 1, 1)
MAINTENANT = Instant.from_utc(2026, 11, 23, 9)
FONDATION: tuple[Any, ...] = (
    LieuFonde(nom="Le Quai", fuseau="Europe/Paris", jours_feries="metropole", vacances="B"),
    PersonneInscrite(personne=CAMILLE, nom="Camille Martin"),
    MandatDonne(mandat=MandatId("m-concierge"), personne=CAMILLE, role="concierge", du=DEPUIS),
    MandatDonne(mandat=MandatId("m-coordination"), personne=CAMILLE, role="coordination", du=DEPUIS),
)


@cache
def installed() -> Catalogue:
    """The installed areas and rule kinds, found once."""
    return catalogue_of()


@cache
def installed_finances() -> Catalogue:
    """The same, of the finance body's own journal."""
    return catalogue_finances()


@cache
def all_stored() -> Catalogue:
    """Every installed area, on either side of the wall: what any journal may hold. No journal holds it all."""
    return catalogue_of([*installed().domaines, *(d for d in installed_finances().domaines if d.nom not in CADRE)])


def memory_place(catalogue: Catalogue | None = None, *, maintenant: Instant = MAINTENANT) -> Lieu:
    """A place that forgets everything at the end: the library's own in-memory recorder, and a vault in memory."""
    vault = Coffre(MagasinMemoire(), bytes(32))
    return Lieu(InMemoryDCBRecorder(), vault, catalogue or installed(), lambda: maintenant)


def record(lieu: Lieu, faits: Sequence[Any], *, le: Instant = MAINTENANT, cle: str = "donne") -> None:
    """Put facts into a journal without any decision: what ``given`` does."""
    events = []
    for n, fait in enumerate(faits, 1):
        e = Enveloppe(
            id=f"{cle}/{n}", enregistre_le=stamp(le), survenu_le=stamp(le), par=CAMILLE, mandat="m-concierge",
            fait=msgspec.Raw(lieu.catalogue.codec.encode(_sealed(lieu, fait, f"{cle}.{n}"))),
        )  # fmt: skip
        events.append(DCBEvent(fiche(fait).stocke(), wrap(e), list(dict.fromkeys(fait.etiquettes()))))
    lieu.recorder.append(events)


@attrs.frozen
class Given:
    """Facts that happened."""

    faits: tuple[Any, ...]
    le: Instant = MAINTENANT
    catalogue: Catalogue | None = None

    def when(
        self, commande: Any, *, par: str = CAMILLE, maintenant: Instant | None = None, survenu_le: Instant | None = None
    ) -> When:
        """Ask this, as ``par``, at ``maintenant`` (an instant; Monday 23 November 2026, 10 h in Paris, unless told)."""
        lieu = memory_place(self.catalogue, maintenant=maintenant or MAINTENANT)
        record(lieu, [*FONDATION, *self.faits], le=min(self.le, maintenant or MAINTENANT))
        lieu.handler.knows_all = True
        reponse = lieu.executer(commande, par=par, survenu_le=survenu_le, cle="epreuve")
        for fault in lieu.handler.unfinished.values():
            raise fault
        return When(lieu, reponse)


@attrs.frozen
class When:
    """A demand that was decided; each ``then`` returns its answer, to look further."""

    lieu: Lieu
    reponse: Reponse

    def then(self, *faits: Any) -> Reponse:
        """It was accepted, with exactly these facts, in this order (personal values compared in clear)."""
        self._verdict("accord")
        found = [_opened(self.lieu, f) for f in self.reponse.evenements]
        assert found == list(faits), f"faits attendus : {list(faits)}\nfaits obtenus  : {found}"
        return self.reponse

    def then_accepted(self) -> Reponse:
        """It was accepted, whatever the facts."""
        return self._verdict("accord")

    def then_refused(self, refus: type[Refus] | Refus | None = None, *, clause: str | None = None) -> Reponse:
        """It was refused: by this refusal (its class, or the very value), or by this rule."""
        self._verdict("refus")
        found = refusal(self.lieu.catalogue, self.reponse.decision)
        if isinstance(refus, type):
            assert isinstance(found, refus), f"refus attendu : {refus.__name__}\nrefus obtenu  : {found}"
        elif refus is not None:
            assert found == refus, f"refus attendu : {refus}\nrefus obtenu  : {found}"
        if clause is not None:
            refusing = [c.regle for c in self.reponse.decision.clauses if c.verdict == "refuse"]
            assert clause in refusing, f"clause attendue : {clause}\nclauses qui refusent : {refusing}"
        assert self.reponse.explication, "un refus s'explique toujours"
        return self.reponse

    def then_nothing(self) -> Reponse:
        """It was already so."""
        return self._verdict("sans_objet")

    def then_to_validate(self) -> Reponse:
        """It waits for a person or a body."""
        return self._verdict("a_valider")

    def _verdict(self, wanted: Verdict) -> Reponse:
        found, why = self.reponse.verdict, " ".join(self.reponse.explication)
        assert found == wanted, f"verdict attendu : {wanted}\nverdict obtenu  : {found}\n{why}"
        return self.reponse


def given(*faits: Any, le: Instant = MAINTENANT, catalogue: Catalogue | None = None) -> Given:
    """These facts happened, in this order; ``le``: when they were recorded."""
    return Given(faits, le, catalogue)


def _sealed(lieu: Lieu, fait: Any, cle: str) -> Any:
    changes: dict[str, Scelle] = {}
    for f in fields_of(type(fait)):
        value = getattr(fait, f.nom)
        if f.qui is not None and isinstance(value, str):
            who = CAMILLE if f.qui == "par" else getattr(fait, f.qui)
            where = f"{fiche(fait).nom}.{f.nom}"
            changes[f.nom] = lieu.vault.seal(value, person=who, retention=f.conservation or "", key=cle, field=where)
    return attrs.evolve(fait, **changes) if changes else fait


def _opened(lieu: Lieu, fait: Any) -> Any:
    sealed = {f.nom: v for f in fields_of(type(fait)) if isinstance(v := getattr(fait, f.nom), Scelle)}
    return attrs.evolve(fait, **{n: lieu.vault.open(v) for n, v in sealed.items()}) if sealed else fait
