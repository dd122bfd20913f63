/** The most characters of a pattern: matching costs pattern length times text length at worst. */
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
  const tokens = tokensOf(pattern)
  return (path) => matches(tokens, path.slice(0, MAX_TEXT_CHARS))
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

/** `reached` holds the positions in the pattern that the text so far can have led to, in order and without repetition. */
function matches(tokens: readonly string[], text: string): boolean {
  let reached = past(tokens, [0])
  for (let at = 0; at < text.length && reached.length > 0; at++) {
    const character = text[at]!
    const next: number[] = []
    for (const position of reached) {
      const token = tokens[position]
      if (token === ANY || (token === ANY_IN_SEGMENT && character !== '/')) next.push(position)
      else if (token === character) next.push(position + 1)
    }
    reached = past(tokens, next)
  }
  return reached.at(-1) === tokens.length
}

/** The positions, and those behind a wildcard, which may stand for nothing. */
function past(tokens: readonly string[], positions: readonly number[]): number[] {
  const all: number[] = []
  for (const position of positions) {
    let each = position
    while (all.length === 0 || all.at(-1)! < each) {
      all.push(each)
      if (tokens[each] !== ANY && tokens[each] !== ANY_IN_SEGMENT) break
      each += 1
    }
  }
  return all
}
