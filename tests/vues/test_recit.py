"""Any decision tells its story: who asked what, each rule in words, why it prevailed, what followed, what of today."""

from __future__ import annotations

from typing import Any

import attrs
import msgspec
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st
from tests.journaux.test_journaux import JOURNAUX, lives, place
from whenever import Date, Instant

from tierslieu_adapters.cli.answers import CLAUSES as COULEURS
from tierslieu_adapters.cli.screen import SIGNS
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.regles import FaitDeclare
from tierslieu_core.kernel.codec import encoder
from tierslieu_core.kernel.decisions import DECISION, DecisionRendue
from tierslieu_core.kernel.envelope import unwrap
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.ports import scan
from tierslieu_core.kernel.sentences import as_is
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.spec import MAINTENANT, memory_place
from tierslieu_core.vocabulaire.identifiants import PersonneId
from tierslieu_core.vocabulaire.mesures import GARDEES, Mesures
from tierslieu_core.vocabulaire.temps import Moment, Periode
from tierslieu_core.vues.recit import Chapitre, Recit, chapitres
from tierslieu_core.vues.recit.lignes import CLAUSES, SIGNES
from tierslieu_core.vues.recit.mesures import DITS, dites, relues

LUNDI = "2026-11-23"


@attrs.define
class Quai:
    """A place with a clock that the test moves, and Camille who asks for it unless told."""

    maintenant: Instant = MAINTENANT
    lieu: Lieu = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.lieu = memory_place()
        self.lieu.horloge = self.lieu.handler.clock = lambda: self.maintenant
        self.lieu.executer(FonderLieu(nom="Q", personne=PersonneId("camille"), nom_personne="Camille"), par="camille")

    def demande(self, commande: str, cle: str, /, par: str = "camille", **champs: Any) -> str:
        return self.lieu.demander(commande, champs, par=par, cle=cle).verdict

    def regle(
        self, nom: str, genre: dict[str, Any], /, decision: str = "", et: dict[str, Any] | None = None, **portee: Any
    ) -> str:
        return self.demande(
            "regles.AdopterRegle", f"r-{nom}", regle=nom, genre=genre, du=LUNDI, motif=f"motif de {nom}",
            decision=decision, portee=portee, **(et or {}),
        )  # fmt: skip

    def reserve(self, cle: str, jour: str = "2026-11-25", de: str = "14:00", a: str = "16:00", **autres: Any) -> str:
        return self.demande(
            "reservations.ReserverEspace", cle, espace="verte", debut=f"{jour}T{de}", fin=f"{jour}T{a}",
            **{"par": "p-1", "personne": "p-1", **autres},
        )  # fmt: skip

    def recit(self, laquelle: str | int) -> Recit:
        return self.lieu.expliquer(laquelle)


@pytest.fixture
def quai() -> Quai:
    quai = Quai()
    quai.demande("identites.InscrirePersonne", "zoe", personne="p-1", nom="Zoé Dupont")
    quai.demande("identites.InscrirePersonne", "ali", personne="p-2", nom="Ali")
    quai.demande("espaces.OuvrirEspace", "verte", espace="verte", nom="Salle verte", categorie="salle", capacite=12)
    quai.regle("duree", {"genre": "duree", "maximum_minutes": 240}, actions=["reserver"])
    quai.regle("duree-verte", {"genre": "duree", "maximum_minutes": 120}, "la réunion du 3", espaces=["verte"])
    return quai


def chapitre(r: Recit, titre: str, *, tout: bool = False) -> str:
    """The lines under a title; nothing when the story has no such chapter."""
    found: list[Chapitre] = [c for c in chapitres(r, tout=tout) if c.titre == titre]
    return str(found[0]) if found else ""


