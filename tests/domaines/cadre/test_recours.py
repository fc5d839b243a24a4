"""Ce que devient une décision : contestée dans son délai, tranchée par qui le lieu désigne, revue ; jamais réécrite."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.domaines.quai import BLEUE, VERTE
from whenever import Date, Instant

from tierslieu_core.domaines.cadre.recours import ANNULABLES, SANCTIONS, EffetsAnnules
from tierslieu_core.domaines.cadre.regles.derogations import DerogationAccordee
from tierslieu_core.kernel.decisions import Reponse
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.personal import Scelle
from tierslieu_core.kernel.sentences import refusal
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.spec import MAINTENANT, memory_place
from tierslieu_core.vocabulaire.identifiants import PersonneId

JOUR = 24


class Quai:
    """A place, its clock, and what is asked of it by name."""

    def __init__(self) -> None:
        self.quand = MAINTENANT
        self.lieu: Lieu = memory_place()
        self.lieu.horloge = lambda: self.quand
        self.n = 0
        self.faire("gouvernance.FonderLieu", nom="Le Quai", personne="camille", nom_personne="Camille Martin")
        for qui in ("ana", "ben", "dom", "eli", "parent"):
            self.faire("identites.InscrirePersonne", personne=qui, nom=qui.title())
        self.faire("gouvernance.DonnerMandat", personne="dom", role="coordination", du="2026-11-23")
        self.faire("gouvernance.DonnerMandat", personne="eli", role="comite", du="2026-11-23")
        self.faire("espaces.OuvrirEspace", espace=VERTE, nom="Salle verte")
        self.faire("espaces.OuvrirEspace", espace=BLEUE, nom="Salle bleue")
        self.faire("adhesions.AdmettreAdherent", personne="ana", palier="adherent", du="2026-01-01", au="2026-12-31")

    def faire(self, commande: str, par: str = "camille", cle: str | None = None, **champs: Any) -> Reponse:
        self.n += 1
        reponse = self.lieu.demander(commande, champs, par=par, cle=cle or f"q-{self.n}", maintenant=self.quand)
        assert not self.lieu.handler.unfinished, self.lieu.handler.unfinished
        return reponse

    def regle(self, nom: str, genre: dict[str, Any], **autres: Any) -> None:
        assert self.faire(
            "regles.AdopterRegle", regle=nom, genre=genre, du=self.jour().format_iso(), motif="assemblée", **autres
        ).acceptee

    def recours(self, **parametres: Any) -> None:
        self.regle("recours", {"genre": "recours", "organe": "comite", **parametres})

    def jour(self) -> Date:
        return self.lieu.aujourdhui

    def passer(self, jours: int) -> None:
        self.quand = self.quand.add(hours=JOUR * jours)

    def exclure(self, par: str = "dom") -> str:
        """Exclude ana, after a hearing held that day; the key of the decision."""
        self.faire("adhesions.ConvoquerAudition", personne="ana", le=self.jour().format_iso(), motif="menaces")
        self.faire("adhesions.ConstaterAudition", personne="ana", presence=True)
        assert self.faire("adhesions.ExclureAdherent", par, "exclusion", personne="ana", motif="menaces").acceptee
        return "exclusion"

    def suspendre(self, cle: str = "suspension") -> str:
        du, au = self.jour(), self.jour().add(days=20)
        assert self.faire(
            "adhesions.SuspendreAdhesion", "camille", cle, personne="ana", du=du.format_iso(), au=au.format_iso(),
            motif="bruit",
        ).acceptee  # fmt: skip
        return cle

    def former(self, decision: str, par: str = "ana", **autres: Any) -> Reponse:
        return self.faire(
            "recours.FormerRecours", par, **{"decision": decision, "personne": "ana", "motif": "m", **autres}
        )

    def trancher(self, forme: Reponse, issue: str, effets: str, par: str = "eli", **autres: Any) -> Reponse:
        lequel = forme.evenements[0].recours
        champs = {"recours": lequel, "personne": "ana", "issue": issue, "effets": effets, "motif": "entendu", **autres}
        return self.faire("recours.TrancherRecours", par, **champs)

    def reviser(self, decision: str, effets: str, par: str = "camille", **autres: Any) -> Reponse:
        champs = {"decision": decision, "personne": "ana", "effets": effets, "motif": "témoin", **autres}
        return self.faire("recours.ReviserDecision", par, **champs)

    def etat(self) -> str:
        return next(r.etat for r in self.lieu.registre("adhesions") if r.personne == "ana")

    def membre(self) -> bool:
        """Whether ana counts as a member today: what the rules on her bookings would measure."""
        heures = {"debut": f"{self.jour()}T20:00", "fin": f"{self.jour()}T21:00"}
        asked = self.lieu.commande("reservations.ReserverEspace", {"espace": BLEUE, "personne": "ana", **heures})
        answer = self.lieu.executer(asked, par="camille", essai=True)
        return b'"adherent"' in bytes(answer.decision.mesures)

    def fidele(self) -> None:
        rejeu = self.lieu.rejouer()
        assert rejeu.fidele, rejeu.ecarts


@pytest.fixture
def quai() -> Quai:
    return Quai()


def nom(reponse: Reponse) -> str:
    """What the place answered: the refusal's stored name, or the verdict."""
    return reponse.verdict if reponse.decision.motif is None else reponse.decision.motif.refus


