// Loaded before a server (`node --import`): its clock is off by CLOCK_SHIFT_MS, as a machine's is that nobody keeps in time.
const shift = Number(process.env.CLOCK_SHIFT_MS ?? 0);
const RealDate = Date;
const now = RealDate.now;

globalThis.Date = new Proxy(RealDate, {
  construct: (Target, args, newTarget) =>
    Reflect.construct(Target, args.length === 0 ? [now() + shift] : args, newTarget),
  apply: () => new RealDate(now() + shift).toString(),
});
RealDate.now = () => now() + shift;
