// Which design tokens an organizer's theme sets.
import type { ThemeColors } from '@onsale/domain';

export function themeTokens(colors: ThemeColors, scheme: 'light' | 'dark'): Readonly<Record<string, string>> {
  return {
    '--brand': colors[scheme].brand,
    '--on-brand': colors[scheme].onBrand,
    '--stage': colors.stage,
    '--on-stage-soft': colors.onStageSoft,
    '--stage-dot': colors.stageDot,
  };
}
