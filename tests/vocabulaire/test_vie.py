from __future__ import annotations

import attrs

from tierslieu_core.vocabulaire.vie import DEBUT, Cycle, vers


@attrs.frozen
class Semee:
    plante: str
    lune: int


@attrs.frozen
class Recoltee:
    plante: str
    poids: int


CYCLE = Cycle({Semee: "semée", Recoltee: "récoltée"}, {Semee: (DEBUT, Recoltee), Recoltee: (Semee,)})


def test_un_cycle_dit_ce_qui_peut_suivre():
    semee = Semee("radis", 1)
    assert CYCLE.permet(Semee, None)
    assert not CYCLE.permet(Recoltee, None)
    assert CYCLE.permet(Recoltee, semee)
    assert not CYCLE.permet(Semee, semee)
    assert CYCLE.permet(Semee, Recoltee("radis", 3))


def test_un_cycle_dit_ou_en_est_une_chose():
    assert CYCLE.mot(Semee("radis", 1)) == "semée"


def test_la_meme_chose_se_redit_par_un_autre_fait():
    assert vers(Recoltee, Semee("radis", 1), poids=300) == Recoltee("radis", 300)
    assert vers(Recoltee, Semee("radis", 1), plante="navet", poids=3) == Recoltee("navet", 3)
