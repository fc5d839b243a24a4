"""LibreBooking exports as they come: invented ones, in every shape that the format allows."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from whenever import Date, Instant

import tierslieu_core as tl
from tierslieu_adapters.imports import reprise
from tierslieu_adapters.imports.librebooking import importer
from tierslieu_adapters.imports.rapport import Rapport
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.regles import AdopterRegle
from tierslieu_core.domaines.cadre.regles.genres.temps import Duree
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.ports import head_of
from tierslieu_core.lieu import Lieu
from tierslieu_core.vocabulaire.identifiants import PersonneId, RegleId

BASE = {
    "schedules.csv": "schedule_id,name,isdefault\n1,Annexe,0\n2,La Grange,1\n",
    "resources.csv": "resource_id,name,max_participants,description\n1,Atelier,8,\n2,Salle verte,,au fond\n",
    "users.csv": (
        "user_id,fname,lname,username,email,phone,timezone,date_created\n"
        "1,Zoé,Dupont,zoe,zoe@example.org,,Europe/Paris,2024-01-02 08:00:00\n"
        "2,Omar,Benali,omar,,0102,Europe/Paris,2024-01-03 08:00:00\n"
    ),
    "reservation_series.csv": (
        "series_id,date_created,last_modified,title,description,status_id,owner_id\n"
        "1,2024-02-01 10:00:00,,Couture,,1,1\n"
        "2,2024-02-02 10:00:00,,,,1,2\n"
    ),
    "reservation_resources.csv": "series_id,resource_id,resource_level_id\n1,1,1\n2,1,1\n",
    "reservation_users.csv": "reservation_instance_id,user_id,reservation_user_level\n1,1,1\n2,2,1\n",
    "reservation_instances.csv": (
        "reservation_instance_id,start_date,end_date,reference_number,series_id\n"
        "1,2024-03-01 09:00:00,2024-03-01 11:00:00,a,1\n"
        "2,2024-03-01 10:00:00,2024-03-01 12:00:00,b,2\n"
    ),
}
INSTANCES, SERIES, RESSOURCES = "reservation_instances.csv", "reservation_series.csv", "reservation_resources.csv"


def export(ou: Path, *sans: str, **tables: str) -> Path:
    """The small export, some of its tables replaced (``instances=…``) or left out."""
    full = {"instances": INSTANCES, "series": SERIES, "resources": RESSOURCES}
    said = BASE | {full.get(name, f"{name}.csv"): text for name, text in tables.items()}
    for name, text in said.items():
        if name not in sans:
            (ou / name).write_bytes(text.encode())
    return ou


def neuf() -> Lieu:
    return tl.ouvrir("memory:")


def verdicts(rapport: Rapport) -> dict[str, int]:
    return {v: n for v, n in rapport.verdicts.items() if n}


def etats(lieu: Lieu) -> dict[str, str]:
    return {r.reservation.removeprefix("librebooking.instance."): r.etat for r in lieu.registre("reservations")}


def test_une_histoire_fonde_le_lieu_et_se_decide_dans_l_ordre(tmp_path: Path):
    lieu = neuf()
    rapport = importer(lieu, export(tmp_path))
    assert verdicts(rapport) == {"accord": 1, "refus": 1}
    assert rapport.lignes == []
    assert (rapport.fonde, rapport.espaces, rapport.personnes) == ("La Grange", 2, 2)
    assert lieu.livre.zone == "Europe/Paris"
    (une,) = lieu.registre("reservations")
    assert (une.espace, une.personne, str(une.debut)) == ("lb-r-1", "lb-u-1", "2024-03-01T10:00:00")
    assert [(p.personne, p.nom, p.contact) for p in lieu.registre("personnes")][1:] == [
        ("lb-u-1", "Zoé Dupont", "zoe@example.org"),
        ("lb-u-2", "Omar Benali", "0102"),
    ]
    refusee = lieu.expliquer("librebooking.instance.2")
    assert refusee.trace.quand == "vendredi 2 février 2024 à 11 h"
    assert "n'est pas libre : il y a déjà une réservation le vendredi 1er mars 2024 de 10 h à 12 h" in " ".join(
        refusee.trace.phrases
    )
    assert lieu.rejouer().fidele


def test_les_noms_ne_sont_en_clair_nulle_part_dans_le_journal(tmp_path: Path):
    lieu = neuf()
    importer(lieu, export(tmp_path))
    stored = b"".join(row.event.data + "".join(row.event.tags).encode() for row in lieu.recorder.read())
    assert b"lb-u-1" in stored
    assert not [clear for clear in (b"Dupont", b"zoe@", b"0102", b"Couture") if clear in stored]
    assert lieu.chercher("dupont") == [("lb-u-1", "Zoé Dupont")]


def test_reimporter_ne_change_rien(tmp_path: Path):
    lieu = neuf()
    first = importer(lieu, export(tmp_path))
    head = head_of(lieu.recorder)
    again = importer(lieu, tmp_path)
    assert head_of(lieu.recorder) == head
    assert (again.verdicts, again.lignes, again.fonde) == (first.verdicts, first.lignes, "")


def test_un_import_interrompu_reprend_ou_il_en_etait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    export(tmp_path)
    monkeypatch.setattr(reprise, "LOT", 2)  # demands acknowledged together: all of them or none
    lieu, whole = neuf(), neuf()

    def coupure(n: int, _: int) -> None:
        if n == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        importer(lieu, tmp_path, progres=coupure)
    assert [len(lieu.registre(nom)) for nom in ("espaces", "personnes", "reservations")] == [2, 3, 0]
    assert verdicts(importer(lieu, tmp_path)) == {"accord": 1, "refus": 1}
    importer(whole, tmp_path)
    told = [
        [(t.cle, t.quand, t.verdict, t.enregistre_le) for t in x.audit("personne:lb-import")] for x in (lieu, whole)
    ]
    assert told[0] == told[1]


def test_un_essai_n_enregistre_rien(tmp_path: Path):
    lieu = neuf()
    rapport = importer(lieu, export(tmp_path), essai=True)
    assert verdicts(rapport) == {"accord": 1, "refus": 1}
    assert head_of(lieu.recorder) == 0
    assert lieu.chercher("dupont") == []
    assert lieu.vault.etats("lb-u-1") == {}, "aucune clé n'est faite pour une personne qui n'est pas inscrite"
    assert "essai : rien n'est enregistré" in str(rapport)
    importer(lieu, tmp_path)
    head = head_of(lieu.recorder)
    assert verdicts(importer(lieu, tmp_path, essai=True)) == {"accord": 1, "refus": 1}
    assert head_of(lieu.recorder) == head


def test_le_progres_est_dit(tmp_path: Path):
    told: list[tuple[int, int]] = []
    importer(neuf(), export(tmp_path), progres=lambda n, total: told.append((n, total)))
    assert told == [(n, 6) for n in range(1, 7)]


def test_bom_crlf_autre_ordre_colonnes_de_plus_cellules_vides_et_guillemets(tmp_path: Path):
    plain = importer(neuf(), export(tmp_path))
    for name, text in BASE.items():
        rows = [[*reversed(row), "du neuf" if n else "Colonne_Neuve"] for n, row in enumerate(_rows(text))]
        rows[0] = [cell.upper() for cell in rows[0]]
        out = io.StringIO(newline="")
        csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
        (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + out.getvalue().encode() + b"\r\n")
    assert importer(neuf(), tmp_path) == plain


def test_point_virgule_null_et_heures_a_la_t(tmp_path: Path):
    for name, text in BASE.items():
        said = text.replace(",,", ",NULL,").replace(",,", ",\\N,").replace(",", ";").replace("01 ", "01T")
        (tmp_path / name).write_bytes(said.encode())
    lieu = neuf()
    assert verdicts(importer(lieu, tmp_path)) == {"accord": 1, "refus": 1}
    assert [p.contact for p in lieu.registre("personnes")][1:] == ["zoe@example.org", "0102"]


def test_un_texte_sur_plusieurs_lignes_ne_decale_pas_les_numeros(tmp_path: Path):
    series = BASE[SERIES].replace("Couture", '"Couture\navec ""Zoé"", le soir\n"')
    lieu = neuf()
    rapport = importer(lieu, export(tmp_path, series=series + "3,2024-02-02\n"))
    assert verdicts(rapport) == {"accord": 1, "refus": 1}
    assert rapport.lignes == [(f"{SERIES}:6", "ligne abîmée : 2 cellules, l'en-tête en annonce 7")]


@pytest.mark.parametrize(
    ("row", "pourquoi"),
    [
        ("3,2024-03-05 09:00:00,2024-03-05 09:00:00,c,1", "ne vient pas après le début"),
        ("3,2024-03-05 09:00:00,2024-03-04 09:00:00,c,1", "ne vient pas après le début"),
        ("3,5 mars 2024,2024-03-05 10:00:00,c,1", "date illisible (start_date) : « 5 mars 2024 »"),
        ("3,2024-03-05 09:00:00,0000-00-00 00:00:00,c,1", "date illisible (end_date)"),
        ("3,2024-02-30 09:00:00,2024-03-05 10:00:00,c,1", "date illisible (start_date)"),
        ("3,2024-03-05 09:00:00,9999-12-31 23:59:59,c,1", "date illisible (end_date)"),
        ("3,,,c,1", "date illisible (start_date) : «  »"),
        ("3,2024-03-05 09:00:00,2024-03-05 10:00:00,c,77", "série inconnue : « 77 »"),
        ("3,2024-03-05 09:00:00,2024-06-05 10:00:00,c,1", "62 jours au plus"),
        ("trois,2024-03-05 09:00:00,2024-03-05 10:00:00,c,1", "reservation_instance_id illisible : « trois »"),
        ("2,2024-03-05 09:00:00,2024-03-05 10:00:00,c,1", "reservation_instance_id 2 déjà lu"),
        ("3,2024-03-05 09:00:00", "ligne abîmée : 2 cellules, l'en-tête en annonce 5"),
        ("3,2024-03-05 09:00:00,2024-03-05 10:00:00,c,1,de trop", "ligne abîmée : 6 cellules"),
    ],
)
def test_ce_qui_ne_se_decide_pas_est_dit_et_rien_d_autre_n_est_perdu(tmp_path: Path, row: str, pourquoi: str):
    entete, *rest = BASE[INSTANCES].splitlines()
    rapport = importer(neuf(), export(tmp_path, instances="\n".join([entete, *rest, row, ""])))
    assert verdicts(rapport) == {"accord": 1, "refus": 1}
    ((ou, said),) = rapport.lignes
    assert ou == f"{INSTANCES}:4"
    assert pourquoi in said
    assert rapport.indecidees == 1
    assert "1 réservation impossible à décider" in str(rapport)


def test_personne_et_ressource_inconnues_se_disent_a_la_ligne(tmp_path: Path):
    series = (
        BASE[SERIES] + "3,2024-02-03 10:00:00,,,,1,1\n4,2024-02-03 10:00:00,,,,1,99\n5,2024-02-03 10:00:00,,,,1,1\n"
    )
    instances = BASE[INSTANCES] + "".join(
        f"{n},2024-04-0{n} 09:00:00,2024-04-0{n} 10:00:00,x,{s}\n" for n, s in ((3, 3), (4, 4), (5, 5))
    )
    resources = BASE[RESSOURCES] + "3,42,1\n4,1,1\n"
    rapport = importer(neuf(), export(tmp_path, series=series, instances=instances, resources=resources))
    assert [ou for ou, _ in rapport.lignes] == [f"{INSTANCES}:{n}" for n in (4, 5, 6)]
    assert [said for _, said in rapport.lignes] == [
        "ressource inconnue : « 42 »",
        f"personne inconnue : l'utilisateur « 99 » ({SERIES}:5)",
        "aucune ressource pour la série 5",
    ]
    assert (verdicts(rapport), rapport.indecidees) == ({"accord": 1, "refus": 1}, 3)


def test_sans_personne_de_niveau_1_c_est_le_proprietaire_de_la_serie(tmp_path: Path):
    lieu = neuf()
    users = "reservation_instance_id,user_id,reservation_user_level\n1,2,2\n"
    importer(lieu, export(tmp_path, reservation_users=users))
    assert [r.personne for r in lieu.registre("reservations")] == ["lb-u-1"]


def test_sans_fichier_des_personnes_de_reservation_on_continue(tmp_path: Path):
    rapport = importer(neuf(), export(tmp_path, "reservation_users.csv"))
    assert verdicts(rapport) == {"accord": 1, "refus": 1}
    assert rapport.lignes == [("reservation_users.csv", "fichier absent de l'export")]


def test_une_colonne_absente_est_dite(tmp_path: Path):
    rapport = importer(neuf(), export(tmp_path, resources="series_id,resource\n1,1\n"))
    assert rapport.lignes[0] == (
        f"{RESSOURCES}:1",
        "colonne(s) absente(s) : resource_id ; rien de ce fichier n'est repris",
    )
    assert (rapport.espaces, rapport.indecidees) == (2, 2)


def test_une_reservation_de_deux_ressources_fait_deux_demandes(tmp_path: Path):
    resources = BASE[RESSOURCES] + "2,2,2\n"
    lieu = neuf()
    rapport = importer(lieu, export(tmp_path, resources=resources))
    assert verdicts(rapport) == {"accord": 2, "refus": 1}
    assert {(r.reservation, r.espace) for r in lieu.registre("reservations")} == {
        ("librebooking.instance.1", "lb-r-1"),
        ("librebooking.instance.2.ressource.2", "lb-r-2"),
    }
    head = head_of(lieu.recorder)
    upside_down = "\n".join([resources.splitlines()[0], *reversed(resources.splitlines()[1:]), ""])
    assert importer(lieu, export(tmp_path, resources=upside_down)).lignes == []
    assert head_of(lieu.recorder) == head


def test_une_serie_supprimee_est_annulee_et_libere_le_creneau(tmp_path: Path):
    series = BASE[SERIES].replace(
        "1,2024-02-01 10:00:00,,Couture,,1,1", "1,2024-02-01 10:00:00,2024-02-01 12:00:00,Couture,,2,1"
    )
    lieu = neuf()
    rapport = importer(lieu, export(tmp_path, series=series))
    assert (verdicts(rapport), rapport.annulees) == ({"accord": 2}, 1)
    assert etats(lieu) == {"1": "annulée", "2": "acceptée"}
    assert "supprimée dans LibreBooking" in str(lieu.audit("reservation:librebooking.instance.1")[1])
    assert "1 réservation supprimée à la source : annulée de même." in str(rapport)
    assert lieu.rejouer().fidele


def test_une_suppression_venue_apres_coup_ne_defait_pas_ce_qui_a_eu_lieu(tmp_path: Path):
    series = BASE[SERIES].replace(
        "1,2024-02-01 10:00:00,,Couture,,1,1", "1,2024-02-01 10:00:00,2024-05-01 12:00:00,Couture,,2,1"
    )
    lieu = neuf()
    rapport = importer(lieu, export(tmp_path, series=series))
    assert (rapport.annulees, etats(lieu)) == (0, {"1": "acceptée"})
    ((ou, said),) = rapport.lignes
    assert ou == f"{INSTANCES}:2"
    assert said.startswith("suppression non reprise : ")


def test_un_espace_et_une_personne_renommes_a_la_source_se_disent_et_le_reste_suit(tmp_path: Path):
    lieu = neuf()
    importer(lieu, export(tmp_path))
    for name, before, after in (("resources.csv", "Atelier", "Atelier bois"), ("users.csv", "Zoé", "Zoë")):
        (tmp_path / name).write_text(BASE[name].replace(before, after), encoding="utf-8")
    rapport = importer(lieu, tmp_path)
    assert [ou for ou, _ in rapport.lignes] == ["resources.csv:2", "users.csv:2"]
    assert verdicts(rapport) == {"accord": 1, "refus": 1}


def test_une_cellule_demesuree_ne_perd_que_sa_ligne(tmp_path: Path):
    series = BASE[SERIES] + f"3,2024-02-03 10:00:00,,{'x' * 140_000},,1,1\n"
    rapport = importer(neuf(), export(tmp_path, series=series))
    assert verdicts(rapport) == {"accord": 1, "refus": 1}
    ((ou, said),) = rapport.lignes
    assert ou == f"{SERIES}:4"
    assert said.startswith("ligne illisible")


def test_ce_que_la_source_a_change_depuis_est_dit_et_le_reste_est_repris(tmp_path: Path):
    lieu = neuf()
    importer(lieu, export(tmp_path))
    plus_tard = BASE[INSTANCES].replace("1,2024-03-01 09:00:00", "1,2024-03-01 08:00:00")
    rapport = importer(lieu, export(tmp_path, instances=plus_tard + "3,2024-03-09 09:00:00,2024-03-09 11:00:00,c,1\n"))
    ((ou, said),) = rapport.lignes
    assert ou == f"{INSTANCES}:2"
    assert "a déjà répondu à une autre demande" in said
    assert etats(lieu) == {"1": "acceptée", "3": "acceptée"}


def test_une_date_de_creation_illisible_ne_perd_pas_la_reservation(tmp_path: Path):
    series = BASE[SERIES].replace("2024-02-01 10:00:00", "")
    lieu = neuf()
    rapport = importer(lieu, export(tmp_path, series=series))
    assert verdicts(rapport) == {"accord": 1, "refus": 1}
    assert rapport.lignes[0][0] == f"{INSTANCES}:2"
    assert "datée du début" in rapport.lignes[0][1]
    assert "1 autre remarque sur les fichiers" in str(rapport)


def test_rien_n_est_date_apres_l_horloge(tmp_path: Path):
    series = BASE[SERIES].replace("2024-02", "2150-02")
    lieu = Lieu(*_memory(), tl.lieu.catalogue_of(), lambda: Instant.from_utc(2026, 11, 24, 9))
    importer(lieu, export(tmp_path, series=series))
    stamps = [t.enregistre_le for t in lieu.audit("personne:lb-import")]
    assert stamps
    assert max(stamps) == "2026-11-24T09:00:00.000Z"


def test_l_heure_qui_vient_deux_fois_garde_son_decalage(tmp_path: Path):
    instances = BASE[INSTANCES].replace("2024-03-01 09:00:00,2024-03-01 11", "2024-10-27 00:30:00,2024-10-27 01")
    lieu = neuf()
    importer(lieu, export(tmp_path, instances=instances))
    premiere = lieu.registre("reservations")[0]
    assert (str(premiere.debut), str(premiere.fin)) == ("2024-10-27T02:30:00+02:00", "2024-10-27T02:00:00+01:00")


def test_dans_un_lieu_vivant_l_histoire_est_enregistree_aujourd_hui_et_datee_d_alors(tmp_path: Path):
    lieu = fonde()
    rapport = importer(lieu, export(tmp_path))
    assert (verdicts(rapport), rapport.fonde) == ({"accord": 1, "refus": 1}, "")
    (trace,) = lieu.audit("reservation:librebooking.instance.1")
    assert trace.par == "Camille Martin"
    assert trace.quand == "jeudi 1er février 2024 à 11 h"
    assert trace.enregistre_le == "2026-11-24T09:00:00.000Z"
    assert lieu.rejouer().fidele


def test_qui_reprend_l_import_peut_etre_quelqu_un_d_autre(tmp_path: Path):
    lieu = fonde()
    importer(lieu, export(tmp_path))
    head = head_of(lieu.recorder)
    rapport = importer(lieu, tmp_path, par="lb-u-1")
    assert (rapport.lignes, head_of(lieu.recorder)) == ([], head)


def test_une_personne_inconnue_ne_peut_pas_importer(tmp_path: Path):
    for lieu, said in ((neuf(), "Le journal est vide"), (fonde(), "n'est pas au registre des personnes")):
        head = head_of(lieu.recorder)
        with pytest.raises(DemandeInvalide, match=said):
            importer(lieu, export(tmp_path), par="inconnue")
        assert head_of(lieu.recorder) == head


def test_les_regles_du_lieu_ne_jugent_que_si_on_le_demande(tmp_path: Path):
    series = BASE[SERIES].replace("2024-02", "2026-11")
    lieu = fonde()
    courte = AdopterRegle(
        regle=RegleId("courte"), genre=Duree(maximum_minutes=60), du=Date(2026, 11, 1), motif="essai d'un mois"
    )
    lieu.executer(courte, par="camille", survenu_le=Instant.from_utc(2026, 10, 31))
    head = head_of(lieu.recorder)
    with pytest.raises(DemandeInvalide, match=r"2 de ces réservations.*--reglement"):
        importer(lieu, export(tmp_path, series=series))
    assert head_of(lieu.recorder) == head
    rapport = importer(lieu, tmp_path, reglement=True)
    assert verdicts(rapport) == {"refus": 2}
    assert "1 h au plus" in " ".join(lieu.expliquer("librebooking.instance.1").trace.phrases)


def test_un_dossier_qui_n_est_pas_un_export_le_dit(tmp_path: Path):
    with pytest.raises(DemandeInvalide, match="n'est pas un export de LibreBooking"):
        importer(neuf(), tmp_path)
    with pytest.raises(DemandeInvalide, match="n'est pas un export de LibreBooking"):
        importer(neuf(), tmp_path / "absent")


def test_un_fichier_en_windows_1252_se_lit_et_se_dit(tmp_path: Path):
    export(tmp_path)
    (tmp_path / "users.csv").write_bytes(BASE["users.csv"].encode("cp1252"))
    lieu = neuf()
    rapport = importer(lieu, tmp_path)
    assert [ou for ou, _ in rapport.lignes] == ["users.csv"]
    assert lieu.chercher("zoé") == [("lb-u-1", "Zoé Dupont")]


def fonde() -> Lieu:
    lieu = Lieu(*_memory(), tl.lieu.catalogue_of(), lambda: Instant.from_utc(2026, 11, 24, 9))
    lieu.executer(
        FonderLieu(nom="Le Quai", personne=PersonneId("camille"), nom_personne="Camille Martin"),
        par="camille",
        survenu_le=Instant.from_utc(2026, 10, 1),
    )
    return lieu


def _memory():
    opened = tl.ouvrir("memory:")
    return opened.recorder, opened.vault


def _rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))
