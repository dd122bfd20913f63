import type { ComponentChildren, JSX } from 'preact'

interface FactProps {
  readonly words: string
  /** Nothing, or undefined, leaves the line out. */
  readonly children: ComponentChildren
}

/** One line of a `<dl class="facts">`. */
export function Fact({ words, children }: FactProps): JSX.Element | null {
  if (children === undefined || children === null || children === false || children === '') return null
  return (
    <div class="fact">
      <dt>{words}</dt>
      <dd>{children}</dd>
    </div>
  )
}
