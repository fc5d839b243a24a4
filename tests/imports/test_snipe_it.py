"""Snipe-IT files as they come: invented ones, with the columns of its import templates."""

from __future__ import annotations

from pathlib import Path

import pytest
from whenever import Date, Instant

import tierslieu_core as tl
from tierslieu_adapters.imports.rapport import Rapport
from tierslieu_adapters.imports.snipe_it import Options, importer
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.cadre.regles import AdopterRegle
from tierslieu_core.domaines.cadre.regles.genres.quantites import DureePret
from tierslieu_core.domaines.usages.prets import RendreObjet
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.ports import head_of
from tierslieu_core.lieu import Lieu
from tierslieu_core.vocabulaire.identifiants import ObjetId, PersonneId, RegleId

BIENS = (
    "\ufeffCompany,Name,Asset Tag,Category,Manufacturer,Location,Model,Model Number,Asset Notes,Purchase Cost,"
    "Checkout Type,"
    "Checked Out To: Username,Checked Out To: First Name,Checked Out To: Last Name,Checked Out To: Email,"
    "Checked Out To: Location\n"
)
SCIE = "Quai,Scie,QUAI-001,Bois,Makita,Atelier,SP6000,SP-6,sur Zoé,449.90,User,zdupont7,Zoé,Dupont,zoe@example.org,\n"
PERCEUSE = "Le Quai,,QUAI-002,Perçage,Bosch,Atelier,GSB 18,,,129.00,,,,,,\n"
ETABLI = 'Le Quai,Établi,QUAI-003,Bois,,Atelier,"Établi 2 m",,,,Location,,,,,Salle bois\n'
BASE = {
    "assets.csv": BIENS + SCIE + PERCEUSE + ETABLI,
    "accessories.csv": (
        "Company,Name,Category,Manufacturer,QTY,Model Number,Purchase Cost\nLe Quai,Rallonge,Câble,,12,,5.27\n"
    ),
    "users.csv": (
        "First Name,Last Name,Email,Username,Phone,Notes\n"
        "Zoé,Dupont,zoe@example.org,zdupont7,06 01 02 03 04,aime le bois\nOmar,Benali,,obenali7,,\n"
    ),
    "locations.csv": "name,address,manager username\nAtelier,1 rue du Port,zdupont7\n",
}


def export(ou: Path, *sans: str, **tables: str) -> Path:
    for name, text in (BASE | {f"{name}.csv": text for name, text in tables.items()}).items():
        if name not in sans:
            (ou / name).write_bytes(text.encode())
    return ou


def neuf() -> Lieu:
    opened = tl.ouvrir("memory:")
    return Lieu(opened.recorder, opened.vault, tl.lieu.catalogue_of(), lambda: Instant.from_utc(2026, 11, 24, 9))


def fonde() -> Lieu:
    lieu = neuf()
    fonder = FonderLieu(nom="Le Quai", personne=PersonneId("camille"), nom_personne="Camille Martin")
    lieu.executer(fonder, par="camille", survenu_le=Instant.from_utc(2026, 9, 1))
    return lieu


def verdicts(rapport: Rapport) -> dict[str, int]:
    return {v: n for v, n in rapport.verdicts.items() if n}


def dehors(lieu: Lieu) -> list[tuple[str, str, str]]:
    return [(p.objet, lieu.nommer("personne", p.personne), str(p.retour)) for p in lieu.registre("prets")]


def test_un_parc_devient_des_modeles_des_objets_des_personnes_et_des_prets_en_main(tmp_path: Path):
    lieu = neuf()
    rapport = importer(lieu, export(tmp_path))
    assert verdicts(rapport) == {"accord": 1}
    assert dict(rapport.ranges) == {"personne": 2, "modèle": 4, "objet": 3}
    assert [(r.objet, r.nom) for r in lieu.registre("materiel")] == [
        ("snipe-a-quai-001", "Scie (QUAI-001)"),
        ("snipe-a-quai-002", "GSB 18 (QUAI-002)"),
        ("snipe-a-quai-003", "Établi (QUAI-003)"),
    ]
    assert {(r.nom, r.categorie, r.quantite) for r in lieu.registre("modeles")} == {
        ("SP6000 SP-6", "Bois", None), ("GSB 18", "Perçage", None), ("Établi 2 m", "Bois", None),
        ("Rallonge", "Câble", 12),
    }  # fmt: skip
    assert dehors(lieu) == [("snipe-a-quai-001", "Zoé Dupont", "2026-12-24")]
    assert rapport.lignes == [
        ("locations.csv", "1 lieu : ils rangent, ils ne se réservent pas"),
        ("assets.csv:4", "attribué à « Salle bois », non à une personne : ce n'est pas un prêt"),
    ]
    assert lieu.rejouer().fidele


