import { readOptions } from './options.ts';

test('defaults keep the data and open the demo after a minute', () => {
  expect(readOptions([])).toEqual({
    fresh: false,
    scheduledSeconds: 0,
    prequeueSeconds: 60,
    copies: 1,
    front: 'own',
    attached: false,
  });
});

test('every option is read', () => {
  expect(
    readOptions([
      '--fresh',
      '--scheduled-seconds',
      '3',
      '--prequeue-seconds',
      '5',
      '--copies',
      '2',
      '--front',
      'nginx',
    ]),
  ).toEqual({
    fresh: true,
    scheduledSeconds: 3,
    prequeueSeconds: 5,
    copies: 2,
    front: 'nginx',
    attached: false,
  });
});

test.each([
  [['--frehs']],
  [['--prequeue-seconds', 'soon']],
  [['--prequeue-seconds', '0']],
  [['--scheduled-seconds', '-1']],
  [['--copies', '9']],
  [['--front', 'apache']],
  [['fresh']],
])('%j is refused in words', (args) => {
  expect(() => readOptions(args)).toThrow(/--frehs|--prequeue-seconds|--scheduled-seconds|--copies|--front|fresh/);
});
