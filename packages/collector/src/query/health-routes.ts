import { Router } from 'express'
import { STORE_UNAVAILABLE, sendProblem } from '../problem.ts'
import { StoreUnavailable } from '../store/store.ts'
import type { Store } from '../store/store.ts'

/** Whoever asks again this soon is told the same: the check writes to the disk, and anyone may ask. */
const SAME_ANSWER_MS = 500

/** `GET /healthz`: the process answers. `GET /readyz`: it can commit right now; else 503, and a balancer sends events elsewhere. */
export function healthRoutes(store: Pick<Store, 'checkWritable'>): Router {
  const router = Router()
  const check = sharedCheck(() => store.checkWritable())
  router.get('/healthz', (_req, res) => {
    res.setHeader('Cache-Control', 'no-store').json({ status: 'ok' })
  })
  router.get('/readyz', async (_req, res) => {
    try {
      await check()
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error
      return void sendProblem(res, STORE_UNAVAILABLE)
    }
    res.setHeader('Cache-Control', 'no-store').json({ status: 'ready' })
  })
  return router
}

function sharedCheck(check: () => Promise<void>): () => Promise<void> {
  let checkedAt = -Infinity
  let checked: Promise<void> = Promise.resolve()
  return () => {
    const now = performance.now()
    if (now - checkedAt < SAME_ANSWER_MS) return checked
    checkedAt = now
    checked = check()
    return checked
  }
}