def test_ni_prix_ni_note_ni_nom_en_clair(tmp_path: Path):
    lieu = neuf()
    importer(lieu, export(tmp_path))
    stored = b"".join(row.event.data + "".join(row.event.tags).encode() for row in lieu.recorder.read())
    clear = (b"449.90", b"129.00", b"sur Zo", b"aime le bois", b"Dupont", b"zdupont7", b"@example", b"obenali7")
    assert not [text for text in clear if text in stored]
    assert [nom for _, nom in lieu.chercher("benali")] == ["Omar Benali"]


def test_le_retour_est_celui_que_la_ligne_attend_sinon_celui_que_l_on_dit(tmp_path: Path):
    attendu = BIENS.replace("Company", "Expected Checkin Date,Company", 1) + "2027-01-15," + SCIE
    for tables, retour in (({}, "2026-12-31"), ({"assets": attendu}, "2027-01-15")):
        lieu = neuf()
        importer(lieu, export(tmp_path, **tables), options=Options(retour=Date(2026, 12, 31)))
        assert [le for _, _, le in dehors(lieu)] == [retour]


def test_qui_a_un_objet_sans_etre_au_fichier_des_personnes_est_inscrit(tmp_path: Path):
    lieu = neuf()
    rapport = importer(lieu, export(tmp_path, "users.csv"))
    assert (rapport.personnes, dehors(lieu)[0][1]) == (1, "Zoé Dupont")
    anonyme = BIENS + SCIE.replace(",zdupont7,Zoé,Dupont,zoe@example.org,", ",inconnue,,,,")
    lieu = neuf()
    importer(lieu, export(tmp_path, assets=anonyme))
    assert dehors(lieu)[0][1] == "inconnue"


def test_une_personne_deja_au_registre_se_reconnait_a_son_adresse(tmp_path: Path):
    lieu = fonde()
    lieu.executer(InscrirePersonne(personne=PersonneId("p-7"), nom="Zoé D.", contact="zoe@example.org"), par="camille")
    importer(lieu, export(tmp_path))
    assert [p.personne for p in lieu.registre("prets")] == ["p-7"]


def test_un_objet_en_reparation_ou_sorti_du_parc_le_dit(tmp_path: Path):
    entete = BIENS.replace("Company", "Status,Company", 1)
    assets = entete + "Archived," + PERCEUSE + "Out for Repair," + PERCEUSE.replace("002", "004") + "Deployed," + SCIE
    lieu = neuf()
    importer(lieu, export(tmp_path, assets=assets))
    assert {r.objet: (r.etat, r.situation) for r in lieu.registre("materiel")} == {
        "snipe-a-quai-002": ("Archived", "retiré"),
        "snipe-a-quai-004": ("Out for Repair", "hors service"),
        "snipe-a-quai-001": ("Deployed", "en service"),
    }
    head = head_of(lieu.recorder)
    importer(lieu, tmp_path)
    assert head_of(lieu.recorder) == head


def test_les_fautes_sont_dites_a_leur_ligne_et_le_reste_est_repris(tmp_path: Path):
    assets = (
        BIENS + SCIE + SCIE + PERCEUSE.replace("QUAI-002", "") + "Le Quai,QUAI-9\n"
        + SCIE.replace("001", "005").replace(",zdupont7,", ",,")
        + PERCEUSE.replace("Perçage", "Bois").replace("002", "006") + PERCEUSE
    )  # fmt: skip
    accessories = BASE["accessories.csv"] + "Le Quai,Gants,EPI,,beaucoup,,\nLe Quai,,EPI,,3,,\nLe Quai,Rallonge,,,3,,\n"
    lieu = neuf()
    rapport = importer(
        lieu, export(tmp_path, "locations.csv", assets=assets, accessories=accessories, autre="a,b\n1,2\n")
    )
    told = dict(rapport.lignes)
    assert told["assets.csv:3"] == "asset tag QUAI-001 déjà lu (assets.csv:2) : cette ligne-ci n'est pas reprise"
    assert told["assets.csv:4"] == "asset tag illisible : «  »"
    assert told["assets.csv:5"].startswith("ligne abîmée : 2 cellules")
    assert told["assets.csv:6"] == "prêté sans dire à qui (Checked Out To: Username)"
    assert told["assets.csv:8"] == "catégorie « Perçage » non reprise : celle du modèle est « Bois » (assets.csv:7)"
    assert told["accessories.csv:3"] == "quantité illisible : « beaucoup » ; il n'est pas repris"
    assert told["accessories.csv:4"] == "accessoire sans nom ; il n'est pas repris"
    assert told["accessories.csv:5"] == "même accessoire qu'à accessories.csv:2 : leurs nombres s'ajoutent"
    assert told["autre.csv"] == "aucune des colonnes de Snipe-IT : ce fichier n'est pas repris"
    assert (rapport.indecidees, verdicts(rapport)) == (1, {"accord": 1})
    assert [r.quantite for r in lieu.registre("modeles") if r.nom == "Rallonge"] == [15]


