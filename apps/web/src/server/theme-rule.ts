// The organizer's colours as a style rule of the page. In the browser the same colours are set by the theme of the event.
import type { ThemeColors } from '@onsale/domain';
import { themeTokens } from '../theme/theme-tokens.ts';

export function themeRule(colors: ThemeColors): string {
  const rule = (scheme: 'light' | 'dark') =>
    `:root{${Object.entries(themeTokens(colors, scheme))
      .map(([name, value]) => `${name}:${value}`)
      .join(';')}}`;
  return `${rule('light')}@media (prefers-color-scheme:dark){${rule('dark')}}`;
}
