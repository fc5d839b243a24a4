"""Simuler avant de voter: the place's own history under proposed rules, by hand."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.domaines.quai import ANA, BEN, BLEUE, LUNDI, MARDI, PERCEUSE, SAMEDI, VERTE, a, regle
from whenever import Date, Instant

from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.cadre.regles import (
    AbrogerRegle,
    AdopterRegle,
    AmenderRegle,
    DeclarerFait,
    Portee,
    SuspendreRegle,
)
from tierslieu_core.domaines.cadre.regles.genres.calendrier import Feries
from tierslieu_core.domaines.cadre.regles.genres.conditions import Choix, Seuil
from tierslieu_core.domaines.cadre.regles.genres.presence import PreavisAnnulation
from tierslieu_core.domaines.cadre.regles.genres.processus import Validation
from tierslieu_core.domaines.cadre.regles.genres.quantites import DureePret
from tierslieu_core.domaines.cadre.regles.genres.quotas import Quota
from tierslieu_core.domaines.cadre.regles.genres.reglages import DureeOption
from tierslieu_core.domaines.cadre.regles.genres.temps import Duree
from tierslieu_core.domaines.cadre.regles.sinon import Marche, Sinon
from tierslieu_core.domaines.moyens.espaces import OuvrirEspace
from tierslieu_core.domaines.moyens.materiel import AjouterObjet, CreerModele
from tierslieu_core.domaines.usages.prets import PreterObjet, RendreObjet, RenouvelerPret
from tierslieu_core.domaines.usages.reservations import (
    AnnulerReservation,
    AttendreCreneau,
    ConfirmerReservation,
    DeplacerReservation,
    EspaceDejaReserve,
    PoserOption,
    ReserverEspace,
)
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.sentences import Speaker
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.spec import CAMILLE, FONDATION, memory_place, record
from tierslieu_core.vocabulaire.faits import FaitDit
from tierslieu_core.vocabulaire.identifiants import ModeleId, RegleId, ReservationId, depuis_cle
from tierslieu_core.vues.simulation import AVERTISSEMENT, Simulation

CHLOE = "chloe"
LUNDI_9_H = Instant.from_utc(2026, 11, 23, 8)
RESERVER, PRETER = Portee(actions=("reserver",)), Portee(actions=("preter",))


@attrs.define
class Histoire:
    """A place whose demands are asked one minute after the other, from Monday at nine."""

    lieu: Lieu = attrs.Factory(lambda: memory_place(maintenant=LUNDI_9_H))
    n: int = 0

    def __attrs_post_init__(self) -> None:
        self("fonder", FonderLieu(nom="Le Quai", personne=CAMILLE, nom_personne="Camille Martin"))
        for qui in (ANA, BEN, CHLOE):
            self(f"inscrire-{qui}", InscrirePersonne(personne=qui, nom=qui.title()))
        for ou in (VERTE, BLEUE):
            self(f"ouvrir-{ou}", OuvrirEspace(espace=ou, nom=ou.title()))
        self("modele", CreerModele(modele=ModeleId("p10"), nom="P10"))
        self("perceuse", AjouterObjet(objet=PERCEUSE, modele=ModeleId("p10"), nom="Perceuse"))

    def __call__(self, cle: str, commande: Any, *, quand: Instant | None = None, des: Instant | None = None) -> str:
        self.n += 1
        when = quand or LUNDI_9_H.add(minutes=self.n)
        return self.lieu.executer(commande, par=CAMILLE, cle=cle, maintenant=when, survenu_le=des).verdict

    def simuler(self, *regles: Any, **comment: Any) -> Simulation:
        return self.lieu.simuler(regles, **{"depuis": LUNDI, **comment})


@pytest.fixture
def ici() -> Histoire:
    return Histoire()


def reserve(qui: str, debut: str, fin: str, espace: str = VERTE, le: Date = MARDI) -> ReserverEspace:
    return ReserverEspace(espace=espace, personne=qui, debut=a(debut, le), fin=a(fin, le))


def pret(qui: str, retour: Date) -> PreterObjet:
    return PreterObjet(objet=PERCEUSE, personne=qui, retour=retour)


def laquelle(cle: str) -> ReservationId:
    return ReservationId(depuis_cle(cle))


def annule(cle: str) -> AnnulerReservation:
    return AnnulerReservation(reservation=laquelle(cle), motif="x")


def adopte(nom: str, genre: Any, portee: Portee = RESERVER) -> AdopterRegle:
    return AdopterRegle(regle=RegleId(nom), genre=genre, portee=portee, du=LUNDI, motif="m")


PROPOSITIONS = [f"regles.{nom}Regle" for nom in ("Adopter", "Amender", "Abroger", "Suspendre")] + [
    "regles.DeclarerFait"
]
DEUX_HEURES = adopte("deux-heures", Duree(maximum_minutes=120))
PERSONNE_N_ANNULE = adopte("preavis", PreavisAnnulation(minimum_minutes=99_999), Portee())


def dit(simulation: Simulation) -> list[tuple[str, Any, Any, str]]:
    return [(d.cle, d.etait, d.serait, d.devient) for d in simulation.differences]


# ── premier ordre et cascade ────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def la_verte(ici: Histoire) -> Histoire:
    """Ana has the green room for four hours, Ben is refused an hour of them; she cancels, too late for him."""
    assert ici("ana", reserve(ANA, "10:00", "14:00")) == "accord"
    assert ici("ben", reserve(BEN, "12:00", "13:00")) == "refus"
    assert ici("annuler", annule("ana")) == "accord"
    return ici


def test_au_premier_ordre_chaque_demande_est_reprise_sur_ce_qui_a_eu_lieu(la_verte: Histoire):
    found = la_verte.simuler(DEUX_HEURES)
    assert (found.ordre, found.decisions, found.autres) == ("premier ordre", 12, 1)
    assert dit(found) == [("ana", "accord", "refus", "refus")]
    (ana,) = found.differences
    assert (ana.personne, ana.par, ana.lieux, ana.publics) == (ANA, CAMILLE, ("espace:verte",), ("non-adherent",))
    assert (ana.jour, ana.commande, ana.titre) == (LUNDI, "reservations.ReserverEspace", "Réserver un espace")
    (alors,) = ana.raisons()
    assert alors == (
        "Règle proposée « deux-heures » : la demande dure 4 h ; 2 h au plus par réservation. Choisissez une durée dans "
        "ces limites."
    )
    assert found.personnes_refusees == (ANA,)
    assert found.avertissement == AVERTISSEMENT


def test_en_cascade_ce_qui_est_refuse_laisse_sa_place_a_qui_suivait(la_verte: Histoire):
    found = la_verte.simuler(DEUX_HEURES, cascade=True)
    assert found.ordre == "cascade"
    assert dit(found) == [
        ("ana", "accord", "refus", "refus"),
        ("ben", "refus", "accord", "accord"),
        ("annuler", "accord", "sans_objet", "sans_suite"),
    ]
    assert (found.autres, found.personnes_refusees) == (2, (ANA,))
    ben = found.differences[1]
    assert isinstance(ben.refus, EspaceDejaReserve)
    (alors,) = ben.raisons(Speaker(str, lambda _, un: un.upper()))
    assert alors.startswith("VERTE n'est pas libre")
    assert found.differences[2].raisons() == ()


def test_ce_que_quelqu_un_d_autre_a_pris_est_un_vrai_refus(ici: Histoire):
    ici("ana", reserve(ANA, "10:00", "14:00"))
    ici("annuler", annule("ana"))
    ici("ben", reserve(BEN, "11:00", "12:00"))
    found = ici.simuler(PERSONNE_N_ANNULE, cascade=True)
    assert dit(found) == [("annuler", "accord", "refus", "refus"), ("ben", "accord", "refus", "refus")]
    assert found.personnes_refusees == (ANA, BEN)


def test_une_regle_de_plus_ne_touche_que_ce_qu_elle_regarde(la_verte: Histoire):
    ailleurs = adopte("ailleurs", Duree(maximum_minutes=1), Portee(espaces=(BLEUE,)))
    for cascade in (False, True):
        assert la_verte.simuler(ailleurs, cascade=cascade).differences == ()
        assert la_verte.simuler(cascade=cascade).differences == ()


# ── les quatre façons de proposer ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("proposee", "autres"),
    [
        (AmenderRegle(regle=RegleId("courte"), genre=Duree(maximum_minutes=90), du=SAMEDI, motif="m"), ["une-heure"]),
        (AdopterRegle(regle=RegleId("courte"), genre=Duree(maximum_minutes=240), du=SAMEDI, motif="m"),
            ["une-heure", "trois-heures"]),
        (AbrogerRegle(regle=RegleId("courte"), du=SAMEDI, motif="m"), ["une-heure", "trois-heures"]),
        (SuspendreRegle(regle=RegleId("courte"), du=SAMEDI, motif="m"), ["une-heure", "trois-heures"]),
        (SuspendreRegle(regle=RegleId("courte"), du=LUNDI, au=LUNDI, motif="m"), ["une-heure"]),
    ],
)  # fmt: skip
def test_une_regle_proposee_remplace_celle_de_son_nom_quelle_que_soit_sa_date(ici, proposee, autres):
    ici("regle", adopte("courte", Duree(maximum_minutes=30)))
    ici("demi-heure", reserve(ANA, "08:00", "08:30"))
    ici("une-heure", reserve(ANA, "09:00", "10:00"))
    mardi = Instant.from_utc(2026, 11, 24, 8)
    ici("trois-heures", reserve(BEN, "10:00", "13:00", le=SAMEDI), quand=mardi)
    amender = AmenderRegle(regle=RegleId("courte"), genre=Duree(maximum_minutes=60), du=SAMEDI, motif="m")
    assert ici("amender", amender, quand=mardi) == "accord"
    assert [d.cle for d in ici.simuler(proposee).differences] == autres
    assert ici.simuler(proposee, depuis=SAMEDI).decisions == 0


def test_une_regle_proposee_l_emporte_sur_ses_pareilles_comme_une_fois_adoptee(ici: Histoire):
    ici("autre-nom", adopte("quatre-heures", Duree(maximum_minutes=240)))
    ici("ana", reserve(ANA, "10:00", "13:00"))
    assert [d.cle for d in ici.simuler(DEUX_HEURES, depuis="2020-01-01").differences] == ["ana"]


def test_ce_que_le_lieu_a_fait_de_ses_autres_regles_arrive_le_jour_dit(ici: Histoire):
    ici("regle", adopte("par-semaine", Quota(maximum=1)))
    ici("une", reserve(ANA, "10:00", "11:00"))
    ici("deux", reserve(ANA, "11:00", "12:00"))
    ici("abroger", AbrogerRegle(regle=RegleId("par-semaine"), du=LUNDI, motif="m"))
    ici("trois", reserve(ANA, "13:00", "16:00"))
    assert dit(ici.simuler(DEUX_HEURES)) == [("trois", "accord", "refus", "refus")]
    sans = AbrogerRegle(regle=RegleId("par-semaine"), du=LUNDI, motif="m")
    (deux,) = ici.simuler(sans).differences
    assert (deux.cle, deux.devient, deux.refus) == ("deux", "accord", None)
    assert deux.clauses[0].startswith("Règle « par-semaine » (version 1, en vigueur depuis le lundi 23 novembre 2026)")


def test_de_deux_regles_du_meme_jour_celle_qui_est_proposee_l_emporte(ici: Histoire):
    ici("regle", adopte("a", Duree(maximum_minutes=60)))
    ici("une-heure", reserve(ANA, "10:00", "11:00"))
    assert dit(ici.simuler(adopte("z", Duree(maximum_minutes=30)))) == [("une-heure", "accord", "refus", "refus")]


def test_ce_qui_serait_a_valider_garde_la_place_et_se_dit(ici: Histoire):
    ici("ana", reserve(ANA, "10:00", "14:00"))
    ici("ben", reserve(BEN, "12:00", "13:00"))
    ici("options", adopte("options", DureeOption(heures=48), Portee()))
    ici("option", PoserOption(espace=BLEUE, personne=BEN, debut=a("12:00", SAMEDI), fin=a("13:00", SAMEDI)))
    valider = adopte("valider", Validation(des_minutes=180))
    found = ici.simuler(valider, cascade=True)
    assert dit(found) == [("ana", "accord", "a_valider", "a_valider")]
    assert "Règle proposée « valider »" in found.differences[0].clauses[0]
    plus_courte = adopte("options", DureeOption(heures=1), Portee())
    assert dit(ici.simuler(plus_courte)) == [("option", "accord", "accord", "autrement")]


def test_ce_qui_n_attendrait_plus_de_reponse_n_en_refuse_aucune(ici: Histoire):
    ici("regle", adopte("valider", Validation(par="coordination")))
    ici("ana", reserve(ANA, "10:00", "14:00"))
    ici("oui", ConfirmerReservation(reservation=laquelle("ana")))
    found = ici.simuler(AbrogerRegle(regle=RegleId("valider"), du=LUNDI, motif="m"), cascade=True)
    assert [(d.cle, d.devient) for d in found.differences] == [("ana", "accord"), ("oui", "sans_suite")]


def test_ce_qui_aurait_une_suite_est_compte_a_part(ici: Histoire):
    ici("ana", reserve(ANA, "10:00", "14:00"))
    rappel = Sinon(effet="sanction", echelle=(Marche(mesure="rappel"),))
    proposee = attrs.evolve(DEUX_HEURES, sinon=rappel)
    for cascade in (False, True):
        found = ici.simuler(proposee, cascade=cascade)
        suite = [("ana.2.sanction.0", None, "accord", "accord")] if cascade else []
        assert dit(found) == [("ana", "accord", "accord", "sanction"), *suite]
        assert "rappel" in found.differences[0].clauses[0]


def test_une_exception_leve_une_regle_proposee_avec_elle(ici: Histoire):
    ici("ana", reserve(ANA, "10:00", "14:00"))
    ici("ben", reserve(BEN, "15:00", "18:00"))
    soir = AdopterRegle(
        regle=RegleId("pour-ana"), genre=Duree(maximum_minutes=600), portee=Portee(personnes=(ANA,)), du=LUNDI,
        motif="m", leve=(RegleId("deux-heures"),),
    )  # fmt: skip
    assert [d.cle for d in ici.simuler(DEUX_HEURES, soir).differences] == ["ben"]
    with pytest.raises(DemandeInvalide, match="deux-heures"):
        ici.simuler(soir)


# ── ce qui suit ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_d_un_pret_qui_n_a_pas_lieu_rien_ne_suit(ici: Histoire):
    ici("ana", pret(ANA, Date(2026, 12, 5)))
    ici("ben", pret(BEN, SAMEDI))
    ici("encore", RenouvelerPret(objet=PERCEUSE, personne=ANA, retour=Date(2026, 12, 9)))
    ici("rendre", RendreObjet(objet=PERCEUSE, personne=ANA))
    ici("chloe", pret(CHLOE, SAMEDI))
    found = ici.simuler(adopte("sept", DureePret(maximum_jours=7), PRETER), cascade=True)
    assert [(d.cle, d.devient) for d in found.differences] == [
        ("ana", "refus"), ("ben", "accord"), ("encore", "sans_suite"), ("rendre", "sans_suite"), ("chloe", "refus"),
    ]  # fmt: skip
    assert found.personnes_refusees == (ANA, CHLOE)
    assert found.par("espace") == {"objet:perceuse": {"refus": 2, "accord": 1, "sans_suite": 2}}


def test_ce_qui_suivait_d_un_fait_qui_n_a_pas_lieu_n_est_plus_demande(ici: Histoire):
    ici("ana", reserve(ANA, "10:00", "14:00"))
    attendre = AttendreCreneau(espace=VERTE, personne=BEN, debut=a("12:00"), fin=a("13:00"))
    ici("ben", attendre)
    assert ici("annuler", annule("ana")) == "accord"
    found = ici.simuler(DEUX_HEURES, cascade=True)
    assert [(d.cle.partition(".")[0], d.serait, d.devient) for d in found.differences] == [
        ("ana", "refus", "refus"),
        ("ben", "refus", "sans_suite"),
        ("annuler", "sans_objet", "sans_suite"),
        ("annuler", None, "sans_suite"),
    ]


def test_ce_qui_suit_d_un_fait_nouveau_est_demande_aussitot(ici: Histoire):
    ici("preavis", PERSONNE_N_ANNULE)
    ici("seule", reserve(ANA, "10:00", "14:00", BLEUE))
    ici("personne-n-attend", annule("seule"))
    ici("ana", reserve(ANA, "10:00", "14:00"))
    ici("ben", AttendreCreneau(espace=VERTE, personne=BEN, debut=a("12:00"), fin=a("13:00")))
    assert ici("annuler", annule("ana")) == "refus"
    ici("chloe", reserve(CHLOE, "12:30", "13:30"))
    found = ici.simuler(AbrogerRegle(regle=RegleId("preavis"), du=LUNDI, motif="m"), cascade=True)
    assert [(d.cle.partition(".")[0], d.etait, d.devient, d.personne) for d in found.differences] == [
        ("personne-n-attend", "refus", "accord", ANA),
        ("annuler", "refus", "accord", ANA),
        ("annuler", None, "accord", BEN),
    ]
    assert found.autres == 2
    assert ici.simuler(PERSONNE_N_ANNULE, cascade=True).differences == ()


def test_ce_qui_suit_d_un_fait_autre_est_demande_ou_l_histoire_le_demandait(ici: Histoire):
    ici("ana", reserve(ANA, "10:00", "12:00"))
    ici("chloe", reserve(CHLOE, "14:00", "18:00", BLEUE))
    deplacer = DeplacerReservation(reservation=laquelle("ana"), debut=a("14:00"), fin=a("17:00"))
    ici("deplacer", deplacer)
    ici("attendre", AttendreCreneau(espace=VERTE, personne=BEN, debut=a("15:00"), fin=a("16:00")))
    assert ici("annuler", annule("ana")) == "accord"
    found = ici.simuler(adopte("deux-heures", Duree(maximum_minutes=120), Portee(espaces=(VERTE,))), cascade=True)
    assert [(d.cle.partition(".")[0], d.etait, d.devient) for d in found.differences] == [
        ("deplacer", "accord", "refus"),
        ("attendre", "accord", "sans_suite"),
        ("annuler", "accord", "autrement"),
        ("annuler", "accord", "sans_suite"),
    ]


# ── quand, combien ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_les_mois_et_les_jours_sont_ceux_du_lieu(ici: Histoire):
    minuit_passe, avant = Instant.from_utc(2026, 11, 30, 23, 30), Instant.from_utc(2026, 11, 30, 22, 30)
    le = Date(2026, 12, 5)
    ici("avant", reserve(ANA, "08:00", "12:00", le=le), quand=avant)
    ici("apres", reserve(ANA, "13:00", "17:00", le=le), quand=minuit_passe)
    found = ici.simuler(DEUX_HEURES)
    assert found.par("mois") == {"2026-11": {"refus": 1}, "2026-12": {"refus": 1}}
    assert found.par("espace") == {"espace:verte": {"refus": 2}}
    assert found.par("public") == {"non-adherent": {"refus": 2}}
    decembre = ici.simuler(DEUX_HEURES, depuis="2026-12-01")
    assert [d.cle for d in decembre.differences] == ["apres"]
    assert decembre.decisions == 1
    novembre = ici.simuler(DEUX_HEURES, jusqu_a="2026-11-30")
    assert [d.cle for d in novembre.differences] == ["avant"]
    en_cascade = ici.simuler(DEUX_HEURES, depuis="2026-12-01", cascade=True)
    assert en_cascade.differences == decembre.differences


def test_ce_qui_a_pris_effet_avant_suit_le_passe_simule_sans_etre_compte(ici: Histoire):
    mardi = Instant.from_utc(2026, 11, 24, 8)
    ici("ana", reserve(ANA, "10:00", "14:00", le=SAMEDI), quand=mardi)
    ici("hier", reserve(BEN, "10:00", "11:00", le=SAMEDI), quand=mardi, des=LUNDI_9_H)
    ici("chloe", reserve(CHLOE, "10:30", "11:30", le=SAMEDI), quand=mardi)
    found = ici.simuler(DEUX_HEURES, depuis=MARDI, cascade=True)
    assert (dit(found), found.decisions) == ([("ana", "accord", "refus", "refus")], 2)


def test_un_lieu_sans_histoire_n_a_rien_a_simuler():
    assert memory_place().simuler((), LUNDI).decisions == 0


def test_le_progres_est_dit_decision_par_decision(la_verte: Histoire):
    seen: list[int] = []
    la_verte.simuler(DEUX_HEURES, progres=seen.append)
    assert seen == list(range(1, 13))


def test_rien_n_est_enregistre(la_verte: Histoire):
    avant = [e.event for e in la_verte.lieu.recorder.read()]
    for cascade in (False, True):
        la_verte.simuler(DEUX_HEURES, cascade=cascade)
    assert [e.event for e in la_verte.lieu.recorder.read()] == avant
    assert RegleId("deux-heures") not in la_verte.lieu.livre.reglement.versions


def test_des_faits_sans_decision_comptent_aussi():
    lieu = memory_place()
    record(lieu, [*FONDATION, regle("courte", "duree", maximum_minutes=30)])
    for cascade in (False, True):
        assert lieu.simuler((), LUNDI, cascade=cascade).decisions == 0


# ── ce que l'on sait des jours ──────────────────────────────────────────────────────────────────────────────────────


def test_une_regle_proposee_demande_ce_que_personne_n_avait_demande(ici: Histoire):
    ici("ana", reserve(ANA, "10:00", "11:00"))
    ici.lieu.handler.source = lambda quoi, _: "Fête du Quai" if quoi.startswith("ferie") else None
    (ana,) = ici.simuler(adopte("feries", Feries())).differences
    assert ana.devient == "refus"
    assert "Fête du Quai" in ana.clauses[0]


def test_ce_que_l_on_savait_alors_reste_su(ici: Histoire):
    ici.lieu.handler.source = lambda quoi, _: "" if quoi.startswith("ferie") else None
    ici("regle", adopte("feries", Feries()))
    assert ici("ana", reserve(ANA, "10:00", "14:00")) == "accord"
    ici.lieu.handler.source = lambda _quoi, _mots: "Fête du Quai"
    assert ici.simuler(adopte("feries", Feries(), Portee(actions=("reserver",), espaces=(VERTE,)))).differences == ()


def test_ce_que_personne_ne_savait_alors_reste_inconnu(ici: Histoire):
    ici.lieu.handler.source = lambda _quoi, _mots: None
    ici("regle", adopte("feries", Feries()))
    assert ici("ana", reserve(ANA, "10:00", "14:00")) == "a_valider"
    ici.lieu.handler.source = lambda _quoi, _mots: "Fête du Quai"
    for cascade in (False, True):
        assert ici.simuler(cascade=cascade).differences == ()
    assert dit(ici.simuler(DEUX_HEURES)) == [("ana", "a_valider", "refus", "refus")]


# ── ce qui ne peut pas être simulé ──────────────────────────────────────────────────────────────────────────────────


def test_ce_qui_ne_peut_pas_etre_simule_est_dit_en_entier(ici: Histoire):
    with pytest.raises(DemandeInvalide) as dits:
        ici.simuler(
            annule("ana"),
            adopte("salle", Duree(maximum_minutes=0), Portee(espaces=("rouge",))),
            AbrogerRegle(regle=RegleId("jamais"), du=LUNDI, motif="m"),
            DEUX_HEURES,
            DEUX_HEURES,
            jusqu_a="2026-11-01",
        )
    assert list(dits.value.erreurs) == [
        ("jusqu_a", "2026-11-01 est avant 2026-11-23"),
        ("règle 1", f"une proposition est {' ou '.join(PROPOSITIONS)}"),
        ("règle 2.genre.maximum_minutes", "un nombre de 1 au moins, reçu 0"),
        ("règle 2.portee.espaces", "espace « rouge » inconnu(e) du lieu"),
        ("règle 3.regle", "regle « jamais » inconnu(e) du lieu"),
        ("règle 4", "« deux-heures » vient 2 fois : une seule proposition par règle ou par fait"),
        ("règle 5", "« deux-heures » vient 2 fois : une seule proposition par règle ou par fait"),
    ]  # fmt: skip


# ── ce que le lieu demanderait ──────────────────────────────────────────────────────────────────────────────────────

JOUEURS = DeclarerFait(fait="joueurs", type="nombre", libelle="Joueurs")
QUATRE = adopte("quatre", Seuil(faits=("joueurs",), maximum=4))


def a_plusieurs(qui: str, debut: str, fin: str, joueurs: int) -> ReserverEspace:
    return attrs.evolve(reserve(qui, debut, fin), faits=(FaitDit("joueurs", str(joueurs)),))


def test_un_fait_que_personne_n_a_demande_n_est_pas_dit(ici: Histoire):
    ici("ana", reserve(ANA, "10:00", "14:00"))
    with pytest.raises(DemandeInvalide, match="n'est ni mesuré ni demandé"):
        ici.simuler(QUATRE)
    found = ici.simuler(QUATRE, JOUEURS)
    assert dit(found) == [("ana", "accord", "a_valider", "a_valider")]
    assert "joueurs : 4 au plus ; ce n'est pas dit" in found.differences[0].clauses[0]
    assert ici.simuler(JOUEURS, cascade=True).differences == ()


def test_un_fait_que_le_lieu_demande_est_lu_comme_il_est_propose(ici: Histoire):
    ici("declarer", JOUEURS)
    ici("ana", a_plusieurs(ANA, "10:00", "11:00", 4))
    ici("ben", a_plusieurs(BEN, "12:00", "13:00", 5))
    ici("redire", JOUEURS)
    for comment in ({}, {"cascade": True}):
        assert dit(ici.simuler(QUATRE, JOUEURS, **comment)) == [("ben", "accord", "refus", "refus")]
        assert ici.simuler(JOUEURS, **comment).differences == ()
    en_mots = attrs.evolve(JOUEURS, type="mot", valeurs=("4", "six"))
    un_de_quatre = adopte("a-quatre", Choix(fait="joueurs", parmi=("4",)))
    assert dit(ici.simuler(un_de_quatre, en_mots)) == [("ben", "accord", "a_valider", "a_valider")]


def test_un_fait_se_propose_une_fois(ici: Histoire):
    with pytest.raises(DemandeInvalide, match="« fait joueurs » vient 2 fois"):
        ici.simuler(JOUEURS, JOUEURS)
