"""Who may ask what by default: the whole table, so that a change of it is seen and weighed."""

from __future__ import annotations

import attrs
import pytest
from whenever import Date

from tierslieu_core.domaines.cadre.gouvernance import DroitsFixes, MandatDonne
from tierslieu_core.domaines.cadre.gouvernance.mandats import MandatManquant
from tierslieu_core.kernel.declarations import Contexte
from tierslieu_core.kernel.fields import fields_of
from tierslieu_core.testing.spec import FONDATION, MAINTENANT, installed, memory_place, record
from tierslieu_core.vocabulaire.identifiants import MandatId, PersonneId

# concierge, coordination, referent (of the thing named), regie, formateur, soi, inscrit: x where they may ask it.
TABLE = """
                                  concierge coordination referent regie formateur soi inscrit
accueil.CloreAccueil                  x          x          .       .       .      .     .
accueil.CorrigerAccueil               x          x          .       .       .      .     .
accueil.CorrigerVisite                x          x          .       .       .      .     .
accueil.DefinirParcours               x          x          .       .       .      .     .
accueil.FaireEtape                    x          x          .       .       .      .     .
accueil.LaisserEtape                  x          x          .       .       .      .     .
accueil.NoterVisite                   x          x          .       .       .      x     .
accueil.OuvrirAccueil                 x          x          .       .       .      .     .
accueil.PrendreNouvelles              x          x          .       .       .      .     .
adhesions.AccepterTexte               x          x          .       .       .      x     .
adhesions.AdmettreAdherent            x          x          .       .       .      .     .
adhesions.ClasserProcedure            x          x          .       .       .      .     .
adhesions.ConstaterAdmission          x          x          .       .       .      .     .
adhesions.ConstaterAudition           x          x          .       .       .      .     .
adhesions.ConvoquerAudition           x          x          .       .       .      .     .
adhesions.CorrigerAdhesion            x          x          .       .       .      .     .
adhesions.CorrigerDossier             x          x          .       .       .      .     .
adhesions.CorrigerRattachement        x          x          .       .       .      .     .
adhesions.DeclarerDocuments           x          x          .       .       .      .     .
adhesions.DeclarerPaliers             x          x          .       .       .      .     .
adhesions.DemanderAdhesion            x          x          .       .       .      x     .
adhesions.DetacherMembre              x          x          .       .       .      .     x
adhesions.EcarterDemande              x          x          .       .       .      .     .
adhesions.EnregistrerDepart           x          x          .       .       .      x     .
adhesions.ExclureAdherent             .          x          .       .       .      .     .
adhesions.GelerAdhesion               x          x          .       .       .      x     .
adhesions.LeverExclusion              .          x          .       .       .      .     .
adhesions.LeverSuspension             x          x          .       .       .      .     .
adhesions.NoterMinorite               x          x          .       .       .      .     .
adhesions.OuvrirCollectif             x          x          .       .       .      .     .
adhesions.RattacherMembre             x          x          .       .       .      .     x
adhesions.RecevoirDocument            x          x          .       .       .      .     .
adhesions.RenouvelerAdhesion          x          x          .       .       .      .     .
adhesions.ReprendreAdhesion           x          x          .       .       .      x     .
adhesions.RetirerDocument             x          x          .       .       .      .     .
adhesions.SuspendreAdhesion           x          x          .       .       .      .     .
archives.ClorePeriode                 x          x          .       .       .      .     .
archives.CorrigerCloture              .          x          .       .       .      .     .
besoins.CorrigerBesoin                x          x          .       .       .      .     .
besoins.EcarterBesoin                 x          x          .       .       .      .     .
besoins.ExprimerBesoin                x          x          .       .       .      x     .
besoins.GrouperBesoins                x          x          .       .       .      .     .
besoins.NoterSoutiens                 x          x          .       .       .      .     .
besoins.RepondreBesoin                x          x          .       .       .      .     .
besoins.RetirerSoutien                x          x          .       .       .      x     .
besoins.RouvrirBesoin                 x          x          .       .       .      .     .
besoins.SoutenirBesoin                x          x          .       .       .      x     .
contrats.AmenderContrat               x          x          .       .       .      .     .
contrats.ConclureContrat              x          x          .       .       .      .     .
contrats.CorrigerContrat              x          x          .       .       .      .     .
contrats.DonnerPreavis                x          x          .       .       .      .     .
contrats.RenouvelerContrat            x          x          .       .       .      .     .
contrats.TerminerContrat              x          x          .       .       .      .     .
conventions.AmenderConvention         x          x          .       .       .      .     .
conventions.CorrigerConvention        x          x          .       .       .      .     .
conventions.PreparerConvention        x          x          .       .       .      .     .
conventions.RenouvelerConvention      x          x          .       .       .      .     .
conventions.RetirerProjet             x          x          .       .       .      .     .
conventions.SignerConvention          x          x          .       .       .      x     .
conventions.SignerPourLeLieu          .          x          .       .       .      .     .
conventions.TerminerConvention        x          x          .       .       .      .     .
demarches.AccorderDemarche            x          x          .       .       .      .     x
demarches.ArbitrerDemarches           x          x          .       .       .      .     x
demarches.ClasserDemarche             x          x          .       .       .      x     .
demarches.FaireDemarche               x          x          .       .       .      x     .
demarches.OuvrirDemarche              x          x          .       .       .      .     .
demarches.RefuserDemarche             x          x          .       .       .      .     x
documents.CloreDocument               x          x          .       .       .      .     .
documents.CorrigerDocument            x          x          .       .       .      .     .
documents.DeclarerClasse              x          x          .       .       .      .     .
documents.DecrireDocument             x          x          .       .       .      .     .
documents.DeposerDocument             x          x          .       .       .      .     .
documents.DeposerVersion              x          x          .       .       .      .     .
documents.DetacherDocument            x          x          .       .       .      .     .
documents.DetruireAvantTerme          .          x          .       .       .      .     .
documents.DetruireDocument            x          x          .       .       .      .     .
documents.JoindreDocument             x          x          .       .       .      .     .
documents.LireDocument                .          .          .       .       .      .     x
ecosysteme.AcheverDynamique           x          x          .       .       .      .     x
ecosysteme.AvancerDynamique           x          x          .       .       .      .     x
ecosysteme.CorrigerDynamique          x          x          .       .       .      .     .
ecosysteme.CorrigerParticipation      x          x          .       .       .      .     .
ecosysteme.LancerDynamique            x          x          .       .       .      x     .
ecosysteme.PrendrePart                x          x          .       .       .      .     .
ecosysteme.QuitterActeur              x          x          .       .       .      .     .
ecosysteme.RecenserActeur             x          x          .       .       .      .     .
documentation.AbandonnerPassation     x          x          .       .       .      .     .
documentation.AmenderEntree           x          x          .       .       .      .     x
documentation.CorrigerEntree          x          x          .       .       .      .     .
documentation.CorrigerPassation       x          x          .       .       .      .     .
documentation.DeclarerMot             x          x          .       .       .      .     .
documentation.NoterEntree             x          x          .       .       .      .     x
documentation.OuvrirPassation         x          x          .       .       .      .     .
documentation.ReprendrePassation      x          x          .       .       .      .     .
documentation.RetirerEntree           x          x          .       .       .      .     x
documentation.SignerPassation         x          x          .       .       .      .     x
entretien.AbandonnerTravaux           x          x          .       x       .      .     .
entretien.ArreterEntretien            x          x          .       x       .      .     .
entretien.CommencerTravaux            x          x          .       x       .      .     .
entretien.CorrigerEntretien           x          x          .       x       .      .     .
entretien.CorrigerIncident            x          x          .       x       .      .     .
entretien.CorrigerTravaux             x          x          .       x       .      .     .
entretien.EcarterIncident             x          x          .       x       .      .     .
entretien.FixerEntretien              x          x          .       x       .      .     .
entretien.NoterEntretien              x          x          .       x       .      .     .
entretien.PlanifierTravaux            x          x          .       x       .      .     .
entretien.PrendreEnCharge             x          x          .       x       .      .     .
entretien.ProlongerTravaux            x          x          .       x       .      .     .
entretien.ReporterTravaux             x          x          .       x       .      .     .
entretien.ResoudreIncident            x          x          .       x       .      .     .
entretien.SignalerIncident            .          .          .       .       .      .     x
entretien.TerminerTravaux             x          x          .       x       .      .     .
espaces.ConfigurerEspace              x          x          x       x       .      .     .
espaces.CorrigerEspace                x          x          .       x       .      .     .
espaces.DecrireEspace                 x          x          x       x       .      .     .
espaces.DelierEspaces                 x          x          .       x       .      .     .
espaces.FermerEspace                  x          x          x       x       .      .     .
espaces.FixerHoraires                 x          x          x       x       .      .     .
espaces.FixerPublics                  x          x          .       x       .      .     .
espaces.LierEspaces                   x          x          .       x       .      .     .
espaces.OuvrirEspace                  x          x          .       x       .      .     .
espaces.RetirerConfiguration          x          x          x       x       .      .     .
espaces.RetirerEspace                 x          x          .       x       .      .     .
espaces.RouvrirEspace                 x          x          x       x       .      .     .
formations.AccorderHabilitation       x          x          .       .       x      .     .
formations.AnnulerSession             x          x          .       .       x      .     .
formations.CloreAccompagnement        x          x          .       .       x      .     x
formations.CorrigerAccompagnement     x          x          .       .       x      .     .
formations.CorrigerFormation          x          x          .       .       x      .     .
formations.CorrigerHabilitation       x          x          .       .       x      .     .
formations.CorrigerInvitation         x          x          .       .       x      .     .
formations.CorrigerSession            x          x          .       .       x      .     .
formations.FixerBut                   x          x          .       .       x      .     x
formations.InviterFormation           x          x          .       .       x      .     .
formations.NoterPratique              x          x          .       .       x      .     .
formations.OuvrirAccompagnement       x          x          .       .       x      .     .
formations.PrendreInscription         x          x          .       .       x      x     .
formations.ProgrammerSession          x          x          .       .       x      .     .
formations.ProposerFormation          x          x          .       .       x      .     .
formations.RendrePlace                x          x          .       .       x      x     .
formations.RetirerFormation           x          x          .       .       x      .     .
formations.RetirerHabilitation        x          x          .       .       x      .     .
formations.ReviserSession             x          x          .       .       x      .     .
formations.TenirRencontre             x          x          .       .       x      .     x
formations.TenirSession               x          x          .       .       x      .     x
gouvernance.DeleguerMandat            .          .          .       .       .      .     x
gouvernance.DonnerMandat              .          x          .       .       .      .     .
gouvernance.FixerDelai                .          x          .       .       .      .     .
gouvernance.FixerDroits               .          x          .       .       .      .     .
gouvernance.TerminerMandat            .          x          .       .       .      .     x
identites.FinirRepresentation         x          x          .       .       .      x     .
identites.InscrirePersonne            x          x          .       .       .      .     .
identites.RenommerPersonne            x          x          .       .       .      x     .
identites.RepresenterPersonne         x          x          .       .       .      .     .
identites.ReunirDoublon               x          x          .       .       .      .     .
materiel.AjouterObjet                 x          x          .       x       .      .     .
materiel.ConstaterEtat                x          x          x       x       .      .     .
materiel.CorrigerObjet                x          x          .       x       .      .     .
materiel.CreerModele                  x          x          .       x       .      .     .
materiel.DecrireModele                x          x          .       x       .      .     .
materiel.DecrireObjet                 x          x          x       x       .      .     .
materiel.ImmobiliserObjet             x          x          x       x       .      .     .
materiel.LeverImmobilisation          x          x          x       x       .      .     .
materiel.RecenserModele               x          x          .       x       .      .     .
materiel.RemettreEnService            x          x          x       x       .      .     .
materiel.RetirerObjet                 x          x          .       x       .      .     .
prets.AnnulerReservationModele        x          x          .       .       .      .     x
prets.CorrigerPret                    x          x          .       .       .      .     .
prets.CorrigerQuantite                x          x          .       .       .      .     .
prets.CorrigerReservationModele       x          x          .       .       .      .     .
prets.DeclarerPerdu                   x          x          x       .       .      x     .
prets.LeverSuspension                 x          x          .       .       .      .     .
prets.PreterObjet                     x          x          x       .       .      .     .
prets.PreterQuantite                  x          x          .       .       .      .     .
prets.RappelerPret                    x          x          x       .       .      .     .
prets.RappelerQuantite                x          x          .       .       .      .     .
prets.RelancerPret                    x          x          x       .       .      .     .
prets.RelancerQuantite                x          x          .       .       .      .     .
prets.RendreObjet                     x          x          x       .       .      .     .
prets.RendrePartie                    x          x          x       .       .      .     .
prets.RendreQuantite                  x          x          .       .       .      .     .
prets.RenouvelerPret                  x          x          x       .       .      x     .
prets.ReserverModele                  x          x          .       .       .      x     .
prets.TrierReservations               x          x          .       x       .      .     .
recours.FormerRecours                 x          x          .       .       .      x     .
recours.ReviserDecision               x          x          .       .       .      .     x
recours.TrancherRecours               x          x          .       .       .      .     x
publics.DeclarerPublic                x          x          .       .       .      .     .
regles.AbrogerRegle                   x          x          .       .       .      .     .
regles.AccorderDerogation             x          x          .       .       .      .     .
regles.AdopterRegle                   x          x          .       .       .      .     .
regles.DeclarerFait                   x          x          .       .       .      .     .
regles.ProposerRegle                  x          x          .       .       .      .     x
regles.RetirerProposition             x          x          .       .       .      .     x
regles.EcarterProposition             x          x          .       .       .      .     .
regles.AdopterProposition             x          x          .       .       .      .     .
regles.AmenderRegle                   x          x          .       .       .      .     .
regles.CorrigerDerogation             x          x          .       .       .      .     .
regles.SuspendreRegle                 x          x          .       .       .      .     .
reservations.AnnulerReservation       x          x          .       .       .      .     x
reservations.AnnulerSerie             x          x          .       .       .      x     .
reservations.AttendreCreneau          x          x          x       .       .      x     .
reservations.ConfirmerOption          x          x          .       .       .      .     x
reservations.ConfirmerReservation     x          x          .       .       .      .     x
reservations.CorrigerAttente          x          x          .       .       .      .     .
reservations.CorrigerReservation      x          x          .       .       .      .     .
reservations.CorrigerSerie            x          x          .       .       .      .     .
reservations.DeplacerReservation      x          x          .       .       .      .     x
reservations.LibererReservation       x          x          .       .       .      .     .
reservations.ModifierSerie            x          x          .       .       .      x     .
reservations.NoterAbsence             x          x          .       .       .      .     x
reservations.PoserOption              x          x          x       .       .      x     .
reservations.QuitterAttente           x          x          .       .       .      x     .
reservations.RaccourcirReservation    x          x          .       .       .      .     x
reservations.RefuserReservation       x          x          .       .       .      .     x
reservations.ReserverEspace           x          x          x       .       .      x     .
reservations.ReserverSerie            x          x          x       .       .      x     .
reservations.RevoirReservations       x          x          x       x       .      .     .
reservations.RevoirSelonRegle         x          x          .       .       .      .     .
reservations.ServirAttente            x          x          .       .       .      .     .
reservations.SignalerPresence         x          x          .       .       .      .     x
sanctions.LeverSanction               x          x          .       .       .      .     .
sanctions.PrononcerSanction           x          x          .       .       .      .     .
sanctions.Sanctionner                 x          x          .       .       .      .     .
sensibilisation.AdopterOutil          x          x          .       .       x      x     .
sensibilisation.AnnulerAtelier        x          x          .       .       x      .     .
sensibilisation.CorrigerAdoption      x          x          .       .       x      .     .
sensibilisation.CorrigerAtelier       x          x          .       .       x      .     .
sensibilisation.CorrigerOutil         x          x          .       .       x      .     .
sensibilisation.DeclarerOutil         x          x          .       .       x      .     .
sensibilisation.DelaisserOutil        x          x          .       .       x      x     .
sensibilisation.EssayerOutil          x          x          .       .       x      x     .
sensibilisation.MontrerOutil          x          x          .       .       x      .     .
sensibilisation.PrevoirAtelier        x          x          .       .       x      .     .
sensibilisation.RetirerOutil          x          x          .       .       x      .     .
sensibilisation.TenirAtelier          x          x          .       .       x      .     x
services.ArreterService               x          x          .       .       .      .     .
services.CorrigerService              x          x          .       .       .      .     .
services.EssayerService               x          x          .       .       .      .     .
services.EtudierService               x          x          .       .       .      x     .
services.PerenniserService            x          x          .       .       .      .     .
services.ReleverIndicateurs           x          x          .       .       .      .     .
partenariats.AdopterAxe               x          x          .       .       .      .     .
partenariats.CloreAxe                 x          x          .       .       .      .     .
partenariats.ClorePartenariat         x          x          .       .       .      .     .
partenariats.ConstaterEngagement      x          x          .       .       .      .     .
partenariats.CorrigerAxe              x          x          .       .       .      .     .
partenariats.CorrigerPartenariat      x          x          .       .       .      .     .
partenariats.EvaluerPartenariat       x          x          .       .       .      .     .
partenariats.NouerContact             x          x          .       .       .      .     .
partenariats.SignerConvention         x          x          .       .       .      .     .
communication.CorrigerAction          x          x          .       .       .      .     .
communication.CorrigerPublication     x          x          .       .       .      .     .
communication.DeclarerCanal           x          x          .       .       .      .     .
communication.FaireAction             x          x          .       .       .      .     .
communication.PrevoirAction           x          x          .       .       .      .     .
communication.Publier                 x          x          .       .       .      .     .
communication.RecevoirPlan            x          x          .       .       .      .     .
communication.RenoncerAction          x          x          .       .       .      .     .
communication.ReprendreCanal          x          x          .       .       .      .     .
communication.RetirerCanal            x          x          .       .       .      .     .
communication.RetirerPublication      x          x          .       .       .      .     .
communication.RetirerVisibilite       x          x          .       .       .      x     .
consentements.Consentir               .          .          .       .       .      x     .
consentements.RetirerConsentement     x          x          .       .       .      x     .
rencontres.AccepterMise               .          .          .       .       .      x     .
rencontres.ClasserMise                x          x          .       .       .      .     .
rencontres.CorrigerMise               x          x          .       .       .      .     .
rencontres.DeclarerTheme              x          x          .       .       .      .     .
rencontres.DeclinerMise               .          .          .       .       .      x     .
rencontres.Partager                   .          .          .       .       .      x     .
rencontres.ProposerMise               x          x          .       .       .      .     .
rencontres.RetirerPartages            x          x          .       .       .      x     .
rencontres.SuivreMise                 x          x          .       .       .      .     .
programmation.AnnulerActivite         x          x          .       .       .      .     x
programmation.AnnulerSeance           x          x          .       .       .      .     x
programmation.CorrigerActivite        x          x          .       .       .      .     .
programmation.CorrigerSeance          x          x          .       .       .      .     .
programmation.DesinscrireParticipant  x          x          .       .       .      x     .
programmation.EvaluerActivite         x          x          .       .       .      .     x
programmation.InscrireParticipant     x          x          .       .       .      x     .
programmation.PorterActivite          x          x          .       .       .      x     .
programmation.ProgrammerActivite      x          x          .       .       .      .     .
programmation.ProposerActivite        x          x          .       .       .      x     .
programmation.SoutenirActivite        .          .          .       .       .      x     .
programmation.TenirActivite           x          x          .       .       .      .     x
programmation.TenirSeance             x          x          .       .       .      .     x
logistique.CorrigerPassage            x          x          .       x       .      .     .
logistique.CorrigerTache              x          x          .       x       .      .     .
logistique.DeclarerListe              x          x          .       x       .      .     .
logistique.DeclarerTemps              .          .          .       .       .      x     .
logistique.FaireTache                 .          .          .       .       .      .     x
logistique.ManquerListe               x          x          .       x       .      .     .
logistique.ManquerTache               x          x          .       x       .      .     .
logistique.PasserListe                .          .          .       .       .      .     x
logistique.PrendreTache               .          .          .       .       .      .     x
logistique.ProposerTache              x          x          .       x       .      .     .
logistique.RendreTache                .          .          .       .       .      .     x
logistique.RetirerTache               x          x          .       x       .      .     .
logistique.RetirerTemps               .          .          .       .       .      x     .
stocks.CompterStock                   x          x          .       x       .      .     .
stocks.CorrigerStock                  x          x          .       x       .      .     .
stocks.DeclarerArticle                x          x          .       x       .      .     .
stocks.EntrerStock                    x          x          .       x       .      .     .
stocks.SortirStock                    x          x          .       x       .      x     .
acces.ArreterRonde                    x          x          .       x       .      .     .
acces.ChangerMoyen                    x          x          .       x       .      .     .
acces.CorrigerControle                x          x          .       x       .      .     .
acces.CorrigerMoyen                   x          x          .       x       .      .     .
acces.CorrigerRonde                   x          x          .       x       .      .     .
acces.DeclarerMoyen                   x          x          .       x       .      .     .
acces.DeclarerMoyenPerdu              x          x          .       x       .      x     .
acces.DefinirRonde                    x          x          .       x       .      .     .
acces.FaireRonde                      x          x          .       x       .      x     .
acces.LeverObservation                x          x          .       x       .      .     .
acces.NoterControle                   x          x          .       x       .      .     .
acces.PrevoirControle                 x          x          .       x       .      .     .
acces.RemettreMoyen                   x          x          .       x       .      .     .
acces.RendreMoyen                     x          x          .       x       .      .     .
"""
ROLES, *LIGNES = (line.split() for line in TABLE.strip().splitlines())
PEUT = {nom: {role for role, x in zip(ROLES, marks, strict=True) if x == "x"} for nom, *marks in LIGNES}
AUX_FINANCES = {"attestations.CorrigerAttestation", "attestations.DeposerAttestation"}
"""What the finance body alone may ask, of all that this journal knows."""
PEUT |= {nom: {"finances"} for nom in AUX_FINANCES}
MANDATS = [*(r for r in ROLES if r not in ("soi", "inscrit")), "finances", "un-autre"]
QUI, AUTRE, CHOSE = PersonneId("p-qui"), PersonneId("p-autre"), "x-1"
COMMANDES = sorted(nom for nom, d in installed().demandes.items() if not d.fondatrice)


