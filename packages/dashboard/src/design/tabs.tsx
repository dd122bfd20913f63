import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'

interface TabsProps<Key extends string> {
  readonly label: string
  readonly tabs: readonly { readonly key: Key; readonly words: string }[]
  readonly chosen: Key
  readonly onChoose: (key: Key) => void
  /** The id of the element that shows what is chosen. */
  readonly panelId: string
}

/** Tabs as WAI-ARIA describes them: one stop for the Tab key, arrows between them. */
export function Tabs<Key extends string>({
  label,
  tabs,
  chosen,
  onChoose,
  panelId,
}: TabsProps<Key>): JSX.Element {
  const list = useRef<HTMLDivElement>(null)
  const step = (event: KeyboardEvent): void => {
    const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (move === undefined) return
    const index = (tabs.findIndex((tab) => tab.key === chosen) + move + tabs.length) % tabs.length
    onChoose(tabs[index]!.key)
    list.current?.querySelectorAll('button')[index]?.focus()
  }
  return (
    <div class="tabs" role="tablist" aria-label={label} ref={list} onKeyDown={step}>
      {tabs.map((tab) => (
        <button
          key={tab.key}
          type="button"
          role="tab"
          class="tab"
          id={`${panelId}-${tab.key}`}
          aria-selected={tab.key === chosen}
          aria-controls={panelId}
          tabIndex={tab.key === chosen ? 0 : -1}
          onClick={() => onChoose(tab.key)}
        >
          {tab.words}
        </button>
      ))}
    </div>
  )
}
