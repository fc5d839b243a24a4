"""Every kind of rule: at its limit, just under, just over; as text, and as the reason why not."""

# ruff: noqa: E501 - a row of the table is one line: the rule, what it measures, what it says

from __future__ import annotations

import attrs
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st
from whenever import Date, Instant, PlainDateTime, Time

from tierslieu_core.domaines.cadre.regles.genres import GENRES
from tierslieu_core.domaines.cadre.regles.genres.adhesion import (
    AdmissionTacite,
    DelaiAudition,
    DroitsProvisoires,
    DureeGel,
    RappelAdhesion,
    TailleCollectif,
)
from tierslieu_core.domaines.cadre.regles.genres.administration import ContratEnCours, ConventionSignee
from tierslieu_core.domaines.cadre.regles.genres.adoption import PreavisDeRegle
from tierslieu_core.domaines.cadre.regles.genres.cadence import Intervalle, JoursConsecutifs, Pratique, SansRetard
from tierslieu_core.domaines.cadre.regles.genres.calendrier import Feries, VacancesScolaires
from tierslieu_core.domaines.cadre.regles.genres.commun import Reglage
from tierslieu_core.domaines.cadre.regles.genres.conditions import Choix, Exigence, Seuil
from tierslieu_core.domaines.cadre.regles.genres.delais import Delai
from tierslieu_core.domaines.cadre.regles.genres.dossier import (
    AttestationValable,
    DocumentValide,
    DroitDuPalier,
    Majorite,
    ReglementAccepte,
)
from tierslieu_core.domaines.cadre.regles.genres.eligibilite import AdhesionAJour, Habilitation, Public
from tierslieu_core.domaines.cadre.regles.genres.fenetres import Fenetre, HorizonFin, OuvertureDesDemandes
from tierslieu_core.domaines.cadre.regles.genres.ouverture import Fermeture, Horaires, Plage
from tierslieu_core.domaines.cadre.regles.genres.plages import PlageHoraire, Tranche
from tierslieu_core.domaines.cadre.regles.genres.presence import Absences, PreavisAnnulation, PreavisModification
from tierslieu_core.domaines.cadre.regles.genres.processus import Validation
from tierslieu_core.domaines.cadre.regles.genres.quantites import Capacite, DureePret, Renouvellements, Simultanes
from tierslieu_core.domaines.cadre.regles.genres.quotas import Quota
from tierslieu_core.domaines.cadre.regles.genres.recours import Recours
from tierslieu_core.domaines.cadre.regles.genres.saisons import QuotaDeSaison
from tierslieu_core.domaines.cadre.regles.genres.temps import Duree, Horizon, Preavis
from tierslieu_core.vocabulaire.calendrier import Calendrier
from tierslieu_core.vocabulaire.identifiants import PersonneId
from tierslieu_core.vocabulaire.mesures import Mesures, Usage
from tierslieu_core.vocabulaire.temps import Moment, Periode

PARIS = "Europe/Paris"
LUNDI, NOEL = Date(2026, 11, 23), Date(2026, 12, 25)


def periode(debut, fin):
    return Periode(Moment.depuis_texte(debut), Moment.depuis_texte(fin), PARIS)


def reserver(debut="2026-11-23T14:00", fin="2026-11-23T16:00", **autres):
    p = periode(debut, fin)
    return Mesures(
        action="reserver", personne=PersonneId("ana"), lieux=("espace:verte", "categorie:salle"),
        jour=p.debut.local.date(), periode=p, **autres,
    )  # fmt: skip


def preter(jours=7, jour=LUNDI, **autres):
    p = Periode(Moment(jour.at(Time(0))), Moment(jour.add(days=jours + 1).at(Time(0))), PARIS)
    return Mesures(
        action="preter", personne=PersonneId("ana"), lieux=("objet:perceuse",), jour=jour, periode=p, duree_jours=jours,
        **autres,
    )  # fmt: skip


def renouveler(fois=1, **autres):
    return Mesures(
        action="renouveler", personne=PersonneId("ana"), lieux=("objet:perceuse",), jour=LUNDI, duree_jours=3,
        renouvellements=fois, **autres,
    )  # fmt: skip


def annuler(**autres):
    return Mesures(action="annuler", personne=PersonneId("ana"), lieux=("espace:verte",), jour=LUNDI, **autres)


def usage(debut, fin, *, en_cours=False, absence=False):
    return Usage(periode(debut, fin), ("espace:verte",), en_cours, absence)


def juge(genre, m):
    """The verdict, and the sentence that goes with it."""
    mesuree = genre.mesure(m)
    verdict = genre.juge(mesuree.valeur)
    return verdict, genre.phrase() if verdict == "satisfaite" else genre.refus(mesuree.valeur, mesuree.sur)


OUVERT = Horaires(plages=(
    Plage(jours=(1, 2, 3, 4, 5), de=Time(9), a=Time(12)), Plage(jours=(1, 2, 3, 4, 5), de=Time(12), a=Time(18)),
    Plage(jours=(5,), de=Time(20), a=Time(0)), Plage(jours=(6,), de=Time(0), a=Time(2)),
))  # fmt: skip
SEMAINE = (usage("2026-11-24T10:00", "2026-11-24T12:00"), usage("2026-11-29T22:00", "2026-11-30T01:00"))
OCTOBRE = {"debut": "2026-10-25T02:45+02:00", "fin": "2026-10-25T02:15+01:00"}

JEUDIS = PlageHoraire(tranches=(Tranche(jours=(4,), rangs=(2, 4)),))
RETRAIT = PlageHoraire(faits=("retrait",), tranches=(Tranche(de=Time(13), a=Time(13, 45)),))
PILE = PlageHoraire(faits=("debut", "fin"), pas_minutes=60)
CLE = PlageHoraire(
    faits=("demande_le",),
    tranches=(Tranche(jours=(1, 2, 3, 4), a=Time(17, 30)), Tranche(jours=(5,), a=Time(16))),
    exclue=True,
)
FORFAIT = PlageHoraire(faits=("debut", "fin"), tranches=(Tranche(de=Time(9), a=Time(1)),), pas_minutes=15)
SEMAINE_ENTIERE = PlageHoraire(
    faits=("debut", "fin"), tranches=(Tranche(jours=(1, 2, 3, 4, 5, 6), de=Time(8, 30), a=Time(23, 30)),)
)
OUI, NON, A_VALIDER, INCONNU = "satisfaite", "refuse", "a_valider", "indeterminee"


def connu(feries="", vacances=""):
    """A calendar that knows the week of 23 November 2026, and nothing else: these days are holidays in it."""
    dits = {"ferie": feries, "vacances": vacances}

    def oracle(quoi, _, le):
        return ("Fête" if le in dits[quoi] else "") if "2026-11-23" <= le <= "2026-11-29" else None

    return Calendrier(oracle, "metropole", "B")


DEUX_JOURS = {"debut": "2026-11-23T14:00", "fin": "2026-11-24T10:00"}
DEHORS = {"debut": "2026-11-29T14:00", "fin": "2026-11-30T10:00"}
ABSENCES = (
    usage("2026-10-23T10:00", "2026-10-23T12:00", absence=True), usage("2026-10-22T10:00", "2026-10-22T12:00", absence=True),
    usage("2026-11-20T10:00", "2026-11-20T12:00"),
)  # fmt: skip
ETE, SEPT = Date(2026, 6, 1), Date(2026, 11, 23)
A_18H = OuvertureDesDemandes(jours=7, heure=Time(18))
VOISINS = (
    usage("2026-11-20T10:00", "2026-11-20T12:00"),
    usage("2026-11-21T10:00", "2026-11-22T00:00"),
    usage("2026-11-22T09:00", "2026-11-22T10:00"),
    usage("2026-11-25T09:00", "2026-11-25T10:00"),
)
DUS = (
    Usage(Periode.de_jours(Date(2026, 11, 9), Date(2026, 11, 22), PARIS), ("objet:scie",), en_cours=True),
    Usage(Periode.de_jours(Date(2026, 11, 9), LUNDI, PARIS), ("objet:etau",), en_cours=True),
    Usage(Periode.de_jours(Date(2026, 11, 1), Date(2026, 11, 8), PARIS), ("objet:scie",)),
)


def a(quand):
    """Asked then, on the clock of Paris."""
    return {"demande_le": PlainDateTime.parse_iso(quand).assume_tz(PARIS).to_instant()}


