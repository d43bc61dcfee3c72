// A category's colour and shape, as small as a letter.

import { shapeOf, shapePath } from './category-shape.ts';
import type { Category } from './seat-map.ts';

export function CategoryMark({ categories, id }: { categories: readonly Category[]; id: string }) {
  const position = categories.findIndex((category) => category.id === id);
  const category = categories[position];
  if (category === undefined) return null;
  return (
    <svg class="category-mark" viewBox="-10 -10 20 20" aria-hidden="true">
      <path d={shapePath(shapeOf(position), 7)} fill={category.color} />
    </svg>
  );
}
