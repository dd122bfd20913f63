import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { makeProfileDir, removeProfileDir } from './engines/profile-dir.ts'
import { waitUntil } from './engines/wait-until.ts'
import { inEachEngine } from './in-each-engine.ts'
import { openWorld } from './world.ts'

/** True when a file of the profile holds the text, in one byte or two bytes a character. */
async function onDisk(profileDir: string, text: string): Promise<boolean> {
  const needles = [Buffer.from(text), Buffer.from(text, 'utf16le')]
  for (const entry of await readdir(profileDir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const bytes = await readFile(join(entry.parentPath, entry.name)).catch(() => undefined)
    if (needles.some((needle) => bytes?.includes(needle))) return true
  }
  return false
}

inEachEngine(
  'a killed browser',
  ({ engine }) => {
    test('what the browser had on disk when it was killed is sent by the next one, once', async () => {
      const profileDir = await makeProfileDir()
      onTestFinished(() => removeProfileDir(profileDir))
      const first = await engine.launch({ profileDir })
      onTestFinished(() => first.kill())
      const world = await openWorld(first)
      onTestFinished(() => world.end())
      await world.collector.leave()
      const tab = await world.open()
      await tab.evaluate(`sojourn.track('orphan', { mark: 'kept-through-the-kill' })`)
      // Browsers write storage to disk when they see fit: Chromium within 5 s or so, Firefox within a few more.
      await waitUntil('the event on disk', () => onDisk(profileDir, 'kept-through-the-kill'), 45_000)
      await first.kill()
      await world.collector.comeBack()
      const second = await engine.launch({ profileDir })
      onTestFinished(() => second.kill())
      await second.openTab(world.url('/next-visit'))
      const [orphan] = await world.arrived('orphan', 1, 30_000)
      expect(orphan!.properties).toEqual({ mark: 'kept-through-the-kill' })
      const [view] = await world.arrived('page_view')
      expect(view).toBeDefined()
      expect(world.events('orphan')).toHaveLength(1)
    }, 120_000)
  },
  ['keeps-profile'],
)
