import { useEffect, useState } from 'preact/hooks'

/** `auto` follows the system. */
export const THEMES = ['auto', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const KEY = 'sojourn-dashboard:theme'
const CHANGED = 'sojourn:theme'

/** The chosen theme, put on the document and kept for the next visit, and a way to choose another. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(storedTheme)
  useEffect(() => {
    if (theme === 'auto') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme
    keep(theme)
    window.dispatchEvent(new Event(CHANGED))
  }, [theme])
  return [theme, setTheme]
}

/** Calls back when colours may have changed, by choice, by the system or on the way to paper: canvases have to be drawn again. */
export function onThemeChange(listen: () => void): () => void {
  const media = ['(prefers-color-scheme: dark)', 'print'].map((query) => window.matchMedia(query))
  for (const each of media) each.addEventListener('change', listen)
  window.addEventListener(CHANGED, listen)
  return () => {
    for (const each of media) each.removeEventListener('change', listen)
    window.removeEventListener(CHANGED, listen)
  }
}

function storedTheme(): Theme {
  try {
    return THEMES.find((theme) => theme === localStorage.getItem(KEY)) ?? 'auto'
  } catch {
    return 'auto'
  }
}

function keep(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme)
  } catch {
    // Refused storage: the choice holds until the page is left.
  }
}