def dit(reponse: Reponse) -> str:
    return " ".join(reponse.explication)


# ── former ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_on_conteste_dans_le_delai_et_redire_ne_change_rien(quai: Quai):
    quai.recours(delai_jours=10)
    cle = quai.suspendre()
    quai.passer(10)
    assert quai.former(cle).acceptee
    assert nom(quai.former(cle)) == "sans_objet"
    quai.fidele()


def test_le_lendemain_du_delai_est_trop_tard(quai: Quai):
    quai.recours(delai_jours=10)
    cle = quai.suspendre()
    quai.passer(11)
    tard = quai.former(cle)
    assert nom(tard) == "recours.HorsDelai"
    assert "se formait jusqu'au jeudi 3 décembre 2026" in dit(tard)
    quai.fidele()


def test_sans_regle_il_n_y_a_pas_de_recours(quai: Quai):
    refuse = quai.former(quai.suspendre())
    assert nom(refuse) == "recours.SansRecours"
    assert "recours.ReviserDecision" in dit(refuse)


def test_une_regle_n_ouvre_que_les_recours_de_sa_portee(quai: Quai):
    quai.recours(delai_jours=10)
    quai.regle("sans", {"genre": "recours", "delai_jours": 1}, portee={"actions": ["adhesions.SuspendreAdhesion"]})
    cle = quai.suspendre()
    quai.passer(2)
    assert nom(quai.former(cle)) == "recours.HorsDelai"


def test_on_ne_conteste_que_ce_qui_existe_et_ce_qui_concerne(quai: Quai):
    quai.recours()
    cle = quai.suspendre()
    assert nom(quai.former("nulle-part")) == "recours.DecisionInconnue"
    assert nom(quai.former(cle, "ben", personne="ben")) == "recours.DecisionDUnAutre"
    assert nom(quai.former(cle, "ben")) == "gouvernance.MandatManquant"
    with pytest.raises(DemandeInvalide, match="n'est pas une clé"):
        quai.former("é")
    quai.fidele()


def test_qui_represente_conteste_a_la_place(quai: Quai):
    quai.recours()
    cle = quai.suspendre()
    quai.faire("identites.RepresenterPersonne", personne="ana", representant="parent", du="2026-11-23")
    assert quai.former(cle, "parent").note.mandat == "soi"


def test_ce_qui_n_a_rien_decide_ne_se_conteste_pas(quai: Quai):
    quai.recours()
    quai.suspendre()
    quai.suspendre("encore")
    assert nom(quai.former("encore")) == "recours.RienDeDecide"


def test_la_reponse_a_un_recours_ne_se_conteste_pas(quai: Quai):
    quai.recours()
    forme = quai.former(quai.suspendre())
    tranche = quai.trancher(forme, "maintenir", "garder")
    assert nom(quai.former(tranche.cle)) == "recours.SansRecours"