TABLE = [
    # l'horizon, la fin comprise
    (OUI, HorizonFin(maximum_jours=60), reserver(horizon_jours=60), "un usage finit au plus 60 jours après la demande"),
    (OUI, HorizonFin(maximum_jours=60), reserver("2026-11-23T14:00", "2026-11-24T00:00", horizon_jours=60), "60 jours"),
    (NON, HorizonFin(maximum_jours=60), reserver("2026-11-23T14:00", "2026-11-24T00:01", horizon_jours=60), "celui-ci finit dans 61 jours ; un usage finit au plus 60 jours après la demande. Redemandez dans 1 jour."),
    (NON, HorizonFin(maximum_jours=6), preter(jours=7, horizon_jours=0), "celui-ci finit dans 7 jours ;"),
    (OUI, HorizonFin(maximum_jours=6), attrs.evolve(annuler(), horizon_jours=6), "6 jours"),
    # une fenêtre de dates, pour l'usage ou pour la demande
    (OUI, Fenetre(du=ETE, au=SEPT), reserver(), "usages du lundi 1er juin 2026 au lundi 23 novembre 2026 seulement"),
    (NON, Fenetre(du=ETE, au=SEPT), reserver("2026-11-23T14:00", "2026-11-24T00:01"), "c'est du lundi 23 novembre 2026 au mardi 24 novembre 2026 ; usages du lundi 1er juin 2026 au lundi 23 novembre 2026 seulement. Choisissez un jour de cette période."),
    (OUI, Fenetre(du=SEPT), reserver(), "usages à partir du lundi 23 novembre 2026 seulement"),
    (NON, Fenetre(du=SEPT), reserver("2026-11-22T23:59", "2026-11-23T01:00"), "c'est du dimanche 22 novembre 2026 au"),
    (NON, Fenetre(au=SEPT), preter(jours=7), "usages jusqu'au lundi 23 novembre 2026 seulement"),
    (OUI, Fenetre(au=SEPT, de="demande"), reserver(**a("2026-11-23T23:59")), "demandes jusqu'au lundi 23 novembre 2026 seulement"),
    (NON, Fenetre(au=SEPT, de="demande"), reserver(**a("2026-11-24T00:00")), "c'est le mardi 24 novembre 2026 ; demandes jusqu'au lundi 23 novembre 2026 seulement. Redemandez dans cette période."),
    (OUI, Fenetre(au=SEPT, de="demande"), attrs.evolve(annuler(), zone=PARIS, **a("2026-11-23T23:59")), "demandes"),
    # l'heure où s'ouvrent les demandes d'un jour
    (OUI, A_18H, reserver(**a("2026-11-16T18:00")), "on demande un jour à partir de 18 h, 7 jours avant"),
    (NON, A_18H, reserver(**a("2026-11-16T17:59:59")), "7 jours avant ; pour ce jour-là, le lundi 16 novembre 2026 à 18 h. Redemandez alors."),
    (OUI, OuvertureDesDemandes(jours=0, heure=Time(8, 30)), reserver(**a("2026-11-23T08:30")), "on demande un jour à partir de 8 h 30, le jour même"),
    # tant de jours par réservation, ou de suite
    (OUI, JoursConsecutifs(maximum=1), reserver("2026-11-23T14:00", "2026-11-24T00:00", usages=VOISINS), "1 jour par réservation au plus"),
    (NON, JoursConsecutifs(maximum=1), reserver("2026-11-23T14:00", "2026-11-24T00:01"), "cela ferait 2 jours, du lundi 23 novembre 2026 au mardi 24 novembre 2026 ; 1 jour par réservation au plus. Choisissez moins de jours."),
    (OUI, JoursConsecutifs(maximum=4, ensemble=True), reserver(usages=VOISINS), "4 jours de suite au plus"),
    (NON, JoursConsecutifs(maximum=3, ensemble=True), reserver(usages=VOISINS), "cela ferait 4 jours, du vendredi 20 novembre 2026 au lundi 23 novembre 2026 ; 3 jours de suite au plus."),
    (NON, JoursConsecutifs(maximum=5, ensemble=True), reserver("2026-11-23T14:00", "2026-11-24T15:00", usages=VOISINS), "cela ferait 6 jours, du vendredi 20 novembre 2026 au mercredi 25 novembre 2026"),
    # le temps entre deux usages, d'un côté comme de l'autre
    (OUI, Intervalle(minimum_minutes=1680), reserver(usages=VOISINS), "28 h au moins entre deux usages"),
    (OUI, Intervalle(minimum_minutes=1681), reserver(usages=()), "28 h 01 au moins"),
    (NON, Intervalle(minimum_minutes=1681), reserver(usages=VOISINS), "un autre usage (celui du dimanche 22 novembre 2026) est à 28 h de celui-ci ; 28 h 01 au moins entre deux usages. Choisissez un autre moment."),
    (NON, Intervalle(minimum_minutes=2880), reserver(usages=VOISINS[3:]), "(celui du mercredi 25 novembre 2026) est à 41 h de celui-ci ; 2 jours au moins"),
    (NON, Intervalle(minimum_minutes=1), reserver("2026-11-22T10:00", "2026-11-22T11:00", usages=VOISINS), "(celui du dimanche 22 novembre 2026) est au même moment, ou le touche ; 1 min au moins"),
    (OUI, Intervalle(minimum_minutes=120), reserver("2026-10-25T03:00", "2026-10-25T04:00", usages=(usage("2026-10-25T01:00", "2026-10-25T02:00+02:00"),)), "2 h au moins"),
    # ce qui se pratique encore
    (OUI, Pratique(jours=3, minimum=3), reserver(usages=VOISINS), "3 usages au moins dans les 3 jours d'avant"),
    (NON, Pratique(jours=2, minimum=3), reserver(usages=VOISINS), "2 usages dans ces jours ; 3 usages au moins dans les 2 jours d'avant. Reprenez"),
    (NON, Pratique(jours=30), reserver(usages=(usage("2026-11-23T08:00", "2026-11-23T09:00"), usage("2026-11-20T08:00", "2026-11-20T09:00", absence=True), usage("2026-11-22T08:00", "2026-11-22T09:00", en_cours=True))), "aucun usage dans ces jours ; 1 usage au moins"),
    # rien en retard
    (OUI, SansRetard(), preter(usages=DUS, **a("2026-11-22T23:59")), "aucun prêt en retard, pour emprunter"),
    (NON, SansRetard(), preter(usages=DUS, **a("2026-11-23T00:00")), "aucun prêt en retard, pour emprunter ; 1 prêt en retard. Rendez d'abord ce qui est dû."),
    (OUI, SansRetard(grace_jours=1), preter(usages=DUS, **a("2026-11-23T23:59")), "aucun prêt en retard (de plus de 1 jour), pour emprunter"),
    (NON, SansRetard(maximum=1), preter(usages=DUS, **a("2026-11-24T00:00")), "1 prêt en retard au plus, pour emprunter ; 2 prêts en retard."),
    # jours fériés : chaque jour d'une réservation, le premier d'un prêt, aucun d'un renouvellement ; l'inconnu se demande
    (OUI, Feries(), reserver(calendrier=connu()), "fermé les jours fériés"),
    (NON, Feries(), reserver(calendrier=connu("2026-11-23")), "le lundi 23 novembre 2026 est férié (Fête) ; fermé les jours fériés. Choisissez un autre jour."),
    (NON, Feries(), reserver(**DEUX_JOURS, calendrier=connu("2026-11-24")), "le mardi 24 novembre 2026 est férié (Fête)"),
    (OUI, Feries(ouvert=True), reserver(calendrier=connu("2026-11-23")), "ouvert les jours fériés"),
    (OUI, Feries(), preter(calendrier=connu("2026-11-24")), "fermé les jours fériés"),
    (NON, Feries(), preter(calendrier=connu("2026-11-23")), "le lundi 23 novembre 2026 est férié (Fête)"),
    (INCONNU, Feries(), reserver(**DEHORS, calendrier=connu()), "le calendrier de ces jours n'est pas connu ici ; fermé les jours fériés"),
    (INCONNU, Feries(ouvert=True), reserver(), "le calendrier de ces jours n'est pas connu ici"),
    # vacances scolaires
    (OUI, VacancesScolaires(quand="jamais"), reserver(calendrier=connu()), "jamais pendant les vacances scolaires"),
    (NON, VacancesScolaires(quand="jamais"), reserver(**DEUX_JOURS, calendrier=connu("", "2026-11-24")), "la demande tombe pendant les vacances scolaires (Fête) ; jamais pendant les vacances scolaires. Choisissez un autre jour."),
    (OUI, VacancesScolaires(quand="seulement"), reserver(calendrier=connu("", "2026-11-23")), "seulement pendant les vacances scolaires"),
    (NON, VacancesScolaires(quand="seulement"), reserver(**DEUX_JOURS, calendrier=connu("", "2026-11-24")), "la demande tombe hors des vacances scolaires ; seulement"),
    (INCONNU, VacancesScolaires(quand="seulement"), reserver(**DEHORS, calendrier=connu()), "n'est pas connu ici ; seulement"),
    # validation : la durée à partir de laquelle quelqu'un d'autre décide
    (OUI, Validation(des_minutes=121), reserver(), "à partir de 2 h 01, validation par coordination sous 3 jours"),
    (A_VALIDER, Validation(des_minutes=120), reserver(), "le silence vaut refus. La demande attend cette réponse."),
    (A_VALIDER, Validation(par="bureau", delai_heures=12, silence="accord"), reserver(), "validation par bureau sous 12 h ; passé ce délai, le silence vaut accord."),
    # durée : la borne, une minute de plus, et le jour où l'heure change
    (OUI, Duree(maximum_minutes=120), reserver(), "2 h au plus par réservation"),
    (NON, Duree(maximum_minutes=119), reserver(), "la demande dure 2 h ; 1 h 59 au plus par réservation. Choisissez une durée"),
    (OUI, Duree(maximum_minutes=240, minimum_minutes=120), reserver(), "4 h au plus par réservation, et 2 h au moins"),
    (NON, Duree(maximum_minutes=240, minimum_minutes=121), reserver(), "la demande dure 2 h ; 4 h au plus par réservation, et 2 h 01 au moins."),
    (OUI, Duree(maximum_minutes=30), reserver(**OCTOBRE), "30 min au plus"),
    (OUI, Duree(maximum_minutes=60), reserver("2026-03-29T01:30", "2026-03-29T03:30"), "1 h au plus"),
    (NON, Duree(maximum_minutes=59), reserver("2026-03-29T01:30", "2026-03-29T03:30"), "la demande dure 1 h ; 59 min au plus"),
    # préavis
    (OUI, Preavis(minimum_minutes=60), reserver(preavis_minutes=60), "une demande se fait au moins 1 h avant"),
    (NON, Preavis(minimum_minutes=60), reserver(preavis_minutes=59), "l'usage demandé commence dans 59 min ; une demande se fait au moins 1 h avant. Choisissez un créneau plus tard."),
    (NON, Preavis(minimum_minutes=60), reserver(preavis_minutes=0), "l'usage demandé a déjà commencé"),
    # horizon
    (OUI, Horizon(maximum_jours=60), reserver(horizon_jours=60), "on demande au plus 60 jours à l'avance"),
    (NON, Horizon(maximum_jours=60), reserver(horizon_jours=61), "c'est dans 61 jours ; on demande au plus 60 jours à l'avance. Redemandez dans 1 jour."),
    (OUI, Horizon(maximum_jours=0), reserver(horizon_jours=0), "on demande au plus 0 jour à l'avance"),
    # horaires : plages qui se touchent, minuit, le lendemain, la nuit d'octobre
    (OUI, OUVERT, reserver("2026-11-23T09:00", "2026-11-23T18:00"), "ouvert lundi, mardi, mercredi, jeudi et vendredi de 9 h à 12 h ;"),
    (NON, OUVERT, reserver("2026-11-23T08:59", "2026-11-23T10:00"), "la demande va le lundi 23 novembre 2026 de 8 h 59 à 10 h ; ouvert lundi"),
    (NON, OUVERT, reserver("2026-11-23T17:00", "2026-11-23T18:01"), "Choisissez un créneau dans ces heures."),
    (OUI, OUVERT, reserver("2026-11-27T20:00", "2026-11-28T02:00"), "vendredi de 20 h à minuit"),
    (OUI, OUVERT, reserver("2026-11-27T20:00", "2026-11-28T00:00"), "samedi de 0 h à 2 h"),
    (NON, OUVERT, reserver("2026-11-27T20:00", "2026-11-28T02:01"), "le vendredi 27 novembre 2026 de 20 h à minuit et le samedi 28 novembre 2026 de 0 h à 2 h 01 ;"),
    (NON, OUVERT, reserver("2026-11-27T18:00", "2026-11-27T21:00"), "la demande va le vendredi"),
    (NON, OUVERT, reserver(**OCTOBRE), "la demande va le dimanche 25 octobre 2026 de 2 h 15 à 2 h 45 ; ouvert"),
    (OUI, Horaires(plages=OUVERT.plages[1::-1]), reserver("2026-11-23T09:00", "2026-11-23T18:00"), "de 12 h à 18 h ; lundi"),
    # fermeture
    (OUI, Fermeture(du=NOEL, au=Date(2027, 1, 1)), reserver("2026-12-24T18:00", "2026-12-25T00:00"), "fermé du vendredi 25 décembre 2026 au vendredi 1er janvier 2027"),
    (NON, Fermeture(du=NOEL, au=Date(2027, 1, 1)), reserver("2026-12-24T18:00", "2026-12-25T00:01"), "fermé du vendredi 25 décembre 2026 au vendredi 1er janvier 2027. Choisissez un jour hors de cette fermeture."),
    (OUI, Fermeture(du=NOEL, au=NOEL), reserver("2026-12-26T00:00", "2026-12-26T01:00"), "fermé le vendredi 25 décembre 2026"),
    (NON, Fermeture(du=NOEL, au=NOEL), preter(jour=NOEL), "fermé le vendredi 25 décembre 2026. Choisissez"),
    (OUI, Fermeture(du=NOEL, au=NOEL), preter(jour=NOEL.next_day()), "fermé le vendredi 25 décembre 2026"),
    # quota, par chaque période
    (OUI, Quota(maximum=2), reserver(usages=SEMAINE[:1]), "2 usages au plus par semaine"),
    (NON, Quota(maximum=2), reserver(usages=SEMAINE), "cela ferait 3 usages (semaine du lundi 23 novembre 2026) ; 2 usages au plus par semaine. Annulez un autre usage"),
    (OUI, Quota(maximum=6, unite="heures"), reserver(usages=SEMAINE), "6 heures au plus par semaine"),
    (NON, Quota(maximum=5, unite="heures"), reserver(usages=SEMAINE), "cela ferait 6 h (semaine du lundi 23 novembre 2026) ; 5 heures au plus par semaine."),
    (NON, Quota(maximum=1, unite="heures"), reserver(usages=()), "cela ferait 2 h (semaine du lundi 23 novembre 2026) ; 1 heure au plus"),
    (OUI, Quota(maximum=1, periode="jour"), reserver(usages=SEMAINE), "1 usage au plus par jour"),
    (NON, Quota(maximum=0, periode="jour"), reserver(usages=SEMAINE), "cela ferait 1 usage (lundi 23 novembre 2026) ; 0 usage au plus par jour."),
    (OUI, Quota(maximum=3, periode="mois"), reserver(usages=SEMAINE), "3 usages au plus par mois"),
    (NON, Quota(maximum=2, periode="mois"), reserver(usages=SEMAINE), "cela ferait 3 usages (novembre 2026)"),
    (OUI, Quota(maximum=3, periode="annee"), reserver(usages=SEMAINE), "3 usages au plus par an"),
    (NON, Quota(maximum=2, periode="annee"), reserver(usages=SEMAINE), "cela ferait 3 usages (année 2026)"),
    (OUI, QuotaDeSaison(maximum=3, mois=(1, 4, 7, 10)), reserver(usages=SEMAINE), "3 usages au plus par trimestre"),
    (NON, QuotaDeSaison(maximum=2, mois=(1, 4, 7, 10)), reserver(usages=SEMAINE), "cela ferait 3 usages, du jeudi 1er octobre 2026 au jeudi 31 décembre 2026 ; 2 usages au plus par trimestre. Annulez un autre usage"),
    (OUI, QuotaDeSaison(maximum=2), reserver("2026-08-31T14:00", "2026-08-31T15:00", usages=(usage("2025-09-01T00:00", "2025-09-01T01:00"), usage("2025-08-31T10:00", "2025-08-31T11:00"), usage("2026-09-01T10:00", "2026-09-01T11:00"))), "2 usages au plus par saison (à partir de septembre)"),
    (NON, QuotaDeSaison(maximum=1), reserver("2026-08-31T14:00", "2026-08-31T15:00", usages=(usage("2025-09-01T00:00", "2025-09-01T01:00"),)), "cela ferait 2 usages, du lundi 1er septembre 2025 au lundi 31 août 2026 ;"),
    (NON, QuotaDeSaison(maximum=5, unite="heures", mois=(5, 12)), reserver("2026-11-30T22:00", "2026-12-01T05:01", usages=()), "cela ferait 5 h 01, du mardi 1er décembre 2026 au vendredi 30 avril 2027 ; 5 heures au plus par saison (à partir de mai et décembre)"),
    (OUI, Quota(maximum=2, periode="glissante", jours=6), reserver(usages=SEMAINE), "2 usages au plus par 6 jours glissants"),
    (NON, Quota(maximum=2, periode="glissante", jours=7), reserver(usages=SEMAINE), "cela ferait 3 usages (du lundi 23 novembre 2026 au dimanche 29 novembre 2026) ; 2 usages au plus par 7 jours glissants."),
    (OUI, Quota(maximum=1, periode="glissante", jours=1), reserver(usages=SEMAINE), "1 usage au plus par 1 jour glissant"),
    # à la fois
    (OUI, Simultanes(maximum=2), reserver(usages=(usage("2026-11-24T10:00", "2026-11-24T12:00", en_cours=True), *SEMAINE)), "2 au plus à la fois"),
    (NON, Simultanes(maximum=1), reserver(usages=(usage("2026-11-24T10:00", "2026-11-24T12:00", en_cours=True),)), "cela en ferait 2 en même temps ; 1 au plus à la fois. Rendez ou annulez-en d'abord."),
    # capacité
    (OUI, Capacite(maximum=12), reserver(participants=12), "12 personnes au plus"),
    (NON, Capacite(maximum=12), reserver(participants=13), "13 personnes viendraient ; 12 personnes au plus. Choisissez un espace plus grand."),
    # tenir parole : prévenir à temps, venir
    (OUI, PreavisAnnulation(minimum_minutes=60), annuler(annulation_minutes=60), "une réservation s'annule au moins 1 h avant"),
    (NON, PreavisAnnulation(minimum_minutes=60), annuler(annulation_minutes=59), "elle commence dans 59 min ; une réservation s'annule au moins 1 h avant. La conciergerie peut noter une absence."),
    (NON, PreavisAnnulation(minimum_minutes=60), annuler(annulation_minutes=-5), "elle a déjà commencé ; une réservation s'annule"),
    (OUI, PreavisModification(minimum_minutes=60), reserver(modification_minutes=60), "une réservation se déplace au moins 1 h avant"),
    (NON, PreavisModification(minimum_minutes=60), reserver(modification_minutes=0), "elle a déjà commencé ; une réservation se déplace au moins 1 h avant. Gardez-la, ou raccourcissez-la."),
    (OUI, Absences(maximum=1, jours=30), reserver(horizon_jours=1, usages=ABSENCES), "1 absence au plus en 30 jours"),
    (NON, Absences(maximum=0, jours=30), reserver(horizon_jours=1, usages=ABSENCES), "1 absence dans les 30 derniers jours ; 0 absence au plus en 30 jours. La prochaine fois possible : le lundi 23 novembre 2026."),
    # prêts
    (OUI, DureePret(maximum_jours=7), preter(7), "un prêt dure 7 jours au plus"),
    (NON, DureePret(maximum_jours=7), preter(8), "la demande est de 8 jours ; un prêt dure 7 jours au plus. Choisissez un retour plus proche."),
    (OUI, Renouvellements(maximum=2), renouveler(2), "2 renouvellements au plus"),
    (NON, Renouvellements(maximum=2), renouveler(3), "ce serait le renouvellement n° 3 ; 2 renouvellements au plus. Rendez l'objet"),
    # qui demande
    (OUI, AdhesionAJour(), reserver(adhesion=LUNDI), "réservé aux adhérents à jour"),
    (NON, AdhesionAJour(), reserver(adhesion=Date(2026, 11, 22)), "réservé aux adhérents à jour ; l'adhésion de cette personne va au dimanche 22 novembre 2026. Demandez"),
    (NON, AdhesionAJour(), reserver(), "réservé aux adhérents à jour ; aucune adhésion en cours. Demandez l'adhésion"),
    (OUI, Public(admis=("benevole", "bureau")), reserver(publics=("plein",), groupes=("bureau",)), "réservé à : benevole ou bureau"),
    (NON, Public(admis=("benevole",)), reserver(publics=("plein",), groupes=("ca",)), "réservé à : benevole ; cette personne est : plein et ca. Voyez avec la conciergerie"),
    (NON, Public(admis=("benevole",)), reserver(), "réservé à : benevole ; cette personne n'est d'aucun d'eux."),
    (OUI, Public(admis=("a, b",)), reserver(groupes=("a, b",)), "réservé à : a, b"),
    (NON, Public(admis=("a",)), reserver(groupes=("a,b",)), "réservé à : a ; cette personne est : a;b."),
    (OUI, Habilitation(requise="laser"), reserver(habilitations=("bois", "laser")), "il faut l'habilitation « laser »"),
    (NON, Habilitation(requise="laser"), reserver(habilitations=("bois",)), "il faut l'habilitation « laser », en cours de validité. Demandez la formation qui la donne."),
    # le dossier de qui demande
    (OUI, AttestationValable(nature="caution-deposee"), reserver(attestations=("caution-deposee",)), "il faut que les finances attestent « caution-deposee », pour ce jour-là"),
    (NON, AttestationValable(nature="caution-deposee"), reserver(attestations=()), "pour ce jour-là ; ce n'est pas le cas. Voyez-le avec elles : la conciergerie n'atteste de rien."),
    (OUI, DocumentValide(document="assurance"), reserver(documents=("assurance",)), "il faut le document « assurance », valide ce jour-là"),
    (NON, DocumentValide(document="assurance"), reserver(documents=("certificat",)), "il faut le document « assurance », valide ce jour-là ; aucun n'a été remis. Il se remet à la conciergerie."),
    (NON, DocumentValide(document="assurance"), reserver(expires={"assurance": "2026-11-22"}), "valide ce jour-là ; celui qui a été remis expire le dimanche 22 novembre 2026. Il se remet"),
    (OUI, ContratEnCours(nature="assurance"), reserver(contrats=("assurance",)), "il faut que le lieu ait un contrat « assurance » en cours ce jour-là"),
    (NON, ContratEnCours(nature="assurance"), reserver(contrats=("loyer",)), "ce jour-là ; il n'en a pas. La conciergerie peut en conclure un"),
    (OUI, ConventionSignee(nature="occupation"), reserver(conventions=("occupation",)), "il faut une convention « occupation » signée des deux parties"),
    (NON, ConventionSignee(nature="occupation"), reserver(conventions=()), "pour cet usage ; il n'y en a pas. Demandez à la conciergerie"),
    (INCONNU, ContratEnCours(nature="assurance"), reserver(), "ce jour-là ; rien ne le dit ici. La conciergerie"),
    (INCONNU, ConventionSignee(nature="occupation"), reserver(), "pour cet usage ; rien ne le dit ici. Demandez"),
    (OUI, ReglementAccepte(depuis=NOEL), reserver(textes={"reglement": "2026-12-25"}), "il faut avoir accepté le texte « reglement », version du vendredi 25 décembre 2026 ou suivante"),
    (NON, ReglementAccepte(depuis=NOEL), reserver(textes={"reglement": "2026-12-24"}), "ou suivante ; celle du jeudi 24 décembre 2026 est acceptée. Lisez la version en cours"),
    (NON, ReglementAccepte(depuis=NOEL, texte="charte"), reserver(textes={"reglement": "2027-01-01"}), "« charte », version du vendredi 25 décembre 2026 ou suivante ; aucune ne l'est."),
    (OUI, Majorite(mineurs="exclus"), reserver(), "réservé aux personnes majeures"),
    (OUI, Majorite(mineurs="exclus"), reserver(mineur=False), "réservé aux personnes majeures"),
    (NON, Majorite(mineurs="exclus"), reserver(mineur=True, accompagne=True), "réservé aux personnes majeures ; cette personne ne l'est pas encore. Une personne majeure peut le demander."),
    (OUI, Majorite(), reserver(mineur=True, accompagne=True), "une personne mineure vient accompagnée"),
    (NON, Majorite(), reserver(mineur=True, accompagne=False), "aucune personne majeure parmi les inscrits. Réserver : dites qui l'accompagne"),
    (OUI, DroitDuPalier(), reserver(droits=("reserver",)), "chaque palier d'adhésion n'ouvre que les actions déclarées pour lui"),
    (OUI, DroitDuPalier(), reserver(), "chaque palier d'adhésion n'ouvre que"),
    (NON, DroitDuPalier(), preter(droits=("reserver",), publics=("decouverte",)), "déclarées pour lui ; celui de cette personne (decouverte) n'ouvre pas celle-ci. Demandez un autre palier"),
    # ce que le lieu demande
    (OUI, Exigence(faits=("carte_va",)), reserver(faits={"carte_va": True}), "il faut : carte va"),
    (NON, Exigence(faits=("carte_va", "caution")), reserver(faits={"carte_va": True, "caution": False}), "il faut : carte va et caution ; il manque : caution. Apportez ce qui manque"),
    (INCONNU, Exigence(faits=("carte_va",)), reserver(), "n'est pas dit : carte va"),
    (INCONNU, Exigence(faits=("a", "b"), au_moins=1), reserver(faits={"a": False}), "il manque : a ; n'est pas dit : b"),
    (OUI, Exigence(faits=("membre", "attestation"), au_moins=1), reserver(faits={"membre": False, "attestation": True}), "il faut au moins 1 de : membre ou attestation"),
    (NON, Exigence(faits=("membre", "attestation"), au_moins=1), reserver(faits={"membre": False, "attestation": False}), "il manque : membre et attestation"),
    (OUI, Choix(fait="activite", parmi=("cours", "atelier")), reserver(faits={"activite": "cours"}), "activite : cours ou atelier seulement"),
    (NON, Choix(fait="activite", parmi=("cours",)), reserver(faits={"activite": "soiree_privee"}), "la demande dit : soiree privee. Changez ce point"),
    (NON, Choix(fait="fixation", sauf=("punaise", "clou")), reserver(faits={"fixation": "clou"}), "fixation : ni punaise ni clou ; la demande dit : clou"),
    (OUI, Choix(fait="mentions", tous=("dates", "permis")), reserver(faits={"mentions": ("objet", "permis", "dates")}), "mentions : avec dates et permis"),
    (NON, Choix(fait="mentions", tous=("dates", "permis")), reserver(faits={"mentions": ("dates",)}), "il manque permis"),
    (INCONNU, Choix(fait="activite", parmi=("cours",)), reserver(), "ce n'est pas dit"),
    (OUI, Seuil(faits=("joueurs",), maximum=4), reserver(faits={"joueurs": 4}), "joueurs : 4 au plus"),
    (NON, Seuil(faits=("joueurs",), maximum=4), reserver(faits={"joueurs": 5}), "cela fait 5 ; joueurs : 4 au plus. Changez ce nombre"),
    (OUI, Seuil(faits=("en_main", "demandes"), maximum=5), reserver(faits={"en_main": 3, "demandes": 2}), "en main + demandes : 5 au plus"),
    (NON, Seuil(faits=("age",), minimum=18), reserver(faits={"age": 17}), "cela fait 17 ; age : 18 au moins"),
    (OUI, Seuil(faits=("age",), minimum=16, maximum=18), reserver(faits={"age": 16}), "age : 16 au moins et 18 au plus"),
    (INCONNU, Seuil(faits=("age",), minimum=18), reserver(faits={"age": True}), "ce n'est pas dit"),
    (NON, Seuil(faits=("participants",), maximum=19), reserver(participants=20), "cela fait 20"),
    # le temps entre deux moments
    (OUI, JEUDIS, reserver("2026-11-12T14:00", "2026-11-12T16:00"), "debut : le 2e et le 4e jeudi du mois"),
    (OUI, JEUDIS, reserver("2026-11-26T00:00", "2026-11-26T16:00"), "debut : le 2e et le 4e jeudi du mois"),
    (NON, JEUDIS, reserver("2026-11-19T14:00", "2026-11-19T16:00"), "la demande dit : jeudi 19 novembre 2026 à 14 h ; debut : le 2e et le 4e jeudi du mois. Choisissez une autre heure, ou un autre jour."),
    (NON, JEUDIS, reserver("2026-11-13T00:00", "2026-11-13T16:00"), "vendredi 13 novembre 2026 à 0 h"),
    (NON, JEUDIS, reserver("2026-11-13T14:00", "2026-11-13T16:00"), "la demande dit : vendredi 13"),
    (OUI, PlageHoraire(faits=("jour",), tranches=(Tranche(jours=(1,), rangs=(-1,)),)), reserver("2026-11-30T14:00", "2026-11-30T15:00"), "jour : le dernier lundi du mois"),
    (NON, PlageHoraire(faits=("jour",), tranches=(Tranche(jours=(1,), rangs=(-1,)),)), reserver(), "la demande dit : lundi 23 novembre 2026 ;"),
    (OUI, RETRAIT, reserver(faits={"retrait": "2026-11-23T13:00:00+01:00"}), "retrait : chaque jour de 13 h à 13 h 45"),
    (OUI, RETRAIT, reserver(faits={"retrait": "2026-11-23T13:45:00+01:00"}), "retrait : chaque jour de 13 h à 13 h 45"),
    (NON, RETRAIT, reserver(faits={"retrait": "2026-11-23T13:46:00+01:00"}), "à 13 h 46"),
    (NON, RETRAIT, reserver(faits={"retrait": "2026-11-23T12:59:00+01:00"}), "à 12 h 59"),
    (INCONNU, RETRAIT, reserver(), "ce n'est pas dit. Dites-le, puis redemandez."),
    (OUI, PILE, reserver("2026-11-23T14:00", "2026-11-23T15:00"), "debut et fin : à l'heure pile"),
    (NON, PILE, reserver("2026-11-23T14:00", "2026-11-23T15:30"), "et lundi 23 novembre 2026 à 15 h 30"),
    (NON, PILE, reserver("2026-11-23T14:00:30", "2026-11-23T15:00"), "à l'heure pile"),
    (OUI, CLE, reserver(demande_le=PlainDateTime(2026, 11, 23, 17, 29).assume_tz(PARIS).to_instant()), "demande le : lundi, mardi, mercredi et jeudi jusqu'à 17 h 30 ; vendredi jusqu'à 16 h (l'heure de fin exclue)"),
    (NON, CLE, reserver(demande_le=PlainDateTime(2026, 11, 23, 17, 30).assume_tz(PARIS).to_instant()), "à 17 h 30"),
    (NON, CLE, reserver(demande_le=PlainDateTime(2026, 11, 27, 16, 30).assume_tz(PARIS).to_instant()), "à 16 h 30"),
    (OUI, FORFAIT, reserver("2026-11-23T09:00", "2026-11-24T01:00"), "debut et fin : chaque jour de 9 h à 1 h ; toutes les 15 min, heures rondes"),
    (OUI, FORFAIT, reserver("2026-11-24T00:15", "2026-11-24T01:00"), "debut et fin"),
    (NON, FORFAIT, reserver("2026-11-23T09:00", "2026-11-24T01:15"), "à 1 h 15"),
    (NON, FORFAIT, reserver("2026-11-23T23:00", "2026-11-24T10:00"), "à 10 h"),
    (OUI, SEMAINE_ENTIERE, reserver("2026-11-28T08:30", "2026-11-28T23:30"), "debut et fin : lundi, mardi, mercredi, jeudi, vendredi et samedi de 8 h 30 à 23 h 30"),
    (NON, SEMAINE_ENTIERE, reserver("2026-11-29T08:30", "2026-11-29T23:30"), "dimanche 29"),
    (NON, SEMAINE_ENTIERE, reserver("2026-11-27T08:29", "2026-11-27T09:30"), "à 8 h 29"),
    (OUI, PlageHoraire(tranches=(Tranche(de=Time(18)),)), reserver("2026-11-27T23:59", "2026-11-28T01:00"), "debut : chaque jour à partir de 18 h"),
    (OUI, Delai(de="du", a="au", unite="mois", maximum=1), reserver(faits={"du": "2026-03-12", "au": "2026-04-12"}), "de « du » à « au » : 1 mois au plus"),
    (NON, Delai(de="du", a="au", unite="mois", maximum=1), reserver(faits={"du": "2026-03-12", "au": "2026-04-13"}), "ici, du jeudi 12 mars 2026 au lundi 13 avril 2026. Choisissez une autre date"),
    (OUI, Delai(de="du", a="au", unite="mois", minimum=1, demi=True), reserver(faits={"du": "2026-03-02", "au": "2026-04-17"}), "1 mois et demi au moins"),
    (NON, Delai(de="du", a="au", unite="mois", minimum=1, demi=True), reserver(faits={"du": "2026-03-02", "au": "2026-04-16"}), "1 mois et demi au moins"),
    (OUI, Delai(de="du", a="au", minimum=15), reserver(faits={"du": "2026-06-01", "au": "2026-06-16"}), "15 jours au moins"),
    (NON, Delai(de="du", a="au", minimum=15), reserver(faits={"du": "2026-06-02", "au": "2026-06-16"}), "15 jours au moins"),
    (OUI, Delai(de="du", a="au", unite="semaines", maximum=4), reserver(faits={"du": "2026-03-02", "au": "2026-03-30"}), "4 semaines au plus"),
    (OUI, Delai(de="lu", a="vu", unite="heures", minimum=72), reserver(faits={"lu": "2026-03-03T14:00:00+01:00", "vu": "2026-03-06T14:00:00+01:00"}), "72 heures au moins"),
    (NON, Delai(de="lu", a="vu", unite="heures", minimum=72), reserver(faits={"lu": "2026-03-03T14:00:01+01:00", "vu": "2026-03-06T14:00:00+01:00"}), "ici, du mardi 3 mars 2026 à 14 h"),
    (NON, Delai(de="lu", a="vu", unite="minutes", maximum=90), reserver(faits={"lu": "2026-03-03T14:00:00+01:00", "vu": "2026-03-03T15:31:00+01:00"}), "1 h 30 au plus"),
    (OUI, Delai(de="lu", a="vu", unite="heures", maximum=4), reserver(faits={"lu": "2026-10-25T01:00:00+02:00", "vu": "2026-10-25T04:00:00+01:00"}), "4 heures au plus"),
    (OUI, Delai(de="du", a="au", unite="jours_ouvres", minimum=3), reserver(faits={"du": "2026-11-24", "au": "2026-11-27"}, calendrier=connu()), "3 jours ouvrés au moins"),
    (NON, Delai(de="du", a="au", unite="jours_ouvres", minimum=3), reserver(faits={"du": "2026-11-24", "au": "2026-11-27"}, calendrier=connu(feries="2026-11-25")), "3 jours ouvrés au moins"),
    (NON, Delai(de="du", a="au", unite="jours_ouvres", maximum=1), reserver(faits={"du": "2026-11-24", "au": "2026-11-26"}, calendrier=connu()), "1 jour ouvré au plus"),
    (INCONNU, Delai(de="du", a="au", unite="jours_ouvres", minimum=3), reserver(faits={"du": "2026-11-24", "au": "2026-12-27"}, calendrier=connu()), "n'est pas connue"),
    (INCONNU, Delai(de="du", a="au", unite="jours_ouvres", minimum=3), reserver(faits={"du": "2026-11-24", "au": "2026-11-27"}), "n'est pas connue"),
    (INCONNU, Delai(de="du", a="au", unite="heures", minimum=3), reserver(faits={"du": "2026-11-24", "au": "2026-11-27"}), "ici, du mardi 24 novembre 2026"),
    (INCONNU, Delai(de="du", a="au", minimum=3), reserver(faits={"du": "2026-11-24"}), "l'une de ces dates n'est pas dite"),
]  # fmt: skip


