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
  'page.bookings': 'Mes réservations',
  'page.description':
    'Des billets avec une file équitable : votre place est en sécurité et chacun peut vérifier le tirage.',
  'page.away': 'Nous revenons dans un instant',
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

  'status.scheduledOn': 'La salle d’attente ouvre le {date}',
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
  'event.fee': 'dont {fee} de frais',
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
    'La vente elle-même ouvre le {date}. Inutile de venir tôt : toute la salle d’attente participe au même tirage.',

  'lobby.titlePrequeue': 'La salle d’attente est ouverte',
  'lobby.titleOpen': 'La vente est en cours',
  'lobby.join': 'Rejoindre la file',
  'lobby.joining': 'Nous prenons votre place…',
  'lobby.code': 'Code d’accès',
  'lobby.codeInvalid': 'Ce code n’est pas valable pour cette vente.',
  'lobby.codeUsed': 'Ce code a déjà servi autant de fois que permis.',
  'lobby.notNow': 'Vous ne pouvez pas entrer dans la file maintenant. Réessayez dans un instant.',
  'lobby.stormWait':
    'Beaucoup de monde arrive de votre réseau en ce moment. Votre place demande encore quelques secondes ; laissez cette page ouverte.',
  'lobby.storm':
    'Trop de personnes entrent dans la file depuis votre réseau. Réessayez dans une minute ou depuis un autre réseau, par exemple en données mobiles.',
  'lobby.stormPlain': 'Avec JavaScript activé, vous pouvez entrer dans la file maintenant.',

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
  'stock.word_limited': 'part vite',
  'stock.word_few': 'presque épuisé',
  'stock.word_none': 'aucun libre',

  'chance.likely': 'Vous aurez probablement un billet.',
  'chance.uncertain': 'Vous aurez peut-être un billet ; ce n’est pas certain.',
  'chance.unlikely': 'Vous n’aurez sans doute pas de billet. Il en revient souvent ; rester ne vous coûte rien.',
  'chance.figures':
    '{free, number} libres, {held, number} dans des paniers. {before, plural, =0 {Personne ne choisit avant vous.} one {# personne choisit avant vous et en prendra environ {taken, number}.} many {# personnes choisissent avant vous et en prendront environ {taken, number}.} other {# personnes choisissent avant vous et en prendront environ {taken, number}.}}',
  'chance.onReturns': 'Le moment de votre tour dépend des billets que d’autres rendent.',
  'chance.restored': 'La file a été rétablie. Votre numéro est le même.',
  'chance.cameBack':
    '{count, plural, one {# personne devant vous était absente et est revenue} other {# personnes devant vous étaient absentes et sont revenues}}.',
  'promises.title': 'Ce que nous avons dit, et ce qui est arrivé',
  'promises.waits':
    'Sur {checked} délais annoncés, {held} étaient justes ; {early} tours sont venus plus tôt, {late} plus tard.',
  'promises.chance': '« {words} » a été dit {told} fois ; {could} ont trouvé des billets.',

  'notice.title': 'De l’organisateur',
  'prices.title': 'Prix',

  'safe.title': 'Votre place est sûre',
  'safe.text':
    'Elle est gardée sur nos serveurs et dans ce navigateur. Vous pouvez recharger, fermer l’onglet ou perdre la connexion, et revenir au même numéro.',
  'safe.textDraw': 'Vous pouvez recharger, fermer l’onglet ou perdre la connexion et participer quand même au tirage.',
  'safe.fairness': 'Comment l’ordre est établi et vérifié',
  'access.need': 'Nous avons besoin de places accessibles',
  'access.how': 'Combien d’entre elles accessibles ?',
  'access.hint': 'Les autres sont à côté.',
  'move.title': 'Continuer sur un autre appareil',
  'move.text': 'Votre place y est transférée. Cet appareil la cède et peut la reprendre.',
  'move.show': 'Afficher un code à scanner',
  'move.code': 'Code qui transfère votre place',
  'move.scan': 'Scannez ceci avec l’autre appareil ou ouvrez-y le lien. Il sert une fois, jusqu’à {time}.',
  'move.copy': 'Copier le lien',
  'move.copied': 'Copié',
  'move.hereTitle': 'Amener votre place ici ?',
  'move.hereText': 'Votre autre appareil la cède. Le numéro et les limites restent les mêmes.',
  'move.here': 'Continuer sur cet appareil',
  'move.invalid': 'Ce lien a déjà servi ou est trop ancien. Créez-en un nouveau sur l’autre appareil.',
  'move.awayTitle': 'Votre place est sur un autre appareil',
  'move.awayText': 'Continuez là-bas. Si ce n’était pas vous, reprenez-la ici.',
  'move.back': 'La reprendre ici',
  'defer.title': 'Ce n’est pas le bon moment ?',
  'defer.text': 'Laissez passer les autres un moment. Ce sera ensuite à vous, jamais plus tôt, avec le même droit.',
  'defer.minutes': 'Combien de temps ?',
  'defer.do': 'Laisser passer',
  'defer.until': 'Les autres passent jusqu’à {time}. Ce sera ensuite à vous.',
  'defer.end': 'Je peux entrer maintenant',
  'tab.moved': 'Votre place est ailleurs',
  'share.do': 'Partager',
  'share.copied': 'Lien copié.',
  'meanwhile.title': 'En attendant',

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
  'wish.title': 'Choisir en attendant',
  'wish.text': 'Dites ce que vous souhaitez, et nous le demandons dès votre entrée.',
  'wish.budget': 'Au plus par billet',
  'wish.any': 'tout prix',
  'wish.prices': 'Quels prix ?',
  'wish.order': 'Nous essayons d’abord le plus cher et prenons les meilleures places libres côte à côte.',
  'wish.contact': 'Avec votre nom et votre e-mail, nous pouvons retenir les places aussitôt.',
  'wish.clear': 'Ne pas choisir pour moi',
  'wish.words': '{count} × {prices}, {performance}',

  'leave.text': 'Vous avez changé d’avis : {sale} ?',
  'leave.ask': 'Quitter la file',
  'leave.yes': 'Oui, je rends ma place',

  'called.title': 'C’est votre tour',
  'called.tabTitle': 'C’est votre tour',
  'called.text': 'Entrez et choisissez vos sièges. Plus personne ne peut vous dépasser.',
  'called.left': 'pour entrer',
  'called.until': 'Votre place est gardée jusqu’à {time}.',
  'called.enter': 'Choisir mes sièges',
  'called.enterWish': 'Entrer et demander mes places',
  'called.opening': 'La porte s’ouvre…',

  'admitted.title': 'Vous êtes à l’intérieur',
  'admitted.text': 'La boutique vous est ouverte.',

  'missed.title': 'Vous avez manqué votre tour',
  'missed.text':
    'Votre tour est passé sans que vous entriez ; la personne suivante est entrée. Vous pouvez reprendre rang.',

  'left.title': 'Vous avez quitté la file',
  'left.text': 'Votre place a été rendue. Vous pouvez reprendre rang à la fin.',
  'left.rejoin': 'Reprendre rang',

  'soldOut.title': 'Complet',
  'soldOut.text': 'Chaque billet a trouvé preneur. Merci d’avoir attendu avec nous.',
  'returns.title': 'Si des billets reviennent',
  'returns.text':
    'Les projets changent. Laissez votre e-mail : nous vous écrirons si des billets sont rendus, dans l’ordre des demandes.',
  'returns.send': 'Écrivez-moi',
  'returns.done': 'C’est noté. Nous vous écrirons si des billets reviennent.',

  'closed.title': 'La vente est terminée',
  'closed.text': 'On ne vend plus de billets ici.',

  'shop.whichDate': 'Quelle date ?',

  'quick.howMany': 'Combien de billets ?',

  'stepper.fewer': 'Un de moins',
  'stepper.more': 'Un de plus',

  'contact.name': 'Nom',
  'contact.nameMissing': 'Veuillez indiquer un nom.',
  'contact.email': 'E-mail',
  'contact.emailHint': 'Vos billets y sont envoyés.',
  'contact.email_missing': 'Veuillez indiquer une adresse e-mail.',
  'contact.email_malformed': 'Cela ne ressemble pas à une adresse e-mail, comme aino@example.com.',
};
