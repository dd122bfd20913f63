import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { startTestService } from '../service.fixture.ts'

test('operating.md names only metrics that there are', async () => {
  const service = await startTestService()
  const text = await (await service.ask('/metrics')).text()
  const docs = readFileSync(new URL('../../../../docs/operating.md', import.meta.url), 'utf8')
  const named = [...docs.matchAll(/^\| `(sojourn_\w+)` \|/gm)].map(([, name]) => name!)
  expect(named.length).toBeGreaterThan(5)
  for (const name of named) expect(text).toContain(`# TYPE ${name} `)
})
