// The document that answers a join, written by hand: in a rush the general writer of JSON costs a fifth of our own work.
// Tokens and ids are plain by their making; a test holds it against JSON.stringify for every view the contract allows.
import type { PlaceView } from '@onsale/contracts';

export type JoinedParts = { readonly view: PlaceView; readonly fanToken: string };

export function joinedText({ view, fanToken }: JoinedParts): string {
  const { saleId, placeToken, index, number, state, ahead, wait, checkInAfterSeconds } = view;
  const { callExpiresAt, deferredUntil, deferralsLeft } = view;
  return `{"saleId":"${saleId}","placeToken":"${placeToken}","index":${index},"number":${number},"state":"${state}","ahead":${ahead},"wait":${
    wait === null ? 'null' : `{"lowSeconds":${wait.lowSeconds},"highSeconds":${wait.highSeconds}}`
  },"checkInAfterSeconds":${checkInAfterSeconds},"deferredUntil":${quoted(deferredUntil)},"deferralsLeft":${deferralsLeft},"callExpiresAt":${quoted(callExpiresAt)},"fanToken":"${fanToken}"}`;
}

/** Times are plain text as well. */
function quoted(text: string | null): string {
  return text === null ? 'null' : `"${text}"`;
}
