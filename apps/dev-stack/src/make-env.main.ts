// Prints a new `.env` for Compose: every secret an installation needs, made here and now. Everything else has a default
// (.env.example).
import { newSecrets } from './secrets.ts';

const { tokenKeys, passKeys, sandboxWebhookSecret, adminPassword, rabbitPassword } = newSecrets('first');
process.stdout.write(`# The secrets of this installation: keep a copy in a safe place, and out of everybody's reach.
ONSALE_PUBLIC_URL=http://localhost:8080
ONSALE_TOKEN_KEYS=${tokenKeys}
ONSALE_PASS_KEYS='${passKeys}'
ONSALE_SANDBOX_SECRET=${sandboxWebhookSecret}
ONSALE_ADMIN_EMAIL=owner@onsale.localhost
ONSALE_ADMIN_PASSWORD=${adminPassword}
RABBITMQ_PASSWORD=${rabbitPassword}
`);
