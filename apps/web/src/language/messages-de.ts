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

  'status.scheduledOn': 'Warteraum öffnet {date}',
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
    'Der Verkauf selbst beginnt {date}. Du musst nicht früh da sein: Alle im Warteraum nehmen an derselben Auslosung teil.',

  'lobby.titlePrequeue': 'Der Warteraum ist offen',
  'lobby.titleOpen': 'Der Verkauf läuft',
  'lobby.join': 'Anstellen',
  'lobby.joining': 'Du bekommst deinen Platz …',
  'lobby.code': 'Zugangscode',
  'lobby.codeInvalid': 'Dieser Code gilt nicht für diesen Verkauf.',
  'lobby.notNow': 'Anstellen geht gerade nicht. Bitte versuche es gleich noch einmal.',

  'prequeue.title': 'Du nimmst an der Auslosung teil',
  'prequeue.until': 'Verkauf beginnt in',
  'prequeue.text': 'Zum Verkaufsstart wird die Reihenfolge aller Anwesenden ausgelost. Dann siehst du deine Nummer.',
  'prequeue.joined': '{count, plural, one {# Person ist hier} other {# Personen sind hier}}',

  'drawing.title': 'Es wird ausgelost',
  'drawing.text': 'In wenigen Sekunden siehst du deine Nummer.',

  'waiting.title': 'Du stehst in der Schlange',
  'waiting.ahead':
    '{count, plural, =0 {Personen vor dir: Du bist die nächste} one {Person vor dir} other {Personen vor dir}}',
  'waiting.aheadSpoken':
    '{count, plural, =0 {Du bist die nächste Person} one {# Person vor dir} other {# Personen vor dir}}',
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

  'notice.title': 'Vom Veranstalter',

  'safe.title': 'Dein Platz ist sicher',
  'safe.text':
    'Er liegt auf unseren Servern und in diesem Browser. Du kannst neu laden, den Tab schließen oder die Verbindung verlieren und kommst zur selben Nummer zurück.',
  'safe.textDraw':
    'Du kannst neu laden, den Tab schließen oder die Verbindung verlieren und nimmst trotzdem an der Auslosung teil.',
  'safe.fairness': 'Wie die Reihenfolge entsteht und geprüft wird',

  'steps.title': 'Wie es weitergeht',
  'steps.prequeue': 'Die Auslosung',
  'steps.prequeueText':
    'Wer beim Start hier ist, bekommt eine zufällige Nummer. Wer später kommt, stellt sich hinten an.',
  'steps.waiting': 'Die Schlange',
  'steps.waitingText': 'Die Nummern werden der Reihe nach aufgerufen. Du kannst inzwischen etwas anderes tun.',
  'steps.called': 'Dein Aufruf',
  'steps.calledText': 'Diese Seite sagt es dir, und du hast ein paar Minuten Zeit hereinzukommen.',
  'steps.shop': 'Deine Tickets',
  'steps.shopText': 'Sitze wählen, sie werden für dich gehalten, in Ruhe bezahlen.',

  'alerts.title': 'Sag mir, wenn ich dran bin',
  'alerts.text': 'Mit einem Klang und, wenn du es erlaubst, einer Mitteilung. Nur wenn du aufgerufen wirst.',
  'alerts.want': 'Bescheid sagen',
  'alerts.on': 'Du hörst eine Glocke, wenn du aufgerufen wirst. Lass diesen Tab offen.',

  'ready.title': 'Vorbereiten',
  'ready.text': 'Trage jetzt Name und E-Mail ein und sei nachher schneller.',
  'ready.done': 'Ausgefüllt. Es bleibt in diesem Tab, bis du buchst.',

  'leave.text': 'Doch kein Interesse an {sale}?',
  'leave.ask': 'Schlange verlassen',
  'leave.yes': 'Ja, meinen Platz aufgeben',
  'leave.no': 'Nein, bleiben',

  'called.title': 'Du bist an der Reihe',
  'called.tabTitle': 'Du bist an der Reihe',
  'called.text': 'Komm herein und wähle deine Sitze. Niemand kann dich mehr überholen.',
  'called.left': 'zum Hereinkommen',
  'called.until': 'Dein Platz wird bis {time} gehalten.',
  'called.enter': 'Sitze wählen',
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

  'closed.title': 'Der Verkauf ist beendet',
  'closed.text': 'Hier werden keine Tickets mehr verkauft.',

  'shop.title': 'Sitze wählen',
  'shop.timeLeft': 'noch {clock} im Shop',
  'shop.timeOver': 'Deine Zeit im Shop ist um',
  'shop.whichDate': 'Welcher Termin?',
  'shop.otherDate': 'Anderer Termin',
  'shop.how': 'Wie möchtest du wählen?',
  'shop.mode_quick': 'Beste Sitze',
  'shop.mode_plan': 'Plan',
  'shop.mode_list': 'Liste',
  'shop.continue': 'Weiter',
  'shop.full': '{count, plural, one {Eine Buchung umfasst # Sitz.} other {Eine Buchung umfasst höchstens # Sitze.}}',
  'shop.seatLost':
    '{count, plural, one {Jemand war bei einem deiner Sitze schneller.} other {Jemand war bei # deiner Sitze schneller.}} Bitte wähle einen anderen.',

  'shop.stranding': 'Diese Wahl ließe einen einzelnen Sitz übrig; das lässt der Verkauf nicht zu.',
  'shop.takeBetter': 'Stattdessen nehmen: {seats}',

  'quick.howMany': 'Wie viele Tickets?',
  'quick.whichNumbered': 'Welcher Preis? Wir suchen die besten Sitze nebeneinander.',
  'quick.whichGeneral': 'Welches Ticket?',
  'quick.each': 'pro Ticket',

  'stepper.fewer': 'Eins weniger',
  'stepper.more': 'Eins mehr',

  'plan.label': 'Saalplan. Dieselbe Auswahl gibt es als Liste.',
  'plan.filter': 'Preise anzeigen',
  'plan.closer': 'Näher heran',
  'plan.farther': 'Weiter weg',
  'plan.whole': 'Ganzer Plan',
  'plan.stage': 'BÜHNE',
  'plan.legend': 'Kleine Punkte sind vergeben. Dieselbe Auswahl gibt es als Liste.',

  'seats.free': '{count, plural, =0 {weg} other {# frei}}',
  'seats.gone': 'weg',
  'seats.row': 'Reihe {row}',
  'seats.inRow': '{section}, Reihe {row}',
  'seats.label': '{section}, Reihe {row}, Sitz {label}',
  'seats.seatFree': 'Sitz {seat}, {price}',
  'seats.seatTaken': 'Sitz {seat}, vergeben',

  'basket.title': 'Deine Auswahl',
  'basket.empty': 'Noch nichts gewählt',
  'basket.clear': 'Leeren',
  'basket.total': 'Summe',

  'checkout.title': 'Fast geschafft',
  'checkout.contact': 'Für wen sind die Tickets?',
  'checkout.hold': 'Diese Sitze halten',
  'checkout.holding': 'Wird gehalten …',
  'checkout.back': 'Auswahl ändern',
  'checkout.how':
    'Die Sitze werden für dich gehalten, während du bezahlst. Name und E-Mail werden nur für diese Tickets verwendet.',
  'checkout.unreachable':
    'Die Anfrage hat uns vielleicht nicht erreicht. Sende sie noch einmal: Doppelt gebucht wird nicht.',
  'checkout.passOver': 'Deine Zeit im Shop ist um. Bitte stelle dich wieder an.',
  'checkout.saleOver': 'Der Verkauf nimmt gerade keine Buchungen an.',
  'checkout.busy': 'Gerade ist sehr viel los. Bitte sende gleich noch einmal: Doppelt gebucht wird nicht.',

  'contact.name': 'Name',
  'contact.nameMissing': 'Bitte gib einen Namen ein.',
  'contact.email': 'E-Mail',
  'contact.emailHint': 'Dorthin gehen deine Tickets.',
  'contact.email_missing': 'Bitte gib eine E-Mail-Adresse ein.',
  'contact.email_malformed': 'Das sieht nicht wie eine E-Mail-Adresse aus, etwa aino@example.com.',

  'booking.asking': 'Wir fragen nach deinen Sitzen',
  'booking.askingText': 'Das dauert eine Sekunde. Du kannst neu laden; die Anfrage bleibt erhalten.',

  'rejected.title': 'Jemand war schneller',
  'rejected.seat_taken':
    'Einer dieser Sitze wurde einen Moment früher vergeben. Gebucht wurde nichts; wir suchen dir ebenso gute.',
  'rejected.sold_out': 'So viele Sitze sind zu diesem Preis nicht mehr da. Ein anderer Preis ist vielleicht noch frei.',
  'rejected.limit_exceeded': 'Das wären mehr Tickets, als eine Person hier kaufen darf.',
  'rejected.sale_closed': 'Der Verkauf endete, bevor über deine Anfrage entschieden war.',
  'rejected.pass_invalid': 'Deine Zeit im Shop war um, bevor über deine Anfrage entschieden war.',
  'rejected.unknown_seat': 'Einen dieser Sitze gibt es nicht mehr.',
  'rejected.unknown_category': 'Diesen Preis gibt es nicht mehr.',
  'rejected.no_block':
    'So viele Sitze nebeneinander gibt es zu diesem Preis nicht mehr. Versuche es mit weniger oder einem anderen Preis.',
  'rejected.orphan_seat': 'Diese Wahl ließe einen einzelnen Sitz übrig. Bitte rücke um einen Sitz.',
  'rejected.price_changed': 'Der Preis hat sich inzwischen geändert. Bitte sieh noch einmal nach, bevor du buchst.',
  'rejected.hold_time_used':
    'Du hast in diesem Verkauf so lange Plätze gehalten, wie es einer Person ohne Kauf möglich ist. Jetzt sind andere dran.',
  'rejected.other': 'Die Anfrage ließ sich nicht erfüllen. Gebucht wurde nichts.',
  'rejected.alternatives': 'Diese Sitze nebeneinander sind frei:',
  'rejected.take': 'Diese Sitze nehmen',
  'rejected.offer': 'Die besten Sitze für mich suchen',
  'rejected.back': 'Neu wählen',
  'rejected.toLine': 'Zurück zur Schlange',

  'hold.title': 'Diese Sitze werden für dich gehalten',
  'hold.left': 'bleiben zum Bezahlen',
  'hold.leftSpoken': 'Noch {span} zum Bezahlen',
  'hold.soonOver': 'Deine Zeit ist fast um. Brauchst du mehr?',
  'hold.more': 'Mehr Zeit',
  'hold.moreOnce': 'Das geht einmal.',
  'hold.moreGiven': 'Du hast mehr Zeit: {span}.',
  'hold.pay': '{price} bezahlen',
  'hold.payPlain': 'Zur Zahlung',
  'hold.release': 'Sitze freigeben',
  'hold.releaseSure': 'Ja, freigeben',
  'hold.safe': 'Niemand sonst kann sie inzwischen nehmen. Neu laden schadet nicht.',
  'hold.paymentFailed':
    'Die Zahlung hat nicht geklappt. Abgebucht wurde nichts; solange die Sitze gehalten werden, kannst du es noch einmal versuchen.',

  'ended.expired': 'Die Zeit zum Bezahlen ist um',
  'ended.expiredText': 'Die Sitze sind wieder frei. Solange du im Shop bist, kannst du neu wählen.',
  'ended.released': 'Die Sitze sind freigegeben',
  'ended.releasedText': 'Jemand anderes freut sich. Du kannst neu wählen.',
  'ended.cancelled': 'Diese Buchung wurde storniert',
  'ended.cancelledText': 'Falls du bezahlt hattest, ist das Geld auf dem Rückweg.',
  'ended.refunded': 'Diese Buchung wurde erstattet',
  'ended.refundedText': 'Die Zahlung kam, als die Sitze schon weg waren. Das Geld ist auf dem Rückweg.',
  'ended.again': 'Neu wählen',
  'ended.leaveShop': 'Shop verlassen',

  'pay.title': 'Zahlung',
  'pay.test': 'Testzahlung. Es fließt kein Geld.',
  'pay.amount': '{price} bezahlen',
  'pay.choose': 'Wie soll diese Zahlung enden?',
  'pay.succeed': 'Gelingt',
  'pay.fail': 'Scheitert',
  'pay.delay': 'Gelingt später',
  'pay.waiting': 'Wir warten auf die Antwort der Bank …',
  'pay.back': 'Zurück zur Buchung',

  'tickets.title': '{count, plural, one {Dein Ticket} other {Deine Tickets}}',
  'tickets.text': 'Bezahlt und bestätigt. Zeige den Code am Eingang.',
  'tickets.calendar': 'In den Kalender',
  'tickets.print': 'Drucken',
  'tickets.place': 'Sitz',
  'tickets.category': 'Kategorie',
  'tickets.qr': 'Code für {place}',
  'tickets.payload': 'Was im Code steht',
  'tickets.all': 'Alle Tickets dieser Buchung',
  'tickets.leaveText': 'Fertig? Lass die nächste Person herein.',
  'tickets.leave': 'Shop verlassen',
  'tickets.left': 'Danke. Jemand wurde hereingelassen.',

  'fairness.title': 'Wie die Reihenfolge entsteht',
  'fairness.lead':
    'Niemand bestimmt, wer zuerst kommt, auch wir nicht. Diese Seite rechnet die Auslosung in deinem Browser aus dem Veröffentlichten nach.',
  'fairness.mine': 'Deine Nummer, hier nachgerechnet',
  'fairness.mineOpen': 'Beim Anstellen warst du Person {place}. Die Auslosung kommt noch.',
  'fairness.mineDrawn': 'Beim Anstellen warst du Person {place}; deine Nummer bestimmte das Los.',
  'fairness.mineAfter':
    'Du kamst nach der Auslosung, als Person {place}, und stehst in der Reihenfolge des Anstellens.',
  'fairness.draw': 'Die Auslosung',
  'fairness.drawToCome': 'Die Auslosung kommt noch',
  'fairness.drawHeld': '{count, plural, one {Die Auslosung unter # Person} other {Die Auslosung unter # Personen}}',
  'fairness.secret': 'Das Geheimnis stand vorher fest.',
  'fairness.secretText':
    'Sein Fingerabdruck wurde veröffentlicht, bevor sich jemand anstellen konnte; das später gezeigte Geheimnis hat genau diesen.',
  'fairness.seed': 'Die Auslosung folgt allein daraus.',
  'fairness.seedText':
    'Der Startwert entsteht aus dem Geheimnis und der Liste der Teilnehmenden, und diese Liste stand fest, bevor das Geheimnis gezeigt wurde.',
  'fairness.number': 'Deine Nummer stimmt.',
  'fairness.numberText': 'Die Nummer, die du bekamst, ist die, die das Los deinem Platz gibt.',
  'fairness.roster': 'Du hast teilgenommen.',
  'fairness.rosterText':
    'Dein Platz steht in der festen Liste: Der Beweis führt von ihm zum veröffentlichten Fingerabdruck.',
  'fairness.holds': 'Geprüft',
  'fairness.fails': 'Passt nicht',
  'fairness.open': 'Noch nicht veröffentlicht',
  'fairness.published': 'Was veröffentlicht wurde',
  'fairness.notYet': 'noch nicht',
  'fairness.value_rule': 'Regel',
  'fairness.value_commitment': 'Fingerabdruck des Geheimnisses',
  'fairness.value_root': 'Fingerabdruck der Liste',
  'fairness.value_secret': 'Geheimnis',
  'fairness.value_seedValue': 'Startwert',
  'fairness.value_frozen': 'Liste festgelegt am',
  'fairness.back': 'Zurück zum Verkauf',
};