@pytest.mark.parametrize(("verdict", "genre", "m", "phrase"), TABLE)
def test_chaque_regle_juge_a_sa_borne_et_le_dit_en_francais(verdict, genre, m, phrase):
    assert juge(genre, m)[0] == verdict
    assert phrase in juge(genre, m)[1]


@pytest.mark.parametrize(("reglage", "phrase"), [
    (DroitsProvisoires(jours=30), "qui demande à adhérer en a les droits, à titre provisoire, 30 jours au plus"),
    (AdmissionTacite(delai_jours=1), "une demande d'adhésion sans réponse après 1 jour est admise, pour 365 jours"),
    (AdmissionTacite(delai_jours=15, palier="entree"), "après 15 jours est admise, au palier « entree », pour"),
    (DelaiAudition(jours=15), "une audition se convoque au moins 15 jours avant"),
    (DureeGel(maximum_jours=90), "une adhésion se gèle 90 jours au plus"),
    (TailleCollectif(maximum=5), "l'adhésion d'un collectif couvre 5 personnes au plus"),
    (RappelAdhesion(), "une adhésion ou un document qui expire se rappelle 30 jours avant"),
    (PreavisDeRegle(jours=15), "une règle s'annonce 15 jours au moins avant d'avoir effet"),
    (PreavisDeRegle(jours=1, fins=True, sauf=("bureau", "urgence")), "une règle, sa suspension et sa fin s'annoncent 1 jour au moins avant d'avoir effet, sauf urgence décidée par bureau ou urgence"),
    (Recours(), "recours auprès de coordination sous 30 jours ; qui a pris la décision n'y répond pas"),
    (Recours(organe="comite", delai_jours=1, suspensif=True, autrui=False), "recours auprès de comite sous 1 jour, qui suspend une sanction"),
])  # fmt: skip
def test_un_reglage_des_adhesions_se_dit_en_francais(reglage, phrase):
    assert phrase in reglage.phrase()


