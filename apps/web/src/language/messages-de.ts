// German.
import type { Messages } from './language.ts';

export const de: Messages = {
  'page.loading': 'Wird geladen',
  'page.skip': 'Zum Inhalt springen',
  'page.retry': 'Noch einmal versuchen',
  'page.reload': 'Seite neu laden',
  'page.failed': 'Das hat nicht geklappt. Bitte versuche es gleich noch einmal.',
  'page.broken': 'Auf dieser Seite ist etwas kaputt',
  'page.brokenText':
    'Das ist unser Fehler, nicht deiner. Dein Platz und deine Tickets liegen auf dem Server; lade neu und mach weiter.',
  'page.language': 'Sprache',
  'page.change': 'Ändern',
  'page.bookings': 'Meine Buchungen',
  'page.description': 'Tickets mit fairer Schlange: dein Platz ist sicher, und jeder kann die Auslosung nachprüfen.',
  'page.away': 'Wir sind gleich wieder da',
  'page.foot': 'Eine faire Schlange, die jeder nachprüfen kann.',

  'connection.lost': 'Gerade keine Verbindung.',
  'connection.safe': 'Nichts geht verloren: Dein Platz ist bei uns gespeichert. Wir versuchen es weiter.',

  'notFound.title': 'Hier ist nichts',
  'notFound.text':
    'Diese Seite gibt es nicht, oder sie gehört jemand anderem. Der Link, der dich hergeführt hat, ist vielleicht alt.',
  'notFound.toEvents': 'Alle Veranstaltungen',

  'events.title': 'Was läuft',
  'events.lead': 'Eine Schlange für alle. Dein Platz darin ist sicher, und die Reihenfolge lässt sich prüfen.',
  'events.none': 'Zurzeit ist keine Veranstaltung angekündigt.',
  'events.priceFrom': 'ab {price}',

  'status.scheduledOn': 'Warteraum öffnet am {date}',
  'status.scheduledIn': 'Warteraum öffnet in {clock}',
  'status.prequeue': 'Der Warteraum ist offen',
  'status.opensIn': 'Verkauf beginnt in {clock}',
  'status.open': 'Jetzt im Verkauf',
  'status.paused': 'Verkauf angehalten',
  'status.soldOut': 'Ausverkauft',
  'status.closed': 'Verkauf beendet',

  'event.dates': 'Termine und Preise',
  'event.prequeueOpens': 'Warteraum öffnet',
  'event.saleOpens': 'Verkauf beginnt',
  'event.prequeueHow':
    'Alle, die beim Verkaufsstart hier sind, nehmen mit gleicher Chance an einer Auslosung teil. Früher zu kommen bringt keinen Vorteil.',
  'event.openHow': 'Du stellst dich hinter denen an, die schon da sind. Wir rufen dich, wenn du an der Reihe bist.',
  'event.toWaitingRoom': 'Zum Warteraum',
  'event.toSale': 'Zum Verkauf',
  'event.saveDate': 'Termin speichern',
  'event.limits': '{count, plural, one {Höchstens # Ticket pro Person.} other {Höchstens # Tickets pro Person.}}',
  'event.fee': 'darin {fee} Gebühren',
  'event.calendarTitle': 'Tickets: {event}',
  'event.calendarText': 'Der Warteraum öffnet. Sei vor dem Verkaufsstart da, um an der Auslosung teilzunehmen.',

  'tab.scheduled': 'Öffnet bald',
  'tab.lobby': 'Anstellen',
  'tab.prequeue': 'Du nimmst an der Auslosung teil',
  'tab.drawing': 'Es wird ausgelost',
  'tab.waiting': 'Du stehst in der Schlange',
  'tab.called': 'Du bist an der Reihe',
  'tab.admitted': 'Du bist drin',
  'tab.missed': 'Du hast deinen Aufruf verpasst',
  'tab.left': 'Du hast die Schlange verlassen',
  'tab.sold_out': 'Ausverkauft',
  'tab.closed': 'Der Verkauf ist beendet',

  'scheduled.title': 'Noch nicht offen',
  'scheduled.until': 'Warteraum öffnet in',
  'scheduled.text':
    'Der Verkauf selbst beginnt am {date}. Du musst nicht früh da sein: Alle im Warteraum nehmen an derselben Auslosung teil.',

  'lobby.titlePrequeue': 'Der Warteraum ist offen',
  'lobby.titleOpen': 'Der Verkauf läuft',
  'lobby.join': 'Anstellen',
  'lobby.joining': 'Du bekommst deinen Platz …',
  'lobby.code': 'Zugangscode',
  'lobby.codeInvalid': 'Dieser Code gilt nicht für diesen Verkauf.',
  'lobby.codeUsed': 'Dieser Code wurde so oft verwendet, wie er darf.',
  'lobby.notNow': 'Anstellen geht gerade nicht. Bitte versuche es gleich noch einmal.',
  'lobby.stormWait':
    'Aus deinem Netz kommen gerade sehr viele. Dein Platz braucht noch ein paar Sekunden; bitte lass diese Seite offen.',
  'lobby.storm':
    'Aus deinem Netz stellen sich gerade zu viele an. Versuche es in einer Minute wieder oder aus einem anderen Netz, zum Beispiel mit mobilen Daten.',
  'lobby.stormPlain': 'Mit eingeschaltetem JavaScript kannst du dich jetzt anstellen.',

  'prequeue.title': 'Du nimmst an der Auslosung teil',
  'prequeue.until': 'Verkauf beginnt in',
  'prequeue.text': 'Zum Verkaufsstart wird die Reihenfolge aller Anwesenden ausgelost. Dann siehst du deine Nummer.',
  'prequeue.joined': '{count, plural, one {# Person ist hier} other {# Personen sind hier}}',

  'drawing.title': 'Es wird ausgelost',
  'drawing.text': 'In wenigen Sekunden siehst du deine Nummer.',

  'waiting.title': 'Du stehst in der Schlange',
  'waiting.ahead':
    '{count, plural, =0 {Personen vor dir: Du bist als Nächstes dran} one {Person vor dir} other {Personen vor dir}}',
  'waiting.aheadSpoken':
    '{count, plural, =0 {Du bist als Nächstes dran} one {# Person vor dir} other {# Personen vor dir}}',
  'waiting.progress': 'Wie weit die Schlange gekommen ist',
  'waiting.number': 'Deine Nummer ist {number}',
  'waiting.next': 'Du bist als Nächstes dran. Bleib in der Nähe.',
  'waiting.aMoment': 'Nur noch ein paar Sekunden',
  'waiting.about': 'Etwa {span}',
  'waiting.paceUnknown': 'Sobald sich die Schlange bewegt, sagen wir dir, wie lange es dauert.',
  'waiting.aboutEvent': 'Zur Veranstaltung',

  'paused.title': 'Die Schlange ist angehalten',
  'paused.text': 'Im Moment wird niemand aufgerufen. Dein Platz bleibt, wo er ist.',

  'stock.limited': 'Mehr als die Hälfte der Tickets ist weg.',
  'stock.few': 'Es sind nur noch wenige Tickets da.',
  'stock.none': 'Alle Tickets liegen gerade in Warenkörben. Meist kommen einige zurück.',
  'stock.word_limited': 'begehrt',
  'stock.word_few': 'fast ausverkauft',
  'stock.word_none': 'gerade keine frei',

  'chance.likely': 'Ein Ticket für dich ist wahrscheinlich.',
  'chance.uncertain': 'Ein Ticket für dich ist möglich, aber nicht sicher.',
  'chance.unlikely': 'Ein Ticket für dich ist unwahrscheinlich. Meist kommen einige zurück; Warten kostet dich nichts.',
  'chance.figures':
    '{free, number} frei, {held, number} in Warenkörben. {before, plural, =0 {Vor dir wählt niemand.} one {# Person wählt vor dir und nimmt etwa {taken, number}.} other {# Leute wählen vor dir und nehmen etwa {taken, number}.}}',
  'chance.onReturns': 'Wann du drankommst, hängt von Tickets ab, die andere zurückgeben.',
  'chance.restored': 'Die Warteschlange wurde wiederhergestellt. Deine Nummer ist dieselbe.',
  'chance.cameBack':
    '{count, plural, one {# Person vor dir war weg und ist wieder da} other {# Leute vor dir waren weg und sind wieder da}}.',
  'promises.title': 'Was wir sagten und was kam',
  'promises.waits': 'Von {checked} genannten Zeiten trafen {held} zu; {early} kamen früher dran, {late} später.',
  'promises.chance': '„{words}“ wurde {told}-mal gesagt; {could} davon fanden Tickets.',

  'notice.title': 'Vom Veranstalter',
  'prices.title': 'Preise',

  'safe.title': 'Dein Platz ist sicher',
  'safe.text':
    'Er liegt auf unseren Servern und in diesem Browser. Du kannst neu laden, den Tab schließen oder die Verbindung verlieren und kommst zur selben Nummer zurück.',
  'safe.textDraw':
    'Du kannst neu laden, den Tab schließen oder die Verbindung verlieren und nimmst trotzdem an der Auslosung teil.',
  'safe.fairness': 'Wie die Reihenfolge entsteht und geprüft wird',
  'access.need': 'Wir brauchen barrierefreie Plätze',
  'access.how': 'Wie viele davon barrierefrei?',
  'access.hint': 'Die anderen sitzen daneben.',
  'move.title': 'Auf einem anderen Gerät weiter',
  'move.text': 'Dein Platz zieht dorthin um. Dieses Gerät gibt ihn ab und kann ihn zurückholen.',
  'move.show': 'Code zum Scannen zeigen',
  'move.code': 'Code, mit dem dein Platz umzieht',
  'move.scan': 'Scanne dies mit dem anderen Gerät oder öffne dort den Link. Er gilt einmal, bis {time}.',
  'move.copy': 'Link kopieren',
  'move.copied': 'Kopiert',
  'move.hereTitle': 'Deinen Platz hierher holen?',
  'move.hereText': 'Dein anderes Gerät gibt ihn ab. Nummer und Grenzen bleiben gleich.',
  'move.here': 'Auf diesem Gerät weiter',
  'move.invalid': 'Dieser Link ist verbraucht oder zu alt. Erzeuge auf dem anderen Gerät einen neuen.',
  'move.awayTitle': 'Dein Platz ist auf einem anderen Gerät',
  'move.awayText': 'Mach dort weiter. Warst du das nicht, hol ihn hierher zurück.',
  'move.back': 'Hierher zurückholen',
  'defer.title': 'Noch nicht so weit?',
  'defer.text': 'Lass andere eine Weile vor. Danach bist du an der Reihe, nie früher und mit gleichem Recht.',
  'defer.minutes': 'Wie lange?',
  'defer.do': 'Andere vorlassen',
  'defer.until': 'Bis {time} gehen andere vor. Danach bist du an der Reihe.',
  'defer.end': 'Ich bin jetzt bereit',
  'tab.moved': 'Dein Platz ist anderswo',
  'share.do': 'Teilen',
  'share.copied': 'Link kopiert.',
  'meanwhile.title': 'Inzwischen',

  'steps.title': 'Wie es weitergeht',
  'steps.prequeue': 'Die Auslosung',
  'steps.prequeueText':
    'Wer beim Start hier ist, bekommt eine zufällige Nummer. Wer später kommt, stellt sich hinten an.',
  'steps.waiting': 'Die Schlange',
  'steps.waitingText': 'Die Nummern werden der Reihe nach aufgerufen. Du kannst inzwischen etwas anderes tun.',
  'steps.called': 'Dein Aufruf',
  'steps.calledText': 'Diese Seite sagt es dir, und du hast ein paar Minuten Zeit hereinzukommen.',
  'steps.shop': 'Deine Tickets',
  'steps.shopText': 'Wähle deine Sitze; sie werden für dich reserviert, und du bezahlst in Ruhe.',

  'alerts.title': 'Sag mir, wenn ich dran bin',
  'alerts.text': 'Mit einem Klang und, wenn du es erlaubst, einer Mitteilung. Nur wenn du aufgerufen wirst.',
  'alerts.want': 'Bescheid sagen',
  'alerts.on': 'Du hörst eine Glocke, wenn du aufgerufen wirst. Lass diesen Tab offen.',
  'wish.title': 'Schon jetzt wählen',
  'wish.text': 'Sag, was du möchtest; wir fragen es an, sobald du hineingehst.',
  'wish.budget': 'Höchstens pro Ticket',
  'wish.any': 'egal',
  'wish.prices': 'Welche Preise?',
  'wish.order': 'Wir versuchen den teuersten davon zuerst und nehmen die besten freien Plätze nebeneinander.',
  'wish.contact': 'Mit Namen und E-Mail können wir die Plätze sofort reservieren.',
  'wish.clear': 'Nicht für mich wählen',
  'wish.words': '{count} × {prices}, {performance}',

  'leave.text': 'Doch kein Interesse an {sale}?',
  'leave.ask': 'Schlange verlassen',
  'leave.yes': 'Ja, meinen Platz aufgeben',

  'called.title': 'Du bist an der Reihe',
  'called.tabTitle': 'Du bist an der Reihe',
  'called.text': 'Komm herein und wähle deine Sitze. Niemand kann dich mehr überholen.',
  'called.left': 'zum Hereinkommen',
  'called.until': 'Dein Platz wird bis {time} gehalten.',
  'called.enter': 'Sitze wählen',
  'called.enterWish': 'Hinein und meine Plätze anfragen',
  'called.opening': 'Die Tür geht auf …',

  'admitted.title': 'Du bist drin',
  'admitted.text': 'Der Shop ist für dich offen.',

  'missed.title': 'Du hast deinen Aufruf verpasst',
  'missed.text':
    'Wir haben dich aufgerufen, und du bist nicht rechtzeitig gekommen; darum ging die nächste Person hinein. Du kannst dich wieder anstellen.',

  'left.title': 'Du hast die Schlange verlassen',
  'left.text': 'Dein Platz ist aufgegeben. Du kannst dich hinten wieder anstellen.',
  'left.rejoin': 'Wieder anstellen',

  'soldOut.title': 'Ausverkauft',
  'soldOut.text': 'Jedes Ticket hat jemanden gefunden. Danke, dass du mit uns gewartet hast.',
  'returns.title': 'Falls Tickets zurückkommen',
  'returns.text':
    'Pläne ändern sich. Hinterlass deine E-Mail-Adresse; wir schreiben dir, wenn Tickets zurückkommen, in der Reihenfolge der Anfragen.',
  'returns.send': 'Schreibt mir',
  'returns.done': 'Notiert. Wir schreiben dir, wenn Tickets zurückkommen.',

  'closed.title': 'Der Verkauf ist beendet',
  'closed.text': 'Hier werden keine Tickets mehr verkauft.',

  'shop.whichDate': 'Welcher Termin?',

  'quick.howMany': 'Wie viele Tickets?',

  'stepper.fewer': 'Eins weniger',
  'stepper.more': 'Eins mehr',

  'contact.name': 'Name',
  'contact.nameMissing': 'Bitte gib einen Namen ein.',
  'contact.email': 'E-Mail',
  'contact.emailHint': 'Dorthin gehen deine Tickets.',
  'contact.email_missing': 'Bitte gib eine E-Mail-Adresse ein.',
  'contact.email_malformed': 'Das sieht nicht wie eine E-Mail-Adresse aus, etwa aino@example.com.',
};