# ── pourquoi ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_un_refus_dit_qui_l_emporte_sur_qui_pourquoi_et_qui_l_a_voulu(quai: Quai):
    assert quai.reserve("long", a="17:00", sujet="atelier couture") == "refus"
    r = quai.recit("long")
    assert str(r).startswith("✘ Réserver un espace : refusé\nlundi 23 novembre 2026 à 10 h, par Zoé Dupont (soi)\n")
    assert "objet : atelier couture" in chapitre(r, "Ce qui était demandé")
    (clause,) = r.clauses
    assert (clause.clause.regle, clause.texte, clause.portee) == (
        "duree-verte", "2 h au plus par réservation", "dans Salle verte",
    )  # fmt: skip
    dit = chapitre(r, "Ce que les règles ont dit")
    assert (
        "✘ Règle « duree-verte » (version 1, en vigueur depuis le lundi 23 novembre 2026) : la demande dure 3 h" in dit
    )
    assert "adoptée le lundi 23 novembre 2026 par Camille, d'après la réunion du 3 : « motif de duree-verte »" in dit
    assert (
        "Elle l'emporte sur « duree » (4 h au plus par réservation) : l'autre est plus précise (dans Salle verte)"
        in dit
    )
    assert chapitre(r, "Ce qui peut se faire").endswith(
        "→ Une dérogation motivée à « duree-verte » peut être accordée par : "
        "concierge (Camille) ou coordination (Camille)."
    )


def test_a_portee_egale_la_plus_recente_l_emporte_puis_la_derniere_adoptee(quai: Quai):
    quai.demande(
        "regles.AdopterRegle", "r-demain", regle="demain", genre={"genre": "duree", "maximum_minutes": 60},
        du="2026-11-24", motif="m", portee={"espaces": ["verte"]},
    )  # fmt: skip
    quai.regle("horizon-a", {"genre": "horizon", "maximum_jours": 5})
    quai.regle("horizon-b", {"genre": "horizon", "maximum_jours": 6})
    quai.maintenant = MAINTENANT.add(hours=30)
    assert quai.reserve("long") == "refus"
    raisons = {(c.clause.regle, autre.regle): autre.raison for c in quai.recit("long").clauses for autre in c.ecartees}
    assert raisons == {
        ("demain", "duree"): "l'autre est plus précise (dans Salle verte)",
        ("demain", "duree-verte"): "l'autre est plus récente (en vigueur depuis le mardi 24 novembre 2026)",
        ("horizon-b", "horizon-a"): "l'autre a été adoptée après elle",
    }


def test_une_regle_faite_depuis_n_est_pas_de_l_histoire(quai: Quai):
    quai.reserve("long", a="17:00")
    quai.regle("duree-salle", {"genre": "duree", "maximum_minutes": 200}, categories=["salle"])
    assert [e.regle for c in quai.recit("long").clauses for e in c.ecartees] == ["duree"]


def test_ce_qui_est_respecte_dit_ce_qui_a_ete_mesure_et_d_ou_vient_la_regle_si_on_demande_tout(quai: Quai):
    assert quai.reserve("ok") == "accord"
    r = quai.recit("ok")
    bref, tout = (chapitre(r, "Ce que les règles ont dit", tout=tout) for tout in (False, True))
    assert "Respectée. Ici, la demande dure 2 h." in bref
    assert "motif de" not in bref
    assert "Elle vaut dans Salle verte ; adoptée le" in tout
    assert "heures" not in chapitre(r, "Ce que l'on savait")
    assert "heures : le mercredi 25 novembre 2026 de 14 h à 16 h" in chapitre(r, "Ce que l'on savait", tout=True)
    assert "temps qui restait avant le début : 2 jours et 4 h" in chapitre(r, "Ce que l'on savait")


def test_une_derogation_dit_qui_l_a_donnee_pour_quels_jours_et_pourquoi(quai: Quai):
    derogation = {
        "regle": "duree-verte",
        "personne": "p-1",
        "du": "2026-11-25",
        "au": "2026-11-25",
        "motif": "chantier",
    }
    quai.demande("regles.AccorderDerogation", "derogation", **derogation)
    assert quai.reserve("long", a="17:00") == "accord"
    r = quai.recit("long")
    assert "C'est la dérogation de Camille, pour le mercredi 25 novembre 2026 : « chantier »." in str(r)
    assert str(r.aujourdhui) == "Aux règles d'aujourd'hui, la même demande serait accordée, comme alors."