def test_chaque_genre_est_dans_la_table_accepte_et_refuse():
    met = {(type(genre), juge(genre, m)[0]) for verdict, genre, m, _ in TABLE if verdict != INCONNU}
    judging = [genre for genre in GENRES.values() if not issubclass(genre, Reglage)]
    assert met == {
        (genre, verdict) for genre in judging for verdict in (OUI, A_VALIDER if genre is Validation else NON)
    }


def test_les_jours_feries_n_ont_rien_a_regler_qui_soit_faux():
    assert [f for ouvert in (True, False) for f in Feries(ouvert=ouvert).fautes()] == []


def test_un_nombre_de_participants_qui_n_est_pas_dit_est_a_juger_par_une_personne():
    assert juge(Capacite(maximum=12), reserver()) == (
        "indeterminee", "12 personnes au plus ; le nombre de participants n'est pas dit. Dites combien de personnes viendront.",
    )  # fmt: skip


def test_qui_accompagne_une_personne_mineure_est_a_dire_si_rien_ne_le_dit():
    verdict, phrase = juge(Majorite(), reserver(mineur=True))
    assert verdict == "indeterminee"
    assert "vient accompagnée ; rien ne dit qui l'accompagne. Réserver : dites qui l'accompagne (--inscrits" in phrase


