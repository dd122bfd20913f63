import './popover.css'
import type { ComponentChildren, JSX } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { Icon } from './icon.tsx'
import type { IconName } from './icon.tsx'

interface PopoverProps {
  readonly words: string
  readonly icon: IconName
  /** Content, with a function that closes it. */
  readonly children: (close: () => void) => ComponentChildren
}

/** A button that opens a small panel below it. Escape or a click elsewhere closes it, and the focus returns to the button. */
export function Popover({ words, icon, children }: PopoverProps): JSX.Element {
  const [isOpen, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const id = useId()
  const close = (): void => {
    setOpen(false)
    button.current?.focus()
  }
  useEffect(() => {
    if (!isOpen) return
    keepInside(panel.current!)
    panel.current!.querySelector<HTMLElement>('input, select, button, a')?.focus()
    const outside = (event: Event): void => {
      if (!root.current?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', outside)
    document.addEventListener('focusin', outside)
    return () => {
      document.removeEventListener('pointerdown', outside)
      document.removeEventListener('focusin', outside)
    }
  }, [isOpen])
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !isOpen) return
    event.stopPropagation()
    close()
  }
  return (
    <div class="popover" ref={root} onKeyDown={onKeyDown}>
      <button
        type="button"
        class="button"
        ref={button}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name={icon} />
        <span class="popover-words">{words}</span>
      </button>
      {isOpen && (
        <div class="popover-panel" id={id} ref={panel} role="group" aria-label={words}>
          {children(close)}
        </div>
      )}
    </div>
  )
}

/** Moves a panel to the side by as much as it would stand out of the window. */
function keepInside(panel: HTMLElement): void {
  const { left, right } = panel.getBoundingClientRect()
  const margin = 8
  const shift = Math.min(0, document.documentElement.clientWidth - margin - right)
  panel.style.transform = `translateX(${Math.max(shift, margin - left)}px)`
}
