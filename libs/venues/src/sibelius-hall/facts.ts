// Sibelius Hall (Sibeliustalo), Lahti, Finland: which seat numbers stand in which row. 1,229 numbered seats; the numbers
// run through the whole house. Facts taken from the MIT-licensed demo data of the ticketing project kcsry/paikkala;
// the English names are ours.

export type Zone = 'box-left' | 'box-right' | 'stalls' | 'first-balcony' | 'organ-balcony' | 'second-balcony';

export type RowFacts = {
  readonly zone: Zone;
  /** 0 where the rows of a zone have no numbers. */
  readonly row: number;
  readonly first: number;
  readonly last: number;
  /** The last seat left of the middle aisle; null where no division is known. */
  readonly leftLast: number | null;
};

export const zoneNames: Readonly<Record<Zone, string>> = {
  'box-left': 'Box left',
  'box-right': 'Box right',
  stalls: 'Stalls',
  'first-balcony': 'First balcony',
  'organ-balcony': 'Organ balcony',
  'second-balcony': 'Second balcony',
};

const row = (zone: Zone, number: number, first: number, last: number, leftLast: number | null = null): RowFacts => ({
  zone,
  row: number,
  first,
  last,
  leftLast,
});

export const sibeliusHallRows: readonly RowFacts[] = [
  row('box-left', 0, 651, 659),
  row('box-right', 0, 660, 668),
  row('stalls', 1, 1, 16, 8),
  row('stalls', 2, 17, 44, 30),
  row('stalls', 3, 45, 73, 59),
  row('stalls', 4, 74, 102, 88),
  row('stalls', 5, 103, 133, 118),
  row('stalls', 6, 134, 166, 150),
  row('stalls', 7, 167, 195, 181),
  row('stalls', 8, 196, 220, 208),
  row('stalls', 9, 221, 244, 232),
  row('stalls', 10, 245, 266, 256),
  row('stalls', 11, 267, 287, 277),
  row('stalls', 12, 288, 307, 298),
  row('stalls', 13, 308, 325, 316),
  row('stalls', 14, 326, 343, 334),
  row('stalls', 15, 344, 359, 352),
  row('stalls', 16, 360, 371, 366),
  row('stalls', 17, 372, 378, 375),
  row('stalls', 18, 379, 382, 380),
  row('stalls', 19, 383, 440, 412),
  row('stalls', 20, 441, 496, 468),
  row('stalls', 21, 497, 554, 526),
  row('stalls', 22, 555, 609, 582),
  row('stalls', 23, 610, 650, 630),
  row('first-balcony', 1, 669, 756),
  row('first-balcony', 2, 757, 793),
  row('first-balcony', 3, 794, 833),
  row('first-balcony', 4, 834, 915),
  row('organ-balcony', 1, 1101, 1162),
  row('organ-balcony', 2, 1163, 1229),
  row('second-balcony', 1, 916, 1000),
  row('second-balcony', 2, 1001, 1041),
  row('second-balcony', 3, 1042, 1062),
  row('second-balcony', 4, 1063, 1083),
  row('second-balcony', 5, 1084, 1100),
];
