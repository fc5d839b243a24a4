"""The finances lived at random, before a witness that works out from the facts alone what must never be."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.finances.attestation import AttestationEtablie, AttestationRemise
from tierslieu_core.domaines.finances.budget import LigneAmendee, LigneVotee
from tierslieu_core.domaines.finances.engage import EngagementLibere, EngagementPris, EngagementSolde
from tierslieu_core.domaines.finances.reference import (
    FactureAnnoncee,
    FactureAnnulee,
    ReferenceCorrigee,
    ReferenceEcartee,
    ReferenceRecue,
    ReferenceReprise,
    SuiviAvance,
)
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.ports import scan
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.spec import installed_finances, memory_place

NATURES = ("a.B", "c.D")
REFERENCES = tuple(f"r-{n}/1" for n in range(6))
PAR_AN = 100
AN = st.just("exercice-1")
LIGNE, ENGAGEMENT = st.sampled_from(["ligne-1", "ligne-2"]), st.sampled_from(["e-1", "e-2", "e-3"])
FACTURE, REFERENCE = st.sampled_from(["f-1", "f-2", "f-3"]), st.sampled_from(REFERENCES)
MONTANT, MOT = st.sampled_from(["0", "40", "70", "120"]), st.just("x")
ATTESTEE = {"tiers": st.sampled_from(["p-1", "p-2"]), "nature": st.just("caution-deposee")}
DEMANDES: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "AmenderLigne": {"exercice": AN, "ligne": LIGNE, "montant": MONTANT, "motif": MOT},
    "PrendreEngagement": {"engagement": ENGAGEMENT, "exercice": AN, "ligne": LIGNE, "objet": MOT, "montant": MONTANT},
    "SolderEngagement": {"engagement": ENGAGEMENT, "montant": MONTANT},
    "LibererEngagement": {"engagement": ENGAGEMENT, "motif": MOT},
    "AnnoncerFacture": {
        "facture": FACTURE, "numero": MOT, "references": st.lists(REFERENCE, min_size=1, max_size=2, unique=True)
    },
    "AnnulerFacture": {"facture": FACTURE, "avoir": st.sampled_from(["a", "b"])},
    "EcarterReference": {"reference": REFERENCE, "motif": MOT},
    "ReprendreReference": {"reference": REFERENCE},
    "EtablirAttestation": {**ATTESTEE, "valable": st.booleans()},
    "NoterRemise": {**ATTESTEE, "rang": st.integers(1, 3)},
}  # fmt: skip
"""Few things, that meet: lines of a hundred euros, that two commitments fill."""
ASKED = st.sampled_from(sorted(DEMANDES)).flatmap(
    lambda nom: st.tuples(st.just(nom), st.fixed_dictionaries(DEMANDES[nom]))
)


class Temoin:
    """What the facts say, one after the other; it knows nothing of how they are decided."""

    def __init__(self) -> None:
        self.vote: dict[Any, int] = {}
        self.engage: dict[Any, dict[str, int]] = defaultdict(dict)
        self.references: dict[str, str] = {}
        self.factures: dict[str, bool] = {}
        self.positions: dict[str, int] = defaultdict(int)
        self.rangs: dict[Any, int] = defaultdict(int)
        self.remis: dict[Any, int] = defaultdict(int)

    def voit(self, fait: Any) -> None:
        match fait:
            case LigneVotee() | LigneAmendee():
                self.vote[fait.exercice, fait.ligne] = fait.montant.centimes
            case EngagementPris() | EngagementSolde():
                self.engage[fait.exercice, fait.ligne][fait.engagement] = fait.montant.centimes
            case EngagementLibere():
                del self.engage[fait.exercice, fait.ligne][fait.engagement]
            case SuiviAvance():
                assert fait.position > self.positions[fait.nature], "un suivi ne recule pas"
                self.positions[fait.nature] = fait.position
            case AttestationEtablie():
                assert fait.rang == self.rangs[fait.tiers, fait.nature] + 1, "les rangs se suivent"
                self.rangs[fait.tiers, fait.nature] = fait.rang
            case AttestationRemise():
                cle = fait.tiers, fait.nature
                assert self.remis[cle] < fait.rang <= self.rangs[cle], "on ne remet que ce qui est établi, une fois"
                self.remis[cle] = fait.rang
            case _:
                self._reference(fait)

    def _reference(self, fait: Any) -> None:
        match fait:
            case ReferenceRecue():
                self.references.setdefault(fait.reference, "à facturer")
            case ReferenceEcartee():
                assert self.references[fait.reference] == "à facturer"
                self.references[fait.reference] = "écartée"
            case ReferenceReprise():
                assert self.references[fait.reference] == "écartée"
                self.references[fait.reference] = "à facturer"
            case ReferenceCorrigee():
                facturee = self.references[fait.reference] in ("facturée", "à revoir")
                self.references[fait.reference] = "à revoir" if facturee else "corrigée"
            case FactureAnnoncee():
                assert fait.facture not in self.factures, "une facture ne s'annonce qu'une fois"
                assert {self.references[une] for une in fait.references} == {"à facturer"}, "facturé deux fois"
                self.factures[fait.facture] = True
                self.references |= dict.fromkeys(fait.references, "facturée")
            case FactureAnnulee():
                assert self.factures[fait.facture], "une facture ne s'annule qu'une fois"
                self.factures[fait.facture] = False
                for une in fait.references:
                    corrigee = self.references[une] == "à revoir"
                    self.references[une] = "corrigée" if corrigee else "à facturer"
            case _:
                pass


class Finances(RuleBasedStateMachine):
    """Any demand of the finances, asked by whoever holds them, or does not."""

    def __init__(self) -> None:
        super().__init__()
        self.lieu: Lieu = memory_place(installed_finances())
        self.temoin, self.vu = Temoin(), 0
        fonder = FonderLieu(nom="F", personne="lea", nom_personne="Léa", roles=("coordination", "finances"))
        self.lieu.executer(fonder, par="lea")
        exercice = {"exercice": "exercice-1", "du": "2027-01-01", "au": "2027-12-31"}
        for nom, champs in (
            ("VoterBudget", {**exercice, "lignes": [f"ligne-1={PAR_AN}", f"ligne-2={PAR_AN}"]}),
            *(("DeclarerFacturable", {"nature": n, "libelle": n, "du": "2026-01-01"}) for n in NATURES),
            ("RecevoirReferences", {"nature": "a.B", "depuis": 0, "position": 1, "references": [
                {"fait": une, "le": "2026-11-23"} for une in REFERENCES[:4]
            ]}),
        ):  # fmt: skip
            assert self.lieu.demander(f"finances.{nom}", champs, par="lea").acceptee

    @rule(asked=st.lists(ASKED, min_size=3, max_size=12))
    def demander(self, asked: list[tuple[str, dict[str, Any]]]) -> None:
        for nom, champs in asked:
            try:
                self.lieu.demander(f"finances.{nom}", champs, par="lea")
            except DemandeInvalide:  # of a commitment or an invoice that is not there yet
                continue

    @rule(combien=st.integers(1, 3), corriges=st.lists(st.sampled_from(REFERENCES), max_size=2, unique=True))
    def suivre(self, combien: int, corriges: list[str]) -> None:
        """As the guichet does: from where the last one stopped."""
        depuis = self.temoin.positions["a.B"]
        lot = {"nature": "a.B", "depuis": depuis, "position": depuis + combien, "corriges": corriges}
        lot["references"] = [{"fait": f"s-{depuis}/{n}", "le": "2026-11-23"} for n in range(combien)]
        assert self.lieu.demander("finances.RecevoirReferences", lot, par="lea").acceptee

    @invariant()
    def tient(self) -> None:
        for row in scan(self.lieu.recorder, None, self.vu):
            self.vu = row.position
            self.temoin.voit(self.lieu.catalogue.fact(row))
        for cle, pris in self.temoin.engage.items():
            assert sum(pris.values()) <= self.temoin.vote[cle], "une ligne n'est jamais dépassée"
        budget = {(r.exercice, r.ligne): (r.vote.centimes, r.engage.centimes) for r in self.lieu.registre("budget")}
        assert budget == {c: (v, sum(self.temoin.engage[c].values())) for c, v in self.temoin.vote.items()}
        assert {r.reference: r.etat for r in self.lieu.registre("references")} == self.temoin.references
        assert {f.facture: not f.avoir for f in self.lieu.registre("factures")} == self.temoin.factures


def test_les_finances_vivent_comme_le_dit_leur_temoin():
    quick = settings(max_examples=25, stateful_step_count=20, suppress_health_check=list(HealthCheck), deadline=None)
    run_state_machine_as_test(Finances, settings=quick)
