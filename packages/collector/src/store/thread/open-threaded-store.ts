import { MessageChannel, Worker } from 'node:worker_threads'
import type { MessagePort } from 'node:worker_threads'
import { StoreUnavailable } from '../store.ts'
import type { Store } from '../store.ts'
import type { MetricFilters } from '../queries.ts'
import { createThreadCaller } from './call-thread.ts'
import type { ThreadCaller } from './call-thread.ts'
import { packFacts } from './pack-facts.ts'
import { methodsOf, SCANS } from './places.ts'
import type { Place } from './places.ts'

/** What a threaded store works on. */
export interface ThreadedStoreOptions {
  /** The database file; it is made where there is none. Its directory has to exist. */
  readonly path: string
  /** The folder of the built threads. Default: this file's own. */
  readonly threads?: URL
}

/** Stories are told of new events this long after a commit, all commits in between together, in ms. */
const WAKE_AFTER_MS = 100

/** Young garbage that a thread lets lie before it collects; more makes it no faster, and each thread has its own. In MiB. */
const YOUNG_MIB = 16

/**
 * The store over one SQLite file, in two threads beside the caller's: one that writes and one that reads, so that parsing, committing and
 * answering overlap. Rejects with `CannotOpenStore` when the file can't be used. A thread that crashes takes the process with it, as an
 * exception that nobody catches does: what was acknowledged is on the disk.
 */
export async function openThreadedStore({ path, threads }: ThreadedStoreOptions): Promise<Store> {
  const folder = threads ?? new URL('./', import.meta.url)
  const { port1, port2 } = new MessageChannel()
  const writer = startThread(new URL('writer-thread.js', folder), { path, link: port1 })
  const reader = startThread(new URL('reader-thread.js', folder), { path, link: port2 })
  let waking: NodeJS.Timeout | undefined
  let closing: Promise<void> | undefined

  async function close(): Promise<void> {
    clearTimeout(waking)
    await reader.close()
    await writer.close()
  }

  function wake(): void {
    waking ??= setTimeout(() => {
      waking = undefined
      if (!closing) void reader.call('wake')
    }, WAKE_AFTER_MS).unref()
  }

  try {
    // The writer brings the file up to date, so that the reader finds it so.
    await writer.call('open')
    await reader.call('open')
  } catch (error) {
    await Promise.all([reader.end(), writer.end()])
    throw error
  }

  return {
    ...proxies(writer, 'writer'),
    ...proxies(reader, 'reader'),
    ...scanProxies(reader),
    async commit(facts) {
      const outcomes = (await writer.call('commit', packFacts(facts))) as Awaited<ReturnType<Store['commit']>>
      wake()
      return outcomes
    },
    close: () => (closing ??= close()),
  } as Store
}

interface Thread extends Pick<ThreadCaller, 'call' | 'callUntil'> {
  /** Resolves when what was taken is done and the thread has ended. */
  close(): Promise<void>
  /** Ends it at once. */
  end(): Promise<void>
}

function startThread(entry: URL, data: { readonly path: string; readonly link: MessagePort }): Thread {
  const worker = new Worker(entry, {
    workerData: data,
    transferList: [data.link],
    // The threads are plain built files, whatever the process was started with.
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB },
  })
  const caller = createThreadCaller(worker)
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  worker.once('error', (cause) => {
    throw new Error(`A thread of the store crashed (${entry.pathname}).`, { cause })
  })
  worker.once('exit', () => caller.end(new StoreUnavailable('The store is closed.')))
  return {
    call: caller.call,
    callUntil: caller.callUntil,
    async close() {
      await caller.call('close')
      await ended
    },
    async end() {
      await worker.terminate()
    },
  }
}

/** The methods of one thread, called there. */
function proxies(thread: Thread, place: Place): Partial<Store> {
  return Object.fromEntries(
    methodsOf(place).map((method) => [method, (...args: readonly unknown[]) => thread.call(method, ...args)]),
  )
}

/** The methods that read a great many sessions: as long as somebody waits for what they answer. */
function scanProxies(reader: Thread): Partial<Store> {
  return Object.fromEntries(
    SCANS.map((method) => [
      method,
      ({ signal, ...filters }: MetricFilters, ...args: readonly unknown[]) => {
        // Where it is not asked for by status, no answer depends on the clock, and the same question is the same text.
        const asked = filters.status === undefined ? { ...filters, now: 0 } : filters
        return signal ? reader.callUntil(signal, method, asked, ...args) : reader.call(method, asked, ...args)
      },
    ]),
  )
}