def test_d_une_suite_c_est_la_cause_qui_se_conteste(quai: Quai):
    quai.recours()
    (suite,) = quai.trancher(quai.former(quai.suspendre()), "annuler", "annuler").suites
    assert nom(quai.former(suite.cle)) == "recours.SansRecours"


# ── trancher ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_seul_l_organe_designe_tranche_et_une_seule_fois(quai: Quai):
    quai.recours()
    forme = quai.former(quai.suspendre())
    ailleurs = quai.trancher(forme, "maintenir", "garder", "dom")
    assert nom(ailleurs) == "recours.OrganeAutre"
    assert "C'est à comite de répondre" in dit(ailleurs)
    assert quai.trancher(forme, "maintenir", "garder").acceptee
    assert nom(quai.trancher(forme, "maintenir", "garder")) == "sans_objet"
    assert nom(quai.trancher(forme, "annuler", "garder")) == "recours.DejaTranche"
    assert nom(quai.former("suspension")) == "recours.DejaTranche"
    quai.fidele()


def test_nul_ne_tranche_le_recours_d_un_autre_nom_ni_un_recours_inconnu(quai: Quai):
    quai.recours()
    forme = quai.former(quai.suspendre())
    assert nom(quai.trancher(forme, "maintenir", "garder", personne="ben")) == "recours.RecoursInconnu"
    with pytest.raises(DemandeInvalide):
        quai.trancher(forme, "maintenir", "garder", recours="nul")
    with pytest.raises(DemandeInvalide, match="une décision maintenue garde ses effets"):
        quai.trancher(forme, "maintenir", "annuler")


@pytest.mark.parametrize(("autrui", "attendu"), [(True, "recours.JugeEtPartie"), (False, "accord")])
def test_qui_a_pris_la_decision_n_y_repond_pas_si_le_lieu_le_dit(quai: Quai, autrui: bool, attendu: str):  # noqa: FBT001 - a row of the table
    quai.recours(autrui=autrui)
    quai.faire("gouvernance.DonnerMandat", personne="camille", role="comite", du="2026-11-23")
    forme = quai.former(quai.suspendre())
    assert nom(quai.trancher(forme, "maintenir", "garder", "camille")) == attendu


def test_nul_ne_tranche_son_propre_recours(quai: Quai):
    quai.recours(autrui=False)
    quai.faire("gouvernance.DonnerMandat", personne="ana", role="comite", du="2026-11-23")
    forme = quai.former(quai.suspendre())
    assert nom(quai.trancher(forme, "annuler", "annuler", "ana")) == "recours.JugeEtPartie"
    quai.faire("identites.RepresenterPersonne", personne="ana", representant="eli", du="2026-11-23")
    assert nom(quai.trancher(forme, "annuler", "annuler")) == "recours.JugeEtPartie"


def test_une_suspension_annulee_ne_compte_plus(quai: Quai):
    quai.recours()
    forme = quai.former(quai.suspendre())
    assert quai.etat() == "suspendue"
    tranche = quai.trancher(forme, "annuler", "annuler")
    assert [s.verdict for s in tranche.suites] == ["accord"]
    assert quai.etat() == "à jour"
    quai.fidele()


def test_une_exclusion_annulee_rend_l_adhesion(quai: Quai):
    quai.recours()
    forme = quai.former(quai.exclure())
    assert quai.etat() == "exclue"
    quai.trancher(forme, "annuler", "annuler")
    assert quai.etat() == "à jour"
    quai.fidele()


def test_une_decision_changee_peut_garder_ses_effets(quai: Quai):
    quai.recours()
    forme = quai.former(quai.exclure())
    tranche = quai.trancher(forme, "changer", "garder")
    assert not tranche.suites
    assert quai.etat() == "exclue"


def test_ce_qui_ne_se_defait_pas_seul_le_dit(quai: Quai):
    quai.recours()
    quai.faire("adhesions.RenouvelerAdhesion", "camille", "renouvelee", personne="ana", au="2027-06-30")
    forme = quai.former("renouvelee")
    refuse = quai.trancher(forme, "annuler", "annuler")
    assert nom(refuse) == "recours.RienAAnnuler"
    assert "Gardez ses effets" in dit(refuse)
    assert quai.trancher(forme, "annuler", "garder").acceptee


