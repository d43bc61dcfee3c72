// The plan file as a parsed seating plan.
import { type SeatingPlan, seatingPlan } from '@onsale/contracts';
import file from './sibelius-hall.json';

/** Sibelius Hall, Lahti: 1,229 numbered seats in the categories `premium`, `standard` and `value`. */
export function sibeliusHall(): SeatingPlan {
  return seatingPlan.parse(file);
}
