"""What the concierge must know this morning."""

from __future__ import annotations

import attrs
from tests.domaines.quai import (
    ANA,
    BEN,
    LA_PERCEUSE,
    LA_SALLE,
    LUNDI,
    MARDI,
    PERCEUSE,
    SAMEDI,
    SCIE,
    VENDREDI,
    VERTE,
    de,
    midi,
    regle,
)
from whenever import Date

from tierslieu_core.domaines.cadre.gouvernance import MandatDonne
from tierslieu_core.domaines.usages.prets import PreterObjet
from tierslieu_core.domaines.usages.reservations import ReserverEspace
from tierslieu_core.testing.spec import CAMILLE, FONDATION, memory_place, record
from tierslieu_core.vues.aujourdhui import aujourdhui

BIENTOT = Date(2026, 11, 27)

LA_SCIE = attrs.evolve(LA_PERCEUSE, objet=SCIE, nom="Scie")


def test_un_lieu_neuf_n_a_rien_a_dire():
    lieu = memory_place()
    record(lieu, [*FONDATION])
    assert attrs.astuple(aujourdhui(lieu), recurse=False)[1:] == ((),) * 6
    assert aujourdhui(lieu).le == lieu.aujourdhui


def test_ce_matin_dit_ce_qui_a_lieu_ce_qui_est_du_et_ce_qui_change():
    lieu = memory_place()
    mandat = MandatDonne(mandat="m", personne=ANA, role="regie", du=VENDREDI, au=BIENTOT)
    loin = MandatDonne(mandat="n", personne=BEN, role="regie", du=VENDREDI, au=Date(2027, 1, 1))
    neuve = attrs.evolve(regle("courte", "duree", maximum_minutes=60), du=SAMEDI, texte="Une heure au plus")
    ancienne = regle("longue", "duree", maximum_minutes=600)
    record(lieu, [*FONDATION, LA_SALLE, LA_PERCEUSE, LA_SCIE, mandat, loin, neuve, ancienne])
    lieu.handler.knows_all = True
    p = de("20:00", "21:00", LUNDI)
    lieu.executer(ReserverEspace(espace=VERTE, personne=ANA, debut=p.debut, fin=p.fin), par=CAMILLE, cle="soir")
    lieu.executer(PreterObjet(objet=PERCEUSE, personne=ANA, retour=VENDREDI), par=CAMILLE, survenu_le=midi(VENDREDI))
    hier = midi(LUNDI.prev_day())
    lieu.executer(PreterObjet(objet=PERCEUSE, personne=BEN, retour=MARDI), par=CAMILLE, survenu_le=hier)
    lieu.executer(PreterObjet(objet=SCIE, personne=BEN, retour=LUNDI), par=CAMILLE, survenu_le=hier)
    vu = aujourdhui(lieu)
    assert vu.le == LUNDI
    assert [un.chose for un in vu.a_lieu] == ["reservation:soir"]
    assert [un.chose for un in vu.en_retard] == [f"objet:{PERCEUSE}@2026-11-20"]
    assert [un.chose for un in vu.a_faire] == [f"objet:{SCIE}@2026-11-22"]
    assert [(t.commande, t.verdict) for t in vu.hier] == [("Prêter un objet à une personne", "refusé")]
    assert vu.regles == ((SAMEDI, "a effet", "Une heure au plus"),)
    assert vu.mandats == ((BIENTOT, "ana (regie)"),)