def test_ce_qui_attend_dit_qui_doit_repondre_jusqu_a_quand_et_ce_que_vaut_le_silence(quai: Quai):
    quai.regle("relue", {"genre": "validation", "par": "coordination", "delai_heures": 48}, actions=["reserver"])
    assert quai.reserve("ok") == "a_valider"
    attendue = "→ La réponse est attendue de coordination (Camille), avant le mercredi 25 novembre 2026 à 10 h"
    assert f"{attendue} ; son silence vaut refus." in chapitre(quai.recit("ok"), "Ce qui peut se faire")
    quai.maintenant = MAINTENANT.add(hours=49)
    assert "à 10 h (ce délai est passé) ;" in chapitre(quai.recit("ok"), "Ce qui peut se faire")
    quai.maintenant = MAINTENANT.add(hours=1)
    quai.demande("reservations.RefuserReservation", "non", reservation="ok", motif="travaux")
    assert "par Camille : " in chapitre(quai.recit("ok"), "Ce qui a suivi")
    assert chapitre(quai.recit("ok"), "Ce qui peut se faire") == ""


def test_une_exception_dit_ce_qu_elle_leve_et_qui_l_a_voulue(quai: Quai):
    nombreux = {"genre": "seuil", "faits": ["participants"], "minimum": 8}
    quai.regle("nombreux", nombreux, et={"leve": ["duree-verte"], "source": {"organe": "assemblée", "le": LUNDI}})
    assert quai.reserve("long", a="17:00", participants=8) == "accord"
    assert quai.reserve("peu", "2026-11-26", a="17:00", participants=7) == "refus"
    dit = chapitre(quai.recit("long"), "Ce que les règles ont dit", tout=True)
    assert "~ Règle « duree-verte »" in dit
    assert "Levée par l'exception « nombreux »." in dit
    assert "C'est une exception à « duree-verte »." in dit
    assert "par Camille, d'après assemblée, le lundi 23 novembre 2026 : « motif de nombreux »" in dit
    assert str(quai.recit("long").aujourdhui).endswith("serait accordée, comme alors.")
    assert "· Règle « nombreux »" in chapitre(quai.recit("peu"), "Ce que les règles ont dit")
    quai.demande("regles.AbrogerRegle", "fin", regle="nombreux", du=LUNDI, motif="m")
    assert quai.recit("long").aujourdhui.verdict == "refus"


def test_ce_que_le_lieu_a_choisi_de_demander_se_dit_en_ses_mots():
    dits = {
        "encadre": (True, "oui_non", "quelqu'un encadre", "", "quelqu'un encadre : oui"),
        "age": (12, "nombre", "âge moyen", "ans", "âge moyen : 12 ans"),
        "places": (3, "nombre", "places", "", "places : 3"),
        "depot": ("2026-11-20", "date", "dossier déposé le", "", "dossier déposé le : vendredi 20 novembre 2026"),
        "vu": ("2026-11-20T14:00:00+01:00", "instant", "visite", "", "visite : vendredi 20 novembre 2026 à 14 h"),
        "jeux": (("de_role", "cartes"), "mots", "jeux", "", "jeux : de role et cartes"),
        "statut": ("asso_loi_1901", "mot", "statut", "", "statut : asso loi 1901"),
    }
    m = Mesures(
        action="x",
        personne=PersonneId("p"),
        lieux=(),
        jour=Date(2026, 11, 23),
        faits={k: v[0] for k, v in dits.items()},
    )
    declares: Any = {
        k: FaitDeclare(fait=k, type=t, libelle=dit, valeurs=(), unite=u)  # type: ignore[arg-type]  # a table of cases
        for k, (_, t, dit, u, _) in dits.items()
    }
    assert [str(dit) for dit in dites([m], declares, as_is)][3:] == [v[-1] for v in dits.values()]
    assert "age : 12" in map(str, dites([m], {}, as_is)), "un fait que le lieu ne demande plus garde son nom"


def test_ce_qui_s_ensuit_d_une_regle_se_raconte(quai: Quai):
    amenee = {"effet": "sanction", "echelle": [{"mesure": "rappel"}, {"mesure": "suspension", "duree_jours": 30}]}
    quai.regle("une-heure", {"genre": "duree", "maximum_minutes": 60}, et={"sinon": amenee}, personnes=["p-1"])
    assert quai.reserve("ok") == "accord"
    dit = chapitre(quai.recit("ok"), "Ce que les règles ont dit")
    assert "! Règle « une-heure »" in dit
    assert "Il s'ensuit : rappel puis suspension de 30 jours (comptés par an)." in dit
    assert "l'autre est plus précise (pour Zoé Dupont)" in dit
    valider = {"effet": "validation", "par": "coordination", "delai_heures": 24}
    quai.regle("tard", {"genre": "horizon", "maximum_jours": 1}, et={"sinon": valider})
    assert quai.reserve("loin", "2026-11-30") == "a_valider"
    assert "attendue de coordination (Camille), avant le mardi 24" in chapitre(
        quai.recit("loin"), "Ce qui peut se faire"
    )


