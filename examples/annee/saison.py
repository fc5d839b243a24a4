"""What makes the place this one: a wall that opens, an association, a choir, a hearing, a mistake put right."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from agenda import a
from whenever import Date

from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.cadre.regles import AdopterRegle, Portee
from tierslieu_core.domaines.cadre.regles.genres.presence import Absences
from tierslieu_core.domaines.cadre.regles.genres.processus import Validation
from tierslieu_core.domaines.cadre.regles.genres.reglages import Battement, Presence
from tierslieu_core.domaines.cadre.representations import RepresenterPersonne
from tierslieu_core.domaines.moyens.espaces import ConfigurerEspace, FixerHoraires, LierEspaces
from tierslieu_core.domaines.moyens.materiel import AjouterObjet
from tierslieu_core.domaines.personnes.adhesions import AdmettreAdherent
from tierslieu_core.domaines.personnes.adhesions.collectifs import OuvrirCollectif, RattacherMembre
from tierslieu_core.domaines.personnes.adhesions.exclusion import ConstaterAudition, ConvoquerAudition, ExclureAdherent
from tierslieu_core.domaines.personnes.adhesions.pauses import GelerAdhesion
from tierslieu_core.domaines.usages.prets import CorrigerPret, PreterObjet, RendreObjet
from tierslieu_core.domaines.usages.reservations import ReserverEspace, ReserverSerie
from tierslieu_core.vocabulaire.identifiants import EspaceId, ModeleId, ObjetId, PersonneId, RegleId
from tierslieu_core.vocabulaire.temps import Moment

if TYPE_CHECKING:
    from vie import Vie

VERTE, BLEUE, GRANDE, COUR = (EspaceId(e) for e in ("salle-verte", "salle-bleue", "grande-salle", "cour"))
CHORALE = PersonneId("chorale")


def amenager(vie: Vie, du: Date) -> None:
    """The wall between two rooms, the great room that holds both, its two layouts, the hours of the courtyard."""
    vie.camille(LierEspaces(espace=VERTE, avec=BLEUE, nature="voisin", du=du))
    for salle in (VERTE, BLEUE):
        vie.camille(LierEspaces(espace=GRANDE, avec=salle, nature="contient", du=du))
    for nom, places, avant in (("réunion", 30, 0), ("spectacle", 80, 60)):
        layout = ConfigurerEspace(
            espace=GRANDE, configuration=nom, capacite=places, du=du, avant_minutes=avant, apres_minutes=avant
        )
        vie.camille(layout)
    vie.camille(FixerHoraires(espace=COUR, horaires="Mo-Su 08:00-21:00; PH off", du=du))


def regler(vie: Vie, du: Date) -> None:
    """What is for the coordination to approve, the time to tidy up, showing up at one's desk."""
    bureaux = Portee(actions=("reserver",), categories=("bureau",))
    for nom, genre, portee in (
        ("cour-validee", Validation(delai_heures=48), Portee(actions=("reserver",), espaces=(COUR,))),
        ("rangement", Battement(apres_minutes=30), Portee(espaces=(GRANDE,))),
        ("venir", Presence(avant_minutes=15, apres_minutes=30), bureaux),
        ("absences", Absences(maximum=3, jours=60), bureaux),
    ):
        rule = AdopterRegle(
            regle=RegleId(nom), genre=genre, portee=portee, du=du, motif="usage du lieu", decision="AG de fondation"
        )
        vie.camille(rule)


def raconter(vie: Vie) -> None:
    """What happens once in the year."""
    for jour, heure, action in (
        (Date(2025, 9, 29), 10, chorale),
        (Date(2025, 10, 6), 19, partial(veillee, nuit=Date(2025, 10, 26))),
        (Date(2026, 2, 2), 11, partial(gel, du=Date(2026, 2, 9))),
        (Date(2026, 4, 20), 17, erreur),
        (Date(2026, 5, 4), 9, convoquer),
    ):
        vie.agenda.noter(a(jour, heure), partial(action, vie))


def chorale(vie: Vie) -> None:
    """An association with a representative: its members are covered, and it sings every Tuesday but on holidays."""
    trois, du = [PersonneId(un.personne) for un in vie.membres[:3]], vie.jour
    vie.camille(InscrirePersonne(personne=CHORALE, nom="La chorale du Quai"))
    vie.camille(RepresenterPersonne(personne=CHORALE, representant=trois[0], du=du))
    vie.camille(OuvrirCollectif(collectif=CHORALE, nature="association"))
    for qui in trois:
        vie.camille(RattacherMembre(collectif=CHORALE, membre=qui, du=du))
    vie.camille(AdmettreAdherent(personne=CHORALE, du=du, au=du.add(months=10)))
    for mois in (Date(2025, 10, 7), Date(2026, 1, 6), Date(2026, 4, 7)):
        serie = ReserverSerie(
            espace=VERTE, personne=CHORALE, debut=Moment.de(a(mois, 19), "Europe/Paris"), conflits="sauter",
            fin=Moment.de(a(mois, 21), "Europe/Paris"), regle="FREQ=WEEKLY;COUNT=11", sujet="répétition",
        )  # fmt: skip
        vie.agenda.noter(a(mois.subtract(days=6), 12), partial(vie.demander, serie, par=trois[0]))


def veillee(vie: Vie, nuit: Date) -> None:
    """Stars are watched on the night that has one hour more: from 1 h to 4 h, four hours, as the rule has it."""
    etoiles = ReserverEspace(
        espace=EspaceId("verriere"), personne=PersonneId(vie.membres[1].personne), sujet="nuit des étoiles",
        debut=Moment.de(a(nuit, 1), "Europe/Paris"), fin=Moment.de(a(nuit, 4), "Europe/Paris"),
    )  # fmt: skip
    vie.demander(etoiles, par=vie.membres[1].personne)


def gel(vie: Vie, du: Date) -> None:
    """Somebody goes away for three months, and their year waits for them."""
    qui = PersonneId(vie.membres[2].personne)
    vie.demander(GelerAdhesion(personne=qui, du=du, au=du.add(months=3), rendre=True), par=qui)


def erreur(vie: Vie) -> None:
    """A return is written down for the wrong thing, and corrected the same evening."""
    objet, qui = ObjetId("tour-a-bois"), PersonneId(vie.membres[0].personne)
    vie.camille(AjouterObjet(objet=objet, modele=ModeleId("defonceuse"), nom="Tour à bois"))
    vie.camille(PreterObjet(objet=objet, personne=qui, retour=vie.jour.add(days=7)))
    vie.camille(RendreObjet(objet=objet, personne=qui))
    vie.camille(CorrigerPret(objet=objet, motif="ce n'était pas celle-là"))
    vie.agenda.noter(a(vie.jour.add(days=7), 16), partial(vie.camille, RendreObjet(objet=objet, personne=qui)))


def convoquer(vie: Vie) -> None:
    """Nobody is excluded unheard: called, heard, then decided."""
    qui = PersonneId(vie.membres[5].personne)
    le = vie.jour.add(days=21)
    vie.camille(ExclureAdherent(personne=qui, motif="dégradations"))
    vie.camille(ConvoquerAudition(personne=qui, le=le, motif="dégradations répétées"))
    vie.agenda.noter(a(le, 18), partial(vie.camille, ConstaterAudition(personne=qui, presence=True)))
    exclure = ExclureAdherent(personne=qui, motif="dégradations, après audition", au=le.add(years=1))
    vie.agenda.noter(a(le.add(days=2), 10), partial(vie.camille, exclure))
