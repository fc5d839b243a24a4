"""Closing a period: what was archived is dated no more, and what was closed by mistake opens again."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import ANA, LUNDI, MARDI, VENDREDI, dit, midi
from whenever import Date

from tierslieu_core.domaines.cadre.archives import (
    ClorePeriode,
    CorrigerCloture,
    JourArchive,
    PeriodeClose,
    PeriodeEnCours,
    PeriodeSansSuite,
)
from tierslieu_core.domaines.cadre.identites import RenommerPersonne
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import CAMILLE, given
from tierslieu_core.vocabulaire.empreinte import Empreinte

DIMANCHE = LUNDI.prev_day()
SAMEDI_D_AVANT = DIMANCHE.prev_day()
CHAINE, FICHIER = Empreinte.de(b"faits"), Empreinte.de(b"archive")
CLORE = ClorePeriode(du=Date(2025, 9, 1), au=DIMANCHE, nombre=12, chaine=CHAINE, empreinte=FICHIER)
CLOSE = PeriodeClose(du=Date(2025, 9, 1), au=DIMANCHE, nombre=12, chaine=CHAINE, empreinte=FICHIER)
RENOMMER = RenommerPersonne(personne=ANA, nom="Ana Diop")


def test_on_clot_une_periode_et_la_clore_a_nouveau_ne_change_rien():
    quand = given().when(CLORE)
    quand.then(CLOSE)
    (ligne,) = quand.lieu.registre("archives")
    assert (ligne.au, ligne.nombre, ligne.par) == (DIMANCHE, 12, CAMILLE)
    given(CLOSE).when(CLORE).then_nothing()


def test_plus_rien_ne_se_date_dans_une_periode_close():
    quand = given(CLOSE).when(RENOMMER, survenu_le=midi(VENDREDI))
    quand.then_refused(JourArchive(jour=VENDREDI, au=DIMANCHE))
    assert "vendredi 20 novembre 2026 est dans une période close" in dit(quand)
    assert "Enregistrez-le d'aujourd'hui" in dit(quand)
    assert "CorrigerCloture" in dit(quand)
    given(CLOSE).when(RENOMMER, survenu_le=midi(DIMANCHE)).then_refused(JourArchive)
    given(CLOSE).when(RENOMMER, survenu_le=midi(LUNDI), maintenant=midi(MARDI)).then_accepted()
    given(CLOSE).when(RENOMMER).then_accepted()


def test_un_jour_qui_n_est_pas_fini_ne_se_clot_pas():
    quand = given().when(attrs.evolve(CLORE, au=LUNDI))
    quand.then_refused(PeriodeEnCours(au=LUNDI))
    assert "à partir du lendemain" in dit(quand)


def test_les_periodes_closes_se_suivent_sans_jour_de_trop_ni_de_moins():
    for du in (DIMANCHE, MARDI, SAMEDI_D_AVANT):
        suivante = attrs.evolve(CLORE, du=du, au=MARDI)
        quand = given(CLOSE).when(suivante, maintenant=midi(Date(2026, 11, 26)))
        quand.then_refused(PeriodeSansSuite(au=DIMANCHE, attendu=LUNDI, du=du))
    assert "la suivante commence le lundi 23 novembre 2026" in dit(quand)
    suivante = attrs.evolve(CLORE, du=LUNDI, au=MARDI)
    given(CLOSE).when(suivante, maintenant=midi(Date(2026, 11, 26))).then_accepted()


def test_une_cloture_faite_par_erreur_se_corrige_et_l_on_y_date_a_nouveau():
    lieu = given().when(CLORE).lieu
    assert lieu.executer(RENOMMER, par=CAMILLE, survenu_le=midi(VENDREDI)).verdict == "refus"
    corriger = CorrigerCloture(motif="il manquait un cahier")
    assert lieu.executer(corriger, par=CAMILLE).acceptee
    assert lieu.registre("archives") == []
    assert lieu.executer(RENOMMER, par=CAMILLE, survenu_le=midi(VENDREDI)).acceptee
    assert lieu.executer(CLORE, par=CAMILLE).acceptee


def test_une_periode_ne_finit_pas_avant_de_commencer():
    with pytest.raises(DemandeInvalide, match="doit venir après"):
        given().when(attrs.evolve(CLORE, du=MARDI))