def test_trop_tot_dit_le_jour_ou_la_regle_ne_s_y_opposera_plus(quai: Quai):
    quai.regle("horizon", {"genre": "horizon", "maximum_jours": 30})
    assert quai.reserve("loin", "2027-01-25") == "refus"
    dit = chapitre(quai.recit("loin"), "Ce qui peut se faire")
    assert "La règle « horizon » ne s'y opposera plus à partir du samedi 26 décembre 2026." in dit
    quai.maintenant = Instant.from_utc(2026, 12, 26, 9)
    assert quai.recit("loin").aujourdhui.verdict == "accord"
    quai.maintenant = Instant.from_utc(2026, 12, 25, 9)
    assert quai.recit("loin").aujourdhui.verdict == "refus"


def test_un_refus_du_domaine_dit_son_issue_et_s_il_tient_encore(quai: Quai):
    quai.reserve("ok")
    assert quai.reserve("prise", par="p-2", personne="p-2") == "refus"
    r = quai.recit("prise")
    assert "→ " in chapitre(r, "Ce qui peut se faire")
    assert str(r.aujourdhui) == "La même demande, faite maintenant, serait refusée, comme alors."
    quai.demande("reservations.AnnulerReservation", "annule", par="p-1", reservation="ok", motif="grippe")
    libre = quai.recit("prise").aujourdhui
    assert (libre.moyen, libre.verdict, libre.autrement) == ("essai", "accord", True)
    assert libre.change == (f"Ne s'y oppose plus : {r.motif}",)


def test_ce_qui_etait_deja_ainsi_le_dit(quai: Quai):
    verte = {"espace": "verte", "nom": "Salle verte", "categorie": "salle", "capacite": 12}
    assert quai.demande("espaces.OuvrirEspace", "encore", **verte) == "sans_objet"
    r = quai.recit("encore")
    assert "C'était déjà ainsi : rien n'a changé." in chapitre(r, "Ce qui a été décidé")
    assert str(r.aujourdhui) == "La même demande, faite maintenant, ne changerait rien : c'est ainsi, comme alors."


# ── aujourd'hui ─────────────────────────────────────────────────────────────────────────────────────────────────────


def amende(quai: Quai, minutes: int, cle: str = "amende") -> None:
    genre = {"genre": "duree", "maximum_minutes": minutes}
    quai.demande(
        "regles.AmenderRegle", cle, regle="duree-verte", genre=genre, du=LUNDI, motif="c'est court",
        portee={"espaces": ["verte"]},
    )  # fmt: skip


def test_une_regle_amendee_depuis_change_la_reponse_et_l_on_dit_qui_l_a_amendee(quai: Quai):
    quai.reserve("long", a="17:00")
    amende(quai, 180)
    now = quai.recit("long").aujourdhui
    assert (now.moyen, now.alors, now.verdict) == ("essai", "refus", "accord")
    (change,) = now.change
    assert change.startswith(
        "Règle « duree-verte » (version 2, en vigueur depuis le lundi 23 novembre 2026) : 3 h au plus"
    )
    assert change.endswith("Elle a été amendée le lundi 23 novembre 2026 par Camille : « c'est court ».")


def test_une_demande_accordee_n_est_pas_genee_par_elle_meme_et_se_rejuge(quai: Quai):
    quai.reserve("ok")
    assert quai.recit("ok").aujourdhui.autrement is False
    amende(quai, 119)
    now = quai.recit("ok").aujourdhui
    assert str(now) == "Aux règles d'aujourd'hui, la même demande serait refusée."
    assert "la demande dure 2 h ; 1 h 59 au plus par réservation" in now.change[0]


