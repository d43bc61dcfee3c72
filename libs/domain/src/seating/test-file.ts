// A seating file as tests need it: two zones, the second shifted, an area that is the stage.
const seat = (guid: string, number: string, x: number, category = 'Stalls') => ({
  seat_guid: guid,
  seat_number: number,
  position: { x, y: 0 },
  category,
});

export const goodFile = () => ({
  name: 'Small hall',
  categories: [{ name: 'Stalls', color: '#336699' }, { name: 'Balcony' }],
  size: { width: 400, height: 300 },
  zones: [
    {
      name: 'Main',
      zone_id: 'main',
      position: { x: 10, y: 20 },
      rows: [
        { row_number: '1', position: { x: 5, y: 30 }, seats: [seat('m-1-1', '1', 0), seat('m-1-2', '2', 20)] },
        { row_number: '2', position: { x: 5, y: 60 }, seats: [seat('m-2-1', '1', 0), seat('m-2-2', '2', 20)] },
      ],
      areas: [{ shape: 'text', position: { x: 100, y: 0 }, text: { text: 'Stage', position: { x: 0, y: 0 } } }],
    },
    {
      name: 'Rang',
      position: { x: 0, y: 200 },
      rows: [{ row_number: '1', seats: [seat('r-1-1', '1', 40, 'Balcony')], row_number_position: 'both' }],
      areas: [],
    },
  ],
});
