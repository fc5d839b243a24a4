"""A year of the place, demand by demand: people ask, the place decides, and what follows depends on what it said."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from random import Random
from typing import Any

import missions
import saison
from agenda import Agenda, a
from decor import ESPACES, MODELES, Gens, des_gens, slug
from whenever import Date, Instant

from tierslieu_core.domaines.cadre.gouvernance import DonnerMandat, FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.cadre.regles import AccorderDerogation, AdopterRegle, AmenderRegle, Portee
from tierslieu_core.domaines.cadre.regles.genres.eligibilite import AdhesionAJour, Habilitation
from tierslieu_core.domaines.cadre.regles.genres.quantites import DureePret, Simultanes
from tierslieu_core.domaines.cadre.regles.genres.quotas import Quota
from tierslieu_core.domaines.cadre.regles.genres.temps import Duree, Horizon
from tierslieu_core.domaines.moyens.espaces import FermerEspace, OuvrirEspace
from tierslieu_core.domaines.moyens.materiel import AjouterObjet, CreerModele, ImmobiliserObjet
from tierslieu_core.domaines.personnes.adhesions import AdmettreAdherent, DemanderAdhesion, EnregistrerDepart
from tierslieu_core.domaines.personnes.formations import AccorderHabilitation
from tierslieu_core.domaines.usages.prets import DeclarerPerdu, PreterObjet, RendreObjet, RenouvelerPret
from tierslieu_core.domaines.usages.reservations import (
    AnnulerReservation,
    AttendreCreneau,
    ConfirmerReservation,
    DeplacerReservation,
    ReservationAcceptee,
    ReserverEspace,
    SignalerPresence,
)
from tierslieu_core.kernel.decisions import Reponse
from tierslieu_core.vocabulaire.identifiants import EspaceId, ModeleId, ObjetId, PersonneId, RegleId
from tierslieu_core.vocabulaire.temps import Moment

DEBUT, FIN = Date(2025, 9, 1), Date(2026, 8, 31)
CAMILLE = PersonneId("camille")
NOVEMBRE, JANVIER, MARS = Date(2025, 11, 3), Date(2026, 1, 12), Date(2026, 3, 16)
ASSEMBLEE, BUREAU, PRINTEMPS = "AG de fondation", "réunion de bureau", "AG du 14 mars 2026"
Demander = Callable[..., Reponse]


class Vie:
    """``demander(commande, par=…)`` asks the place at the agenda's instant; ``echelle``: 1 is 300 members.

    ``passer``: asks what has fallen due, as ``tierslieu echeances`` does every evening. ``lot``: what makes a day's
    demands durable together. ``commande``: a demand from its name and fields.
    """

    lot: Callable[[], AbstractContextManager[None]] = staticmethod(nullcontext)
    commande: Callable[[str, dict[str, Any]], object]

    def __init__(
        self, agenda: Agenda, demander: Demander, passer: Callable[[], None], hasard: Random, echelle: float = 1
    ) -> None:
        self.agenda, self.demander, self.passer, self.hasard = agenda, demander, passer, hasard
        self.gens = des_gens(hasard, max(8, round(300 * echelle)))
        self.par_jour = 6600 * echelle / 365
        self.prets_par_jour = 900 * echelle / 365
        self.objets_par_modele = 9 if echelle >= 1 else 2
        self.espaces: list[EspaceId] = []
        self.objets: list[ObjetId] = []
        self.membres: list[Gens] = []

    def vivre(self, jour_fini: Callable[[Date], None]) -> None:
        """From the founding to the last evening; ``jour_fini`` is told each day that ends."""
        self.fonder()
        self.adherer()
        saison.raconter(self)
        missions.raconter(self)
        jour = DEBUT
        while jour <= FIN:
            self.journee(jour)
            with self.lot():
                self.agenda.avancer(a(jour, 23))
            self.passer()
            jour_fini(jour)
            jour = jour.next_day()

    # ── la fondation ────────────────────────────────────────────────────────────────────────────────────────────────

    def fonder(self) -> None:
        """The place, its rooms, its things, its first rules."""
        self.camille(FonderLieu(nom="La Halle", personne=CAMILLE, nom_personne="Camille Morel", vacances="B"))
        for categorie, noms in ESPACES.items():
            for nom in noms:
                self.espaces.append(EspaceId(slug(nom)))
                places = self.hasard.choice((4, 8, 12, 30))
                self.camille(OuvrirEspace(espace=self.espaces[-1], nom=nom, categorie=categorie, capacite=places))
        for categorie, noms in MODELES.items():
            for nom in noms:
                self.camille(CreerModele(modele=ModeleId(slug(nom)), nom=nom, categorie=categorie))
                for n in range(1, self.objets_par_modele + 1):
                    self.objets.append(ObjetId(f"{slug(nom)}-{n}"))
                    self.camille(AjouterObjet(objet=self.objets[-1], modele=ModeleId(slug(nom)), nom=f"{nom} {n}"))
        self.regles()
        saison.amenager(self, DEBUT)
        saison.regler(self, DEBUT)

    def regles(self) -> None:
        """What the first assembly decides; and three changes, each with its reason, later in the year."""
        reserver, preter = Portee(actions=("reserver",)), Portee(actions=("preter",))
        for nom, genre, portee in (
            ("adherer", AdhesionAJour(), Portee(actions=("reserver", "preter"))),
            ("duree", Duree(maximum_minutes=240), reserver),
            ("horizon", Horizon(maximum_jours=90), reserver),
            ("quota", Quota(maximum=12, unite="heures", periode="semaine"), reserver),
            ("pret", DureePret(maximum_jours=14), preter),
            ("trois", Simultanes(maximum=3), preter),
            ("metal", Habilitation(requise="metal"), Portee(espaces=(EspaceId("atelier-metal"),))),
        ):
            self.camille(regle(AdopterRegle, nom, genre, portee, du=DEBUT, motif="premier règlement", en=ASSEMBLEE))
        salles = Portee(actions=("reserver",), categories=("salle",))
        for du, change in (
            (NOVEMBRE, regle(AdopterRegle, "duree-salles", Duree(maximum_minutes=180), salles, du=NOVEMBRE, en=BUREAU,
                             motif="les salles étaient prises des après-midi entiers")),
            (JANVIER, regle(AmenderRegle, "pret", DureePret(maximum_jours=21), preter, du=JANVIER, en=BUREAU,
                            motif="quatorze jours ne suffisaient pas aux chantiers")),
            (MARS, regle(AmenderRegle, "quota", Quota(maximum=8, unite="heures", periode="semaine"), reserver, du=MARS,
                         en=PRINTEMPS, motif="chacun doit trouver sa place")),
        ):  # fmt: skip
            self.agenda.noter(a(du, 8, 30), partial(self.camille, change))

    def adherer(self) -> None:
        """Two members in three come in September, the others through the year; some leave in the summer."""
        for n, un in enumerate(self.gens):
            jour = DEBUT.add(days=self.hasard.randint(0, 25) if n % 3 else self.hasard.randint(26, 300))
            self.agenda.noter(a(jour, 9 + n % 9, n % 60), partial(self.accueillir, un))

    def accueillir(self, un: Gens) -> None:
        """Registered, asks to join, is admitted for a year."""
        qui, jour = PersonneId(un.personne), self.jour
        self.camille(InscrirePersonne(personne=qui, nom=un.nom))
        self.demander(DemanderAdhesion(personne=qui), par=qui)
        admise = AdmettreAdherent(personne=qui, du=jour, au=jour.add(years=1).subtract(days=1))
        if self.camille(admise).acceptee:
            self.membres.append(un)
        if self.hasard.random() < 0.2:
            self.camille(AccorderHabilitation(personne=qui, habilitation="metal", du=jour, jusqu_au=jour.add(years=2)))
        if self.hasard.random() < 0.05:
            self.agenda.noter(a(Date(2026, 7, 1), 10), partial(self.camille, EnregistrerDepart(personne=qui, le=FIN)))
        if len(self.membres) == 5:
            self.camille(DonnerMandat(personne=qui, role="referent", sur="espace:atelier-bois", du=jour))

    # ── une journée ─────────────────────────────────────────────────────────────────────────────────────────────────

    def journee(self, jour: Date) -> None:
        """What people ask in a day: fewer things in August and on Sundays."""
        part = (0.3 if jour.month == 8 else 1) * (0.4 if jour.day_of_week().value == 7 else 1.1)
        for _ in range(self.fois(self.par_jour * part)):
            self.agenda.noter(self.heure(jour), self.reserver)
        for _ in range(self.fois(self.prets_par_jour * part)):
            self.agenda.noter(self.heure(jour), self.preter)
        if jour.day == 15:
            self.agenda.noter(a(jour, 11), self.imprevus)

    def fois(self, moyenne: float) -> int:
        """A whole number of times, of that mean."""
        return int(moyenne) + (self.hasard.random() < moyenne % 1)

    def heure(self, jour: Date) -> Instant:
        """Some hour of a day, when people ask."""
        return a(jour, self.hasard.randint(8, 21), self.hasard.randint(0, 59))

    def reserver(self) -> None:
        """A room, a few days ahead; cancelled or moved at times; a long one may get a dérogation."""
        if not self.membres:
            return
        un, espace = self.hasard.choice(self.membres), self.hasard.choice(self.espaces)
        jour, heure = self.jour.add(days=self.hasard.randint(1, 45)), self.hasard.randint(8, 21)
        debut = a(jour, heure)
        minutes = self.hasard.choice((60, 60, 90, 120, 120, 180, 240, 300))
        reponse = self.demander(self.creneau(un, espace, debut, minutes), par=un.personne)
        if reponse.evenements:
            self.apres(reponse, un, debut)
        elif reponse.decision.motif and reponse.decision.motif.refus == "reservations.EspaceDejaReserve":
            fin, qui = debut.add(minutes=minutes), PersonneId(un.personne)
            attendre = AttendreCreneau(
                espace=espace, personne=qui, debut=Moment.de(debut, "Europe/Paris"), fin=Moment.de(fin, "Europe/Paris")
            )
            self.demander(attendre, par=qui)
        elif minutes == 300 and self.hasard.random() < 0.06:
            regle = RegleId("duree-salles" if "duree-salles" in str(reponse.decision.clauses) else "duree")
            lever = AccorderDerogation(
                personne=PersonneId(un.personne), regle=regle, du=jour, au=jour, motif="atelier ouvert à tous"
            )
            if self.camille(lever).acceptee:
                self.demander(self.creneau(un, espace, debut, minutes), par=un.personne)

    def creneau(self, un: Gens, espace: EspaceId, debut: Instant, minutes: int) -> ReserverEspace:
        """A booking; both hours on the place's clock."""
        fin = debut.add(minutes=minutes)
        return ReserverEspace(
            espace=espace, personne=PersonneId(un.personne), debut=Moment.de(debut, "Europe/Paris"),
            fin=Moment.de(fin, "Europe/Paris"), participants=self.hasard.choice((None, 2, 4)),
        )  # fmt: skip

    def apres(self, reponse: Reponse, un: Gens, debut: Instant) -> None:
        """What becomes of a booking: approved, cancelled, moved, its desk taken."""
        booked, avant = reponse.evenements[0], debut.subtract(hours=self.hasard.randint(2, 20))
        tire = self.hasard.random()
        if not isinstance(booked, ReservationAcceptee):
            if tire < 0.8:
                approuver = partial(self.camille, ConfirmerReservation(reservation=booked.reservation))
                self.agenda.noter(self.agenda.il_est.add(hours=self.hasard.randint(1, 40)), approuver)
            return
        if booked.categorie == "bureau" and tire < 0.95:
            venir = partial(self.demander, SignalerPresence(reservation=booked.reservation), par=un.personne)
            self.agenda.noter(debut.add(minutes=5), venir)
        if tire < 0.08:
            annuler = AnnulerReservation(reservation=booked.reservation, motif="empêchement")
            self.agenda.noter(avant, partial(self.demander, annuler, par=un.personne))
        elif tire < 0.12:
            debut, fin = (Moment.de(i.add(hours=24), "Europe/Paris") for i in booked.periode.bornes())
            deplacer = DeplacerReservation(reservation=booked.reservation, debut=debut, fin=fin)
            self.agenda.noter(avant, partial(self.demander, deplacer, par=un.personne))

    def preter(self) -> None:
        """A thing for some days; renewed, late, lost at times."""
        if not self.membres:
            return
        un, objet = self.hasard.choice(self.membres), self.hasard.choice(self.objets)
        jours = self.hasard.choice((2, 3, 5, 7, 7, 14, 14, 21))
        qui, retour = PersonneId(un.personne), self.jour.add(days=jours)
        if not self.camille(PreterObjet(objet=objet, personne=qui, retour=retour)).evenements:
            return
        tire = self.hasard.random()
        if tire < 0.1:
            garder = RenouvelerPret(objet=objet, personne=qui, retour=retour.add(days=7))
            self.agenda.noter(a(retour, 9), partial(self.demander, garder, par=un.personne))
            retour = retour.add(days=7)
        rendu = retour.add(days=self.hasard.randint(1, 9)) if tire > 0.9 else retour
        if tire < 0.985:
            self.agenda.noter(a(rendu, 17), partial(self.camille, RendreObjet(objet=objet, personne=qui)))
        else:
            perdu = DeclarerPerdu(objet=objet, personne=qui, constat="introuvable")
            self.agenda.noter(a(rendu, 17), partial(self.camille, perdu))

    def imprevus(self) -> None:
        """Once a month: a room closes for works, a thing breaks."""
        du = self.jour.add(days=20)
        espace, sort = self.hasard.choice(self.espaces), self.hasard.choice(("annuler", "annuler", "revoir"))
        self.camille(FermerEspace(espace=espace, du=du, au=du.add(days=1), motif="travaux", sort=sort))
        panne = {"du": self.jour, "au": self.jour.add(days=10), "motif": "réparation"}
        self.camille(ImmobiliserObjet(objet=self.hasard.choice(self.objets), **panne))

    @property
    def jour(self) -> Date:
        """Today."""
        return self.agenda.il_est.to_tz("Europe/Paris").date()

    def camille(self, commande: object) -> Reponse:
        """Asked by the concierge."""
        return self.demander(commande, par=CAMILLE)


def regle(make: Callable[..., object], nom: str, genre: object, portee: Portee, **de: Any) -> object:
    """A rule: from when, why, and the human decision that made it (``du``, ``motif``, ``en``)."""
    return make(regle=RegleId(nom), genre=genre, portee=portee, du=de["du"], motif=de["motif"], decision=de["en"])
