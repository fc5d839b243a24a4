"""Strangers: whatever the finances do, the place's journal, registers, decisions, sentences and proofs are the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whenever import Date

from tierslieu_adapters.archives.composer import composer
from tierslieu_core import guichet
from tierslieu_core.domaines.cadre.gouvernance import DonnerMandat, FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.finances import DOMAINE
from tierslieu_core.domaines.finances.facturable import DeclarerFacturable
from tierslieu_core.domaines.personnes.adhesions import AdmettreAdherent
from tierslieu_core.integrite import boites, coffre
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.ports import head_of
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.laws.scope import Asked, Scope, founded, patient
from tierslieu_core.testing.spec import MAINTENANT, installed, installed_finances, memory_place

JOUR = Date(2026, 11, 23)
AREAS = ("adhesions", "attestations", "prets", "reservations")
PLACE = Scope(installed(), areas=tuple(d for d in installed().domaines if d.nom in AREAS))
CAISSE = Scope(installed_finances(), areas=(DOMAINE,), roles=("coordination", "finances"))
SUIVIES = ("reservations.ReservationAcceptee", "prets.ObjetPrete", "adhesions.AdhesionAdmise")
PAR_LA_PORTE = ("finances.EtablirAttestation", "finances.NoterRemise", "finances.SuivreLieu")
"""What the doors do by themselves, and the same in both worlds."""


@attrs.frozen
class Vie:
    """What the finances do of their own, demand by demand, between two of the place's."""

    suivies: tuple[str, ...]
    demandes: tuple[tuple[Any, ...], ...]


@attrs.frozen
class Atteste:
    """What the finances attest after so many demands of the place."""

    apres: int
    tiers: str
    nature: str
    valable: bool


def vies() -> st.SearchStrategy[Vie]:
    own = CAISSE.drawn.demands((DOMAINE,)).filter(lambda c: type(c).__fiche__.nom not in PAR_LA_PORTE)
    between = st.lists(st.lists(own, max_size=4).map(tuple), max_size=4).map(tuple)
    return st.builds(Vie, st.lists(st.sampled_from(SUIVIES), unique=True).map(tuple), between)


attestees = st.lists(
    st.builds(
        Atteste,
        apres=st.integers(0, 6),
        tiers=st.sampled_from(["camille", "personne-1", "personne-2"]),
        nature=st.sampled_from(["caution-deposee", "cotisation-a-jour"]),
        valable=st.booleans(),
    ),
    max_size=3,
)


@contextmanager
def sans_hasard() -> Iterator[None]:
    """Keys and nonces are what chance makes of two equal worlds: here there is none."""
    dice = SimpleNamespace(urandom=bytes)
    with patch.object(coffre, "os", dice), patch.object(boites, "os", dice):
        yield


def vecu(place: list[Asked], caisse: Vie, attestees: list[Atteste]) -> tuple[Lieu, list[Any]]:
    """The place's life beside this life of its finances; the place, and all that it answered."""
    lieu, finances = founded(PLACE), memory_place(installed_finances())
    lieu.executer(InscrirePersonne(personne="lea", nom="Léa"), par="camille", cle="lea", maintenant=MAINTENANT)
    donner = DonnerMandat(personne="lea", role="finances", du=Date(2026, 1, 1))
    lieu.executer(donner, par="camille", cle="mandat", maintenant=MAINTENANT)
    finances.executer(
        FonderLieu(nom="F", personne="lea", nom_personne="Léa", roles=("coordination", "finances")), par="lea"
    )
    for nature in caisse.suivies:
        declare = {"nature": nature, "libelle": nature, "du": "2026-01-01"}
        finances.demander("finances.DeclarerFacturable", declare, par="lea")
    reponses = []
    for n, asked in enumerate(place):
        for commande in caisse.demandes[n] if n < len(caisse.demandes) else ():
            essaie(finances.executer, commande, par="lea")
        for une in attestees:
            if une.apres == n:
                dite = {"tiers": une.tiers, "nature": une.nature, "valable": une.valable}
                finances.demander("finances.EtablirAttestation", dite, par="lea")
        essaie(guichet.suivre, lieu, finances, par="lea")
        guichet.remettre(finances, lieu, par="lea")
        reponses.append(essaie(asked.on, lieu, cle=f"d-{n}", maintenant=MAINTENANT.add(hours=n)))
    return lieu, reponses


