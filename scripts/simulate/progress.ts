/** What the simulated players have met so far, and how it is shown. */
export class Progress {
  joined = 0;
  failedJoins = 0;
  /** Connections lost, and those that came back. */
  drops = 0;
  returns = 0;
  joinRetries = 0;
  /** Answers that had to be sent more than once until the server took or refused them. */
  answerRetries = 0;
  state = "…";
  question = 0;
  readonly #latencies: number[] = [];
  readonly #refusals = new Map<string, number>();
  #correct = 0;

  accept(latencyMs: number, correct: boolean): void {
    this.#latencies.push(latencyMs);
    if (correct) this.#correct++;
  }

  refuse(kind: string): void {
    this.#refusals.set(kind, (this.#refusals.get(kind) ?? 0) + 1);
  }

  /** One line: where the game stands, and how answers fare. */
  line(players: number): string {
    const answers = this.#latencies.length;
    const parts = [
      `${this.joined}/${players} in`,
      this.question > 0 ? `${this.state} (question ${this.question})` : this.state,
      `${answers} answers`,
    ];
    if (answers > 0) {
      parts.push(`${Math.round((100 * this.#correct) / answers)} % right`);
      parts.push(`acknowledged in ${this.#quantile(0.5)} ms (p95 ${this.#quantile(0.95)} ms)`);
    }
    for (const [kind, count] of this.#refusals) parts.push(`${count} × ${kind}`);
    if (this.failedJoins > 0) parts.push(`${this.failedJoins} could not join`);
    if (this.drops > 0) parts.push(`${this.returns} reconnects after ${this.drops} lost connections`);
    if (this.joinRetries > 0) parts.push(`${this.joinRetries} joins retried`);
    if (this.answerRetries > 0) parts.push(`${this.answerRetries} answers retried`);
    return parts.join(" · ");
  }

  #quantile(share: number): number {
    const sorted = [...this.#latencies].sort((a, b) => a - b);
    return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  }
}
