"""A real booking history, against an oracle that shares no code with the importer or the area."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from whenever import Instant

import tierslieu_core as tl
from tierslieu_adapters.imports.librebooking import importer
from tierslieu_core.kernel.ports import head_of
from tierslieu_core.lieu import Lieu

DONNEES = Path(__file__).parents[2].parent / "shared" / "donnees" / "librebooking" / "csv"
pytestmark = pytest.mark.skipif(
    not DONNEES.is_dir(), reason="l'export réel de LibreBooking n'est pas à côté du projet (../shared/donnees)"
)


def lire(nom: str) -> list[dict[str, str]]:
    with (DONNEES / nom).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def oracle() -> dict[int, str]:
    """First come, first served, without overlap: by text order of UTC hours and an O(n²) look at every booking."""
    ressource = {r["series_id"]: r["resource_id"] for r in lire("reservation_resources.csv")}
    serie = {s["series_id"]: s["owner_id"] for s in lire("reservation_series.csv")}
    de_qui = {u["reservation_instance_id"]: u["user_id"] for u in lire("reservation_users.csv")}
    pris: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    found: dict[int, str] = {}
    for i in sorted(lire("reservation_instances.csv"), key=lambda i: int(i["reservation_instance_id"])):
        ou = ressource.get(i["series_id"])
        if ou is None:
            continue
        qui = de_qui.get(i["reservation_instance_id"], serie[i["series_id"]])
        une = (i["start_date"], i["end_date"], qui)
        if une in pris[ou]:
            found[int(i["reservation_instance_id"])] = "sans_objet"
        elif any(debut < une[1] and une[0] < fin for debut, fin, _ in pris[ou]):
            found[int(i["reservation_instance_id"])] = "refus"
        else:
            pris[ou].append(une)
            found[int(i["reservation_instance_id"])] = "accord"
    return found


def decide(lieu: Lieu) -> dict[int, str]:
    """What the journal says of each instance."""
    said = {"accordé": "accord", "refusé": "refus", "déjà ainsi": "sans_objet"}
    traces = lieu.audit("personne:lb-import")
    return {int(t.cle.rsplit(".", 1)[1]): said[t.verdict] for t in traces if ".instance." in t.cle}


def test_les_demandes_acceptees_sont_celles_du_premier_arrive_sans_chevauchement():
    lieu = tl.ouvrir("memory:")
    rapport = importer(lieu, DONNEES)
    attendu = oracle()
    assert decide(lieu) == attendu
    assert {v: n for v, n in rapport.verdicts.items() if n} == Counter(attendu.values())
    assert len(attendu) + rapport.indecidees == len(lire("reservation_instances.csv"))
    sans_salle = [ou for ou, said in rapport.lignes if "aucune ressource" in said]
    assert len(sans_salle) == len(rapport.lignes) == rapport.indecidees > 0
    pour_de_vrai = {(r.espace, str(r.debut.dans(lieu.livre.zone).to_instant())) for r in lieu.registre("reservations")}
    assert len(pour_de_vrai) == rapport.verdicts["accord"]


def test_memes_verdicts_deux_fois_en_memoire_et_sur_fichier_et_un_rejeu_fidele(tmp_path: Path):
    told = {}
    lieux = {"memoire": tl.ouvrir("memory:"), "fichier": tl.ouvrir(str(tmp_path / "histoire.db"))}
    for nom, lieu in lieux.items():
        with lieu:
            importer(lieu, DONNEES)
            head = head_of(lieu.recorder)
            told[nom] = (importer(lieu, DONNEES).verdicts, decide(lieu), head)
            assert head_of(lieu.recorder) == head, "réimporter ne change rien"
            for niveau in (1, 2):
                rejeu = lieu.rejouer(niveau=niveau)
                assert (rejeu.decisions, rejeu.ecarts) == (len(lieu.audit("personne:lb-import")), ())
    assert told["memoire"] == told["fichier"]


def test_l_histoire_garde_ses_instants_et_se_relit_a_une_date():
    lieu = tl.ouvrir("memory:")
    importer(lieu, DONNEES)
    connues = [len(lieu.registre("reservations", connu_le=le)) for le in ("2012-02-17", "2012-02-18")]
    assert connues == [0, len(lieu.registre("reservations"))]
    assert all(t.enregistre_le < str(Instant.from_utc(2013, 1, 1)) for t in lieu.audit("personne:lb-import"))
