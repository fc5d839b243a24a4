"""Real calendars, read in place: two exports of a fab lab, those of libraries that read calendars, and what breaks."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import icalendar
import pytest
from whenever import Date, Instant

import tierslieu_core as tl
from tierslieu_adapters.imports.ics import Options, importer
from tierslieu_core.kernel.ports import head_of
from tierslieu_core.lieu import Lieu

DONNEES = Path(__file__).parents[2].parent / "shared" / "donnees"
pytestmark = pytest.mark.skipif(
    not (DONNEES / "recurring-ical-events").is_dir(),
    reason="les calendriers réels ne sont pas à côté du projet (../shared/donnees)",
)
TOUS = sorted(p for ou in ("recurring-ical-events", "ical.js", "caldavtester") for p in (DONNEES / ou).rglob("*.ics"))
ATELIER = [
    DONNEES / "recurring-ical-events" / f"{nom}.redacted.ics" for nom in ("daylight_saving_time", "machbar_16_feb_2019")
]
BORNE = Options(jusqu_au=Date(2019, 12, 31))


def neuf() -> Lieu:
    opened = tl.ouvrir("memory:")
    return Lieu(opened.recorder, opened.vault, tl.lieu.catalogue_of(), lambda: Instant.from_utc(2026, 11, 24, 9))


def reservations(lieu: Lieu) -> list[tuple[str, str, str, str, str]]:
    return [(r.reservation, r.espace, str(r.debut), str(r.fin), r.etat) for r in lieu.registre("reservations")]


def test_les_deux_exports_du_fab_lab_donnent_les_memes_reservations_et_le_second_ne_change_rien():
    apart = []
    for fichier in ATELIER:
        lieu = neuf()
        importer(lieu, fichier, options=BORNE)
        apart.append(reservations(lieu))
    assert apart[0] == apart[1]
    assert len(apart[0]) > 400
    lieu = neuf()
    first = importer(lieu, ATELIER[0], options=BORNE)
    head = head_of(lieu.recorder)
    second = importer(lieu, ATELIER[1], options=BORNE)
    assert head_of(lieu.recorder) == head, "le second export ne change rien"
    assert (reservations(lieu), second.verdicts) == (apart[0], first.verdicts)
    assert lieu.rejouer().fidele


def test_les_heures_du_fab_lab_sont_celles_que_sa_montre_donnait():
    lieu = neuf()
    importer(lieu, ATELIER[0], options=BORNE)
    assert lieu.livre.zone == "Europe/Berlin"
    classes = {str(r.debut.local.time())[:5] for r in lieu.registre("reservations") if r.espace == "machbar"}
    assert classes <= {"08:30", "14:00", "16:00", "17:00", "18:00", "19:00", "10:00", "11:00"}, (
        "même heure, été et hiver"
    )


@pytest.mark.parametrize("fichier", TOUS, ids=lambda p: str(p.relative_to(DONNEES)))
def test_chaque_calendrier_s_importe_ou_dit_pourquoi_et_deux_fois_font_une(fichier: Path):
    lieu = neuf()
    rapport = importer(lieu, fichier)
    events = icalendar.Calendar.from_ical(fichier.read_bytes(), multiple=True)
    masters = sum("RECURRENCE-ID" not in e for one in events for e in one.walk("VEVENT"))
    assert sum(rapport.verdicts.values()) + len(rapport.lignes) >= masters
    assert all(ou.startswith(fichier.name) and pourquoi for ou, pourquoi in (*rapport.lignes, *rapport.refus))
    assert len(rapport.refus) == rapport.verdicts["refus"]
    _sans_chevauchement(lieu)
    head = head_of(lieu.recorder)
    again = importer(lieu, fichier)
    assert (head_of(lieu.recorder), again.verdicts, again.lignes) == (head, rapport.verdicts, rapport.lignes)


def _sans_chevauchement(lieu: Lieu) -> None:
    """By the instants that the register's hours are, space by space."""
    pris: dict[str, list[tuple[Instant, Instant]]] = defaultdict(list)
    for r in lieu.registre("reservations"):
        pris[r.espace].append(tuple(m.dans(lieu.livre.zone).to_instant() for m in (r.debut, r.fin)))
    for bounds in pris.values():
        bounds.sort()
        assert all(fin <= debut for (_, fin), (debut, _) in pairwise(bounds))


@pytest.mark.parametrize(
    ("nom", "n", "pourquoi"),
    [
        ("bad_rrule_missing_until_event", 0, "règle de répétition illisible : « FREQ=WEEKLY;BYDAY=TH;WKST=SU;UNTL="),
        ("end_before_start_event", 0, "finit avant de commencer"),
        ("zero_size_event", 0, "ne dure pas"),
        ("duration", 2, "ne dure pas"),
        ("issue_18_cancel_status", 2, "annulée dans le calendrier"),
        ("each_week_but_one_deleted", 7, ""),
        ("each_week_but_two_deleted", 6, ""),
        ("event_10_times", 10, ""),
        ("no_events", 0, ""),
        ("recurring_events_moved", 7, ""),
        ("x_wr_timezone_simple_events_issue_59", 2, ""),
    ],
)
def test_ce_que_chacun_devient(nom: str, n: int, pourquoi: str):
    lieu = neuf()
    rapport = importer(lieu, DONNEES / "recurring-ical-events" / f"{nom}.ics")
    assert len(lieu.registre("reservations")) == rapport.verdicts["accord"] == n
    assert not pourquoi or any(pourquoi in said for _, said in rapport.lignes)
