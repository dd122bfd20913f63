import type { JSX } from 'preact'
import { placeLink } from '../address/place.ts'

const PLACES = [
  { key: 'list', words: 'Definitions', path: ['definitions'] },
  { key: 'what-if', words: 'What if', path: ['definitions', 'what-if'] },
  { key: 'compare', words: 'Compare', path: ['definitions', 'compare'] },
] as const

/** The ways to look at definitions: all of them, every timeout at once, two side by side. */
export function DefinitionsNav({ shown }: { readonly shown: (typeof PLACES)[number]['key'] }): JSX.Element {
  return (
    <nav class="segmented" aria-label="Definitions">
      {PLACES.map(({ key, words, path }) => (
        <a key={key} href={placeLink(path)} aria-current={key === shown ? 'page' : undefined}>
          {words}
        </a>
      ))}
    </nav>
  )
}
