import { readFileSync } from 'node:fs'
import { Router } from 'express'
import { openApiDocument } from './document.ts'

/** `GET /openapi.json`: what this API takes and answers. */
export function openApiRoutes(): Router {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  const document = openApiDocument(manifest.version)
  const router = Router()
  router.get('/openapi.json', (_req, res) => {
    res.json(document)
  })
  return router
}
