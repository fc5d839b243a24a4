"""Calendars as people really export them: invented ones, in every shape that the format allows."""

from __future__ import annotations

from pathlib import Path

import pytest
from whenever import Date, Instant

import tierslieu_core as tl
from tierslieu_adapters.imports import reprise
from tierslieu_adapters.imports.ics import Options, importer
from tierslieu_adapters.imports.rapport import Rapport
from tierslieu_core.domaines.cadre.gouvernance import FonderLieu
from tierslieu_core.domaines.cadre.identites import InscrirePersonne
from tierslieu_core.domaines.cadre.regles import AdopterRegle
from tierslieu_core.domaines.cadre.regles.genres.temps import Duree
from tierslieu_core.domaines.moyens.espaces import OuvrirEspace
from tierslieu_core.domaines.usages.reservations import AnnulerReservation, DeplacerReservation
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.ports import head_of
from tierslieu_core.lieu import Lieu
from tierslieu_core.vocabulaire.identifiants import EspaceId, PersonneId, RegleId, ReservationId
from tierslieu_core.vocabulaire.temps import Moment

MAINTENANT = Instant.from_utc(2026, 11, 24, 9)
COUTURE = "UID:couture\nSUMMARY:Couture\nLOCATION:Salle verte\nCREATED:20261001T080000Z"
HEURES = "DTSTART;TZID=Europe/Paris:20261201T090000\nDTEND;TZID=Europe/Paris:20261201T110000"


def evenement(*lignes: str) -> str:
    return "\n".join(("BEGIN:VEVENT", *lignes, "END:VEVENT"))


def calendrier(ou: Path, *evenements: str, entete: str = "X-WR-CALNAME:La Grange", nom: str = "grange.ics") -> Path:
    said = "\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", entete, *evenements, "END:VCALENDAR", ""))
    fichier = ou / nom
    fichier.write_bytes(said.encode())
    return fichier


def neuf() -> Lieu:
    return _a_l_heure(lambda: MAINTENANT)


def fonde() -> Lieu:
    lieu = neuf()
    camille = PersonneId("camille")
    fonder = FonderLieu(nom="Le Quai", personne=camille, nom_personne="Camille Martin")
    lieu.executer(fonder, par="camille", survenu_le=Instant.from_utc(2026, 9, 1))
    lieu.executer(OuvrirEspace(espace=EspaceId("verte"), nom="Salle verte"), par="camille")
    return lieu


def _a_l_heure(horloge) -> Lieu:
    opened = tl.ouvrir("memory:")
    return Lieu(opened.recorder, opened.vault, tl.lieu.catalogue_of(), horloge)


def verdicts(rapport: Rapport) -> dict[str, int]:
    return {v: n for v, n in rapport.verdicts.items() if n}


def heures(lieu: Lieu) -> list[tuple[str, str, str]]:
    rows = lieu.registre("reservations", tri="debut")
    return [(r.espace, str(r.debut), str(r.fin)) for r in rows if r.etat == "acceptée"]


# ── ce que devient un calendrier ────────────────────────────────────────────────────────────────────────────────────


def test_un_evenement_devient_une_reservation_et_un_journal_vide_un_lieu(tmp_path: Path):
    lieu = neuf()
    rapport = importer(lieu, calendrier(tmp_path, evenement(COUTURE, HEURES)))
    assert (verdicts(rapport), rapport.lignes, rapport.fonde, rapport.espaces) == ({"accord": 1}, [], "La Grange", 1)
    assert heures(lieu) == [("salle-verte", "2026-12-01T09:00:00", "2026-12-01T11:00:00")]
    (trace,) = lieu.audit("espace:salle-verte")[1:]
    assert trace.quand == "jeudi 1er octobre 2026 à 10 h"
    assert lieu.rejouer().fidele


def test_premier_arrive_premier_servi_et_le_refus_se_dit_a_sa_ligne(tmp_path: Path):
    tard = COUTURE.replace("couture", "chorale").replace("20261001", "20261002")
    chevauche = HEURES.replace("T09", "T08")  # begins before, was asked after
    lieu = neuf()
    rapport = importer(lieu, calendrier(tmp_path, evenement(tard, chevauche), evenement(COUTURE, HEURES)))
    assert verdicts(rapport) == {"accord": 1, "refus": 1}
    assert heures(lieu) == [("salle-verte", "2026-12-01T09:00:00", "2026-12-01T11:00:00")]
    ((ou, pourquoi),) = rapport.refus
    assert ou == "grange.ics:4"
    assert "n'est pas libre : il y a déjà une réservation le mardi 1er décembre 2026 de 9 h à 11 h" in pourquoi


