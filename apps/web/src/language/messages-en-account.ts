// What staff reads on the way into an account.

export const enAccount = {
  'staff.newPassword': 'New password',
  'staff.newPasswordHint': 'At least 12 characters. Several words that have nothing to do with each other are best.',
  'staff.setupCode': 'Set-up code',
  'staff.code': 'Code of your authenticator',
  'staff.codeHint': 'Six digits, or one of your recovery codes.',
  'staff.codeWrong': 'The code is wrong or was used before.',
  'staff.forgot': 'Forgotten your password?',
  'staff.enter_setup': 'The first owner',
  'staff.enter_setup_text': 'Nobody is here yet. The server wrote a set-up code into its log when it started.',
  'staff.enter_setup_do': 'Sign up',
  'staff.enter_setup_done': 'Welcome.',
  'staff.enter_join': 'Join the team',
  'staff.enter_join_text': 'You are invited. Choose a password, and you are in.',
  'staff.enter_join_do': 'Join',
  'staff.enter_join_done': 'Welcome.',
  'staff.enter_forgot': 'Forgotten password',
  'staff.enter_forgot_text': 'A link for a new password goes to your address. It works once, within an hour.',
  'staff.enter_forgot_do': 'Send the link',
  'staff.enter_forgot_done': 'If there is such an account, the link is on its way.',
  'staff.enter_new-password': 'A new password',
  'staff.enter_new-password_text':
    'It takes the place of the old one, and everybody who is signed in with that is out.',
  'staff.enter_new-password_do': 'Set the password',
  'staff.enter_new-password_done': 'The password is set. Sign in with it.',
} as const;
