// The baseline of single-event requests: Express parses the same body, stores nothing, and answers alike. Tells its port to the parent.
import type { AddressInfo } from 'node:net'
import type { EventBatch } from '@sojourn/protocol'
import express from 'express'

const app = express()
app.post('/v1/events', express.json({ type: '*/*', limit: '512kb' }), (req, res) => {
  const batch = req.body as EventBatch
  res.json({ accepted: batch.events.length, duplicates: 0, rejected: [] })
})
const server = app.listen(0, '127.0.0.1', () => process.send!((server.address() as AddressInfo).port))
process.on('disconnect', () => process.exit())
