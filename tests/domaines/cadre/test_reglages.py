"""Settings that rules date and scope: a decision reads the one that prevails, and none makes a clause."""

from __future__ import annotations

from typing import ClassVar

import attrs
import pytest
from tests.domaines.quai import ANA, regle
from whenever import Date

from tierslieu_core.domaines.cadre.regles import GENRES, Portee, RegleAdoptee
from tierslieu_core.domaines.cadre.regles.genres.attente import ConfirmationAttente, LongueurSerie, OrdreAttente
from tierslieu_core.domaines.cadre.regles.genres.commun import Reglage
from tierslieu_core.domaines.cadre.regles.genres.entretien import DelaiIncident
from tierslieu_core.domaines.cadre.regles.genres.materiel import KitComplet, RemiseEnEtat, Reparation
from tierslieu_core.domaines.cadre.regles.genres.prets import (
    Etape,
    JoursDePret,
    PreavisRappel,
    RappelAvant,
    Retards,
    TenueReservation,
)
from tierslieu_core.domaines.cadre.regles.genres.processus import Validation
from tierslieu_core.domaines.cadre.regles.genres.reglages import (
    Battement,
    DureeOption,
    MotifExige,
    Presence,
    Priorite,
    RappelEcheance,
)
from tierslieu_core.domaines.cadre.regles.livre import Livre
from tierslieu_core.kernel.decisions import Clause
from tierslieu_core.kernel.declarations import Note
from tierslieu_core.vocabulaire.identifiants import EspaceId, RegleId
from tierslieu_core.vocabulaire.mesures import Mesures

SUSPENDRE = Etape(jours=7, mesure="suspension", duree_jours=10)
JOUR, TOUJOURS = Date(2026, 11, 23), Date(2020, 1, 1)


@attrs.frozen(kw_only=True)
class Rangement(Reglage):
    """So many minutes to tidy up."""

    NOM: ClassVar[str] = "rangement"
    minutes: int

    def phrase(self) -> str:
        return f"{self.minutes} min de rangement"


def livre(*adoptees: RegleAdoptee) -> Livre:
    found = Livre()
    for n, adoptee in enumerate(adoptees, 1):
        found.applique(adoptee, Note(n, f"k{n}/1", "", "", "camille", None, "m", None))
    return found


def rangement(nom: str, minutes: int, portee: Portee, du: Date = TOUJOURS) -> RegleAdoptee:
    genre = Rangement(minutes=minutes)
    return RegleAdoptee(
        regle=RegleId(nom), version=1, texte="", motif="m", decision="", genre=genre, portee=portee, du=du
    )


def test_le_reglage_le_plus_precis_l_emporte_et_ne_fait_aucune_clause():
    general, salle = Portee(actions=("reserver",)), Portee(espaces=(EspaceId("verte"),))
    found = livre(rangement("a", 15, general), rangement("b", 30, salle), rangement("c", 5, salle, Date(2027, 1, 1)))
    verte = ("espace:verte",)
    assert found.reglage(Rangement, JOUR, action="reserver") == Rangement(minutes=15)
    assert found.reglage(Rangement, JOUR, action="reserver", lieux=verte) == Rangement(minutes=30)
    assert found.reglage(Rangement, Date(2027, 1, 1), lieux=verte) == Rangement(minutes=5)
    assert found.reglage(Rangement, JOUR, action="preter") is None
    assert found.reglage(Validation, JOUR) is None
    mesures = Mesures(action="reserver", personne=ANA, lieux=verte, jour=JOUR)
    assert [v.genre.mesure(mesures) for v in found.reglement.applicables(mesures, JOUR)] == [None]


def test_un_reglage_n_objecte_a_rien():
    genre = Rangement(minutes=15)
    assert (genre.sur(), genre.juge(1), genre.limite(), genre.refus(1, ""), genre.fautes()) == (
        "", "satisfaite", None, "", [],
    )  # fmt: skip


def test_le_livre_dit_qui_doit_valider():
    found = livre(regle("v", "validation", par="bureau", delai_heures=1), regle("d", "duree", maximum_minutes=5))
    assert found.validations(
        (Clause("v", 1, 60, 0, "a_valider"), Clause("d", 1, 60, 5, "a_valider"), Clause("x", 1, 60, 0, "a_valider"))
    ) == (Validation(par="bureau", delai_heures=1),)


def test_ce_qui_ne_peut_se_dire_est_pour_la_coordination_a_defaut_d_une_autre():
    found = livre(regle("v", "validation", par="bureau", delai_heures=1), regle("d", "duree", maximum_minutes=5))
    inconnue, validee = Clause("d", 1, None, 5, "indeterminee"), Clause("v", 1, 60, 0, "a_valider")
    assert found.validations((inconnue,)) == (Validation(par="coordination", delai_heures=72, silence="refus"),)
    assert found.validations((inconnue, validee)) == (Validation(par="bureau", delai_heures=1),)
    assert found.validations(()) == ()


def test_une_validation_mal_ecrite_dit_toutes_ses_fautes():
    champs = [c for c, _ in Validation(par="", delai_heures=0, des_minutes=-1).fautes()]
    assert champs == ["genre.par", "genre.delai_heures", "genre.des_minutes"]
    assert not GENRES["validation"]().fautes()


def test_une_validation_ne_concerne_ni_un_renouvellement_ni_ce_qui_n_a_pas_d_heures():
    sans = Mesures(action="renouveler", personne=ANA, lieux=(), jour=JOUR, renouvellements=1)
    assert Validation().mesure(sans) is None
    assert Validation().mesure(attrs.evolve(sans, renouvellements=None)) is None


