// Name and address of the buyer: filled in by the browser where it can, checked where the fan stands.
import { useState } from 'preact/hooks';
import { t } from '../language/language.ts';
import { Field } from '../ui/field.tsx';
import { type Contact, type ContactProblems, keepContact, readContact } from './contact.ts';

export function ContactFields(props: { problems: ContactProblems; onChange: (contact: Contact) => void }) {
  const [contact, setContact] = useState(readContact);
  const change = (part: Partial<Contact>) => {
    const next = { ...contact, ...part };
    setContact(next);
    keepContact(next);
    props.onChange(next);
  };
  return (
    <div class="fields">
      <Field
        name="name"
        label={t('contact.name')}
        problem={props.problems.name && t('contact.nameMissing')}
        value={contact.name}
        onInput={(name) => change({ name })}
        autocomplete="name"
      />
      <Field
        name="email"
        type="email"
        label={t('contact.email')}
        hint={t('contact.emailHint')}
        problem={props.problems.email && t(`contact.email_${props.problems.email}`)}
        value={contact.email}
        onInput={(email) => change({ email })}
        autocomplete="email"
      />
    </div>
  );
}
