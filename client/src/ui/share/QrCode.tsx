// A QR code as one SVG path: sharp at every size, dark on white in both themes so that every camera reads it.

import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import qrcode from 'qrcode-generator';

const quietZone = 4;

export function QrCode({ text, label }: { readonly text: string; readonly label: string }): VNode {
  const { size, path } = useMemo(() => drawn(text), [text]);
  const width = size + 2 * quietZone;
  return (
    <svg class="qr" role="img" aria-label={label} viewBox={`${-quietZone} ${-quietZone} ${width} ${width}`}>
      <rect class="qr-paper" x={-quietZone} y={-quietZone} width={width} height={width} />
      <path class="qr-ink" d={path} shape-rendering="crispEdges" />
    </svg>
  );
}

function drawn(text: string): { readonly size: number; readonly path: string } {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const size = code.getModuleCount();
  const cells = Array.from({ length: size * size }, (_, cell) => [cell % size, Math.floor(cell / size)] as const);
  const dark = cells.filter(([x, y]) => code.isDark(y, x));
  return { size, path: dark.map(([x, y]) => `M${x} ${y}h1v1h-1z`).join('') };
}