def test_la_table_dit_toutes_les_commandes_et_tous_les_mandats_du_lieu():
    assert sorted(PEUT) == COMMANDES
    declared = {nom: set(d.qui) for nom, d in installed().demandes.items() if not d.fondatrice}
    assert declared == PEUT


def asked_of(nom, about):
    """A command of that name that names ``about`` wherever it names a person, and one thing everywhere else."""
    cls = installed().demande(nom).commande
    commande = object.__new__(cls)
    for field in fields_of(cls):
        value = (about if field.sujet == "personne" else CHOSE) if field.sujet else () if field.plusieurs else None
        object.__setattr__(commande, field.nom, value)
    return commande


def allowed(role, nom, *, about=AUTRE, sur=None, droits=()):
    """Whether somebody who holds this mandate alone may ask that command, by the whole way of ``autorise``."""
    lieu = memory_place()
    held = [] if role is None else [
        MandatDonne(mandat=MandatId("m"), personne=QUI, role=role, du=Date(2021, 1, 1), sur=sur)
    ]  # fmt: skip
    record(lieu, [*FONDATION, *held, *droits])
    x = Contexte(MAINTENANT, MAINTENANT, QUI, "epreuve", lieu.livre)
    return lieu.livre.autorise(installed().demande(nom), asked_of(nom, about), x)


