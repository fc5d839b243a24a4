"""What a hostile reviewer once broke, and nobody will again."""

from __future__ import annotations

from pathlib import Path

import pytest
from eventsourcing.dcb.api import DCBEvent
from whenever import Date, Instant, Time

import tierslieu_core as tl
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.cadre.regles import RegleAdoptee
from tierslieu_core.domaines.cadre.regles.genres.ouverture import Horaires, Plage
from tierslieu_core.domaines.cadre.regles.genres.quantites import Simultanes
from tierslieu_core.domaines.cadre.regles.genres.quotas import Quota
from tierslieu_core.domaines.cadre.regles.portee import Portee
from tierslieu_core.domaines.moyens.espaces import EspaceOuvert
from tierslieu_core.domaines.moyens.materiel import ObjetAjoute
from tierslieu_core.domaines.personnes.formations import AccorderHabilitation, habilitations_de, valides
from tierslieu_core.domaines.usages.prets import PreterObjet, RendreObjet
from tierslieu_core.domaines.usages.reservations import AnnulerReservation, DeplacerReservation, ReserverEspace
from tierslieu_core.integrite.coffre import Coffre
from tierslieu_core.kernel.errors import DemandeInvalide, VersionFuture
from tierslieu_core.kernel.personal import Efface
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.spec import CAMILLE, FONDATION, given, memory_place, record
from tierslieu_core.vocabulaire.identifiants import EspaceId, ModeleId, ObjetId, PersonneId, RegleId, ReservationId
from tierslieu_core.vocabulaire.temps import Moment

ZOE, SCIE, VERTE = PersonneId("p-1"), ObjetId("scie"), EspaceId("verte")
LUNDI, DIMANCHE = Date(2026, 11, 23), Date(2026, 11, 29)
h = Moment.depuis_texte


def _regle(genre: object, action: str) -> RegleAdoptee:
    return RegleAdoptee(
        regle=RegleId("r"), version=1, texte="", motif="", decision="", genre=genre, portee=Portee(actions=(action,)),
        du=Date(2020, 1, 1),
    )  # fmt: skip


def _quai(*faits: object) -> Lieu:
    lieu = memory_place()
    scie = ObjetAjoute(objet=SCIE, modele=ModeleId("m"), nom="Scie", categorie="outil", etat="")
    verte = EspaceOuvert(espace=VERTE, nom="Verte", categorie="salle", capacite=None, description="")
    record(lieu, [*FONDATION, scie, verte, *faits])
    lieu.executer(InscrirePersonne(personne=ZOE, nom="Zoé"), par=CAMILLE)
    return lieu


def test_le_pret_d_une_personne_oubliee_se_rend():
    lieu = _quai()
    assert lieu.executer(PreterObjet(objet=SCIE, personne=ZOE, retour=DIMANCHE), par=CAMILLE).acceptee
    assert isinstance(lieu.vault, Coffre)
    lieu.vault.oublier(ZOE)
    rendu = lieu.executer(RendreObjet(objet=SCIE, personne=ZOE, constat="propre"), par=CAMILLE)
    assert rendu.verdict == "accord"
    assert isinstance(lieu.vault.open(rendu.evenements[0].constat), Efface)
    assert {e.cle for e in lieu.rejouer().ecarts} <= {"donne"}  # the facts that were put there without any decision


def test_une_habilitation_a_venir_n_efface_pas_celle_qui_court():
    lieu = _quai()
    for du, au in ((LUNDI, Date(2026, 12, 31)), (Date(2027, 1, 1), None)):
        asked = AccorderHabilitation(personne=ZOE, habilitation="scie", du=du, jusqu_au=au)
        reponse = lieu.executer(asked, par=CAMILLE)
    tenues = habilitations_de.fold(reponse.evenements)
    assert [valides(tenues, d) for d in (LUNDI, Date(2027, 6, 1))] == [("scie",), ("scie",)]


