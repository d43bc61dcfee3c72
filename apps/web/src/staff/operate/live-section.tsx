// The operator's view of one sale: the truth of this second, the hands on it, the doors.
import type { SaleView } from '@onsale/contracts';
import { useSession } from '../staff-session.ts';
import { AdmissionPanel } from './admission-panel.tsx';
import { BypassPanel } from './bypass-panel.tsx';
import { DrawPanel } from './draw-panel.tsx';
import { RoomPanel } from './room-panel.tsx';

export function LiveSection({ sale }: { sale: SaleView }) {
  const session = useSession();
  return (
    <div class="console-part">
      <DrawPanel sale={sale} />
      <AdmissionPanel session={session} sale={sale} />
      <div class="admission-hands">
        <RoomPanel sale={sale} />
        {session.mayUse('giveBypass') && <BypassPanel sale={sale} />}
      </div>
    </div>
  );
}
