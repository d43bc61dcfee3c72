// What mails say, by language; English where a language is not known.
import type { MailRecord } from '@onsale/booking-mongo';

type Words = { readonly subject: string; readonly text: (url: string) => string };

const identityLink: Readonly<Record<string, Words>> = {
  en: {
    subject: 'Confirm your email address',
    text: (url) =>
      `Open this link to take your place in the line:\n\n${url}\n\nIt works for one hour. If you did not ask for it, do nothing.`,
  },
  de: {
    subject: 'Bestätige deine E-Mail-Adresse',
    text: (url) =>
      `Öffne diesen Link, um deinen Platz in der Schlange einzunehmen:\n\n${url}\n\nEr gilt eine Stunde. Wenn du ihn nicht angefordert hast, tu nichts.`,
  },
  fr: {
    subject: 'Confirmez votre adresse e-mail',
    text: (url) =>
      `Ouvrez ce lien pour prendre votre place dans la file :\n\n${url}\n\nIl fonctionne pendant une heure. Si vous ne l’avez pas demandé, ne faites rien.`,
  },
  es: {
    subject: 'Confirma tu correo electrónico',
    text: (url) =>
      `Abre este enlace para ocupar tu puesto en la cola:\n\n${url}\n\nFunciona durante una hora. Si no lo pediste, no hagas nada.`,
  },
  fi: {
    subject: 'Vahvista sähköpostiosoitteesi',
    text: (url) =>
      `Avaa tämä linkki ja ota paikkasi jonossa:\n\n${url}\n\nSe toimii tunnin. Jos et pyytänyt sitä, älä tee mitään.`,
  },
  ja: {
    subject: 'メールアドレスの確認',
    text: (url) =>
      `このリンクを開いて列に並んでください。\n\n${url}\n\n一時間有効です。心当たりがない場合は、何もしないでください。`,
  },
  ar: {
    subject: 'أكّد بريدك الإلكتروني',
    text: (url) => `افتح هذا الرابط لتأخذ مكانك في الطابور:\n\n${url}\n\nيعمل لمدة ساعة. إن لم تطلبه فلا تفعل شيئًا.`,
  },
};

/** To staff, in English as the console is. */
const toStaff: Readonly<Record<Exclude<MailRecord['template'], 'identity_link'>, Words>> = {
  staff_invitation: {
    subject: 'You are invited to the staff of a ticket shop',
    text: (url) =>
      `Open this link to choose your password and come in:\n\n${url}\n\nIt works once, within seven days. If you do not expect it, do nothing.`,
  },
  staff_password_reset: {
    subject: 'A new password for the ticket shop',
    text: (url) =>
      `Open this link to choose a new password:\n\n${url}\n\nIt works once, within an hour. If you did not ask for it, do nothing: your password stays as it is.`,
  },
};

export function mailWords({ template, locale, values }: Pick<MailRecord, 'template' | 'locale' | 'values'>): {
  subject: string;
  text: string;
} {
  const words =
    template === 'identity_link'
      ? (identityLink[locale.slice(0, 2).toLowerCase()] ?? identityLink.en)
      : toStaff[template];
  return { subject: words?.subject ?? '', text: words?.text(values.url ?? '') ?? '' };
}
