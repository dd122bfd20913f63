/** A stream of numbers in [0, 1) that is the same for the same seed: sfc32, from the PractRand suite. */
export type Random = () => number

/** A random stream. `seed` is any whole number. */
export function createRandom(seed: number): Random {
  let a = seed | 0
  let b = 0x9e3779b9
  let c = 0x243f6a88
  let count = 1
  const next = (): number => {
    const sum = (((a + b) | 0) + count) | 0
    count = (count + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return (sum >>> 0) / 4_294_967_296
  }
  for (let i = 0; i < 12; i++) next()
  return next
}

/** A log-normal draw: half of all draws are below `median`. `sigma` is the deviation of the natural logarithm. */
export function logNormal(random: Random, median: number, sigma: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()))
  return median * Math.exp(sigma * radius * Math.cos(2 * Math.PI * random()))
}

/** One of the items, the earlier ones more often: the share of item i falls as 1 / (i + 1). */
export function pickSkewed<Item>(random: Random, items: readonly Item[]): Item {
  const i = Math.floor(items.length ** random()) - 1
  return items[Math.max(0, Math.min(items.length - 1, i))]!
}

/** 16 random bytes. */
export function randomBytes16(random: Random): Uint8Array {
  return Uint8Array.from({ length: 16 }, () => Math.floor(random() * 256))
}
