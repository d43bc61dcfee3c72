// Access codes prove themselves: the signature in a code is checked with the secret of its set, which every process has
// at hand, so no code is ever looked up. An invitation is signed for one e-mail address or fan and is of no use to others.
import { createHmac } from 'node:crypto';
import { type AccessCode, CODE_SIGNATURE_BITS, type SaleId, writeAccessCode } from '@onsale/domain';

/** Of an invitation: whom it is for. Null for a code that is good for whoever has it. */
export type CodeBearer = { readonly kind: 'email' | 'fan'; readonly id: string } | null;

export type CodeToSign = {
  readonly saleId: SaleId;
  readonly setNumber: number;
  readonly serial: number;
  readonly bearer: CodeBearer;
};

const SIGNATURE_BYTES = 6;
const SPARE_BITS = BigInt(SIGNATURE_BYTES * 8) - CODE_SIGNATURE_BITS;

/** `secret` in hex. */
export function signAccessCode(secret: string, code: CodeToSign): string {
  return writeAccessCode({ ...code, signature: signatureOf(secret, code) });
}

export function isAccessCodeTrue(
  secret: string,
  { code, saleId, bearer }: { readonly code: AccessCode; readonly saleId: SaleId; readonly bearer: CodeBearer },
): boolean {
  const { setNumber, serial } = code;
  return signatureOf(secret, { saleId, setNumber, serial, bearer }) === code.signature;
}

function signatureOf(secret: string, { saleId, setNumber, serial, bearer }: CodeToSign): bigint {
  const whom = bearer === null ? '' : `${bearer.kind}:${bearer.kind === 'email' ? bearer.id.toLowerCase() : bearer.id}`;
  const mac = createHmac('sha256', Buffer.from(secret, 'hex'))
    .update(`onsale-access-code-v1\n${saleId}\n${setNumber}\n${serial}\n${whom}`)
    .digest();
  return BigInt(mac.readUIntBE(0, SIGNATURE_BYTES)) >> SPARE_BITS;
}
