/** A signal that comes again this soon is the same one: systemd and terminals send it to us and to our parent, who passes it on. */
const SAME_SIGNAL_MS = 500

/** Calls `stop` at the first SIGTERM or SIGINT. At a second one the process ends at once, with exit code 1: whoever asks twice does not want to wait. */
export function onStopSignals(stop: (signal: NodeJS.Signals) => Promise<void>): void {
  let firstAt: number | undefined
  const receive = (signal: NodeJS.Signals) => {
    if (firstAt !== undefined && performance.now() - firstAt > SAME_SIGNAL_MS) process.exit(1)
    if (firstAt !== undefined) return
    firstAt = performance.now()
    void stop(signal)
  }
  process.on('SIGTERM', receive)
  process.on('SIGINT', receive)
}
