"""The stored form of values, one by one: what each type is as text, and what is said of anything else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from whenever import Date, Instant, PlainDateTime, Time

from tierslieu_core.domaines.cadre.regles import AdopterRegle
from tierslieu_core.domaines.cadre.regles.genres.quantites import DureePret
from tierslieu_core.domaines.cadre.regles.portee import Portee
from tierslieu_core.domaines.usages.prets import PreterObjet
from tierslieu_core.domaines.usages.reservations import ReserverEspace
from tierslieu_core.kernel.codec import Codec, structured
from tierslieu_core.kernel.declarations import evenement, personnel
from tierslieu_core.kernel.errors import DemandeInvalide
from tierslieu_core.kernel.fields import fields_of, is_personal, subject_of, subjects
from tierslieu_core.kernel.personal import Efface, Personnel, Scelle
from tierslieu_core.kernel.sentences import Speaker
from tierslieu_core.testing.spec import installed
from tierslieu_core.vocabulaire.identifiants import ObjetId, PersonneId, RegleId
from tierslieu_core.vocabulaire.temps import Moment


@evenement("jouet.Tout", "{personnes} : {note}")
class Tout:
    instant: Instant
    jour: Date
    heure: Time
    local: PlainDateTime
    moment: Moment
    nombre: int
    vrai: bool
    personnes: tuple[PersonneId, ...]
    note: Personnel | None = personnel(qui="par", conservation="x", default=None)
    objet: ObjetId | None = None


TOUT = Tout(
    instant=Instant.from_utc(2026, 11, 23, 9), jour=Date(2026, 11, 23), heure=Time(14, 30),
    local=PlainDateTime(2026, 11, 23, 14, 30), moment=Moment.depuis_texte("2026-10-25T02:30+01:00"), nombre=3,
        vrai=True,
    personnes=(PersonneId("ana"), PersonneId("ben")),
)  # fmt: skip
TEXTE = (
    '{"heure":"14:30:00","instant":"2026-11-23T09:00:00Z","jour":"2026-11-23","local":"2026-11-23T14:30:00",'
    '"moment":"2026-10-25T02:30:00+01:00","nombre":3,"note":null,"objet":null,"personnes":["ana","ben"],"vrai":true}'
)


def test_every_type_has_this_text_for_ever():
    codec = Codec()
    assert codec.encode(TOUT).decode() == TEXTE
    assert codec.decode(TEXTE.encode(), Tout) == TOUT
    assert codec.stored.structure(json.loads(TEXTE), Tout) == TOUT


def test_an_instant_is_read_with_any_offset():
    said = json.loads(TEXTE) | {"instant": "2026-11-23T10:00:00+01:00"}
    assert Codec().edge.structure(said, Tout) == TOUT
    assert Codec().decode(json.dumps(said).encode(), Tout) == TOUT


WRONG: list[tuple[str, Any, str]] = [
    ("instant", "2026-11-23T10:00", "un instant avec son décalage attendu comme « 2026-11-23T14:30:00+01:00 »"),
    ("instant", 3, "un instant avec son décalage attendu"),
    ("jour", "2026-13-01", "une date attendue comme « 2026-11-23 », reçu '2026-13-01'"),
    ("heure", "25:00", "une heure attendue comme « 14:30 »"),
    ("local", "2026-11-23T10:00+01:00", "une date et une heure attendue comme « 2026-11-23T14:30 »"),
    ("moment", "demain", "une heure du lieu attendue, comme « 2026-11-23T14:00 », reçu « demain »"),
    ("moment", 3, "un texte attendu, reçu 3"),
    ("nombre", True, "un nombre entier attendu, reçu True"),
    ("nombre", 1.0, "un nombre entier attendu, reçu 1.0"),
    ("vrai", 1, "oui ou non (true, false) attendu, reçu 1"),
    ("personnes", "ana", "une liste attendue, reçu 'ana'"),
    ("personnes", ["ana", 3], "un identifiant attendu, reçu 3"),
    ("note", 3, "un texte attendu, reçu 3"),
    ("note", {}, "manque"),
    ("objet", 3, "un identifiant attendu, reçu 3"),
]


@pytest.mark.parametrize(("champ", "valeur", "dit"), WRONG)
def test_anything_else_is_told_by_its_field(champ: str, valeur: Any, dit: str):
    for read in (
        lambda said: Codec().decode(json.dumps(said).encode(), Tout),
        lambda said: Codec(identifiers=lambda _: None).decode(json.dumps(said).encode(), Tout),
    ):
        with pytest.raises(DemandeInvalide) as told:
            read(json.loads(TEXTE) | {champ: valeur})
        assert any(path.startswith(champ) and dit in text for path, text in told.value.erreurs), told.value.erreurs


@pytest.mark.parametrize("valeur", ["", "x", [], 3, True])
def test_a_group_of_fields_is_read_from_a_group_only_even_when_each_has_its_default(valeur: Any):
    """By itself cattrs finds no field in a text, and takes every default: what msgspec refuses would be read."""
    codec = installed().codec
    for converter in (codec.stored, codec.edge):
        with pytest.raises(DemandeInvalide, match="un groupe de champs attendu"):
            structured(converter, valeur, Portee)


def test_a_union_says_which_kind_and_reads_no_other():
    codec = installed().codec
    regle = {"regle": "r", "du": "2026-11-23", "motif": "m", "genre": {"genre": "duree_pret", "maximum_jours": 3}}
    assert codec.decode(json.dumps(regle).encode(), AdopterRegle).genre == DureePret(maximum_jours=3)
    for wrong, dit in (
        ({"genre": "absent"}, "genre inconnu : 'absent' ; genres connus : absences, adhesion_a_jour"),
        ([], "genre inconnu : None"),
        ({"genre": "duree_pret"}, "manque"),
        ({"genre": "quota", "maximum": 3, "unite": "litres"}, "l'un de : usages, heures, attendu ; reçu 'litres'"),
        ({"genre": "horaires", "plages": [3]}, "un groupe de champs attendu, comme {…}"),
    ):
        with pytest.raises(DemandeInvalide) as told:
            codec.decode(json.dumps(regle | {"genre": wrong}).encode(), AdopterRegle)
        assert dit in str(told.value), told.value


class Forme:
    """A base that only one class is of, in this place."""


@evenement("jouet.Dessin", "{forme}")
class Dessin:
    forme: Forme


def test_a_word_among_those_allowed_is_read_as_it_is():
    codec, kinds = installed().codec, installed().codec.unions
    quota = next(iter(kinds.values()))["quota"](maximum=3, unite="heures", periode="mois")
    regle = AdopterRegle(regle=RegleId("r"), genre=quota, du=Date(2026, 11, 23), motif="m")
    assert codec.decode(codec.encode(regle), AdopterRegle) == regle


def test_a_union_of_one_kind_is_written_alike():
    codec = Codec({Forme: {"duree_pret": DureePret}})
    data = codec.encode(Dessin(forme=DureePret(maximum_jours=2)))  # type: ignore[arg-type]  # declared as of that base
    assert data == b'{"forme":{"genre":"duree_pret","maximum_jours":2}}'
    assert codec.decode(data, Dessin).forme == DureePret(maximum_jours=2)
    with pytest.raises(DemandeInvalide, match="genre inconnu"):
        codec.decode(b'{"forme":{"maximum_jours":2}}', Dessin)


# ── what a declaration says of its fields ───────────────────────────────────────────────────────────────────────────


def test_a_declaration_says_all_of_its_fields():
    note, objet = fields_of(Tout)[-2:]
    assert (note.qui, note.conservation, note.facultatif, note.obligatoire, note.libelle) == (
        "par",
        "x",
        True,
        False,
        "note",
    )
    assert (objet.sujet, objet.facultatif, objet.plusieurs) == ("objet", True, False)
    personnes = fields_of(Tout)[-3]
    assert (personnes.sujet, personnes.plusieurs, personnes.facultatif) == ("personne", True, False)
    assert [f.unite for f in fields_of(DureePret)] == ["jours"]
    assert fields_of(PreterObjet)[2].libelle == "à rendre le"
    assert fields_of(ReserverEspace)[4].obligatoire is False


def test_a_value_names_its_subjects():
    assert subjects(TOUT) == ["personne:ana", "personne:ben"]
    assert subject_of(str) is None
    assert is_personal(Personnel | None)
    assert not is_personal(str | None)


def test_several_things_are_said_each_by_its_name():
    speaker = Speaker(lambda v: " et ".join(v) if isinstance(v, tuple) else str(v), lambda _, one: one.title())
    assert speaker.phrase(TOUT) == "Ana et Ben"
    assert Speaker(ouvrir=lambda s: Efface(s.personne, s.conservation)).personal(_scelle()) == "[effacé]"
    assert Speaker().personal("en clair") == "en clair"


def _scelle() -> Scelle:
    return Scelle("ana", "x", 1, "k", "jouet.Tout.note", "")
