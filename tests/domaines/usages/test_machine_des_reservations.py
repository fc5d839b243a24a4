"""Toute suite de demandes, sur des espaces liés, avec options, réponses, battements, priorités et corrections.

Quoi qu'il arrive, jamais deux réservations qui se gênent : l'épreuve relit les faits à sa façon, sans rien demander au
domaine.
"""

from __future__ import annotations

from itertools import combinations, count

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from whenever import Instant

from tierslieu_adapters.sqlite import ouvrir
from tierslieu_core.domaines.cadre.gouvernance import DonnerMandat, FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.cadre.regles import GENRES, AdopterRegle, Portee
from tierslieu_core.domaines.moyens.espaces import DelierEspaces, FermerEspace, LierEspaces, OuvrirEspace, RouvrirEspace
from tierslieu_core.domaines.usages.reservations import (
    AbsenceNotee,
    AnnulerReservation,
    ConfirmerOption,
    ConfirmerReservation,
    CorrigerReservation,
    DeplacerReservation,
    NoterAbsence,
    PoserOption,
    RaccourcirReservation,
    RefuserReservation,
    ReservationAnnulee,
    ReservationEnAttente,
    ReservationRefusee,
    ReservationRevue,
    ReserverEspace,
    SignalerPresence,
)
from tierslieu_core.kernel.corrections import FaitCorrige
from tierslieu_core.kernel.ports import scan
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.spec import CAMILLE, installed, memory_place
from tierslieu_core.vocabulaire.identifiants import EspaceId, PersonneId, RegleId, ReservationId
from tierslieu_core.vocabulaire.temps import Moment

ZONE, DEPUIS = "Europe/Paris", Instant.from_utc(2026, 10, 23, 20)
ESPACES = [EspaceId(f"e-{n}") for n in (1, 2, 3)]
GENS = [PersonneId("p-1"), PersonneId("p-2")]
REGLES = (
    ("longues", "validation", {"par": "bureau", "delai_heures": 6, "des_minutes": 121}, Portee()),
    ("tacites", "validation", {"par": "bureau", "delai_heures": 6, "silence": "accord", "des_minutes": 61},
     Portee(espaces=(ESPACES[2],))),
    ("marges", "battement", {"avant_minutes": 15, "apres_minutes": 30}, Portee(espaces=(ESPACES[0],))),
    ("options", "duree_option", {"heures": 5}, Portee()),
    ("cours", "priorite", {"rang": 2, "delai_jours": 1}, Portee(categories=("cours",))),
    ("venir", "presence", {"avant_minutes": 30, "apres_minutes": 30}, Portee(espaces=(ESPACES[1],))),
)  # fmt: skip
CRENEAUX = st.tuples(st.integers(-1, 12), st.sampled_from([1, 2, 4, 5, 30]))
"""In how many hours, and for how many half hours."""
UN_ESPACE, UNE_PERSONNE, QUI = st.sampled_from(ESPACES), st.sampled_from(GENS), st.sampled_from([CAMILLE, *GENS])
USAGES = st.sampled_from(["", "cours"])
SORT = st.sampled_from(["revoir", "annuler", "revoir", "garder"])
CHANGER = st.sampled_from(
    [AnnulerReservation, RaccourcirReservation, SignalerPresence, NoterAbsence, CorrigerReservation]
)