def test_reimporter_ne_change_rien_meme_un_autre_jour(tmp_path: Path):
    jour = [Instant.from_utc(2026, 11, 24, 9)]
    opened = tl.ouvrir("memory:")
    lieu = Lieu(opened.recorder, opened.vault, tl.lieu.catalogue_of(), lambda: jour[0])
    first = importer(lieu, export(tmp_path))
    head = head_of(lieu.recorder)
    jour[0] = Instant.from_utc(2026, 12, 1, 9)
    plus = BASE["accessories.csv"].replace(",12,", ",14,")
    again = importer(lieu, export(tmp_path, accessories=plus))
    assert (head_of(lieu.recorder), again.verdicts, again.lignes) == (head, first.verdicts, first.lignes)


def test_un_export_plus_tardif_prete_ce_qui_est_sorti_depuis_et_dit_ce_qui_est_rentre(tmp_path: Path):
    lieu = fonde()
    importer(lieu, export(tmp_path))
    rentre = SCIE.replace("User,zdupont7,Zoé,Dupont,zoe@example.org,", ",,,,,")
    sortie = PERCEUSE.replace(",,,,,,\n", ",User,obenali7,,,,\n")
    rapport = importer(lieu, export(tmp_path, assets=BIENS + rentre + sortie))
    assert [objet for objet, _, _ in dehors(lieu)] == ["snipe-a-quai-001", "snipe-a-quai-002"]
    (rentree,) = [said for ou, said in rapport.lignes if ou == "assets.csv:2"]
    assert rentree.startswith("n'est plus prêté à la même personne dans Snipe-IT : enregistrez d'abord le retour")
    (pret,) = lieu.registre("prets", filtre={"objet": "snipe-a-quai-001"})
    lieu.executer(RendreObjet(objet=ObjetId("snipe-a-quai-001"), personne=pret.personne), par="camille")
    assert [ou for ou, _ in importer(lieu, tmp_path).lignes] == ["locations.csv"]


def test_un_essai_n_enregistre_rien(tmp_path: Path):
    lieu = fonde()
    head = head_of(lieu.recorder)
    told: list[tuple[int, int]] = []
    rapport = importer(lieu, export(tmp_path), essai=True, progres=lambda n, total: told.append((n, total)))
    assert (verdicts(rapport), head_of(lieu.recorder), told[-1]) == ({"accord": 1}, head, (10, 10))


def test_les_regles_du_lieu_ne_jugent_que_si_on_le_demande(tmp_path: Path):
    lieu = fonde()
    regle = AdopterRegle(
        regle=RegleId("courte"), genre=DureePret(maximum_jours=7), du=Date(2026, 11, 1), motif="essai d'un mois"
    )
    lieu.executer(regle, par="camille", survenu_le=Instant.from_utc(2026, 10, 31))
    with pytest.raises(DemandeInvalide, match=r"1 de ces lignes.*--reglement"):
        importer(lieu, export(tmp_path))
    rapport = importer(lieu, tmp_path, reglement=True)
    assert [ou for ou, _ in rapport.refus] == ["assets.csv:2"]
    assert "7 jours au plus" in rapport.refus[0][1]


def test_un_dossier_etranger_le_dit(tmp_path: Path):
    (tmp_path / "notes.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    with pytest.raises(DemandeInvalide, match="n'est pas un export de Snipe-IT"):
        importer(neuf(), tmp_path)


DONNEES = Path(__file__).parents[2].parent / "shared" / "donnees" / "snipe-it"


@pytest.mark.skipif(not DONNEES.is_dir(), reason="les fichiers de Snipe-IT ne sont pas à côté (../shared/donnees)")
def test_les_fichiers_d_exemple_de_snipe_it_s_importent_et_se_rejouent():
    lieu = neuf()
    rapport = importer(lieu, DONNEES)
    assert (verdicts(rapport), rapport.indecidees) == ({"accord": 9}, 0)
    assert sum(r.quantite or 0 for r in lieu.registre("modeles")) == 61 + 17 + 14
    assert len(lieu.registre("materiel")) == 22
    head = head_of(lieu.recorder)
    assert importer(lieu, DONNEES).verdicts == rapport.verdicts
    assert head_of(lieu.recorder) == head
    assert lieu.rejouer().fidele
