import { Router } from 'express'
import { STORE_UNAVAILABLE, sendProblem } from '../problem.ts'
import { StoreUnavailable } from '../store/store.ts'
import type { Store } from '../store/store.ts'

/** `GET /healthz`: the process answers. `GET /readyz`: it can commit right now; else 503, and a balancer sends events elsewhere. */
export function healthRoutes(store: Pick<Store, 'checkWritable'>): Router {
  const router = Router()
  router.get('/healthz', (_req, res) => {
    res.setHeader('Cache-Control', 'no-store').json({ status: 'ok' })
  })
  router.get('/readyz', async (_req, res) => {
    try {
      await store.checkWritable()
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error
      return void sendProblem(res, STORE_UNAVAILABLE)
    }
    res.setHeader('Cache-Control', 'no-store').json({ status: 'ready' })
  })
  return router
}
