import type { SessionObject } from '@sojourn/protocol'
import { expect } from 'vitest'
import { startTestService } from '../service.fixture.ts'
import type { TestService } from '../service.fixture.ts'

/** The clock of the service. */
export const NOW = Date.UTC(2024, 3, 2, 12)
const HOUR_MS = 3_600_000
const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36'
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1'

/** Sixty sessions of ten visitors over the five days around the night in which Paris sets its clocks forward. */
export async function withSessions(): Promise<TestService> {
  const service = await startTestService({}, () => NOW)
  await service.collector.sources.add({
    id: 'blog',
    name: 'Blog',
    type: 'marketing',
    origins: [],
    writeKey: 'pk_blog',
  })
  const paths = ['/', '/pricing', '/docs', '/signup']
  for (let n = 0; n < 60; n++) {
    const start = NOW - n * 2 * HOUR_MS
    const session = { id: `s${n}`, number: n + 1 }
    const events = Array.from({ length: 1 + (n % 4) }, (_, i) => ({
      id: `${n}-${i}`,
      type: i === 2 ? 'track' : 'page',
      name: i === 2 ? 'bought' : 'page_view',
      time: start + i * n * 1_000,
      visitorId: `v${n % 10}`,
      session,
      page: { path: paths[(n * i) % 4] },
      ...(n % 3 === 0 && { campaign: { source: n % 2 === 0 ? 'news' : '__proto__', medium: 'email' } }),
    }))
    const batch = {
      writeKey: n % 5 === 0 ? 'pk_blog' : 'pk_test',
      sentAt: NOW,
      context: { userAgent: n % 2 === 0 ? CHROME : IPHONE },
      events,
    }
    expect((await service.send(batch)).status).toBe(200)
  }
  return service
}

/** The sessions that a query finds. */
export async function all(service: TestService, query = ''): Promise<SessionObject[]> {
  const { sessions } = await service.read<{ sessions: SessionObject[] }>(`/v1/sessions?limit=500&${query}`)
  return sessions
}
