// How the console calls a staff route. A change carries the session's CSRF token.
import { type Answer, type Call, pathOf, request } from './request.ts';

export type Session = { readonly csrfToken: string };
type Paths = Readonly<Record<string, readonly [NonNullable<Call['method']>, string]>>;
export type StaffCall = Omit<Call, 'method'> & {
  /** What stands in the path. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly session?: Session;
};

export function staffCaller<Table extends Paths>(paths: Table) {
  return function call<Body>(
    name: keyof Table,
    { params = {}, query, session, ...rest }: StaffCall = {},
  ): Promise<Answer<Body>> {
    const [method, template] = paths[name] as Paths[string];
    const headers = { ...rest.headers, ...(session && { 'x-csrf-token': session.csrfToken }) };
    const asked = query === undefined ? '' : `?${new URLSearchParams(query)}`;
    return request<Body>(pathOf(template, params) + asked, { ...rest, method, headers });
  };
}
