"""Bad input: one clear French message, a documented error, every fault at once, and nothing recorded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import pytest
from eventsourcing.dcb.popo import InMemoryDCBRecorder
from hypothesis import given
from hypothesis import strategies as st
from tests.kernel.quai import ANA, PERCEUSE, SAMEDI, asked, preter, quai
from whenever import Date, Instant, PlainDateTime

from tierslieu_core.domaines.cadre.gouvernance import FonderLieu, LieuFonde
from tierslieu_core.domaines.cadre.regles import AdopterRegle
from tierslieu_core.domaines.cadre.regles.genres.ouverture import Fermeture
from tierslieu_core.domaines.usages.prets import PreterObjet
from tierslieu_core.domaines.usages.reservations import ReserverEspace
from tierslieu_core.integrite.coffre import Coffre, SansCoffre
from tierslieu_core.integrite.magasin import MagasinMemoire
from tierslieu_core.kernel import edge, suites
from tierslieu_core.kernel.declarations import commande, evenement, personnel
from tierslieu_core.kernel.errors import (
    ClairInterdit,
    CleReutilisee,
    CoffreAbsent,
    CommandeInconnue,
    DemandeInvalide,
    ErreurTiersLieu,
    LieuNonFonde,
    ReferenceInconnue,
)
from tierslieu_core.kernel.personal import Personnel
from tierslieu_core.kernel.ports import head_of
from tierslieu_core.lieu import Lieu
from tierslieu_core.testing.spec import MAINTENANT, installed, memory_place
from tierslieu_core.vocabulaire.identifiants import EspaceId, ObjetId, PersonneId, RegleId
from tierslieu_core.vocabulaire.temps import Moment

PRET = {"objet": "objet-1", "personne": "personne-1", "retour": "2026-11-28"}
AILLEURS = {
    "personne": "personne-2", "conservation": "pret", "version": 1, "cle": "k", "champ": "c", "boite": "AAAA",
}  # fmt: skip
RESA = {"espace": "espace-1", "personne": "personne-1"}


def _json(nom: str, **champs: Any) -> Callable[[Lieu], Any]:
    return lambda lieu: lieu.demander(nom, champs, par="camille", cle="k", maintenant=MAINTENANT)


def _typed(commande: Any, **how: Any) -> Callable[[Lieu], Any]:
    return lambda lieu: asked(lieu, commande, **{"cle": "k", **how})


def _moment(text: str) -> Moment:
    return Moment.depuis_texte(text)


def _reserver(debut: str, fin: str) -> ReserverEspace:
    return ReserverEspace(espace=EspaceId("espace-1"), personne=ANA, debut=_moment(debut), fin=_moment(fin))


BAD: dict[str, tuple[Callable[[Lieu], Any], type[ErreurTiersLieu], list[str]]] = {
    "unknown command": (_json("prets.Preter", **PRET), CommandeInconnue, ["Commande inconnue : « prets.Preter »"]),
    "missing and wrong fields together": (
        _json("prets.PreterObjet", objet=3, retour="demain", couleur="bleu"),
        DemandeInvalide,
        ["« prets.PreterObjet » ne peut pas", "objet : un identifiant attendu, reçu 3", "personne : manque",
         "retour : une date attendue comme « 2026-11-23 », reçu 'demain'", "champ inconnu : couleur"],
    ),
    "an identifier that is a name": (
        _json("prets.PreterObjet", **PRET | {"personne": "Zoé D."}), DemandeInvalide,
            ["« Zoé D. » n'est pas un identifiant"],
    ),
    "a null": (_json("prets.PreterObjet", **PRET | {"constat": None}), DemandeInvalide, ["constat : "]),
    "a value that somebody sealed elsewhere": (
        _json("prets.PreterObjet", **PRET | {"constat": AILLEURS}),
        DemandeInvalide, ["constat : un texte attendu : c'est le lieu qui le scelle"],
    ),
    "a number with a decimal point": (
        _json("gouvernance.FixerDelai", jours=1.0, motif="m"), DemandeInvalide,
            ["jours : un nombre entier attendu, reçu 1.0"],
    ),
    "a list that is none": (
        _json("gouvernance.FixerDroits", demande="d", roles="concierge", motif="m"), DemandeInvalide,
            ["roles : une liste"],
    ),
    "an hour without minutes": (
        _json("reservations.ReserverEspace", **RESA, debut="10h", fin="2026-11-24T12:00"),
        DemandeInvalide, ["debut : une heure du lieu attendue, comme « 2026-11-23T14:00 », reçu « 10h »"],
    ),
    "an unknown rule kind": (
        _json("regles.AdopterRegle", regle="r-1", genre={"genre": "humeur"}, du="2026-11-23", motif="m"),
        DemandeInvalide, ["genre : genre inconnu : 'humeur' ; genres connus : ", "quota"],
    ),
    "a rule kind with a wrong parameter": (
        _json("regles.AdopterRegle", regle="r-1", genre={"genre": "quota", "maximum": "3"}, du="2026-11-23", motif="m"),
        DemandeInvalide, ["genre.maximum : un nombre entier attendu, reçu '3'"],
    ),
    "a naive instant": (
        _typed(preter(), quand=PlainDateTime(2026, 11, 23, 10)), DemandeInvalide,
            ["maintenant : attend un instant", "fuseau"],
    ),
    "a naive day of effect": (
        _typed(preter(), survenu_le=Date(2026, 11, 23)), DemandeInvalide, ["survenu_le : attend un instant"],
    ),
    "an effect to come": (
        _typed(preter(), survenu_le=MAINTENANT.add(seconds=1)), DemandeInvalide, ["survenu_le : est dans l'avenir"],
    ),
    "a field of the wrong type in Python": (_typed(preter(retour="2026-11-28")), DemandeInvalide, ["type déclaré"]),
    "a field that cannot be written": (_typed(preter(retour=object())), DemandeInvalide, ["retour"]),
    "a rule kind that is none, in Python": (
        _typed(AdopterRegle(regle=RegleId("r"), genre="duree", du=SAMEDI, motif="m")),  # type: ignore[arg-type]  # the fault
        DemandeInvalide, ["un champ ne peut pas être écrit"],
    ),
    "half a character": (_typed(preter(constat="\ud800")), DemandeInvalide, ["un caractère Unicode y est incomplet"]),
    "something else than a command": (_typed(3), CommandeInconnue, ["Ceci n'est pas une commande : 3."]),
    "a fact in place of a command": (_typed(LieuFonde(nom="", fuseau="", jours_feries="", vacances="")),
        CommandeInconnue,
        ["Commande inconnue : « gouvernance.LieuFonde »"]),
    "a number for a key and for persons": (
        _typed(preter(), cle=3, par=4, pour=5), DemandeInvalide, ["cle : « 3 »", "par : « 4 »", "pour : « 5 »"],
    ),
    "a group of fields that is none": (
        _json("regles.AdopterRegle", regle="r", genre={"genre": "adhesion_a_jour"}, du="2026-11-23", motif="m",
            portee=3),
        DemandeInvalide, ["portee : un groupe de champs attendu"],
    ),
    "a word that is not one of those allowed": (
        _json("regles.AdopterRegle", regle="r", genre={"genre": "quota", "maximum": 1, "unite": "m"},
            du="2026-11-23", motif="m"),
        DemandeInvalide, ["genre.unite : l'un de : usages, heures, attendu ; reçu 'm'"],
    ),
    "a key that is none, and a person that is none": (
        _typed(preter(), cle="clé !", par="Camille M."), DemandeInvalide,
        ["cle : « clé ! » n'est pas une clé", "par : « Camille M. » n'est pas un identifiant"],
    ),
    "someone for whom it is asked who is none": (_typed(preter(), pour="Zoé"), DemandeInvalide, ["pour : « Zoé »"]),
    "end before start": (
        _typed(_reserver("2026-11-24T12:00", "2026-11-24T10:00")), DemandeInvalide, ["fin : doit venir après le début"],
    ),
    "an hour that does not exist": (
        _typed(_reserver("2027-03-28T02:30", "2027-03-28T04:00")), DemandeInvalide,
        ["debut : le dimanche 28 mars 2027 à 2 h 30 n'existe pas dans ce fuseau (Europe/Paris)"],
    ),
    "an hour that comes twice": (
        _typed(_reserver("2026-10-25T02:30", "2026-10-25T04:00")), DemandeInvalide,
        ["debut : le dimanche 25 octobre 2026 à 2 h 30 a lieu deux fois", "(+02:00 ou +01:00)"],
    ),
    "unknown persons and things together": (
        _typed(preter(objet=ObjetId("objet-9"), personne=PersonneId("p-9")), par="p-8", pour="p-7"), ReferenceInconnue,
        [
            "objet : identifiant inconnu du lieu (objet) : « objet-9 »", "personne : identifiant inconnu",
            "par : identifiant inconnu du lieu (personne) : « p-8 »",
            "pour : identifiant inconnu du lieu (personne) : « p-7 »",
        ],
    ),
    "an unknown space, and hours that do not exist": (
        _json("reservations.ReserverEspace", espace="e-9", personne="personne-1", debut="2027-03-28T02:30",
            fin="2027-03-28T04:00"),
        ReferenceInconnue, [
            "espace : identifiant inconnu du lieu (espace) : « e-9 »",
            "debut : le dimanche 28 mars 2027 à 2 h 30 n'existe pas",
        ],
    ),
    "an unknown thing inside a value": (
        _json("regles.AdopterRegle", regle="r-1", genre={"genre": "adhesion_a_jour"}, du="2026-11-23", motif="m",
              portee={"espaces": ["e-9"]}),
        ReferenceInconnue, ["portee.espaces : identifiant inconnu du lieu (espace) : « e-9 »"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_told_in_full_and_leaves_nothing(case: str):
    ask, error, said = BAD[case]
    lieu = quai()
    head = head_of(lieu.recorder)
    with pytest.raises(error) as told:
        ask(lieu)
    assert type(told.value) is error
    assert [text for text in said if text not in str(told.value)] == [], str(told.value)
    assert head_of(lieu.recorder) == head
    assert lieu.audit("cle:k") == []


def test_a_key_that_is_reused_with_other_content_is_told_and_leaves_nothing():
    lieu = quai()
    asked(lieu, preter(), "k")
    head = head_of(lieu.recorder)
    others: tuple[tuple[Any, dict[str, Any]], ...] = (
        (preter(retour=Date(2026, 11, 29)), {}),
        (preter(constat="rayée"), {}),
        (preter(), {"par": "personne-1"}),
        (preter(), {"pour": "personne-2"}),
    )
    for other, how in others:
        with pytest.raises(CleReutilisee, match="La clé « k » a déjà répondu à une autre demande"):
            asked(lieu, other, "k", **how)
    assert head_of(lieu.recorder) == head


def test_a_place_that_is_not_founded_says_where_to_begin():
    with pytest.raises(LieuNonFonde, match="tierslieu init"):
        memory_place().executer(preter(), par="camille")


def test_a_missing_vault_says_what_it_prevents_and_leaves_nothing():
    recorder = InMemoryDCBRecorder()
    lieu = Lieu(recorder, SansCoffre(), installed())
    with pytest.raises(CoffreAbsent, match=r"\.coffre"):
        lieu.executer(FonderLieu(nom="Q", personne=PersonneId("c"), nom_personne="C"), par="c")
    assert head_of(recorder) == 0


def test_an_area_that_would_record_a_personal_value_in_clear_is_stopped():
    @evenement("jouet.Note", "{texte}")
    class Note:
        personne: PersonneId
        texte: Personnel = personnel(qui="personne", conservation="x")

    with pytest.raises(ClairInterdit, match=r"jouet\.Note\.texte est une donnée personnelle en clair"):
        edge.assert_sealed(Note(personne=ANA, texte="en clair"))


def test_an_error_says_its_title_then_each_place_and_what():
    fault = DemandeInvalide("Titre :", [("champ", "quoi"), ("", "tout")])
    assert (str(fault), fault.titre) == ("Titre :\n  - champ : quoi\n  - tout", "Titre :")
    assert fault.erreurs == (("champ", "quoi"), ("", "tout"))
    assert str(DemandeInvalide("Seul.")) == "Seul."


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=130))
def test_what_is_no_identifier_is_never_let_in(text: str):
    fault = edge.identifier_fault(text)
    assert (fault is None) == (0 < len(text) <= 120 and text[0] in _LETTERS and set(text) <= set(_LETTERS + "._~-"))
    assert fault is None or repr(text)[1:-1] in fault or text in fault


_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


@given(st.text("aZ0._:~-é \n", max_size=130))
def test_what_is_no_key_is_never_let_in(text: str):
    fine = 0 < len(text) <= 120 and text[0] in "aZ0" and set(text) <= set("aZ0._:~-")
    assert (edge.key_fault(text) is None) == fine


@commande("jouet.Choisir")
class Choisir:
    """Choisir."""

    mot: Literal["oui", "non"]
    objet: ObjetId
    autres: tuple[ObjetId, ...] = ()


def test_what_a_demand_names_is_found_in_its_values_too():
    asked = Choisir(mot="oui", objet=PERCEUSE, autres=(ObjetId("a"), ObjetId("b")))
    assert list(edge.references(asked)) == [
        ("objet", "objet", "objet-1"), ("autres", "objet", "a"), ("autres", "objet", "b"),
    ]  # fmt: skip


def test_a_suite_has_a_key_however_long_its_own():
    assert suites.suite_key("k.1.relance.0") == "k.1.relance.0"
    long = suites.suite_key("k" * 130)
    assert edge.key_fault(long) is None
    assert long != suites.suite_key("k" * 131)


def test_a_key_is_made_when_none_is_given():
    lieu = quai()
    one, other = (lieu.executer(preter(), par="camille", maintenant=MAINTENANT) for _ in range(2))
    assert len({one.cle, other.cle}) == 2
    assert [r.verdict for r in (one, other)] == ["accord", "sans_objet"]


def test_instants_are_recorded_to_the_millisecond():
    lieu = quai()
    quand = Instant.parse_iso("2026-11-23T09:00:00.1239999Z")
    assert asked(lieu, preter(), "k", quand=quand).note.enregistre_le == "2026-11-23T09:00:00.123Z"


def test_the_personal_fields_of_a_demand_are_sealed_for_whom_they_are_about():
    lieu = quai()
    constat = asked(lieu, preter(constat="rayée"), "k").evenements[0].constat
    assert (constat.personne, constat.conservation, constat.cle) == (ANA, "pret", "k")
    assert lieu.vault.open(constat) == "rayée"
    vault = Coffre(MagasinMemoire(), bytes(32))
    none_personal = _reserver("2026-11-24T10:00", "2026-11-24T12:00")
    assert edge.sealed(none_personal, vault, "camille", "k") is none_personal
    already = edge.sealed(PreterObjet(objet=PERCEUSE, personne=ANA, retour=SAMEDI), vault, "camille", "k")
    assert edge.sealed(already, vault, "camille", "k2") is already


def test_a_date_that_nobody_lives_in_is_told_by_its_field_inside_values_too():
    rule = AdopterRegle(
        regle=RegleId("r"), genre=Fermeture(du=Date(1899, 12, 31), au=Date(3000, 1, 1)), du=SAMEDI, motif="m"
    )
    assert [f for f, _ in edge.place_faults(rule, "Europe/Paris")] == ["genre.du", "genre.au"]
    assert edge.place_faults(rule, "Europe/Paris", suite=True) == []
    fine = AdopterRegle(
        regle=RegleId("r"), genre=Fermeture(du=Date(1900, 1, 1), au=Date(2999, 12, 31)), du=SAMEDI, motif="m"
    )
    assert edge.place_faults(fine, "Europe/Paris") == []
