import { useEffect } from 'preact/hooks'

const SIGNED_OUT = 'sojourn:signed-out'

/** Tells the page that the collector no longer knows this browser: the login page takes its place. */
export function reportSignedOut(): void {
  window.dispatchEvent(new Event(SIGNED_OUT))
}

/** Calls back whenever a request was answered with "log in first". */
export function useSignedOut(onSignedOut: () => void): void {
  useEffect(() => {
    window.addEventListener(SIGNED_OUT, onSignedOut)
    return () => window.removeEventListener(SIGNED_OUT, onSignedOut)
  }, [onSignedOut])
}

/** The token in a login link's fragment, `#token=…`; undefined when there is none. */
export function tokenInFragment(hash: string): string | undefined {
  return new URLSearchParams(hash.replace(/^#/, '')).get('token') || undefined
}
