import { formatCount } from '../../language/language.ts';

/** A rate of 0.4 is not none; a count is told whole. */
export function formatTenths(figure: number): string {
  return formatCount(Math.abs(figure) < 10 ? Math.round(figure * 10) / 10 : Math.round(figure));
}
