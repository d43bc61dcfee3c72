// Differences from the recorded server that are right for newer ones, each with its reason. The README lists them too.

export type ListedDifference = { readonly scenario: string; readonly step: number; readonly reason: string };

export const listedDifferences: readonly ListedDifference[] = [];
