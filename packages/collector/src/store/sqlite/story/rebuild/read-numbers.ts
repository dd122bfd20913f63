const SPACE = 32
const MINUS = 45
const ZERO = 48

/**
 * Whole numbers from a text, one after the other, each with a space behind it. SQLite writes and we read one text for many rows several times
 * as fast as rows and columns cross from one to the other.
 */
export interface NumberText {
  isAtEnd(): boolean
  next(): number
}

/** Reads from the beginning. */
export function readNumbers(text: Uint8Array): NumberText {
  let at = 0
  return {
    isAtEnd: () => at >= text.length,
    next() {
      let value = 0
      const isNegative = text[at] === MINUS
      if (isNegative) at++
      for (let byte = text[at++]!; byte !== SPACE; byte = text[at++]!) value = value * 10 + byte - ZERO
      return isNegative ? -value : value
    },
  }
}