def thing_of(nom):
    """What a command names that somebody may be référent of."""
    kinds = [f.sujet for f in fields_of(installed().demande(nom).commande) if f.sujet in ("espace", "objet")]
    return f"{kinds[0]}:{CHOSE}" if kinds else "espace:ailleurs"


@pytest.mark.parametrize("role", MANDATS)
def test_chaque_mandat_demande_ce_que_dit_la_table_et_rien_d_autre(role):
    for nom in COMMANDES:
        sur = thing_of(nom) if role == "referent" else None
        found = allowed(role, nom, sur=sur)
        if role in PEUT[nom]:
            assert found == "m", nom
        elif "inscrit" in PEUT[nom]:
            assert found == "inscrit", nom
        else:
            assert found == MandatManquant(commande=nom, personne=QUI, roles=tuple(sorted(PEUT[nom]))), nom


def test_un_referent_ne_demande_rien_pour_ce_dont_il_n_est_pas_referent():
    for nom in COMMANDES:
        assert allowed("referent", nom, sur="espace:ailleurs") in ("inscrit", MandatManquant(
            commande=nom, personne=QUI, roles=tuple(sorted(PEUT[nom]))
        )), nom  # fmt: skip


def test_sans_mandat_chacun_ne_demande_que_pour_soi_et_ce_qui_est_ouvert_a_tous():
    for nom in COMMANDES:
        for about, wanted in ((QUI, {"soi", "inscrit"}), (AUTRE, {"inscrit"})):
            found = allowed(None, nom, about=about)
            assert (found if isinstance(found, str) else None) == next(iter(wanted & PEUT[nom]), None), (nom, about)