@pytest.mark.parametrize(("genre", "m"), [
    (Duree(maximum_minutes=1), preter()), (Duree(maximum_minutes=1), renouveler()),
    (Preavis(minimum_minutes=9), preter()), (Horizon(maximum_jours=1), preter()), (OUVERT, preter()),
    (OUVERT, renouveler()), (Fermeture(du=LUNDI, au=LUNDI), renouveler()), (Quota(maximum=0), reserver()),
    (Quota(maximum=0), renouveler(usages=())), (QuotaDeSaison(maximum=0), reserver()), (QuotaDeSaison(maximum=0), renouveler(usages=())), (Feries(), renouveler()), (VacancesScolaires(quand="jamais"), renouveler()), (Simultanes(maximum=0), reserver()), (Capacite(maximum=1), preter()),
    (PreavisAnnulation(minimum_minutes=9), reserver()), (PreavisModification(minimum_minutes=9), annuler()),
    (Absences(maximum=0), reserver(usages=())), (Absences(maximum=0), annuler()),
    (HorizonFin(maximum_jours=0), reserver()), (Fenetre(au=LUNDI), renouveler()), (Fenetre(au=LUNDI, de="demande"), reserver()),
    (Fenetre(au=LUNDI, de="demande"), attrs.evolve(annuler(), **a("2026-11-23T10:00"))), (A_18H, reserver()),
    (JoursConsecutifs(maximum=1), preter()), (JoursConsecutifs(maximum=1), annuler()), (Intervalle(minimum_minutes=9), reserver()),
    (Intervalle(minimum_minutes=9), annuler(usages=VOISINS)),
    (Intervalle(minimum_minutes=9), attrs.evolve(preter(usages=DUS), renouvellements=1)), (Pratique(jours=9), reserver()),
    (SansRetard(), preter(usages=DUS)), (SansRetard(), preter(**a("2026-11-24T00:00"))), (SansRetard(), reserver(usages=DUS, **a("2026-11-24T00:00"))),
    (DureePret(maximum_jours=1), reserver()), (Renouvellements(maximum=0), preter()),
])  # fmt: skip
def test_une_regle_ne_juge_pas_ce_qui_ne_la_concerne_pas(genre, m):
    assert genre.mesure(m) is None