@pytest.mark.parametrize(
    ("commande", "champs", "dit"),
    [
        ("AbrogerRegle", {"du": LUNDI}, "est abrogée depuis le lundi 23 novembre 2026."),
        ("SuspendreRegle", {"du": LUNDI}, "est suspendue."),
        ("SuspendreRegle", {"du": LUNDI, "au": "2026-11-24"}, "est suspendue jusqu'au mardi 24 novembre 2026."),
    ],
)
def test_une_regle_qui_ne_dit_plus_rien_dit_pourquoi(quai: Quai, commande: str, champs: dict[str, Any], dit: str):
    quai.reserve("long", a="17:00")
    quai.demande(f"regles.{commande}", "fin", regle="duree-verte", motif="m", **champs)
    now = quai.recit("long").aujourdhui
    assert (now.verdict, now.change) == ("accord", (f"La règle « duree-verte » {dit}",))


def test_une_regle_qu_une_autre_remplace_le_dit(quai: Quai):
    quai.reserve("long", a="17:00")
    quai.regle("duree-zoe", {"genre": "duree", "maximum_minutes": 600}, personnes=["p-1"])
    assert quai.recit("long").aujourdhui.change == (
        "La règle « duree-verte » ne s'applique plus : elle a changé, ou une autre l'emporte.",
    )


def test_un_jour_passe_ne_s_essaie_plus_les_regles_d_aujourd_hui_jugent_ce_qui_fut_mesure(quai: Quai):
    quai.reserve("long", a="17:00")
    quai.maintenant = MAINTENANT.add(hours=24 * 3)
    avant = "Le mercredi 25 novembre 2026 est passé : elle ne se refait plus. Aux règles d'aujourd'hui, la même demande"
    assert str(quai.recit("long").aujourdhui) == f"{avant} serait refusée, comme alors."
    assert chapitre(quai.recit("long"), "Ce qui peut se faire") == "", "aucune dérogation ne vaut pour un jour passé"


def test_une_regle_qui_compte_juge_ce_qui_fut_compte(quai: Quai):
    semaine = {"genre": "quota", "maximum": 3, "unite": "heures"}
    quai.regle("semaine", semaine, actions=["reserver"])
    quai.reserve("ok")
    assert quai.reserve("trop", "2026-11-26") == "refus"
    quai.demande("reservations.AnnulerReservation", "annule", par="p-1", reservation="ok", motif="grippe")
    now = quai.recit("trop").aujourdhui
    assert (now.moyen, now.verdict) == ("essai", "accord")
    assert now.change[0].startswith("Ce qui se mesure a changé. Règle « semaine »")
    assert now.change[0].endswith("Ici, cela ferait 2 h (semaine du lundi 23 novembre 2026).")
    quai.maintenant = MAINTENANT.add(hours=24 * 4)
    past = quai.recit("trop").aujourdhui
    assert (past.moyen, past.verdict) == ("regles", "refus")


def test_qui_a_ete_oublie_n_est_plus_nomme_et_sa_demande_ne_se_refait_plus(quai: Quai):
    quai.reserve("long", a="17:00", sujet="atelier couture")
    quai.lieu.vault.oublier("p-1")  # type: ignore[attr-defined]
    r = quai.recit("long")
    assert "par p-1 [effacé] (soi)" in str(r)
    assert "objet : [effacé]" in str(r)
    assert "Dupont" not in str(r)
    assert "couture" not in str(r)
    assert r.possible == ()
    assert str(r.aujourdhui).startswith("Les données de p-1 sont effacées : elle ne se refait plus. Aux règles")


def test_ce_que_nulle_regle_ne_juge_le_dit(quai: Quai):
    r = quai.recit("verte")
    assert r.aujourdhui.verdict is None
    assert chapitre(r, "Et aujourd'hui") == ""
    quai.reserve("ok")
    quai.reserve("prise", par="p-2", personne="p-2")
    quai.maintenant = MAINTENANT.add(hours=24 * 3)
    dit = "Le mercredi 25 novembre 2026 est passé : elle ne se refait plus. Aucune règle n'en avait décidé."
    assert str(quai.recit("prise").aujourdhui) == dit


