import { ask } from '../process/ask.ts'
import { ADMIN_TOKEN } from '../process/collector.ts'

/** Whether questions are answered, of each kind one: they have to be, whatever happens to the disk. */
export async function isRead(port: number): Promise<boolean> {
  const headers = { Authorization: `Bearer ${ADMIN_TOKEN}` }
  const replies = await Promise.all(
    ['/v1/sessions?limit=5', '/v1/events?limit=5', '/healthz'].map((path) => ask({ port, path, headers })),
  )
  return replies.every(({ status }) => status === 200)
}
