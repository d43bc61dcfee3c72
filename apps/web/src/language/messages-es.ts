// Spanish.
import type { Messages } from './language.ts';

export const es: Messages = {
  'page.loading': 'Cargando',
  'page.skip': 'Ir al contenido',
  'page.retry': 'Intentar de nuevo',
  'page.reload': 'Recargar la página',
  'page.failed': 'No ha funcionado. Inténtalo de nuevo en un momento.',
  'page.broken': 'Algo se ha roto en esta página',
  'page.brokenText':
    'La culpa es nuestra, no tuya. Tu puesto y tus entradas están guardados en el servidor; recarga y sigue.',
  'page.language': 'Idioma',
  'page.change': 'Cambiar',
  'page.bookings': 'Mis reservas',
  'page.description': 'Entradas con una cola justa: tu puesto está seguro y cualquiera puede comprobar el sorteo.',
  'page.away': 'Volvemos en un momento',
  'page.foot': 'Una fila justa que cualquiera puede comprobar.',

  'connection.lost': 'Ahora mismo no hay conexión.',
  'connection.safe': 'No se pierde nada: tu puesto está guardado con nosotros. Seguimos intentándolo.',

  'notFound.title': 'Aquí no hay nada',
  'notFound.text': 'Esta página no existe o es de otra persona. El enlace que te trajo puede ser antiguo.',
  'notFound.toEvents': 'Ver todos los eventos',

  'events.title': 'Cartelera',
  'events.lead': 'Una sola fila para todos. Tu puesto en ella está seguro y el orden se puede comprobar.',
  'events.none': 'Por ahora no hay eventos anunciados.',
  'events.priceFrom': 'desde {price}',

  'status.scheduledOn': 'La sala de espera abre el {date}',
  'status.scheduledIn': 'La sala de espera abre en {clock}',
  'status.prequeue': 'La sala de espera está abierta',
  'status.opensIn': 'La venta abre en {clock}',
  'status.open': 'A la venta ahora',
  'status.paused': 'Venta en pausa',
  'status.soldOut': 'Agotado',
  'status.closed': 'Venta terminada',

  'event.dates': 'Fechas y precios',
  'event.prequeueOpens': 'Abre la sala de espera',
  'event.saleOpens': 'Abre la venta',
  'event.prequeueHow':
    'Quienes estén aquí cuando abra la venta participan en un mismo sorteo con la misma probabilidad. Llegar antes no da ventaja.',
  'event.openHow': 'Te pones detrás de quienes ya están. Te llamamos cuando sea tu turno.',
  'event.toWaitingRoom': 'Ir a la sala de espera',
  'event.toSale': 'Ver la venta',
  'event.saveDate': 'Guardar la fecha',
  'event.limits':
    '{count, plural, one {Como máximo # entrada por persona.} many {Como máximo # entradas por persona.} other {Como máximo # entradas por persona.}}',
  'event.fee': 'incluye {fee} de gastos',
  'event.calendarTitle': 'Entradas: {event}',
  'event.calendarText': 'Abre la sala de espera. Entra antes de que abra la venta para participar en el sorteo.',

  'tab.scheduled': 'Abre pronto',
  'tab.lobby': 'Ponerse en la fila',
  'tab.prequeue': 'Estás en el sorteo',
  'tab.drawing': 'Se está sorteando',
  'tab.waiting': 'Estás en la fila',
  'tab.called': 'Es tu turno',
  'tab.admitted': 'Estás dentro',
  'tab.missed': 'Se te pasó el turno',
  'tab.left': 'Dejaste la fila',
  'tab.sold_out': 'Agotado',
  'tab.closed': 'La venta ha terminado',

  'scheduled.title': 'Aún no está abierto',
  'scheduled.until': 'La sala de espera abre en',
  'scheduled.text':
    'La venta en sí abre el {date}. No hace falta venir pronto: todos en la sala de espera participan en el mismo sorteo.',

  'lobby.titlePrequeue': 'La sala de espera está abierta',
  'lobby.titleOpen': 'La venta está en marcha',
  'lobby.join': 'Ponerme en la fila',
  'lobby.joining': 'Tomando tu puesto…',
  'lobby.code': 'Código de acceso',
  'lobby.codeInvalid': 'Este código no vale para esta venta.',
  'lobby.codeUsed': 'Este código ya se usó las veces permitidas.',
  'lobby.notNow': 'Ahora no puedes ponerte en la fila. Inténtalo de nuevo en un momento.',
  'lobby.stormWait':
    'Ahora mismo llega mucha gente desde tu red. Tu puesto tardará unos segundos más; deja esta página abierta.',
  'lobby.storm':
    'Demasiadas personas se están uniendo desde tu red. Inténtalo dentro de un minuto o desde otra red, por ejemplo con datos móviles.',
  'lobby.stormPlain': 'Con JavaScript activado puedes unirte ya.',

  'prequeue.title': 'Estás en el sorteo',
  'prequeue.until': 'La venta abre en',
  'prequeue.text': 'Al abrir, se sortea el orden de todos los presentes. Entonces verás tu número.',
  'prequeue.joined': '{count, plural, one {Hay # persona aquí} many {Hay # personas aquí} other {Hay # personas aquí}}',

  'drawing.title': 'Se está sorteando',
  'drawing.text': 'En unos segundos verás tu número.',

  'waiting.title': 'Estás en la fila',
  'waiting.ahead':
    '{count, plural, =0 {personas delante: te toca a ti} one {persona delante de ti} many {personas delante de ti} other {personas delante de ti}}',
  'waiting.aheadSpoken':
    '{count, plural, =0 {El siguiente turno es tuyo} one {# persona delante de ti} many {# personas delante de ti} other {# personas delante de ti}}',
  'waiting.progress': 'Cuánto ha avanzado la fila',
  'waiting.number': 'Tu número es el {number}',
  'waiting.next': 'El siguiente turno es tuyo. No te alejes.',
  'waiting.aMoment': 'Solo unos segundos más',
  'waiting.about': 'Aproximadamente {span}',
  'waiting.paceUnknown': 'Te diremos cuánto tarda en cuanto la fila se mueva.',
  'waiting.aboutEvent': 'Sobre el evento',

  'paused.title': 'La fila está en pausa',
  'paused.text': 'De momento no se llama a nadie. Tu puesto sigue donde está.',

  'stock.limited': 'Más de la mitad de las entradas se ha vendido.',
  'stock.few': 'Quedan muy pocas entradas.',
  'stock.none': 'Todas las entradas están ahora en cestas. Suelen volver algunas.',
  'stock.word_limited': 'se agotan rápido',
  'stock.word_few': 'casi agotadas',
  'stock.word_none': 'ninguna libre ahora',

  'chance.likely': 'Es probable que consigas una entrada.',
  'chance.uncertain': 'Es posible que consigas una entrada, pero no seguro.',
  'chance.unlikely': 'Es poco probable que consigas una entrada. Suelen volver algunas; no pierdes nada por esperar.',
  'chance.figures':
    '{free, number} libres, {held, number} en cestas. {before, plural, =0 {Nadie elige antes que tú.} one {# persona elige antes que tú y tomará unas {taken, number}.} many {# personas eligen antes que tú y tomarán unas {taken, number}.} other {# personas eligen antes que tú y tomarán unas {taken, number}.}}',
  'chance.onReturns': 'Cuándo te toque depende de las entradas que otros devuelvan.',
  'chance.restored': 'La fila se ha restablecido. Tu número es el mismo.',
  'chance.cameBack':
    '{count, plural, one {# persona delante de ti no estaba y ha vuelto} other {# personas delante de ti no estaban y han vuelto}}.',
  'promises.title': 'Lo que dijimos y lo que pasó',
  'promises.waits':
    'De {checked} tiempos anunciados, {held} se cumplieron; {early} turnos llegaron antes, {late} después.',
  'promises.chance': '«{words}» se dijo {told} veces; {could} encontraron entradas.',

  'notice.title': 'De la organización',
  'prices.title': 'Precios',

  'safe.title': 'Tu puesto está seguro',
  'safe.text':
    'Está guardado en nuestros servidores y en este navegador. Puedes recargar, cerrar la pestaña o perder la conexión y volver al mismo número.',
  'safe.textDraw': 'Puedes recargar, cerrar la pestaña o perder la conexión y seguir en el sorteo.',
  'safe.fairness': 'Cómo se hace y se comprueba el orden',
  'access.need': 'Necesitamos lugares accesibles',
  'access.how': '¿Cuántos de ellos accesibles?',
  'access.hint': 'Los demás se sientan al lado.',
  'move.title': 'Seguir en otro dispositivo',
  'move.text': 'Tu puesto pasa allí. Este dispositivo lo suelta y puede recuperarlo.',
  'move.show': 'Mostrar un código',
  'move.code': 'Código que traslada tu puesto',
  'move.scan': 'Escanéalo con el otro dispositivo o abre allí el enlace. Sirve una vez, hasta las {time}.',
  'move.copy': 'Copiar el enlace',
  'move.copied': 'Copiado',
  'move.hereTitle': '¿Traer tu puesto aquí?',
  'move.hereText': 'Tu otro dispositivo lo suelta. El número y los límites no cambian.',
  'move.here': 'Seguir en este dispositivo',
  'move.invalid': 'Este enlace ya se usó o es demasiado antiguo. Crea uno nuevo en el otro dispositivo.',
  'move.awayTitle': 'Tu puesto está en otro dispositivo',
  'move.awayText': 'Sigue allí. Si no fuiste tú, recupéralo aquí.',
  'move.back': 'Recuperarlo aquí',
  'defer.title': '¿Aún no puedes?',
  'defer.text': 'Deja pasar a otros un rato. Después te toca a ti, nunca antes y con el mismo derecho.',
  'defer.minutes': '¿Cuánto tiempo?',
  'defer.do': 'Dejar pasar',
  'defer.until': 'Otros pasan hasta las {time}. Después te toca a ti.',
  'defer.end': 'Ya puedo entrar',
  'tab.moved': 'Tu puesto está en otra parte',
  'share.do': 'Compartir',
  'share.copied': 'Enlace copiado.',
  'meanwhile.title': 'Mientras tanto',

  'steps.title': 'Qué pasa ahora',
  'steps.prequeue': 'El sorteo',
  'steps.prequeueText': 'Quien esté al abrir recibe un número al azar. Quien llegue después se pone detrás.',
  'steps.waiting': 'La fila',
  'steps.waitingText': 'Los números se llaman en orden. Mientras tanto puedes hacer otra cosa.',
  'steps.called': 'Tu turno',
  'steps.calledText': 'Esta página te avisa y tienes unos minutos para entrar.',
  'steps.shop': 'Tus entradas',
  'steps.shopText': 'Elige asientos, se reservan para ti, paga con calma.',

  'alerts.title': 'Avísame cuando sea mi turno',
  'alerts.text': 'Con un sonido y, si lo permites, una notificación. Solo cuando te llamemos.',
  'alerts.want': 'Avísame',
  'alerts.on': 'Oirás una campana cuando te llamemos. Deja esta pestaña abierta.',
  'wish.title': 'Elige mientras esperas',
  'wish.text': 'Di lo que te gustaría y lo pediremos en cuanto entres.',
  'wish.budget': 'Como máximo por entrada',
  'wish.any': 'cualquier precio',
  'wish.prices': '¿Qué precios?',
  'wish.order': 'Probamos primero el más caro y tomamos los mejores asientos juntos que estén libres.',
  'wish.contact': 'Con tu nombre y correo podemos retener los asientos al instante.',
  'wish.clear': 'No elegir por mí',
  'wish.words': '{count} × {prices}, {performance}',

  'leave.text': '¿Has cambiado de idea sobre {sale}?',
  'leave.ask': 'Dejar la fila',
  'leave.yes': 'Sí, cedo mi puesto',

  'called.title': 'Es tu turno',
  'called.tabTitle': 'Es tu turno',
  'called.text': 'Entra y elige tus asientos. Ya nadie puede adelantarte.',
  'called.left': 'para entrar',
  'called.until': 'Guardamos tu puesto hasta las {time}.',
  'called.enter': 'Elegir mis asientos',
  'called.enterWish': 'Entrar y pedir mis asientos',
  'called.opening': 'Abriendo la puerta…',

  'admitted.title': 'Estás dentro',
  'admitted.text': 'La tienda está abierta para ti.',

  'missed.title': 'Se te pasó el turno',
  'missed.text': 'Te llamamos y no llegaste a tiempo, así que entró la siguiente persona. Puedes volver a la fila.',

  'left.title': 'Dejaste la fila',
  'left.text': 'Tu puesto se ha cedido. Puedes ponerte de nuevo al final.',
  'left.rejoin': 'Volver a la fila',

  'soldOut.title': 'Agotado',
  'soldOut.text': 'Cada entrada ha encontrado dueño. Gracias por esperar con nosotros.',
  'returns.title': 'Si vuelven entradas',
  'returns.text':
    'Los planes cambian. Deja tu correo y te escribiremos si se devuelven entradas, por orden de solicitud.',
  'returns.send': 'Recibir aviso',
  'returns.done': 'Anotado. Te escribiremos si vuelven entradas.',

  'closed.title': 'La venta ha terminado',
  'closed.text': 'Aquí ya no se venden entradas.',

  'shop.whichDate': '¿Qué fecha?',

  'quick.howMany': '¿Cuántas entradas?',

  'stepper.fewer': 'Una menos',
  'stepper.more': 'Una más',

  'contact.name': 'Nombre',
  'contact.nameMissing': 'Escribe un nombre.',
  'contact.email': 'Correo electrónico',
  'contact.emailHint': 'Tus entradas se envían aquí.',
  'contact.email_missing': 'Escribe una dirección de correo.',
  'contact.email_malformed': 'Esto no parece una dirección de correo, como aino@example.com.',
};