@pytest.mark.parametrize(("genre", "fautes"), [
    (Duree(maximum_minutes=0), {"genre.maximum_minutes"}),
    (Duree(maximum_minutes=10, minimum_minutes=11), {"genre.maximum_minutes"}),
    (Duree(maximum_minutes=10, minimum_minutes=-1), {"genre.minimum_minutes"}),
    (Duree(maximum_minutes=10, minimum_minutes=10), set()),
    (Preavis(minimum_minutes=0), {"genre.minimum_minutes"}), (Preavis(minimum_minutes=1), set()),
    (Exigence(faits=()), {"genre.faits"}), (Exigence(faits=("a", "a")), {"genre.faits"}),
    (Exigence(faits=("a",), au_moins=2), {"genre.au_moins"}), (Exigence(faits=("a",), au_moins=-1), {"genre.au_moins"}),
    (Exigence(faits=("a",), au_moins=1), set()), (Choix(fait=""), {"genre.fait", "genre.parmi"}),
    (Choix(fait="a", parmi=("x",), sauf=("x",)), {"genre.sauf"}), (Choix(fait="a", tous=("x",)), set()),
    (Seuil(faits=("a",)), {"genre.maximum"}), (Seuil(faits=("a",), minimum=2, maximum=1), {"genre.maximum"}),
    (Seuil(faits=("a",), minimum=2, maximum=2), set()), (Delai(de="a", a="a", minimum=1), {"genre.de"}),
    (Delai(de="a", a="b"), {"genre.maximum"}), (Delai(de="a", a="b", minimum=-1), {"genre.minimum"}),
    (Delai(de="a", a="b", minimum=1, demi=True), {"genre.demi"}), (Delai(de="a", a="b", maximum=0), set()),
    (Horizon(maximum_jours=-1), {"genre.maximum_jours"}), (Horizon(maximum_jours=0), set()),
    (HorizonFin(maximum_jours=-1), {"genre.maximum_jours"}), (HorizonFin(maximum_jours=0), set()),
    (Fenetre(), {"genre.du"}), (Fenetre(du=NOEL, au=LUNDI), {"genre.au"}), (Fenetre(du=NOEL), set()), (Fenetre(au=NOEL), set()), (Fenetre(du=NOEL, au=NOEL), set()),
    (OuvertureDesDemandes(jours=-1, heure=Time(18)), {"genre.jours"}), (OuvertureDesDemandes(jours=0, heure=Time(18)), set()),
    (JoursConsecutifs(maximum=0), {"genre.maximum"}), (JoursConsecutifs(maximum=367), {"genre.maximum"}), (JoursConsecutifs(maximum=1), set()),
    (Intervalle(minimum_minutes=0), {"genre.minimum_minutes"}), (Intervalle(minimum_minutes=366 * 1440 + 1), {"genre.minimum_minutes"}), (Intervalle(minimum_minutes=1), set()),
    (Pratique(jours=1, minimum=0), {"genre.jours", "genre.minimum"}), (Pratique(jours=367), {"genre.jours"}), (Pratique(jours=366), set()), (Pratique(jours=2), set()),
    (SansRetard(maximum=-1, grace_jours=-1), {"genre.maximum", "genre.grace_jours"}), (SansRetard(), set()),
    (Horaires(plages=()), {"genre.plages"}), (OUVERT, set()),
    (Horaires(plages=(Plage(jours=(), de=Time(9), a=Time(8)),)), {"genre.plages[0].jours", "genre.plages[0].a"}),
    (Horaires(plages=(Plage(jours=(8,), de=Time(9), a=Time(9)),)), {"genre.plages[0].jours", "genre.plages[0].a"}),
    (Fermeture(du=NOEL, au=LUNDI), {"genre.au"}), (Fermeture(du=NOEL, au=NOEL), set()),
    (Quota(maximum=-1), {"genre.maximum"}), (Quota(maximum=0), set()),
    (Quota(maximum=1, jours=3), {"genre.jours"}), (Quota(maximum=1, periode="glissante"), {"genre.jours"}),
    (Quota(maximum=1, periode="glissante", jours=-1), {"genre.jours"}),
    (Quota(maximum=1, periode="glissante", jours=1), set()),
    (QuotaDeSaison(maximum=-1, mois=()), {"genre.maximum", "genre.mois"}), (QuotaDeSaison(maximum=0, mois=(1, 1)), {"genre.mois"}), (QuotaDeSaison(maximum=0, mois=(13,)), {"genre.mois"}), (QuotaDeSaison(maximum=0, mois=(12,)), set()),
    (Simultanes(maximum=-1), {"genre.maximum"}), (Simultanes(maximum=0), set()),
    (PreavisAnnulation(minimum_minutes=0), {"genre.minimum_minutes"}), (PreavisAnnulation(minimum_minutes=1), set()),
    (PreavisModification(minimum_minutes=0), {"genre.minimum_minutes"}),
    (Absences(maximum=-1, jours=0), {"genre.maximum", "genre.jours"}), (Absences(maximum=0, jours=366), set()),
    (Absences(maximum=0, jours=367), {"genre.jours"}),
    (Capacite(maximum=0), {"genre.maximum"}), (Capacite(maximum=1), set()),
    (DureePret(maximum_jours=0), {"genre.maximum_jours"}), (DureePret(maximum_jours=1), set()),
    (Renouvellements(maximum=-1), {"genre.maximum"}), (Renouvellements(maximum=0), set()),
    (AdhesionAJour(), set()), (Public(admis=()), {"genre.admis"}), (Public(admis=("",)), {"genre.admis"}),
    (Public(admis=("a",)), set()), (Habilitation(requise=""), {"genre.requise"}), (Habilitation(requise="laser"), set()),
    (AttestationValable(nature=""), {"genre.nature"}), (AttestationValable(nature="caution-deposee"), set()),
    (ContratEnCours(nature=""), {"genre.nature"}), (ConventionSignee(nature=""), {"genre.nature"}),
    (DocumentValide(document=""), {"genre.document"}), (DocumentValide(document="assurance"), set()),
    (ReglementAccepte(depuis=NOEL, texte=""), {"genre.texte"}), (ReglementAccepte(depuis=NOEL), set()),
    (Majorite(), set()), (DroitDuPalier(), set()),
    (DroitsProvisoires(jours=0), {"genre.jours"}), (DroitsProvisoires(jours=1), set()),
    (AdmissionTacite(delai_jours=-1, duree_jours=0), {"genre.delai_jours", "genre.duree_jours"}),
    (AdmissionTacite(delai_jours=0, duree_jours=1), set()), (DelaiAudition(jours=-1), {"genre.jours"}),
    (DelaiAudition(jours=0), set()), (DureeGel(maximum_jours=0), {"genre.maximum_jours"}), (DureeGel(maximum_jours=1), set()),
    (TailleCollectif(maximum=0), {"genre.maximum"}), (TailleCollectif(maximum=1), set()),
    (PlageHoraire(), {"genre.tranches"}), (PlageHoraire(faits=(), pas_minutes=-1), {"genre.faits", "genre.pas_minutes"}),
    (PlageHoraire(tranches=(Tranche(jours=(8,), rangs=(6,)), Tranche(rangs=(1,)))), {"genre.tranches[0].jours", "genre.tranches[0].rangs", "genre.tranches[1].rangs"}),
    (RETRAIT, set()), (JEUDIS, set()),
    (RappelAdhesion(jours_avant=-1), {"genre.jours_avant"}), (RappelAdhesion(jours_avant=0), set()),
    (Recours(organe="", delai_jours=0, redemander_jours=0), {"genre.organe", "genre.delai_jours", "genre.redemander_jours"}),
    (Recours(delai_jours=1, redemander_jours=1), set()),
    (PreavisDeRegle(jours=0), {"genre.jours"}), (PreavisDeRegle(jours=1), set()),
    (PreavisDeRegle(jours=366), set()), (PreavisDeRegle(jours=367, fins=True), {"genre.jours"}),
    (Horizon(maximum_jours=36_500), set()), (Horizon(maximum_jours=36_501), {"genre.maximum_jours"}),
    (Duree(maximum_minutes=10_000_000), set()), (Duree(maximum_minutes=10_000_001), {"genre.maximum_minutes"}),
    (Delai(de="a", a="b", maximum=10_000_001), {"genre.maximum"}),
])  # fmt: skip
def test_des_parametres_impossibles_sont_nommes(genre, fautes):
    found = genre.fautes()
    assert {champ for champ, _ in found} == fautes
    assert all(raison for _, raison in found)