# ── ce qui a suivi ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_ce_qui_est_arrive_depuis_s_arrete_quand_la_meme_chose_recommence(quai: Quai):
    quai.demande("materiel.CreerModele", "modele", modele="scie", nom="Scie")
    quai.demande("materiel.AjouterObjet", "objet", objet="scie-1", modele="scie", nom="La scie")
    for cle in ("un", "deux"):
        quai.demande("prets.PreterObjet", cle, objet="scie-1", personne="p-1", retour="2026-11-28")
        quai.demande("prets.RendreObjet", f"rend-{cle}", objet="scie-1", personne="p-1")
    r = quai.recit("un")
    assert [one.cle for one in r.depuis] == ["rend-un"]
    assert "lundi 23 novembre 2026, par Camille : Zoé Dupont rend La scie" in chapitre(r, "Ce qui a suivi")


def test_un_fait_corrige_dit_par_qui_et_pourquoi(quai: Quai):
    quai.demande("materiel.CreerModele", "modele", modele="scie", nom="Scie")
    quai.demande("materiel.AjouterObjet", "objet", objet="scie-1", modele="scie", nom="La scie")
    quai.demande("prets.PreterObjet", "pret", objet="scie-1", personne="p-1", retour="2026-11-28")
    quai.demande("prets.CorrigerPret", "corrige", objet="scie-1", motif="mauvaise fiche")
    (fait,) = quai.recit("pret").faits
    assert fait.id == "pret/1"
    assert fait.corrige.startswith("ne compte plus, depuis le lundi 23 novembre 2026")
    assert fait.corrige.endswith("« mauvaise fiche »")
    assert str(fait) in chapitre(quai.recit("pret"), "Ce qui a été décidé")


def test_une_suite_dit_ce_qui_l_a_causee_et_sa_cause_ce_qu_elle_a_cause(quai: Quai):
    quai.reserve("ok")
    quai.demande("espaces.FermerEspace", "ferme", espace="verte", du="2026-11-25", au="2026-11-25", motif="travaux")
    r = quai.recit("ferme")
    assert r.suites
    suite = quai.recit(r.suites[0].cle)
    assert any(one.startswith("Le lieu l'a demandé de lui-même, à la suite de : ") for one in suite.autour)
    assert "Salle verte ferme" in str(suite)
    assert "Aussitôt : " in chapitre(r, "Ce qui a suivi", tout=True)


def test_ce_qui_est_note_le_lendemain_le_dit(quai: Quai):
    quai.maintenant = MAINTENANT.add(hours=24)
    champs = {"personne": "p-3", "nom": "Inès"}
    quai.lieu.demander("identites.InscrirePersonne", champs, par="camille", cle="ines", survenu_le=MAINTENANT)
    assert quai.recit("ines").autour == ("Enregistré le mardi 24 novembre 2026 à 10 h.",)


def test_beaucoup_de_faits_se_comptent(quai: Quai):
    for n in range(8):
        quai.demande("espaces.DecrireEspace", f"d-{n}", espace="verte", nom=f"Salle {n}")
    r = quai.recit("verte")
    assert len(r.depuis) == 8
    assert "Et 2 autres faits (avec --tout)" in chapitre(r, "Ce qui a suivi")
    assert chapitre(r, "Ce qui a suivi", tout=True).count("\n") == 8


# ── de quelle décision ──────────────────────────────────────────────────────────────────────────────────────────────


def test_une_decision_se_nomme_par_sa_cle_un_de_ses_faits_sa_position_ou_ce_qu_elle_concerne(quai: Quai):
    quai.reserve("ok")
    position = quai.recit("ok").trace.position
    for nom in ("ok", "cle:ok", "ok/1", "ok/0", position, str(position), position + 1, "personne:p-1", "espace:verte"):
        assert quai.recit(nom).trace.cle == "ok", nom
    assert quai.recit("par:p-1").trace.cle == "ok"
    for nom, dit in (
        ("jamais", "Aucune demande n'a la clé « jamais »"), ("0", "Aucune demande n'a la clé « 0 »"),
        ("9999", "Aucune demande n'a la clé « 9999 »"),
        ("objet:x", "Aucune décision, dans ce journal, ne concerne objet:x"),
    ):  # fmt: skip
        with pytest.raises(DemandeInvalide, match=dit):
            quai.recit(nom)


