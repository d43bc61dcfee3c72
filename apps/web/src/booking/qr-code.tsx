// A QR code as one SVG path: sharp at any size, black on white in every theme, because a scanner at a door wants that.
import { useEffect, useState } from 'preact/hooks';

type Modules = { readonly size: number; readonly data: ArrayLike<number> };

export function QrCode({ text, label }: { text: string; label: string }) {
  const [modules, setModules] = useState<Modules | null>(() => maker?.(text) ?? null);
  useEffect(() => {
    let dropped = false;
    void import('qrcode').then(({ default: qr }) => {
      if (!dropped) setModules(qr.create(text, { errorCorrectionLevel: 'M' }).modules);
    });
    return () => {
      dropped = true;
    };
  }, [text]);
  const size = modules?.size ?? 1;
  return (
    <svg
      class="qr"
      viewBox={`-4 -4 ${size + 8} ${size + 8}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <rect x="-4" y="-4" width={size + 8} height={size + 8} fill="#ffffff" />
      {modules && <path d={darkSquares(modules)} fill="#000000" />}
    </svg>
  );
}

type Maker = (text: string) => Modules;
let maker: Maker | null = null;

/** The page server draws at once; a browser fetches what draws codes when the first one is needed. */
export function drawCodesWith(make: Maker): void {
  maker = make;
}

function darkSquares({ size, data }: Modules): string {
  let path = '';
  for (let i = 0; i < size * size; i++) if (data[i]) path += `M${i % size} ${Math.floor(i / size)}h1v1h-1z`;
  return path;
}
