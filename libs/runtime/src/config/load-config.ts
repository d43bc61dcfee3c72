// Environment variables, parsed once at the edge of a process. All faults are told at once, so that a wrong set-up is
// mended in one go; secrets are marked so that nothing prints them.
import { z } from 'zod';

export type Variable = {
  readonly schema: z.ZodType;
  /** Used when the variable is absent; a variable without a default is required. */
  readonly default?: string;
  readonly meaning: string;
  readonly secret?: true;
};

export type ConfigOf<Variables extends Record<string, Variable>> = {
  readonly [Name in keyof Variables]: z.infer<Variables[Name]['schema']>;
};

/** Throws ConfigError naming every variable that is missing or wrong; values of secrets never appear in it. */
export function loadConfig<const Variables extends Record<string, Variable>>(
  variables: Variables,
  env: Readonly<Record<string, string | undefined>>,
): ConfigOf<Variables> {
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, { schema, default: fallback, meaning }] of Object.entries(variables)) {
    const raw = env[name] ?? fallback;
    if (raw === undefined) {
      faults.push(`${name} is missing: ${meaning}`);
      continue;
    }
    const parsed = schema.safeParse(raw);
    if (parsed.success) values[name] = parsed.data;
    else faults.push(`${name}: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')} (${meaning})`);
  }
  if (faults.length > 0) throw new ConfigError(faults);
  return values as ConfigOf<Variables>;
}

export class ConfigError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`The environment is not complete:\n  ${faults.join('\n  ')}`);
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

/** Shapes of variables that most processes share. */
export const variable = {
  port: z.coerce.number().int().min(0).max(65_535),
  count: z.coerce.number().int().min(1),
  seconds: z.coerce.number().positive(),
  url: z.string().min(1),
  text: z.string().min(1),
  flag: z.enum(['0', '1', 'true', 'false']).transform((value) => value === '1' || value === 'true'),
  list: z.string().transform((value) =>
    value
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  ),
} as const;
