// The followed line as state of a page.
import type { LineDocument, PlaceView, SaleView } from '@onsale/contracts';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { fanPath } from '../api/fan-api.ts';
import { givenAnswer } from '../api/given-answers.ts';
import { type Following, LineFollower } from './follow-line.ts';

export function useLine(saleId: string): { state: Following; follower: LineFollower } {
  const [state, setState] = useState<Following>(() => withThePage(saleId));
  const follower = useMemo(() => new LineFollower(saleId, state, setState), [saleId]);
  useEffect(() => {
    follower.start();
    return () => follower.stop();
  }, [follower]);
  return { state, follower };
}

function withThePage(saleId: string): Following {
  const sale = givenAnswer<SaleView>(fanPath('getSale', { saleId }));
  if (sale === undefined) return { kind: 'loading' };
  const line = givenAnswer<LineDocument>(fanPath('getLine', { saleId })) ?? null;
  const place = givenAnswer<PlaceView>(fanPath('getPlace', { saleId })) ?? null;
  return { kind: 'following', sale, line, place };
}