UN_DE_CHAQUE = [
    Duree(maximum_minutes=60, minimum_minutes=30), Preavis(minimum_minutes=60), Horizon(maximum_jours=9), OUVERT,
    Fermeture(du=NOEL, au=NOEL), Quota(maximum=3), Quota(maximum=3, unite="heures"), Simultanes(maximum=2),
    Capacite(maximum=12), DureePret(maximum_jours=7), Renouvellements(maximum=1), AdhesionAJour(),
    Public(admis=("benevole",)), Habilitation(requise="laser"), DocumentValide(document="assurance"),
    ContratEnCours(nature="assurance"), ConventionSignee(nature="occupation"),
    ReglementAccepte(depuis=NOEL), Majorite(), Majorite(mineurs="exclus"), DroitDuPalier(), RETRAIT, PILE,
    AttestationValable(nature="caution-deposee"),
    HorizonFin(maximum_jours=9), Fenetre(du=NOEL), A_18H, JoursConsecutifs(maximum=1), Intervalle(minimum_minutes=9),
    Pratique(jours=30), SansRetard(), QuotaDeSaison(maximum=3),
]  # fmt: skip
valeurs = (
    st.none() | st.booleans() | st.integers(-(10**6), 10**6) | st.text(max_size=20) | st.just("2026-11-23T10:00/x")
)


