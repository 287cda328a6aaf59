import { describe, expect, it } from "vitest";
import { createServerClock } from "./serverClock.ts";

/** A device whose clock stands `behind` ms behind the server's. */
function device(behind: number) {
  const times = { device: 1_000_000 };
  const clock = createServerClock(() => times.device);
  const serverNow = () => times.device + behind;
  return { times, clock, serverNow };
}

describe("serverClock", () => {
  it("finds the difference of the clocks to half a round trip", () => {
    const { times, clock, serverNow } = device(7_000);
    const sentAt = times.device;
    times.device += 40;
    const told = serverNow();
    times.device += 80;
    clock.sample(told, { sentAt });
    expect(Math.abs(clock.now() - serverNow())).toBeLessThanOrEqual(60);
  });

  it("narrows with every push, and the fastest one counts", () => {
    const { times, clock, serverNow } = device(-3_000);
    for (const latency of [900, 300, 20, 700]) {
      const told = serverNow();
      times.device += latency;
      clock.sample(told);
    }
    expect(serverNow() - clock.now()).toBe(20);
  });

  it("tells the time until a deadline of the server, whatever the device's clock says", () => {
    const { clock, serverNow, times } = device(86_400_000);
    clock.sample(serverNow());
    const closesAt = new Date(serverNow() + 20_000).toISOString();
    expect(clock.remaining(closesAt)).toBe(20_000);
    times.device += 5_000;
    expect(clock.remaining(closesAt)).toBe(15_000);
    times.device += 60_000;
    expect(clock.remaining(closesAt)).toBe(0);
  });

  it("starts afresh when the device's clock has been set in between", () => {
    const { times, clock } = device(0);
    const server = { now: 5_000_000 };
    clock.sample(server.now, { sentAt: times.device - 10 });
    times.device += 3_600_000;
    server.now += 1_000;
    clock.sample(server.now, { sentAt: times.device - 10 });
    expect(Math.abs(clock.now() - server.now)).toBeLessThanOrEqual(10);
  });

  it("ignores a time that it cannot read", () => {
    const { clock, times } = device(0);
    clock.sample("soon");
    expect(clock.now()).toBe(times.device);
  });
});
