import { Link } from 'wouter-preact'
import { BREADS } from './breads.ts'

/** The list of loaves. */
export function Board() {
  return (
    <ul class="board">
      {BREADS.map(({ slug, name, hours }) => (
        <li key={slug}>
          <Link href={`/bread/${slug}`}>{name}</Link>
          <span>{hours} h</span>
        </li>
      ))}
    </ul>
  )
}