@pytest.mark.parametrize("genre", UN_DE_CHAQUE)
@drawn(valeur=valeurs)
def test_une_mesure_falsifiee_ne_fait_pas_tomber_le_jugement(genre, valeur):
    assert genre.juge(valeur) in ("satisfaite", "refuse", "indeterminee")
    assert genre.juge(None) == "indeterminee"


@pytest.mark.parametrize(("genre", "limite", "sur"), [
    (Duree(maximum_minutes=60), 60, ""), (Duree(maximum_minutes=60, minimum_minutes=30), "30/60", ""),
    (Preavis(minimum_minutes=60), 60, ""), (Horizon(maximum_jours=9), 9, ""),
    (HorizonFin(maximum_jours=9), 9, ""), (Fenetre(du=NOEL), "2026-12-25/", "usage"), (Fenetre(au=NOEL, de="demande"), "/2026-12-25", "demande"),
    (A_18H, "7/18:00:00", ""), (JoursConsecutifs(maximum=2), 2, ""), (JoursConsecutifs(maximum=2, ensemble=True), 2, "ensemble"),
    (Intervalle(minimum_minutes=9), 9, ""), (Pratique(jours=30, minimum=2), 2, "30"), (SansRetard(maximum=1), 1, ""),
    (Horaires(plages=(Plage(jours=(1, 2), de=Time(9), a=Time(0)),)), "12/09:00:00/00:00:00", ""),
    (Fermeture(du=NOEL, au=NOEL), "2026-12-25/2026-12-25", "2026-12-25/2026-12-25"),
    (Quota(maximum=3), 3, "usages/semaine/0"), (Quota(maximum=3, unite="heures"), 180, "heures/semaine/0"),
    (Quota(maximum=3, periode="glissante", jours=30), 3, "usages/glissante/30"),
    (QuotaDeSaison(maximum=3), 3, "usages/9"), (QuotaDeSaison(maximum=3, unite="heures", mois=(1, 7)), 180, "heures/1,7"),
    (Simultanes(maximum=2), 2, ""), (Capacite(maximum=12), 12, ""), (DureePret(maximum_jours=7), 7, ""),
    (Renouvellements(maximum=1), 1, ""), (AdhesionAJour(), True, ""), (Public(admis=("a", "b")), "a,b", ""),
    (Habilitation(requise="laser"), "laser", "laser"), (DocumentValide(document="assurance"), "assurance", "assurance"),
    (AttestationValable(nature="caution-deposee"), "caution-deposee", "caution-deposee"),
    (ReglementAccepte(depuis=NOEL), "2026-12-25", "reglement"), (Majorite(), "accompagnes", ""), (DroitDuPalier(), True, ""),
    (Feries(), False, ""), (Feries(ouvert=True), True, ""),
    (VacancesScolaires(quand="jamais"), "jamais", ""), (RETRAIT, "||13:00:00|13:45:00;0;", "retrait"),
    (JEUDIS, "4|2,4||;0;", "debut"), (attrs.evolve(CLE, tranches=(), pas_minutes=5), "5;exclue", "demande_le"),
])  # fmt: skip
def test_la_limite_gardee_est_une_donnee_que_les_mots_ne_changent_pas(genre, limite, sur):
    assert (genre.limite(), genre.sur()) == (limite, sur)


@pytest.mark.parametrize(("genre", "du", "au"), [
    (JoursConsecutifs(maximum=3), "2026-11-23", "2026-11-24"), (JoursConsecutifs(maximum=3, ensemble=True), "2026-11-20", "2026-11-27"),
    (Intervalle(minimum_minutes=1441), "2026-11-20", "2026-11-27"), (Pratique(jours=30), "2026-10-24", "2026-11-24"),
    (QuotaDeSaison(maximum=1), "2026-09-01", "2027-08-31"), (SansRetard(), "2026-09-23", "2026-11-24"),
])  # fmt: skip
def test_un_genre_lit_les_usages_d_autour_qui_peuvent_le_changer(genre, du, au):
    assert genre.regarde(LUNDI, LUNDI.next_day(), LUNDI) == (Date.parse_iso(du), Date.parse_iso(au))


def test_les_noms_des_genres_sont_ceux_que_le_journal_garde():
    assert sorted(GENRES) == [
        "absences",
        "adhesion_a_jour",
        "admission_tacite",
        "arbitrage",
        "attestation",
        "battement",
        "capacite",
        "choix",
        "confirmation_attente",
        "contrat_en_cours",
        "convention_signee",
        "delai",
        "delai_audition",
        "delai_incident",
        "document_valide",
        "droit_du_palier",
        "droits_provisoires",
        "duree",
        "duree_gel",
        "duree_option",
        "duree_pret",
        "exigence",
        "fenetre",
        "feries",
        "fermeture",
        "habilitation",
        "horaires",
        "horizon",
        "horizon_fin",
        "intervalle",
        "jours_consecutifs",
        "jours_de_pret",
        "kit_complet",
        "longueur_serie",
        "majorite",
        "motif_exige",
        "ordre_attente",
        "ouverture_des_demandes",
        "plage",
        "pratique",
        "preavis",
        "preavis_annulation",
        "preavis_de_regle",
        "preavis_modification",
        "preavis_rappel",
        "presence",
        "priorite",
        "public",
        "quota",
        "quota_de_saison",
        "rappel_adhesion",
        "rappel_avant",
        "rappel_echeance",
        "recours",
        "reglement_accepte",
        "remise_en_etat",
        "renouvellements",
        "reparation",
        "retards",
        "sans_retard",
        "seuil",
        "simultanes",
        "taille_collectif",
        "tenue_reservation",
        "vacances_scolaires",
        "validation",
    ]
    assert all(name == kind.NOM and attrs.has(kind) for name, kind in GENRES.items())


def plus(quand, minutes):
    return quand.add(minutes=minutes, naive_arithmetic_ok=True)  # a clock on the wall, on days when it does not change


def minute_par_minute(plages, debut, fin):
    """Whether every minute is within some opening hours: the simplest reading of the words."""
    at = debut
    while at < fin:
        of_day = at.time().hour * 60 + at.time().minute
        if not any(
            at.date().day_of_week().value in p.jours
            and p.de.hour * 60 + p.de.minute <= of_day < (p.a.hour * 60 + p.a.minute or 1440)
            for p in plages
        ):
            return False
        at = plus(at, 15)  # all hours drawn are quarters
    return True


quarts = st.integers(0, 95).map(lambda n: Time(n // 4, n % 4 * 15))
plages = st.builds(
    lambda jours, de, a: Plage(jours=tuple(sorted(jours)), de=de, a=a),
    st.sets(st.integers(1, 7), min_size=1, max_size=4), quarts, quarts,
).filter(lambda p: p.a == Time(0) or p.de < p.a)  # fmt: skip


@drawn(st.lists(plages, min_size=1, max_size=4), st.integers(0, 400), st.integers(1, 130))
def test_on_est_ouvert_quand_chaque_minute_l_est(plages, quand, combien):
    genre = Horaires(plages=tuple(plages))
    debut = plus(PlainDateTime(2026, 11, 23), quand * 15)
    fin = plus(debut, combien * 15)
    wanted = "satisfaite" if minute_par_minute(plages, debut, fin) else "refuse"
    assert genre.juge(f"{debut.format_iso()}/{fin.format_iso()}") == wanted


def test_chaque_genre_dit_les_jours_qu_il_regarde_et_quand_redemander():
    du, au = Date(2026, 11, 23), Date(2026, 11, 24)
    assert JoursConsecutifs(maximum=3, ensemble=True).regarde(du, au, LUNDI) == (Date(2026, 11, 20), Date(2026, 11, 27))
    assert JoursConsecutifs(maximum=3).regarde(du, au, LUNDI) == (du, au)
    assert SansRetard().regarde(du, au, LUNDI) == (Date(2026, 9, 23), au)
    assert HorizonFin(maximum_jours=10).possible_le(12, LUNDI) == Date(2026, 11, 25)
    ouverture = OuvertureDesDemandes(jours=7, heure=Time(18))
    mesuree = ouverture.mesure(
        reserver("2026-12-10T14:00", "2026-12-10T16:00", demande_le=Instant.from_utc(2026, 12, 1))
    )
    assert ouverture.possible_le(mesuree.valeur, LUNDI) == Date(2026, 12, 3)