def essaie(function: Callable[..., Any], *args: Any, **how: Any) -> Any:
    """What it gives, or the words with which the edge turned it away."""
    try:
        return function(*args, **how)
    except DemandeInvalide as fault:
        return str(fault)


def tout(lieu: Lieu, reponses: list[Any]) -> dict[str, Any]:
    """All that the place can show: its bytes, registers, decisions, sentences, what is due, and its sealed archive."""
    personnes = [r.personne for r in lieu.registre("personnes")]
    return {
        "octets": [(e.event.type, e.event.tags, e.event.data) for e in lieu.recorder.read()],
        "registres": {nom: repr(lieu.registre(nom)) for nom in lieu.catalogue.registres},
        "registres d'un jour": {nom: repr(lieu.registre(nom, au=JOUR)) for nom in lieu.catalogue.registres},
        "réponses": [r if isinstance(r, str) else (r.verdict, r.explication) for r in reponses],
        "décisions": {qui: repr(lieu.decisions(qui)) for qui in personnes},
        "phrases": [repr(lieu.journal(JOUR.add(days=n))) for n in range(-8, 3)],
        "à faire": repr(lieu.a_faire()),
        "preuves": composer(lieu, JOUR.subtract(days=10), JOUR.add(days=10)).octets,
    }


def compare(place: list[Asked], une: Vie, autre: Vie, attestees: list[Atteste]) -> None:
    """Two worlds that differ by their finances alone show the same."""
    with sans_hasard():
        premier, second = (tout(*vecu(place, vie, attestees)) for vie in (une, autre))
    for quoi, vu in premier.items():
        assert vu == second[quoi], f"les finances se voient d'ici : {quoi}"


@patient(max_examples=12)
@given(PLACE.lives(), vies(), vies(), attestees)
def test_quoi_que_fassent_les_finances_le_lieu_n_en_sait_rien(place, une, autre, dites):
    compare(place, une, autre, dites)


# ── la propriété elle-même : des fuites, semées une fois, et vues ───────────────────────────────────────────────────


def par_la_cle(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key under which something is attested says how much the finances have recorded."""
    vraie, vrai, tete = guichet._cle, guichet.remettre, [0]

    def remettre(finances: Lieu, lieu: Lieu, **how: Any) -> Any:
        tete[0] = head_of(finances.recorder)
        return vrai(finances, lieu, **how)

    monkeypatch.setattr(guichet, "remettre", remettre)
    monkeypatch.setattr(guichet, "_cle", lambda une: f"{vraie(une)}-{tete[0]}")


def par_le_suivi(monkeypatch: pytest.MonkeyPatch) -> None:
    """Following leaves a trace in the place."""
    vrai = guichet._reference

    def reference(lieu: Lieu, fait: Any, note: Any, declare: Any) -> Any:
        trace = {"personne": "lea", "nom": "Léa, vue"}
        essaie(lieu.demander, "identites.RenommerPersonne", trace, par="camille", cle=f"vu-{note.position}")
        return vrai(lieu, fait, note, declare)

    monkeypatch.setattr(guichet, "_reference", reference)


PERSONNE = AdmettreAdherent(personne="personne-1", palier="adherent", du=JOUR, au=Date(2027, 11, 22))
HISTOIRE = [Asked(PERSONNE, "camille"), Asked(attrs.evolve(PERSONNE, personne="personne-2"), "camille")]
RIEN, TOUT = Vie((), ()), Vie(SUIVIES, ((DeclarerFacturable(nature="x.Y", libelle="x", du=JOUR),),))
DITE = [Atteste(1, "personne-1", "caution-deposee", valable=True)]


@pytest.mark.parametrize("fuite", [None, par_la_cle, par_le_suivi])
def test_une_fuite_est_vue(fuite: Callable[[pytest.MonkeyPatch], None] | None, monkeypatch: pytest.MonkeyPatch):
    if fuite is None:
        compare(HISTOIRE, RIEN, TOUT, DITE)
        return
    fuite(monkeypatch)
    with pytest.raises(AssertionError, match="les finances se voient d'ici : octets"):
        compare(HISTOIRE, RIEN, TOUT, DITE)
