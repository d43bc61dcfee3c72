// docs/planted-faults.md: what `npm run planted-faults` found, one row for each fault of config/planted-faults.mjs. The page
// is also the memory of that command: which test noticed a fault is tried first the next time.

/** By fault: the test that noticed it as `file: title`, or null where none did. */
export function readResults(page) {
  const rows = page.matchAll(/^\| (.+?) \| `[^`]+` \| (?:`(.+)`|\*\*no test\*\*.*) \|$/gm);
  return new Map([...rows].map(([, what, by]) => [what, by ?? null]));
}

/** Faults without a result are left out: the check tells that they were never planted. */
export function pageOf(faults, results) {
  const planted = faults.filter(({ what }) => results.has(what));
  const caught = planted.filter(({ what }) => results.get(what) !== null).length;
  const rows = planted.map(({ what, file, survives }) => {
    const by = results.get(what);
    const noticed = by === null ? `**no test**: ${survives ?? 'not yet known why'}` : `\`${by}\``;
    return `| ${what} | \`${file}\` | ${noticed} |`;
  });
  return `# Planted faults

Deliberate mistakes in the booking engine and around it. \`npm run planted-faults\` plants each alone in a copy of the repository, runs the
tests, and writes down here which noticed it first: ${caught} of ${planted.length} are caught. \`npm run check\` sees to it that each can still be planted
and has its row.

| fault | in | noticed first by |
|---|---|---|
${rows.join('\n')}
`;
}