# ── un refus changé : une dérogation, et la demande se refait ───────────────────────────────────────────────────────

DEMANDE = {"espace": VERTE, "personne": "ana", "debut": "2026-12-01T10:00", "fin": "2026-12-01T18:00"}


def refusee(quai: Quai) -> Reponse:
    quai.recours()
    quai.regle("courtes", {"genre": "duree", "maximum_minutes": 120})
    refus = quai.faire("reservations.ReserverEspace", "ana", "trop-long", **DEMANDE)
    assert nom(refus) == "decisions.RegleContraire"
    return quai.former("trop-long")


def test_un_refus_change_leve_la_regle_pour_que_la_demande_se_refasse(quai: Quai):
    tranche = quai.trancher(refusee(quai), "changer", "annuler")
    (derogation,) = [f for f in tranche.evenements if isinstance(f, DerogationAccordee)]
    le = Date(2026, 12, 1)
    assert (derogation.regle, derogation.du, derogation.au) == ("courtes", le, le)
    assert (derogation.categorie, derogation.decision) == ("recours", "trop-long")
    assert quai.faire("reservations.ReserverEspace", "ana", **DEMANDE).acceptee
    quai.fidele()


def test_le_jour_passe_on_a_un_temps_pour_redemander(quai: Quai):
    forme = refusee(quai)
    quai.passer(20)
    tranche = quai.trancher(forme, "changer", "annuler")
    (derogation,) = [f for f in tranche.evenements if isinstance(f, DerogationAccordee)]
    assert (derogation.du, derogation.au) == (Date(2026, 12, 13), Date(2027, 1, 12))


def test_une_regle_abrogee_depuis_n_est_plus_a_lever(quai: Quai):
    forme = refusee(quai)
    quai.faire("regles.AbrogerRegle", regle="courtes", du="2026-11-24", motif="essai fini")
    assert len(quai.trancher(forme, "changer", "annuler").evenements) == 1


def test_un_fait_qui_refuse_ne_se_leve_pas(quai: Quai):
    quai.recours()
    quai.faire("reservations.ReserverEspace", "ben", **{**DEMANDE, "personne": "ben"})
    assert nom(quai.faire("reservations.ReserverEspace", "ana", "prise", **DEMANDE)) == "reservations.EspaceDejaReserve"
    refuse = quai.trancher(quai.former("prise"), "changer", "annuler")
    assert nom(refuse) == "recours.RienAAnnuler"
    assert "un fait la refuse" in dit(refuse)


def test_le_non_d_une_instance_a_une_reservation_s_annule(quai: Quai):
    quai.recours()
    quai.regle("accord", {"genre": "validation", "par": "coordination"})
    attend = quai.faire("reservations.ReserverEspace", "ana", **DEMANDE)
    laquelle = attend.evenements[0].reservation
    quai.faire("reservations.RefuserReservation", "dom", "non", reservation=laquelle, motif="complet")
    tranche = quai.trancher(quai.former("non"), "annuler", "annuler")
    assert [s.verdict for s in tranche.suites] == ["accord"]
    assert quai.lieu.registre("reservations")[0].etat.startswith("en attente de coordination")
    quai.fidele()


def test_une_habilitation_retiree_a_tort_revient(quai: Quai):
    quai.recours()
    quai.faire("formations.AccorderHabilitation", personne="ana", habilitation="scie", du="2026-11-23")
    quai.passer(1)
    quai.faire("formations.RetirerHabilitation", "camille", "retrait", personne="ana", habilitation="scie", motif="x")
    assert not quai.lieu.registre("habilitations")
    quai.trancher(quai.former("retrait"), "annuler", "annuler")
    assert len(quai.lieu.registre("habilitations")) == 1


def test_une_suspension_d_emprunts_s_annule(quai: Quai):
    quai.recours()
    cle = en_retard(quai)
    assert nom(emprunter(quai)) == "prets.PasDEmprunt"
    quai.trancher(quai.former(cle), "annuler", "annuler")
    assert emprunter(quai).acceptee
    quai.fidele()


