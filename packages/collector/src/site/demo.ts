import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Router, static as serveFiles } from 'express'
import type { SourceDirectory } from '../ingest/source-directory.ts'
import type { Source } from '../store/store.ts'
import { demoHeaders } from './security-headers.ts'

/** The demo's three little sites, each a source of its own type. */
export const DEMO_SOURCES: readonly Source[] = [
  { id: 'demo-marketing', name: 'Marketing', type: 'marketing', origins: [], writeKey: 'pk_demo_marketing' },
  { id: 'demo-docs', name: 'Docs', type: 'docs', origins: [], writeKey: 'pk_demo_docs' },
  { id: 'demo-product', name: 'Product', type: 'product', origins: [], writeKey: 'pk_demo_product' },
]

/** The demo's files in a checkout, as seen from `src/site` and from `dist/site`. */
const FOLDER = fileURLToPath(new URL('../../../../examples/script-tag/public', import.meta.url))

/** The folder of the demo site, or undefined where this is no checkout of the repository. */
export function findDemo(): string | undefined {
  return existsSync(FOLDER) ? FOLDER : undefined
}

/** Makes the demo's sources where they are missing. */
export async function addDemoSources(sources: SourceDirectory): Promise<void> {
  for (const source of DEMO_SOURCES) if (!sources.byId(source.id)) await sources.add(source)
}

/** Serves the files of the demo site. */
export function demoRoutes(folder: string): Router {
  const router = Router()
  router.use(demoHeaders)
  router.use(serveFiles(folder, { dotfiles: 'ignore', index: 'index.html' }))
  return router
}