def test_une_serie_saute_ses_exceptions_ajoute_ses_dates_et_suit_ses_remplacements(tmp_path: Path):
    serie = evenement(
        COUTURE, HEURES, "RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE;TZID=Europe/Paris:20261208T090000",
        "RDATE;TZID=Europe/Paris:20261210T090000",
    )  # fmt: skip
    remplace = evenement(
        COUTURE, "RECURRENCE-ID;TZID=Europe/Paris:20261215T090000", "DTSTART;TZID=Europe/Paris:20261216T140000",
        "DURATION:PT1H30M",
    )  # fmt: skip
    annulee = evenement(
        COUTURE, "RECURRENCE-ID;TZID=Europe/Paris:20261222T090000", HEURES.replace("1201", "1222"), "STATUS:CANCELLED"
    )
    lieu = neuf()
    rapport = importer(lieu, calendrier(tmp_path, serie, remplace, annulee))
    assert [(debut, fin) for _, debut, fin in heures(lieu)] == [
        ("2026-12-01T09:00:00", "2026-12-01T11:00:00"),
        ("2026-12-10T09:00:00", "2026-12-10T11:00:00"),
        ("2026-12-16T14:00:00", "2026-12-16T15:30:00"),
    ]
    assert rapport.lignes == [("grange.ics:24", "annulée dans le calendrier (mardi 22 décembre 2026 à 9 h)")]


def test_une_serie_sans_fin_va_jusqu_au_jour_dit_compris_ou_un_an_et_le_dit(tmp_path: Path):
    fichier = calendrier(tmp_path, evenement(COUTURE, HEURES, "RRULE:FREQ=WEEKLY"))
    rapport = importer(neuf(), fichier, options=Options(jusqu_au=Date(2026, 12, 15)))
    assert (verdicts(rapport), rapport.lignes) == ({"accord": 3}, [])
    rapport = importer(neuf(), fichier)
    assert verdicts(rapport) == {"accord": 52}
    said = "1 événement se répète sans fin : repris jusqu'au mercredi 24 novembre 2027 (--jusqu-au pour un autre jour)"
    assert rapport.lignes == [("grange.ics", said)]


def test_une_serie_qui_finit_apres_le_jour_dit_le_dit(tmp_path: Path):
    fichier = calendrier(tmp_path, evenement(COUTURE, HEURES, "RRULE:FREQ=WEEKLY;COUNT=10"))
    rapport = importer(neuf(), fichier, options=Options(jusqu_au=Date(2026, 12, 15)))
    said = "se répète après le mardi 15 décembre 2026 : la suite n'est pas reprise (--jusqu-au)"
    assert (verdicts(rapport), rapport.lignes) == ({"accord": 3}, [("grange.ics:4", said)])
    assert importer(neuf(), fichier).lignes == []


def test_l_heure_du_lieu_reste_la_meme_des_deux_cotes_du_changement_d_heure(tmp_path: Path):
    serie = HEURES.replace("20261201", "20261018")
    lieu = neuf()
    importer(lieu, calendrier(tmp_path, evenement(COUTURE, serie, "RRULE:FREQ=WEEKLY;COUNT=3")))
    assert [debut for _, debut, _ in heures(lieu)] == [f"2026-{d}T09:00:00" for d in ("10-18", "10-25", "11-01")]