# ── tout ce qui a été décidé se raconte ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", JOURNAUX, ids=lambda p: p.stem)
def test_chaque_decision_des_journaux_d_avant_se_raconte(path: Any):
    told = 0
    for life in lives(path):
        lieu = place(life)
        for row in scan(lieu.recorder, (DECISION,)):
            r = lieu.expliquer(unwrap(row).id.rpartition("/")[0])
            tout = "\n".join(str(c) for c in chapitres(r, tout=True))
            assert r.trace.position == row.position
            assert not any(mot in tout for mot in ("Scelle(", "Efface(", "Periode(", "_minutes", "_jours"))
            told += 1
    assert told > 50


# ── les mesures ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_chaque_mesure_gardee_a_son_mot_et_les_signes_sont_ceux_de_l_ecran():
    assert set(DITS) | {"faits"} == set(GARDEES)
    assert {v: sign for v, (sign, _) in SIGNS.items()} == SIGNES
    assert {v: sign for v, (sign, _) in COULEURS.items()} == CLAUSES


dates = st.dates().map(lambda d: Date(d.year, d.month, d.day))
mots = st.lists(st.text(max_size=5), max_size=3).map(tuple)
periodes = st.builds(
    Periode,
    st.just(Moment.depuis_texte("2026-10-25T02:45+02:00")),
    st.just(Moment.depuis_texte("2026-10-25T03:15")),
    st.just("Europe/Paris"),
)
nombres = st.integers(0, 99)
mesures = st.builds(
    Mesures,
    action=st.sampled_from(["reserver", "preter", "autre"]), personne=st.just(PersonneId("p-1")), lieux=mots,
    jour=dates, publics=mots, groupes=mots, periode=st.none() | periodes, horizon_jours=st.none() | nombres,
    preavis_minutes=st.none() | st.integers(-9, 9999), participants=st.none() | nombres, adhesion=st.none() | dates,
    habilitations=mots, droits=st.none() | mots, duree_jours=st.none() | nombres, renouvellements=st.none() | nombres,
    faits=st.dictionaries(st.sampled_from("fg"), st.booleans() | nombres | mots | st.text(max_size=4)),
    mineur=st.none() | st.booleans(), textes=st.dictionaries(st.text(max_size=4), dates.map(str), max_size=2),
)  # fmt: skip


@drawn(mesures, mesures)
def test_ce_qui_est_garde_d_une_mesure_se_relit_et_se_dit(une: Mesures, autre: Mesures):
    for garde, attendues in (
        (une.garde(), [une]), ({"usages": [une.garde(), autre.garde()]}, [une, autre]), ({}, []),
    ):  # fmt: skip
        kept = msgspec.Raw(encoder.encode(garde))
        decision = DecisionRendue("x", msgspec.Raw(b"{}"), "", "accord", mesures=kept)
        relu = relues(decision)
        # what is empty was not recorded: no right opened, and none said, read alike
        assert relu == [attrs.evolve(m, droits=m.droits or None) for m in attendues]
        assert {dit.nom for dit in dites(relu, {}, as_is)} <= set(DITS) | {"f", "g"}


def test_une_serie_se_raconte_en_bref(quai: Quai):
    quai.regle("horizon", {"genre": "horizon", "maximum_jours": 90})
    quai.demande(
        "reservations.ReserverSerie", "serie", espace="verte", personne="p-1", debut="2026-11-25T14:00",
        fin="2026-11-25T15:00", regle="FREQ=WEEKLY;COUNT=8", par="p-1",
    )  # fmt: skip
    r = quai.recit("serie")
    assert "demandé à l'avance de : de 2 jours à 51 jours, selon l'usage" in chapitre(r, "Ce que l'on savait")
    assert chapitre(r, "Ce que les règles ont dit").count("« horizon »") == 1
    assert chapitre(r, "Ce que les règles ont dit", tout=True).count("« horizon »") == 8
    assert chapitre(r, "Ce qui a été décidé").endswith("Et 3 autres faits (avec --tout)")


def test_une_derogation_donnee_depuis_change_la_reponse_et_dit_qui_l_a_donnee(quai: Quai):
    quai.reserve("long", a="17:00")
    derogation = {
        "regle": "duree-verte",
        "personne": "p-1",
        "du": "2026-11-25",
        "au": "2026-11-25",
        "motif": "chantier",
    }
    quai.demande("regles.AccorderDerogation", "derogation", **derogation)
    (change,) = quai.recit("long").aujourdhui.change
    assert change.endswith("C'est la dérogation de Camille, pour le mercredi 25 novembre 2026 : « chantier ».")
