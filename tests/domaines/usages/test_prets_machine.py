"""Loans lived at random: no item in two hands, never more reserved than there is, what is in hand always known."""

from __future__ import annotations

from collections import Counter

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from whenever import Date, Instant

from tierslieu_adapters.sqlite import ouvrir
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.cadre.regles import AdopterRegle
from tierslieu_core.domaines.cadre.regles.genres.quantites import Simultanes
from tierslieu_core.domaines.moyens.materiel import AjouterObjet, CreerModele
from tierslieu_core.domaines.usages.prets import (
    AnnulerReservationModele,
    DeclarerPerdu,
    PreterObjet,
    PreterQuantite,
    QuantitePretee,
    QuantiteRendue,
    RendreObjet,
    RendreQuantite,
    RenouvelerPret,
    ReserverModele,
)
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.spec import CAMILLE, installed, memory_place
from tierslieu_core.vocabulaire.identifiants import ModeleId, ObjetId, PersonneId, PretId, RegleId, ReservationModeleId

DEBUT = Instant.from_utc(2026, 10, 23, 9)
PERCEUSES, CABLES = ModeleId("perceuse"), ModeleId("cable")
OBJETS = [ObjetId("o-1"), ObjetId("o-2")]
GENS = [PersonneId("p-1"), PersonneId("p-2")]
EN_MAIN_AU_PLUS = 1
JOURS = st.integers(0, 8)
UN_OBJET, QUELQU_UN = st.sampled_from(OBJETS), st.sampled_from(GENS)