@pytest.mark.parametrize(
    ("lignes", "debut", "fin"),
    [
        ("DTSTART;VALUE=DATE:20261201\nDTEND;VALUE=DATE:20261203", "2026-12-01T00:00:00", "2026-12-03T00:00:00"),
        ("DTSTART;VALUE=DATE:20261201", "2026-12-01T00:00:00", "2026-12-02T00:00:00"),
        ("DTSTART:20261201T090000\nDTEND:20261201T100000", "2026-12-01T09:00:00", "2026-12-01T10:00:00"),
        ("DTSTART:20261201T090000Z\nDURATION:PT45M", "2026-12-01T10:00:00", "2026-12-01T10:45:00"),
        ("DTSTART:20261025T003000Z\nDURATION:PT1H", "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"),
        (
            "DTSTART;TZID=America/New_York:20261201T090000\nDTEND;TZID=America/New_York:20261201T100000",
            "2026-12-01T15:00:00", "2026-12-01T16:00:00",
        ),
        (
            "DTSTART;TZID=W. Europe Standard Time:20261201T090000\nDURATION:PT1H",
            "2026-12-01T09:00:00", "2026-12-01T10:00:00",
        ),
    ],
)  # fmt: skip
def test_journees_entieres_heures_flottantes_utc_et_fuseaux(tmp_path: Path, lignes: str, debut: str, fin: str):
    lieu = fonde()
    importer(lieu, calendrier(tmp_path, evenement(COUTURE, lignes)))
    assert heures(lieu) == [("verte", debut, fin)]


def test_un_fuseau_defini_dans_le_fichier_est_suivi(tmp_path: Path):
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Nulle part\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0300\n"
        "TZOFFSETTO:+0300\nEND:STANDARD\nEND:VTIMEZONE"
    )
    lieu = fonde()
    importer(lieu, calendrier(tmp_path, zone, evenement(COUTURE, HEURES.replace("Europe/Paris", "Nulle part"))))
    assert heures(lieu) == [("verte", "2026-12-01T07:00:00", "2026-12-01T09:00:00")]


def test_le_fuseau_du_calendrier_vaut_pour_le_lieu_qu_il_fonde_et_pour_ses_heures_sans_fuseau(tmp_path: Path):
    entete = "X-WR-CALNAME:La Grange\nX-WR-TIMEZONE:Indian/Reunion"
    flottante = "DTSTART:20261201T090000\nDTEND:20261201T100000"
    lieu = neuf()
    importer(lieu, calendrier(tmp_path, evenement(COUTURE, flottante), entete=entete))
    assert lieu.livre.zone == "Indian/Reunion"
    assert heures(lieu)[0][1] == "2026-12-01T09:00:00"
    ailleurs = fonde()
    importer(ailleurs, tmp_path / "grange.ics")
    assert heures(ailleurs)[0][1] == "2026-12-01T06:00:00"


# ── ce qui ne se reprend pas ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("lignes", "pourquoi"),
    [
        ("DTSTART:20261201T090000Z", "ne dure pas : début « 20261201T090000Z », fin « non dite »"),
        ("DTSTART:20261201T090000Z\nDTEND:20261201T090000Z", "ne dure pas"),
        ("DTSTART:20261201T090000Z\nDTEND:20261201T080000Z", "finit avant de commencer"),
        ("DTSTART:20261201T090000Z\nDURATION:-PT1H", "finit avant de commencer"),
        ("DTSTART:20261201T090000Z\nDTEND;VALUE=DATE:20261202", "de genres différents"),
        ("DTSTART:le premier", "DTSTART illisible : « le premier »"),
        ("SUMMARY:rien", "aucun début (DTSTART)"),
        ("DTSTART:20261201T090000Z\nDTSTART:20261202T090000Z\nDURATION:PT1H", "DTSTART y est deux fois"),
        (HEURES.replace("Europe/Paris", "Nulle/Part"), "fuseau inconnu (DTSTART) : « Nulle/Part »"),
        (HEURES + "\nRRULE:FREQ=WEEKLY;UNTL=20270101", "règle de répétition illisible : « FREQ=WEEKLY;UNTL=20270101 »"),
        (HEURES + "\nRRULE:FREQ=PARFOIS", "RRULE illisible : « FREQ=PARFOIS »"),
        (HEURES + "\nRRULE:FREQ=DAILY;INTERVAL=0", "ne se répète pas à ce rythme"),
        (HEURES + "\nRRULE:FREQ=SECONDLY", "ne se répète pas à ce rythme"),
        (HEURES + "\nRRULE:FREQ=HOURLY;COUNT=6000", "plus de 5000 occurrences d'ici le mercredi 24 novembre 2027"),
        ("DTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:20260401", "62 jours au plus"),
    ],
)
def test_ce_qui_ne_se_decide_pas_est_dit_et_le_reste_est_repris(tmp_path: Path, lignes: str, pourquoi: str):
    faute = evenement("UID:faute", "LOCATION:Salle bleue", lignes)
    lieu = neuf()
    rapport = importer(lieu, calendrier(tmp_path, evenement(COUTURE, HEURES), faute))
    assert (verdicts(rapport), rapport.indecidees) == ({"accord": 1}, 1)
    (said,) = [said for ou, said in rapport.lignes if ou == "grange.ics:12"]
    assert pourquoi in said
    assert len(heures(lieu)) == 1


