import { readOptions } from './options.ts';

test('defaults keep the data and open the demo after a minute', () => {
  expect(readOptions([])).toEqual({ fresh: false, prequeueSeconds: 60, attached: false });
});

test('both options are read', () => {
  expect(readOptions(['--fresh', '--prequeue-seconds', '5'])).toEqual({
    fresh: true,
    prequeueSeconds: 5,
    attached: false,
  });
});

test.each([[['--frehs']], [['--prequeue-seconds', 'soon']], [['--prequeue-seconds', '0']], [['fresh']]])(
  '%j is refused in words',
  (args) => {
    expect(() => readOptions(args)).toThrow(/--frehs|--prequeue-seconds|fresh/);
  },
);
