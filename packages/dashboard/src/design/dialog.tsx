import type { ComponentChildren, JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ComponentChildren
}

/** A modal dialog: the browser keeps the focus in it, Escape closes it, and the focus goes back to where it was. */
export function Dialog({ title, onClose, children }: DialogProps): JSX.Element {
  const element = useRef<HTMLDialogElement>(null)
  // The browser tells of a close later, also of one that another dialog in its place brought about: nobody chose that.
  const isGone = useRef(false)
  useEffect(() => {
    const dialog = element.current!
    dialog.showModal()
    return () => {
      isGone.current = true
      dialog.close()
    }
  }, [])
  return (
    <dialog ref={element} aria-label={title} onClose={() => isGone.current || onClose()}>
      <div class="body">
        <h2>{title}</h2>
        {children}
      </div>
    </dialog>
  )
}
