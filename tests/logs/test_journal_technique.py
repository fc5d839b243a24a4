"""The technical log never says anything personal, nor anything that people wrote."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from whenever import Date

from tierslieu_adapters.logs import ADMIS, admis, journaliser
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.spec import CAMILLE, FONDATION, memory_place, record

SECRETS = ("Zoé Dupont", "06 12 34 56 78", "rayée par le chat", "parce que Zoé l'a dit", "ma-cle-zoe")


@pytest.fixture
def place() -> tuple[Lieu, io.StringIO]:
    lieu, out = memory_place(), io.StringIO()
    record(lieu, FONDATION)
    journaliser(lieu, out)
    return lieu, out


def lines(out: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.getvalue().splitlines()]


def life(lieu: Lieu) -> None:
    """Accepted, refused, tried, repeated: each with something that must not be told."""
    ask = {"personne": "p-1", "nom": SECRETS[0], "contact": SECRETS[1]}
    for essai in (True, False, False):
        lieu.demander("identites.InscrirePersonne", ask, par=CAMILLE, cle=SECRETS[4], essai=essai)
    lieu.demander("identites.InscrirePersonne", ask, par=CAMILLE)
    lieu.demander("materiel.CreerModele", {"modele": "perceuse", "nom": SECRETS[0]}, par=CAMILLE)
    lieu.demander("materiel.AjouterObjet", {"objet": "p1", "modele": "perceuse", "nom": SECRETS[0]}, par=CAMILLE)
    retour = Date(2026, 11, 30).format_iso()
    pret = {"objet": "p1", "personne": "p-1", "retour": retour, "constat": SECRETS[2]}
    lieu.demander("prets.PreterObjet", pret, par=CAMILLE)
    lieu.demander("materiel.RetirerObjet", {"objet": "p1", "le": retour, "motif": SECRETS[3]}, par=CAMILLE)


def test_une_ligne_par_demande_dit_la_commande_les_sujets_le_verdict_la_place_et_la_duree(place):
    lieu, out = place
    life(lieu)
    said = lines(out)
    assert [line["commande"].partition(".")[2] for line in said] == [
        "InscrirePersonne", "InscrirePersonne", "InscrirePersonne", "InscrirePersonne", "CreerModele", "AjouterObjet",
        "PreterObjet", "RetirerObjet", "TrierReservations",
    ]  # fmt: skip
    trial, first, again, refused, *_, pret, _, _ = said
    assert list(first) == list(ADMIS)
    assert (trial["essai"], trial["position"]) == (True, None)
    assert first["position"] == again["position"]
    assert (refused["verdict"], refused["refus"], refused["faits"]) == ("refus", "identites.IdentifiantPris", [])
    assert pret["sujets"] == ["objet:p1", "personne:p-1"]
    assert pret["faits"] == ["prets.ObjetPrete"]
    assert (pret["essais"], pret["event"]) == (1, "demande")
    assert pret["duree_ms"] > 0


def test_ni_donnee_personnelle_ni_texte_libre_ni_cle_n_y_paraissent(place):
    lieu, out = place
    life(lieu)
    text = out.getvalue()
    words = [word for phrase in SECRETS for word in phrase.split() if len(word) > 5]
    for secret in (*SECRETS, *words):
        assert secret not in text
        assert json.dumps(secret)[1:-1] not in text


def test_ce_qui_n_est_pas_sur_la_liste_ne_passe_pas():
    said = {"event": "demande", "nom": "Zoé", "verdict": "accord"}
    assert dict(admis(None, "msg", said)) == {"event": "demande", "verdict": "accord"}


def test_une_demande_illisible_ne_laisse_rien(place):
    lieu, out = place
    with pytest.raises(DemandeInvalide):
        lieu.demander("identites.InscrirePersonne", {"personne": "p-1"}, par=CAMILLE)
    assert not out.getvalue()
