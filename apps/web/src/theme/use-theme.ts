// Puts an event's colours on the page while one of its pages is shown, on light and dark alike.
import type { EventView } from '@onsale/contracts';
import { themeColors } from '@onsale/domain';
import { useEffect } from 'preact/hooks';
import { themeTokens } from './theme-tokens.ts';

export function useTheme(theme: EventView['theme'] | undefined): void {
  useEffect(() => {
    if (!theme) return;
    const colors = themeColors(theme);
    const { style } = document.documentElement;
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const names = Object.keys(themeTokens(colors, 'light'));
    const put = () => {
      const tokens = themeTokens(colors, dark.matches ? 'dark' : 'light');
      for (const name of names) style.setProperty(name, tokens[name] ?? '');
    };
    put();
    dark.addEventListener('change', put);
    return () => {
      dark.removeEventListener('change', put);
      for (const name of names) style.removeProperty(name);
    };
  }, [theme?.accent, theme?.stage]);
}
