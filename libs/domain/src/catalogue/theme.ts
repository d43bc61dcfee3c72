// An organizer's colours, made safe: whatever accent is chosen, text and controls keep the contrast WCAG 2.2 asks for, on
// light and on dark pages. Only the stage, which white text stands on, can be refused.
import type { Fault } from './fault.ts';

/** Colours as #rrggbb. */
export type Theme = {
  /** Links and main buttons. Made darker or lighter per page until it can be read. */
  readonly accent: string;
  /** The dark panel of the waiting pages and the ground of posters and tickets. */
  readonly stage: string;
};

export type ThemeColors = {
  readonly light: { readonly brand: string; readonly onBrand: string };
  readonly dark: { readonly brand: string; readonly onBrand: string };
  readonly stage: string;
  readonly onStageSoft: string;
  readonly stageDot: string;
};

const TEXT_CONTRAST = 4.5; // WCAG 2.2, 1.4.3
const GROUND = { light: '#f4f6f3', dark: '#0a1512' };
const ON_STAGE = '#eef6f2';
const STEP = 0.04;

export function themeFaults({ stage }: Theme): readonly Fault[] {
  const contrast = contrastOf(ON_STAGE, stage);
  // The softer text on the stage must be readable too, and it has a fifth less.
  if (contrast >= TEXT_CONTRAST * 1.3) return [];
  const asked = (TEXT_CONTRAST * 1.3).toFixed(1);
  return [
    { field: 'theme.stage', message: `light text on it has a contrast of ${contrast.toFixed(1)}, ${asked} is needed` },
  ];
}

export function themeColors({ accent, stage }: Theme): ThemeColors {
  const light = readable(accent, { on: [GROUND.light, '#ffffff'], towards: '#000000' });
  const dark = readable(accent, { on: [GROUND.dark, '#182a24'], towards: '#ffffff' });
  return {
    light: { brand: light, onBrand: '#ffffff' },
    dark: { brand: dark, onBrand: contrastOf('#000000', dark) > contrastOf('#ffffff', dark) ? '#05140f' : '#ffffff' },
    stage,
    onStageSoft: readable(mix(ON_STAGE, stage, 0.3), { on: [stage], towards: ON_STAGE }),
    stageDot: mix(stage, ON_STAGE, 0.24),
  };
}

/** The contrast ratio of two colours as WCAG 2.2 defines it, 1 to 21. */
export function contrastOf(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

function readable(
  color: string,
  { on, towards }: { readonly on: readonly string[]; readonly towards: string },
): string {
  for (let share = 0; share < 1; share += STEP) {
    const mixed = mix(color, towards, share);
    if (on.every((ground) => contrastOf(mixed, ground) >= TEXT_CONTRAST)) return mixed;
  }
  return towards;
}

function mix(from: string, to: string, share: number): string {
  const [a, b] = [channels(from), channels(to)];
  const mixed = a.map((value, i) => Math.round(value + ((b[i] ?? value) - value) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

const channels = (color: string): number[] => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = channels(color).map((channel) => {
    const value = channel / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
