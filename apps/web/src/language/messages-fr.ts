// French.
import type { Messages } from './language.ts';

export const fr: Messages = {
  'page.loading': 'Chargement',
  'page.skip': 'Aller au contenu',
  'page.retry': 'Réessayer',
  'page.reload': 'Recharger la page',
  'page.failed': 'Cela n’a pas marché. Réessayez dans un instant.',
  'page.broken': 'Quelque chose s’est cassé sur cette page',
  'page.brokenText':
    'C’est notre faute, pas la vôtre. Votre place et vos billets sont gardés sur le serveur ; rechargez et continuez.',
  'page.language': 'Langue',
  'page.change': 'Changer',
  'page.foot': 'Une file équitable, que chacun peut vérifier.',

  'connection.lost': 'Pas de connexion pour le moment.',
  'connection.safe': 'Rien n’est perdu : votre place est gardée chez nous. Nous continuons d’essayer.',

  'notFound.title': 'Il n’y a rien ici',
  'notFound.text':
    'Cette page n’existe pas, ou elle appartient à quelqu’un d’autre. Le lien qui vous a amené est peut-être ancien.',
  'notFound.toEvents': 'Tous les événements',

  'events.title': 'À l’affiche',
  'events.lead': 'Une seule file pour tous. Votre place y est sûre, et l’ordre peut être vérifié.',
  'events.none': 'Aucun événement n’est annoncé pour l’instant.',
  'events.priceFrom': 'à partir de {price}',

  'status.scheduledOn': 'La salle d’attente ouvre {date}',
  'status.scheduledIn': 'La salle d’attente ouvre dans {clock}',
  'status.prequeue': 'La salle d’attente est ouverte',
  'status.opensIn': 'La vente ouvre dans {clock}',
  'status.open': 'En vente maintenant',
  'status.paused': 'Vente en pause',
  'status.soldOut': 'Complet',
  'status.closed': 'Vente terminée',

  'event.dates': 'Dates et prix',
  'event.prequeueOpens': 'Ouverture de la salle d’attente',
  'event.saleOpens': 'Ouverture de la vente',
  'event.prequeueHow':
    'Toutes les personnes présentes à l’ouverture participent au même tirage, avec la même chance. Venir plus tôt ne donne aucun avantage.',
  'event.openHow': 'Vous prenez rang derrière ceux qui sont déjà là. Nous vous appelons quand c’est votre tour.',
  'event.toWaitingRoom': 'Aller à la salle d’attente',
  'event.toSale': 'Voir la vente',
  'event.saveDate': 'Noter la date',
  'event.limits':
    '{count, plural, one {Au plus # billet par personne.} many {Au plus # billets par personne.} other {Au plus # billets par personne.}}',
  'event.calendarTitle': 'Billets : {event}',
  'event.calendarText': 'La salle d’attente ouvre. Soyez là avant l’ouverture de la vente pour participer au tirage.',

  'tab.scheduled': 'Ouvre bientôt',
  'tab.lobby': 'Rejoindre la file',
  'tab.prequeue': 'Vous participez au tirage',
  'tab.drawing': 'Le tirage a lieu',
  'tab.waiting': 'Vous êtes dans la file',
  'tab.called': 'C’est votre tour',
  'tab.admitted': 'Vous êtes à l’intérieur',
  'tab.missed': 'Vous avez manqué votre tour',
  'tab.left': 'Vous avez quitté la file',
  'tab.sold_out': 'Complet',
  'tab.closed': 'La vente est terminée',

  'scheduled.title': 'Pas encore ouvert',
  'scheduled.until': 'La salle d’attente ouvre dans',
  'scheduled.text':
    'La vente elle-même ouvre {date}. Inutile de venir tôt : toute la salle d’attente participe au même tirage.',

  'lobby.titlePrequeue': 'La salle d’attente est ouverte',
  'lobby.titleOpen': 'La vente est en cours',
  'lobby.join': 'Rejoindre la file',
  'lobby.joining': 'Nous prenons votre place …',
  'lobby.code': 'Code d’accès',
  'lobby.codeInvalid': 'Ce code n’est pas valable pour cette vente.',
  'lobby.notNow': 'Vous ne pouvez pas entrer dans la file maintenant. Réessayez dans un instant.',

  'prequeue.title': 'Vous participez au tirage',
  'prequeue.until': 'La vente ouvre dans',
  'prequeue.text': 'À l’ouverture, toutes les personnes présentes sont tirées au sort. Vous verrez alors votre numéro.',
  'prequeue.joined':
    '{count, plural, one {# personne est ici} many {# personnes sont ici} other {# personnes sont ici}}',

  'drawing.title': 'Le tirage a lieu',
  'drawing.text': 'Dans quelques secondes, vous verrez votre numéro.',

  'waiting.title': 'Vous êtes dans la file',
  'waiting.ahead':
    '{count, plural, =0 {personne devant vous : le prochain tour est le vôtre} one {personne devant vous} many {personnes devant vous} other {personnes devant vous}}',
  'waiting.aheadSpoken':
    '{count, plural, =0 {Le prochain tour est le vôtre} one {# personne devant vous} many {# personnes devant vous} other {# personnes devant vous}}',
  'waiting.progress': 'Avancée de la file',
  'waiting.number': 'Votre numéro est le {number}',
  'waiting.next': 'Le prochain tour est le vôtre. Restez tout près.',
  'waiting.aMoment': 'Plus que quelques secondes',
  'waiting.about': 'Environ {span}',
  'waiting.paceUnknown': 'Nous vous dirons la durée dès que la file avancera.',
  'waiting.aboutEvent': 'À propos de l’événement',

  'paused.title': 'La file est en pause',
  'paused.text': 'Personne n’est appelé pour le moment. Votre place reste où elle est.',

  'stock.limited': 'Plus de la moitié des billets sont partis.',
  'stock.few': 'Il ne reste que peu de billets.',
  'stock.none': 'Tous les billets sont dans des paniers en ce moment. Il en revient souvent.',

  'notice.title': 'De l’organisateur',

  'safe.title': 'Votre place est sûre',
  'safe.text':
    'Elle est gardée sur nos serveurs et dans ce navigateur. Vous pouvez recharger, fermer l’onglet ou perdre la connexion, et revenir au même numéro.',
  'safe.textDraw': 'Vous pouvez recharger, fermer l’onglet ou perdre la connexion et participer quand même au tirage.',
  'safe.fairness': 'Comment l’ordre est établi et vérifié',

  'steps.title': 'La suite',
  'steps.prequeue': 'Le tirage',
  'steps.prequeueText': 'Qui est là à l’ouverture reçoit un numéro au hasard. Qui vient après prend rang derrière.',
  'steps.waiting': 'La file',
  'steps.waitingText': 'Les numéros sont appelés dans l’ordre. Vous pouvez faire autre chose pendant ce temps.',
  'steps.called': 'Votre tour',
  'steps.calledText': 'Cette page vous le dit, et vous avez quelques minutes pour entrer.',
  'steps.shop': 'Vos billets',
  'steps.shopText': 'Choisissez vos sièges, ils vous sont gardés, payez tranquillement.',

  'alerts.title': 'Me prévenir quand c’est mon tour',
  'alerts.text': 'Par un son et, si vous le permettez, une notification. Seulement quand vous êtes appelé.',
  'alerts.want': 'Me prévenir',
  'alerts.on': 'Une cloche sonnera à votre tour. Gardez cet onglet ouvert.',

  'ready.title': 'Se préparer',
  'ready.text': 'Indiquez votre nom et votre e-mail maintenant, et gagnez du temps ensuite.',
  'ready.done': 'Rempli. Cela reste dans cet onglet jusqu’à la réservation.',

  'leave.text': 'Vous avez changé d’avis : {sale} ?',
  'leave.ask': 'Quitter la file',
  'leave.yes': 'Oui, je rends ma place',
  'leave.no': 'Non, je reste',

  'called.title': 'C’est votre tour',
  'called.tabTitle': 'C’est votre tour',
  'called.text': 'Entrez et choisissez vos sièges. Plus personne ne peut vous dépasser.',
  'called.left': 'pour entrer',
  'called.until': 'Votre place est gardée jusqu’à {time}.',
  'called.enter': 'Choisir mes sièges',
  'called.opening': 'La porte s’ouvre …',

  'admitted.title': 'Vous êtes à l’intérieur',
  'admitted.text': 'La boutique vous est ouverte.',

  'missed.title': 'Vous avez manqué votre tour',
  'missed.text':
    'Nous vous avons appelé et vous n’êtes pas venu à temps ; la personne suivante est entrée. Vous pouvez reprendre rang.',

  'left.title': 'Vous avez quitté la file',
  'left.text': 'Votre place a été rendue. Vous pouvez reprendre rang à la fin.',
  'left.rejoin': 'Reprendre rang',

  'soldOut.title': 'Complet',
  'soldOut.text': 'Chaque billet a trouvé preneur. Merci d’avoir attendu avec nous.',

  'closed.title': 'La vente est terminée',
  'closed.text': 'On ne vend plus de billets ici.',

  'shop.title': 'Choisissez vos sièges',
  'shop.timeLeft': 'encore {clock} en boutique',
  'shop.timeOver': 'Votre temps en boutique est écoulé',
  'shop.whichDate': 'Quelle date ?',
  'shop.otherDate': 'Autre date',
  'shop.how': 'Comment voulez-vous choisir ?',
  'shop.mode_quick': 'Meilleurs',
  'shop.mode_plan': 'Plan',
  'shop.mode_list': 'Liste',
  'shop.continue': 'Continuer',
  'shop.full':
    '{count, plural, one {Une réservation compte # siège.} many {Une réservation compte au plus # sièges.} other {Une réservation compte au plus # sièges.}}',
  'shop.seatLost':
    '{count, plural, one {Quelqu’un a été plus rapide pour un de vos sièges.} many {Quelqu’un a été plus rapide pour # de vos sièges.} other {Quelqu’un a été plus rapide pour # de vos sièges.}} Veuillez en choisir un autre.',

  'shop.stranding': 'Ce choix laisserait un siège isolé, ce que la vente ne permet pas.',
  'shop.takeBetter': 'Prendre plutôt : {seats}',

  'quick.howMany': 'Combien de billets ?',
  'quick.whichNumbered': 'Quel prix ? Nous trouvons les meilleurs sièges côte à côte.',
  'quick.whichGeneral': 'Quel billet ?',
  'quick.each': 'l’unité',

  'stepper.fewer': 'Un de moins',
  'stepper.more': 'Un de plus',

  'plan.label': 'Plan de salle. Le même choix est dans la liste.',
  'plan.filter': 'Afficher les prix',
  'plan.closer': 'Plus près',
  'plan.farther': 'Plus loin',
  'plan.whole': 'Plan entier',
  'plan.stage': 'SCÈNE',
  'plan.legend': 'Les petits points sont pris. Le même choix est dans la liste.',

  'seats.free': '{count, plural, =0 {épuisé} one {# libre} many {# libres} other {# libres}}',
  'seats.gone': 'épuisé',
  'seats.row': 'Rang {row}',
  'seats.inRow': '{section}, rang {row}',
  'seats.label': '{section}, rang {row}, siège {label}',
  'seats.seatFree': 'Siège {seat}, {price}',
  'seats.seatTaken': 'Siège {seat}, pris',

  'basket.title': 'Votre choix',
  'basket.empty': 'Rien de choisi pour l’instant',
  'basket.clear': 'Vider',
  'basket.total': 'Total',

  'checkout.title': 'Presque à vous',
  'checkout.contact': 'Pour qui sont les billets ?',
  'checkout.hold': 'Garder ces sièges',
  'checkout.holding': 'En cours …',
  'checkout.back': 'Changer mon choix',
  'checkout.how': 'Les sièges vous sont gardés pendant que vous payez. Nom et e-mail ne servent qu’à ces billets.',
  'checkout.unreachable':
    'La demande ne nous est peut-être pas parvenue. Renvoyez-la : elle ne peut pas réserver deux fois.',
  'checkout.passOver': 'Votre temps en boutique est écoulé. Veuillez reprendre rang.',
  'checkout.saleOver': 'La vente ne prend pas de réservations en ce moment.',
  'checkout.busy': 'Il y a beaucoup de monde. Renvoyez dans un instant : cela ne peut pas réserver deux fois.',

  'contact.name': 'Nom',
  'contact.nameMissing': 'Veuillez indiquer un nom.',
  'contact.email': 'E-mail',
  'contact.emailHint': 'Vos billets y sont envoyés.',
  'contact.email_missing': 'Veuillez indiquer une adresse e-mail.',
  'contact.email_malformed': 'Cela ne ressemble pas à une adresse e-mail, comme aino@example.com.',

  'booking.asking': 'Nous demandons vos sièges',
  'booking.askingText': 'Cela prend une seconde. Vous pouvez recharger ; la demande est gardée.',

  'rejected.title': 'Quelqu’un a été plus rapide',
  'rejected.seat_taken':
    'Un de ces sièges a été pris un instant plus tôt. Rien n’a été réservé ; laissez-nous en trouver d’aussi bons.',
  'rejected.sold_out': 'Il ne reste pas autant de sièges à ce prix. Un autre prix est peut-être encore libre.',
  'rejected.limit_exceeded': 'Cela ferait plus de billets qu’une personne ne peut en acheter ici.',
  'rejected.sale_closed': 'La vente s’est terminée avant la décision.',
  'rejected.pass_invalid': 'Votre temps en boutique s’est écoulé avant la décision.',
  'rejected.unknown_seat': 'Un de ces sièges n’existe plus.',
  'rejected.unknown_category': 'Ce prix n’existe plus.',
  'rejected.no_block': 'Il ne reste pas autant de sièges côte à côte à ce prix. Essayez moins, ou un autre prix.',
  'rejected.orphan_seat': 'Ce choix laisserait un siège isolé. Décalez-vous d’un siège.',
  'rejected.price_changed': 'Le prix a changé entre-temps. Regardez encore avant de réserver.',
  'rejected.hold_time_used':
    'Vous avez retenu des places aussi longtemps qu’une personne le peut sans acheter. Laissez la place aux autres.',
  'rejected.other': 'La demande n’a pas pu être satisfaite. Rien n’a été réservé.',
  'rejected.alternatives': 'Ces sièges côte à côte sont libres :',
  'rejected.take': 'Prendre ces sièges',
  'rejected.offer': 'Trouver les meilleurs sièges pour moi',
  'rejected.back': 'Choisir à nouveau',
  'rejected.toLine': 'Retour à la file',

  'hold.title': 'Ces sièges vous sont gardés',
  'hold.left': 'pour payer',
  'hold.leftSpoken': 'Encore {span} pour payer',
  'hold.soonOver': 'Votre temps est presque écoulé. Vous en faut-il plus ?',
  'hold.more': 'Plus de temps',
  'hold.moreOnce': 'Possible une seule fois.',
  'hold.moreGiven': 'Vous avez plus de temps : {span}.',
  'hold.pay': 'Payer {price}',
  'hold.payPlain': 'Aller au paiement',
  'hold.release': 'Rendre les sièges',
  'hold.releaseSure': 'Oui, les rendre',
  'hold.safe': 'Personne d’autre ne peut les prendre entre-temps. Recharger ne fait aucun mal.',
  'hold.paymentFailed':
    'Le paiement n’a pas abouti. Rien n’a été débité ; vous pouvez réessayer tant que les sièges sont gardés.',

  'ended.expired': 'Le temps pour payer est écoulé',
  'ended.expiredText': 'Les sièges sont de nouveau libres. Tant que vous êtes en boutique, vous pouvez choisir encore.',
  'ended.released': 'Les sièges sont rendus',
  'ended.releasedText': 'Quelqu’un d’autre sera content. Vous pouvez choisir à nouveau.',
  'ended.cancelled': 'Cette réservation a été annulée',
  'ended.cancelledText': 'Si vous aviez payé, l’argent est en route vers vous.',
  'ended.refunded': 'Cette réservation a été remboursée',
  'ended.refundedText': 'Le paiement est arrivé quand les sièges étaient partis. L’argent est en route vers vous.',
  'ended.again': 'Choisir à nouveau',
  'ended.leaveShop': 'Quitter la boutique',

  'pay.title': 'Paiement',
  'pay.test': 'Paiement d’essai. Aucun argent ne circule.',
  'pay.amount': 'Payer {price}',
  'pay.choose': 'Comment ce paiement doit-il finir ?',
  'pay.succeed': 'Réussir',
  'pay.fail': 'Échouer',
  'pay.delay': 'Réussir plus tard',
  'pay.waiting': 'Nous attendons la réponse de la banque …',
  'pay.back': 'Retour à la réservation',

  'tickets.title': '{count, plural, one {Votre billet} many {Vos billets} other {Vos billets}}',
  'tickets.text': 'Payé et confirmé. Montrez le code à l’entrée.',
  'tickets.calendar': 'Ajouter au calendrier',
  'tickets.print': 'Imprimer',
  'tickets.place': 'Siège',
  'tickets.category': 'Catégorie',
  'tickets.qr': 'Code pour {place}',
  'tickets.payload': 'Ce que dit le code',
  'tickets.all': 'Tous les billets de cette réservation',
  'tickets.leaveText': 'Terminé ? Laissez entrer la personne suivante.',
  'tickets.leave': 'Quitter la boutique',
  'tickets.left': 'Merci. Quelqu’un a pu entrer.',

  'fairness.title': 'Comment l’ordre est établi',
  'fairness.lead':
    'Personne ne choisit qui passe en premier, même pas nous. Cette page refait le tirage dans votre navigateur à partir de ce qui a été publié.',
  'fairness.mine': 'Votre numéro, recalculé ici',
  'fairness.mineOpen': 'Dans l’ordre d’arrivée, vous êtes la personne {place}. Le tirage est à venir.',
  'fairness.mineDrawn': 'Dans l’ordre d’arrivée, vous étiez la personne {place} ; le tirage a fixé votre numéro.',
  'fairness.mineAfter': 'Vous êtes venu après le tirage, personne {place}, et suivez l’ordre d’arrivée.',
  'fairness.draw': 'Le tirage',
  'fairness.drawToCome': 'Le tirage est à venir',
  'fairness.drawHeld':
    '{count, plural, one {Le tirage parmi # personne} many {Le tirage parmi # personnes} other {Le tirage parmi # personnes}}',
  'fairness.secret': 'Le secret était fixé d’avance.',
  'fairness.secretText':
    'Son empreinte a été publiée avant que quiconque puisse entrer dans la file ; le secret révélé ensuite a cette empreinte.',
  'fairness.seed': 'Le tirage ne découle que de lui.',
  'fairness.seedText':
    'La graine naît du secret et de la liste des participants, et cette liste était figée avant que le secret soit montré.',
  'fairness.number': 'Votre numéro est juste.',
  'fairness.numberText': 'Le numéro reçu est celui que le tirage donne à votre place.',
  'fairness.roster': 'Vous avez participé.',
  'fairness.rosterText':
    'Votre place est dans la liste figée : la preuve mène d’elle à l’empreinte publiée de la liste.',
  'fairness.holds': 'Vérifié',
  'fairness.fails': 'Ne correspond pas',
  'fairness.open': 'Pas encore publié',
  'fairness.published': 'Ce qui a été publié',
  'fairness.notYet': 'pas encore',
  'fairness.value_rule': 'Règle',
  'fairness.value_commitment': 'Empreinte du secret',
  'fairness.value_root': 'Empreinte de la liste',
  'fairness.value_secret': 'Secret',
  'fairness.value_seedValue': 'Graine',
  'fairness.value_frozen': 'Liste figée le',
  'fairness.back': 'Retour à la vente',
};
