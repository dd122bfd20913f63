import { existsSync } from 'node:fs'
import { chromium } from './chromium.ts'
import type { Engine } from './engine.ts'
import { firefox } from './firefox.ts'
import { webkit } from './webkit.ts'

const ALL: readonly Engine[] = [chromium, firefox, webkit]

/** The engines to test in, and a sentence for each that is missing. */
export interface FoundEngines {
  readonly engines: readonly Engine[]
  readonly missing: readonly string[]
}

/**
 * Looks which engines are installed. `SOJOURN_ENGINES=chromium,webkit` narrows the choice; an unknown name throws.
 * With `CI=true` a missing engine throws, as a run that silently tests less would be worth nothing.
 */
export function findEngines(env: NodeJS.ProcessEnv): FoundEngines {
  const wanted = env['SOJOURN_ENGINES']?.split(',') ?? ALL.map(({ name }) => name)
  const unknown = wanted.filter((name) => !ALL.some((engine) => engine.name === name))
  if (unknown.length > 0) throw new Error(`SOJOURN_ENGINES names no engine of ours: ${unknown.join(', ')}`)
  const asked = ALL.filter(({ name }) => wanted.some((one) => one === name))
  const missing = asked.flatMap(({ name, programs }) => {
    const absent = programs.filter((program) => !existsSync(program))
    return absent.length > 0 ? [`${name} is not tested: ${absent.join(', ')} not found`] : []
  })
  if (env['CI'] === 'true' && missing.length > 0)
    throw new Error(`In CI every engine is needed: ${missing.join('; ')}`)
  const engines = asked.filter(({ programs }) => programs.every((program) => existsSync(program)))
  if (engines.length === 0) throw new Error(`No browser to test in: ${missing.join('; ')}`)
  return { engines, missing }
}
