"""Time as a place lives it: exact across both changes of the clock, in any zone, and against a grid of minutes."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from whenever import Date, Instant, PlainDateTime

from tierslieu_core.vocabulaire.temps import (
    JOURS_MAX,
    Moment,
    Periode,
    debut_de_semaine,
    jours_entre,
    mois_entre,
    ordre,
)

# Paris; a half hour of change; the other hemisphere; an hour that comes twice at midnight; one that lacks at midnight.
ZONES = ("Europe/Paris", "Australia/Lord_Howe", "Pacific/Auckland", "Atlantic/Azores", "Africa/Cairo")
# Around every change of the clock of these zones in 2026, and an ordinary day.
CHANGES = (
    Instant.from_utc(2026, 3, 29, 1), Instant.from_utc(2026, 10, 25, 1), Instant.from_utc(2026, 4, 4, 15),
    Instant.from_utc(2026, 10, 3, 15, 30), Instant.from_utc(2026, 4, 4, 14), Instant.from_utc(2026, 9, 26, 14),
    Instant.from_utc(2026, 4, 23, 22), Instant.from_utc(2026, 10, 29, 21), Instant.from_utc(2026, 6, 15, 12),
)  # fmt: skip
MINUTES = st.integers(-36 * 60, 36 * 60)


@st.composite
def periodes(draw, zone=None):
    """A period near a change of the clock, by exact instants, to the minute."""
    zone = zone or draw(st.sampled_from(ZONES))
    around = draw(st.sampled_from(CHANGES))
    debut, fin = sorted(draw(st.lists(MINUTES, min_size=2, max_size=2, unique=True)))
    return Periode(
        Moment.de(around.add(minutes=debut), zone), Moment.de(around.add(minutes=fin), zone), zone
    ), fin - debut


@given(st.sampled_from(ZONES), st.sampled_from(CHANGES), MINUTES)
def test_un_instant_se_dit_a_l_heure_du_lieu_et_se_retrouve(zone, around, minutes):
    instant = around.add(minutes=minutes)
    moment = Moment.de(instant, zone)
    assert moment.dans(zone).to_instant() == instant
    assert moment.faute_dans(zone) is None
    assert Moment.depuis_texte(str(moment)) == moment
    assert hash(Moment.depuis_texte(str(moment))) == hash(moment)


@given(periodes())
def test_une_duree_est_exacte_a_la_minute_par_dessus_les_changements_d_heure(drawn):
    periode, minutes = drawn
    assert periode.minutes() == minutes
    assert periode.fautes() == []


@given(periodes())
def test_les_jours_d_une_periode_sont_ceux_de_ses_minutes(drawn):
    periode, minutes = drawn
    debut, _ = periode.bornes()
    grid = {debut.add(minutes=m).to_tz(periode.zone).date() for m in range(minutes)}
    assert list(periode.jours()) == sorted(grid)


@given(st.data(), st.sampled_from(ZONES))
def test_deux_periodes_se_croisent_quand_elles_ont_une_minute_commune(data, zone):
    (une, longue), (autre, courte) = data.draw(periodes(zone)), data.draw(periodes(zone))
    (debut, _), (ailleurs, _) = une.bornes(), autre.bornes()
    assume(abs(debut.timestamp() - ailleurs.timestamp()) < 10 * 86400)
    grid = {debut.timestamp() + 60 * m for m in range(longue)} & {ailleurs.timestamp() + 60 * m for m in range(courte)}
    assert une.croise(autre) == autre.croise(une) == bool(grid)
    assert not grid or set(une.jours()) & set(autre.jours()), "deux périodes qui se croisent ont un jour en commun"


def paris(debut, fin):
    return Periode(Moment.depuis_texte(debut), Moment.depuis_texte(fin), "Europe/Paris")


def test_se_toucher_n_est_pas_se_croiser():
    assert not paris("2026-11-23T10:00", "2026-11-23T12:00").croise(paris("2026-11-23T12:00", "2026-11-23T13:00"))


def test_une_minute_commencee_compte():
    assert paris("2026-11-23T10:00", "2026-11-23T10:00:00.000000001").minutes() == 1


def test_l_heure_d_automne_qui_vient_deux_fois_dit_laquelle():
    assert str(Moment.de(Instant.from_utc(2026, 10, 25, 0, 30), "Europe/Paris")) == "2026-10-25T02:30:00+02:00"
    assert str(Moment.de(Instant.from_utc(2026, 10, 25, 1, 30), "Europe/Paris")) == "2026-10-25T02:30:00+01:00"
    assert paris("2026-10-25T00:00", "2026-10-26T00:00").minutes() == 25 * 60
    assert paris("2026-03-29T00:00", "2026-03-30T00:00").minutes() == 23 * 60


@pytest.mark.parametrize(
    ("texte", "faute"),
    [
        ("2026-11-23T14:00", None),
        ("2026-11-23T14:00+01:00", None),
        ("2026-10-25T02:30+02:00", None),
        ("2026-03-29T02:30", "n'existe pas dans ce fuseau (Europe/Paris)"),
        ("2026-03-29T02:30+01:00", "n'existe pas dans ce fuseau (Europe/Paris)"),
        ("2026-10-25T02:30", "ajoutez le décalage (+02:00 ou +01:00)"),
        ("2026-10-25T02:30+03:00", "n'est pas celui du lieu à cette heure (+02:00 ou +01:00)"),
        ("2026-11-23T14:00+02:00", "n'est pas celui du lieu à cette heure (+01:00)"),
        ("9999-12-31T23:00", "une année de 1900 à 2999 attendue"),
        ("0001-01-01T00:00", "une année de 1900 à 2999 attendue"),
    ],
)
def test_une_heure_que_l_horloge_du_lieu_ne_connait_pas_se_dit_avec_l_issue(texte, faute):
    found = Moment.depuis_texte(texte).faute_dans("Europe/Paris")
    assert found == faute if faute is None else faute in str(found)


def test_une_heure_qui_n_existe_plus_glisse_apres_le_saut():
    assert Moment.depuis_texte("2026-03-29T02:30").dans("Europe/Paris").hour == 3
    assert Moment.depuis_texte("2026-03-29T02:30+01:00").dans("Europe/Paris").hour == 3


@pytest.mark.parametrize("texte", ["", "demain", "14:00", "2026-11-23", "2026-11-23T14:00Z", "2026-02-30T10:00"])
def test_ce_qui_n_est_pas_une_heure_est_refuse_avec_un_exemple(texte):
    with pytest.raises(ValueError, match="comme « 2026-11-23T14:00 »"):
        Moment.depuis_texte(texte)


def test_deux_heures_sont_egales_quand_elles_se_disent_pareil():
    une = Moment(PlainDateTime(2026, 11, 23, 14))
    assert une == Moment.depuis_texte("2026-11-23T14:00")
    assert une != Moment.depuis_texte("2026-11-23T14:00+01:00")
    assert une != "2026-11-23T14:00"
    assert repr(une) == "Moment('2026-11-23T14:00:00')"


@pytest.mark.parametrize(("jours", "tient"), [(JOURS_MAX, True), (JOURS_MAX + 1, False), (300_000, False)])
def test_une_reservation_tient_en_deux_mois(jours, tient):
    debut = Date(2026, 1, 1)
    periode = Periode.de_jours(debut, debut.add(days=jours - 1), "Europe/Paris")
    assert (periode.fautes() == []) == tient
    assert tient or "convention" in periode.fautes()[0][1]


def test_une_periode_finit_apres_avoir_commence():
    assert paris("2026-11-23T10:00", "2026-11-23T10:00").fautes() == [
        ("fin", "doit venir après le début (lundi 23 novembre 2026 à 10 h)")
    ]
    assert paris("2026-10-25T02:30+01:00", "2026-10-25T02:45+02:00").fautes()[0][0] == "fin"


def test_des_jours_entiers_vont_du_matin_a_la_nuit():
    deux = Periode.de_jours(Date(2026, 10, 24), Date(2026, 10, 25), "Europe/Paris")
    assert list(deux.jours()) == [Date(2026, 10, 24), Date(2026, 10, 25)]
    assert deux.minutes() == 49 * 60


DATES = st.dates().map(lambda d: Date(d.year, d.month, d.day))


@given(DATES, DATES)
def test_on_compte_les_jours_dans_les_deux_sens(une, autre):
    assert jours_entre(une, autre) == -jours_entre(autre, une)
    assert une.add(days=jours_entre(une, autre)) == autre


@given(st.dates(min_value=Date(1900, 1, 1).to_stdlib()).map(lambda d: Date(d.year, d.month, d.day)))
def test_la_semaine_commence_le_lundi_qui_precede(jour):
    lundi = debut_de_semaine(jour)
    assert lundi.day_of_week().value == 1
    assert 0 <= jours_entre(lundi, jour) < 7


def test_les_mois_d_une_date_a_l_autre():
    assert list(mois_entre(Date(2025, 11, 30), Date(2026, 1, 1))) == [
        Date(2025, 11, 1),
        Date(2025, 12, 1),
        Date(2026, 1, 1),
    ]
    assert list(mois_entre(Date(2026, 2, 1), Date(2026, 1, 31))) == []


def test_un_dernier_jour_ne_precede_pas_le_premier():
    assert ordre(Date(2026, 11, 23), Date(2026, 11, 23)) == ordre(Date(2026, 11, 23), None) == []
    assert ordre(Date(2026, 11, 23), Date(2026, 11, 22), "fin") == [
        ("fin", "doit venir après le lundi 23 novembre 2026")
    ]


def test_les_heures_se_rangent_dans_l_ordre_ou_elles_viennent():
    texts = ["2026-10-25T02:30+01:00", "2026-10-25T02:30+02:00", "2026-10-25T01:00", "2026-10-25T03:00"]
    assert [str(m)[11:16] + m.decalage for m in sorted(map(Moment.depuis_texte, texts))] == [
        "01:00", "02:30+02:00", "02:30+01:00", "03:00",
    ]  # fmt: skip
    new_york = [Moment.depuis_texte(f"2026-11-01T01:30{o}") for o in ("-05:00", "-04:00")]
    assert sorted(new_york) == new_york[::-1]