@pytest.mark.parametrize(
    ("genre", "dit", "fautes"),
    [
        (RemiseEnEtat(jours=2), "2 jours de remise en état après un retour", []),
        (RemiseEnEtat(jours=-1), "-1 jour de remise en état après un retour", ["genre.jours"]),
        (KitComplet(), "un lot ne se prête que complet", []),
        (KitComplet(exige=False), "un lot incomplet se prête", []),
        (Reparation(), "hors service 15 jours, dès que l'état constaté est « en panne »", []),
        (MotifExige(), "une réservation dit aussi son objet", []),
        (
            MotifExige(precisions=("usage", "inscrits"), usages=("fête", "cours")),
            "une réservation dit aussi le genre d'usage et qui y participe (usages admis : fête ou cours)",
            [],
        ),
        (MotifExige(precisions=()), "une réservation dit aussi ", ["genre.precisions"]),
        (Battement(avant_minutes=30), "battement de 30 min avant un usage et 0 min après", []),
        (
            Battement(avant_minutes=-1, apres_minutes=1441),
            "battement de -1 h 59 avant un usage et 24 h 01 après",
            ["genre.avant_minutes", "genre.apres_minutes"],
        ),
        (LongueurSerie(maximum=10), "une série a 10 occurrences au plus", []),
        (LongueurSerie(maximum=0), "une série a 0 occurrence au plus", ["genre.maximum"]),
        (OrdreAttente(), "la liste d'attente est servie dans l'ordre d'arrivée", []),
        (
            OrdreAttente(publics=("resident", "adherent")),
            "la liste d'attente sert d'abord resident puis adherent ; à rang égal, dans l'ordre d'arrivée",
            [],
        ),
        (
            ConfirmationAttente(heures=4),
            "un créneau qui se libère est gardé 4 h, le temps que la personne confirme",
            [],
        ),
        (
            ConfirmationAttente(heures=0),
            "un créneau qui se libère est gardé 0 min, le temps que la personne confirme",
            ["genre.heures"],
        ),
        (DureeOption(heures=48), "une option tient 2 jours", []),
        (DureeOption(heures=0), "une option tient 0 min", ["genre.heures"]),
        (
            DelaiIncident(gene_jours=1),
            "un danger se prend en charge sous 0 jour, une panne sous 3 jours, une gêne sous 1 jour",
            [],
        ),
        (
            DelaiIncident(danger_jours=-1),
            "un danger se prend en charge sous -1 jour, une panne sous 3 jours, une gêne sous 15 jours",
            ["genre.danger_jours"],
        ),
        (RappelEcheance(jours_avant=0), "ce qui arrive à échéance se rappelle 0 jour avant", []),
        (RappelEcheance(jours_avant=-1), "ce qui arrive à échéance se rappelle -1 jour avant", ["genre.jours_avant"]),
        (
            Presence(),
            "présence à signaler de 15 min avant le début à 15 min après ; sinon l'espace se libère",
            [],
        ),
        (
            Presence(avant_minutes=-1, apres_minutes=0),
            "présence à signaler de -1 h 59 avant le début à 0 min après ; sinon l'espace se libère",
            ["genre.avant_minutes", "genre.apres_minutes"],
        ),
        (
            Priorite(rang=2),
            "priorité de rang 2 : déplace un usage de rang moindre, 14 jours au moins avant",
            [],
        ),
        (
            Priorite(rang=0, delai_jours=-1),
            "priorité de rang 0 : déplace un usage de rang moindre, -1 jour au moins avant",
            ["genre.rang", "genre.delai_jours"],
        ),
        (Retards(), "retards : rien", []),
        (
            Retards(grace_jours=2, etapes=(Etape(jours=1, mesure="rappel"), SUSPENDRE)),
            "retards après 2 jours de grâce : rappel à 1 jour et suspension de 10 jours à 7 jours",
            [],
        ),
        (Retards(grace_jours=-1), "retards après -1 jour de grâce : rien", ["genre.grace_jours"]),
        (Retards(etapes=(Etape(jours=0, mesure="rappel"),)), "retards : rappel à 0 jour", ["genre.etapes"]),
        (
            Retards(etapes=(SUSPENDRE, Etape(jours=7, mesure="suspension"))),
            "retards : suspension de 10 jours à 7 jours et suspension à 7 jours",
            ["genre.etapes", "genre.etapes"],
        ),
        (RappelAvant(), "un retour s'annonce 2 jours avant", []),
        (RappelAvant(jours=-1), "un retour s'annonce -1 jour avant", ["genre.jours"]),
        (PreavisRappel(), "un objet rappelé revient au plus tôt 2 jours après", []),
        (PreavisRappel(jours=-1), "un objet rappelé revient au plus tôt -1 jour après", ["genre.jours"]),
        (TenueReservation(), "une réservation de matériel tient 1 jour après son premier jour", []),
        (
            TenueReservation(jours=-1),
            "une réservation de matériel tient -1 jour après son premier jour",
            ["genre.jours"],
        ),
        (JoursDePret(jours=(2, 3)), "la durée d'un prêt se compte en : mardi et mercredi", []),
        (
            JoursDePret(jours=(2,), feries=False),
            "la durée d'un prêt se compte en : mardi, jours fériés non comptés",
            [],
        ),
        (JoursDePret(jours=()), "la durée d'un prêt se compte en : ", ["genre.jours"]),
        (Reparation(jours=0), "hors service 0 jour, dès que l'état constaté est « en panne »", ["genre.jours"]),
    ],
)
def test_les_reglages_se_disent(genre, dit, fautes):
    assert (genre.phrase(), [champ for champ, _ in genre.fautes()]) == (dit, fautes)
