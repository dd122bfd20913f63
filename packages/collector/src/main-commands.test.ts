import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { makeFolder, run, start } from './main.fixture.ts'

test('an export whose reader has enough ends in silence', async () => {
  const events = Array.from({ length: 3_000 }, (_, i) =>
    JSON.stringify({
      id: `e${i}`,
      type: 'page',
      time: 1_717_055_063_100 + i,
      visitorId: 'v',
      source: { name: 'Shop' },
    }),
  )
  const folder = makeFolder()
  const db = join(folder, 'sojourn.db')
  writeFileSync(join(folder, 'events.ndjson'), `${events.join('\n')}\n`)
  expect(await run(['import', join(folder, 'events.ndjson'), '--db', db])).toMatchObject({ code: 0 })
  const { child, ended } = start(['export', 'events', '--db', db])
  child.stdout.once('data', () => child.stdout.destroy())
  expect(await ended).toMatchObject({ code: 0, stderr: '' })
})

test('an export of a database that is not there is told, and makes none', async () => {
  const db = join(makeFolder(), 'misspelt.db')
  expect(await run(['export', 'events', '--db', db])).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/There is no database at .*misspelt\.db/),
  })
  expect(existsSync(db)).toBe(false)
})

test('a backup is made beside a running collector, verified, and restored', async () => {
  const folder = makeFolder()
  const settings = { SOJOURN_DB: join(folder, 'sojourn.db'), SOJOURN_ADMIN_TOKEN: 'a-token-for-tests-0123' }
  const collector = start(['serve', '--demo'], settings)
  const events = [{ id: 'e1', type: 'page', time: Date.now(), visitorId: 'v1' }]
  const body = JSON.stringify({ writeKey: 'pk_demo_docs', sentAt: Date.now(), events })
  await fetch(`${await collector.listening}/v1/events`, { method: 'POST', body })
  const file = join(folder, 'backup.db')
  expect(await run(['backup', file], settings)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/Backed up .* to .*backup\.db/),
  })
  expect(await run(['restore', file, '--replace'], settings)).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/is in use/),
  })
  collector.child.kill('SIGTERM')
  await collector.ended

  const elsewhere = { SOJOURN_DB: join(folder, 'elsewhere.db') }
  expect(await run(['restore', file], elsewhere)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/Restored/),
  })
  expect(await run(['verify'], elsewhere)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/1 events are what was written/),
  })
  new Database(elsewhere.SOJOURN_DB).exec('update events set time = time + 1').close()
  expect(await run(['verify'], elsewhere)).toMatchObject({
    code: 1,
    stdout: expect.stringMatching(/event e1 is not what was written/),
  })
  expect(await run(['verify'], { SOJOURN_DB: join(folder, 'none.db') })).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/no database/),
  })
  expect(await run(['backup'])).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/sojourn backup FILE/),
  })
})