def test_une_periode_glissante_tient_dans_l_annee():
    assert not Quota(maximum=1, periode="glissante", jours=366).fautes()
    assert Quota(maximum=1, periode="glissante", jours=367).fautes()


@pytest.mark.parametrize(("de", "a", "ouvert"), [(9, 18, False), (0, 4, True)])
def test_la_nuit_d_octobre_n_ouvre_pas_le_lieu(de: int, a: int, ouvert: bool):  # noqa: FBT001 - a case of the table
    horaires = Horaires(plages=(Plage(jours=(7,), de=Time(de), a=Time(a)),))
    asked = ReserverEspace(
        espace=VERTE, personne=ZOE, debut=h("2026-10-25T02:30+02:00"), fin=h("2026-10-25T02:30+01:00")
    )
    when = given(_regle(horaires, "reserver")).when(asked)
    if ouvert:
        when.then_accepted()
    else:
        when.then_refused(clause="r")


def test_l_heure_qui_revient_a_minuit_n_ouvre_pas_le_lieu_non_plus():
    """Where clocks go back to midnight (Havana), that hour begins and ends on the face of midnight."""
    horaires = Horaires(plages=(Plage(jours=(7,), de=Time(9), a=Time(18)),))
    assert horaires.juge("2026-11-01T00:00:00/2026-11-01T00:00:00") == "refuse"


def test_une_reservation_deplacee_au_loin_puis_annulee_ne_compte_plus():
    lieu = _quai(_regle(Simultanes(maximum=1), "reserver"))
    mardi = ReserverEspace(espace=VERTE, personne=ZOE, debut=h("2026-11-24T10:00"), fin=h("2026-11-24T11:00"))
    une = lieu.executer(mardi, par=CAMILLE, cle="une")
    r = ReservationId(une.evenements[0].reservation)
    loin = DeplacerReservation(reservation=r, debut=h("2028-11-20T10:00"), fin=h("2028-11-20T11:00"))
    assert lieu.executer(loin, par=CAMILLE).verdict == "accord"
    assert lieu.executer(AnnulerReservation(reservation=r, motif="grippe"), par=CAMILLE).verdict == "accord"
    assert lieu.executer(mardi, par=CAMILLE, cle="deux").verdict == "accord"
    assert {e.cle for e in lieu.rejouer().ecarts} <= {"donne"}  # the facts that were put there without any decision


def test_une_demande_repetee_est_silencieuse_meme_si_l_horloge_a_recule():
    lieu = _quai()
    quand = Instant.from_utc(2026, 11, 23, 9)
    pret = PreterObjet(objet=SCIE, personne=ZOE, retour=DIMANCHE)
    first = lieu.executer(pret, par=CAMILLE, cle="k", survenu_le=quand, maintenant=quand)
    again = lieu.executer(pret, par=CAMILLE, cle="k", survenu_le=quand, maintenant=quand.subtract(hours=1))
    assert again.decision == first.decision
    assert len(lieu.audit("cle:k")) == 1


def test_un_journal_d_une_version_future_est_dit_et_rien_n_y_est_decide(tmp_path: Path):
    url = str(tmp_path / "quai.db")
    with tl.ouvrir(url) as lieu:
        record(lieu, FONDATION)
        lieu.recorder.append([DCBEvent("prets.ObjetPrete@4", b"{}", ["objet:scie"])])
    with (
        tl.ouvrir(url) as lieu,
        pytest.raises(VersionFuture, match=r"prets.ObjetPrete@4.*Mettez la bibliothèque à jour"),
    ):
        lieu.registre("prets")


def test_les_dates_aux_confins_du_calendrier_se_lisent_ou_se_refusent():
    lieu = _quai()
    assert lieu.registre("espaces", au="9999-12-31")
    with pytest.raises(DemandeInvalide, match="avant 1900"):
        lieu.executer(
            PreterObjet(objet=SCIE, personne=ZOE, retour=DIMANCHE), par=CAMILLE, survenu_le=Instant.from_utc(1, 1, 2)
        )
