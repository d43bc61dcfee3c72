// Who is due in which second: a list for each second, linked through one array, so that ten million appointments cost
// two numbers each.

export class TimeWheel {
  private readonly heads: Int32Array;
  private readonly links: Int32Array;

  constructor({ seconds, members }: { readonly seconds: number; readonly members: number }) {
    this.heads = new Int32Array(seconds + 1).fill(-1);
    this.links = new Int32Array(members + 1).fill(-1);
  }

  /** One appointment per member at a time. What lies beyond the end is forgotten. */
  add(member: number, second: number): void {
    if (second >= this.heads.length) return;
    this.links[member] = this.heads[second] as number;
    this.heads[second] = member;
  }

  /** Takes out all who are due; they may be added again meanwhile, to later seconds. */
  forEachDue(second: number, visit: (member: number) => void): void {
    let member = this.heads[second] ?? -1;
    this.heads[second] = -1;
    while (member >= 0) {
      const next = this.links[member] as number;
      visit(member);
      member = next;
    }
  }
}