class PretsMachine(RuleBasedStateMachine):
    """Every demand goes to two places, one on SQLite and one on the library's own recorder: they answer alike."""

    @initialize(limite=st.booleans())
    def ouvre(self, limite):
        self.maintenant, self.n = DEBUT, 0
        self.limite = limite
        self.lieux = [Lieu(*ouvrir("memory:"), installed(), lambda: DEBUT), memory_place(maintenant=DEBUT)]
        self.mains: dict[ObjetId, tuple[PersonneId, Date]] = {}
        self.perdus: set[ObjetId] = set()
        self.reservations: list[str] = []
        self.prets: list[str] = []
        self.demande(FonderLieu(nom="Le Quai", personne=CAMILLE, nom_personne="Camille"))
        self.demande(CreerModele(modele=PERCEUSES, nom="Perceuse"))
        self.demande(CreerModele(modele=CABLES, nom="Câble", quantite=3))
        for qui, objet in zip(GENS, OBJETS, strict=True):
            self.demande(InscrirePersonne(personne=qui, nom="Zoé"))
            self.demande(AjouterObjet(objet=objet, modele=PERCEUSES, nom="P"))
        if limite:
            une = AdopterRegle(
                regle=RegleId("une"), genre=Simultanes(maximum=EN_MAIN_AU_PLUS), du=self.jour, motif="assez"
            )
            self.demande(une)

    @property
    def jour(self) -> Date:
        return self.maintenant.to_tz("Europe/Paris").date()

    def demande(self, commande):
        self.n += 1
        une, autre = (
            lieu.executer(commande, par=CAMILLE, cle=f"k-{self.n}", maintenant=self.maintenant) for lieu in self.lieux
        )
        assert (une.verdict, len(une.evenements), une.explication) == (
            autre.verdict, len(autre.evenements), autre.explication,
        )  # fmt: skip
        return une

    @rule(objet=UN_OBJET, qui=QUELQU_UN, jours=JOURS, sur=st.integers(0, 3))
    def preter(self, objet, qui, jours, sur):
        reservation = ReservationModeleId(self.reservations[sur]) if sur < len(self.reservations) else None
        libre = objet not in self.mains and objet not in self.perdus
        retour = self.jour.add(days=jours)
        reponse = self.demande(PreterObjet(objet=objet, personne=qui, retour=retour, reservation=reservation))
        if reponse.verdict == "accord":
            assert libre, "un objet dans deux mains"
            self.mains[objet] = qui, retour
        elif reponse.verdict == "sans_objet":
            assert self.mains[objet] == (qui, retour)
        else:
            assert not libre or reservation or self.limite or reponse.decision.motif.refus == "prets.ModeleAttendu"

    @rule(objet=UN_OBJET, jours=JOURS)
    def renouveler(self, objet, jours):
        qui, retour = self.mains.get(objet, (GENS[0], self.jour))
        nouveau = retour.add(days=jours)
        if self.demande(RenouvelerPret(objet=objet, personne=qui, retour=nouveau)).verdict == "accord":
            assert objet in self.mains
            self.mains[objet] = qui, nouveau

    @rule(objet=UN_OBJET, qui=QUELQU_UN)
    def rendre(self, objet, qui):
        if self.demande(RendreObjet(objet=objet, personne=qui)).verdict == "accord":
            assert objet in self.perdus or self.mains[objet][0] == qui
            self.mains.pop(objet, None)
            self.perdus.discard(objet)

    @rule(objet=UN_OBJET, qui=QUELQU_UN)
    def perdre(self, objet, qui):
        if self.demande(DeclarerPerdu(objet=objet, personne=qui, constat="perdu")).verdict == "accord":
            assert self.mains.pop(objet)[0] == qui
            self.perdus.add(objet)

    @rule(modele=st.sampled_from([PERCEUSES, CABLES]), qui=QUELQU_UN, dans=JOURS, jours=JOURS, n=st.integers(1, 3))
    def reserver(self, modele, qui, dans, jours, n):
        du = self.jour.add(days=dans)
        reponse = self.demande(ReserverModele(modele=modele, personne=qui, du=du, au=du.add(days=jours), quantite=n))
        self.reservations += [str(f.reservation) for f in reponse.evenements]

    @rule(sur=st.integers(0, 3))
    def annuler(self, sur):
        if sur < len(self.reservations):
            self.demande(
                AnnulerReservationModele(reservation=ReservationModeleId(self.reservations[sur]), motif="grippe")
            )

    @rule(qui=QUELQU_UN, jours=JOURS, n=st.integers(1, 3))
    def preter_en_nombre(self, qui, jours, n):
        reponse = self.demande(
            PreterQuantite(modele=CABLES, personne=qui, quantite=n, retour=self.jour.add(days=jours))
        )
        self.prets += [str(f.pret) for f in reponse.evenements if isinstance(f, QuantitePretee)]

    @rule(sur=st.integers(0, 3), n=st.integers(1, 3))
    def rendre_en_nombre(self, sur, n):
        if sur < len(self.prets):
            reponse = self.demande(RendreQuantite(pret=PretId(self.prets[sur]), quantite=n))
            assert all(isinstance(f, QuantiteRendue) for f in reponse.evenements)

    @rule(jours=st.sampled_from([1, 3, 40]))
    def passent(self, jours):
        self.maintenant = self.maintenant.add(hours=24 * jours)

    @invariant()
    def jamais_dans_deux_mains_ni_plus_qu_il_n_y_en_a(self):
        if not hasattr(self, "lieux"):
            return
        for lieu in self.lieux:
            prets = lieu.registre("prets", au=self.jour)
            assert {p.objet: (p.personne, p.retour) for p in prets if not p.perdu} == self.mains
            dehors = sum(p.restent for p in lieu.registre("prets_en_nombre", au=self.jour))
            assert dehors <= 3
            tenues = [
                r for r in lieu.registre("reservations_materiel", au=self.jour) if r.restent and r.du >= self.jour
            ]
            for modele, total in ((PERCEUSES, len(OBJETS)), (CABLES, 3)):
                par_jour = Counter[Date]()
                for r in tenues:
                    for n in range((r.au.to_stdlib() - r.du.to_stdlib()).days + 1):
                        par_jour[r.du.add(days=n)] += r.restent if r.modele == modele else 0
                assert max(par_jour.values(), default=0) <= total
        if self.limite:
            assert max(Counter(qui for qui, _ in self.mains.values()).values(), default=0) <= EN_MAIN_AU_PLUS

    def teardown(self):
        for lieu in getattr(self, "lieux", ()):
            rejeu = lieu.rejouer()
            assert rejeu.fidele, "\n".join(map(str, rejeu.ecarts))
            lieu.fermer()


TestPrets = PretsMachine.TestCase
