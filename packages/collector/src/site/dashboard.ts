import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { Router, static as serveFiles } from 'express'
import { packedAssets } from './packed-assets.ts'
import { securityHeaders } from './security-headers.ts'

/** The folder of the built dashboard, or undefined where it is not built. */
export function findDashboard(): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve('@sojourn/dashboard/index.html'))
  } catch {
    return undefined
  }
}

/**
 * Serves the dashboard: its page at `/`, asked for anew each time, and what the page names, which may be kept for ever because each file's
 * name changes with its content. The page's own places stand after `#`, so there are no others to serve.
 */
export function dashboardRoutes(folder: string): Router {
  const router = Router()
  router.use('/assets', securityHeaders, packedAssets(`${folder}/assets`))
  router.get(/^\/(|index\.html|favicon\.svg)$/, securityHeaders, (req, res, next) => {
    const [path = '', query] = req.originalUrl.split('?')
    // Mounted below a path, the page finds its files only from an address that ends in a slash.
    if (req.path === '/' && !path.endsWith('/'))
      return res.redirect(308, `${path}/${query === undefined ? '' : `?${query}`}`)
    next()
  })
  router.get(
    /^\/(|index\.html|favicon\.svg)$/,
    serveFiles(folder, { cacheControl: false, setHeaders: askAnew }),
  )
  return router
}

function askAnew(res: { setHeader(name: string, value: string): unknown }): void {
  res.setHeader('Cache-Control', 'no-cache')
}