def en_retard(quai: Quai) -> str:
    """A late loan of ana's, for which she is suspended."""
    quai.regle("retards", {"genre": "retards", "etapes": [{"jours": 1, "mesure": "suspension", "duree_jours": 60}]})
    quai.faire("materiel.CreerModele", modele="p10", nom="Perceuse")
    for un in ("perceuse", "scie"):
        quai.faire("materiel.AjouterObjet", objet=un, modele="p10", nom=un)
    quai.faire("prets.PreterObjet", objet="perceuse", personne="ana", retour="2026-11-24")
    quai.passer(2)
    relance = quai.faire("prets.RelancerPret", "camille", "relance", objet="perceuse")
    assert len(relance.evenements) == 2
    return "relance"


def emprunter(quai: Quai) -> Reponse:
    retour = quai.jour().add(days=2).format_iso()
    return quai.faire("prets.PreterObjet", objet="scie", personne="ana", retour=retour)


# ── suspensif ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("sanctionner", [Quai.exclure, Quai.suspendre])
def test_un_recours_suspensif_laisse_l_effet_en_attente_jusqu_a_la_reponse(quai: Quai, sanctionner: Any):
    quai.recours(suspensif=True)
    cle = sanctionner(quai)
    quai.passer(1)
    assert not quai.membre()
    forme = quai.former(cle)
    assert quai.membre()
    quai.trancher(forme, "maintenir", "garder")
    assert not quai.membre()
    quai.fidele()


def test_un_recours_non_suspensif_ne_suspend_rien(quai: Quai):
    quai.recours()
    quai.former(quai.suspendre())
    assert not quai.membre()


def test_un_recours_ne_suspend_que_la_sanction_qu_il_conteste(quai: Quai):
    quai.recours(suspensif=True)
    cle = quai.suspendre()
    quai.exclure()
    quai.passer(1)
    quai.former(cle)
    assert not quai.membre()
    quai.former("exclusion")
    assert quai.membre()


def test_qui_n_a_pas_d_adhesion_propre_ne_la_gagne_pas_en_contestant(quai: Quai):
    quai.recours(suspensif=True)
    for commande, champs in (
        ("adhesions.ConvoquerAudition", {"le": "2026-11-23", "motif": "x"}),
        ("adhesions.ConstaterAudition", {"presence": True}),
    ):
        quai.faire(commande, personne="ben", **champs)
    quai.faire("adhesions.ExclureAdherent", "dom", "ben-exclu", personne="ben", motif="x")
    quai.former("ben-exclu", "ben", personne="ben")
    heures = {"debut": "2026-11-23T20:00", "fin": "2026-11-23T21:00"}
    asked = quai.lieu.commande("reservations.ReserverEspace", {"espace": BLEUE, "personne": "ben", **heures})
    mesures = quai.lieu.executer(asked, par="camille", essai=True).decision.mesures
    assert '"publics":["non-adherent"]' in bytes(mesures).decode()


def test_un_recours_suspensif_laisse_emprunter(quai: Quai):
    quai.recours(suspensif=True)
    forme = quai.former(en_retard(quai))
    assert emprunter(quai).acceptee
    quai.trancher(forme, "maintenir", "garder")
    assert nom(quai.faire("prets.PreterObjet", objet="scie", personne="ana", retour="2026-12-20")) != "accord"
    quai.fidele()


# ── revoir ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_qui_a_pris_une_decision_la_revoit_et_la_premiere_reste(quai: Quai):
    cle = quai.suspendre()
    revue = quai.reviser(cle, "annuler")
    assert revue.acceptee
    assert quai.etat() == "à jour"
    assert nom(quai.reviser(cle, "annuler")) == "sans_objet"
    assert nom(quai.reviser(cle, "garder")) == "recours.DejaAnnulee"
    phrases = [p for t in quai.lieu.audit("personne:ana") for p in t.phrases]
    assert any("est suspendue" in p and "ne compte plus" in p for p in phrases)
    quai.fidele()


