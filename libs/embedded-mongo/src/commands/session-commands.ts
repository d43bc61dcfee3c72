// Sessions and the end of transactions: commitTransaction, abortTransaction, startSession, endSessions, killSessions …

import { randomBytes } from 'node:crypto';
import { Binary } from 'bson';
import { ServerError } from '../errors.ts';
import { sessionTimeoutMinutes } from '../transactions/sessions.ts';
import { isArray, isDoc } from '../values/types.ts';
import type { Command, Operation } from './operation.ts';

const sessionOf = (operation: Operation): NonNullable<Operation['session']> => {
  if (operation.session === null) throw new ServerError(125, `${operation.name} must be run within a transaction`);
  return operation.session;
};

export const gone = (number: bigint): ServerError => {
  const error = new ServerError(251, `Given transaction number ${number} does not match any in-progress transactions.`);
  error.labels = ['TransientTransactionError'];
  return error;
};

export const commitTransaction: Command = {
  fields: ['commitTransaction', 'recoveryToken'],
  inTransaction: 'allowed',
  run: (operation) => {
    const session = sessionOf(operation);
    if (session.phase === 'committed') return { ok: 1 };
    const { transaction } = session;
    if (session.phase !== 'active' || transaction === null) throw gone(session.number);
    session.transaction = null;
    session.phase = 'committed';
    transaction.session = { lsid: session.lsid, number: session.number, phase: 'committed', results: [] };
    operation.server.engine.commit(transaction);
    return { ok: 1 };
  },
};

export const abortTransaction: Command = {
  fields: ['abortTransaction', 'recoveryToken'],
  inTransaction: 'allowed',
  run: (operation) => {
    const session = sessionOf(operation);
    if (session.phase === 'committed') throw new ServerError(256, `Transaction ${session.number} has been committed.`);
    if (session.phase !== 'active') throw gone(session.number);
    operation.server.sessions.abort(session);
    return { ok: 1 };
  },
};

export const startSession: Command = {
  fields: ['startSession'],
  inTransaction: 'refused',
  run: (operation) => {
    const id = { id: new Binary(randomBytes(16), 4) };
    operation.server.sessions.get(id, operation.now.getTime());
    return { id, timeoutMinutes: sessionTimeoutMinutes, ok: 1 };
  },
};

const overSessions = (
  name: string,
  act: (operation: Operation, session: NonNullable<Operation['session']>) => void,
): Command => ({
  fields: [name],
  inTransaction: 'refused',
  run: (operation) => {
    const ids = operation.command[name];
    if (!isArray(ids))
      throw new ServerError(14, `BSON field '${name}.${name}' is the wrong type, expected type 'array'`);
    const { sessions } = operation.server;
    // Without any id killSessions means all of them.
    const all =
      name === 'killSessions' && ids.length === 0
        ? [...sessions.all()]
        : ids.flatMap((id) => (isDoc(id) ? (sessions.find(id) ?? []) : []));
    for (const session of all) act(operation, session);
    return { ok: 1 };
  },
});

export const endSessions = overSessions('endSessions', (operation, session) => {
  operation.server.cursors.killWhere((cursor) => cursor.sessionId === session.id);
  // The real server does this at its next look at sessions, minutes later; nobody can go on with it.
  operation.server.sessions.abort(session);
  operation.server.sessions.release(session, operation.now.getTime());
});

export const killSessions = overSessions('killSessions', (operation, session) => {
  operation.server.cursors.killWhere((cursor) => cursor.sessionId === session.id);
  operation.server.sessions.abort(session);
});

export const refreshSessions = overSessions('refreshSessions', (operation, session) => {
  session.lastUsedMs = operation.now.getTime();
});
