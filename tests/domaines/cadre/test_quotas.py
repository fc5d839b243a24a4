"""Quotas are exact: against the simplest reading of the words, over weeks, months, years, and both clock changes."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st
from whenever import Date, Instant

from tierslieu_core.domaines.cadre.regles.genres.quotas import Quota
from tierslieu_core.vocabulaire.identifiants import PersonneId
from tierslieu_core.vocabulaire.mesures import Mesures, Usage
from tierslieu_core.vocabulaire.temps import Moment, Periode

PARIS = "Europe/Paris"
QUART = 15
BORDS = {
    "la fin d'un mois": Instant.from_utc(2026, 11, 27),
    "la fin d'une année": Instant.from_utc(2026, 12, 28),
    "le passage à l'heure d'été": Instant.from_utc(2026, 3, 26),
    "le passage à l'heure d'hiver": Instant.from_utc(2026, 10, 22),
    "un 29 février": Instant.from_utc(2028, 2, 26),
}


def uses_around(start):
    """Uses of a quarter of an hour to three days, within eight days."""

    def use(n, long):
        debut, fin = start.add(minutes=n * QUART), start.add(minutes=(n + long) * QUART)
        return Periode(Moment.de(debut, PARIS), Moment.de(fin, PARIS), PARIS)

    return st.builds(use, st.integers(0, 8 * 96), st.integers(1, 12) | st.integers(80, 288))


def quarters(use):
    """The local day of each quarter of an hour of a use."""
    at, fin = use.bornes()
    while at < fin:
        yield at.to_tz(PARIS).date()
        at = at.add(minutes=QUART)


def same_period(kind, jours):
    """The days on which a period may begin that holds a given day, and how to tell whether it holds another."""
    weeks = {"jour": lambda d: d, "mois": lambda d: (d.year, d.month), "annee": lambda d: d.year,
             "semaine": lambda d: d.subtract(days=d.day_of_week().value - 1)}  # fmt: skip
    if kind != "glissante":
        return lambda day: [lambda other: weeks[kind](other) == weeks[kind](day)]
    return lambda day: [partial(within, day.subtract(days=back), day.add(days=jours - back)) for back in range(jours)]


def within(du, au, day):
    return du <= day < au


def naive(quota, asked, others):
    """The most that any period in which this use counts would hold, with it."""
    counted = [(day, QUART) for u in (asked, *others) for day in quarters(u)]
    mine = set(quarters(asked))
    if quota.unite == "usages":
        counted = [(next(quarters(u)), 1) for u in (asked, *others)]
        mine = {next(quarters(asked))}
    holds = same_period(quota.periode, quota.jours)
    return max(sum(n for day, n in counted if held(day)) for day in mine for held in holds(day))


KINDS = [("jour", 0), ("semaine", 0), ("mois", 0), ("annee", 0), ("glissante", 1), ("glissante", 2), ("glissante", 7)]


def measured(quota, asked, others):
    uses = tuple(Usage(u, ("espace:verte",)) for u in others)
    m = Mesures(
        action="reserver", personne=PersonneId("ana"), lieux=("espace:verte",), jour=asked.debut.local.date(),
        periode=asked, usages=uses,
    )  # fmt: skip
    return quota.mesure(m)


@pytest.mark.parametrize("unite", ["usages", "heures"])
@pytest.mark.parametrize("bord", BORDS)
@drawn(st.data())
def test_un_quota_compte_comme_on_compte_sur_ses_doigts(unite, bord, data):
    uses = uses_around(BORDS[bord])
    asked, others = data.draw(uses), data.draw(st.lists(uses, max_size=4))
    for periode, jours in KINDS:
        quota = Quota(maximum=3, unite=unite, periode=periode, jours=jours)
        assert measured(quota, asked, others).valeur == naive(quota, asked, others), (periode, jours)


@pytest.mark.parametrize(("periode", "jours"), KINDS)
@drawn(st.data())
def test_ce_qu_un_quota_doit_lire_contient_tout_ce_qui_peut_le_changer(periode, jours, data):
    uses = uses_around(BORDS["la fin d'une année"])
    asked, other = data.draw(uses), data.draw(uses)
    for unite in ("usages", "heures"):
        quota = Quota(maximum=3, unite=unite, periode=periode, jours=jours)
        days = list(asked.jours())
        du, au = quota.regarde(days[0], days[-1], days[0])
        if not any(du <= day <= au for day in other.jours()):
            assert measured(quota, asked, [other]).valeur == measured(quota, asked, []).valeur


@pytest.mark.parametrize(("debut", "fin", "minutes"), [
    ("2026-03-29T00:00", "2026-03-30T00:00", 23 * 60), ("2026-10-25T00:00", "2026-10-26T00:00", 25 * 60),
    ("2026-10-25T02:00+02:00", "2026-10-25T02:00+01:00", 60), ("2026-03-29T01:59", "2026-03-29T03:00", 1),
])  # fmt: skip
def test_les_jours_de_changement_d_heure_ont_leurs_vraies_heures(debut, fin, minutes):
    p = Periode(Moment.depuis_texte(debut), Moment.depuis_texte(fin), PARIS)
    found = measured(Quota(maximum=1, unite="heures", periode="jour"), p, [])
    assert (found.valeur, found.sur) == (minutes, f"{p.debut.local.date()}/{p.debut.local.date()}")


def test_les_heures_d_un_usage_de_nuit_vont_chacune_a_sa_semaine():
    nuit = Periode(Moment.depuis_texte("2026-11-29T22:00"), Moment.depuis_texte("2026-11-30T03:00"), PARIS)
    found = measured(Quota(maximum=9, unite="heures"), nuit, [])
    assert (found.valeur, found.sur) == (180, "2026-11-30/2026-12-06")


def test_la_plus_pleine_des_periodes_glissantes_peut_finir_avec_un_long_usage():
    """A rolling window that begins inside of a use of several days holds more than any that begins with a use."""
    long = Periode(Moment.depuis_texte("2026-11-02T18:00"), Moment.depuis_texte("2026-11-05T00:00"), PARIS)
    asked = Periode(Moment.depuis_texte("2026-11-05T00:00"), Moment.depuis_texte("2026-11-06T00:00"), PARIS)
    found = measured(Quota(maximum=9, unite="heures", periode="glissante", jours=2), asked, [long])
    assert (found.valeur, found.sur) == (48 * 60, "2026-11-04/2026-11-05")


def test_un_quota_glissant_lit_autant_de_jours_avant_et_apres():
    quota, jour = Quota(maximum=1, periode="glissante", jours=30), Date(2026, 11, 23)
    assert quota.regarde(jour, jour, jour) == (Date(2026, 10, 24), Date(2026, 12, 23))