def test_qui_ne_tient_que_les_finances_ne_demande_rien_de_la_conciergerie():
    """What they may ask as anybody may, they may; their mandate opens attestations alone, whoever they are about."""
    for nom in set(COMMANDES) - AUX_FINANCES:
        for about in (QUI, AUTRE):
            assert allowed("finances", nom, about=about) == allowed(None, nom, about=about), nom
            assert allowed("finances", nom, about=about) != "m", nom


def test_ce_que_le_lieu_fixe_remplace_ce_que_dit_la_table():
    for nom in set(COMMANDES) - AUX_FINANCES:
        droits = (DroitsFixes(demande=nom, roles=("un-autre",), motif="AG"),)
        assert allowed("un-autre", nom, droits=droits) == "m", nom
        assert not isinstance(allowed("concierge", nom, droits=droits), str), nom


def test_ce_qui_est_aux_finances_seules_le_reste_quoi_que_le_lieu_fixe():
    for nom in AUX_FINANCES:
        for role in {*MANDATS, "inscrit"} - {"finances"}:
            droits = (DroitsFixes(demande=nom, roles=(role,), motif="AG"),)
            assert isinstance(allowed(role, nom, about=QUI, droits=droits), MandatManquant), (role, nom)
            assert allowed("finances", nom, droits=droits) == "m", nom


def test_les_commandes_de_l_epreuve_sont_bien_faites():
    commande = asked_of("prets.PreterObjet", QUI)
    assert (commande.objet, commande.personne) == (CHOSE, QUI)
    assert attrs.has(type(commande))
