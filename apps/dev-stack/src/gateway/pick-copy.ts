// Which copy of an app gets the next request: by turns among those that are ready, or among all when none is.

export type PickCopy = {
  /** The ports to try, one after the other; empty for an app that is not there. */
  targetsOf(app: string): readonly number[];
  noteReady(appPort: number, ready: boolean): void;
};

export function pickCopies(appPorts: Readonly<Record<string, readonly number[]>>): PickCopy {
  const away = new Set<number>();
  let turn = 0;
  return {
    targetsOf(app) {
      const ports = appPorts[app] ?? [];
      if (ports.length < 2) return ports;
      turn = (turn + 1) % 0x40000000;
      const first = turn % ports.length;
      const byTurns = [...ports.slice(first), ...ports.slice(0, first)];
      return [...byTurns.filter((port) => !away.has(port)), ...byTurns.filter((port) => away.has(port))];
    },
    noteReady(appPort, ready) {
      if (ready) away.delete(appPort);
      else away.add(appPort);
    },
  };
}
