import type { LineDocument } from '@onsale/contracts';
import type { SaleId } from '@onsale/domain';
import type { LineRedis } from '../connect-line.ts';
import { LINES_CHANNEL, saleKeys } from '../keys.ts';
import type { Leadership } from '../lead/lead.ts';
import { runScript, script, unexpectedReply } from '../run-script.ts';
import text from './publish-line.lua';

const publishScript = script(text);

export type PublishOutcome = { readonly kind: 'published' } | { readonly kind: 'fenced' } | { readonly kind: 'blank' };

export async function publishLine(
  line: LineRedis,
  { leadership, document }: { readonly leadership: Leadership; readonly document: LineDocument },
): Promise<PublishOutcome> {
  const { state, lead, line: key } = saleKeys(document.saleId as SaleId);
  const reply = await runScript(line, publishScript, {
    keys: [state, lead, key],
    args: [line.runId(), leadership.holder, leadership.fence, document.seq, JSON.stringify(document), LINES_CHANNEL],
  });
  if (reply[0] === 'published' || reply[0] === 'fenced' || reply[0] === 'blank') return { kind: reply[0] };
  throw unexpectedReply(reply);
}