def test_un_remplacement_impossible_ne_rend_pas_son_heure_a_l_occurrence_qu_il_remplace(tmp_path: Path):
    serie = evenement(COUTURE, HEURES, "RRULE:FREQ=WEEKLY;COUNT=2")
    a_rebours = "DTSTART:20261208T120000Z\nDTEND:20261208T110000Z"
    faux = evenement(COUTURE, "RECURRENCE-ID;TZID=Europe/Paris:20261208T090000", a_rebours)
    lieu = neuf()
    rapport = importer(lieu, calendrier(tmp_path, serie, faux))
    assert [debut for _, debut, _ in heures(lieu)] == ["2026-12-01T09:00:00"]
    assert [ou for ou, _ in rapport.lignes] == ["grange.ics:13"]


def test_ce_qui_est_libre_n_est_pas_une_reservation_et_les_taches_non_plus(tmp_path: Path):
    tache = "BEGIN:VTODO\nUID:t\nSUMMARY:Ranger\nEND:VTODO"
    rapport = importer(neuf(), calendrier(tmp_path, tache, evenement(COUTURE, HEURES, "TRANSP:TRANSPARENT")))
    assert (verdicts(rapport), [ou for ou, _ in rapport.lignes]) == ({}, ["grange.ics", "grange.ics:8"])
    assert "1 élément VTODO" in rapport.lignes[0][1]
    assert "notée « libre »" in rapport.lignes[1][1]


def test_deux_versions_d_un_meme_evenement_n_en_font_qu_un_et_cela_se_dit(tmp_path: Path):
    vieux, neuve = (evenement(COUTURE, f"SEQUENCE:{n}", HEURES.replace("T09", f"T0{h}")) for n, h in ((1, 9), (2, 8)))
    lieu = neuf()
    rapport = importer(lieu, calendrier(tmp_path, vieux, neuve))
    assert [debut for _, debut, _ in heures(lieu)] == ["2026-12-01T08:00:00"]
    ((ou, said),) = rapport.lignes
    assert ou == "grange.ics:13"
    assert "même UID qu'à grange.ics:4" in said


def test_une_date_de_creation_illisible_ne_perd_pas_l_evenement(tmp_path: Path):
    abime = COUTURE.replace("20261001T080000Z", "hier"), HEURES, "LAST-MODIFIED:201y0303T154145Z"
    lieu = neuf()
    importer(lieu, calendrier(tmp_path, evenement(*abime)))
    assert len(heures(lieu)) == 1


def test_deux_calendriers_dans_un_fichier_ne_se_perdent_pas_et_un_doublon_se_dit(tmp_path: Path):
    coupe = "END:VCALENDAR\nBEGIN:VCALENDAR"
    autre = evenement("UID:b", "LOCATION:Salle verte", HEURES.replace("1201", "1202"))
    fichier = calendrier(tmp_path, evenement(COUTURE, HEURES), coupe, evenement(COUTURE, HEURES), autre)
    rapport = importer(neuf(), fichier)
    assert verdicts(rapport) == {"accord": 2}
    assert rapport.lignes == [("grange.ics:14", "déjà lu à grange.ics:4 : pris une fois")]


def test_sans_uid_un_evenement_se_reconnait_a_ce_qu_il_dit(tmp_path: Path):
    sans = COUTURE.replace("UID:couture\n", "")
    fichier = calendrier(tmp_path, evenement(sans, HEURES), evenement(sans, HEURES.replace("1201", "1202")))
    lieu = neuf()
    assert verdicts(importer(lieu, fichier)) == {"accord": 2}
    head = head_of(lieu.recorder)
    assert verdicts(importer(lieu, fichier)) == {"accord": 2}
    assert head_of(lieu.recorder) == head


