"""Attestations on the side of the finances: drawn up, then noted as lodged in the place's journal."""

from __future__ import annotations

import attrs
import pytest
from tests.domaines.quai import dit, ligne
from tests.finances.caisse import LEA, ZOE, aux_finances
from whenever import Date

from tierslieu_core.domaines.finances.attestation import (
    AttestationAbsente,
    AttestationEtablie,
    AttestationRemise,
    EtablirAttestation,
    NoterRemise,
)
from tierslieu_core.kernel.errors import DemandeInvalide

ETABLIR = EtablirAttestation(tiers=ZOE, nature="caution-deposee", jusqu_au=Date(2026, 12, 31))
ETABLIE = AttestationEtablie(tiers=ZOE, nature="caution-deposee", valable=True, jusqu_au=Date(2026, 12, 31), rang=1)
NOTER, REMISE = (kind(tiers=ZOE, nature="caution-deposee", rang=1) for kind in (NoterRemise, AttestationRemise))


def test_une_attestation_s_etablit_et_la_suivante_prend_son_rang():
    aux_finances().when(ETABLIR, par=LEA).then(ETABLIE)
    aux_finances(ETABLIE).when(ETABLIR, par=LEA).then_nothing()
    non = aux_finances(ETABLIE, REMISE).when(attrs.evolve(ETABLIR, valable=False, jusqu_au=None), par=LEA)
    non.then(attrs.evolve(ETABLIE, valable=False, jusqu_au=None, rang=2))
    assert (ligne(non, "attestations-etablies").rang, ligne(non, "attestations-etablies").remise) == (2, False)


def test_une_remise_se_note_une_fois():
    note = aux_finances(ETABLIE).when(NOTER, par=LEA)
    note.then(REMISE)
    assert ligne(note, "attestations-etablies").remise
    aux_finances(ETABLIE, REMISE).when(NOTER, par=LEA).then_nothing()
    absente = aux_finances(ETABLIE).when(attrs.evolve(NOTER, rang=2), par=LEA)
    absente.then_refused(AttestationAbsente(tiers=ZOE, nature="caution-deposee", rang=2))
    assert "Aucune attestation n° 2 « caution-deposee » n'est établie pour zoe." in dit(absente)
    aux_finances().when(NOTER, par=LEA).then_refused(AttestationAbsente)


def test_la_remise_d_une_plus_ancienne_n_est_pas_celle_de_la_derniere():
    deuxieme = attrs.evolve(ETABLIE, valable=False, jusqu_au=None, rang=2)
    assert not ligne(aux_finances(ETABLIE, deuxieme).when(NOTER, par=LEA), "attestations-etablies").remise


def test_la_forme_est_celle_que_le_lieu_recoit():
    for change, faute in (({"nature": "150-euros"}, "jamais combien"), ({"valable": False}, "jusqu'à nouvel ordre")):
        with pytest.raises(DemandeInvalide, match=faute):
            aux_finances().when(attrs.evolve(ETABLIR, **change), par=LEA)


def test_une_remise_datee_d_avant_son_attestation_ne_montre_rien():
    assert aux_finances(REMISE).when(NOTER, par=LEA).lieu.registre("attestations-etablies") == []
