import type { Page } from 'playwright-core'

/** A number of the overview as it is shown, and where it leads: `#/sessions?…`. */
export interface Figure {
  readonly section: string
  readonly shown: string
  readonly href: string
}

/** Every number and bar of the overview that stands for sessions. Throws where one leads nowhere. */
export function figuresOf(page: Page): Promise<readonly Figure[]> {
  return page.evaluate(() => {
    const kinds = [
      ['.tile', '.tile-value'],
      ['.tile-change', 'a'],
      ['.chart-reading > a', 'strong'],
      ['.columns-chart li', '.column-count'],
      ['.ranking tbody tr', 'td.number a'],
      ['.bar-list li', '.number'],
      ['.reading-part', 'strong'],
      ['.as-table tbody td:has(a)', 'a'],
      ['.path-block', '.path-count, .unseen'],
    ] as const
    return kinds.flatMap(([box, number]) =>
      Array.from(document.querySelectorAll(`main ${box}`), (element) => {
        const link = element.matches('a') ? element : element.querySelector('a')
        const href = link?.getAttribute('href') ?? ''
        const section = element.closest('section')?.getAttribute('aria-label') ?? box
        const text = element.querySelector(number)?.firstChild?.textContent?.trim() ?? ''
        // A block without room for words says its number in its title.
        const shown = /\d/.test(text)
          ? text
          : (/: ([\d,]+) sessions?$/.exec(link?.getAttribute('title') ?? '')?.[1] ?? text)
        if (box === '.tile-change' && !link) return { section, shown: '', href: '' }
        if (!href.startsWith('#/sessions?')) throw new Error(`${section}: ${shown} leads to ${href}`)
        return {
          section: box.startsWith('.tile')
            ? `${element.closest('.tile')!.querySelector('button')!.textContent} ${box}`
            : section,
          shown,
          href,
        }
      }).filter(({ href }) => href !== ''),
    )
  })
}