@pytest.mark.parametrize(
    ("texte", "pourquoi"),
    [
        ("", "aucun VCALENDAR"),
        ("nom;prénom", "n'est pas un calendrier"),
        ("BEGIN:VEVENT\nUID:a\nEND:VEVENT\n", "aucun VCALENDAR"),
        (f"BEGIN:VCALENDAR\n{evenement(COUTURE, HEURES)}\nEND:VCALENDAR\nBEGIN:VCALENDAR\nBEGIN:VEVENT\n", "incomplet"),
    ],
)
def test_un_fichier_qui_n_est_pas_un_calendrier_le_dit_et_rien_n_est_enregistre(tmp_path: Path, texte, pourquoi):
    fichier = tmp_path / "x.ics"
    fichier.write_text(texte, encoding="utf-8")
    lieu = neuf()
    with pytest.raises(DemandeInvalide, match=pourquoi):
        importer(lieu, fichier)
    with pytest.raises(DemandeInvalide, match="ne se lit pas"):
        importer(lieu, tmp_path / "absent.ics")
    assert head_of(lieu.recorder) == 0


def test_un_fuseau_de_calendrier_inconnu_se_dit(tmp_path: Path):
    rapport = importer(neuf(), calendrier(tmp_path, evenement(COUTURE, HEURES), entete="X-WR-TIMEZONE:Nulle/Part"))
    said = "fuseau du calendrier inconnu (X-WR-TIMEZONE) : « Nulle/Part »"
    assert (rapport.lignes, rapport.indecidees) == ([("grange.ics:4", said)], 1)


def test_bom_crlf_et_accents_d_un_autre_siecle(tmp_path: Path):
    fichier = calendrier(tmp_path, evenement(COUTURE.replace("verte", "préau"), HEURES))
    text = fichier.read_text(encoding="utf-8").replace("\n", "\r\n")
    for data in (b"\xef\xbb\xbf" + text.encode(), text.encode("cp1252")):
        fichier.write_bytes(data)
        lieu = neuf()
        importer(lieu, fichier)
        assert [(r.espace, r.nom) for r in lieu.registre("espaces")] == [("salle-preau", "Salle préau")]


# ── qui et où ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_le_lieu_ecrit_devient_un_espace_ou_se_reconnait(tmp_path: Path):
    lieux = ("SALLE VERTE", "Atelier bois\\, au fond", "", "https://visio.example/abc", "会議室")
    events = [
        evenement(f"UID:{n}", f"LOCATION:{said}", HEURES.replace("1201", f"120{n}")) for n, said in enumerate(lieux, 1)
    ]
    lieu = fonde()
    rapport = importer(lieu, calendrier(tmp_path, *events))
    assert rapport.espaces == 3
    espaces = [espace for espace, _, _ in heures(lieu)]
    assert espaces[:4] == ["verte", "atelier-bois-au-fond", "la-grange", "la-grange"]
    assert {r.espace: r.nom for r in lieu.registre("espaces")}[espaces[4]] == "会議室"


def test_l_espace_choisi_prend_tout_et_doit_exister(tmp_path: Path):
    fichier = calendrier(tmp_path, evenement(COUTURE.replace("verte", "bleue"), HEURES))
    lieu = fonde()
    importer(lieu, fichier, options=Options(espace=EspaceId("verte")))
    assert [espace for espace, _, _ in heures(lieu)] == ["verte"]
    head = head_of(lieu.recorder)
    with pytest.raises(DemandeInvalide, match=r"« rouge » n'existe pas\. Espaces du lieu : verte"):
        importer(lieu, fichier, options=Options(espace=EspaceId("rouge")))
    assert head_of(lieu.recorder) == head


