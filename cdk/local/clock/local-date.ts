const RealDate = Date;
const realNow = Date.now;

/** The machine's own time in milliseconds since 1970, whatever `Date` says by now. */
export function machineNow(): number {
  return realNow();
}

/**
 * Makes `Date` of the current thread follow the local clock: `Date.now()`, `new Date()` and `Date()`. Timers and
 * `performance` stay real. `shared` holds the offset in milliseconds as one signed 64-bit integer; what another
 * thread writes there counts at once. Gives back a function that restores the machine's own `Date`.
 */
export function installClock(shared: SharedArrayBuffer): () => void {
  const offset = new BigInt64Array(shared);
  const now = (): number => realNow() + Number(Atomics.load(offset, 0));
  const LocalDate = new Proxy(RealDate, {
    apply: () => new RealDate(now()).toString(),
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  });
  RealDate.now = now;
  RealDate.prototype.constructor = LocalDate;
  globalThis.Date = LocalDate;
  return () => {
    RealDate.now = realNow;
    RealDate.prototype.constructor = RealDate;
    globalThis.Date = RealDate;
  };
}
