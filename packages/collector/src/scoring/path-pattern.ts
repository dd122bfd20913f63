/** The most characters of a pattern: matching costs a 32nd of pattern length times text length at worst. */
export const MAX_PATTERN_CHARS = 256
/** A text is compared by its first characters, as many as a path can have. */
const MAX_TEXT_CHARS = 8_192

const ANY_IN_SEGMENT = '*'
const ANY = '**'

/**
 * A function that tells whether a whole path fits a pattern: `*` stands for any characters but `/`, `**` for any at all, everything else for
 * itself, capitals included. `/docs/**` fits all below `/docs/`; `/product/*` fits `/product/1` and not `/product/1/edit`.
 * The pattern is followed through all its ways at once (Thompson 1968), so no path can make it slow, as it could with a regular expression.
 */
export function compilePathPattern(pattern: string): (path: string) => boolean {
  const sets = setsOf(tokensOf(pattern))
  return (path) => matches(sets, path.slice(0, MAX_TEXT_CHARS))
}

function tokensOf(pattern: string): readonly string[] {
  const tokens: string[] = []
  for (let at = 0; at < pattern.length; at++) {
    if (pattern[at] !== '*') tokens.push(pattern[at]!)
    else {
      let end = at
      while (pattern[end + 1] === '*') end++
      tokens.push(end > at ? ANY : ANY_IN_SEGMENT)
      at = end
    }
  }
  return tokens
}

/** A set of positions in a pattern: 32 to a word. */
type Positions = Uint32Array

/** A pattern as sets of its positions; the last position is its end. */
interface PatternSets {
  /** Where a character leads on. */
  readonly literals: ReadonlyMap<string, Positions>
  /** Where any character leads nowhere: the `**`, and all wildcards. */
  readonly any: Positions
  readonly wildcards: Positions
  readonly end: number
}

const NONE: Positions = new Uint32Array(0)

function setsOf(tokens: readonly string[]): PatternSets {
  const empty = () => new Uint32Array((tokens.length >> 5) + 1)
  const [any, wildcards, literals] = [empty(), empty(), new Map<string, Positions>()]
  tokens.forEach((token, at) => {
    const isWildcard = token === ANY || token === ANY_IN_SEGMENT
    if (!isWildcard && !literals.has(token)) literals.set(token, empty())
    for (const set of isWildcard ? [wildcards, ...(token === ANY ? [any] : [])] : [literals.get(token)!])
      set[at >> 5]! |= 1 << (at & 31)
  })
  return { literals, any, wildcards, end: tokens.length }
}

/** Follows all ways at once, 32 positions a step: `reached` are those that the text so far can have led to. */
function matches({ literals, any, wildcards, end }: PatternSets, text: string): boolean {
  const words = wildcards.length
  const reached = new Uint32Array(words)
  reached[0] = 1
  for (let at = -1; at < text.length; at++) {
    const character = at < 0 ? '' : text[at]!
    const stays = character === '/' ? any : wildcards
    const leads = literals.get(character) ?? NONE
    // What is carried from word to word: a position that moves on past the last of its word.
    let moved = 0
    let skipped = 0
    let isLost = true
    for (let word = 0; word < words; word++) {
      const here = reached[word]!
      let next = here
      if (at >= 0) {
        const led = here & (leads[word] ?? 0)
        next = (here & stays[word]!) | (led << 1) | moved
        moved = led >>> 31
      }
      // A wildcard may stand for nothing, so what is behind it is reached too; no two stand side by side.
      const passed = next & wildcards[word]!
      next |= (passed << 1) | skipped
      skipped = passed >>> 31
      reached[word] = next
      if (next !== 0) isLost = false
    }
    if (isLost) return false
  }
  return (reached[end >> 5]! & (1 << (end & 31))) !== 0
}
