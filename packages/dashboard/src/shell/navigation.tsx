import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { placeLink } from '../address/place.ts'
import { Icon } from '../design/icon.tsx'
import type { IconName } from '../design/icon.tsx'
import { zoneText } from '../words/time.ts'
import type { PageEntry } from './pages.ts'
import { THEMES, useTheme } from './theme.ts'
import type { Theme } from './theme.ts'

interface NavigationProps {
  readonly pages: readonly PageEntry[]
  readonly shown: string
  readonly onLeave: () => void
}

const THEME_WORDS: Readonly<Record<Theme, string>> = {
  auto: 'Follow the system',
  light: 'Light',
  dark: 'Dark',
}
const THEME_ICONS: Readonly<Record<Theme, IconName>> = { auto: 'auto', light: 'sun', dark: 'moon' }

/** The way around: beside the page on wide screens, above it on narrow ones. */
export function Navigation({ pages, shown, onLeave }: NavigationProps): JSX.Element {
  const list = useRef<HTMLElement>(null)
  // On narrow screens the pages stand in a row that scrolls.
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [shown])
  return (
    <header class="side">
      <a class="brand" href={placeLink([])}>
        <Mark />
        Sojourn
      </a>
      <nav aria-label="Pages" ref={list}>
        <ul>
          {pages.map((page) => (
            <li key={page.name}>
              <a href={placeLink([page.name])} aria-current={page.name === shown ? 'page' : undefined}>
                <Icon name={page.icon} />
                {page.words}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div class="foot">
        <p class="zone" title="All times are shown in this zone, that of your browser">
          Times in {zoneText(Date.now())}
        </p>
        <div class="row">
          <ThemeChoice />
          <button type="button" class="button bare small" onClick={onLeave}>
            <Icon name="leave" />
            <span class="leave-words">Log out</span>
          </button>
        </div>
      </div>
    </header>
  )
}

function ThemeChoice(): JSX.Element {
  const [theme, setTheme] = useTheme()
  return (
    <div class="segmented themes" role="group" aria-label="Colours">
      {THEMES.map((choice) => (
        <button
          key={choice}
          type="button"
          aria-pressed={choice === theme}
          aria-label={THEME_WORDS[choice]}
          title={THEME_WORDS[choice]}
          onClick={() => setTheme(choice)}
        >
          <Icon name={THEME_ICONS[choice]} />
        </button>
      ))}
    </div>
  )
}

/** The sign of the product: a visit's pulse. */
export function Mark(): JSX.Element {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" />
      <path d="M6 21h5l3-11 4 14 3-9h5" />
    </svg>
  )
}
