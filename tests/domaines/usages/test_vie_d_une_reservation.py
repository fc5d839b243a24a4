"""La vie d'une réservation, après la demande : réponse, option, battements, présence, priorité, fermeture."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import (
    ANA,
    ANA_ADHERE,
    BEN,
    BLEUE,
    LA_SALLE,
    LUNDI,
    MARDI,
    SAMEDI,
    VERTE,
    a,
    de,
    dit,
    ligne,
    midi,
    regle,
)
from whenever import Date, Instant

from tierslieu_core.domaines.cadre.gouvernance.mandats import MandatDonne, MandatManquant
from tierslieu_core.domaines.cadre.identites import PersonneInscrite
from tierslieu_core.domaines.cadre.regles import Portee
from tierslieu_core.domaines.cadre.representations import PersonneRepresentee
from tierslieu_core.domaines.moyens.espaces import (
    Acces,
    Configuration,
    ConfigurationInconnue,
    ConteneurEnFermeture,
    DelierEspaces,
    EspaceConfigure,
    EspaceEnFermeture,
    EspaceFerme,
    EspacesLies,
    EspaceTropPetit,
    FermerEspace,
    Horaire,
    HorairesFixes,
    HorsHoraires,
    Lien,
    LierEspaces,
    PublicNonAdmis,
    PublicsFixes,
    RetirerEspace,
)
from tierslieu_core.domaines.usages.reservations import (
    AbsenceNotee,
    AbsenceTropTot,
    AnnulerReservation,
    BattementManquant,
    ConfirmerOption,
    ConfirmerReservation,
    CorrigerReservation,
    CreneauPasse,
    DejaLiberee,
    DeplacerReservation,
    Emprise,
    EnregistreeParErreur,
    EspaceDejaReserve,
    EspaceGene,
    EspaceHorsMandat,
    Fenetre,
    FinImpossible,
    LibererReservation,
    MotifManquant,
    NoterAbsence,
    OptionPosee,
    PasASoiDeRepondre,
    PasConfirmee,
    PasDOption,
    PasLaSienne,
    PasUneOption,
    PlusEnAttente,
    PlusTenue,
    PoserOption,
    Precisions,
    PresenceDejaSignalee,
    PresenceSignalee,
    PresenceTropTot,
    RaccourcirReservation,
    RefuserReservation,
    ReservationAcceptee,
    ReservationAnnulee,
    ReservationDeplacee,
    ReservationEnAttente,
    ReservationRaccourcie,
    ReservationRefusee,
    ReservationRevue,
    ReservationTropLoin,
    ReserverEspace,
    RevoirReservations,
    SignalerPresence,
    UsageNonAdmis,
)
from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.testing.spec import CAMILLE, given
from tierslieu_core.vocabulaire.arrets import Arret
from tierslieu_core.vocabulaire.identifiants import EspaceId, MandatId, ReservationId, jour

MERCREDI, JEUDI = Date(2026, 11, 25), Date(2026, 11, 26)
DE_10_A_12, DE_14_A_16 = de("10:00", "12:00"), de("14:00", "16:00")
R, S = ReservationId("r-1"), ReservationId("r-2")
ETAGE = EspaceId("etage")
CLE = ReservationId("epreuve")


DIX_HUIT_HEURES = a("18:00", LUNDI)


def reserver(debut="10:00", fin="12:00", le=MARDI, personne=ANA, espace=VERTE, **autour):
    return ReserverEspace(espace=espace, personne=personne, debut=a(debut, le), fin=a(fin, le), **autour)


def faite(nature=ReservationAcceptee, periode=DE_10_A_12, laquelle=R, personne=ANA, espace=VERTE, **autour):
    sujet = {"sujet": None} if nature in (ReservationAcceptee, ReservationEnAttente, OptionPosee) else {}
    return nature(
        **{"reservation": laquelle, "espace": espace, "personne": personne, "periode": periode, "categorie": "",
           "participants": None, **sujet, **autour}
    )  # fmt: skip


def en_attente(periode=DE_10_A_12, aupres_de=("bureau",), silence="refus", jusqu_au=DIX_HUIT_HEURES, **autour):
    return faite(ReservationEnAttente, periode, aupres_de=aupres_de, silence=silence, jusqu_au=jusqu_au, **autour)


def option(jusqu_au=DIX_HUIT_HEURES, **autour):
    return faite(OptionPosee, jusqu_au=jusqu_au, **autour)


ANNULEE = ReservationAnnulee(
    reservation=R, espace=VERTE, personne=ANA, periode=DE_10_A_12, participants=None, motif="x"
)


def mandat(personne, role, sur=None):
    return MandatDonne(mandat=MandatId(f"m-{personne}-{role}"), personne=personne, role=role, du=LUNDI, sur=sur)


FERMEE = EspaceFerme(
    espace=VERTE, du=MARDI, au=MARDI, motif="gaz", sort="garder", arrets=(Arret(du=MARDI, au=MARDI, motif="gaz"),)
)
AU_BUREAU = regle("v", "validation", par="bureau", delai_heures=8)
BEN_AU_BUREAU = mandat(BEN, "bureau")
SOIR = midi(LUNDI).add(hours=7)  # Monday 19:00, once the delay is over
DANS_UNE_HEURE = midi(MARDI).subtract(hours=3)

# ── les espaces liés ────────────────────────────────────────────────────────────────────────────────────────────────


def lies(nature="voisin", espace=BLEUE, avec=VERTE, du=LUNDI, au=None):
    lien = Lien(espace=espace, avec=avec, nature=nature, du=du, au=au)
    return EspacesLies(
        espace=espace, avec=avec, nature=nature, du=du, sort="revoir", espaces=(espace, avec), liens=(lien,)
    )


@pytest.mark.parametrize("lien", [lies(), lies("contient", ETAGE, VERTE), lies("contient", VERTE, ETAGE)])
def test_un_espace_lie_gene_et_le_refus_le_dit(lien):
    autre = lien.avec if lien.espace == VERTE else lien.espace
    quand = given(lien, faite(espace=autre)).when(reserver("11:00", "13:00", personne=BEN))
    quand.then_refused(EspaceGene(espace=VERTE, autre=autre, periode=DE_10_A_12, libre=a("12:00")))
    assert f"il y a déjà une réservation le mardi 24 novembre 2026 de 10 h à 12 h dans {autre}" in dit(quand)
    given(lien, faite(espace=autre)).when(reserver("12:00", "13:00", personne=BEN)).then_accepted()


def test_un_espace_ne_gene_que_les_jours_du_lien():
    mercredi = de("10:00", "12:00", MERCREDI)
    trois_jours = ReserverEspace(espace=VERTE, personne=BEN, debut=a("08:00", MARDI), fin=a("20:00", JEUDI))
    given(lies(du=JEUDI), faite(periode=mercredi, espace=BLEUE)).when(trois_jours).then_accepted()
    given(lies(du=MERCREDI), faite(periode=mercredi, espace=BLEUE)).when(trois_jours).then_refused(EspaceGene)
    given(lies(au=MARDI), faite(periode=mercredi, espace=BLEUE)).when(trois_jours).then_accepted()


def test_ce_qui_part_d_un_espace_lie_ne_gene_plus():
    partie = faite(ReservationDeplacee, espace=ETAGE, quitte=(Emprise(espace=BLEUE, periode=DE_10_A_12),))
    given(lies(), faite(espace=BLEUE), partie).when(reserver(personne=BEN)).then_accepted()


def test_fermer_ce_qui_contient_un_espace_le_ferme():
    ferme = EspaceFerme(espace=ETAGE, du=MARDI, au=MARDI, motif="gaz", arrets=(Arret(du=MARDI, au=MARDI, motif="gaz"),))
    given(lies("contient", ETAGE, VERTE), ferme).when(reserver()).then_refused(ConteneurEnFermeture)


# ── ce que l'espace permet ──────────────────────────────────────────────────────────────────────────────────────────

THEATRE = Configuration(nom="théâtre", du=LUNDI, capacite=80, avant_minutes=60, apres_minutes=30)
INSTALLEE = EspaceConfigure(espace=VERTE, configuration="théâtre", capacite=80, du=LUNDI, configurations=(THEATRE,))


def test_un_espace_accueille_selon_sa_configuration_et_prend_le_temps_de_l_installer():
    given(LA_SALLE, INSTALLEE).when(reserver(participants=13)).then_refused(
        EspaceTropPetit(espace=VERTE, capacite=12, participants=13)
    )
    (fait,) = given(LA_SALLE, INSTALLEE).when(reserver(participants=80, configuration="théâtre")).reponse.evenements
    assert (fait.precisions.avant_minutes, fait.precisions.apres_minutes) == (60, 30)
    given(INSTALLEE, fait).when(reserver("08:00", "09:30", personne=BEN)).then_refused(BattementManquant)
    given(LA_SALLE).when(reserver(configuration="théâtre")).then_refused(ConfigurationInconnue)


def test_un_espace_a_ses_publics_et_ses_heures():
    acces = PublicsFixes(espace=VERTE, publics=("adherent",), du=LUNDI, acces=(Acces(du=LUNDI, publics=("adherent",)),))
    given(acces).when(reserver()).then_refused(PublicNonAdmis)
    given(acces, ANA_ADHERE).when(reserver()).then_accepted()
    heures = HorairesFixes(
        espace=VERTE, horaires="Mo-Fr 09:00-11:00", du=LUNDI, tous=(Horaire(du=LUNDI, horaires="Mo-Fr 09:00-11:00"),)
    )
    given(heures).when(reserver("09:00", "11:00")).then_accepted()
    given(heures).when(reserver()).then_refused(HorsHoraires)


# ── ce qu'il faut dire ──────────────────────────────────────────────────────────────────────────────────────────────

EXIGE = regle("m", "motif_exige", precisions=("sujet", "participants", "usage", "inscrits"))


def test_le_lieu_peut_exiger_un_objet_un_nombre_un_usage_et_des_noms():
    quand = given(EXIGE).when(reserver(sujet="réunion"))
    quand.then_refused(
        MotifManquant(espace=VERTE, manque="le nombre de participants, le genre d'usage et qui y participe")
    )
    assert "Pour réserver verte, il faut dire aussi le nombre de participants" in dit(quand)
    given(EXIGE).when(reserver(sujet="r", participants=2, usage="cours", inscrits=(ANA, BEN))).then_accepted()


def test_un_espace_peut_n_admettre_que_certains_usages():
    cours = regle("m", "motif_exige", precisions=(), usages=("cours",))
    quand = given(cours).when(reserver(usage="fête"))
    quand.then_refused(UsageNonAdmis(espace=VERTE, usage="fête", admis=("cours",)))
    given(cours).when(reserver()).then_refused(UsageNonAdmis(espace=VERTE, usage="non dit", admis=("cours",)))
    given(cours).when(reserver(usage="cours")).then_accepted()


def test_qui_participe_compte_pour_la_capacite_et_reste_dit_quand_on_deplace():
    petite = regle("c", "capacite", Portee(espaces=(VERTE,)), maximum=1)
    given(petite).when(reserver(inscrits=(ANA, BEN))).then_refused(clause="c")
    precisions = Precisions(inscrits=(ANA, BEN), usage="cours")
    deplacer = DeplacerReservation(reservation=R, debut=a("14:00"), fin=a("16:00"))
    (fait,) = given(faite(precisions=precisions)).when(deplacer).then_accepted().evenements
    assert fait.precisions == precisions


def test_on_ne_nomme_pas_plus_de_personnes_que_l_on_n_en_annonce():
    with pytest.raises(DemandeInvalide, match="au moins les 2 personnes"):
        given().when(reserver(participants=1, inscrits=(ANA, BEN)))


def test_une_regle_peut_viser_un_genre_d_usage():
    fetes = regle("d", "duree", Portee(categories=("fête",)), maximum_minutes=60)
    given(fetes).when(reserver(usage="fête")).then_refused(clause="d")
    given(fetes).when(reserver(usage="cours")).then_accepted()


def test_on_reserve_pour_qui_l_on_represente():
    represente = PersonneRepresentee(personne=BEN, representant=ANA, du=LUNDI, au=None)
    given(represente).when(reserver(personne=BEN), par=ANA).then_accepted()
    annuler = AnnulerReservation(reservation=R, motif="?")
    given(represente, faite(personne=BEN)).when(annuler, par=ANA).then_accepted()


def test_le_referent_de_l_espace_deplace_et_annule_ce_qui_s_y_tient_et_la_seulement():
    deplacer = DeplacerReservation(reservation=R, debut=a("14:00"), fin=a("16:00"))
    annuler = AnnulerReservation(reservation=R, motif="?")
    for commande in (deplacer, annuler):
        given(faite(), mandat(BEN, "referent", "espace:verte")).when(commande, par=BEN).then_accepted()
        ailleurs = given(faite(), mandat(BEN, "referent", "espace:bleue")).when(commande, par=BEN)
        ailleurs.then_refused(PasLaSienne(personne=ANA))


def test_qui_ne_s_occupe_que_d_un_espace_n_en_deplace_rien_vers_un_autre_ni_d_un_autre_vers_le_sien():
    vers_la_bleue = DeplacerReservation(reservation=R, debut=a("14:00"), fin=a("16:00"), espace=BLEUE)
    for role in ("referent", "concierge"):
        verte, bleue = mandat(BEN, role, "espace:verte"), attrs.evolve(mandat(BEN, role, "espace:bleue"), mandat="m-b")
        given(faite(), verte, bleue).when(vers_la_bleue, par=BEN).then_accepted()
        un = given(faite(), verte).when(vers_la_bleue, par=BEN)
        un.then_refused(EspaceHorsMandat(personne=BEN, espace=BLEUE) if role == "referent" else PasLaSienne)
        given(faite(), bleue).when(vers_la_bleue, par=BEN).then_refused()
    given(faite(), mandat(BEN, "referent", "espace:bleue")).when(vers_la_bleue, par=ANA).then_accepted()
    given(faite()).when(vers_la_bleue).then_accepted()
    vers = mandat(BEN, "concierge", "espace:bleue")
    dehors = given(faite(), vers).when(vers_la_bleue, par=BEN)
    dehors.then_refused(EspaceHorsMandat(personne=BEN, espace=VERTE))


@pytest.mark.parametrize(
    ("commande", "role"),
    [
        (LierEspaces(espace=VERTE, avec=BLEUE, nature="contient", du=MARDI), "regie"),
        (DelierEspaces(espace=VERTE, avec=BLEUE, le=MARDI), "regie"),
        (RevoirReservations(espace=VERTE, avec=BLEUE, du=MARDI, au=MARDI), "referent"),
    ],
)
def test_ce_qui_touche_deux_espaces_se_demande_par_qui_s_occupe_des_deux(commande, role):
    verte, bleue = mandat(BEN, role, "espace:verte"), attrs.evolve(mandat(BEN, role, "espace:bleue"), mandat="m-b")
    given(verte).when(commande, par=BEN).then_refused(MandatManquant)
    given(bleue).when(commande, par=BEN).then_refused(MandatManquant)
    assert given(verte, bleue).when(commande, par=BEN).reponse.acceptee


# ── attendre une réponse ────────────────────────────────────────────────────────────────────────────────────────────


def test_ce_qu_une_regle_envoie_au_bureau_attend_et_tient_l_espace():
    quand = given(LA_SALLE, AU_BUREAU).when(reserver(participants=4))
    (fait,) = quand.then_to_validate().evenements
    assert fait == faite(
        ReservationEnAttente, laquelle=CLE, categorie="salle", participants=4, aupres_de=("bureau",), silence="refus",
        jusqu_au=a("18:00", LUNDI),
    )  # fmt: skip
    assert ligne(quand, "reservations").etat == "en attente de bureau jusqu'au lundi 23 novembre 2026 à 18 h"
    assert quand.lieu.executer(reserver(personne=BEN), par=CAMILLE).verdict == "refus"
    (row,) = quand.lieu.registre("reservations-a-valider")
    assert (row.aupres_de, row.etat) == (("bureau",), "en attente")


def test_la_reponse_est_attendue_avant_le_debut_au_plus_tard():
    lente = regle("v", "validation", par="bureau", delai_heures=72)
    (fait,) = given(lente).when(reserver()).then_to_validate().evenements
    assert fait.jusqu_au == a("10:00")


def test_ce_qu_aucune_regle_ne_peut_juger_attend_la_coordination_et_tient_le_creneau():
    (fait,) = given(regle("c", "capacite", maximum=3)).when(reserver()).then_to_validate().evenements
    assert isinstance(fait, ReservationEnAttente)
    assert (fait.aupres_de, fait.silence) == (("coordination",), "refus")


def test_seul_le_bureau_repond_et_dit_oui():
    oui = ConfirmerReservation(reservation=R)
    quand = given(en_attente(participants=4), BEN_AU_BUREAU).when(oui, par=BEN)
    quand.then(faite(participants=4))
    assert quand.lieu.registre("reservations-a-valider") == []
    refusee = given(en_attente(), BEN_AU_BUREAU).when(oui)
    refusee.then_refused(PasASoiDeRepondre(aupres_de=("bureau",), jusqu_au=a("18:00", LUNDI)))
    assert "C'est à bureau de répondre" in dit(refusee)
    given(faite()).when(oui).then_nothing()
    given(ANNULEE).when(oui).then_refused(PlusEnAttente(reservation=R))


def test_deux_roles_repondent_l_un_apres_l_autre():
    attend = en_attente(aupres_de=("bureau", "coordination"))
    un = given(attend, BEN_AU_BUREAU).when(ConfirmerReservation(reservation=R), par=BEN)
    un.then(en_attente(aupres_de=("coordination",)))
    assert un.lieu.executer(ConfirmerReservation(reservation=R), par=CAMILLE).acceptee
    assert ligne(un, "reservations").etat == "acceptée"


def test_le_bureau_dit_non_avec_un_motif_et_l_espace_est_libre():
    non = RefuserReservation(reservation=R, motif="trop long")
    quand = given(en_attente(), BEN_AU_BUREAU).when(non, par=BEN)
    quand.then(faite(ReservationRefusee, motif="trop long"))
    assert ligne(quand, "reservations").etat == "refusée"
    assert quand.lieu.executer(reserver(personne=BEN), par=CAMILLE).acceptee
    given(en_attente(), BEN_AU_BUREAU).when(non).then_refused(PasASoiDeRepondre)
    given(faite(ReservationRefusee, motif="x"), BEN_AU_BUREAU).when(non, par=BEN).then_nothing()
    given(faite(), BEN_AU_BUREAU).when(non, par=BEN).then_refused(PlusEnAttente(reservation=R))
    given(en_attente(), BEN_AU_BUREAU).when(non, par=BEN, maintenant=SOIR).then_nothing()


def test_sans_reponse_a_temps_la_demande_tombe():
    quand = given(en_attente(), BEN_AU_BUREAU).when(reserver(personne=BEN), maintenant=SOIR)
    quand.then_accepted()
    tard = given(en_attente(), BEN_AU_BUREAU).when(ConfirmerReservation(reservation=R), par=BEN, maintenant=SOIR)
    tard.then_refused(PlusTenue(espace=VERTE, periode=DE_10_A_12))
    assert "refusée ou laissée sans réponse" in dit(tard)
    assert ligne(tard, "reservations", MARDI).etat == "caduque"
    assert ligne(tard, "reservations-a-valider", MARDI).etat == "caduque"
    deplacer = DeplacerReservation(reservation=R, debut=a("14:00"), fin=a("16:00"))
    given(en_attente()).when(deplacer, par=ANA, maintenant=SOIR).then_refused(PlusTenue)
    given(en_attente()).when(AnnulerReservation(reservation=R, motif="?"), par=ANA, maintenant=SOIR).then_nothing()


@pytest.mark.parametrize("quoi", [option, en_attente])
@pytest.mark.parametrize("registre", ["reservations", "reservations-a-valider"])
def test_un_delai_passe_ce_matin_se_lit_passe_sans_attendre_minuit(quoi, registre):
    for jusqu_au, passe in (("12:00", True), ("12:01", False)):
        quand = given(quoi(jusqu_au=a(jusqu_au, LUNDI))).when(reserver(espace=BLEUE), maintenant=midi(LUNDI))
        for au in (None, LUNDI):
            assert any(r.etat == "caduque" for r in quand.lieu.registre(registre, au=au)) is passe


def test_un_creneau_passe_ne_se_note_que_par_qui_en_a_le_mandat():
    hier = midi(MARDI).add(hours=24)
    quand = given().when(reserver(), par=ANA, maintenant=hier)
    quand.then_refused(CreneauPasse(espace=VERTE, periode=DE_10_A_12))
    assert "la conciergerie peut noter" in dit(quand)
    given().when(reserver(), par=CAMILLE, maintenant=hier).then_accepted()
    given().when(reserver(), par=ANA).then_accepted()


def test_la_reponse_que_l_on_attend_d_une_option_est_celle_d_une_personne_par_son_nom():
    lieu = given(PersonneInscrite(personne=ANA, nom="Ana Costa"), option()).when(reserver(espace=BLEUE)).lieu
    (attendue,) = (f for f in lieu.a_faire() if f.echeance == "reservations.reponse")
    assert "réponse attendue d'Ana Costa" in attendue.phrase


def test_ou_le_silence_vaut_accord_la_demande_tient_et_se_confirme_d_elle_meme():
    tacite = en_attente(silence="accord")
    given(tacite).when(reserver(personne=BEN), maintenant=SOIR).then_refused(EspaceDejaReserve)
    quand = given(tacite).when(ConfirmerReservation(reservation=R), maintenant=SOIR)
    quand.then(faite())
    given(tacite).when(ConfirmerReservation(reservation=R)).then_refused(PasASoiDeRepondre)
    avant = given(tacite).when(reserver(espace=BLEUE))
    assert ligne(avant, "reservations-a-valider", MARDI).etat == "à confirmer"


def test_confirmer_juge_encore_par_les_regles_mais_ne_renvoie_plus_a_personne():
    a_jour, preavis = regle("a-jour", "adhesion_a_jour"), regle("preavis", "preavis", minimum_minutes=48 * 60)
    oui = ConfirmerReservation(reservation=R)
    for attend, par, quand in ((en_attente(), BEN, None), (en_attente(silence="accord"), CAMILLE, SOIR)):
        regles = AU_BUREAU, BEN_AU_BUREAU, preavis, a_jour
        given(*regles, attend).when(oui, par=par, maintenant=quand).then_refused(clause="a-jour")
        given(*regles, attend, ANA_ADHERE).when(oui, par=par, maintenant=quand).then_accepted()


def test_confirmer_verifie_encore_l_espace():
    quand = given(en_attente(), BEN_AU_BUREAU, FERMEE).when(ConfirmerReservation(reservation=R), par=BEN)
    quand.then_refused(EspaceEnFermeture)


def test_deplacer_ce_qui_demande_l_accord_du_bureau_garde_l_ancienne_place_en_attendant():
    deplacer = DeplacerReservation(reservation=R, debut=a("14:00"), fin=a("16:00"))
    quand = given(AU_BUREAU, faite(), BEN_AU_BUREAU).when(deplacer, par=ANA)
    ici = Emprise(espace=VERTE, periode=DE_10_A_12)
    (fait,) = quand.then_to_validate().evenements
    assert (fait.periode, fait.garde, fait.quitte) == (DE_14_A_16, ici, ())
    for debut, fin in (("10:00", "12:00"), ("14:00", "16:00")):
        assert quand.lieu.executer(reserver(debut, fin, personne=BEN), par=CAMILLE).verdict == "refus"
    oui = quand.lieu.executer(ConfirmerReservation(reservation=R), par=BEN)
    assert (oui.evenements[0].periode, oui.evenements[0].quitte) == (DE_14_A_16, (ici,))
    assert quand.lieu.executer(reserver("10:00", "12:00", personne=BEN), par=CAMILLE).verdict == "a_valider"


def test_un_deplacement_refuse_ou_laisse_sans_reponse_laisse_la_reservation_ou_elle_etait():
    ici = Emprise(espace=VERTE, periode=DE_10_A_12, apres_minutes=30)
    attend = en_attente(DE_14_A_16, garde=ici)
    non = given(attend, BEN_AU_BUREAU).when(RefuserReservation(reservation=R, motif="non"), par=BEN)
    non.then_accepted()
    row = ligne(non, "reservations")
    assert (row.etat, row.debut) == ("acceptée", a("10:00"))
    assert non.lieu.executer(reserver("14:00", "16:00", personne=BEN), par=CAMILLE).acceptee
    assert non.lieu.executer(reserver("12:00", "13:00", personne=BEN), par=CAMILLE).verdict == "refus"
    deplacer = DeplacerReservation(reservation=R, debut=a("17:00"), fin=a("18:00"))
    assert non.lieu.executer(deplacer, par=ANA).evenements[0].quitte[0] == ici
    tard = given(attend).when(reserver("14:00", "16:00", personne=BEN), maintenant=SOIR)
    tard.then_accepted()
    assert next((r.etat, r.debut) for r in tard.lieu.registre("reservations", au=MARDI)) == ("acceptée", a("10:00"))


def test_ce_qui_attend_s_annule_et_libere_tout():
    attend = en_attente(DE_14_A_16, garde=Emprise(espace=VERTE, periode=DE_10_A_12))
    quand = given(attend).when(AnnulerReservation(reservation=R, motif="?"), par=ANA)
    quand.then_accepted()
    for debut, fin in (("10:00", "12:00"), ("14:00", "16:00")):
        assert quand.lieu.executer(reserver(debut, fin, personne=BEN), par=CAMILLE).acceptee


# ── poser une option ────────────────────────────────────────────────────────────────────────────────────────────────

OPTIONS = regle("o", "duree_option", heures=9)


def poser(personne=ANA, debut="10:00", fin="12:00", **autour):
    return PoserOption(espace=VERTE, personne=personne, debut=a(debut), fin=a(fin), **autour)


def test_une_option_tient_l_espace_le_temps_que_dit_le_lieu_puis_tombe():
    quand = given(OPTIONS).when(poser(), par=ANA)
    quand.then(option(laquelle=CLE, jusqu_au=a("19:00", LUNDI)))
    assert ligne(quand, "reservations").etat == "option jusqu'au lundi 23 novembre 2026 à 19 h"
    assert quand.lieu.executer(reserver(personne=BEN), par=CAMILLE).verdict == "refus"
    assert ligne(quand, "reservations", MARDI).etat == "caduque"
    given(option()).when(reserver(personne=BEN), maintenant=SOIR).then_accepted()


def test_sans_duree_d_option_le_lieu_n_en_prend_pas():
    quand = given().when(poser())
    quand.then_refused(PasDOption(espace=VERTE))
    assert "Réservez, quitte à annuler" in dit(quand)


def test_une_option_se_pose_une_fois_et_pas_sur_une_reservation():
    given(OPTIONS, option()).when(poser()).then_nothing()
    given(OPTIONS, faite()).when(poser(BEN)).then_refused(EspaceDejaReserve)
    given(OPTIONS, EXIGE).when(poser()).then_refused(MotifManquant)


def test_une_option_se_confirme_a_temps_et_les_regles_la_jugent_alors():
    confirmer = ConfirmerOption(reservation=R)
    given(option()).when(confirmer, par=ANA).then(faite())
    given(option()).when(confirmer, par=BEN).then_refused(PasLaSienne)
    given(option()).when(confirmer, par=ANA, maintenant=SOIR).then_refused(PlusTenue)
    given(faite()).when(confirmer, par=ANA).then_nothing()
    given(en_attente()).when(confirmer, par=ANA).then_nothing()
    given(faite(PresenceSignalee)).when(confirmer, par=ANA).then_refused(PasUneOption(reservation=R))
    given(option(), regle("d", "duree", maximum_minutes=60)).when(confirmer, par=ANA).then_refused(clause="d")
    (fait,) = given(option(), AU_BUREAU).when(confirmer, par=ANA).then_to_validate().evenements
    assert isinstance(fait, ReservationEnAttente)
    indecise = given(option(), regle("c", "capacite", maximum=3)).when(confirmer, par=ANA)
    assert isinstance(indecise.then_to_validate().evenements[0], ReservationEnAttente)


def test_une_option_se_pose_sans_attendre_le_bureau_et_se_deplace_en_restant_une_option():
    (fait,) = given(OPTIONS, AU_BUREAU).when(poser()).then_to_validate().evenements
    assert isinstance(fait, OptionPosee)
    deplacer = DeplacerReservation(reservation=R, debut=a("14:00"), fin=a("16:00"))
    for regles in ((), (AU_BUREAU,)):
        (fait,) = given(*regles, option()).when(deplacer, par=ANA).reponse.evenements
        assert isinstance(fait, OptionPosee)
        assert (fait.periode, fait.jusqu_au) == (DE_14_A_16, a("18:00", LUNDI))


def test_une_option_deplacee_plus_tot_se_confirme_avant_de_commencer():
    posee = option(jusqu_au=a("09:00", MERCREDI), periode=de("10:00", "12:00", SAMEDI))
    deplacer = DeplacerReservation(reservation=R, debut=a("10:00"), fin=a("20:00"))
    quand = given(posee).when(deplacer)
    assert quand.then_accepted().evenements[0].jusqu_au == a("10:00")
    plus_tard = DeplacerReservation(reservation=R, debut=a("10:00", JEUDI), fin=a("20:00", JEUDI))
    assert given(posee).when(plus_tard).then_accepted().evenements[0].jusqu_au == a("09:00", MERCREDI)


def test_une_option_n_est_pas_confirmable_la_ou_l_espace_s_est_ferme():
    given(option(), FERMEE).when(ConfirmerOption(reservation=R), par=ANA).then_refused(EspaceEnFermeture)


def test_ce_qui_est_tombe_depuis_deux_mois_quitte_le_registre_des_attentes():
    ancienne = option(periode=de("10:00", "12:00", Date(2026, 9, 1)), jusqu_au=a("18:00", Date(2026, 9, 1)))
    quand = given(OPTIONS, ancienne, le=Instant.from_utc(2026, 8, 30)).when(poser(BEN))
    assert [r.personne for r in quand.lieu.registre("reservations-a-valider")] == [BEN]


# ── battements ──────────────────────────────────────────────────────────────────────────────────────────────────────

MARGES = regle("b", "battement", avant_minutes=15, apres_minutes=30)
AVEC_MARGES = Precisions(avant_minutes=15, apres_minutes=30)


def test_entre_deux_usages_il_reste_le_temps_de_ranger_puis_de_preparer():
    quand = given(MARGES, faite(precisions=AVEC_MARGES)).when(reserver("12:30", "13:30", personne=BEN))
    quand.then_refused(BattementManquant(espace=VERTE, periode=DE_10_A_12, minutes=45, libre=a("12:45")))
    assert "il faut 45 min de battement" in dit(quand)
    given(MARGES, faite(precisions=AVEC_MARGES)).when(reserver("12:45", "13:30", personne=BEN)).then_accepted()
    avant = given(MARGES, faite(precisions=AVEC_MARGES)).when(reserver("08:00", "09:30", personne=BEN))
    avant.then_refused(BattementManquant(espace=VERTE, periode=DE_10_A_12, minutes=45, libre=a("12:45")))
    given(MARGES, faite(precisions=AVEC_MARGES)).when(reserver("08:00", "09:15", personne=BEN)).then_accepted()


def test_une_reservation_porte_aussi_les_jours_de_ses_battements():
    (fait,) = given(MARGES).when(reserver("20:00", "23:45")).then_accepted().evenements
    assert fait.precisions == AVEC_MARGES
    assert {jour(VERTE, MARDI), jour(VERTE, MERCREDI)} <= set(fait.etiquettes())
    nuit = given(fait).when(reserver("00:00", "01:00", MERCREDI, personne=BEN))
    nuit.then_refused(BattementManquant)


def test_le_battement_d_un_jour_ne_change_pas_quand_la_regle_change():
    given(faite(precisions=AVEC_MARGES)).when(reserver("12:15", "13:00", personne=BEN)).then_refused(BattementManquant)
    given(faite(precisions=AVEC_MARGES)).when(reserver("12:30", "13:00", personne=BEN)).then_accepted()


# ── raccourcir, rendre plus tôt, changer d'espace ───────────────────────────────────────────────────────────────────

ONZE_HEURES = midi(MARDI).subtract(hours=1)


def test_on_rend_un_espace_plus_tot_meme_en_cours():
    quand = given(faite()).when(RaccourcirReservation(reservation=R), par=ANA, maintenant=ONZE_HEURES)
    (fait,) = quand.then_accepted().evenements
    assert isinstance(fait, ReservationRaccourcie)
    assert (fait.periode, fait.quitte) == (de("10:00", "11:00"), (Emprise(espace=VERTE, periode=DE_10_A_12),))
    given(faite(), fait).when(reserver("11:00", "12:00", personne=BEN), maintenant=ONZE_HEURES).then_accepted()


@pytest.mark.parametrize(
    ("fin", "ce_qui_se_passe"), [("11:30", "accord"), ("12:00", "sans_objet"), ("12:30", "refus"), ("10:00", "refus")]
)
def test_raccourcir_n_est_ni_prolonger_ni_annuler(fin, ce_qui_se_passe):
    quand = given(faite()).when(RaccourcirReservation(reservation=R, fin=a(fin)), par=ANA)
    assert quand.reponse.verdict == ce_qui_se_passe
    if ce_qui_se_passe == "refus":
        quand.then_refused(FinImpossible(periode=DE_10_A_12, fin=a(fin)))


def test_on_ne_raccourcit_ni_une_option_ni_la_reservation_d_une_autre():
    raccourcir = RaccourcirReservation(reservation=R, fin=a("11:00"))
    given(option()).when(raccourcir, par=ANA).then_refused(FinImpossible)
    given(faite()).when(raccourcir, par=BEN).then_refused(PasLaSienne)


def test_on_deplace_dans_un_autre_espace():
    deplacer = DeplacerReservation(reservation=R, debut=a("10:00"), fin=a("12:00"), espace=BLEUE)
    (fait,) = given(faite()).when(deplacer, par=ANA).then_accepted().evenements
    assert {jour(VERTE, MARDI), jour(BLEUE, MARDI)} <= set(fait.etiquettes())
    given(faite(), fait).when(reserver(personne=BEN)).then_accepted()
    given(faite(), fait).when(reserver(personne=BEN, espace=BLEUE)).then_refused(EspaceDejaReserve)


def test_on_previent_a_temps_pour_annuler_ou_deplacer():
    deux_jours = {"minimum_minutes": 2880}
    annuler = AnnulerReservation(reservation=R, motif="?")
    deplacer = DeplacerReservation(reservation=R, debut=a("14:00", JEUDI), fin=a("16:00", JEUDI))
    given(faite(), regle("p", "preavis_annulation", **deux_jours)).when(annuler).then_refused(clause="p")
    given(faite(), regle("p", "preavis_annulation", minimum_minutes=60)).when(annuler).then_accepted()
    given(option(), regle("p", "preavis_annulation", **deux_jours)).when(annuler).then_accepted()
    given(faite(), regle("p", "preavis_modification", **deux_jours)).when(deplacer).then_refused(clause="p")
    given(faite(), regle("p", "preavis_modification", minimum_minutes=60)).when(deplacer).then_accepted()


def test_annuler_ne_demande_pas_d_etre_a_jour():
    given(faite(), regle("a", "adhesion_a_jour")).when(AnnulerReservation(reservation=R, motif="?")).then_accepted()


# ── présence ────────────────────────────────────────────────────────────────────────────────────────────────────────

PRESENCE = regle("p", "presence", avant_minutes=15, apres_minutes=20)
ATTENDUE = faite(precisions=Precisions(presence=Fenetre(avant_minutes=15, apres_minutes=20)))
SIGNALER, NOTER, LIBERER = (c(reservation=R) for c in (SignalerPresence, NoterAbsence, LibererReservation))
DIX_HEURES = midi(MARDI).subtract(hours=2)


def test_la_presence_attendue_se_decide_avec_la_reservation():
    quand = given(PRESENCE).when(reserver())
    (fait,) = quand.then_accepted().evenements
    assert fait.precisions.presence == Fenetre(avant_minutes=15, apres_minutes=20)
    assert ligne(quand, "presences-attendues").avant == a("10:20")


def test_on_signale_sa_presence_a_l_heure():
    quand = given(ATTENDUE).when(SIGNALER, par=ANA, maintenant=DIX_HEURES.subtract(minutes=15))
    quand.then_accepted()
    assert ligne(quand, "reservations").etat == "présente"
    assert quand.lieu.registre("presences-attendues") == []
    trop_tot = given(ATTENDUE).when(SIGNALER, par=ANA, maintenant=DIX_HEURES.subtract(minutes=16))
    trop_tot.then_refused(PresenceTropTot(espace=VERTE, periode=DE_10_A_12, des=a("09:45")))
    given(faite()).when(SIGNALER, par=ANA, maintenant=DIX_HEURES.subtract(minutes=1)).then_refused(PresenceTropTot)
    given(faite()).when(SIGNALER, par=ANA, maintenant=DIX_HEURES).then_accepted()
    given(faite(PresenceSignalee)).when(SIGNALER, par=ANA, maintenant=ONZE_HEURES).then_nothing()
    given(ATTENDUE).when(SIGNALER, par=ANA, maintenant=midi(MARDI)).then_refused()


def test_qui_participe_signale_aussi_et_nul_autre():
    a_deux = faite(precisions=Precisions(inscrits=(BEN,)))
    given(a_deux).when(SIGNALER, par=BEN, maintenant=ONZE_HEURES).then_accepted()
    given(a_deux).when(SIGNALER, par=BEN, maintenant=midi(MARDI)).then_refused()
    given(faite()).when(SIGNALER, par=BEN, maintenant=ONZE_HEURES).then_refused(PasLaSienne)
    given(option(jusqu_au=a("20:00"))).when(SIGNALER, par=ANA, maintenant=ONZE_HEURES).then_refused(PasConfirmee)


def test_sans_presence_signalee_le_reste_des_heures_se_libere():
    apres = DIX_HEURES.add(minutes=20)
    quand = given(ATTENDUE).when(LIBERER, maintenant=apres)
    (fait,) = quand.then_accepted().evenements
    assert fait.libre_des == a("10:20")
    assert ligne(quand, "reservations").etat == "libérée"
    suite = given(ATTENDUE, fait).when(reserver("10:20", "12:00", personne=BEN), maintenant=apres)
    suite.then_accepted()
    given(ATTENDUE, fait).when(reserver("10:19", "12:00", personne=BEN), maintenant=apres).then_refused(
        EspaceDejaReserve
    )
    tot = given(ATTENDUE).when(LIBERER, maintenant=apres.subtract(minutes=1))
    tot.then_refused(AbsenceTropTot(espace=VERTE, periode=DE_10_A_12, des=a("10:20")))
    given(ATTENDUE, fait).when(LIBERER, maintenant=apres).then_nothing()
    given(faite()).when(LIBERER, maintenant=apres).then_nothing()
    given(ATTENDUE, faite(PresenceSignalee, precisions=ATTENDUE.precisions)).when(
        LIBERER, maintenant=apres
    ).then_refused(PresenceDejaSignalee(espace=VERTE, periode=DE_10_A_12))
    given(ATTENDUE, fait).when(SIGNALER, par=ANA, maintenant=apres).then_refused(DejaLiberee)
    given(ATTENDUE, fait).when(AnnulerReservation(reservation=R, motif="?"), par=ANA, maintenant=apres).then_refused(
        DejaLiberee(espace=VERTE, periode=DE_10_A_12)
    )


@pytest.mark.parametrize(
    "commande",
    [
        RaccourcirReservation(reservation=R, fin=a("11:30")),
        DeplacerReservation(reservation=R, debut=a("10:00"), fin=a("12:30")),
        RevoirReservations(espace=VERTE, du=MARDI, au=MARDI, sort="garder"),
    ],
)
def test_qui_a_signale_sa_presence_n_est_plus_attendu_quoi_qu_il_advienne_des_heures(commande):
    attendu = faite(precisions=Precisions(presence=Fenetre(avant_minutes=0, apres_minutes=15)))
    dix_heures, onze_heures = (a(h).dans("Europe/Paris").to_instant() for h in ("10:00", "11:00"))
    lieu = given(PRESENCE, attendu).when(SignalerPresence(reservation=R), maintenant=dix_heures).lieu
    lieu.handler.clock = lieu.horloge = lambda: onze_heures
    meme_heure = DeplacerReservation(reservation=R, debut=a("10:00"), fin=a("12:45"))
    for demande in (commande, meme_heure):
        assert lieu.executer(demande, par=CAMILLE).verdict == "accord"
        assert lieu.registre("presences-attendues") == []
    plus_tard = DeplacerReservation(reservation=R, debut=a("14:00"), fin=a("15:00"))
    assert lieu.executer(plus_tard, par=CAMILLE).verdict == "accord"
    assert len(lieu.registre("presences-attendues")) == 1


def test_une_absence_se_note_apres_coup_par_qui_s_occupe_de_l_espace():
    quand = given(faite()).when(NOTER, maintenant=midi(MERCREDI))
    assert quand.then_accepted().evenements[0].libre_des is None
    assert ligne(quand, "reservations").etat == "absente"
    given(faite(), mandat(BEN, "referent", "espace:verte")).when(NOTER, par=BEN, maintenant=ONZE_HEURES).then_accepted()
    given(faite()).when(NOTER, par=ANA, maintenant=ONZE_HEURES).then_refused(PasLaSienne)
    given(ANNULEE).when(NOTER, maintenant=ONZE_HEURES).then_refused(PasConfirmee)
    given(en_attente()).when(NOTER, maintenant=ONZE_HEURES).then_refused(PasConfirmee)


def test_une_absence_notee_a_l_heure_meme_libere_tout_et_une_absence_passee_rien():
    (fait,) = given(faite()).when(NOTER, maintenant=DIX_HEURES).then_accepted().evenements
    given(faite(), fait).when(reserver(personne=BEN), maintenant=DIX_HEURES).then_accepted()
    given(faite(), faite(AbsenceNotee)).when(reserver(personne=BEN)).then_refused(EspaceDejaReserve)


def test_qui_n_est_pas_venu_trop_souvent_attend():
    absent = faite(AbsenceNotee, de("10:00", "12:00", Date(2026, 11, 16)), S)
    une = regle("a", "absences", maximum=0, jours=30)
    quand = given(une, absent).when(reserver())
    quand.then_refused(clause="a")
    assert "1 absence dans les 30 derniers jours ; 0 absence au plus en 30 jours." in dit(quand)
    given(une, faite(periode=absent.periode, laquelle=S)).when(reserver()).then_accepted()
    given(regle("a", "absences", maximum=1, jours=30), absent).when(reserver()).then_accepted()


# ── à faire, échéances ──────────────────────────────────────────────────────────────────────────────────────────────


def test_ce_qui_attend_quelqu_un_est_a_faire_et_le_temps_fait_le_reste():
    tacite = en_attente(silence="accord", laquelle=S, espace=BLEUE)
    revue = faite(ReservationRevue, de("10:00", "12:00", JEUDI), ReservationId("r-3"), sort="à déplacer", cause="lien")
    lieu = (
        given(ATTENDUE, tacite, revue, option(laquelle=ReservationId("r-4"), espace=ETAGE))
        .when(reserver(le=MERCREDI, espace=BLEUE))
        .lieu
    )
    phrases = {c.chose: c.phrase for c in lieu.a_faire()}
    assert "sans réponse, elle est acceptée" in phrases["reservation:r-2"]
    assert "n'y a plus sa place (lien) ; à déplacer, ou à annuler" in phrases["reservation:r-3"]
    assert "sans réponse, elle tombe" in phrases["reservation:r-4"]
    assert "; sinon l'espace se libère" in phrases["reservation:r-1"]
    lieu.handler.clock = lambda: midi(MARDI).subtract(hours=1)
    lieu.horloge = lieu.handler.clock
    faits = [type(f) for reponse in lieu.echeances(CAMILLE) for f in reponse.evenements]
    assert sorted(f.__name__ for f in faits) == ["AbsenceNotee", "ReservationAcceptee"]
    assert lieu.echeances(CAMILLE) == []
    lieu.handler.clock = lieu.horloge = lambda: midi(SAMEDI)
    assert "reservation:r-3" not in {c.chose for c in lieu.a_faire()}, "ce qui est passé ne se déplace plus"


# ── priorité ────────────────────────────────────────────────────────────────────────────────────────────────────────

COURS = regle("p", "priorite", Portee(categories=("cours",)), rang=2, delai_jours=3)
LOIN = Date(2026, 11, 27)


def test_un_usage_prioritaire_deplace_celui_qui_est_assez_loin():
    la = de("10:00", "12:00", LOIN)
    quand = given(COURS, faite(periode=la)).when(reserver("11:00", "13:00", LOIN, BEN, usage="cours"))
    revue, acceptee = quand.then_accepted().evenements
    assert (revue.reservation, revue.sort, acceptee.precisions.priorite) == (R, "à déplacer", 2)
    assert [r.etat for r in quand.lieu.registre("reservations")] == ["à déplacer", "acceptée"]
    assert ligne(quand, "reservations-a-deplacer").cause == "priorité"
    deplacer = DeplacerReservation(reservation=R, debut=a("14:00", LOIN), fin=a("16:00", LOIN))
    assert quand.lieu.executer(deplacer, par=ANA).acceptee
    assert quand.lieu.registre("reservations-a-deplacer") == []


def test_la_priorite_ne_deplace_ni_son_egal_ni_ce_qui_est_trop_proche():
    la = de("10:00", "12:00", LOIN)
    egal = faite(periode=la, precisions=Precisions(priorite=2))
    given(COURS, egal).when(reserver("11:00", "13:00", LOIN, BEN, usage="cours")).then_refused(EspaceDejaReserve)
    given(COURS, faite()).when(reserver(personne=BEN, usage="cours")).then_refused(EspaceDejaReserve)
    given(COURS, faite(periode=la)).when(reserver("11:00", "13:00", LOIN, BEN)).then_refused(EspaceDejaReserve)


# ── fermer, retirer : le sort de chaque réservation ─────────────────────────────────────────────────────────────────


def test_garder_ne_confirme_pas_ce_qui_attend():
    quand = given(en_attente()).when(FermerEspace(espace=VERTE, du=MARDI, au=MARDI, motif="gaz", sort="garder"))
    assert ligne(quand, "reservations").etat.startswith("en attente")


@pytest.mark.parametrize(("sort", "etat"), [("revoir", "à déplacer"), ("garder", "acceptée"), ("annuler", "annulée")])
def test_fermer_decide_du_sort_des_reservations_de_ces_jours(sort, etat):
    fermer = FermerEspace(espace=VERTE, du=MARDI, au=MARDI, motif="gaz", sort=sort)
    ailleurs = faite(laquelle=S, periode=de("10:00", "12:00", MERCREDI))
    quand = given(LA_SALLE, faite(), ailleurs).when(fermer)
    quand.then_accepted()
    assert [r.etat for r in quand.lieu.registre("reservations")] == [etat, "acceptée"]


def test_retirer_un_espace_decide_de_tout_ce_qui_suit():
    quand = given(LA_SALLE, faite(periode=de("10:00", "12:00", Date(2028, 10, 2)))).when(
        RetirerEspace(espace=VERTE, le=MARDI, motif="bail")
    )
    assert ligne(quand, "reservations").etat == "à déplacer"


def test_revoir_ne_touche_ni_ce_qui_est_passe_ni_ce_qui_est_deja_revu():
    revoir = RevoirReservations(espace=VERTE, du=LUNDI, au=MARDI)
    matin = faite(periode=de("08:00", "09:00", LUNDI))
    given(matin).when(revoir).then_nothing()
    garder = RevoirReservations(espace=VERTE, du=LUNDI, au=MARDI, sort="garder")
    (fait,) = given(faite()).when(garder).then_accepted().evenements
    given(faite(), fait).when(garder).then_nothing()
    given(faite(), fait).when(revoir).then_accepted()
    given(faite(ReservationRevue, sort="à déplacer", cause="x")).when(revoir).then_nothing()


def test_fermer_un_etage_revoit_aussi_ses_salles():
    fermer = FermerEspace(espace=ETAGE, du=MARDI, au=MARDI, motif="gaz")
    quand = given(lies("contient", ETAGE, VERTE), faite()).when(fermer)
    assert ligne(quand, "reservations").etat == "à déplacer"


@pytest.mark.parametrize(("sort", "etat"), [("revoir", "à déplacer"), ("garder", "acceptée"), ("annuler", "annulée")])
@pytest.mark.parametrize("nature", ["voisin", "contient"])
def test_lier_deux_espaces_decide_du_sort_de_la_derniere_venue_de_celles_qui_se_genent(nature, sort, etat):
    seconde = faite(periode=de("11:00", "13:00"), laquelle=S, espace=BLEUE, personne=BEN)
    touche = faite(periode=de("12:00", "13:00"), laquelle=ReservationId("r-3"))
    lier = LierEspaces(espace=VERTE, avec=BLEUE, nature=nature, du=MARDI, sort=sort)
    quand = given(faite(), seconde).when(lier)
    quand.then_accepted()
    assert [r.etat for r in quand.lieu.registre("reservations")] == ["acceptée", etat]
    quand = given(seconde, touche, faite()).when(lier)
    assert [r.etat for r in quand.lieu.registre("reservations")] == ["acceptée", etat, etat]


def test_fermer_ce_qui_est_demande_rend_ce_qui_etait_garde_et_fermer_ce_qui_est_garde_envoie_ailleurs():
    demande = en_attente(DE_10_A_12, espace=BLEUE, garde=Emprise(espace=VERTE, periode=DE_14_A_16))
    for ou, etat, la in ((BLEUE, "acceptée", VERTE), (VERTE, "à déplacer", VERTE)):
        quand = given(faite(periode=DE_14_A_16), demande).when(FermerEspace(espace=ou, du=MARDI, au=MARDI, motif="gaz"))
        row = ligne(quand, "reservations")
        assert (row.etat, row.espace, row.debut) == (etat, la, a("14:00"))


def test_on_revoit_deux_mois_a_la_fois():
    with pytest.raises(DemandeInvalide, match="62 jours au plus"):
        given().when(RevoirReservations(espace=VERTE, du=LUNDI, au=Date(2027, 1, 24)))


def test_l_essai_d_une_fermeture_montre_les_reservations_touchees():
    lieu = given(LA_SALLE, faite()).when(reserver(espace=BLEUE)).lieu
    essai = lieu.executer(FermerEspace(espace=VERTE, du=MARDI, au=MARDI, motif="gaz"), par=CAMILLE, essai=True)
    assert [f.sort for suite in essai.suites for f in suite.evenements] == ["à déplacer"]
    assert [r.etat for r in lieu.registre("reservations")] == ["acceptée", "acceptée"]


def test_une_fermeture_sans_fin_ou_au_bout_du_calendrier_se_decide_aussi():
    for au in (Date(2050, 1, 1), Date(2999, 12, 31)):
        quand = given(LA_SALLE, faite()).when(FermerEspace(espace=VERTE, du=MARDI, au=au, motif="gaz"))
        assert ligne(quand, "reservations").etat == "à déplacer"
    given(LA_SALLE).when(RetirerEspace(espace=VERTE, le=Date(2999, 12, 31), motif="bail")).then_accepted()


DEPUIS_LONGTEMPS = Date(2024, 1, 1)


@pytest.mark.parametrize(
    ("commande", "etats"),
    [
        (FermerEspace(espace=VERTE, du=DEPUIS_LONGTEMPS, au=SAMEDI, motif="gaz"), ["à déplacer", "acceptée"]),
        (RetirerEspace(espace=VERTE, le=DEPUIS_LONGTEMPS, motif="bail"), ["à déplacer", "acceptée"]),
        (LierEspaces(espace=VERTE, avec=BLEUE, nature="voisin", du=DEPUIS_LONGTEMPS), ["acceptée", "à déplacer"]),
    ],
)
def test_ce_qui_vaut_depuis_longtemps_decide_aussi_du_sort_de_ce_qui_est_a_venir(commande, etats):
    quand = given(faite(), faite(laquelle=S, espace=BLEUE, personne=BEN)).when(commande)
    assert [r.etat for r in quand.lieu.registre("reservations")] == etats


def test_fermer_voit_jusqu_a_la_reservation_la_plus_lointaine_que_l_on_puisse_faire():
    loin, trop_loin = Date(2028, 11, 23), Date(2028, 11, 24)
    trop = given(LA_SALLE).when(reserver(le=trop_loin))
    trop.then_refused(ReservationTropLoin(espace=VERTE, periode=de("10:00", "12:00", trop_loin), des=MARDI))
    assert "24 novembre 2026" in dit(trop)
    quand = given(LA_SALLE).when(reserver(le=loin))
    quand.then_accepted()
    assert quand.lieu.executer(RetirerEspace(espace=VERTE, le=LUNDI, motif="bail"), par=CAMILLE).acceptee
    assert ligne(quand, "reservations").etat == "à déplacer"


@pytest.mark.parametrize("jours", range(59, 64))
def test_un_lien_voit_les_battements_d_un_jour_a_l_autre_meme_deux_mois_plus_tard(jours):
    veille = MARDI.add(days=jours)
    soir = faite(periode=de("20:00", "23:30", veille), precisions=Precisions(apres_minutes=600))
    matin = faite(periode=de("01:00", "03:00", veille.next_day()), laquelle=S, espace=BLEUE, personne=BEN)
    quand = given(soir, matin).when(LierEspaces(espace=VERTE, avec=BLEUE, nature="voisin", du=MARDI))
    assert [r.etat for r in quand.lieu.registre("reservations")] == ["acceptée", "à déplacer"]


def test_revoir_entre_deux_espaces_ne_touche_que_ce_que_leur_lien_fait_se_gener():
    deux = faite(), faite(laquelle=S, espace=BLEUE, personne=BEN)
    revoir = RevoirReservations(espace=VERTE, avec=BLEUE, du=MARDI, au=MARDI, sort="annuler")
    given(*deux).when(revoir).then_nothing()
    des_mercredi = attrs.evolve(lies("voisin", VERTE, BLEUE, MERCREDI), sort="garder")
    given(*deux, des_mercredi).when(revoir).then_nothing()
    des_mardi = attrs.evolve(lies("voisin", VERTE, BLEUE, MARDI), sort="garder")
    (fait,) = given(*deux, des_mardi).when(revoir).then_accepted().evenements
    assert fait.reservation == S
    lier = LierEspaces(espace=VERTE, avec=BLEUE, nature="voisin", du=MARDI)
    essai = given(*deux).when(reserver(espace=BLEUE)).lieu.executer(lier, par=CAMILLE, essai=True)
    assert [f.sort for suite in essai.suites for f in suite.evenements] == ["à déplacer"]


# ── corriger ────────────────────────────────────────────────────────────────────────────────────────────────────────

CORRIGER = CorrigerReservation(reservation=R, motif="pas la bonne")


def test_une_annulation_faite_par_erreur_se_corrige_si_la_place_est_encore_libre():
    quand = given(faite(), ANNULEE).when(CORRIGER)
    quand.then_accepted()
    assert ligne(quand, "reservations").etat == "acceptée"
    assert quand.lieu.executer(reserver(personne=BEN), par=CAMILLE).verdict == "refus"
    prise = given(faite(), ANNULEE, faite(laquelle=S, personne=BEN)).when(CORRIGER)
    prise.then_refused(EspaceDejaReserve(espace=VERTE, periode=DE_10_A_12, libre=a("12:00")))


def test_un_deplacement_fait_par_erreur_se_corrige_de_meme():
    partie = faite(ReservationDeplacee, DE_14_A_16, quitte=(Emprise(espace=VERTE, periode=DE_10_A_12),))
    quand = given(faite(), partie).when(CORRIGER)
    quand.then_accepted()
    assert ligne(quand, "reservations").debut == a("10:00")
    given(faite(), partie, faite(laquelle=S, personne=BEN)).when(CORRIGER).then_refused(EspaceDejaReserve)
    attend = en_attente(DE_14_A_16, garde=Emprise(espace=VERTE, periode=DE_10_A_12), jusqu_au=a("09:00"))
    oui = faite(periode=DE_14_A_16, quitte=(Emprise(espace=VERTE, periode=DE_10_A_12),))
    given(faite(), attend, oui, faite(laquelle=S, personne=BEN)).when(CORRIGER).then_refused(EspaceDejaReserve)
    given(faite(), attend, oui).when(CORRIGER).then_accepted()


def test_une_annulation_ne_se_corrige_pas_la_ou_l_on_ne_pourrait_plus_reserver():
    given(faite(), ANNULEE, FERMEE).when(CORRIGER).then_refused(EspaceEnFermeture)
    une_par_semaine = regle("q", "quota", periode="semaine", maximum=1, unite="usages")
    autre = faite(laquelle=S, espace=BLEUE, periode=de("10:00", "12:00", MERCREDI))
    given(une_par_semaine, faite(), ANNULEE, autre).when(CORRIGER).then_refused(clause="q")
    given(une_par_semaine, faite(), ANNULEE).when(CORRIGER).then_accepted()
    gardee = faite(PresenceSignalee)
    given(une_par_semaine, faite(), autre, FERMEE, gardee).when(CORRIGER).then_accepted()


def test_une_reservation_entiere_saisie_par_erreur_disparait():
    quand = given(faite()).when(CORRIGER)
    quand.then_accepted()
    assert quand.lieu.registre("reservations") == []
    assert quand.lieu.executer(CorrigerReservation(reservation=R, motif="encore"), par=CAMILLE).verdict == "refus"


CORRIGEE = FaitCorrige(fait="donne/5", nature="reservations.ReservationAcceptee", sujet="reservation:r-1", motif="m")
DEPLACER = DeplacerReservation(reservation=R, debut=a("14:00"), fin=a("16:00"))


@pytest.mark.parametrize(
    "commande", [DEPLACER, RaccourcirReservation(reservation=R), ConfirmerOption(reservation=R), SIGNALER, NOTER]
)
def test_ce_qui_fut_saisi_par_erreur_ne_se_change_plus(commande):
    quand = given(faite(), CORRIGEE).when(commande)
    quand.then_refused(EnregistreeParErreur())
    assert "enregistrée par erreur : elle ne compte plus" in dit(quand)


def test_ce_qui_fut_saisi_par_erreur_n_a_plus_a_etre_annule_ni_confirme():
    for commande in (AnnulerReservation(reservation=R, motif="?"), LIBERER):
        given(faite(), CORRIGEE).when(commande).then_nothing()
    for commande in (ConfirmerReservation(reservation=R), RefuserReservation(reservation=R, motif="?")):
        given(faite(), CORRIGEE).when(commande).then_refused(PlusEnAttente(reservation=R))


def test_une_correction_garde_les_battements_d_alors():
    suivante = faite(periode=de("12:30", "13:30"), laquelle=S, personne=BEN)
    avec = faite(precisions=AVEC_MARGES)
    given(avec, ANNULEE, suivante).when(CORRIGER).then_accepted()
    trop_pres = faite(periode=de("12:29", "13:30"), laquelle=S, personne=BEN)
    given(avec, ANNULEE, trop_pres).when(CORRIGER).then_refused(BattementManquant)
