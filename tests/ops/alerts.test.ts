import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { createMetrics } from "../../server/observability/metrics.ts";

// `npm test` says where promtool is, and installs it where it can.
const promtool = process.env["PROMTOOL_BIN"] ?? "promtool";
const ops = fileURLToPath(new URL("../../ops", import.meta.url));
const read = (path: string) => readFileSync(join(ops, path), "utf8");
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, found = ""]) => found);

const rules = read("prometheus/alerts.yml");
const ruleTests = read("prometheus/alerts.test.yml");
const runbook = read("runbook.md");
const dashboard = read("grafana/dashboards/quiz.json");
const alerts = all(rules, /^\s+- alert: (\w+)$/gm);

/** Runs promtool in a copy, in which the file with Prometheus' token is there. */
function runPromtool(...args: readonly string[]): string {
  const place = mkdtempSync(join(tmpdir(), "quiz-ops-"));
  try {
    cpSync(join(ops, "prometheus"), place, { recursive: true });
    const settings = join(place, "prometheus.yml");
    const token = join(place, "token");
    writeFileSync(token, "a token of the tests");
    writeFileSync(settings, readFileSync(settings, "utf8").replaceAll("/tmp/metrics-token", token));
    return execFileSync(promtool, args, { cwd: place, encoding: "utf8", stdio: "pipe" });
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

describe("Prometheus", () => {
  test("takes its settings and the alert rules", () => {
    expect(runPromtool("check", "config", "prometheus.yml")).toContain(`${alerts.length} rules found`);
  });

  test("raises each alert when it should, and not otherwise", () => {
    expect(runPromtool("test", "rules", "alerts.test.yml")).toContain("SUCCESS");
  });

  test("is tested with every alert being raised", () => {
    expect(alerts.length).toBeGreaterThan(10);
    const raised = all(ruleTests, /alertname: (\w+)\s+eval_time: \S+\s+exp_alerts:\s+- exp_labels/g);
    expect(new Set(raised)).toEqual(new Set(alerts));
  });
});

test("every alert has a runbook entry, to which it points, and says whom it wakes", () => {
  expect(all(runbook, /^## (\w+)$/gm).sort()).toEqual([...alerts].sort());
  expect(all(rules, /runbook_url: ops\/runbook\.md#(\w+)/g)).toEqual(
    alerts.map((name) => name.toLowerCase()),
  );
  const severities = all(rules, /severity: (\w+)/g);
  expect(all(runbook, /^\*\*(page|ticket)\*\* ·/gm).sort()).toEqual(severities.sort());
});

/** The names of metrics in expressions of PromQL. */
function namesIn(expressions: string): Set<string> {
  const names = all(expressions, /\b((?:quiz|nodejs|process)_[a-z0-9_]+)\b/g);
  return new Set(names.map((name) => name.replace(/_(bucket|sum|count)$/, "")));
}

describe("every metric that is asked for exists", () => {
  const metrics = createMetrics({ version: "0.0.0" });
  const nothing = () => null;
  // The composition root gives these their readings.
  metrics.journal.lag({ entries: nothing, seconds: nothing });
  metrics.journal.deadLetters(nothing);
  metrics.live.watched(nothing);
  metrics.live.kept(nothing);
  metrics.parts.reached(async () => ({}));
  metrics.parts.redisMemory({ used: nothing, limit: nothing });
  metrics.webhooks.queue({ waiting: nothing, overdueSeconds: nothing });
  metrics.shared.follow({ operations: nothing, followers: nothing, behind: nothing });
  const known = new Map(metrics.registry.getMetricsAsArray().map((metric) => [metric.name, metric]));

  const expressions = {
    alerts: rules.replace(/annotations:(\n {10}.*)+/g, ""),
    dashboard: all(dashboard, /"expr": "((?:[^"\\]|\\.)*)"/g).join("\n"),
  };
  test.each(Object.entries(expressions))("in the %s", (_where, text) => {
    const names = namesIn(text);
    expect(names.size).toBeGreaterThan(5);
    expect([...names].filter((name) => !known.has(name))).toEqual([]);
  });

  test("and each of our own is shown on the dashboard", () => {
    const shown = namesIn(expressions.dashboard);
    const ours = [...known.keys()].filter((name) => name.startsWith("quiz_"));
    expect(ours.filter((name) => !shown.has(name))).toEqual([]);
  });

  test("and is named as Prometheus asks for", async () => {
    for (const { name, type } of await metrics.registry.getMetricsAsJSON()) {
      if (!name.startsWith("quiz_")) continue;
      expect(name).toMatch(/^quiz(_[a-z]+)+$/);
      expect(name.endsWith("_total"), name).toBe(type.toString() === "counter");
      expect(name).not.toMatch(/_(ms|milliseconds|kb|mb|percent)(_|$)/);
    }
  });
});
