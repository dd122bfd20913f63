/** What is invisible or turns the reading direction, and so could make one text look like another. Joiners stay: scripts and emoji need them. */
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069\ufeff]/g

/** Longest text shown in one place, in characters; the rest is one click or tooltip away. */
export const MAX_SHOWN_CHARS = 200
/** Longest tooltip, in characters. */
export const MAX_TITLE_CHARS = 1_000

/**
 * A sender's text as it may be shown: control, zero-width and direction characters become visible marks such as `⟨202E⟩`,
 * and what is longer than `maxChars` ends in `…`. It never cuts a character in two. Markup is left as it is: it is shown as text.
 */
export function visibleText(text: string, maxChars = MAX_SHOWN_CHARS): string {
  // A character is at most two units, so a cut of twice the length is enough to look at.
  const start = text.length > maxChars * 2 ? text.slice(0, maxChars * 2) : text
  const characters = Array.from(start)
  const isCut = characters.length > maxChars || start.length < text.length
  const shown = isCut ? `${characters.slice(0, maxChars).join('')}…` : text
  return shown.replace(INVISIBLE, mark)
}

function mark(character: string): string {
  if (character === '\n' || character === '\r') return '↵'
  if (character === '\t') return '⇥'
  return `⟨${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`
}
