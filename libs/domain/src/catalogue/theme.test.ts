import fc from 'fast-check';
import { contrastOf, themeColors, themeFaults } from './theme.ts';

const color = fc
  .tuple(fc.nat(255), fc.nat(255), fc.nat(255))
  .map((parts) => `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`);

test('whatever accent is chosen, links and buttons can be read on light and dark pages', () => {
  fc.assert(
    fc.property(color, (accent) => {
      const { light, dark } = themeColors({ accent, stage: '#0d2f28' });
      expect(contrastOf(light.brand, '#f4f6f3')).toBeGreaterThanOrEqual(4.5);
      expect(contrastOf(light.onBrand, light.brand)).toBeGreaterThanOrEqual(4.5);
      expect(contrastOf(dark.brand, '#0a1512')).toBeGreaterThanOrEqual(4.5);
      expect(contrastOf(dark.onBrand, dark.brand)).toBeGreaterThanOrEqual(4.5);
    }),
  );
});

test('a stage that takes light text is accepted and its softer text can be read; another is refused', () => {
  fc.assert(
    fc.property(color, (stage) => {
      const faults = themeFaults({ accent: '#0f4d3f', stage });
      expect(faults.length).toBe(contrastOf('#eef6f2', stage) >= 5.85 ? 0 : 1);
      if (faults.length > 0) return expect(faults[0]?.field).toBe('theme.stage');
      expect(contrastOf(themeColors({ accent: '#0f4d3f', stage }).onStageSoft, stage)).toBeGreaterThanOrEqual(4.5);
    }),
  );
});

test('a readable accent stays as it was chosen', () => {
  expect(themeColors({ accent: '#0f4d3f', stage: '#0d2f28' }).light.brand).toBe('#0f4d3f');
  expect(contrastOf('#ffffff', '#000000')).toBeCloseTo(21);
});
