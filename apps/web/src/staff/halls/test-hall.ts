// A hall as a file with four things wrong, as tests of the page bring it.

/** Two seats of one id, one of a category that nobody declared. */
export const brokenHall = {
  name: 'Small hall',
  categories: [{ name: 'Stalls', color: '#336699' }],
  size: { width: 200, height: 120 },
  zones: [
    {
      name: 'Main',
      position: { x: 20, y: 40 },
      rows: ['1', '2'].map((row_number, r) => ({
        row_number,
        position: { x: 0, y: 40 * r },
        seats: [0, 1, 2].map((i) => ({
          seat_guid: r === 1 && i === 2 ? 'seat-0-0' : `seat-${r}-${i}`,
          seat_number: String(i + 1),
          position: { x: 60 * i, y: 0 },
          category: r === 1 ? 'Balcony' : 'Stalls',
        })),
      })),
      areas: [],
    },
  ],
};
