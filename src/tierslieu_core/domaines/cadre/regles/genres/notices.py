"""What each kind of rule is for, in French, with a rule of that kind and a measure that it does not let pass.

The reference of kinds (``docs/genres.md``, ``tierslieu genres``) is printed from it. A kind of another package says its
own: ``NOTICE: ClassVar[Notice]``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs
from whenever import Date, Time

from tierslieu_core.domaines.cadre.regles.genres import (
    adhesion,
    administration,
    adoption,
    arbitrage,
    attente,
    cadence,
    calendrier,
    conditions,
    delais,
    dossier,
    eligibilite,
    entretien,
    fenetres,
    materiel,
    ouverture,
    plages,
    presence,
    prets,
    processus,
    quantites,
    quotas,
    recours,
    reglages,
    saisons,
    temps,
)
from tierslieu_core.domaines.cadre.regles.genres.commun import Mesuree


@attrs.frozen
class Notice:
    """``pour``: what the kind is for; ``exemple``: a rule of that kind; ``mesure``: what it measures, in words.

    ``refuse``: a measure that the example does not let pass; ``None`` for what judges nothing.
    """

    pour: str
    exemple: Any
    mesure: str = ""
    refuse: Mesuree | None = None


SEMAINE = (1, 2, 3, 4, 5)
NOTICES: Mapping[str, Notice] = {
    n.exemple.NOM: n
    for n in (
        # ── combien de temps, et quand ──────────────────────────────────────────────────────────────────────────────
        Notice("Une réservation ne dure pas plus, ni moins, que tant.", temps.Duree(maximum_minutes=120),
               "la durée demandée", Mesuree(180)),
        Notice("On demande assez longtemps avant.", temps.Preavis(minimum_minutes=1440),
               "le temps qui reste avant le début", Mesuree(120)),
        Notice("On ne demande pas trop longtemps à l'avance.", temps.Horizon(maximum_jours=60),
               "les jours d'ici au début", Mesuree(63)),
        Notice("On ne demande pas trop longtemps à l'avance, la fin comprise.", fenetres.HorizonFin(maximum_jours=60),
               "les jours d'ici à la fin", Mesuree(63)),
        Notice("Les usages, ou les demandes, tiennent entre deux dates.",
               fenetres.Fenetre(du=Date(2026, 6, 1), au=Date(2026, 9, 30)),
               "le premier et le dernier jour", Mesuree("2026-09-29/2026-10-01")),
        Notice("Un jour se demande à partir de tant de jours avant, à telle heure.",
               fenetres.OuvertureDesDemandes(jours=7, heure=Time(18)),
               "le moment de la demande, et le jour de l'usage", Mesuree("2026-11-16T17:59:00/2026-11-23")),
        Notice("Le lieu, ou l'un de ses espaces, est ouvert à ces heures.",
               ouverture.Horaires(plages=(ouverture.Plage(jours=SEMAINE, de=Time(9), a=Time(18)),)),
               "les heures demandées, jour par jour", Mesuree("2026-11-23T17:00:00/2026-11-23T20:00:00")),
        Notice("Le lieu, ou l'un de ses espaces, est fermé ces jours-là.",
               ouverture.Fermeture(du=Date(2026, 12, 24), au=Date(2027, 1, 1)),
               "les jours demandés", Mesuree("2026-12-25T14:00:00/2026-12-25T16:00:00")),
        Notice("Les jours fériés, on ferme ; ou l'on ouvre, là où une règle plus large ferme.", calendrier.Feries(),
               "les jours fériés parmi ceux demandés", Mesuree("2026-12-25 Noël")),
        Notice("Pendant les vacances scolaires seulement, ou jamais.",
               calendrier.VacancesScolaires(quand="seulement"),
               "les jours de vacances parmi ceux demandés", Mesuree("0/1")),
        # ── combien ─────────────────────────────────────────────────────────────────────────────────────────────────
        Notice("Tant d'usages, ou d'heures, par personne et par jour, semaine, mois, an, ou jours glissants.",
               quotas.Quota(maximum=3, unite="heures"),
               "ce que la personne aurait pris dans la période, cette demande comprise",
               Mesuree(240, "2026-11-23/2026-11-29")),
        Notice("Tant d'usages, ou d'heures, par personne et par saison, trimestre ou semestre.",
               saisons.QuotaDeSaison(maximum=10, mois=(1, 7)),
               "ce que la personne aurait pris dans la saison, cette demande comprise",
               Mesuree(11, "2026-07-01/2026-12-31")),
        Notice("Tant de réservations à venir, ou d'objets en main, à la fois.", quantites.Simultanes(maximum=2),
               "combien la personne en aurait à la fois, cette demande comprise", Mesuree(3)),
        Notice("Tant de personnes dans un espace.", quantites.Capacite(maximum=12),
               "le nombre de participants", Mesuree(15)),
        Notice("Un prêt ne dure pas plus que tant de jours.", quantites.DureePret(maximum_jours=14),
               "les jours jusqu'au retour", Mesuree(21)),
        Notice("Un prêt se renouvelle tant de fois.", quantites.Renouvellements(maximum=2),
               "combien de fois il l'aurait été", Mesuree(3)),
        Notice("Sur plusieurs jours ou non : tant de jours par réservation, ou de suite.",
               cadence.JoursConsecutifs(maximum=3, ensemble=True),
               "les jours touchés, cette demande comprise", Mesuree(4, "2026-11-23/2026-11-26")),
        Notice("Tant de temps entre deux usages d'une même personne.", cadence.Intervalle(minimum_minutes=2880),
               "le temps d'ici à l'usage le plus proche", Mesuree(1440, "2026-11-21")),
        Notice("Ce que l'on ne pratique plus ne s'utilise plus.", cadence.Pratique(jours=180, minimum=2),
               "les usages qui ont eu lieu dans ces jours", Mesuree(1)),
        Notice("Rien ne s'emprunte tant qu'un prêt est en retard.", cadence.SansRetard(),
               "les prêts en retard", Mesuree(1)),
        # ── qui ─────────────────────────────────────────────────────────────────────────────────────────────────────
        Notice("Il faut une adhésion à jour.", eligibilite.AdhesionAJour(),
               "si l'adhésion couvre le jour de l'usage", Mesuree(valeur=False)),
        Notice("Réservé à certains publics, paliers ou groupes.", eligibilite.Public(admis=("benevole", "adherent")),
               "le public et les groupes de la personne", Mesuree("non-adherent")),
        Notice("Il faut une habilitation en cours de validité.", eligibilite.Habilitation(requise="laser"),
               "si la personne la tient ce jour-là", Mesuree(valeur=False)),
        Notice("Il faut un document valide.", dossier.DocumentValide(document="assurance"),
               "si un tel document, remis, vaut ce jour-là", Mesuree(valeur=False, sur="2026-10-31")),
        Notice("Il faut que les finances l'attestent, par oui ou par non.",
               dossier.AttestationValable(nature="caution-deposee"),
               "si une attestation des finances vaut ce jour-là", Mesuree(valeur=False)),
        Notice("Le lieu a un contrat de cette nature en cours : sans assurance, rien ne se prête.",
               administration.ContratEnCours(nature="assurance"),
               "si un contrat de cette nature court ce jour-là", Mesuree(valeur=False)),
        Notice("Il faut une convention avec le lieu, signée des deux parties.",
               administration.ConventionSignee(nature="occupation"),
               "si une telle convention de la personne, ou d'un collectif dont elle est, vaut ce jour-là",
               Mesuree(valeur=False)),
        Notice("Il faut avoir accepté un texte, dans sa version en cours.",
               dossier.ReglementAccepte(depuis=Date(2026, 9, 1)),
               "la dernière version acceptée", Mesuree("2025-09-01")),
        Notice("Les personnes mineures viennent accompagnées, ou ne viennent pas.", dossier.Majorite(),
               "si la personne est mineure, et accompagnée", Mesuree("seul")),
        Notice("Chaque palier d'adhésion n'ouvre que ce qu'il ouvre.", dossier.DroitDuPalier(),
               "si le palier de la personne ouvre cette action", Mesuree(valeur=False, sur="decouverte")),
        # ── ce que le lieu demande lui-même ─────────────────────────────────────────────────────────────────────────
        Notice("Il faut que ceci soit vrai : tout, ou un certain nombre de ces choses.",
               conditions.Exigence(faits=("caution_deposee", "charte_signee")),
               "ce qui est vrai, faux ou tu", Mesuree("oui,non")),
        Notice("Un mot parmi ceux-ci, aucun de ceux-là.",
               conditions.Choix(fait="statut", parmi=("association", "ecole")),
               "le mot, ou les mots, de la demande", Mesuree("entreprise")),
        Notice("Un nombre, ou la somme de plusieurs, entre deux bornes.",
               conditions.Seuil(faits=("participants",), maximum=40), "ce nombre", Mesuree(50)),
        Notice("Tant de temps, au moins ou au plus, entre deux dates ou deux moments.",
               delais.Delai(de="demande_le", a="debut", unite="mois", minimum=1),
               "l'un et l'autre moment", Mesuree("2026-11-23T10:00:00+01:00/2026-12-05T14:00:00+01:00")),
        Notice("Un moment tombe à ces heures, certains jours, par rang dans le mois ; ou à l'heure pile.",
               plages.PlageHoraire(tranches=(plages.Tranche(jours=(4,), rangs=(2, 4), de=Time(13), a=Time(13, 45)),)),
               "le jour et l'heure de chaque moment", Mesuree("2026-11-19T13:00:00+01:00")),
        Notice("Une personne ou une instance décide, dans un délai ; la règle dit ce que vaut son silence.",
               processus.Validation(des_minutes=240), "la durée demandée", Mesuree(300)),
        # ── tenir parole ────────────────────────────────────────────────────────────────────────────────────────────
        Notice("On annule assez longtemps avant.", presence.PreavisAnnulation(minimum_minutes=1440),
               "le temps qui reste avant le début", Mesuree(60)),
        Notice("On déplace assez longtemps avant.", presence.PreavisModification(minimum_minutes=120),
               "le temps qui reste avant le début prévu", Mesuree(60)),
        Notice("Qui a réservé sans venir, plus de tant de fois, ne réserve plus pour un temps.",
               presence.Absences(maximum=2), "les absences des derniers jours", Mesuree(3, "2026-12-12")),
        # ── réglages : réservations et listes d'attente ─────────────────────────────────────────────────────────────
        Notice("Ce qu'il faut dire en réservant.", reglages.MotifExige(precisions=("sujet", "participants"))),
        Notice("Le temps gardé libre avant et après un usage.", reglages.Battement(apres_minutes=30)),
        Notice("Le temps que tient une option, avant d'être confirmée.", reglages.DureeOption(heures=48)),
        Notice("Dire sur place que l'on est là, sinon l'espace se libère.", reglages.Presence()),
        Notice("Un usage en déplace un autre, de rang moindre et assez lointain.", reglages.Priorite(rang=2)),
        Notice("Combien d'occurrences compte une série.", attente.LongueurSerie(maximum=20)),
        Notice("Qui est servi d'abord quand un créneau se libère.", attente.OrdreAttente(publics=("adherent",))),
        Notice("Qui vient en tête quand plusieurs demandes veulent la même chose.",
               arbitrage.Arbitrage(cles=(arbitrage.Cle(fait="adhesion", sens="croissant"),))),
        Notice("Le temps de confirmer un créneau qui s'est libéré.", attente.ConfirmationAttente(heures=24)),
        # ── réglages : matériel et prêts ────────────────────────────────────────────────────────────────────────────
        Notice("Le temps de remettre un objet en état avant de le reprêter.", materiel.RemiseEnEtat(jours=1)),
        Notice("Prêter, ou non, un lot auquel il manque quelque chose.", materiel.KitComplet()),
        Notice("Combien de temps un objet trouvé en panne reste hors service.", materiel.Reparation()),
        Notice("Ce qui se fait d'un retard, étape par étape.",
               prets.Retards(grace_jours=2, etapes=(
                   prets.Etape(jours=3, mesure="rappel"), prets.Etape(jours=15, mesure="suspension", duree_jours=30),
               ))),
        Notice("Annoncer un retour avant son jour.", prets.RappelAvant()),
        Notice("Le temps laissé à qui l'on demande de rendre plus tôt.", prets.PreavisRappel()),
        Notice("Le temps que l'on garde un objet réservé que personne ne vient chercher.", prets.TenueReservation()),
        Notice("Les jours qui comptent dans la durée d'un prêt.", prets.JoursDePret(jours=SEMAINE, feries=False)),
        # ── réglages : adhésions ────────────────────────────────────────────────────────────────────────────────────
        Notice("Les droits de qui attend une réponse à sa demande d'adhésion.", adhesion.DroitsProvisoires(jours=30)),
        Notice("Le silence du lieu vaut admission, après un délai.", adhesion.AdmissionTacite(delai_jours=15)),
        Notice("Le temps entre une convocation et l'audition.", adhesion.DelaiAudition(jours=15)),
        Notice("Combien de temps une adhésion se met en pause.", adhesion.DureeGel(maximum_jours=90)),
        Notice("Combien de personnes couvre l'adhésion d'un collectif.", adhesion.TailleCollectif(maximum=5)),
        Notice("Qui conteste une décision sait auprès de qui, jusqu'à quand, et si la sanction attend la réponse.",
               recours.Recours(organe="comite", delai_jours=15, suspensif=True)),
        Notice("Les règles s'annoncent avant d'avoir effet.", adoption.PreavisDeRegle(jours=15)),
        Notice("Prévenir avant la fin d'une adhésion ou d'un document.", adhesion.RappelAdhesion()),
        Notice("Le temps laissé pour prendre en charge un incident signalé, selon sa gravité.",
               entretien.DelaiIncident(panne_jours=2)),
        Notice("Prévenir avant une échéance : préavis d'un contrat, fin d'une convention, d'une habilitation…",
               reglages.RappelEcheance(jours_avant=60)),
    )
}  # fmt: skip


def notice_de(genre: type) -> Notice | None:
    """What a kind is for: ours from the table, another's from its own ``NOTICE``."""
    found: Notice | None = getattr(genre, "NOTICE", None) or NOTICES.get(getattr(genre, "NOM", ""))
    return found
