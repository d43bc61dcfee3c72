// Best available: the seats a fan would have picked, without spoiling the row for those who come after.
// Order of wishes: side by side in one row without leaving a new single seat · side by side in one row · in two
// neighbouring rows, one behind the other · close together in one section. Within a wish the seats nearest to the stage
// and its axis win; among near-equals the seed decides, so that equal requests spread.
import { closeTogether, mostInOneSection } from './close-together.ts';
import { bestInOneRow } from './one-row.ts';
import type { SeatSpot } from './seat-map.ts';
import { type BestAvailableRequest, seatsOf } from './seat-search.ts';
import { placeInTwoRows } from './two-rows.ts';

/** The chosen seats, or null when no section has that many free seats of the category. */
export function bestAvailable(request: BestAvailableRequest): readonly SeatSpot[] | null {
  const inOneRow = bestInOneRow(request);
  if (inOneRow !== null) return seatsOf(inOneRow);
  return placeInTwoRows(request) ?? closeTogether(request);
}

/** Those wishes one by one, for who compares several categories. */
export const placementGrades: readonly ((request: BestAvailableRequest) => readonly SeatSpot[] | null)[] = [
  (request) => {
    const inOneRow = bestInOneRow(request);
    return inOneRow?.singles === 0 ? seatsOf(inOneRow) : null;
  },
  (request) => {
    const inOneRow = bestInOneRow(request);
    return inOneRow === null ? null : seatsOf(inOneRow);
  },
  placeInTwoRows,
  closeTogether,
];

/** The most seats that one placement could have now, with that placement; empty when nothing is free. */
export function largestPlacement(request: BestAvailableRequest): readonly SeatSpot[] {
  const quantity = Math.min(request.quantity, mostInOneSection(request));
  return quantity === 0 ? [] : (bestAvailable({ ...request, quantity }) ?? []);
}
