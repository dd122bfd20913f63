import type { Page } from 'playwright-core'
import type { CollectorProcess } from '../collector-process.ts'
import { waitUntil } from '../engines/wait-until.ts'

/** What tests read of the answer of `GET /v1/sessions`. */
export interface SessionsAnswer {
  readonly sessions: readonly { readonly id: string; readonly previousId?: string }[]
  readonly next: string | null
}

/** How many sessions the API finds, counted page by page. */
export async function countByApi(collector: CollectorProcess, query: string): Promise<number> {
  let count = 0
  for (let cursor: string | null = ''; cursor !== null;) {
    const answer: SessionsAnswer = await collector.read(
      `/v1/sessions?limit=500&${query}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
    )
    count += answer.sessions.length
    cursor = answer.next
  }
  return count
}

/** Scrolls the table of sessions to its end, where its last page is read, and returns what its foot says. */
export async function scrollToEnd(page: Page): Promise<string> {
  await waitUntil(
    'the end of the list',
    async () => {
      await page.evaluate(() => {
        const box = document.querySelector('.table-box')
        if (box) box.scrollTop = box.scrollHeight
      })
      // Unknown until the last page has been read.
      return (await page.getAttribute('.session-table', 'aria-rowcount')) !== '-1'
    },
    20_000,
  )
  return (await page.textContent('.table-foot'))!.trim()
}
