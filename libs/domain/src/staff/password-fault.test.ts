import { passwordFault } from './password-fault.ts';

const email = 'aino.virtanen@example.org';

test.each([
  ['elevenchars', 'too_short'],
  ['ääkköset', 'too_short'],
  ['password1234', 'too_common'],
  ['P@ssw0rd2027!', 'too_common'],
  ['123456789012', 'too_common'],
  ['aaaaaaaaaaaa', 'too_common'],
  ['abcabcabcabc', 'too_common'],
  ['qwertyuiopas', 'too_common'],
  ['iloveyou!!!!', 'too_common'],
  ['aino.virtanen1', 'like_the_address'],
  ['mit Eimern voll Regen', null],
  ['kq8Zr1-vTn0_aPxe', null],
  ['ääkkösetpitkässä', null],
  ['twelve green summer trees', null],
])('%s: %s', (password, fault) => {
  expect(passwordFault({ password, email })).toBe(fault);
});
