"""The two doors of the wall: what is billable goes out by reference, attestations come in; and nothing else passes."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.domaines.quai import a
from whenever import Date, Instant

from tierslieu_core.domaines.cadre.gouvernance import DonnerMandat, FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.moyens.espaces import OuvrirEspace
from tierslieu_core.domaines.usages.reservations import CorrigerReservation, ReserverEspace
from tierslieu_core.guichet import LOT, remettre, suivre
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.ports import head_of
from tierslieu_core.lieu import Lieu, catalogue_finances, ouvrir, ouvrir_finances
from tierslieu_core.testing.spec import MAINTENANT, memory_place

SALLES = "reservations.ReservationAcceptee"
LUNDI = Date(2026, 11, 30)


@attrs.define
class Quai:
    """A place, and its finances."""

    lieu: Lieu
    finances: Lieu
    heures: int = 0

    def reserve(self, espace: str = "salle", par: str = "camille") -> str:
        """Zoé books one more hour; the identifier of the fact."""
        self.heures += 1
        jour, heure = LUNDI.add(days=self.heures // 10), 8 + self.heures % 10
        reponse = self.lieu.executer(
            ReserverEspace(
                espace=espace, personne="zoe", debut=a(f"{heure:02d}:00", jour), fin=a(f"{heure + 1:02d}:00", jour)
            ),
            par=par,
        )
        assert reponse.acceptee, reponse.explication
        return f"{reponse.cle}/1"

    def demande(self, nom: str, **champs: Any) -> None:
        """Léa asks it of the finances."""
        reponse = self.finances.demander(f"finances.{nom}", champs, par="lea")
        assert reponse.acceptee, reponse.explication

    def recues(self) -> list[tuple[str, str]]:
        return [(r.reference, r.etat) for r in self.finances.registre("references")]


@pytest.fixture
def quai() -> Quai:
    lieu, finances = memory_place(), memory_place(catalogue_finances())
    lieu.executer(FonderLieu(nom="Le Quai", personne="camille", nom_personne="Camille"), par="camille")
    for qui, nom in (("lea", "Léa"), ("zoe", "Zoé")):
        lieu.executer(InscrirePersonne(personne=qui, nom=nom), par="camille")
    lieu.executer(DonnerMandat(personne="lea", role="finances", du=Date(2026, 1, 1)), par="camille")
    for espace in ("salle", "atelier"):
        lieu.executer(OuvrirEspace(espace=espace, nom=espace), par="camille")
    fonder = FonderLieu(nom="Finances", personne="lea", nom_personne="Léa", roles=("coordination", "finances"))
    finances.executer(fonder, par="lea")
    deux = Quai(lieu, finances)
    deux.demande("DeclarerFacturable", nature=SALLES, libelle="Location", du="2026-11-01", sur="espace:salle")
    return deux


# ── suivre ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_les_finances_recoivent_ce_qui_se_facture_et_rien_que_cela(quai: Quai):
    un = quai.reserve()
    quai.reserve("atelier")
    deux = quai.reserve()
    avant = head_of(quai.lieu.recorder)
    nomme, recu = suivre(quai.lieu, quai.finances, par="lea")
    assert (nomme.acceptee, recu.acceptee) == (True, True)
    assert quai.recues() == [(un, "à facturer"), (deux, "à facturer")]
    (ligne, _) = quai.finances.registre("references")
    assert (ligne.le, ligne.tiers, ligne.nature) == (Date(2026, 11, 23), "zoe", SALLES)
    assert head_of(quai.lieu.recorder) == avant, "rien ne s'écrit dans le journal du lieu"


def test_suivre_deux_fois_ne_recoit_rien_deux_fois_et_n_ecrit_rien(quai: Quai):
    quai.reserve()
    suivre(quai.lieu, quai.finances, par="lea")
    avant = head_of(quai.finances.recorder)
    assert suivre(quai.lieu, quai.finances, par="lea") == []
    assert head_of(quai.finances.recorder) == avant
    deux = quai.reserve()
    suivre(quai.lieu, quai.finances, par="lea")
    assert quai.recues()[1:] == [(deux, "à facturer")]


def test_un_long_retard_se_rattrape_par_lots_et_reprend_ou_il_s_est_arrete(quai: Quai):
    faits = [quai.reserve() for _ in range(LOT + 3)]
    nomme, premier, second = suivre(quai.lieu, quai.finances, par="lea")
    assert (len(nomme.evenements), len(premier.evenements), len(second.evenements)) == (1, LOT + 1, 4)
    assert [r for r, _ in quai.recues()] == faits


def test_ce_qui_se_declare_plus_tard_se_recoit_depuis_le_jour_dit(quai: Quai):
    un = quai.reserve("atelier")
    suivre(quai.lieu, quai.finances, par="lea")
    assert quai.recues() == []
    quai.demande("DeclarerFacturable", nature=SALLES, libelle="Location", du="2026-11-01")
    suivre(quai.lieu, quai.finances, par="lea")
    assert quai.recues() == [(un, "à facturer")]
    quai.demande("DeclarerFacturable", nature=SALLES, libelle="Location", du="2026-11-01", au="2026-11-22")
    quai.reserve()
    assert suivre(quai.lieu, quai.finances, par="lea") == []


def test_ce_que_le_lieu_a_corrige_avant_ne_se_recoit_pas_et_apres_ne_compte_plus(quai: Quai):
    un, deux = quai.reserve(), quai.reserve()

    def corrige(fait: str) -> None:
        (ligne,) = (r for r in quai.lieu.registre("reservations") if fait.startswith(r.reservation))
        corriger = CorrigerReservation(reservation=ligne.reservation, motif="erreur")
        assert quai.lieu.executer(corriger, par="camille").acceptee

    corrige(un)
    suivre(quai.lieu, quai.finances, par="lea")
    assert quai.recues() == [(deux, "à facturer")]
    corrige(deux)
    suivre(quai.lieu, quai.finances, par="lea")
    assert quai.recues() == [(deux, "corrigée")]


def test_un_suivi_qui_s_arrete_au_milieu_se_reprend(quai: Quai, monkeypatch: pytest.MonkeyPatch):
    faits = [quai.reserve() for _ in range(LOT + 1)]
    vrai, restent = quai.finances.recorder.append, [2]  # the name of the place, one lot, then the power goes

    def coupe(*args: Any) -> Any:
        if not restent[0]:
            raise KeyboardInterrupt
        restent[0] -= 1
        return vrai(*args)

    monkeypatch.setattr(quai.finances.recorder, "append", coupe)
    with pytest.raises(KeyboardInterrupt):
        suivre(quai.lieu, quai.finances, par="lea")
    monkeypatch.undo()
    suivre(quai.lieu, quai.finances, par="lea")
    assert [r for r, _ in quai.recues()] == faits


def test_qui_n_a_pas_le_mandat_ne_recoit_rien(quai: Quai):
    quai.reserve()
    quai.finances.executer(InscrirePersonne(personne="zoe", nom="Zoé"), par="lea")
    refuse = suivre(quai.lieu, quai.finances, par="zoe")
    assert [r.verdict for r in refuse] == ["refus", "refus"]
    assert quai.recues() == []


def test_un_fait_que_le_lieu_n_enregistre_pas_est_dit(quai: Quai):
    quai.demande("DeclarerFacturable", nature="prets.ObjetPretee", libelle="Prêt", du="2026-11-01")
    with pytest.raises(
        DemandeInvalide, match=r"aucun fait « prets.ObjetPretee ».*Vouliez-vous dire : prets.ObjetPrete"
    ):
        suivre(quai.lieu, quai.finances, par="lea")


def test_un_fait_qui_n_est_a_personne_se_recoit_sans_personne(quai: Quai):
    quai.demande("DeclarerFacturable", nature="espaces.EspaceOuvert", libelle="Ouverture", du="2026-01-01")
    suivre(quai.lieu, quai.finances, par="lea")
    assert {r.tiers for r in quai.finances.registre("references")} == {None}


def test_les_finances_d_un_lieu_n_en_suivent_pas_un_autre(quai: Quai):
    suivre(quai.lieu, quai.finances, par="lea")
    autre = memory_place()
    with pytest.raises(DemandeInvalide, match="n'est pas encore fondé"):
        suivre(autre, quai.finances, par="lea")
    autre.executer(FonderLieu(nom="Le Hangar", personne="max", nom_personne="Max"), par="max")
    with pytest.raises(DemandeInvalide, match="sont celles du lieu « Le Quai », et non de « Le Hangar »"):
        suivre(autre, quai.finances, par="lea")


def test_rien_ne_passe_tant_qu_une_personne_tient_les_deux(quai: Quai):
    quai.finances.executer(InscrirePersonne(personne="camille", nom="Camille"), par="lea")
    quai.finances.executer(DonnerMandat(personne="camille", role="finances", du=Date(2026, 1, 1)), par="lea")
    for passe in (suivre, lambda lieu, finances, **qui: remettre(finances, lieu, **qui)):
        with pytest.raises(DemandeInvalide, match="tient la conciergerie du lieu et ses finances") as fault:
            passe(quai.lieu, quai.finances, par="lea")
        assert "Camille tient le mandat « concierge »" in str(fault.value)


# ── remettre ────────────────────────────────────────────────────────────────────────────────────────────────────────


def atteste(quai: Quai) -> list[tuple[str, str, bool]]:
    return [(r.personne, r.nature, r.valable) for r in quai.lieu.registre("attestations")]


def test_une_attestation_se_remet_au_lieu_une_seule_fois(quai: Quai):
    quai.demande("EtablirAttestation", tiers="zoe", nature="caution-deposee", jusqu_au="2026-12-31")
    nomme, deposee = remettre(quai.finances, quai.lieu, par="lea")
    assert (nomme.acceptee, deposee.verdict) == (True, "accord")
    assert atteste(quai) == [("zoe", "caution-deposee", True)]
    avant = head_of(quai.lieu.recorder), head_of(quai.finances.recorder)
    assert remettre(quai.finances, quai.lieu, par="lea") == []
    assert (head_of(quai.lieu.recorder), head_of(quai.finances.recorder)) == avant


def test_une_remise_coupee_avant_d_etre_notee_se_reprend_sans_rien_deposer_deux_fois(
    quai: Quai, monkeypatch: pytest.MonkeyPatch
):
    quai.demande("EtablirAttestation", tiers="zoe", nature="caution-deposee")
    vrai = quai.finances.demander

    def coupe(nom: str, *reste: Any, **autour: Any) -> Any:
        if nom.endswith("NoterRemise"):
            raise KeyboardInterrupt
        return vrai(nom, *reste, **autour)

    monkeypatch.setattr(quai.finances, "demander", coupe)
    with pytest.raises(KeyboardInterrupt):
        remettre(quai.finances, quai.lieu, par="lea")
    monkeypatch.undo()
    avant = head_of(quai.lieu.recorder)
    (encore,) = remettre(quai.finances, quai.lieu, par="lea")
    assert (encore.verdict, head_of(quai.lieu.recorder)) == ("accord", avant), "la même réponse, rien de plus"
    assert [r.remise for r in quai.finances.registre("attestations-etablies")] == [True]


def test_un_oui_repris_puis_redit_se_remet_chaque_fois(quai: Quai):
    for valable in (True, False, True):
        quai.demande("EtablirAttestation", tiers="zoe", nature="caution-deposee", valable=valable)
        remettre(quai.finances, quai.lieu, par="lea")
        assert atteste(quai) == [("zoe", "caution-deposee", valable)]


def test_ce_qui_ne_peut_etre_depose_est_dit_et_ne_retient_pas_le_reste(quai: Quai):
    for qui in ("inconnu", "zoe"):
        quai.demande("EtablirAttestation", tiers=qui, nature="cotisation-a-jour")
    with pytest.raises(DemandeInvalide, match="les autres le sont") as fault:
        remettre(quai.finances, quai.lieu, par="lea")
    assert "cotisation-a-jour, inconnu : identifiant inconnu du lieu (personne) : « inconnu »" in str(fault.value)
    assert atteste(quai) == [("zoe", "cotisation-a-jour", True)]


def test_sans_le_mandat_des_finances_dans_le_lieu_rien_ne_s_y_depose(quai: Quai):
    quai.finances.executer(InscrirePersonne(personne="zoe", nom="Zoé"), par="lea")
    quai.finances.executer(DonnerMandat(personne="zoe", role="finances", du=Date(2026, 1, 1)), par="lea")
    quai.demande("EtablirAttestation", tiers="zoe", nature="caution-deposee")
    reponses = remettre(quai.finances, quai.lieu, par="zoe")
    assert reponses[-1].verdict == "refus"
    assert (atteste(quai), quai.finances.registre("attestations-etablies")[0].remise) == ([], False)


# ── deux journaux, deux fichiers ────────────────────────────────────────────────────────────────────────────────────


def test_un_journal_ne_s_ouvre_pas_comme_celui_de_l_autre_cote(tmp_path):
    from tierslieu_core.kernel.errors import JournalIllisible  # noqa: PLC0415 - with the test

    def horloge() -> Instant:
        return MAINTENANT

    quai, caisse = f"sqlite:///{tmp_path}/quai.db", f"sqlite:///{tmp_path}/caisse.db"
    with ouvrir(quai, horloge=horloge) as lieu:
        lieu.executer(FonderLieu(nom="Le Quai", personne="camille", nom_personne="Camille"), par="camille")
    with ouvrir_finances(quai) as faux, pytest.raises(JournalIllisible, match="C'est le journal du lieu"):
        faux.registre("budget")
    with ouvrir(quai, horloge=horloge) as lieu:
        lieu.executer(OuvrirEspace(espace="salle", nom="Salle"), par="camille")
    with ouvrir_finances(quai) as faux, pytest.raises(JournalIllisible, match="C'est le journal du lieu"):
        faux.registre("budget")
    with ouvrir_finances(caisse, horloge=horloge) as finances:
        fonder = FonderLieu(nom="Finances", personne="lea", nom_personne="Léa", roles=("coordination", "finances"))
        finances.executer(fonder, par="lea")
    with ouvrir_finances(caisse, horloge=horloge) as finances:
        finances.demander("finances.SuivreLieu", {"lieu": "k/1", "nom": "Le Quai"}, par="lea")
    with ouvrir(caisse) as faux, pytest.raises(JournalIllisible, match="C'est le journal des finances"):
        faux.registre("espaces")
    with ouvrir_finances(caisse) as finances:
        assert [r.nom for r in finances.registre("lieu-suivi")] == ["Le Quai"]
