"""Laws of what an area declares: names, words, and the tags of its facts."""

# ruff: noqa: S101 - a law is made of assertions
from __future__ import annotations

import re
from string import Formatter
from typing import Any

import attrs
from hypothesis import given

from tierslieu_core.kernel.declarations import Note, fiche
from tierslieu_core.kernel.fields import fields_of
from tierslieu_core.kernel.lectures import Lecture
from tierslieu_core.kernel.personal import Efface, Scelle
from tierslieu_core.kernel.sentences import VIDE, Speaker, filled
from tierslieu_core.testing.laws.scope import Scope, patient
from tierslieu_core.testing.strategies import CANARY
from tierslieu_core.vocabulaire.francais import lisible

SHOWN_AS_IS = tuple(f"{cls.__name__}({attrs.fields(cls)[0].name}=" for cls in (Scelle, Efface))
"""How a sealed or forgotten value begins that was printed as Python does. Put together here, never written whole:
hypothesis draws the texts that the sources hold, and a person may well have typed one."""
NAME = re.compile(r"[a-z][a-z_]*\.[A-Z][A-Za-z]*\Z")


def names_are_of_the_area(scope: Scope) -> None:
    """A stored name is `area.Name`, in ASCII, with the area that declares it in front."""
    for area in scope.domaines:
        for cls in (*area.faits, *(d.commande for d in area.demandes), *area.refus):
            nom = fiche(cls).nom
            assert NAME.match(nom), nom
            assert nom.partition(".")[0] == area.nom, f"{nom} est déclaré par {area.nom}"


def every_version_can_be_raised(scope: Scope) -> None:
    """An event of version n comes with the n - 1 upcasts that raise its older forms, and no other."""
    for cls in (c for area in scope.domaines for c in area.faits):
        said = fiche(cls)
        assert set(said.upcasts) == set(range(1, said.version)), said.nom


def everything_has_its_french(scope: Scope) -> None:
    """Events and refusals have their sentence, refusals their way out, commands, fields and registers their title."""
    for area in scope.domaines:
        assert area.titre, area.nom
        for cls in area.faits:
            _sentence(cls, fiche(cls).phrase, fiche(cls).nom)
        for refus in area.refus:
            _sentence(refus, fiche(refus).phrase, fiche(refus).nom)
            _sentence(refus, fiche(refus).issue, fiche(refus).nom)
        for demande in area.demandes:
            cls = demande.commande
            assert (cls.__doc__ or "").strip(), f"{fiche(cls).nom} : sa docstring dit en français ce qu'elle fait"
            assert all(f.libelle for f in fields_of(cls))
        assert all(r.titre for r in area.registres), area.nom
        for une in area.transmissions:
            _sentence(scope.catalogue.registre(une.registre).ligne, une.phrase, une.titre)


def _sentence(cls: type, text: str, nom: str) -> None:
    """It exists, names only fields that the class has, and says nothing of those that may be missing when they are."""
    assert text, nom
    named = {str(name) for _, name, _, _ in Formatter().parse(text) if name is not None}
    assert named <= {f.nom for f in fields_of(cls)}, f"{nom} : {named}"
    least = filled(text, {f.nom: VIDE if f.facultatif else "x" for f in fields_of(cls)})
    assert VIDE not in least, f"{nom} : « {least} » (mettez entre crochets ce qui peut manquer)"


def sentences_never_fail(scope: Scope) -> None:
    """Any fact is said, any refusal is said with its way out; sealed and forgotten are never taken for each other."""
    opened = Speaker(lisible, ouvrir=lambda _: CANARY)
    forgotten = Speaker(lisible, ouvrir=lambda s: Efface(s.personne, s.conservation))

    @patient()
    @given(scope.facts(), scope.drawn.refusals(scope.areas))
    def law(fait: Any, refus: Any) -> None:
        assert opened.issue(refus)
        assert opened.phrase(refus)
        sealed = {f.nom for f in fields_of(type(fait)) if isinstance(getattr(fait, f.nom), Scelle)}
        said = {n for _, n, _, _ in Formatter().parse(fiche(fait).phrase)} & sealed
        for speaker, shown in ((opened, CANARY), (forgotten, "[effacé]"), (Speaker(lisible), "[scellé]")):
            text = speaker.phrase(fait)
            assert not said or shown in text
            assert not any(mark in text for mark in SHOWN_AS_IS), text

    law()


def lectures_are_pure_folds(scope: Scope) -> None:
    """A lecture's fold gives the same state twice, and changes neither its start nor what it gave before."""
    found = {id(lecture): lecture for area in scope.domaines for lecture in _lectures(area)}

    @patient()
    @given(scope.facts(), scope.facts())
    def law(one: Any, two: Any) -> None:
        for lecture in found.values():
            seen = [(f, NOTE) for f in (one, two) if isinstance(f, lecture.faits)]
            before = repr(lecture.depart)
            first = lecture.fold_read(seen[:1])
            kept = repr(first)
            assert repr(lecture.fold_read(seen)) == repr(lecture.fold_read(seen))
            assert (repr(lecture.depart), repr(first)) == (before, kept)

    law()


NOTE = Note(1, "k/1", "2026-11-23T09:00:00.000Z", "2026-11-23T09:00:00.000Z", "camille", None, "concierge", None)


def _lectures(area: Any) -> list[Lecture[Any]]:
    """The lectures that the modules of an area's decisions know."""
    spaces = [d.decide.__globals__ for d in area.demandes]
    return [v for names in spaces for v in names.values() if isinstance(v, Lecture)]


def registers_have_plain_columns(scope: Scope) -> None:
    """A register's row is an attrs class whose first column tells rows apart; its facts are declared ones."""
    declared = {c for area in scope.catalogue.domaines for c in area.faits}
    for registre in (r for area in scope.domaines for r in area.registres):
        assert attrs.has(registre.ligne), registre.nom
        assert set(registre.faits) <= declared, registre.nom