@pytest.mark.parametrize(
    ("lignes", "nom"),
    [
        ("ORGANIZER;CN=Zoé Dupont:mailto:Zoe@example.org", "Zoé Dupont"),
        ("ORGANIZER:mailto:zoe@example.org", "zoe@example.org"),
        ("ATTENDEE;CN=Zoé Dupont:mailto:zoe@example.org", "Zoé Dupont"),
        ("ORGANIZER;CN=Salles:mailto:x@group.calendar.google.com", "Camille Martin"),
        ("ATTENDEE;CN=Zoé:mailto:zoe@example.org\nATTENDEE;CN=Omar:mailto:omar@example.org", "Camille Martin"),
        ("ATTENDEE;CUTYPE=ROOM;CN=Salle verte:mailto:verte@example.org", "Camille Martin"),
    ],
)
def test_qui_organise_est_inscrit_et_scelle_sinon_c_est_qui_importe(tmp_path: Path, lignes: str, nom: str):
    lieu = fonde()
    importer(lieu, calendrier(tmp_path, evenement(COUTURE, HEURES, lignes)))
    (une,) = lieu.registre("reservations")
    assert lieu.nommer("personne", une.personne) == nom
    stored = b"".join(row.event.data + "".join(row.event.tags).encode() for row in lieu.recorder.read())
    assert not [clear for clear in (b"Dupont", b"zoe@", b"Zoe@", b"Couture") if clear in stored]


def test_une_personne_deja_au_registre_se_reconnait_a_son_adresse(tmp_path: Path):
    lieu = fonde()
    zoe = InscrirePersonne(personne=PersonneId("p-7"), nom="Zoé D.", contact="0102, ZOE@example.org")
    lieu.executer(zoe, par="camille")
    organise = "ORGANIZER;CN=Zoé Dupont:mailto:zoe@example.org"
    rapport = importer(lieu, calendrier(tmp_path, evenement(COUTURE, HEURES, organise)))
    assert ([r.personne for r in lieu.registre("reservations")], rapport.personnes) == (["p-7"], 0)


def test_un_calendrier_au_nom_d_une_personne_ne_la_nomme_pas_en_clair(tmp_path: Path):
    lieu = neuf()
    fichier = calendrier(
        tmp_path, evenement("UID:a", HEURES), entete="X-WR-CALNAME:zoe@example.org", nom="Mon agenda.ics"
    )
    assert importer(lieu, fichier).fonde == "Mon agenda"
    assert [espace for espace, _, _ in heures(lieu)] == ["mon-agenda"]
    stored = b"".join(row.event.data + "".join(row.event.tags).encode() for row in lieu.recorder.read())
    assert b"zoe@" not in stored


# ── d'un export à l'autre ───────────────────────────────────────────────────────────────────────────────────────────

SERIE = ("RRULE:FREQ=WEEKLY;COUNT=3",)


def test_reimporter_ne_change_rien(tmp_path: Path):
    fichier = calendrier(
        tmp_path, evenement(COUTURE, HEURES, *SERIE), evenement("UID:b", "LOCATION:Salle verte", HEURES)
    )
    lieu = neuf()
    first = importer(lieu, fichier)
    head = head_of(lieu.recorder)
    again = importer(lieu, fichier)
    assert head_of(lieu.recorder) == head
    assert (again.verdicts, again.refus, again.lignes, again.fonde) == (first.verdicts, first.refus, first.lignes, "")


def test_un_export_plus_tardif_ne_demande_que_ce_qui_a_change(tmp_path: Path):
    lieu = fonde()
    importer(lieu, calendrier(tmp_path, evenement(COUTURE, HEURES, *SERIE)))
    head = head_of(lieu.recorder)
    deplace = evenement(
        COUTURE, "RECURRENCE-ID;TZID=Europe/Paris:20261208T090000", HEURES.replace("1201T09", "1208T08").replace(
            "1201T11", "1208T10"
        ), "LAST-MODIFIED:20261110T080000Z",
    )  # fmt: skip
    moins = evenement(COUTURE, HEURES, *SERIE, "EXDATE;TZID=Europe/Paris:20261215T090000")
    plus = evenement("UID:neuf", "LOCATION:Salle verte", HEURES.replace("1201", "1203"))
    rapport = importer(lieu, calendrier(tmp_path, moins, deplace, plus))
    assert (verdicts(rapport), rapport.deplacees, rapport.annulees) == ({"accord": 3}, 1, 1)
    assert [(debut, fin) for _, debut, fin in heures(lieu)] == [
        ("2026-12-01T09:00:00", "2026-12-01T11:00:00"),
        ("2026-12-03T09:00:00", "2026-12-03T11:00:00"),
        ("2026-12-08T08:00:00", "2026-12-08T10:00:00"),
    ]
    assert head_of(lieu.recorder) == head + 8, "trois demandes, un fait chacune ; deux listes d'attente vides"
    assert "1 réservation supprimée à la source : annulée de même." in str(rapport)
    assert "1 réservation déplacée à la source : déplacée de même." in str(rapport)
    head = head_of(lieu.recorder)
    importer(lieu, tmp_path / "grange.ics")
    assert head_of(lieu.recorder) == head
    assert lieu.rejouer().fidele