def test_on_peut_la_revoir_sans_toucher_a_ses_effets(quai: Quai):
    quai.recours()
    cle = quai.suspendre()
    assert quai.reviser(cle, "garder").acceptee
    assert nom(quai.reviser(cle, "garder")) == "sans_objet"
    assert quai.etat() == "suspendue"
    assert quai.former(cle).acceptee
    assert quai.reviser(cle, "annuler").acceptee


def test_un_autre_ne_la_revoit_pas_mais_l_organe_au_dessus_oui(quai: Quai):
    quai.recours()
    cle = quai.suspendre()
    refuse = quai.reviser(cle, "annuler", "dom")
    assert nom(refuse) == "recours.PasASoiDeReviser"
    assert "ou à comite, de la revoir" in dit(refuse)
    assert quai.reviser(cle, "annuler", "eli").acceptee


def test_sans_regle_de_recours_la_coordination_revoit(quai: Quai):
    cle = quai.suspendre()
    assert nom(quai.reviser(cle, "annuler", "ben")) == "recours.PasASoiDeReviser"
    assert quai.reviser(cle, "annuler", "dom").acceptee


def test_nul_ne_revoit_ce_qui_le_concerne(quai: Quai):
    quai.faire("gouvernance.DonnerMandat", personne="ana", role="coordination", du="2026-11-23")
    cle = quai.suspendre()
    assert nom(quai.reviser(cle, "annuler", "ana")) == "recours.JugeEtPartie"


def test_on_ne_leve_pas_soi_meme_le_refus_de_sa_demande(quai: Quai):
    refusee(quai)
    assert nom(quai.reviser("trop-long", "annuler", "ana")) == "recours.PasASoiDeReviser"
    assert isinstance(quai.reviser("trop-long", "annuler", "eli").evenements[1], DerogationAccordee)


def test_ce_qui_ne_s_annule_pas_ne_se_revise_pas_ainsi(quai: Quai):
    quai.faire("adhesions.RenouvelerAdhesion", "camille", "renouvelee", personne="ana", au="2027-06-30")
    assert nom(quai.reviser("renouvelee", "annuler")) == "recours.RienAAnnuler"
    assert nom(quai.reviser("inconnue", "annuler")) == "recours.DecisionInconnue"


def test_une_revision_qui_annule_rend_le_recours_sans_objet(quai: Quai):
    quai.recours(suspensif=True)
    cle = quai.suspendre()
    forme = quai.former(cle)
    assert len(quai.lieu.a_faire()) > 0
    assert quai.reviser(cle, "annuler").evenements[0].attend == ()
    (ligne,) = quai.lieu.registre("recours")
    assert (ligne.etat, ligne.suspensif) == ("sans objet", True)
    assert [one.echeance for one in quai.lieu.a_faire() if one.echeance == "recours.a_trancher"] == []
    assert nom(quai.trancher(forme, "maintenir", "garder")) == "recours.DejaAnnulee"
    assert nom(quai.former(cle)) == "sans_objet"
    quai.fidele()


# ── lire ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_ce_qui_attend_une_reponse_est_a_faire(quai: Quai):
    quai.recours()
    forme = quai.former(quai.suspendre())
    (chose,) = [one for one in quai.lieu.a_faire() if one.echeance == "recours.a_trancher"]
    assert chose.phrase.startswith("Recours d'Ana (adhesions.SuspendreAdhesion), formé le lundi 23 novembre 2026")
    assert "comite y répond" in chose.phrase
    quai.trancher(forme, "maintenir", "garder")
    assert not [one for one in quai.lieu.a_faire() if one.echeance == "recours.a_trancher"]
    (ligne,) = quai.lieu.registre("recours")
    assert (ligne.etat, ligne.issue, ligne.effets, ligne.reponse) == ("tranché", "maintenir", "garder", "entendu")
    assert quai.lieu.registre("recours", au="2026-11-22") == []