class Reservations(RuleBasedStateMachine):
    """A place with three spaces and two persons, one of whom answers for the ``bureau``."""

    nouveau_lieu = staticmethod(memory_place)

    def __init__(self) -> None:
        super().__init__()
        self.lieu, self.n, self.maintenant = type(self).nouveau_lieu(installed()), count(), DEPUIS
        self.lieu.horloge = self.lieu.handler.clock = lambda: self.maintenant
        self.demande(FonderLieu(nom="Le Quai", personne=CAMILLE, nom_personne="Camille"))
        for personne in GENS:
            self.demande(InscrirePersonne(personne=personne, nom="Zoé"))
        for espace in ESPACES:
            self.demande(OuvrirEspace(espace=espace, nom="Salle"))
        jour = self.lieu.aujourdhui
        self.demande(DonnerMandat(personne=GENS[0], role="bureau", du=jour))
        for nom, genre, parametres, portee in REGLES:
            adopter = AdopterRegle(
                regle=RegleId(nom), genre=GENRES[genre](**parametres), portee=portee, du=jour, motif="m"
            )
            self.demande(adopter)

    def demande(self, commande, par=CAMILLE):
        return self.lieu.executer(commande, par=par, cle=f"k-{next(self.n)}", maintenant=self.maintenant)

    @rule(
        espace=UN_ESPACE,
        personne=UNE_PERSONNE,
        creneau=CRENEAUX,
        option=st.booleans(),
        usage=st.sampled_from(["", "cours"]),
    )
    def reserver(self, espace, personne, creneau, option, usage):
        debut, fin = self.heures(creneau)
        nature = PoserOption if option else ReserverEspace
        self.demande(nature(espace=espace, personne=personne, debut=debut, fin=fin, usage=usage))

    @rule(creneau=CRENEAUX, espace=st.none() | UN_ESPACE, par=QUI, data=st.data())
    def deplacer(self, creneau, espace, par, data):
        debut, fin = self.heures(creneau)
        for une in self.une(data):
            self.demande(DeplacerReservation(reservation=une, debut=debut, fin=fin, espace=espace), par)

    @rule(nature=CHANGER, par=QUI, data=st.data())
    def changer(self, nature, par, data):
        motif = {"motif": "m"} if nature in (AnnulerReservation, CorrigerReservation) else {}
        for une in self.une(data):
            self.demande(nature(reservation=une, **motif), par)

    @rule(oui=st.sampled_from([True, True, False]), data=st.data())
    def repondre(self, oui, data):
        for une in self.une(data):
            self.demande(ConfirmerOption(reservation=une))
            non = RefuserReservation(reservation=une, motif="m")
            self.demande(ConfirmerReservation(reservation=une) if oui else non, GENS[0])

    @rule(un=UN_ESPACE, autre=UN_ESPACE, nature=st.sampled_from(["contient", "voisin"]), sort=SORT, lie=st.booleans())
    def lier(self, un, autre, nature, sort, lie):
        jour = self.lieu.aujourdhui
        if un == autre:
            return
        if lie:
            self.demande(LierEspaces(espace=un, avec=autre, nature=nature, du=jour, sort=sort))
        else:
            self.demande(DelierEspaces(espace=un, avec=autre, le=jour))

    @rule(espace=UN_ESPACE, dans=st.integers(0, 2), sort=SORT, ferme=st.booleans())
    def fermer(self, espace, dans, sort, ferme):
        jour = self.lieu.aujourdhui.add(days=dans)
        if ferme:
            self.demande(FermerEspace(espace=espace, du=jour, au=jour, motif="m", sort=sort))
        else:
            self.demande(RouvrirEspace(espace=espace, le=jour))

    @rule(minutes=st.sampled_from([20, 60, 300, 1200]))
    def le_temps_passe(self, minutes):
        self.maintenant = self.maintenant.add(minutes=minutes)
        self.lieu.echeances(CAMILLE)

    def heures(self, creneau):
        """Hours near those of now, so that bookings meet."""
        dans, demi_heures = creneau
        debut = Instant.from_timestamp(self.maintenant.timestamp() // 3600 * 3600).add(hours=dans)
        return (Moment.de(instant, ZONE) for instant in (debut, debut.add(minutes=30 * demi_heures)))

    def une(self, data):
        """A booking that there is, when there is one."""
        connues = sorted(self.dernieres())
        return [data.draw(st.sampled_from(connues))] if connues else []

    def faits(self):
        types = self.lieu.catalogue.types(c for d in self.lieu.catalogue.domaines for c in d.faits)
        return [self.lieu.catalogue.read(row) for row in scan(self.lieu.recorder, types)]

    def dernieres(self):
        """The last fact of each booking, without those that were corrected."""
        lus = self.faits()
        corriges = {fait.fait for fait, _ in lus if isinstance(fait, FaitCorrige)}
        return {
            ReservationId(fait.reservation): fait
            for fait, note in lus
            if note.id not in corriges and hasattr(fait, "precisions")
        }

    @invariant()
    def jamais_deux_reservations_ne_se_genent(self):
        prises = [p for fait in self.dernieres().values() for p in tenues(fait, self.maintenant)]
        liens = se_genent([r for r in self.lieu.registre("liens") if r.en_vigueur])
        for (une, la, a, b), (autre, ici, c, d) in combinations(prises, 2):
            if une != autre and (la == ici or {la, ici} in liens):
                assert b <= c or d <= a, (une, autre, la, ici, a, b, c, d)

    def teardown(self):
        try:
            rejeu = self.lieu.rejouer()
            assert rejeu.fidele, "\n".join(map(str, rejeu.ecarts))
        finally:
            self.lieu.fermer()


def tenues(fait, maintenant):
    """Reservation, space, first and last instant of what a booking holds.

    Left out: what the place chose to keep in spite of all, and hours that are over (a space linked while it is being
    tidied up makes nobody move).
    """
    if isinstance(fait, ReservationRevue) and fait.sort == "maintenue":
        return
    jusqu_au = getattr(fait, "jusqu_au", None)
    tacite = isinstance(fait, ReservationEnAttente) and fait.silence == "accord"
    tombe = jusqu_au is not None and jusqu_au.dans(ZONE).to_instant() <= maintenant and not tacite
    prises = []
    if not tombe and not isinstance(fait, ReservationAnnulee | ReservationRefusee | ReservationRevue):
        absente = isinstance(fait, AbsenceNotee) and fait.libre_des is not None
        fin, apres = (fait.libre_des, 0) if absente else (fait.periode.fin, fait.precisions.apres_minutes)
        prises.append((fait.espace, fait.periode.debut, fin, fait.precisions.avant_minutes, apres))
    if getattr(fait, "garde", None) is not None:
        g = fait.garde
        prises.append((g.espace, g.periode.debut, g.periode.fin, g.avant_minutes, g.apres_minutes))
    for espace, debut, fin, avant, apres in prises:
        de, a = debut.dans(ZONE).to_instant(), fin.dans(ZONE).to_instant()
        if a > max(de, maintenant):
            yield fait.reservation, espace, de.subtract(minutes=avant), a.add(minutes=apres)


def se_genent(liens):
    """The pairs of spaces in each other's way: neighbours; a space and all that it contains, however deep."""
    contient = {(r.espace, r.avec) for r in liens if r.nature == "contient"}
    for _ in ESPACES:
        contient |= {(a, d) for a, b in contient for c, d in contient if b == c}
    return [{a, b} for a, b in contient] + [{r.espace, r.avec} for r in liens if r.nature == "voisin"]


@pytest.mark.parametrize("journal", ["memoire", "sqlite"])
def test_jamais_deux_reservations_ne_se_genent(journal, tmp_path):
    numero = count()
    if journal == "sqlite":
        nouveau = lambda catalogue: Lieu(*ouvrir(f"sqlite:///{tmp_path}/{next(numero)}.db"), catalogue)  # noqa: E731 - one line
    else:
        nouveau = memory_place
    machine = type("ReservationsSur", (Reservations,), {"nouveau_lieu": staticmethod(nouveau)})
    un_peu = settings(max_examples=12 if journal == "memoire" else 3, stateful_step_count=25, deadline=None)
    run_state_machine_as_test(machine, settings=un_peu)
