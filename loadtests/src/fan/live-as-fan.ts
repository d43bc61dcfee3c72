// A fan's whole journey, as a list of steps.
import { buy } from './buy.ts';
import { enterShop, leaveShop } from './enter-shop.ts';
import { Fan } from './fan.ts';
import type { FanPlan } from './fan-plan.ts';
import { joinLine } from './join-line.ts';
import { waitForTurn } from './wait-for-turn.ts';
import { pause, type World } from './world.ts';

/** Never rejects; tells how the fan ended. */
export async function liveAsFan(world: World, id: number, plan: FanPlan): Promise<string> {
  const fan = new Fan(world, id, plan);
  try {
    await pause(Math.max(0, world.prequeueOpensAt + plan.joinsAfterMs - Date.now()));
    const end = await journey(fan);
    if (end === 'unfinished')
      world.book.violated('a fan did not come to an end', `fan ${id}, number ${fan.place?.number}`);
    return end;
  } catch (error) {
    world.book.violated('a fan did not come to an end', `fan ${id}: ${(error as Error).stack}`);
    return 'failed';
  } finally {
    fan.hangUp();
  }
}

async function journey(fan: Fan): Promise<string> {
  const { book, opensAt, sales } = fan.world;
  const { now } = book;
  if (!(await joinLine(fan))) {
    sales.noteTurnedAway();
    return 'came too late';
  }
  fan.joinedAtMs = Date.now();
  now.joined += 1;
  now.waiting += 1;
  const turn = await waitForTurn(fan);
  now.waiting -= 1;
  if (turn === 'sold_out') sales.noteTurnedAway();
  if (turn !== 'called') return turn;
  book.took('wait from the opening', Date.now() - Math.max(opensAt, fan.joinedAtMs));
  now.called += 1;
  fan.goLive();
  const entry = await enterShop(fan);
  if (entry === 'sold_out') sales.noteTurnedAway();
  const end = entry === 'inside' ? await buy(fan) : entry;
  now.called -= 1;
  if (end === 'nothing_left') sales.noteTurnedAway();
  if (entry === 'inside') await leaveShop(fan);
  return end;
}