def test_une_occurrence_qui_va_et_revient_va_et_revient(tmp_path: Path):
    lieu = fonde()
    tard = HEURES.replace("T09", "T10")
    for said, debut in ((HEURES, "09"), (tard, "10"), (HEURES, "09"), (tard, "10")):
        importer(lieu, calendrier(tmp_path, evenement(COUTURE, said)))
        assert [d for _, d, _ in heures(lieu)] == [f"2026-12-01T{debut}:00:00"]
    assert len(lieu.registre("reservations")) == 1


def test_un_evenement_retire_puis_remis_est_annule_puis_demande_a_nouveau(tmp_path: Path):
    lieu = fonde()
    autre = evenement("UID:autre", "LOCATION:Salle verte", HEURES.replace("1201", "1204"))
    for events, n in (([evenement(COUTURE, HEURES)], 2), ([], 1), ([evenement(COUTURE, HEURES)], 2), ([], 1)):
        importer(lieu, calendrier(tmp_path, autre, *events))
        assert len(heures(lieu)) == n


def test_changer_de_salle_annule_ici_et_demande_la(tmp_path: Path):
    lieu = fonde()
    importer(lieu, calendrier(tmp_path, evenement(COUTURE, HEURES)))
    importer(lieu, calendrier(tmp_path, evenement(COUTURE.replace("verte", "bleue"), HEURES)))
    assert [espace for espace, _, _ in heures(lieu)] == ["salle-bleue"]


def test_ce_que_le_lieu_a_change_lui_meme_n_est_pas_defait(tmp_path: Path):
    lieu = fonde()
    fichier = calendrier(tmp_path, evenement(COUTURE, HEURES, *SERIE))
    importer(lieu, fichier)
    un, deux, _ = (ReservationId(r.reservation) for r in lieu.registre("reservations", tri="debut"))
    lieu.executer(AnnulerReservation(reservation=un, motif="fermé"), par="camille")
    heure = [Moment.depuis_texte(f"2026-12-09T{h}:00") for h in (14, 16)]
    lieu.executer(DeplacerReservation(reservation=deux, debut=heure[0], fin=heure[1]), par="camille")
    before = heures(lieu)
    head = head_of(lieu.recorder)
    importer(lieu, fichier)
    assert (heures(lieu), head_of(lieu.recorder)) == (before, head)


def test_ce_qui_a_eu_lieu_reste_meme_si_le_calendrier_l_oublie(tmp_path: Path):
    lieu = fonde()
    passe = evenement("UID:passe", "LOCATION:Salle verte", HEURES.replace("1201", "1002"))
    importer(lieu, calendrier(tmp_path, passe, evenement(COUTURE, HEURES)))
    rapport = importer(lieu, calendrier(tmp_path, evenement(COUTURE, HEURES)))
    assert rapport.lignes == [("calendrier", "1 réservation passée n'y est plus : ce qui a eu lieu reste")]
    assert len(heures(lieu)) == 2


def test_une_borne_plus_proche_et_une_serie_devenue_illisible_n_annulent_rien(tmp_path: Path):
    lieu = fonde()
    importer(lieu, calendrier(tmp_path, evenement(COUTURE, HEURES, *SERIE)))
    before = heures(lieu)
    importer(lieu, tmp_path / "grange.ics", options=Options(jusqu_au=Date(2026, 12, 2)))
    assert heures(lieu) == before
    importer(lieu, calendrier(tmp_path, evenement(COUTURE, HEURES, "RRULE:FREQ=PARFOIS")))
    assert heures(lieu) == before
    faux = "RECURRENCE-ID;TZID=Europe/Paris:20261208T090000", "DTSTART:20261208T080000Z"
    importer(lieu, calendrier(tmp_path, evenement(COUTURE, HEURES, *SERIE), evenement(COUTURE, *faux)))
    assert heures(lieu) == before


