/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export type Chance = () => number

/** A source of chance that begins anew for each seed, so that what is drawn hangs on nothing but the seed. */
export function chanceFrom(seed: number): Chance {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** One of a list; the first ones are more frequent. */
export function pick<Item>(items: readonly Item[], chance: Chance): Item {
  return items[Math.floor(chance() ** 1.6 * items.length)]!
}

/** One of a list, as frequent as its weight says. */
export function pickWeighted<Item extends { readonly weight: number }>(
  items: readonly Item[],
  chance: Chance,
): Item {
  let left = chance() * items.reduce((sum, { weight }) => sum + weight, 0)
  return items.find(({ weight }) => (left -= weight) < 0) ?? items[0]!
}

/** From the standard normal distribution (Box and Muller). */
export function normal(chance: Chance): number {
  return Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance())
}

/** A version 4 UUID. */
export function uuidFrom(chance: Chance): string {
  const hex = Array.from({ length: 32 }, () => Math.floor(chance() * 16).toString(16)).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
}
