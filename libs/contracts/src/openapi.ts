// The OpenAPI 3.1 document, made from the same schemas that validate.
import { z } from 'zod';
import { scopeOf } from './http/api-scopes.ts';
import type { Credential, RouteDescription } from './http/route.ts';
import { httpRoutes } from './http/routes.ts';
import { errorCodes, problem } from './problem.ts';

type Json = Record<string, unknown>;

export function openApiDocument(version: string): Json {
  const paths: Record<string, Json> = {};
  for (const route of httpRoutes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Onsale',
      version,
      description: 'Queue-first ticketing: a fair waiting room and a shop that know of each other.',
    },
    paths,
    components: {
      schemas: { Problem: schema(problem, 'output') },
      securitySchemes: {
        fan: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description: '`Fan <fanToken>`, or the cookie set at first join',
        },
        place: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description: '`Place <placeToken>`, or its cookie',
        },
        pass: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT (EdDSA)' },
        staff: { type: 'apiKey', in: 'cookie', name: 'onsale_staff' },
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          description: 'API key of a staff member, limited by its scopes and the role',
        },
      },
    },
  };
}

function operation(route: RouteDescription): Json {
  return {
    operationId: route.id,
    summary: route.summary,
    tags: [route.app],
    security: security(route),
    parameters: [...parameters(route, 'params', 'path'), ...parameters(route, 'query', 'query'), ...headers(route)],
    ...(route.body && { requestBody: { content: { 'application/json': { schema: schema(route.body, 'input') } } } }),
    responses: { ...replies(route), ...errors(route) },
  };
}

function security(route: RouteDescription): Json[] {
  const credential: Credential = route.credential;
  if (credential === 'staff') return scopeOf(route) === null ? [{ staff: [] }] : [{ staff: [] }, { apiKey: [] }];
  if (credential === 'fan_optional') return [{ fan: [] }, {}];
  return ['fan', 'place', 'pass'].includes(credential) ? [{ [credential]: [] }] : [];
}

function parameters(route: RouteDescription, from: 'params' | 'query', where: 'path' | 'query'): Json[] {
  const shape = route[from]?.shape ?? {};
  return Object.entries(shape).map(([name, field]) => ({
    name,
    in: where,
    required: where === 'path',
    schema: schema(field as z.ZodType, 'input'),
  }));
}

function headers(route: RouteDescription): Json[] {
  const header = (required: boolean) => (name: string) => ({
    name,
    in: 'header',
    required,
    schema: { type: 'string' },
  });
  return [...(route.requires ?? []).map(header(true)), ...(route.accepts ?? []).map(header(false))];
}

function replies(route: RouteDescription): Json {
  return Object.fromEntries(
    Object.entries(route.replies).map(([status, body]) => [
      status,
      {
        description: route.summary,
        ...(body && { content: { 'application/json': { schema: schema(body, 'output') } } }),
      },
    ]),
  );
}

function errors(route: RouteDescription): Json {
  const byStatus = new Map<number, string[]>();
  for (const code of new Set([...route.errors, 'invalid_request' as const])) {
    const { status } = errorCodes[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes.join(', '),
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
}

function schema(type: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(type, { io, unrepresentable: 'any' });
  return rest;
}