def test_chacun_lit_tout_ce_qui_fut_decide_a_son_sujet(quai: Quai):
    assert quai.lieu.decisions("ben") != []  # son inscription
    quai.recours(delai_jours=5, suspensif=True)
    cle = quai.suspendre()
    (derniere,) = quai.lieu.decisions("ana")[-1:]
    assert derniere.trace.cle == cle
    assert derniere.suites == (
        "Peut se contester jusqu'au samedi 28 novembre 2026, auprès de comite (recours.FormerRecours).",
    )
    forme = quai.former(cle)
    assert lue(quai, cle) == (
        "Recours formé le lundi 23 novembre 2026 auprès de comite : attend la réponse, et la sanction aussi.",
    )
    quai.trancher(forme, "changer", "garder")
    (suite,) = lue(quai, cle)
    assert suite.endswith("comite : la réponse change la décision et garde ses effets (entendu).")
    quai.reviser(cle, "annuler")
    assert lue(quai, cle)[0] == "Revue le lundi 23 novembre 2026 : Camille Martin annule ses effets (témoin)."
    assert any(str(one).endswith("(entendu).") for one in quai.lieu.decisions("ana"))


def test_une_decision_revue_puis_sans_recours_le_dit(quai: Quai):
    quai.recours(delai_jours=2)
    cle = quai.suspendre()
    quai.former(cle)
    quai.reviser(cle, "annuler")
    assert lue(quai, cle)[1].endswith("sans objet depuis.")
    autre = quai.suspendre("autre")
    quai.passer(3)
    assert lue(quai, autre) == ()
    quai.reviser(autre, "annuler")
    assert len(lue(quai, autre)) == 1


def test_on_lit_aussi_ses_refus_et_rien_de_ce_que_l_on_a_demande_pour_d_autres(quai: Quai):
    refusee(quai)
    assert "trop-long" in [one.trace.cle for one in quai.lieu.decisions("ana")]
    quai.faire("identites.RepresenterPersonne", personne="ben", representant="ana", du="2026-11-23")
    quai.faire("adhesions.DemanderAdhesion", "ana", "pour-ben", personne="ben")
    assert "pour-ben" not in [one.trace.cle for one in quai.lieu.decisions("ana")]
    assert "pour-ben" in [one.trace.cle for one in quai.lieu.decisions("ben")]
    quai.suspendre()
    quai.suspendre("encore")
    assert "encore" not in [one.trace.cle for one in quai.lieu.decisions("ana")]


def lue(quai: Quai, cle: str) -> tuple[str, ...]:
    return next(one.suites for one in quai.lieu.decisions("ana") if one.trace.cle == cle)


# ── ce qui est déclaré ──────────────────────────────────────────────────────────────────────────────────────────────


def test_ce_que_l_on_dit_annulable_a_une_suite_et_rien_d_autre(quai: Quai):
    """Every command named undoable leads to one demand, and to one only; no other command does."""
    motif = Scelle("ana", "recours", 1, "k", "c", "")
    suites = quai.lieu.catalogue.suites[EffetsAnnules]
    for commande in quai.lieu.catalogue.demandes:
        fait = EffetsAnnules(
            decision="k", commande=commande, personne=PersonneId("ana"), reservation="r", motif=motif,  # type: ignore[arg-type]  # as an identifier
        )  # fmt: skip
        demandes = [d for suite in suites for d in suite.demander(fait)]
        assert len(demandes) == (commande in ANNULABLES), commande
    assert {*ANNULABLES, *SANCTIONS} <= set(quai.lieu.catalogue.demandes)


def test_la_regle_se_dit_et_ses_fautes_aussi(quai: Quai):
    with pytest.raises(DemandeInvalide) as fautes:
        quai.recours(organe="", delai_jours=0)
    assert {champ for champ, _ in fautes.value.erreurs} == {"genre.organe", "genre.delai_jours"}


def test_rien_d_un_recours_ne_se_lit_en_clair(quai: Quai):
    quai.recours()
    forme = quai.former(quai.suspendre(), motif="je suis malade")
    assert isinstance(forme.evenements[0].motif, Scelle)
    assert b"malade" not in b"".join(e.event.data for e in quai.lieu.recorder.read())
    assert refusal(quai.lieu.catalogue, forme.decision) is None
    assert attrs.fields(type(forme.evenements[0])).motif.metadata["personnel"]["qui"] == "personne"
    assert isinstance(quai.quand, Instant)
