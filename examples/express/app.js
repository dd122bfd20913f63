import { createCollector } from '@sojourn/collector'
import express from 'express'

const app = express()

// The collector, mounted before the body parsers: `/stats/v1`, `/stats/sojourn.js` and the page at `/stats/`.
const collector = await createCollector({ dbPath: process.env.SOJOURN_DB ?? './data/sojourn.db' })
app.use('/stats', collector.router)

// This app is a source; its write key stands in the script tag of public/index.html.
if (!collector.sources.byId('orchard'))
  await collector.sources.add({
    id: 'orchard',
    name: 'Orchard',
    type: 'product',
    origins: [],
    writeKey: 'pk_orchard',
  })
if (collector.madeAdminToken) console.log(`Token of the read API: ${collector.madeAdminToken}`)

// What the app had before: its own middleware and routes.
app.disable('x-powered-by')
app.use((request, response, next) => {
  response.setHeader('X-App', 'orchard')
  next()
})
app.use(express.json())
app.post('/api/orders', (request, response) => {
  response.status(201).json({ id: 1, apples: request.body.apples })
})
app.use(express.static(new URL('./public', import.meta.url).pathname))

const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`Orchard on http://127.0.0.1:${server.address().port}`)
})

// Take no more requests, answer those that came, and let the collector close its file.
for (const signal of ['SIGTERM', 'SIGINT'])
  process.once(signal, () => server.close(() => void collector.close()))
