// Finnish.
import type { Messages } from './language.ts';

export const fi: Messages = {
  'page.loading': 'Ladataan',
  'page.skip': 'Siirry sisältöön',
  'page.retry': 'Yritä uudelleen',
  'page.reload': 'Lataa sivu uudelleen',
  'page.failed': 'Se ei onnistunut. Yritä hetken päästä uudelleen.',
  'page.broken': 'Jotain meni rikki tällä sivulla',
  'page.brokenText':
    'Vika on meidän, ei sinun. Paikkasi ja lippusi ovat tallessa palvelimella; lataa sivu uudelleen ja jatka.',
  'page.language': 'Kieli',
  'page.change': 'Vaihda',
  'page.bookings': 'Omat varaukset',
  'page.description': 'Lippuja reilulla jonolla: paikkasi on turvassa, ja arvonnan voi tarkistaa kuka tahansa.',
  'page.away': 'Palaamme hetken kuluttua',
  'page.foot': 'Reilu jono, jonka kuka tahansa voi tarkistaa.',

  'connection.lost': 'Yhteyttä ei juuri nyt ole.',
  'connection.safe': 'Mitään ei katoa: paikkasi on tallessa meillä. Yritämme koko ajan uudelleen.',

  'notFound.title': 'Täällä ei ole mitään',
  'notFound.text': 'Tätä sivua ei ole, tai se kuuluu jollekulle muulle. Linkki, jota seurasit, voi olla vanha.',
  'notFound.toEvents': 'Kaikki tapahtumat',

  'events.title': 'Ohjelmistossa',
  'events.lead': 'Yksi jono kaikille. Paikkasi siinä on turvassa, ja järjestyksen voi tarkistaa.',
  'events.none': 'Tapahtumia ei ole juuri nyt tiedossa.',
  'events.priceFrom': 'alkaen {price}',

  'status.scheduledOn': 'Odotushuone avautuu {date}',
  'status.scheduledIn': 'Odotushuoneen avautumiseen {clock}',
  'status.prequeue': 'Odotushuone on auki',
  'status.opensIn': 'Myynnin alkuun {clock}',
  'status.open': 'Nyt myynnissä',
  'status.paused': 'Myynti on keskeytetty',
  'status.soldOut': 'Loppuunmyyty',
  'status.closed': 'Myynti on päättynyt',

  'event.dates': 'Päivät ja hinnat',
  'event.prequeueOpens': 'Odotushuone avautuu',
  'event.saleOpens': 'Myynti alkaa',
  'event.prequeueHow':
    'Kaikki, jotka ovat paikalla myynnin alkaessa, osallistuvat samaan arvontaan yhtä suurin mahdollisuuksin. Aikaisin tulemisesta ei ole hyötyä.',
  'event.openHow': 'Asetut jonoon jo tulleiden taakse. Kutsumme sinut, kun on vuorosi.',
  'event.toWaitingRoom': 'Odotushuoneeseen',
  'event.toSale': 'Katso myyntiä',
  'event.saveDate': 'Tallenna päivä',
  'event.limits': '{count, plural, one {Enintään # lippu henkilöä kohti.} other {Enintään # lippua henkilöä kohti.}}',
  'event.fee': 'sisältää kuluja {fee}',
  'event.calendarTitle': 'Liput: {event}',
  'event.calendarText': 'Odotushuone avautuu. Ole paikalla ennen myynnin alkua, niin osallistut arvontaan.',

  'tab.scheduled': 'Avautuu pian',
  'tab.lobby': 'Asetu jonoon',
  'tab.prequeue': 'Olet mukana arvonnassa',
  'tab.drawing': 'Arvonta on käynnissä',
  'tab.waiting': 'Olet jonossa',
  'tab.called': 'On sinun vuorosi',
  'tab.admitted': 'Olet sisällä',
  'tab.missed': 'Vuorosi meni ohi',
  'tab.left': 'Poistuit jonosta',
  'tab.sold_out': 'Loppuunmyyty',
  'tab.closed': 'Myynti on päättynyt',

  'scheduled.title': 'Ei vielä auki',
  'scheduled.until': 'Odotushuoneen avautumiseen',
  'scheduled.text':
    'Itse myynti alkaa {date}. Aikaisin ei tarvitse tulla: kaikki odotushuoneessa olevat osallistuvat samaan arvontaan.',

  'lobby.titlePrequeue': 'Odotushuone on auki',
  'lobby.titleOpen': 'Myynti on käynnissä',
  'lobby.join': 'Asetu jonoon',
  'lobby.joining': 'Varataan paikkaasi …',
  'lobby.code': 'Pääsykoodi',
  'lobby.codeInvalid': 'Koodi ei kelpaa tähän myyntiin.',
  'lobby.codeUsed': 'Koodi on käytetty niin monta kertaa kuin sallitaan.',
  'lobby.notNow': 'Jonoon ei juuri nyt pääse. Yritä hetken päästä uudelleen.',
  'lobby.stormWait':
    'Verkostasi tulee juuri nyt paljon väkeä. Paikkasi saamisessa kestää vielä muutama sekunti; pidä tämä sivu auki.',
  'lobby.storm':
    'Verkostasi liittyy juuri nyt liian moni. Yritä minuutin päästä uudelleen tai toisesta verkosta, esimerkiksi mobiilidatalla.',
  'lobby.stormPlain': 'Kun JavaScript on käytössä, pääset jonoon heti.',

  'prequeue.title': 'Olet mukana arvonnassa',
  'prequeue.until': 'Myynnin alkuun',
  'prequeue.text': 'Myynnin alkaessa kaikki paikalla olevat arvotaan satunnaiseen järjestykseen. Sitten näet numerosi.',
  'prequeue.joined': '{count, plural, one {# ihminen on täällä} other {# ihmistä on täällä}}',

  'drawing.title': 'Arvonta on käynnissä',
  'drawing.text': 'Muutaman sekunnin kuluttua näet numerosi.',

  'waiting.title': 'Olet jonossa',
  'waiting.ahead':
    '{count, plural, =0 {ihmistä edelläsi: olet seuraava} one {ihminen edelläsi} other {ihmistä edelläsi}}',
  'waiting.aheadSpoken': '{count, plural, =0 {Olet seuraava} one {# ihminen edelläsi} other {# ihmistä edelläsi}}',
  'waiting.progress': 'Kuinka pitkälle jono on edennyt',
  'waiting.number': 'Numerosi on {number}',
  'waiting.next': 'Olet seuraava. Pysy lähellä.',
  'waiting.aMoment': 'Enää muutama sekunti',
  'waiting.about': 'Noin {span}',
  'waiting.paceUnknown': 'Kerromme, kauanko kestää, heti kun jono liikkuu.',
  'waiting.aboutEvent': 'Tietoa tapahtumasta',

  'paused.title': 'Jono on pysäytetty',
  'paused.text': 'Ketään ei juuri nyt kutsuta. Paikkasi pysyy ennallaan.',

  'stock.limited': 'Yli puolet lipuista on mennyt.',
  'stock.few': 'Lippuja on jäljellä enää vähän.',
  'stock.none': 'Kaikki liput ovat juuri nyt ostoskoreissa. Yleensä osa niistä palaa.',
  'stock.word_limited': 'myydään vauhdilla',
  'stock.word_few': 'melkein loppu',
  'stock.word_none': 'ei vapaana juuri nyt',

  'chance.likely': 'Saat todennäköisesti lipun.',
  'chance.uncertain': 'Lippu sinulle on mahdollinen, mutta ei varma.',
  'chance.unlikely': 'Lippu sinulle on epätodennäköinen. Yleensä osa palaa; et menetä mitään odottamalla.',
  'chance.figures':
    '{free, number} vapaana, {held, number} ostoskoreissa. {before, plural, =0 {Kukaan ei valitse ennen sinua.} one {# ihminen valitsee ennen sinua ja ottaa noin {taken, number}.} other {# ihmistä valitsee ennen sinua ja ottaa noin {taken, number}.}}',
  'chance.onReturns': 'Vuorosi aika riippuu lipuista, jotka muut palauttavat.',
  'chance.restored': 'Jono palautettiin. Numerosi on sama.',
  'chance.cameBack':
    '{count, plural, one {# ihminen edelläsi oli poissa ja on palannut} other {# ihmistä edelläsi oli poissa ja on palannut}}.',
  'promises.title': 'Mitä sanoimme ja mitä tapahtui',
  'promises.waits':
    'Ilmoitetuista ajoista ({checked}) {held} piti paikkansa; {early} vuoroa tuli aiemmin, {late} myöhemmin.',
  'promises.chance': '”{words}” sanottiin {told} kertaa; heistä {could} löysi lippuja.',

  'notice.title': 'Järjestäjältä',
  'prices.title': 'Hinnat',

  'safe.title': 'Paikkasi on turvassa',
  'safe.text':
    'Se on tallessa palvelimillamme ja tässä selaimessa. Voit ladata sivun uudelleen, sulkea välilehden tai menettää yhteyden ja palata samaan numeroon.',
  'safe.textDraw':
    'Voit ladata sivun uudelleen, sulkea välilehden tai menettää yhteyden ja olet silti mukana arvonnassa.',
  'safe.fairness': 'Näin järjestys syntyy ja tarkistetaan',
  'access.need': 'Tarvitsemme esteettömiä paikkoja',
  'access.how': 'Kuinka moni niistä esteetön?',
  'access.hint': 'Muut istuvat vieressä.',
  'move.title': 'Jatka toisella laitteella',
  'move.text': 'Paikkasi siirtyy sinne. Tämä laite luopuu siitä ja voi ottaa sen takaisin.',
  'move.show': 'Näytä luettava koodi',
  'move.code': 'Koodi, joka siirtää paikkasi',
  'move.scan': 'Lue tämä toisella laitteella tai avaa linkki siellä. Se toimii kerran, kello {time} asti.',
  'move.copy': 'Kopioi linkki',
  'move.copied': 'Kopioitu',
  'move.hereTitle': 'Tuodaanko paikkasi tänne?',
  'move.hereText': 'Toinen laitteesi luopuu siitä. Numero ja rajat pysyvät samoina.',
  'move.here': 'Jatka tällä laitteella',
  'move.invalid': 'Linkki on käytetty tai liian vanha. Tee uusi toisella laitteella.',
  'move.awayTitle': 'Paikkasi on toisella laitteella',
  'move.awayText': 'Jatka siellä. Jos se et ollut sinä, ota paikka takaisin tänne.',
  'move.back': 'Ota takaisin tänne',
  'defer.title': 'Etkö ole vielä valmis?',
  'defer.text': 'Päästä muut edelle hetkeksi. Sen jälkeen on sinun vuorosi, ei koskaan aiemmin ja samoin oikeuksin.',
  'defer.minutes': 'Kuinka pitkäksi aikaa?',
  'defer.do': 'Päästä muut edelle',
  'defer.until': 'Muut menevät edelle kello {time} asti. Sen jälkeen on sinun vuorosi.',
  'defer.end': 'Olen valmis nyt',
  'tab.moved': 'Paikkasi on muualla',
  'share.do': 'Jaa',
  'share.copied': 'Linkki kopioitu.',
  'meanwhile.title': 'Sillä välin',

  'steps.title': 'Mitä seuraavaksi tapahtuu',
  'steps.prequeue': 'Arvonta',
  'steps.prequeueText':
    'Myynnin alkaessa paikalla olevat saavat satunnaisen numeron. Myöhemmin tulevat asettuvat jonon päähän.',
  'steps.waiting': 'Jono',
  'steps.waitingText': 'Numerot kutsutaan järjestyksessä. Voit tehdä sillä välin muuta.',
  'steps.called': 'Sinun vuorosi',
  'steps.calledText': 'Tämä sivu kertoo siitä, ja sinulla on muutama minuutti aikaa tulla sisään.',
  'steps.shop': 'Lippusi',
  'steps.shopText': 'Valitse istuimet; ne pidetään sinulle, ja voit maksaa rauhassa.',

  'alerts.title': 'Kerro, kun on vuoroni',
  'alerts.text': 'Äänellä ja, jos sallit, ilmoituksella. Vain kun sinut kutsutaan.',
  'alerts.want': 'Kerro minulle',
  'alerts.on': 'Kuulet kellon, kun sinut kutsutaan. Pidä tämä välilehti auki.',
  'wish.title': 'Valitse odottaessasi',
  'wish.text': 'Kerro mitä haluat, niin pyydämme sitä heti kun tulet sisään.',
  'wish.budget': 'Enintään lippua kohti',
  'wish.any': 'mikä tahansa hinta',
  'wish.prices': 'Mitkä hinnat?',
  'wish.order': 'Kokeilemme ensin kalleinta ja otamme parhaat vapaat vierekkäiset paikat.',
  'wish.contact': 'Nimellä ja sähköpostilla voimme varata paikat heti.',
  'wish.clear': 'Älä valitse puolestani',
  'wish.words': '{count} × {prices}, {performance}',

  'leave.text': 'Muutitko mieltäsi: {sale}?',
  'leave.ask': 'Poistu jonosta',
  'leave.yes': 'Kyllä, luovun paikastani',

  'called.title': 'On sinun vuorosi',
  'called.tabTitle': 'On sinun vuorosi',
  'called.text': 'Tule sisään ja valitse istuimesi. Kukaan ei enää pääse ohitsesi.',
  'called.left': 'aikaa tulla sisään',
  'called.until': 'Paikkasi pidetään kello {time} asti.',
  'called.enter': 'Valitse istuimet',
  'called.enterWish': 'Sisään ja pyydä paikat minulle',
  'called.opening': 'Ovi avautuu …',

  'admitted.title': 'Olet sisällä',
  'admitted.text': 'Kauppa on sinulle auki.',

  'missed.title': 'Vuorosi meni ohi',
  'missed.text': 'Kutsuimme sinut etkä ehtinyt ajoissa, joten seuraava pääsi sisään. Voit asettua uudelleen jonoon.',

  'left.title': 'Poistuit jonosta',
  'left.text': 'Paikkasi on vapautettu. Voit asettua uudelleen jonon päähän.',
  'left.rejoin': 'Asetu uudelleen jonoon',

  'soldOut.title': 'Loppuunmyyty',
  'soldOut.text': 'Jokainen lippu on löytänyt omistajansa. Kiitos, että odotit kanssamme.',
  'returns.title': 'Jos lippuja vapautuu',
  'returns.text':
    'Suunnitelmat muuttuvat. Jätä sähköpostiosoitteesi, niin kirjoitamme, kun lippuja palautetaan, pyyntöjen järjestyksessä.',
  'returns.send': 'Kirjoittakaa minulle',
  'returns.done': 'Merkitty. Kirjoitamme sinulle, jos lippuja vapautuu.',

  'closed.title': 'Myynti on päättynyt',
  'closed.text': 'Täällä ei enää myydä lippuja.',

  'shop.whichDate': 'Mikä päivä?',

  'quick.howMany': 'Montako lippua?',

  'stepper.fewer': 'Yksi vähemmän',
  'stepper.more': 'Yksi lisää',

  'contact.name': 'Nimi',
  'contact.nameMissing': 'Kirjoita nimi.',
  'contact.email': 'Sähköposti',
  'contact.emailHint': 'Liput lähetetään tänne.',
  'contact.email_missing': 'Kirjoita sähköpostiosoite.',
  'contact.email_malformed': 'Tämä ei näytä sähköpostiosoitteelta, kuten aino@example.com.',
};