def test_deux_calendriers_ne_se_defont_pas_l_un_l_autre(tmp_path: Path):
    lieu = fonde()
    importer(lieu, calendrier(tmp_path, evenement(COUTURE, HEURES)))
    autre = evenement("UID:danse", "LOCATION:Salle verte", HEURES.replace("1201", "1205"))
    importer(lieu, calendrier(tmp_path, autre, entete="X-WR-CALNAME:Danse"))
    assert len(heures(lieu)) == 2
    importer(lieu, calendrier(tmp_path, entete="X-WR-CALNAME:La Grange, 2027"), options=Options(calendrier="Danse"))
    assert [debut for _, debut, _ in heures(lieu)] == ["2026-12-01T09:00:00"]


def test_une_suite_remplacee_d_un_bloc_garde_chaque_occurrence(tmp_path: Path):
    serie = evenement(COUTURE, HEURES, "RRULE:FREQ=WEEKLY;COUNT=4")
    bloc = evenement(
        COUTURE, "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Paris:20261215T090000",
        HEURES.replace("1201T09", "1215T08").replace("1201T11", "1215T10"),
    )  # fmt: skip
    lieu = neuf()
    importer(lieu, calendrier(tmp_path, serie, bloc))
    attendues = [f"2026-12-{d}T{h}:00:00" for d, h in (("01", "09"), ("08", "09"), ("15", "08"), ("22", "08"))]
    assert [debut for _, debut, _ in heures(lieu)] == attendues
    head = head_of(lieu.recorder)
    importer(lieu, tmp_path / "grange.ics")
    assert head_of(lieu.recorder) == head


# ── comment ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_un_import_interrompu_reprend_ou_il_en_etait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reprise, "LOT", 2)
    fichier = calendrier(tmp_path, evenement(COUTURE, HEURES, "RRULE:FREQ=WEEKLY;COUNT=5"))
    lieu, whole = neuf(), neuf()

    def coupure(n: int, _: int) -> None:
        if n == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        importer(lieu, fichier, progres=coupure)
    assert len(heures(lieu)) == 3
    assert verdicts(importer(lieu, fichier)) == {"accord": 5}
    importer(whole, fichier)
    assert heures(lieu) == heures(whole)
    assert head_of(lieu.recorder) == head_of(whole.recorder)


def test_un_essai_n_enregistre_rien_et_le_progres_est_dit(tmp_path: Path):
    lieu = fonde()
    fichier = calendrier(tmp_path, evenement(COUTURE, HEURES, "ORGANIZER:mailto:zoe@example.org"))
    head = head_of(lieu.recorder)
    told: list[tuple[int, int]] = []
    rapport = importer(lieu, fichier, essai=True, progres=lambda n, total: told.append((n, total)))
    assert (verdicts(rapport), rapport.personnes, told) == ({"accord": 1}, 1, [(1, 2), (2, 2)])
    assert (head_of(lieu.recorder), lieu.chercher("zoe")) == (head, [])
    importer(lieu, fichier)
    assert verdicts(importer(lieu, fichier, essai=True)) == {"accord": 1}


def test_les_regles_du_lieu_ne_jugent_que_si_on_le_demande(tmp_path: Path):
    lieu = fonde()
    courte = AdopterRegle(
        regle=RegleId("courte"), genre=Duree(maximum_minutes=60), du=Date(2026, 9, 2), motif="essai d'un mois"
    )
    lieu.executer(courte, par="camille", survenu_le=Instant.from_utc(2026, 9, 1))
    fichier = calendrier(tmp_path, evenement(COUTURE, HEURES))
    head = head_of(lieu.recorder)
    with pytest.raises(DemandeInvalide, match=r"1 de ces réservations.*--reglement"):
        importer(lieu, fichier)
    assert head_of(lieu.recorder) == head
    rapport = importer(lieu, fichier, reglement=True)
    assert verdicts(rapport) == {"refus": 1}
    assert "1 h au plus" in rapport.refus[0][1]
    again = importer(lieu, fichier)
    assert (verdicts(again), again.refus) == ({"refus": 1}, rapport.refus), "ce qui a sa réponse n'est plus jugé"
