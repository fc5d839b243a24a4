"""leihs exports as they come: invented ones, in the shape of its tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from whenever import Date, Instant

import tierslieu_core as tl
from tierslieu_adapters.imports import reprise
from tierslieu_adapters.imports.leihs import Options, importer
from tierslieu_adapters.imports.rapport import Rapport
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.cadre.regles import AdopterRegle
from tierslieu_core.domaines.cadre.regles.genres.quantites import DureePret
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.ports import head_of
from tierslieu_core.lieu import Lieu
from tierslieu_core.vocabulaire.identifiants import PersonneId, RegleId

PRETS = "reservations.csv"
ENTETE = (
    "id,inventory_pool_id,user_id,type,status,item_id,model_id,quantity,start_date,end_date,returned_date,option_id,"
    "created_at\n"
)
RENDU = "r1,it,zoe,ItemLine,closed,i1,m1,1,2026-10-05,2026-10-08,2026-10-07,,2026-10-01 10:00:00\n"
SORTI = "r2,it,omar,ItemLine,signed,i1,m1,1,2026-11-20,2026-12-01,,,2026-11-01 10:00:00\n"
BASE = {
    "inventory_pools.csv": "id,name,shortname\nit,Informatique,IT\nav,Audiovisuel,AV\n",
    "models.csv": (
        "id,type,manufacturer,product,version,rental_price,is_package,description\n"
        "m1,Model,Sharp,Projecteur,X2,15.00,false,Prend du VGA\n"
        "m2,Model,,Lot photo,,,true,\n"
        "m3,Software,,Éditeur,,,false,\n"
    ),
    "items.csv": (
        "id,inventory_code,model_id,inventory_pool_id,parent_id,retired,retired_reason,price,is_broken,is_incomplete,"
        "is_borrowable\n"
        "i1,PRO-1,m1,it,,,,999.00,false,false,true\n"
        "i2,PRO-2,m1,av,,,,999.00,false,false,true\n"
        "i3,LOT-1,m2,it,,,,,false,false,true\n"
        "i4,PRO-4,m1,it,i3,,,,false,false,true\n"
        "i5,PRO-5,m1,it,i3,,,,false,false,true\n"
    ),
    "users.csv": (
        "id,login,firstname,lastname,phone,email,delegator_user_id,created_at\n"
        "zoe,zoe,Zoé,Dupont,06 01 02 03 04,zoe@example.org,,2026-09-01 08:00:00+00\n"
        "omar,omar,Omar,Benali,,,,2026-09-01 08:00:00.123+00\n"
        "club,,Club photo,,,,zoe,2026-09-02 08:00:00+00\n"
    ),
    "delegations_direct_users.csv": "delegation_id,user_id,id\nclub,omar,d1\nclub,zoe,d2\n",
    PRETS: ENTETE + RENDU + SORTI,
}


def export(ou: Path, *sans: str, **tables: str) -> Path:
    """The small export, some of its tables replaced (``reservations=…``) or left out."""
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


def dehors(lieu: Lieu) -> list[tuple[str, str, str, str]]:
    return [(p.objet, p.personne, str(p.depuis), str(p.retour)) for p in lieu.registre("prets")]


def test_une_base_devient_du_materiel_des_personnes_et_des_prets_dates(tmp_path: Path):
    lieu = neuf()
    rapport = importer(lieu, export(tmp_path))
    assert verdicts(rapport) == {"accord": 2}
    assert dict(rapport.ranges) == {"personne": 3, "modèle": 3, "objet": 3}
    assert dehors(lieu) == [("leihs-i-i1", "leihs-u-omar", "2026-11-20", "2026-12-01")]
    assert [str(t.quand) for t in lieu.audit("objet:leihs-i-i1") if "Prêter" in t.commande] == [
        "lundi 5 octobre 2026 à 12 h",
        "vendredi 20 novembre 2026 à 12 h",
    ]
    assert {(r.modele, r.nom, r.categorie) for r in lieu.registre("modeles")} == {
        ("leihs-m-m1", "Projecteur X2", "matériel"),
        ("leihs-m-m2", "Lot photo", "lot"),
        ("leihs-m-m3", "Éditeur", "logiciel"),
    }
    assert lieu.rejouer().fidele


def test_le_dernier_jour_est_compris(tmp_path: Path):
    un_jour = ENTETE + SORTI.replace("2026-11-20,2026-12-01", "2026-11-24,2026-11-24")
    lieu = neuf()
    importer(lieu, export(tmp_path, reservations=un_jour))
    assert dehors(lieu) == [("leihs-i-i1", "leihs-u-omar", "2026-11-24", "2026-11-24")]
    assert [p.etat for p in lieu.registre("prets")] == ["en cours"]
    assert [p.etat for p in lieu.registre("prets", au="2026-11-25")] == ["en retard"]


def test_aucun_prix_et_aucun_nom_n_est_en_clair(tmp_path: Path):
    lieu = neuf()
    importer(lieu, export(tmp_path))
    stored = b"".join(row.event.data + "".join(row.event.tags).encode() for row in lieu.recorder.read())
    assert not [
        clear for clear in (b"999.00", b"15.00", b"Dupont", b"@example", b"06 01", b"Benali") if clear in stored
    ]
    assert lieu.chercher("dupont") == [("leihs-u-zoe", "Zoé Dupont")]


def test_un_lot_dit_ce_qu_il_contient_et_ses_pieces_ne_sont_pas_a_part(tmp_path: Path):
    lieu = neuf()
    rapport = importer(lieu, export(tmp_path))
    (lot,) = [r for r in lieu.registre("modeles") if r.categorie == "lot"]
    assert [str(p) for p in lot.parties] == ["Projecteur X2 × 2"]
    assert [ou for ou, said in rapport.lignes if "pièce du lot LOT-1" in said] == ["items.csv:5", "items.csv:6"]


def test_deux_lots_d_un_modele_qui_different_se_disent(tmp_path: Path):
    items = BASE["items.csv"] + "i6,LOT-2,m2,it,,,,,false,false,true\ni7,PRO-7,m1,it,i6,,,,false,false,true\n"
    rapport = importer(neuf(), export(tmp_path, items=items + "i8,PRO-8,m1,it,i99,,,,false,false,true\n"))
    told = dict(rapport.lignes)
    assert "ne contient pas ce que contient le premier" in told["items.csv:7"]
    assert "lot inconnu : « i99 » ; l'objet est repris seul" in told["items.csv:9"]


def test_une_delegation_est_un_collectif_pour_qui_ses_membres_agissent(tmp_path: Path):
    lieu = neuf()
    pour_le_club = ENTETE + SORTI.replace(",omar,", ",club,")
    rapport = importer(lieu, export(tmp_path, reservations=pour_le_club))
    assert dehors(lieu)[0][1] == "leihs-u-club"
    acting = {(r.personne, r.representant) for r in lieu.registre("representations")}
    assert acting == {("leihs-u-club", "leihs-u-zoe"), ("leihs-u-club", "leihs-u-omar")}
    assert rapport.lignes == importer(neuf(), tmp_path).lignes
    inconnu = BASE["delegations_direct_users.csv"] + "club,personne,d3\n"
    told = importer(neuf(), export(tmp_path, delegations_direct_users=inconnu)).lignes
    assert ("delegations_direct_users.csv:4", "délégation ou personne inconnue : ce membre n'est pas repris") in told


def test_un_objet_casse_ou_retire_garde_les_prets_d_avant(tmp_path: Path):
    items = (
        BASE["items.csv"]
        .replace("i1,PRO-1,m1,it,,,,999.00,false,false", "i1,PRO-1,m1,it,,2026-11-22,vendu,,false,true")
        .replace("i2,PRO-2,m1,av,,,,999.00,false,false,true", "i2,PRO-2,m1,av,,demain,,,true,false,false")
    )
    lieu = neuf()
    rapport = importer(lieu, export(tmp_path, items=items, reservations=ENTETE + RENDU))
    assert verdicts(rapport) == {"accord": 1}
    etats = {r.objet: (r.etat, r.situation) for r in lieu.registre("materiel")}
    assert etats["leihs-i-i1"] == ("incomplet", "retiré")
    assert etats["leihs-i-i2"] == ("cassé", "hors service")
    assert [said for ou, said in rapport.lignes if ou == "items.csv:3"] == [
        "ne s'emprunte pas dans leihs : à dire par une règle, ou mettez-le hors service",
        "date de retrait illisible : « demain » ; l'objet reste au matériel",
    ]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("draft", "brouillon dans leihs"),
        ("unsubmitted", "panier jamais envoyé"),
        ("submitted", "attend encore un accord"),
        ("rejected", "refusée dans leihs"),
    ],
)
def test_ce_qui_n_est_pas_un_pret_se_dit_sans_etre_demande(tmp_path: Path, status: str, said: str):
    rapport = importer(neuf(), export(tmp_path, reservations=ENTETE + SORTI.replace("signed", status)))
    assert (verdicts(rapport), rapport.indecidees) == ({}, 0)
    assert [ou for ou, told in rapport.lignes if said in told] == [f"{PRETS}:2"]


@pytest.mark.parametrize(
    ("avant", "apres", "pourquoi"),
    [
        ("signed", "perdu", "état inconnu : « perdu »"),
        (",omar,", ",personne,", "personne inconnue : « personne »"),
        (",i1,", ",i99,", "objet inconnu : « i99 »"),
        ("signed,i1,m1", "approved,,m99", "modèle inconnu : « m99 »"),
        ("ItemLine", "OptionLine", "modèle inconnu : «  »"),
        (",i1,", ",i4,", "objet inconnu : « i4 »"),
        ("2026-11-20", "20 novembre", "date illisible (start_date) : « 20 novembre »"),
        ("2026-12-01", "0000-00-00", "date illisible (end_date)"),
        (
            "2026-12-01",
            "2026-11-19",
            "la fin (jeudi 19 novembre 2026) vient avant le début (vendredi 20 novembre 2026)",
        ),
        ("r2,", ",", "id illisible : «  »"),
        ("r2,", "r1,", "id r1 déjà lu (reservations.csv:2)"),
    ],
)
def test_ce_qui_ne_se_decide_pas_est_dit_et_le_reste_est_repris(tmp_path: Path, avant, apres, pourquoi):
    rapport = importer(neuf(), export(tmp_path, reservations=ENTETE + RENDU + SORTI.replace(avant, apres)))
    assert (verdicts(rapport), rapport.indecidees) == ({"accord": 1}, 1)
    (said,) = [said for ou, said in rapport.lignes if ou == f"{PRETS}:3"]
    assert pourquoi in said
    assert "1 ligne impossible à décider" in str(rapport)


def test_un_retour_avant_le_depart_ou_sans_date_se_dit(tmp_path: Path):
    avant = RENDU.replace("2026-10-07", "2026-10-01")
    rapport = importer(neuf(), export(tmp_path, reservations=ENTETE + avant))
    assert (
        "reservations.csv:2",
        "rendue (jeudi 1er octobre 2026) avant d'être prêtée (lundi 5 octobre 2026)",
    ) in rapport.lignes
    lieu = neuf()
    rapport = importer(lieu, export(tmp_path, reservations=ENTETE + RENDU.replace("2026-10-07", "")))
    assert ("reservations.csv:2", "rendue, sans date de retour : datée du dernier jour prévu") in rapport.lignes
    assert dehors(lieu) == []


def test_deux_prets_d_un_objet_le_meme_jour_se_suivent_et_deux_a_la_fois_se_refusent(tmp_path: Path):
    suit = SORTI.replace("2026-11-20", "2026-10-07")
    lieu = neuf()
    rapport = importer(lieu, export(tmp_path, reservations=ENTETE + suit + RENDU))
    assert (verdicts(rapport), rapport.refus) == ({"accord": 2}, [])
    a_la_fois = SORTI.replace("2026-11-20", "2026-10-06")
    rapport = importer(neuf(), export(tmp_path, reservations=ENTETE + a_la_fois + RENDU))
    assert verdicts(rapport) == {"accord": 1, "refus": 1}
    ((ou, said),) = rapport.refus
    assert ou == f"{PRETS}:2"
    assert said.startswith("Zoé Dupont a déjà Projecteur X2 (PRO-1), à rendre le jeudi 8 octobre 2026.")


PREVUE = "r4,it,omar,ItemLine,approved,,m1,1,2026-12-05,2026-12-09,,,2026-11-10 10:00:00\n"


def test_ce_qui_est_reserve_d_avance_par_modele_est_remis_quand_leihs_le_remet(tmp_path: Path):
    lieu = fonde()
    rapport = importer(lieu, export(tmp_path, reservations=ENTETE + PREVUE))
    assert verdicts(rapport) == {"accord": 1}
    (une,) = lieu.registre("reservations_materiel")
    assert (une.modele, une.personne, str(une.du), str(une.au)) == (
        "leihs-m-m1", "leihs-u-omar", "2026-12-05", "2026-12-09",
    )  # fmt: skip
    remise = PREVUE.replace("approved,,", "signed,i2,").replace("2026-12-05", "2026-11-24")
    importer(lieu, export(tmp_path, reservations=ENTETE + remise))
    assert [(p.objet, p.personne) for p in lieu.registre("prets")] == [("leihs-i-i2", "leihs-u-omar")]
    assert [r.restent for r in lieu.registre("reservations_materiel")] == [0]
    head = head_of(lieu.recorder)
    importer(lieu, tmp_path)
    assert head_of(lieu.recorder) == head


def test_ce_que_leihs_annule_apres_coup_est_annule(tmp_path: Path):
    lieu = fonde()
    importer(lieu, export(tmp_path, reservations=ENTETE + PREVUE))
    importer(lieu, export(tmp_path, reservations=ENTETE + PREVUE.replace("approved", "rejected")))
    assert [r.etat for r in lieu.registre("reservations_materiel")] == ["annulée"]
    head = head_of(lieu.recorder)
    importer(lieu, tmp_path)
    assert head_of(lieu.recorder) == head


def test_une_option_se_compte_se_prete_et_se_rend_en_nombre(tmp_path: Path):
    options = "id,inventory_pool_id,product,version,price\no1,it,Rallonge,5 m,3.50\n"
    sortie = "r5,it,omar,OptionLine,signed,,,3,2026-11-20,2026-12-01,,o1,2026-11-01 10:00:00\n"
    lieu = fonde()
    rapport = importer(lieu, export(tmp_path, reservations=ENTETE + sortie, options=options))
    assert verdicts(rapport) == {"accord": 1}
    compte = "leihs ne compte pas les exemplaires d'une option : 3, à corriger au besoin"
    assert ("options.csv:2", compte) in rapport.lignes
    assert [(p.modele, p.restent, str(p.retour)) for p in lieu.registre("prets_en_nombre")] == [
        ("leihs-o-o1", 3, "2026-12-01")
    ]
    rendue = sortie.replace("signed", "closed").replace("2026-12-01,,", "2026-12-01,2026-11-23,")
    importer(lieu, export(tmp_path, reservations=ENTETE + rendue))
    assert lieu.registre("prets_en_nombre") == []


def test_un_seul_parc_si_on_le_demande(tmp_path: Path):
    lieu = neuf()
    av = SORTI.replace("r2,it", "r3,av").replace(",i1,", ",i2,")
    rapport = importer(lieu, export(tmp_path, reservations=ENTETE + RENDU + av), options=Options(parc="AV"))
    assert (rapport.fonde, verdicts(rapport)) == ("Audiovisuel", {"accord": 1})
    assert [r.objet for r in lieu.registre("materiel")] == ["leihs-i-i2"]
    assert [r.modele for r in lieu.registre("modeles")] == ["leihs-m-m1"]
    with pytest.raises(DemandeInvalide, match=r"Aucun parc « Bois »[^.]*\. Parcs : Audiovisuel, Informatique\."):
        importer(neuf(), tmp_path, options=Options(parc="Bois"))


def test_reimporter_ne_change_rien(tmp_path: Path):
    lieu = neuf()
    first = importer(lieu, export(tmp_path))
    head = head_of(lieu.recorder)
    again = importer(lieu, tmp_path)
    assert (head_of(lieu.recorder), again.verdicts, again.lignes) == (head, first.verdicts, first.lignes)


def test_un_export_plus_tardif_rend_prolonge_et_ne_defait_rien(tmp_path: Path):
    lieu = fonde()
    importer(lieu, export(tmp_path))
    prolonge = SORTI.replace("2026-12-01", "2026-12-15")
    modeles = BASE["models.csv"].replace("Prend du VGA", "Prend du HDMI")
    rapport = importer(lieu, export(tmp_path, reservations=ENTETE + RENDU + prolonge, models=modeles))
    assert (verdicts(rapport), dehors(lieu)[0][3]) == ({"accord": 3}, "2026-12-15")
    rendu = prolonge.replace("signed", "closed").replace("2026-12-15,,", "2026-12-15,2026-11-23,")
    importer(lieu, export(tmp_path, reservations=ENTETE + RENDU + rendu))
    assert dehors(lieu) == []
    head = head_of(lieu.recorder)
    importer(lieu, tmp_path)
    assert head_of(lieu.recorder) == head
    assert lieu.rejouer().fidele


def test_une_personne_deja_au_registre_se_reconnait_a_son_adresse(tmp_path: Path):
    lieu = fonde()
    zoe = InscrirePersonne(personne=PersonneId("p-7"), nom="Zoé D.", contact="zoe@example.org")
    lieu.executer(zoe, par="camille")
    rapport = importer(lieu, export(tmp_path, reservations=ENTETE + SORTI.replace(",omar,", ",zoe,")))
    assert ([p[1] for p in dehors(lieu)], rapport.personnes) == (["p-7"], 2)


def test_un_import_interrompu_reprend_et_un_essai_n_enregistre_rien(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reprise, "LOT", 2)
    lieu, whole = neuf(), neuf()
    importer(whole, export(tmp_path))

    def coupure(n: int, _: int) -> None:
        if n == 7:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        importer(lieu, tmp_path, progres=coupure)
    assert 0 < head_of(lieu.recorder) < head_of(whole.recorder)
    head = head_of(lieu.recorder)
    assert verdicts(importer(lieu, tmp_path, essai=True)) == {"accord": 2}
    assert head_of(lieu.recorder) == head
    importer(lieu, tmp_path)
    assert (head_of(lieu.recorder), dehors(lieu)) == (head_of(whole.recorder), dehors(whole))


def test_les_regles_du_lieu_ne_jugent_que_si_on_le_demande(tmp_path: Path):
    lieu = fonde()
    une_semaine = DureePret(maximum_jours=7)
    courte = AdopterRegle(regle=RegleId("courte"), genre=une_semaine, du=Date(2026, 11, 1), motif="essai")
    lieu.executer(courte, par="camille", survenu_le=Instant.from_utc(2026, 10, 31))
    head = head_of(lieu.recorder)
    with pytest.raises(DemandeInvalide, match=r"1 de ces lignes.*--reglement"):
        importer(lieu, export(tmp_path))
    assert head_of(lieu.recorder) == head
    assert verdicts(importer(lieu, tmp_path, reglement=True)) == {"accord": 1, "refus": 1}


def test_ce_que_le_lieu_ne_reprend_pas_est_dit(tmp_path: Path):
    rapport = importer(
        neuf(),
        export(
            tmp_path, workdays="id,monday\nw,true\n", rooms="id,name\nr,Cave\n",
            holidays="id,inventory_pool_id,start_date,end_date,name\nh,it,2026-12-24,2026-12-26,Noël\n",
            entitlement_groups="id,name,inventory_pool_id\ng,Première année,it\n",
        ),
    )  # fmt: skip
    told = dict(rapport.lignes)
    assert "1 ligne : les jours d'ouverture se disent par une règle" in told["workdays.csv"]
    assert "fermeture du 2026-12-24 au 2026-12-26 (Informatique), « Noël »" in told["holidays.csv:2"]
    assert "groupe de droits « Première année »" in told["entitlement_groups.csv:2"]


def test_lignes_abimees_colonnes_absentes_et_dossier_etranger(tmp_path: Path):
    rapport = importer(neuf(), export(tmp_path, "users.csv", reservations="id,status\nr1,signed\n"))
    assert ("users.csv", "fichier absent de l'export") in rapport.lignes
    assert any(ou == f"{PRETS}:1" and "colonne(s) absente(s) : user_id" in said for ou, said in rapport.lignes)
    items = BASE["items.csv"] + "i9,PRO-9\n,sans,m1,it,,,,,false,false,true\ni8,PRO-8,m99,it,,,,,false,false,true\n"
    told = dict(importer(neuf(), export(tmp_path, items=items)).lignes)
    assert told["items.csv:7"].startswith("ligne abîmée : 2 cellules")
    assert told["items.csv:8"] == "id illisible : «  »"
    assert told["items.csv:9"] == "modèle inconnu : « m99 » ; cet objet n'est pas repris"
    with pytest.raises(DemandeInvalide, match="n'est pas un export de leihs"):
        importer(neuf(), tmp_path / "ailleurs")


DONNEES = Path(__file__).parents[2].parent / "shared" / "donnees" / "leihs" / "csv"


@pytest.mark.skipif(
    not DONNEES.is_dir(), reason="l'export réel de leihs n'est pas à côté du projet (../shared/donnees)"
)
def test_la_base_d_exemple_de_leihs_s_importe_et_se_rejoue():
    lieu = neuf()
    rapport = importer(lieu, DONNEES)
    assert (verdicts(rapport), rapport.indecidees) == ({"accord": 8}, 0)
    assert len(dehors(lieu)) == 4
    drafts = [said for _, said in rapport.lignes if said.startswith(("brouillon", "panier", "attend"))]
    assert sum(rapport.verdicts.values()) + rapport.indecidees + len(drafts) == 27, "chaque ligne a son sort"
    head = head_of(lieu.recorder)
    assert importer(lieu, DONNEES).verdicts == rapport.verdicts
    assert head_of(lieu.recorder) == head
    assert lieu.rejouer().fidele
