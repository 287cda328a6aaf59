import { describe, expect, test } from "vitest";
import { isPublicAddress } from "./addresses.ts";
import { waitAfter } from "./backOff.ts";
import { createEndpoints } from "./endpoints.ts";

const PRIVATE =
  `127.0.0.1 127.9.9.9 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 0.1.2.3
  192.0.0.1 192.0.2.1 198.18.0.1 198.51.100.7 203.0.113.9 224.0.0.1 240.0.0.1 255.255.255.255
  ::1 :: ::7f00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:8.8.8.8 64:ff9b::7f00:1 64:ff9b:1::a00:1 fc00::1 fd00:ec2::254
  fe80::1 fec0::1 ff02::1 2001::1 2001:db8::1 2002:7f00:1:: 100::1 3fff::1`
    .trim()
    .split(/\s+/);
const PUBLIC = [
  "8.8.8.8",
  "93.184.216.34",
  "172.32.0.1",
  "100.128.0.1",
  "2606:4700::1",
  "2a00:1450:4001::8a",
];

const inUrl = (address: string) => (address.includes(":") ? `[${address}]` : address);
const endpoints = createEndpoints({ allowPrivate: false });

describe("an address", () => {
  test.each(PRIVATE)("%s is not public, and refused before anything is sent", (address) => {
    expect(isPublicAddress(address)).toBe(false);
    expect(endpoints.plainObjection(`https://${inUrl(address)}/hook`)).toContain("private network");
  });

  test.each(PUBLIC)("%s is public", (address) => {
    expect(isPublicAddress(address)).toBe(true);
    expect(endpoints.plainObjection(`https://${inUrl(address)}/hook`)).toBeNull();
  });
});

describe("the address of a webhook", () => {
  test.each([
    ["https://localhost/hook", "private"],
    ["https://a.localhost/hook", "private"],
    ["https://printer.local/", "private"],
    ["https://metadata.google.internal/", "private"],
    ["https://intranet/", "private"],
    ["https://2130706433/", "private"],
    ["https://0x7f.1/", "private"],
    ["https://[::ffff:7f00:1]/", "private"],
    ["http://example.org/", "https://"],
    ["ftp://example.org/", "of the web"],
    ["javascript:alert(1)", "of the web"],
    ["example.org", "of the web"],
    ["https://ana:secret@example.org/", "password"],
    ["https://ana@example.org/", "password"],
    ["https://example.org:25/", "port"],
    ["https://example.org:22/", "port"],
  ])("%s is refused", (url, why) => {
    expect(endpoints.plainObjection(url)).toContain(why);
  });

  test("may have a path, a query, and a port from 1024 on", () => {
    expect(endpoints.plainObjection("https://example.org:8443/hooks/quiz?of=class%207")).toBeNull();
    expect(endpoints.plainObjection("https://EXAMPLE.org:443")).toBeNull();
  });

  test("may be in a private network, without encryption, where the operator allows that", () => {
    const own = createEndpoints({ allowPrivate: true });
    expect(own.plainObjection("http://127.0.0.1:8080/hook")).toBeNull();
    expect(own.plainObjection("http://intranet/")).toBeNull();
    expect(own.plainObjection("http://ana:secret@intranet/")).toContain("password");
    expect(own.plainObjection("http://intranet:25/")).toContain("port");
  });
});

test("a message is tried ten times in three days, and later where the endpoint asks for that", () => {
  const waits = Array.from({ length: 10 }, (_, index) => waitAfter(index + 1, 0, () => 0));
  expect(waits.map((ms) => (ms === null ? null : ms / 60_000))).toEqual([
    ...[5 / 60, 5, 30, 120, 300, 600, 840, 1200, 1440],
    null,
  ]);
  expect(waitAfter(1, 0, () => 1)).toBe(6000);
  expect(waitAfter(1, 90_000, () => 0)).toBe(90_000);
  expect(waitAfter(1, Number.MAX_SAFE_INTEGER, () => 0)).toBe(24 * 60 * 60 * 1000);
  expect(waitAfter(10, 90_000)).toBeNull();
});
